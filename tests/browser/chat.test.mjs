// The chat page in a real browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, ask, isSeen, site, visit } from "./browser.mjs";

const ROADS = "今年修哪几条高速";
// The report has “六必访” within a longer sentence.
const CUT = "“六必访”是什么意思";

test("a question is answered in place, with period, marked words and source", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    const card = turn.locator(".card").first();
    assert.equal(await card.locator(".badge").textContent(), "2024年计划");
    assert.match(await card.locator("mark").first().textContent(), /高速/);
    assert.match(await card.locator(".source").textContent(), /《2024年通渭县政府工作报告》/);
    assert.equal(await page.inputValue("#q"), "");
    assert.equal(new URL(page.url()).pathname, "/");
    assert.ok(await isSeen(turn.locator("h2")));
  }));

test("the header says once what answers are made from, and that stays in sight on a phone", () =>
  visit("/", async (page) => {
    const first = await ask(page, ROADS);
    const turn = await ask(page, "去年粮食产量是多少");
    const basis = page.locator(".top .basis");
    assert.equal(await basis.textContent(), "依据：《2024年通渭县政府工作报告》，2024年1月21日");
    await page.waitForFunction(() => scrollY > 200);
    assert.ok(await isSeen(basis));
    for (const one of [first, turn]) assert.doesNotMatch(await one.textContent(), /报告是 2024 年的/);
  }, PHONE));

test("a follow-up is understood from the question before it", () =>
  visit("/", async (page) => {
    const first = await ask(page, "去年粮食产量是多少");
    assert.match(await first.locator(".badge").first().textContent(), /2023年已完成/);
    const second = await ask(page, "那今年呢");
    assert.match(await second.locator(".badge").first().textContent(), /2024年计划/);
    assert.match(await second.locator("blockquote").first().textContent(), /粮食/);
  }));

test("a citation opens beside the conversation at the quoted sentence, and Escape goes back", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    const quote = await turn.locator("blockquote").first().textContent();
    const source = turn.locator(".source a").first();
    await source.click();
    const marked = page.locator("#panel #quote");
    await marked.waitFor();
    assert.ok(await isSeen(marked), "the quoted sentence is in view");
    const shown = await page.locator("#panel .cited mark").allTextContents();
    assert.equal(shown.join(""), quote.trim());
    assert.ok(await turn.isVisible(), "the conversation stays");
    await page.keyboard.press("Escape");
    await page.locator("#panel").waitFor({ state: "hidden" });
    assert.ok(await source.evaluate((link) => link === document.activeElement));
  }));

test("within the panel one reads on to the next section", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    await turn.locator("[data-link]").first().click();
    const heading = page.locator("#panel h3");
    const before = await heading.textContent();
    await page.locator("#panel .next").click();
    await page.waitForFunction(
      (text) => document.querySelector("#panel h3").textContent !== text, before);
  }));

test("on a phone the panel covers the page and the back button closes it", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    await turn.locator("[data-link]").first().click();
    await page.locator("#panel:modal").waitFor();
    await page.goBack();
    await page.locator("#panel").waitFor({ state: "hidden" });
    assert.equal(page.url(), `${site}/`);
    assert.ok(await turn.isVisible());
  }, PHONE));

test("a link to a citation opens its page at the quoted sentence", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    const href = await turn.locator(".source a").first().getAttribute("href");
    await page.goto(site + href);
    assert.ok(await isSeen(page.locator("#quote")));
    assert.match(await page.locator(".cited .badge").textContent(), /2024年计划/);
  }, PHONE));

test("slogans are offered while typing and can be taken with the keyboard", () =>
  visit("/", async (page) => {
    await page.fill("#q", "szsc");
    const hint = page.locator("#hints .chip").first();
    await hint.waitFor();
    assert.equal(await hint.textContent(), "三抓三促");
    await page.press("#q", "ArrowUp");
    assert.ok(await hint.evaluate((chip) => chip === document.activeElement));
    await page.keyboard.press("Enter");
    await page.locator(".card").first().waitFor();
    assert.match(await page.locator("blockquote").first().textContent(), /抓学习促提升/);
    assert.ok(await page.locator("#hints").isHidden());
    assert.equal(await page.inputValue("#q"), "");
  }));

test("the conversation is kept in the browser until it is cleared", () =>
  visit("/", async (page) => {
    await ask(page, ROADS);
    await page.reload();
    assert.equal(await page.locator(".turn .card").count() > 0, true);
    await page.click("#clear");
    assert.equal(await page.locator(".turn").count(), 0);
    await page.reload();
    assert.equal(await page.locator(".turn").count(), 0);
    assert.ok(await page.locator(".examples").isVisible());
  }));

test("what an earlier version kept in another form does no harm", () =>
  visit("/", async (page) => {
    await page.evaluate(() => localStorage.setItem("wenzheng.turns",
      JSON.stringify([null, { question: "旧", display: { cards: 7 } }])));
    await page.reload();
    assert.equal(await page.locator(".turn").count(), 0);
    assert.ok(await page.locator(".examples").isVisible());
    const turn = await ask(page, ROADS);
    assert.ok(await turn.locator(".card").first().isVisible());
  }));

