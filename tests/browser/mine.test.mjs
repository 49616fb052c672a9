// What is kept of whoever asks: seen and erased on the page, by a random id of the browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, ask, violations, visit } from "./browser.mjs";

const ROADS = "今年修哪几条高速";
const KEY = "wenzheng.person";

const idOf = (page) => page.evaluate((key) => localStorage.getItem(key), KEY);

for (const options of [{}, PHONE]) {
  test(`what is kept is seen and erased, ${options === PHONE ? "phone" : "desktop"}`, () =>
    visit("/", async (page) => {
      assert.equal(await idOf(page), null, "who only reads has no id");
      const turn = await ask(page, ROADS);
      const id = await idOf(page);
      assert.match(id, /^[0-9a-f]{32}$/);
      await turn.locator('[data-vote="up"]').click();
      await turn.locator('[data-slot="vote"] [tabindex="-1"]').waitFor();
      await ask(page, "去年粮食产量是多少");
      assert.equal(await idOf(page), id, "it stays the same");

      await page.click("#mine");
      await page.locator("#mine-list li").nth(1).waitFor();
      const questions = await page.locator("#mine-list li").allTextContents();
      assert.match(questions[0], /^\d{4}-\d\d-\d\d \d\d:\d\d 去年粮食产量是多少$/);
      assert.match(questions[1], new RegExp(ROADS));
      assert.equal(await page.locator("#mine-votes").textContent(), "评价 1 次。");
      assert.deepEqual(await violations(page), []);

      await page.click("#mine-forget");
      await page.click("#mine-no");
      assert.equal(await idOf(page), id);
      await page.click("#mine-forget");
      await page.click("#mine-yes");
      await page.locator("#mine-said", { hasText: "已经全部删除" }).waitFor();
      assert.equal(await idOf(page), null);
      assert.equal(await page.locator(".turn").count(), 0);
      await page.keyboard.press("Escape");
      await page.locator("#mine-dialog").waitFor({ state: "hidden" });
      await page.click("#mine");
      await page.locator("#mine-said", { hasText: "没有保存您的任何问题" }).waitFor();
      assert.equal(await page.locator("#mine-forget").isVisible(), false);
    }, options));
}

test("where nothing can be kept in the browser questions belong to nobody", () =>
  visit("/", async (page) => {
    await page.evaluate(() => {
      Storage.prototype.setItem = () => { throw new Error("off"); };
    });
    const sent = page.waitForRequest((request) => request.url().endsWith("/api/ask"));
    await ask(page, ROADS);
    assert.equal("person" in (await sent).postDataJSON(), false);
  }));
