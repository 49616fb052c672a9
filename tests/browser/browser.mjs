// A headless Chromium at the running program; what every page must keep to is checked for each.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";

const { WENZHENG_URL, WENZHENG_NODE, WENZHENG_CHROMIUM } = process.env;
const require = createRequire(`${WENZHENG_NODE}/package.json`);
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const site = WENZHENG_URL;
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const browser = await chromium.launch({
  executablePath: WENZHENG_CHROMIUM,
  args: ["--no-sandbox"],
});
after(() => browser.close());

/**
 * Runs `story` with a page of its own browser profile, then asserts that nothing was asked of
 * other hosts and nothing was complained about in the console.
 */
export async function visit(path, story, { allowed = [], complaints = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "zh-CN", ...options });
  context.setDefaultTimeout(30000);
  const page = await context.newPage();
  const said = [];
  const foreign = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) said.push(m.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const ours = [site, ...allowed].includes(origin) || protocol === "data:";
    if (!ours) foreign.push(request.url());
  });
  try {
    await page.goto(new URL(path, site).href);
    await story(page, context);
    assert.deepEqual(foreign, [], "requests to other hosts");
    const unexpected = said.filter((text) => !complaints.some((c) => text.includes(c)));
    assert.deepEqual(unexpected, [], "complaints in the console");
  } finally {
    await context.close();
  }
}

/** Asks as people do and waits for the answer; gives the last turn. */
export async function ask(page, question) {
  const turns = await page.locator(".turn").count();
  await page.fill("#q", question);
  await page.press("#q", "Enter");
  const turn = page.locator(".turn").nth(turns);
  await turn.locator('[data-slot="answer"]').waitFor();
  return turn;
}

/** Accessibility violations that keep people out. */
export async function violations(page) {
  // By the debugger: the content security policy lets no foreign script into the page.
  await page.evaluate(AXE);
  const results = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ["violations"],
  }));
  return results.violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.map((node) => node.target).join(" ")}`);
}

/** True when the element is within the window. */
export function isSeen(locator) {
  return locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.height > 0;
  });
}
