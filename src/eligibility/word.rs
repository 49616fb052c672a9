//! Words that steer a dialogue, and messages that leave it.

use wenzheng_rules::Question;

use crate::{
    retrieval::{IntentList, Message, Retriever, asked_fields},
    text::{Pattern, normalize::fold},
};

/// What asks for something; the person who does not know says so in other words.
static QUESTION: Pattern = Pattern::new(
    "多少|怎么|怎样|咋|哪|什么|啥|谁|如何|为何|何时|时候|(?:吗|么|呢|不|[?？])[。.!！]*$",
);
static DONT_KNOW: Pattern =
    Pattern::new("不知道|不清楚|不晓得|说不清|不确定|忘了|记不清|不记得|不好说|搞不清");
/// An answer has no more characters.
const LONG: usize = 20;

/// What steers a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// 停
    Stop,
    /// 改: the last answer is taken back; 改年龄 takes back that one.
    Change(String),
    /// 直接看条件
    Conditions,
}

impl Word {
    /// The word that `text` is; `None` for any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let folded = fold(text);
        let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let bare = ["回复", "回覆"]
            .iter()
            .find_map(|word| bare.strip_prefix(word))
            .unwrap_or(&bare);
        match bare {
            "停" | "停止" | "停下" | "取消" | "结束" | "退出" | "算了" | "不问了" | "不查了"
            | "不测了" => Some(Self::Stop),
            "改" | "修改" | "更正" | "改一下" | "上一题" | "上一步" | "返回" | "说错了"
            | "填错了" | "选错了" => Some(Self::Change(String::new())),
            "直接看条件" | "看条件" | "条件" => Some(Self::Conditions),
            _ => {
                let what = bare
                    .strip_prefix('改')
                    .filter(|what| what.chars().count() <= 8)?;
                Some(Self::Change(what.to_owned()))
            }
        }
    }
}

/// True for a text that asks something, or that is of no use as an answer to `question`.
pub(super) fn leaves(retriever: &Retriever, question: &Question, text: &str) -> bool {
    let message = Message::new(text);
    let folded = message.folded();
    if DONT_KNOW.is_match(folded) {
        return false;
    }
    let is_command = text.trim_start().starts_with('/');
    if is_command || asks(question, folded) {
        return true;
    }
    if wenzheng_rules::read_reply(question, text).is_ok() {
        return false;
    }
    let lists = [
        IntentList::Greeting,
        IntentList::Thanks,
        IntentList::Farewell,
        IntentList::Human,
        IntentList::Help,
        IntentList::More,
    ];
    let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    folded.chars().count() > LONG
        || lists
            .into_iter()
            .any(|list| retriever.intents().matches(list, &bare))
        || !retriever.services().named(folded).is_empty()
        || !asked_fields(folded).is_empty()
}

/// True for a question; a choice that reads like one (都不) is an answer.
fn asks(question: &Question, folded: &str) -> bool {
    let mut choices = question.choices.iter();
    let is_choice = choices.any(|choice| fold(&choice.label) == folded.trim());
    !is_choice && folded.chars().count() > 2 && QUESTION.is_match(folded.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialogue_is_steered_by_single_words() {
        for (text, word) in [
            ("停", Some(Word::Stop)),
            ("算了。", Some(Word::Stop)),
            ("改", Some(Word::Change(String::new()))),
            ("回复“改”", Some(Word::Change(String::new()))),
            ("改年龄", Some(Word::Change("年龄".into()))),
            ("直接看条件", Some(Word::Conditions)),
            ("82岁", None),
            ("停电了怎么办", None),
            ("改造项目今年有哪些安排", None),
        ] {
            assert_eq!(Word::read(text), word, "{text}");
        }
    }

    #[test]
    fn every_pattern_compiles() {
        assert!(QUESTION.is_match("怎么办"));
        assert!(DONT_KNOW.is_match("不知道"));
    }
}
