//! Telegram's HTML and message length, which is counted in UTF-16 units.
//!
//! Lengths here include tags and entities. Telegram does not count those, so this errs on the safe
//! side.

use teloxide::utils::html;

use crate::channels::cut as shared;

pub(super) use shared::ELLIPSIS;

/// Maximum length of a message, in UTF-16 units.
pub(super) const LIMIT: usize = 4096;

/// Length of HTML, in UTF-16 units.
pub(super) fn units(html: &str) -> usize {
    html.encode_utf16().count()
}

/// Escapes `& < >`. Not for attributes: quotes are not escaped.
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

/// [`shortened`](shared::shortened), in UTF-16 units of escaped text.
pub(super) fn shortened(text: &str, budget: usize) -> String {
    shared::shortened(text, budget, cost_of)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Parses a message strictly; `Err` says what Telegram would reject.
    pub(in crate::channels::telegram) fn plain(html: &str) -> Result<String, String> {
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
    fn escaped_signs_count_as_sent() {
        assert_eq!(cost("a<b&c"), units(&escape("a<b&c")));
        assert_eq!(cost("😀"), 2);
        assert_eq!(cut("甲乙<丙丁", 4), "甲乙");
    }

    proptest! {
        #[test]
        fn what_is_cut_fits_once_it_is_escaped(
            text in "[县。，<>&😀0-9]{0,60}",
            budget in 0_usize..60,
        ) {
            let kept = cut(&text, budget);
            prop_assert!(text.starts_with(kept));
            prop_assert!(units(&escape(kept)) <= budget);
        }
    }
}
