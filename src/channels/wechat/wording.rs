//! The texts of this channel, in plain, polite Simplified Chinese. Texts shared by all channels are
//! in [`crate::channels::wording`].

use crate::{
    admin::Outcome,
    channels::{deployment::Deployment, wording},
    staff::Role,
};

/// Shown below a reply that has more pages.
pub(super) const MORE: &str = "回复“更多”看全文";
/// Below a later page of a section.
pub(super) const MORE_OR_BACK: &str = "回复“更多”看下一页，“上一页”看前面";
/// Below the last page of a section.
pub(super) const BACK: &str = "回复“上一页”看前面";
/// Before the permalink.
pub(super) const LINK: &str = "网页原文：";
/// Before the rest of a quote.
pub(super) const CONTINUED: &str = "（接上）";
/// Before the cited paragraph of a section.
pub(super) const CITED: &str = "▶ ";
/// Label of a choice.
pub(super) const SECTION: &str = "看整节";
/// Label of a choice.
pub(super) const RELATED: &str = "看相关内容";
/// Below 相关内容.
pub(super) const CHOOSE_SECTION: &str = "回复数字看整节";
/// After what suggestions are called.
pub(super) const BY_NUMBER: &str = "（回复数字就行）：";

/// 更多 without further pages.
pub(super) const NO_MORE: &str = "没有更多内容了。请直接说您想了解的事。";
/// A number without a choice.
pub(super) const NO_CHOICE: &str = "没有这个选项。请直接说您想了解的事。";
/// A voice message without a transcript.
pub(super) const NOT_HEARD: &str =
    "没有听清您说的话。请再说一遍，或者用文字告诉我，例如：今年修哪几条高速？";
/// The reply takes longer than WeChat waits.
pub(super) const BUSY: &str = "还在处理，请过一会儿再问一次。";
/// A menu button or QR code without a message in its key.
pub(super) const BARE_KEY: &str = "请直接说您想了解的事，发文字、语音都可以。";

/// A number and its choice.
pub(super) fn choice(number: usize, what: &str) -> String {
    format!("回复 {number} {what}")
}

/// Greeting of a new follower.
pub(super) fn greeting(deployment: &Deployment) -> String {
    format!(
        "您好，欢迎关注！我是“问政”，可以帮您查政府工作报告里的内容，发文字、语音都可以。\n\n{}",
        wording::help(&deployment.hotline())
    )
}

/// `/help`, including the commands of administrators for them.
pub(super) fn help(deployment: &Deployment, role: Role) -> String {
    let mut help = wording::help(&deployment.hotline());
    help.push_str(
        "\n\n还可以发送：\n\
         /term 三抓三促 — 查用语的意思\n\
         /term — 报告解释了哪些用语\n\
         /sources — 收录了哪些报告\n\
         /help — 使用说明",
    );
    let commands = wording::admin::commands(role);
    if !commands.is_empty() {
        help.push_str(&format!("\n\n管理：\n{commands}"));
    }
    help
}

/// What became of a command; where there would be a picture, a link to it.
pub(super) fn administered(outcome: &Outcome) -> String {
    let told = wording::admin::outcome(outcome);
    match outcome {
        Outcome::Stats {
            console: Some(console),
            ..
        } => format!("{told}\n\n图表和明细：{console}"),
        _ => told,
    }
}
