//! The texts of this channel, in plain, polite Simplified Chinese. Texts shared by all channels are
//! in [`crate::channels::wording`].

use super::{callback::ScriptChoice, commands::Menu, update::Wordless};
use crate::{
    answer::Script,
    channels::{deployment::Deployment, wording},
    corpus::{Library, Meta},
    staff::Role,
};

/// Button: the whole section the quote stands in.
pub(super) const SECTION: &str = "查看整节";
/// Button: further passages on the question.
pub(super) const RELATED: &str = "更多相关";
/// Button: the definitions of terms used in the passage.
pub(super) const TERMS: &str = "相关用语";
/// Button: the answer helped.
pub(super) const USEFUL: &str = "有用";
/// Button: the answer did not help.
pub(super) const USELESS: &str = "没用";
/// Button that opens the passage on the web page.
pub(super) const WEB: &str = "网页原文";
/// Button below a card sent by inline mode: opens the section in the private chat.
pub(super) const SECTION_IN_BOT: &str = "在机器人里看整节";
/// Button in a group: the dialogue goes on in the private chat.
pub(super) const ON_IN_PRIVATE: &str = "到私聊里继续";
/// Button: one page back.
pub(super) const BACK: &str = "◀ 上一页";
/// Button: one page on.
pub(super) const ON: &str = "下一页 ▶";

/// Shown below a quote that was cut.
pub(super) const CUT: &str = "（原文较长，没有显示完；点“查看整节”可以看全文。）";
/// Shown below a list that was cut.
pub(super) const LIST_CUT: &str = "（内容较多，没有显示完。）";

/// Button below what a member of the staff replied: it is to be the answer from now on.
pub(super) const KEEP: &str = "留作以后的回答";

/// What the staff reads below its reply to a question.
pub(super) fn passed_on(number: i64) -> String {
    format!("第 {number} 号已回复，会转给提问的人。")
}

/// Notification after a vote.
pub(super) const THANKS: &str = "谢谢您的反馈！";
/// Asks for the reason when an answer did not help.
pub(super) const WHY: &str = "抱歉没能帮上您。请再点一下，告诉我们哪里不好。";
/// Shown for a button from an older version of the bot.
pub(super) const STALE: &str = "这个按钮已经失效，请再问一次。";
/// Shown for a suggested question below a message that Telegram no longer shows to bots.
pub(super) const UNREADABLE: &str = "这条消息太早了，请把问题直接发给我。";
/// Before a suggested question, in its reply.
pub(super) const ASKED: &str = "问：";
/// Shown when there are no further passages.
pub(super) const NO_MORE: &str = "没有更多相关的内容了。";
/// Shown when the passage uses no defined term.
pub(super) const NO_TERMS_HERE: &str = "这一段没有需要解释的用语。";
/// Heading of the terms used in a passage.
pub(super) const TERMS_HEAD: &str = "这一段里的用语：";
/// Button shown when an inline query finds nothing; opens the private chat.
pub(super) const INLINE_NOTHING: &str = "没有找到，点这里直接提问";

/// Greets people who open the bot.
const HELLO: &str = "您好！我是“问政”，可以帮您查政府工作报告里的内容。";
/// `/ask` without a question.
pub(super) const ASK_WHAT: &str =
    "请在 /ask 后面写上您想了解的事，例如：\n/ask 今年修哪几条高速？\n也可以不写命令，直接发给我。";
/// `/reload` by somebody else.
pub(super) const NOT_ADMIN: &str = "抱歉，只有管理员才能使用这个命令。您可以直接问我报告里的内容。";
/// `/lang` with an unknown script.
pub(super) const LANG_WHAT: &str = "请选择回答用哪种字，或发送：/lang 简体、/lang 繁体、/lang 自动";

/// `/start`
pub(super) fn start(deployment: &Deployment) -> String {
    format!("{HELLO}\n\n{}", wording::help(&deployment.hotline()))
}

