//! The words that all channels share: plain, polite Simplified Chinese.
//!
//! Renderers convert them to the asker's script. What only one channel says (buttons, commands)
//! stands with that channel.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::deployment::Deployment;
use crate::{
    answer::{Answer, AnswerKind, Asked, Citation, Missing, Notice, Script, Smalltalk, Status},
    assistant::{OpenError, Reloaded},
    corpus::{Document, Period, Problem},
    text::normalize::to_traditional,
};

/// `text` in the asker's script.
#[must_use]
pub fn in_script(text: &str, script: Script) -> Cow<'_, str> {
    match script {
        Script::Simplified => Cow::Borrowed(text),
        Script::Traditional => Cow::Owned(to_traditional(text)),
    }
}

/// 2024年计划 / 2023年已完成 / 存在的问题; empty for what stands outside of time.
#[must_use]
pub fn period_label(period: Period) -> String {
    match period {
        Period::Done(year) => format!("{year}年已完成"),
        Period::Planned(year) => format!("{year}年计划"),
        Period::Assessment => "报告指出的问题".to_owned(),
        Period::Undated => String::new(),
    }
}

/// 【2024年计划】, to stand before a quote; `None` for what stands outside of time.
#[must_use]
pub fn bracketed(period: Period) -> Option<String> {
    let label = period_label(period);
    (!label.is_empty()).then(|| format!("【{label}】"))
}

/// 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 加快健康通渭建设
#[must_use]
pub fn source_line(citation: &Citation) -> String {
    let Citation {
        document_title,
        place,
        year,
        path,
        ..
    } = citation;
    format!(
        "{}{}",
        titled(document_title, place, *year),
        path.join(" › ")
    )
}

/// As [`source_line`], of a place in a document.
#[must_use]
pub fn source(document: &Document, path: &[String]) -> String {
    let meta = &document.meta;
    let title = titled(&meta.title, &meta.place, meta.year);
    format!("{title}{}", path.join(" › "))
}

/// 《2024年通渭县政府工作报告》; with place and year when the title leaves them out:
/// 定西市《政府工作报告》（2023年）.
fn titled(title: &str, place: &str, year: i32) -> String {
    // 甘南州 names 甘南藏族自治州 well enough.
    let short: String = place.chars().take(2).collect();
    let before = if title.contains(&short) || title.contains("答") {
        ""
    } else {
        place
    };
    let after = if year == 0 || title.contains(&year.to_string()) {
        String::new()
    } else {
        format!("（{year}年）")
    };
    format!("{before}《{title}》{after}")
}

/// What the reply says before its first quote; `None` when the quote speaks for itself.
#[must_use]
pub fn opening(answer: &Answer, deployment: &Deployment) -> Option<String> {
    match answer.status {
        Status::Answered if answer.kind == AnswerKind::Comparison => Some(comparison(answer)),
        Status::Answered => None,
        Status::Partial => answer.missing.as_ref().map(|missing| {
            let label = answer
                .citations
                .first()
                .map(|citation| period_label(citation.period))
                .filter(|label| !label.is_empty())
                .map(|label| format!("（{label}）"))
                .unwrap_or_default();
            partial(missing, &label, &deployment.hotline)
        }),
        Status::NotFound => Some(format!(
            "抱歉，报告里没有找到能回答这个问题的内容。可以换个说法再问，或拨打 {} 咨询。",
            deployment.hotline
        )),
        Status::Smalltalk => answer.smalltalk.map(|kind| smalltalk(kind, deployment)),
        Status::Help if !answer.question.contains(char::is_alphanumeric) => {
            Some(WORDLESS.to_owned())
        }
        Status::Help => Some(format!("{NAME}\n{}", help(&deployment.hotline))),
    }
}

fn partial(missing: &Missing, label: &str, hotline: &str) -> String {
    let Missing {
        topic,
        asked,
        words,
    } = missing;
    let lacks = |what: &str| format!("报告提到了“{topic}”{label}，但没有写{what}。报告原文是：");
    let fact = |usual: &str| match words.as_str() {
        "" => lacks(usual),
        words => lacks(&format!("“{words}”")),
    };
    match asked {
        Asked::Definition => {
            format!("报告用到了“{topic}”{label}，但没有给出解释。用到它的原文是：")
        }
        Asked::Elsewhere => format!("目前收录的报告里没有{topic}的内容。相近的内容{label}是："),
        Asked::Year => format!("报告没有写{topic}的情况。相近的内容{label}是："),
        Asked::Direct => format!("报告里没有直接回答这个问题的内容，最接近的原文{label}是："),
        Asked::Eligibility => lacks(&format!(
            "哪些人符合条件。能不能办，请拨打 {hotline} 或向主管部门询问"
        )),
        Asked::Procedure => lacks(&format!(
            "具体怎么办理。办理请拨打 {hotline} 或向主管部门询问"
        )),
        Asked::Money => fact("具体金额"),
        Asked::Number => fact("具体数字"),
        Asked::Percentage => fact("具体比例"),
        Asked::Date => fact("具体时间"),
        Asked::Where => fact("具体地点"),
        Asked::Who => fact("是谁"),
    }
}

