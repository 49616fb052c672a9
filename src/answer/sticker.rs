//! Stickers of WeChat as it sends them to programs: `[微笑]`, `/:rose`, `/::D`.

use crate::{
    retrieval::{IntentList, Intents},
    text::{Pattern, normalize::fold},
};

static CODE: Pattern = Pattern::new(r"/:[^\s/\p{Han}]{1,9}");
static NAMED: Pattern = Pattern::new(r"[\[【]([^\[\]【】()]{1,20})[\]】]");

/// `text` without stickers; `None` when there are none in it.
pub(super) fn without_stickers(intents: &Intents, text: &str) -> Option<String> {
    let coded = CODE.replace_all(text, " ");
    let rest = NAMED.replace_all(&coded, |found: &regex::Captures<'_>| {
        let bare: String = fold(&found[1])
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        if intents.matches(IntentList::Sticker, &bare) {
            " ".to_owned()
        } else {
            found[0].to_owned()
        }
    });
    let rest = rest.trim();
    (rest != text.trim()).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stickers_are_taken_off_and_words_stay() {
        let intents = Intents::default();
        for (text, rest) in [
            ("[微笑]", ""),
            ("[Doge][旺柴]", ""),
            ("/:rose/:rose", ""),
            ("/::D低保多少钱", "低保多少钱"),
            ("今年修路吗[疑问]", "今年修路吗"),
            ("【收到不支持的消息类型，暂无法显示】", ""),
        ] {
            let left = without_stickers(&intents, text);
            assert_eq!(left.as_deref(), Some(rest), "{text}");
        }
    }

    #[test]
    fn what_is_no_sticker_is_left_alone() {
        let intents = Intents::default();
        for text in [
            "[低保]多少钱",
            "https://a.cn/x",
            "/help",
            "[外贸](https://a.cn)",
            "【重要】修路",
        ] {
            assert_eq!(without_stickers(&intents, text), None, "{text}");
        }
    }
}