/// `/help`, with a list of commands, including those of administrators for them. `inline` is the
/// bot's username if inline mode is on.
pub(super) fn help(deployment: &Deployment, role: Role, inline: Option<&str>) -> String {
    let commands: Vec<String> = Menu::Private
        .commands()
        .into_iter()
        .map(|command| format!("/{} — {}", command.command, command.description))
        .collect();
    let mut help = wording::help(&deployment.hotline());
    help.push_str(&format!("\n\n命令：\n{}", commands.join("\n")));
    help.push_str("\n\n在群里请用 /ask 提问，或者回复我的消息。");
    if let Some(name) = inline {
        help.push_str(&format!(
            "\n在任何聊天里输入 @{name} 加上用语（也可以用拼音），就能把原文发给别人。"
        ));
    }
    let commands = wording::admin::commands(role);
    if !commands.is_empty() {
        help.push_str(&format!("\n\n管理：\n{commands}"));
    }
    help
}

/// Reply to a message without text.
pub(super) const fn wordless(what: Wordless) -> &'static str {
    match what {
        Wordless::Sound => {
            "抱歉，我还听不了语音。请用文字告诉我您想了解的事，例如：今年修哪几条高速？"
        }
        Wordless::Picture => "抱歉，我还看不了图片和视频。请用文字告诉我您想了解的事。",
        Wordless::File => "抱歉，我还读不了文件。请用文字告诉我您想了解的事。",
        Wordless::Location => {
            "位置收到了，但我不会按位置查找。请用文字告诉我您想了解的事，例如：今年马营镇要建什么？"
        }
        Wordless::Other => wording::EMPTY,
    }
}

/// The label of a script.
pub(super) const fn script(choice: ScriptChoice) -> &'static str {
    match choice {
        ScriptChoice::Always(Script::Simplified) => "简体",
        ScriptChoice::Always(Script::Traditional) => "繁體",
        ScriptChoice::Auto => "自动",
    }
}

/// Parses the argument of `/lang`; `None` if it is not a script.
pub(super) fn read_script(typed: &str) -> Option<ScriptChoice> {
    match typed.trim().to_lowercase().as_str() {
        "简体" | "简" | "簡體" | "简体字" | "zh-hans" | "zh-cn" | "hans" => {
            Some(ScriptChoice::Always(Script::Simplified))
        }
        "繁体" | "繁" | "繁體" | "繁体字" | "正體" | "zh-hant" | "zh-tw" | "zh-hk" | "hant" => {
            Some(ScriptChoice::Always(Script::Traditional))
        }
        "自动" | "自動" | "auto" => Some(ScriptChoice::Auto),
        _ => None,
    }
}

/// The reply to `/lang`: the current choice, above the buttons.
pub(super) fn lang(choice: ScriptChoice) -> String {
    let now = match choice {
        ScriptChoice::Always(Script::Simplified) => "一律用简体字",
        ScriptChoice::Always(Script::Traditional) => "一律用繁体字",
        ScriptChoice::Auto => "自动，您用哪种字问，就用哪种字答",
    };
    format!("这个聊天里的回答：{now}。\n想改的话请点下面的按钮。")
}

/// 地方：通渭县，年份：2024（回顾 2023 年）
fn place_and_years(meta: &Meta) -> String {
    let place = match meta.place.as_str() {
        "" => "地方：没有写".to_owned(),
        place => format!("地方：{place}"),
    };
    match (meta.year, meta.review_year) {
        (Some(year), Some(review)) => format!("{place}，年份：{year}（回顾 {review} 年）"),
        (Some(year), None) => format!("{place}，年份：{year}"),
        (None, _) => place,
    }
}

/// `/corpus`, for administrators: what is being served.
pub(super) fn corpus(library: &Library) -> String {
    let mut blocks = vec![format!(
        "正在使用的版本：{}\n共 {} 份报告。",
        library.version(),
        library.documents().len()
    )];
    blocks.extend(library.documents().iter().map(|document| {
        let meta = &document.meta;
        format!(
            "《{}》\n编号：{}\n{}\n{} 段，{} 条用语\n来源：{}",
            meta.title,
            document.id,
            place_and_years(meta),
            document.passages,
            document.terms.len(),
            meta.source
        )
    }));
    blocks.join("\n\n")
}
