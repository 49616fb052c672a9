//! Telegram's HTML and Telegram's way of counting: UTF-16 units, at most 4096 a message.
//!
//! Lengths here are those of the HTML as sent, tags and entities included. Telegram counts without
//! them, so this errs on the safe side.

use teloxide::utils::html;

/// UTF-16 units a message may have.
pub(super) const LIMIT: usize = 4096;
/// Marks a text that goes on.
pub(super) const ELLIPSIS: &str = "……";

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

const fn cost_of(c: char) -> usize {
    match c {
        '&' => 5,
        '<' | '>' => 4,
        _ => c.len_utf16(),
    }
}

/// The longest beginning of `text` that costs at most `budget` units, ended where reading may
/// pause: after a sentence, else after a clause, else at least not inside a figure. All of `text`
/// when it fits; empty when nothing does.
pub(super) fn cut(text: &str, budget: usize) -> &str {
    let mut spent = 0;
    let mut before = None;
    // The last place of each kind, best kind first.
    let mut ends = [0; 3];
    for (at, c) in text.char_indices() {
        if !closes(c) {
            match before {
                Some((_, Some(pause))) => ends[pause] = at,
                Some((char, None)) if !is_figure(char) && !is_figure(c) && !joins(char, c) => {
                    ends[ANYWHERE] = at;
                }
                _ => {}
            }
        }
        spent += cost_of(c);
        if spent > budget {
            let end = ends.into_iter().find(|end| *end > 0).unwrap_or(0);
            return &text[..end];
        }
        let pause = match c {
            '。' | '！' | '？' | '\n' => Some(SENTENCE),
            '；' | '，' | '、' => Some(CLAUSE),
            _ if closes(c) => before.and_then(|(_, pause)| pause),
            _ => None,
        };
        before = Some((c, pause));
    }
    text
}

// Where reading may pause, best first.
const SENTENCE: usize = 0;
const CLAUSE: usize = 1;
const ANYWHERE: usize = 2;

/// Closing quotes and repeated marks belong to what they close.
const fn closes(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '，' | '、' | '”' | '’' | '」' | '』' | '）' | '》'
    )
}

/// Parts of one emoji.
const fn joins(before: char, after: char) -> bool {
    matches!(after, '\u{fe0f}' | '\u{200d}') || before == '\u{200d}'
}

/// Digits and what stands within and beside them: 19.2:12.4:68.4, 7.5%, 1,200, 三千万, G247.
fn is_figure(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
        || "%％‰.．:：,/／+-—~～〇零一二三四五六七八九十百千万亿两半第余多".contains(c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
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
