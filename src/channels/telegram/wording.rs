//! The words of this channel: plain, polite Simplified Chinese. What all channels say stands in
//! [`crate::channels::wording`].

use teloxide::utils::command::BotCommands;

use super::commands::Command;
use crate::channels::wording::{self, Deployment};

/// Button: the whole section the quote stands in.
pub(super) const SECTION: &str = "查看整节";
/// Button: further passages on the question.
pub(super) const RELATED: &str = "更多相关";
/// Button: the answer helped.
pub(super) const USEFUL: &str = "有用";
/// Button: the answer did not help.
pub(super) const USELESS: &str = "没用";
/// Button that opens the passage on the web page.
pub(super) const WEB: &str = "网页原文";
/// Button: one page back.
pub(super) const BACK: &str = "◀ 上一页";
/// Button: one page on.
pub(super) const ON: &str = "下一页 ▶";

/// Below a quote that had to be cut.
pub(super) const CUT: &str = "（原文较长，没有显示完；点“查看整节”可以看全文。）";
/// Below a list that had to be cut.
pub(super) const LIST_CUT: &str = "（内容较多，没有显示完。）";

/// Shown for a moment when somebody votes.
pub(super) const THANKS: &str = "谢谢您的反馈！";
/// A button whose passage is gone.
pub(super) const GONE: &str = "报告已经更新，找不到这一段了，请再问一次。";
/// A button of a message from before an update of the bot.
pub(super) const STALE: &str = "这个按钮已经失效，请再问一次。";
/// Nothing beyond what was quoted.
pub(super) const NO_MORE: &str = "没有更多相关的内容了。";

/// Greets who opens the bot.
const HELLO: &str = "您好！我是“问政”，可以帮您查政府工作报告里的内容。";
/// `/ask` without a question.
pub(super) const ASK_WHAT: &str =
    "请在 /ask 后面写上您想了解的事，例如：\n/ask 今年修哪几条高速？\n也可以不写命令，直接发给我。";

/// `/start`
pub(super) fn start(deployment: &Deployment) -> String {
    format!("{HELLO}\n\n{}", wording::help(&deployment.hotline))
}

/// `/help`, with the commands; administrators are shown theirs too.
pub(super) fn help(deployment: &Deployment, admin: bool) -> String {
    let mut help = wording::help(&deployment.hotline);
    help.push_str(&format!("\n\n命令：\n{}", Command::descriptions()));
    if admin {
        help.push_str("\n/reload — 重新加载报告（管理员）");
    }
    help.push_str("\n\n在群里请用 /ask 提问，或者回复我的消息。");
    help
}
