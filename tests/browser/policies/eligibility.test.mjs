// A dialogue on who qualifies, in a real browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, ask, isSeen, violations, visit } from "../browser.mjs";

const QUESTION = "我妈82岁能领高龄补贴不";

/** Presses a button of the last turn and waits for what is said then. */
async function press(page, label) {
  const turns = await page.locator(".turn").count();
  await page.locator(".turn").last().locator("button[data-pick]", { hasText: new RegExp(`^${label}$`) }).click();
  const turn = page.locator(".turn").nth(turns);
  await turn.locator('[data-slot="answer"]').waitFor();
  return turn;
}

test("answers are buttons, and the result shows each condition with its words", () =>
  visit("/", async (page) => {
    const first = await ask(page, QUESTION);
    assert.match(await first.textContent(), /您说的（我妈）：年龄：82岁/);
    const labels = await first.locator('[data-slot="choice"]').allTextContents();
    assert.deepEqual(labels, ["是", "不是", "不知道"]);
    assert.deepEqual(await violations(page), []);
    const second = await press(page, "是");
    assert.match(await second.textContent(), /特困供养（五保）吗/);
    assert.equal(await first.locator("button[data-pick]").count(), 0, "each question is answered once");
    const result = await press(page, "不是");
    const text = await result.textContent();
    assert.match(text, /符合已核对的3条；另有1条要由部门认定/);
    assert.match(text, /✓ 年龄：“年满80周岁”/);
    assert.match(text, /以主管部门审核为准/);
    const original = result.locator('[data-slot="page"]', { hasText: "一、发放对象" });
    assert.match(await original.getAttribute("href"), /^\/p\//);
    assert.deepEqual(await violations(page), []);
  }));

test("what is said in a dialogue is kept nowhere in the browser", () =>
  visit("/", async (page) => {
    await ask(page, QUESTION);
    await press(page, "是");
    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    assert.doesNotMatch(kept, /82岁|户口/);
    await page.reload();
    assert.equal(await page.locator(".turn").count(), 0);
  }));

test("an answer can be typed as well, and another question leaves the dialogue", () =>
  visit("/", async (page) => {
    await ask(page, "我能领高龄津贴吗");
    const next = await ask(page, "八十二");
    assert.match(await next.textContent(), /户口在安和县吗/);
    const other = await ask(page, "公租房要带什么材料");
    assert.match(await other.locator("blockquote").first().textContent(), /申请材料/);
    const gone = await ask(page, "是");
    assert.doesNotMatch(await gone.textContent(), /特困供养/);
  }));

test("on a phone the buttons are in view", () =>
  visit("/", async (page) => {
    const first = await ask(page, QUESTION);
    assert.ok(await isSeen(first.locator('[data-slot="choice"]').first()));
  }, PHONE));
