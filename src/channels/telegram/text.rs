//! Telegram's HTML and Telegram's way of counting: UTF-16 units, at most 4096 a message.
//!
//! Lengths here are those of the HTML as sent, tags and entities included. Telegram counts without
//! them, so this errs on the safe side.

use teloxide::utils::html;

use crate::channels::cut as shared;

pub(super) use shared::ELLIPSIS;

/// UTF-16 units a message may have.
pub(super) const LIMIT: usize = 4096;

/// UTF-16 units of HTML as sent.
pub(super) fn units(html: &str) -> usize {
    html.encode_utf16().count()
}

/// `text` with `& < >` written as entities. Never put it into an attribute: quotes stay as they
/// are.
pub(super) fn escape(text: &str) -> String {
    html::escape(text)
}

/// Escaped and bold.
pub(super) fn bold(text: &str) -> String {
    format!("<b>{}</b>", escape(text))
}

/// UTF-16 units of `text` once it is escaped.
pub(super) fn cost(text: &str) -> usize {
    text.chars().map(cost_of).sum()
}

/// UTF-16 units of a character once it is escaped.
pub(super) const fn cost_of(c: char) -> usize {
    match c {
        '&' => 5,
        '<' | '>' => 4,
        _ => c.len_utf16(),
    }
}

/// [`cut`](shared::cut), in UTF-16 units of escaped text.
pub(super) fn cut(text: &str, budget: usize) -> &str {
    shared::cut(text, budget, cost_of)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a strict reader makes of a message; `Err` says what Telegram would refuse.
    pub(in super::super) fn plain(html: &str) -> Result<String, String> {
        let mut open: Vec<&str> = Vec::new();
        let mut plain = String::new();
        let mut rest = html;
        while let Some(at) = rest.find(['<', '&']) {
            plain.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(entity) = ["&lt;", "&gt;", "&amp;"]
                .into_iter()
                .find(|e| rest.starts_with(e))
            {
                plain.push('x');
                rest = &rest[entity.len()..];
                continue;
            }
            let end = rest.find('>').ok_or("a bare < or &")?;
            let tag = &rest[..=end];
            match tag {
                "<b>" | "<blockquote>" | "<i>" => open.push(tag),
                "</b>" | "</blockquote>" | "</i>" => {
                    let opened = open.pop().map(|tag| tag.replace('<', "</"));
                    if opened.as_deref() != Some(tag) {
                        return Err(format!("{tag} does not match"));
                    }
                }
                other => return Err(format!("unknown {other}")),
            }
            rest = &rest[end + 1..];
        }
        plain.push_str(rest);
        if plain.contains('>') {
            return Err("a bare >".into());
        }
        if open.is_empty() {
            Ok(plain)
        } else {
            Err(format!("{open:?} not closed"))
        }
    }

    #[test]
    fn a_text_is_cut_after_a_sentence_else_a_clause_else_outside_of_figures() {
        assert_eq!(cut("去年修路。今年修桥。", 8), "去年修路。");
        assert_eq!(cut("去年修路，今年修桥。", 8), "去年修路，");
        assert_eq!(cut("投资固定资产56.1亿元", 9), "投资固定资");
        assert_eq!(cut("好“真的好。”后来", 7), "好“真的好。”");
        assert_eq!(cut("全都放得下", 5), "全都放得下");
        assert_eq!(cut("12345", 3), "");
    }

    #[test]
    fn escaped_signs_count_as_sent() {
        assert_eq!(cost("a<b&c"), units(&escape("a<b&c")));
        assert_eq!(cost("😀"), 2);
        assert_eq!(cut("甲乙<丙丁", 4), "甲乙");
    }

    proptest! {
        #[test]
        fn cutting_keeps_to_the_budget_and_never_splits_a_figure(
            text in "([去年路。，；“”]{0,6}[0-9]{1,4}(\\.[0-9]{1,2})?(%|亿元|公里)?[<&😀桥]{0,2}){0,8}",
            budget in 0_usize..60,
        ) {
            let kept = cut(&text, budget);
            prop_assert!(text.starts_with(kept));
            prop_assert!(cost(kept) <= budget);
            prop_assert!(units(&escape(kept)) <= budget);
            let rest = &text[kept.len()..];
            if !rest.is_empty() {
                let splits = kept.ends_with(|c: char| c.is_ascii_digit() || c == '.')
                    || (kept.ends_with(|c: char| c.is_ascii_digit())
                        && rest.starts_with(['%', '亿', '公']));
                prop_assert!(!splits, "{kept:?} | {rest:?}");
            }
        }
    }
}
