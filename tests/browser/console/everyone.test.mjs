// For everyone: accessibility by day and night, on a phone and at a desk; keyboards.

import assert from "node:assert/strict";
import { test } from "node:test";

import { violations } from "../browser.mjs";
import { fits, open, outcome, shot, signedIn } from "./console.mjs";

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };

test("every page is fit for everyone, and can be used by keyboard", () => signedIn(async (page) => {
  // So that there is one to look at.
  await open(page, "固定问题");
  await page.getByLabel("问题").fill("2024年计划硬化自然村组道路多少公里");
  await page.getByRole("button", { name: "固定", exact: true }).click();
  assert.match(await outcome(page), /固定/);
  await open(page, "概览");

  const links = await page.locator(".menu a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.length >= 10);
  const pages = [...links, "/admin/sign-in", "/admin/editions/1", "/admin/documents/tongwei-2024-work-report",
    "/admin/audit?role=owner&from=2020-01-01", "/admin/questions?channel=web&from=2020-01-01&until=2020-01-31",
    "/admin/try?q=%E4%BB%8A%E5%B9%B4%E4%BF%AE%E5%93%AA%E5%87%A0%E6%9D%A1%E9%AB%98%E9%80%9F"];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const path of pages) {
        const response = await page.goto(new URL(path, page.url()).href);
        assert.equal(response.status(), 200, path);
        const what = `${path} ${size} ${colorScheme}`;
        assert.deepEqual(await violations(page), [], what);
        await fits(page, what);
        await shot(page, `${size}-${colorScheme}${path.split("?")[0].replaceAll("/", "-")}`);
      }
      // What cannot be read is told on the page.
      const response = await page.goto(new URL("/admin/audit?until=2020-02-31", page.url()).href);
      assert.equal(response.status(), 400);
      assert.match(await page.getByRole("alert").innerText(), /日期看不懂/);
      assert.deepEqual(await violations(page), [], `a bad day ${size} ${colorScheme}`);
    }
  }

  // From the top of each page everything that can be pressed is reached, in the order in which it is read.
  await page.setViewportSize(SIZES.desk);
  for (const path of links) {
    await page.goto(new URL(path, page.url()).href);
    const all = await page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary, pre[tabindex]")
      .evaluateAll((elements) => elements.filter((element) => element.checkVisibility()).length);
    const reached = new Set();
    await page.evaluate(() => document.activeElement.blur());
    for (let step = 0; step < all + 8; step += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        const named = [...document.querySelectorAll("*")];
        const seen = focused === document.body || focused.matches(":focus-visible, input[type=date]");
        return [named.indexOf(focused), focused.tagName, seen];
      });
      if (at[1] !== "BODY") {
        reached.add(at[0]);
        assert.ok(at[2], `${path}: what has the focus is seen`);
      }
    }
    assert.ok(reached.size >= all, `${path}: ${reached.size} of ${all}`);
  }

  await open(page, "固定问题");
  await page.getByRole("button", { name: "取消固定" }).click();
}));