/// Whom to call at once; the place's own line first.
fn crisis(deployment: &Deployment) -> String {
    let line = &deployment.crisis_line;
    if line.is_empty() {
        "如果您或身边的人正有危险，请马上拨打 110（报警）或 120（急救）。".into()
    } else {
        format!("如果您或身边的人正有危险，请马上拨打 {line}，或拨打 110（报警）、120（急救）。")
    }
}

/// Who the bot is.
const NAME: &str = "我叫“问政”，是查政府工作报告的问答助手。";

/// To whom sends nothing but marks: ？？？, 。。。
const WORDLESS: &str = "您想了解什么？请直接用自己的话问我，例如：\n\
    · 今年修哪几条高速？\n\
    · 高血压买药报销提高了多少？\n\
    · “三抓三促”是什么意思？";

fn smalltalk(kind: Smalltalk, deployment: &Deployment) -> String {
    let hotline = &deployment.hotline;
    match kind {
        Smalltalk::Greeting => {
            "您好！我是“问政”，可以帮您查政府工作报告里的内容。请直接说您想了解的事。".into()
        }
        Smalltalk::Identity => {
            format!("{NAME}我只引用报告原文，并注明出处；报告没写的，我会直说。")
        }
        Smalltalk::Thanks => "不客气！还想了解什么，随时问我。".into(),
        Smalltalk::Farewell => "再见，欢迎随时再来问。".into(),
        Smalltalk::Abuse => {
            format!("没能帮上您，很抱歉。请换个说法再问一次，或拨打 {hotline} 反映您的诉求。")
        }
        Smalltalk::Instruction => {
            "我只能根据政府工作报告回答问题，不能执行其他指令。请问您想了解报告里的什么内容？"
                .into()
        }
        Smalltalk::Distress => format!(
            "{}其他困难可以拨打 {hotline}，会有人帮您。",
            crisis(deployment)
        ),
    }
}

/// How to use the bot, and what its answers are not.
#[must_use]
pub fn help(hotline: &str) -> String {
    format!(
        "直接用自己的话问就行，例如：\n\
         · 今年修哪几条高速？\n\
         · 高血压买药报销提高了多少？\n\
         · “三抓三促”是什么意思？\n\
         我会引用政府工作报告的原文并注明出处，标明是已完成的还是计划要做的。\n\
         说明：回答只是引用报告原文，不能决定任何人能否享受某项政策。具体事项请拨打 {hotline} 或向主管部门询问。"
    )
}

/// One line beside the answer.
#[must_use]
pub fn notice(notice: &Notice, deployment: &Deployment) -> String {
    match notice {
        Notice::QuestionCut { limit } => format!("问题较长，只看了前 {limit} 个字。"),
        Notice::OlderReport {
            newest,
            year,
            review,
        } => format!(
            "提示：{}是 {year} 年的，文中“今年”指 {year} 年，“去年”指 {review} 年。",
            if *newest {
                "目前最新的报告"
            } else {
                "引用的报告"
            }
        ),
        Notice::YearResolved { word, year } => format!("这里的“{word}”指 {year} 年。"),
        Notice::Corrected(correction) => {
            format!("“{}”按“{}”查找。", correction.typed, correction.searched)
        }
        Notice::NotDefined { term } => format!("报告没有对“{term}”作出解释。"),
        Notice::Crisis => crisis(deployment),
        Notice::NotLoaded { what } => format!("目前没有收录{what}的报告。"),
        Notice::OthersLoaded {
            places,
            count,
            years,
        } => others_loaded(places, *count, years),
    }
}

fn others_loaded(places: &[String], count: usize, years: &[i32]) -> String {
    let mut others = Vec::new();
    if !years.is_empty() {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        others.push(format!("{} 年的报告", years.join("、")));
    }
    if !places.is_empty() {
        let more = if count > places.len() {
            format!("等 {count} 个地方")
        } else {
            String::new()
        };
        others.push(format!("{}{more}的报告", places.join("、")));
    }
    format!(
        "还收录了{}；想问别的地方或年份，请在问题里写明。",
        others.join("，以及")
    )
}

/// Above a comparison.
pub const COMPARISON: &str = "对比如下，各项的原文和出处附后：";

