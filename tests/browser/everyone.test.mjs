// For everyone: accessibility, keyboards, small screens, large type, night, slow lines.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, ask, site, violations, visit } from "./browser.mjs";

const PAGES = ["/", "/ask?q=%E4%BB%8A%E5%B9%B4%E4%BF%AE%E5%93%AA%E5%87%A0%E6%9D%A1%E9%AB%98%E9%80%9F",
  "/report", "/terms", "/nowhere", "/widget"];
const MISSING = { complaints: ["404"] };

for (const colorScheme of ["light", "dark"]) {
  test(`no page has a serious accessibility violation, ${colorScheme}`, async () => {
    for (const path of PAGES) {
      await visit(path, async (page) => {
        assert.deepEqual(await violations(page), [], path);
      }, { colorScheme, ...MISSING });
    }
  });

  test(`nor has the conversation with an open panel, ${colorScheme}`, async () => {
    for (const options of [{}, PHONE]) {
      await visit("/", async (page) => {
        await ask(page, "怎么修理安卓手机的屏幕");
        const cut = await ask(page, "“六必访”是什么意思");
        await cut.locator(".card summary").click();
        const turn = await ask(page, "今年修哪几条高速");
        await turn.locator("[data-link]").first().click();
        await page.locator("#panel .cited").waitFor();
        assert.deepEqual(await violations(page), []);
      }, { colorScheme, ...options });
    }
  });
}

test("everything can be done with the keyboard alone", () =>
  visit("/", async (page) => {
    const focused = () => page.evaluate(() => {
      const { id, textContent, dataset } = document.activeElement;
      const way = ["vote", "copy", "link"].find((name) => name in dataset);
      return id || way || textContent.trim();
    });
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "跳到正文");
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "main");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "q");
    await page.keyboard.type("今年修哪几条高速");
    await page.keyboard.press("Enter");
    await page.locator(".card").first().waitFor();
    assert.equal(await focused(), "q", "who types goes on typing");
    await page.keyboard.press("Shift+Tab"); // back into the answer, from its end
    const visited = new Set();
    for (let step = 0; step < 40 && !visited.has("link"); step += 1) {
      visited.add(await focused());
      await page.keyboard.press("Shift+Tab");
    }
    for (const way of ["vote", "copy", "link"]) assert.ok(visited.has(way), `${way} is reached`);
    await page.locator(".source a").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#panel .cited").waitFor();
    assert.equal(await focused(), "panel-title");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "panel-close");
    await page.keyboard.press("Enter");
    await page.locator("#panel").waitFor({ state: "hidden" });
    assert.equal(await focused(), "link");
  }));

test("nothing is wider than a small phone, in large type either", async () => {
  const small = { ...PHONE, viewport: { width: 320, height: 640 } };
  for (const path of PAGES) {
    await visit(path, async (page) => {
      for (const size of ["normal", "large"]) {
        if (size === "large") await page.click("#size");
        const [needed, there] = await page.evaluate(() =>
          [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(needed <= there, `${path} ${size}: ${needed} > ${there}`);
      }
    }, { ...small, ...MISSING });
  }
});

/** How bright the paper is, 0 to 255. */
const brightness = (page) => page.evaluate(() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
  return (r + g + b) / 3;
});

test("night is dark as the system says, and what one chooses oneself lasts", async () => {
  await visit("/", async (page) => assert.ok(await brightness(page) > 200));
  await visit("/", async (page) => {
    assert.ok(await brightness(page) < 60);
    await page.click("#theme");
    assert.ok(await brightness(page) > 200);
    await page.goto(`${site}/terms`);
    assert.ok(await brightness(page) > 200, "on the next page too");
    await page.click("#theme");
    await page.reload();
    assert.ok(await brightness(page) < 60);
  }, { colorScheme: "dark" });
});

test("large type enlarges everything and lasts", () =>
  visit("/", async (page) => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const before = await size();
    await page.click("#size");
    assert.equal(await size(), before * 1.25);
    await page.reload();
    assert.equal(await size(), before * 1.25);
    assert.equal(await page.getAttribute("#size", "aria-pressed"), "true");
  }));

test("the page with all it loads and an answer takes less than 100 kB", () =>
  visit("about:blank", async (page, context) => {
    const network = await context.newCDPSession(page);
    await network.send("Network.enable");
    let bytes = 0;
    network.on("Network.loadingFinished", (e) => { bytes += e.encodedDataLength; });
    await page.goto(site);
    await ask(page, "今年修哪几条高速");
    await page.waitForLoadState("networkidle");
    console.log(`${bytes} bytes`);
    assert.ok(bytes > 5_000 && bytes < 100_000, `${bytes} bytes`);
  }));
