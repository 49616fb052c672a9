// The report, the glossary, and the chat inside a page of another site.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";

import { ask, isSeen, site, visit } from "./browser.mjs";

test("the whole report has a table of contents that leads to its sections", () =>
  visit("/report", async (page) => {
    assert.match(await page.locator("h1").textContent(), /政府工作报告/);
    const entry = page.locator(".contents a", { hasText: "增进民生福祉" }).first();
    const target = await entry.getAttribute("href");
    await entry.click();
    assert.ok(await isSeen(page.locator(`${target} h3`)));
    assert.match(await page.locator(".report").textContent(), /一是硬化自然村组道路/);
  }));

test("a slogan is found in the glossary by pinyin and leads to where it is used", () =>
  visit("/terms", async (page) => {
    const all = await page.locator(".term:visible").count();
    assert.ok(all > 10);
    await page.fill("#filter", "sanzhua");
    const left = page.locator(".term:visible");
    assert.equal(await left.count(), 1);
    assert.match(await left.textContent(), /三抓三促/);
    assert.equal(await page.locator("#found").textContent(), "找到 1 个");
    await page.fill("#filter", "没有的用语");
    assert.equal(await page.locator(".term:visible").count(), 0);
    await page.fill("#filter", "");
    assert.equal(await page.locator(".term:visible").count(), all);
    await page.locator(".uses a").first().click();
    assert.ok(await isSeen(page.locator(".cited")));
  }));

// A site that shows the chat: on one name it is allowed to, on the other it is not.
const port = Number(process.env.WENZHENG_HOST_PORT);
const host = createServer((_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  // As strict as such a site may be.
  response.setHeader("content-security-policy",
    `default-src 'none'; script-src ${site}; frame-src ${site}`);
  response.end(`<!doctype html><html lang=zh><title>县政府网站</title><h1>县政府网站</h1>
    <script src="${site}/widget.js" async></script></html>`);
});
await new Promise((ready) => { host.listen(port, "127.0.0.1", ready); });
after(() => host.close());
const allowed = `http://127.0.0.1:${port}`;
const stranger = `http://localhost:${port}`;

test("a site that is listed shows the chat inside its pages", () =>
  visit(allowed, async (page) => {
    await page.locator("#wenzheng-widget button").click();
    const element = await page.locator("#wenzheng-widget iframe").elementHandle();
    const frame = await element.contentFrame();
    await frame.waitForLoadState();
    await frame.locator("#q").fill("今年修哪几条高速");
    await frame.locator("#q").press("Enter");
    await frame.locator(".card").first().waitFor();
    await frame.locator(".source a").first().click();
    await frame.locator("#panel #quote").waitFor();
    await frame.locator("#panel-close").click();
    await frame.locator("#close-widget").click();
    await page.locator("#wenzheng-widget iframe").waitFor({ state: "hidden" });
    assert.ok(await page.locator("#wenzheng-widget button").isVisible());
  }, { allowed: [allowed] }));

test("a site that is not listed cannot show it", () =>
  visit(stranger, async (page) => {
    const refused = page.waitForEvent("console", (m) => m.text().includes("frame-ancestors"));
    await page.locator("#wenzheng-widget button").click();
    await refused;
    assert.equal(await page.frameLocator("#wenzheng-widget iframe").locator("#q").count(), 0);
  }, { allowed: [stranger], complaints: ["frame-ancestors"] }));

test("the chat itself is in nobody's frame", () =>
  visit("/", async (page) => {
    const response = await page.request.get(site);
    assert.match(response.headers()["content-security-policy"], /frame-ancestors 'none'/);
    await ask(page, "三抓三促是什么意思");
  }));