/// What a comparison says before its quotes: one line a cell, numbered like the quotes.
fn comparison(answer: &Answer) -> String {
    let mut lines = vec![COMPARISON.to_owned()];
    lines.extend(answer.citations.iter().enumerate().map(|(n, citation)| {
        format!(
            "{} {}：{}",
            number(n),
            column(citation),
            citation.cell.of(&citation.quote)
        )
    }));
    lines.join("\n")
}

/// 〔1〕, to find a quote by.
#[must_use]
pub fn number(n: usize) -> String {
    format!("〔{}〕", n + 1)
}

/// 定西市2023年目标, 定西市2023年结果: what a cell of a comparison tells.
#[must_use]
pub fn column(citation: &Citation) -> String {
    let place = &citation.place;
    match citation.period {
        Period::Done(year) => format!("{place}{year}年结果"),
        Period::Planned(year) => format!("{place}{year}年目标"),
        Period::Assessment | Period::Undated => place.clone(),
    }
}

/// Said once to somebody who asks too fast.
pub const TOO_FAST: &str = "您问得有点快，请过一分钟再问。";

/// Said when something inside went wrong; nothing internal is shown.
pub const FAILED: &str = "抱歉，刚才出了点问题，请稍后再问一次。";

/// Said when a message holds no words.
pub const EMPTY: &str = "请用文字告诉我您想了解的事，例如：今年修哪几条高速？";

/// Before suggestions.
pub const SUGGESTIONS: &str = "您还可以问：";

/// A command that does not exist.
pub const UNKNOWN_COMMAND: &str = "没有这个命令。直接用自己的话问就行；发送 /help 可以看使用说明。";
/// `/reload` by somebody else.
pub const NOT_ADMIN: &str = "抱歉，只有管理员才能重新加载报告。您可以直接问我报告里的内容。";
/// `/term` alone, when the reports explain nothing.
const NO_TERMS: &str = "目前收录的报告没有附用语说明。";

/// `/term` alone: what can be looked up.
#[must_use]
pub fn terms<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return NO_TERMS.to_owned();
    }
    format!(
        "报告解释了 {} 条用语。想看哪一条，请发送 /term 加上名称，例如：/term {}\n\n{}",
        names.len(),
        names[0],
        names.join("\n")
    )
}

/// Reports up to this number are listed one by one, more by place.
const LISTED: usize = 12;
/// Places that are listed at most.
const PLACES_LISTED: usize = 40;

/// `/sources`: which reports are loaded.
#[must_use]
pub fn sources(documents: &[Document]) -> String {
    if documents.len() > LISTED {
        return sources_by_place(documents);
    }
    let mut list = vec![format!("目前收录了 {} 份报告：", documents.len())];
    list.extend(documents.iter().map(|document| {
        let meta = &document.meta;
        let passages = document.passages.len();
        format!(
            "《{}》\n{} · {} 年 · {passages} 段",
            meta.title, meta.place, meta.year
        )
    }));
    list.join("\n\n")
}

fn sources_by_place(documents: &[Document]) -> String {
    let mut places: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
    for document in documents {
        let years = places.entry(&document.meta.place).or_default();
        years.insert(document.meta.year);
    }
    let lines = places.iter().take(PLACES_LISTED).map(|(place, years)| {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        format!("{place}：{} 年", years.join("、"))
    });
    let mut list = vec![format!(
        "目前收录了 {} 个地方的 {} 份报告：",
        places.len(),
        documents.len()
    )];
    list.extend(lines);
    if places.len() > PLACES_LISTED {
        list.push("……".to_owned());
    }
    list.push("提问时写明地方和年份，例如：定西市2023年粮食产量多少".to_owned());
    list.join("\n")
}

/// `/reload` that worked.
#[must_use]
pub fn reloaded(reloaded: &Reloaded) -> String {
    let Reloaded {
        before,
        version,
        documents,
        passages,
        added,
        removed,
        warnings,
    } = reloaded;
    let mut report = if before == version {
        format!("已重新加载，内容没有变化（版本 {version}）。")
    } else {
        format!("已重新加载：新增 {added} 段，删去 {removed} 段（版本 {before} → {version}）。")
    };
    report.push_str(&format!("\n现在共 {documents} 份报告，{passages} 段。"));
    if !warnings.is_empty() {
        report.push_str(&format!(
            "\n\n有 {} 处请留意（不影响使用）：\n{}",
            warnings.len(),
            lines(warnings)
        ));
    }
    report
}

/// `/reload` that failed: the exact file and line.
#[must_use]
pub fn not_reloaded(error: &OpenError) -> String {
    format!("没有加载，仍在使用原来的报告。请改正下面的问题后再发送 /reload：\n\n{error}")
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