test("a question asked from the glossary joins the conversation", () =>
  visit("/", async (page) => {
    await ask(page, ROADS);
    await page.goto(`${site}/terms`);
    await page.locator(".term .actions a").first().click();
    assert.equal(await page.locator(".turn").count(), 2);
    await ask(page, "高标准农田");
    await page.goto(site);
    assert.deepEqual(await page.locator(".turn h2 [data-slot]").allTextContents(),
      [ROADS, "高标准农田"]);
  }));

test("a citation can be copied with its source and a link that works", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    await turn.locator("[data-copy]").first().click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const quote = await turn.locator("blockquote").first().textContent();
    const [text, source, link] = copied.split("\n");
    assert.equal(text, `“${quote.trim()}”`);
    assert.match(source, /^——《2024年通渭县政府工作报告》.*（2024年计划）$/);
    await page.goto(link);
    assert.ok(await isSeen(page.locator("#quote")));
  }, { permissions: ["clipboard-read", "clipboard-write"] }));

test("a citation can be handed to another app where the browser knows how", () =>
  visit("/", async (page) => {
    await page.evaluate(() => {
      navigator.share = async (data) => { globalThis.shared = data; };
    });
    const turn = await ask(page, ROADS);
    await turn.locator("[data-share]").first().click();
    const shared = await page.evaluate(() => globalThis.shared);
    assert.match(shared.text, /《2024年通渭县政府工作报告》/);
    assert.ok(shared.url.startsWith(`${site}/p/`));
  }));

test("the sentence that a quote was cut out of is unfolded below it, with the keyboard as well", () =>
  visit("/", async (page) => {
    const whole = await ask(page, ROADS);
    assert.equal(await whole.locator(".card details").count(), 0);
    const card = (await ask(page, CUT)).locator(".card").first();
    const quote = await card.locator("blockquote").textContent();
    const sentence = card.locator("details p");
    assert.ok(await sentence.isHidden());
    await card.locator("summary", { hasText: "完整句子" }).press("Enter");
    assert.ok(await isSeen(sentence));
    const text = await sentence.textContent();
    assert.ok(text.length > quote.length && text.includes(quote.trim()), text);
    await page.reload();
    assert.equal(await page.locator(".card details p").textContent(), text, "it is kept as well");
  }));

test("a vote is thanked for", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    const noted = page.waitForResponse((r) => r.url().endsWith("/api/feedback"));
    await turn.locator('[data-vote="up"]').click();
    assert.equal((await noted).status(), 204);
    await turn.locator(".vote", { hasText: "谢谢您的反馈" }).waitFor();
  }));

test("who found an answer of no use may say why with one more press", () =>
  visit("/", async (page) => {
    const turn = await ask(page, ROADS);
    await turn.locator('[data-vote="down"]').first().click();
    const noted = page.waitForRequest((r) => r.postDataJSON()?.reason === "incomplete");
    await turn.locator("button", { hasText: "内容不全" }).click();
    assert.equal((await (await noted).response()).status(), 204);
    await turn.locator(".vote", { hasText: "谢谢您的反馈" }).waitFor();
  }));

test("when the service cannot be reached it says so, and asking again works", () =>
  visit("/", async (page) => {
    await page.route("**/api/ask", (route) => route.abort());
    const turn = await ask(page, ROADS);
    assert.match(await turn.textContent(), /请检查网络/);
    await page.unroute("**/api/ask");
    await turn.locator("[data-retry]").click();
    await turn.locator(".card").first().waitFor();
  }, { complaints: ["net::ERR_FAILED"] }));

test("in Traditional script the answer is in Traditional script", () =>
  visit("/", async (page) => {
    const turn = await ask(page, "今年修哪幾條高速");
    assert.equal(await turn.locator('[data-slot="answer"]').getAttribute("lang"), "zh-Hant");
    assert.match(await turn.locator(".badge").first().textContent(), /計劃/);
  }));

test("without JavaScript the form answers, follows up, and its citations open", () =>
  visit("/", async (page) => {
    await page.fill("#q", "去年粮食产量是多少");
    await page.click('#ask button[type="submit"]');
    assert.match(await page.locator(".badge").first().textContent(), /2023年已完成/);
    await page.fill("#q", "那今年呢");
    await page.click('#ask button[type="submit"]');
    assert.match(await page.locator(".badge").first().textContent(), /2024年计划/);
    await page.locator(".source a").first().click();
    assert.ok(await isSeen(page.locator(".cited")));
    assert.equal(await page.locator(".scripted:visible").count(), 0);
  }, { javaScriptEnabled: false }));

test("without JavaScript the sentence that a quote was cut out of is unfolded", () =>
  visit(`/ask?q=${encodeURIComponent(CUT)}`, async (page) => {
    const card = page.locator(".card").first();
    await card.locator("summary").click();
    const quote = await card.locator("blockquote").textContent();
    const sentence = card.locator("details p");
    assert.ok(await isSeen(sentence));
    assert.ok((await sentence.textContent()).includes(quote.trim()));
  }, { javaScriptEnabled: false }));
