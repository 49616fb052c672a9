//! The wish to speak to a person, as it is typed.

use wenzheng_store::Person;

use super::request::Caller;

/// How people ask for a person and say at once what for.
const WISHES: [&str; 4] = ["转人工", "人工客服", "人工回答", "/human"];
/// What they say first who want their telephone number to be passed on.
const AGREES: &str = "同意";

/// Who asks what.
pub(super) struct Asking<'a> {
    pub(super) caller: &'a Caller,
    pub(super) person: Option<Person>,
    pub(super) question: &'a str,
    /// Earlier questions, oldest first.
    pub(super) history: &'a [String],
    /// The name of the conversation, where it is remembered.
    pub(super) conversation: Option<&'a str>,
}

/// What somebody wants a person to answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// The question; empty when only a person was asked for.
    pub(super) question: String,
    /// Telephone numbers in it may be passed on.
    pub(super) agrees: bool,
}

/// The wish that a message is: 转人工, with or without what for.
pub(super) fn wish(text: &str) -> Option<Wish> {
    let text = text.trim();
    let rest = WISHES.iter().find_map(|wish| text.strip_prefix(wish))?;
    let is_mark = |c: char| c.is_whitespace() || "，,。：:；;！!".contains(c);
    // 转人工服务 is a way of asking for one; 转人工 低保 says what for.
    if !rest.is_empty() && !rest.starts_with(is_mark) {
        return None;
    }
    let rest = rest.trim_start_matches(is_mark);
    let agreed = rest.strip_prefix(AGREES);
    let agreed = agreed.filter(|rest| rest.is_empty() || rest.starts_with(is_mark));
    Some(Wish {
        question: agreed.unwrap_or(rest).trim_matches(is_mark).to_owned(),
        agrees: agreed.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_may_say_what_for_and_whether_a_number_may_be_passed_on() {
        for (text, question, agrees) in [
            ("转人工", "", false),
            ("转人工。", "", false),
            ("转人工 低保停了怎么办", "低保停了怎么办", false),
            ("转人工：低保停了，找谁？", "低保停了，找谁？", false),
            (
                "转人工 同意 13800138000 低保停了",
                "13800138000 低保停了",
                true,
            ),
            ("/human 同意", "", true),
            ("转人工 同意书在哪领", "同意书在哪领", false),
        ] {
            let expected = Wish {
                question: question.into(),
                agrees,
            };
            assert_eq!(wish(text), Some(expected), "{text}");
        }
        for text in ["转人工服务", "人工湖什么时候修", "低保", "我要转人工"] {
            assert_eq!(wish(text), None, "{text}");
        }
    }
}
