// A row of a table of standards, in a real browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, ask, violations, visit } from "../browser.mjs";

const QUESTION = "农村低保的标准给我看一下";

test("a row is a real table that a phone can scroll", () =>
  visit("/", async (page) => {
    const turn = await ask(page, QUESTION);
    const row = turn.locator('[data-slot="row"]').first();
    assert.deepEqual(await row.locator("th").allTextContents(), ["类别", "项目", "一类", "二类", "比上年提高"]);
    assert.deepEqual(await row.locator("td").allTextContents(), ["最低生活保障", "农村低保", "520", "485", "6.1%"]);
    assert.equal(await turn.locator('[data-slot="unit"]').first().textContent(), "（单位：元/月）");
    assert.equal(await turn.locator('[data-slot="quote"]').first().isHidden(), true, "it is not said twice");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(wide, false, "the page does not scroll sideways");
    assert.deepEqual(await violations(page), []);
    if (process.env.WENZHENG_SHOTS) await page.screenshot({ path: `${process.env.WENZHENG_SHOTS}/row.png`, fullPage: true });
  }, PHONE));

test("a cell is a quote and no table", () =>
  visit("/", async (page) => {
    const turn = await ask(page, "农村低保二类一个月多少");
    assert.match(await turn.locator('[data-slot="quote"]').first().textContent(), /二类：485/);
    assert.equal(await turn.locator('[data-slot="row"]').count(), 0);
  }));
