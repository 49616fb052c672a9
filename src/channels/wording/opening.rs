//! The opening of a reply: the text before its first quote, or instead of one.

use super::{
    citation::{column, number, period_label},
    fixed::{NAME, WORDLESS, help},
    notice::crisis,
};
use crate::{
    answer::{Answer, Gap, Missing, Smalltalk, Status},
    channels::deployment::Deployment,
};

/// The text before the first quote; `None` if the quote answers by itself.
#[must_use]
pub fn opening(answer: &Answer, deployment: &Deployment) -> Option<String> {
    match answer.status {
        Status::Answered if answer.kind.compares() => Some(comparison(answer)),
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
        Gap::Definition => {
            format!("报告用到了“{topic}”{label}，但没有给出解释。用到它的原文是：")
        }
        Gap::Elsewhere => format!("目前收录的报告里没有{topic}的内容。相近的内容{label}是："),
        Gap::Year => format!("报告没有写{topic}的情况。相近的内容{label}是："),
        Gap::Direct => format!("报告里没有直接回答这个问题的内容，最接近的原文{label}是："),
        Gap::Eligibility => lacks(&format!(
            "哪些人符合条件。能不能办，请拨打 {hotline} 或向主管部门询问"
        )),
        Gap::Procedure => lacks(&format!(
            "具体怎么办理。办理请拨打 {hotline} 或向主管部门询问"
        )),
        Gap::Money => fact("具体金额"),
        Gap::Number => fact("具体数字"),
        Gap::Percentage => fact("具体比例"),
        Gap::Date => fact("具体时间"),
        Gap::Where => fact("具体地点"),
        Gap::Who => fact("是谁"),
    }
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
