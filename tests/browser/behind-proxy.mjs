// The chat below a path of another site's host, behind nginx. Whatever is asked for outside of that
// path does not exist, and would be complained about in the console.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";

import { ask, site, visit } from "./browser.mjs";

const BASE = "/zhengce";

test("the chat works below a path", () =>
  visit(`${BASE}/`, async (page) => {
    const outside = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.startsWith(`${BASE}/`)) outside.push(pathname);
    });
    await page.fill("#q", "三抓");
    await page.locator("#hints .chip").first().waitFor();
    const turn = await ask(page, "今年修哪几条高速");
    await turn.locator(".card .source a").first().click();
    await page.locator("#panel #quote").waitFor();
    // A link inside the panel opens in it as well.
    await page.locator("#panel-body .neighbours a").first().click();
    await page.locator("#panel-body .neighbours a").first().waitFor();
    assert.equal(new URL(page.url()).pathname, `${BASE}/`);
    await page.locator("#panel-close").click();
    await turn.locator("[data-vote=up]").click();
    await turn.locator(".vote", { hasText: "谢谢" }).waitFor();
    for (const tab of ["report", "terms"]) {
      await page.locator(`.tabs a[href="${BASE}/${tab}"]`).click();
      await page.locator("main h1").first().waitFor();
      assert.ok(new URL(page.url()).pathname.startsWith(`${BASE}/${tab}`));
    }
    await page.locator("a.brand").click();
    // The conversation is still there, until it is cleared.
    await page.locator(".turn").first().waitFor();
    await page.locator("#clear").click();
    assert.equal(await page.locator(".turn").count(), 0);
    assert.deepEqual(outside, [], "requests outside of the path");
  }));

test("a question works without scripts", () =>
  visit(`${BASE}/`, async (page) => {
    await page.fill("#q", "今年修哪几条高速");
    await page.click("form#ask button[type=submit]");
    await page.locator(".card").first().waitFor();
    assert.equal(new URL(page.url()).pathname, `${BASE}/ask`);
    await page.locator(".card .source a").first().click();
    assert.ok(new URL(page.url()).pathname.startsWith(`${BASE}/p/`));
    await page.locator("#quote").waitFor();
  }, { javaScriptEnabled: false }));

// A site that shows the chat.
const port = Number(process.env.WENZHENG_HOST_PORT);
const host = createServer((_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang=zh><title>县政府网站</title><h1>县政府网站</h1>
    <link rel="icon" href="data:,"><script src="${site}${BASE}/widget.js" async></script></html>`);
});
await new Promise((ready) => { host.listen(port, "127.0.0.1", ready); });
after(() => host.close());
const allowed = `http://127.0.0.1:${port}`;

test("the chat works inside pages of another site", () =>
  visit(allowed, async (page) => {
    await page.locator("#wenzheng-widget button").click();
    const element = await page.locator("#wenzheng-widget iframe").elementHandle();
    const frame = await element.contentFrame();
    await frame.waitForLoadState();
    await frame.locator("#q").fill("今年修哪几条高速");
    await frame.locator("#q").press("Enter");
    await frame.locator(".card").first().waitFor();
    await frame.locator("#close-widget").click();
    await page.locator("#wenzheng-widget iframe").waitFor({ state: "hidden" });
  }, { allowed: [allowed] }));
