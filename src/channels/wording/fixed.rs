//! Fixed texts.

use crate::{
    answer::Status,
    service::{Reason, Refusal},
};

/// What the office tells everybody, `text` in its own words.
#[must_use]
pub fn office_notice(text: &str) -> String {
    format!("【通知】{text}")
}

/// Shown once when somebody is rate-limited.
pub const TOO_FAST: &str = "您问得有点快，请过一分钟再问。";

/// Shown after an internal error, without details.
pub const FAILED: &str = "抱歉，刚才出了点问题，请稍后再问一次。";

/// Shown when the service is busy.
pub const BUSY: &str = "现在问的人多，请过一会儿再问一次。";

/// Shown when the passage of a button or number is not served any more.
pub const GONE: &str = "报告已经更新，找不到这一段了，请再问一次。";

/// Shown for a message without text.
pub const EMPTY: &str = "请用文字告诉我您想了解的事，例如：今年修哪几条高速？";

/// What suggestions are, without a colon: they lead on from a refusal, and stand beside an answer.
#[must_use]
pub const fn suggested(status: Status) -> &'static str {
    match status {
        Status::Answered => "相关问题",
        Status::Partial | Status::NotFound | Status::Smalltalk | Status::Help => "您还可以问",
    }
}

/// Suggestions in one line: a question ends by itself, a slogan does not.
#[must_use]
pub fn in_a_line(status: Status, suggestions: &[String]) -> String {
    let all = suggestions.join("；").replace("？；", "？");
    format!("{}：{all}", suggested(status))
}

/// A command that does not exist.
pub const UNKNOWN_COMMAND: &str = "没有这个命令。直接用自己的话问就行；发送 /help 可以看使用说明。";

/// `/reload` by somebody else.
pub const NOT_ADMIN: &str = "抱歉，只有管理员才能重新加载报告。您可以直接问我报告里的内容。";

/// Name and purpose of the bot.
pub(super) const NAME: &str = "我叫“问政”，是查政府工作报告的问答助手。";

/// Reply to nothing but punctuation: ？？？, 。。。
pub(super) const WORDLESS: &str = "您想了解什么？请直接用自己的话问我，例如：\n\
    · 今年修哪几条高速？\n\
    · 高血压买药报销提高了多少？\n\
    · “三抓三促”是什么意思？";

/// How to use the bot, with a disclaimer.
#[must_use]
pub fn help(hotline: &str) -> String {
    format!(
        "直接用自己的话问就行，例如：\n\
         · 今年修哪几条高速？\n\
         · 高血压买药报销提高了多少？\n\
         · “三抓三促”是什么意思？\n\
         我会引用政府工作报告的原文并注明出处，标明是已完成的还是计划要做的。\n\
         说明：回答只是引用原文，不能决定任何人能否享受某项政策。具体事项请拨打 {hotline} 或向主管部门询问。"
    )
}

/// What whoever opened ticket `number` reads of a person's reply.
#[must_use]
pub fn replied(number: i64, text: &str) -> String {
    format!("工作人员回复了您的问题（第 {number} 号）：\n{text}")
}

/// The text for a refusal; `None` if somebody is still too fast and has already been told.
#[must_use]
pub const fn refusal(refusal: Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::TooFast { first: true, .. } => Some(TOO_FAST),
        Refusal::TooFast { first: false, .. } => None,
        Refusal::Busy => Some(BUSY),
        Refusal::NotAllowed => Some(NOT_ADMIN),
        Refusal::UnknownPassage | Refusal::UnknownDocument => Some(GONE),
        Refusal::Failed => Some(FAILED),
    }
}

/// Why an answer did not help, as a button says it.
#[must_use]
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Beside => "答非所问",
        Reason::Incomplete => "内容不全",
        Reason::Unclear => "看不懂",
        Reason::Outdated => "内容过时",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn too_fast_is_said_once_and_nothing_internal_is_told() {
        let too_fast = |first| Refusal::TooFast {
            wait: Duration::ZERO,
            first,
        };
        assert_eq!(refusal(too_fast(true)), Some(TOO_FAST));
        assert_eq!(refusal(too_fast(false)), None);
        assert_eq!(refusal(Refusal::Failed), Some(FAILED));
    }
}
