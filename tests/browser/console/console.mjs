// Somebody who is signed in to the console: one browser profile for all that a file does there.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { visit } from "../browser.mjs";

const { WENZHENG_LINK, WENZHENG_SHOTS } = process.env;

/** Runs `story` with the page of somebody who has used their one-time address; that works once. */
export const signedIn = (story, options = {}) => visit(WENZHENG_LINK, async (page, context) => {
  await page.getByRole("button", { name: "进入后台" }).click();
  await page.waitForURL("**/admin");
  await story(page, context);
}, options);

/** Goes to a page by the menu. */
export async function open(page, name) {
  const menu = page.locator("details.menu");
  if (!(await menu.evaluate((element) => element.open))) await menu.locator("summary").click();
  await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
  await page.locator("h1").waitFor();
}

/** What the page says that a command came to; a job is waited for. */
export async function outcome(page) {
  const progress = page.getByRole("link", { name: "看进度" });
  if (await progress.count()) {
    await progress.click();
    await page.locator("#main:not(:has([data-poll]))").waitFor({ timeout: 60000 });
  }
  return page.locator("#main").innerText();
}

/** Keeps a picture where somebody wants to look at them. */
export async function shot(page, name) {
  if (!WENZHENG_SHOTS) return;
  mkdirSync(WENZHENG_SHOTS, { recursive: true });
  await page.screenshot({ path: join(WENZHENG_SHOTS, `${name}.png`), fullPage: true });
}

/** Nothing is wider than the window. */
export async function fits(page, what) {
  const [needed, there] = await page.evaluate(() =>
    [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(needed <= there, `${what}: ${needed} > ${there}`);
}
