//! The opening of a reply: the text before its first quote, or instead of one.

use super::{
    about::about,
    citation::{citation_label, column, number},
    eligibility::check,
    fixed::{NAME, WORDLESS, help},
    notice::not_loaded,
    referral::{beside, referral},
    sources::called,
    talk::smalltalk,
};
use crate::{
    answer::{Answer, Gap, Missing, Sources, Status},
    channels::deployment::Deployment,
};

/// The text before the first quote, whom to call first; `None` if the quote answers by itself.
#[must_use]
pub fn opening(answer: &Answer, deployment: &Deployment) -> Option<String> {
    let parts = [
        referral(answer, deployment),
        after_numbers(answer, deployment),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// The text before the first quote without whom to call.
#[must_use]
pub fn after_numbers(answer: &Answer, deployment: &Deployment) -> Option<String> {
    if let Some(said) = &answer.check {
        return Some(check(answer, said));
    }
    if let Some(reports) = &answer.about {
        return Some(about(reports, deployment));
    }
    match answer.referral.as_ref().map(|referral| referral.concern) {
        Some(concern) if !concern.is_urgent() => return beside(answer),
        Some(_) if answer.status == Status::Answered => return Some(related(answer.sources)),
        _ => {}
    }
    match answer.status {
        Status::Answered if answer.kind.compares() => Some(comparison(answer)),
        Status::Answered => None,
        Status::Partial => answer.missing.as_ref().map(|missing| {
            let label = answer
                .citations
                .first()
                .map(citation_label)
                .filter(|label| !label.is_empty())
                .map(|label| format!("（{label}）"))
                .unwrap_or_default();
            partial(
                missing,
                &label,
                called(answer.sources),
                &deployment.hotline(),
            )
        }),
        Status::NotFound => Some(match not_loaded(answer) {
            Some(place) => elsewhere(place, called(answer.sources), &deployment.hotline()),
            None => not_found(
                answer.missing.as_ref(),
                called(answer.sources),
                &deployment.hotline(),
            ),
        }),
        Status::Smalltalk => answer.smalltalk.map(|kind| smalltalk(kind, deployment)),
        Status::Help if !answer.question.contains(char::is_alphanumeric) => {
            Some(WORDLESS.to_owned())
        }
        Status::Help => Some(format!("{NAME}\n{}", help(&deployment.hotline()))),
    }
}

/// What is said of a place without a report, in place of what the reports do not write.
fn elsewhere(place: &str, source: &str, hotline: &str) -> String {
    format!(
        "抱歉，目前没有{place}的{source}，所以答不了。可以向当地政府部门询问，或拨打当地的 {hotline}。"
    )
}

/// What is not there, in the asker's words; `source` is what was searched.
fn not_found(missing: Option<&Missing>, source: &str, hotline: &str) -> String {
    if let Some(missing) = missing.filter(|missing| missing.asked == Gap::DocumentNumber) {
        let number = &missing.words;
        return format!("没有找到这个文号：{number}。请核对后再问，或拨打 {hotline} 咨询。");
    }
    if let Some(missing) = missing.filter(|missing| !missing.topic.is_empty()) {
        let topic = &missing.topic;
        return format!(
            "抱歉，关于“{topic}”，{source}里没有写您问的内容。可以换个说法再问，或拨打 {hotline} 咨询。"
        );
    }
    let asked = missing.map(|missing| missing.words.as_str());
    let what = match asked.filter(|words| !words.is_empty()) {
        Some(words) => format!("没有写“{words}”"),
        None => "没有找到能回答这个问题的内容".to_owned(),
    };
    format!("抱歉，{source}里{what}。可以换个说法再问，或拨打 {hotline} 咨询。")
}

fn partial(missing: &Missing, label: &str, source: &str, hotline: &str) -> String {
    let Missing {
        topic,
        asked,
        words,
    } = missing;
    let lacks = |what: &str| match topic.as_str() {
        "" => format!("{source}没有写{what}，相近的原文{label}是："),
        topic => format!("{source}提到了“{topic}”{label}，但没有写{what}。{source}原文是："),
    };
    let fact = |usual: &str| match words.as_str() {
        "" => lacks(usual),
        words => lacks(&format!("“{words}”")),
    };
    match asked {
        Gap::Definition => {
            format!("{source}用到了“{topic}”{label}，但没有给出解释。用到它的原文是：")
        }
        Gap::Elsewhere if topic.ends_with(['镇', '乡', '村', '路', '街']) => {
            format!("{source}没有写{topic}的情况。相近的内容{label}是：")
        }
        Gap::Elsewhere => format!("目前没有{topic}的{source}。相近的内容{label}是："),
        Gap::Year => format!("{source}没有写{topic}的情况。相近的内容{label}是："),
        Gap::Field => format!("《{topic}》没有写{words}。"),
        Gap::NumberOf => format!("{source}没有写“{topic}”，相近的原文{label}是："),
        Gap::Direct if !words.is_empty() => {
            format!("{source}没有写“{words}”，找到的原文{label}是：")
        }
        Gap::DocumentNumber => format!("没有找到这个文号：{words}。相近的内容{label}是："),
        Gap::Undone => format!("{source}没有写哪些{topic}。相近的内容{label}是："),
        Gap::Direct => format!("{source}里没有直接回答这个问题的内容，最接近的原文{label}是："),
        Gap::Eligibility => lacks(&format!(
            "哪些人符合条件（可拨打 {hotline} 或向主管部门询问）"
        )),
        Gap::Procedure => lacks(&format!(
            "具体怎么办理（可拨打 {hotline} 或向主管部门询问）"
        )),
        Gap::Benefit => match words.as_str() {
            "" => lacks("这方面的补贴"),
            words => lacks(&format!("“{words}”方面的补贴")),
        },
        Gap::Money => fact("具体金额"),
        Gap::Number => fact("具体数字"),
        Gap::Percentage => fact("具体比例"),
        Gap::Date => fact("具体时间"),
        Gap::Where => fact("具体地点"),
        Gap::Who => fact("是谁"),
    }
}

/// Between whom to call and what the report says.
fn related(sources: Sources) -> String {
    format!("{}里相关的内容是：", called(sources))
}

/// Heading of a comparison.
pub const COMPARISON: &str = "对比如下，各项的原文和出处附后：";

/// The opening of a comparison: one line per cell, numbered like the quotes.
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
