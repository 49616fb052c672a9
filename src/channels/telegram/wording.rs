//! The words of this channel: plain, polite Simplified Chinese. What all channels say stands in
//! [`crate::channels::wording`].

use teloxide::utils::command::BotCommands;

use super::commands::Command;
use crate::{
    assistant::{OpenError, Reloaded},
    channels::wording::{self, Deployment},
    corpus::{Document, Problem},
};

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
/// Before suggestions.
pub(super) const SUGGESTIONS: &str = wording::SUGGESTIONS;

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
/// A command that does not exist.
pub(super) const UNKNOWN_COMMAND: &str =
    "没有这个命令。直接用自己的话问就行；发送 /help 可以看使用说明。";
/// `/reload` by somebody else.
pub(super) const NOT_ADMIN: &str = "抱歉，只有管理员才能重新加载报告。您可以直接问我报告里的内容。";
/// `/term` alone, when the reports explain nothing.
pub(super) const NO_TERMS: &str = "目前收录的报告没有附用语说明。";

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

/// `/term` alone: what can be looked up.
pub(super) fn terms<'a>(names: impl Iterator<Item = &'a str>) -> String {
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

/// One line of `/sources`.
pub(super) fn source(document: &Document) -> String {
    let meta = &document.meta;
    format!(
        "《{}》\n{} · {} 年 · {} 段",
        meta.title,
        meta.place,
        meta.year,
        document.passages.len()
    )
}

/// Above the list of `/sources`.
pub(super) fn sources(count: usize) -> String {
    format!("目前收录了 {count} 份报告：")
}

/// `/reload` that worked.
pub(super) fn reloaded(reloaded: &Reloaded) -> String {
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
pub(super) fn not_reloaded(error: &OpenError) -> String {
    format!("没有加载，仍在使用原来的报告。请改正下面的问题后再发送 /reload：\n\n{error}")
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
