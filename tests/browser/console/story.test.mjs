// A day at the office: two files are put in, shown, live; a word is taught, tried out, taken back; all of it is in
// the audit.

import assert from "node:assert/strict";
import { test } from "node:test";

import { open, outcome, shot, signedIn } from "./console.mjs";

const report = (year, text) => `${year}年通渭县政府工作报告
——${year}年1月8日在通渭县第十九届人民代表大会第五次会议上
通渭县人民政府县长 张三
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、${year - 1}年工作回顾
过去一年，全县建成温泉康养小镇一处，硬化村道88公里。
二、${year}年重点工作
今年，${text}
`;

/** Drops files onto the form, as people drag them there. */
async function drop(page, files) {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, text] of given) data.items.add(new File([text], name, { type: "text/plain" }));
    return data;
  }, files);
  await page.dispatchEvent(".drop", "dragenter", { dataTransfer: transfer });
  await page.dispatchEvent(".drop", "drop", { dataTransfer: transfer });
}

/** Tries a question out; what each channel would show. */
async function tryOut(page, question, draft = "") {
  await open(page, "试一试");
  await page.getByLabel("问题").fill(question);
  if (draft) await page.getByLabel("用哪一份").fill(draft);
  await page.getByRole("button", { name: "试一试" }).click();
  const cards = page.locator("section.card");
  await cards.first().waitFor();
  const shown = {};
  for (const card of await cards.all()) {
    shown[await card.locator("h2").innerText()] = await card.innerText();
  }
  return shown;
}

test("an owner imports, checks, publishes, teaches a word and takes it back", () => signedIn(async (page) => {
  assert.match(await page.locator("#main").innerText(), /第 1 版/);

  await open(page, "导入文件");
  await drop(page, [
    ["2025年报告.txt", report(2025, "新建乡村书屋37个，改造农家小院420户。")],
    ["2026年报告.txt", report(2026, "新建村级幸福食堂16处，栽植文冠果2万亩。")],
  ]);
  assert.match(await page.locator("[data-files]").innerText(), /2025年报告.txt.*2026年报告.txt/s);
  await page.getByRole("button", { name: "上传" }).click();
  const preview = await outcome(page);
  assert.match(preview, /2025年通渭县政府工作报告/);
  assert.match(preview, /2026年通渭县政府工作报告/);
  await shot(page, "preview");
  await page.getByRole("button", { name: "确认生效" }).click();
  assert.match(await outcome(page), /第 2 版已生效/);

  const books = await tryOut(page, "2025年计划新建乡村书屋多少个");
  for (const channel of ["网页", "Telegram", "微信"]) assert.match(books[channel], /37\s*个/, channel);
  await shot(page, "try");

  // From now on every edition has to answer it.
  await open(page, "固定问题");
  await page.getByLabel("问题").fill("2025年计划新建乡村书屋多少个");
  await page.getByRole("button", { name: "固定", exact: true }).click();
  await open(page, "固定问题");
  assert.match(await page.locator("#main").innerText(), /还没有检验过/);

  // A word that nobody knows yet.
  const asked = "2026年要栽多少崖木瓜";
  assert.doesNotMatch((await tryOut(page, asked))["微信"], /2万亩/);
  await open(page, "词语和问答");
  await page.getByLabel("大家说", { exact: true }).fill("崖木瓜");
  await page.getByLabel(/^文件里的词/).fill("文冠果");
  await page.locator("section.card").first().getByRole("button", { name: "加上" }).click();
  assert.match(await outcome(page), /第 3 版已生效/);
  assert.match((await tryOut(page, asked))["微信"], /2万亩/);

  await open(page, "固定问题");
  assert.match(await page.locator("#main").innerText(), /上次检验：.*第 3 版：\s*回答正常/);
  await shot(page, "pins");

  // One that does harm is refused, with the questions that it would answer worse.
  await open(page, "词语和问答");
  await page.getByLabel("大家说", { exact: true }).fill("低保");
  await page.getByLabel(/^文件里的词/).fill("道路");
  await page.locator("section.card").first().getByRole("button", { name: "加上" }).click();
  const refused = await outcome(page);
  assert.match(refused, /变差了/);
  await open(page, "固定问题");
  assert.match(await page.locator("#main").innerText(), /上次检验：.*没有生效的草稿 \d+/);
  await shot(page, "refused");

  await open(page, "版本");
  await page.getByRole("link", { name: "第 3 版" }).click();
  assert.match(await page.locator("#main").innerText(), /正在使用/);
  await shot(page, "edition");
  await page.getByRole("button", { name: "只撤销这一版的改动" }).click();
  assert.match(await outcome(page), /第 4 版已生效/);
  assert.doesNotMatch((await tryOut(page, asked))["微信"], /2万亩/);

  await open(page, "操作记录");
  const audit = await page.locator("#main").innerText();
  for (const part of ["上传", "同义词", "撤销", "登录"]) assert.ok(audit.includes(part), part);
  await shot(page, "audit");

  // Narrowed to what owners did today; none of it is of years ago.
  await page.getByLabel("角色").selectOption({ label: "所有者" });
  await page.getByLabel("从 ").fill("2020-01-01");
  await page.getByRole("button", { name: "查看" }).click();
  assert.match(page.url(), /role=owner.*from=2020-01-01/);
  assert.match(await page.locator("table").innerText(), /撤销/);
  await page.getByLabel("到 ").fill("2020-01-31");
  await page.getByRole("button", { name: "查看" }).click();
  assert.match(await page.locator("#main").innerText(), /没有这样的记录/);
  await open(page, "操作记录");

  await page.getByRole("button", { name: "检查记录是否完整" }).click();
  assert.match(await outcome(page), /记录完整/);
}));
