//! Finds where a text may be cut.
//!
//! Channels count in different units (bytes, UTF-16 units), so costs are passed in.

use crate::text::han::is_any_han;

/// Marks a text that was cut.
pub const ELLIPSIS: &str = "……";

/// The longest prefix of `text` that costs at most `budget` and ends at a pause: after a sentence,
/// else after ；, else after ，, else at least not inside a figure. All of `text` if it fits; empty
/// if nothing does.
///
/// ```
/// use wenzheng::channels::cut::cut;
/// let bytes = char::len_utf8;
/// assert_eq!(cut("去年修路。今年修桥。", 20, bytes), "去年修路。");
/// assert_eq!(cut("投资固定资产56.1亿元", 22, bytes), "投资固定资");
/// ```
pub fn cut(text: &str, budget: usize, cost: impl Fn(char) -> usize) -> &str {
    let mut spent = 0;
    let mut before = None;
    // The last position of each kind, best kind first.
    let mut ends = [0; 4];
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
        spent += cost(c);
        if spent > budget {
            let end = ends.into_iter().find(|end| *end > 0).unwrap_or(0);
            return &text[..end];
        }
        let pause = match c {
            '。' | '！' | '？' | '\n' => Some(SENTENCE),
            '；' => Some(PART),
            '，' | '、' => Some(CLAUSE),
            _ if closes(c) => before.and_then(|(_, pause)| pause),
            _ => None,
        };
        before = Some((c, pause));
    }
    text
}

/// Like [`cut`], but never empty for a non-empty text: an overlong figure is split rather than
/// lost. For texts that continue on the next page.
pub fn cut_some(text: &str, budget: usize, cost: impl Fn(char) -> usize) -> &str {
    let kept = cut(text, budget, &cost);
    if kept.is_empty() {
        forced(text, budget, cost)
    } else {
        kept
    }
}

/// As many characters as cost at most `budget`, but at least one.
fn forced(text: &str, budget: usize, cost: impl Fn(char) -> usize) -> &str {
    let mut spent = 0;
    let fits = |(at, c): &(usize, char)| {
        spent += cost(*c);
        *at == 0 || spent <= budget
    };
    let end = text
        .char_indices()
        .take_while(fits)
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[..end]
}

/// `text`, cut and ended with …… if it costs more than `budget`.
#[must_use]
pub fn shortened(text: &str, budget: usize, cost: impl Fn(char) -> usize) -> String {
    if text.chars().map(&cost).sum::<usize>() <= budget {
        return text.to_owned();
    }
    let mark: usize = ELLIPSIS.chars().map(&cost).sum();
    let kept = cut(text, budget.saturating_sub(mark), cost);
    format!("{kept}{ELLIPSIS}")
}

// Kinds of pauses, best first.
const SENTENCE: usize = 0;
const PART: usize = 1;
const CLAUSE: usize = 2;
const ANYWHERE: usize = 3;

/// True for closing quotes and punctuation, which belong to the text before them.
const fn closes(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '，' | '、' | '”' | '’' | '」' | '』' | '）' | '》'
    )
}

/// True if both characters belong to one emoji.
const fn joins(before: char, after: char) -> bool {
    matches!(after, '\u{fe0f}' | '\u{200d}') || before == '\u{200d}'
}

/// True for digits and the characters within and next to them: 19.2:12.4:68.4, 7.5%, 1,200, 三千万,
/// G247.
fn is_figure(c: char) -> bool {
    c.is_alphanumeric() && !is_any_han(c)
        || "%％‰.．:：,/／+-—~～〇零一二三四五六七八九十百千万亿两半第余多".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ONE: fn(char) -> usize = |_| 1;

    #[test]
    fn a_text_is_cut_after_a_sentence_else_a_clause_else_outside_of_figures() {
        assert_eq!(cut("去年修路。今年修桥。", 8, ONE), "去年修路。");
        assert_eq!(cut("去年修路，今年修桥。", 8, ONE), "去年修路，");
        assert_eq!(cut("去年修路；今年，修桥。", 9, ONE), "去年修路；");
        assert_eq!(cut("投资固定资产56.1亿元", 9, ONE), "投资固定资");
        assert_eq!(cut("好“真的好。”后来", 7, ONE), "好“真的好。”");
        assert_eq!(cut("全都放得下", 5, ONE), "全都放得下");
        assert_eq!(cut("12345", 3, ONE), "");
        assert_eq!(cut_some("12345", 3, ONE), "123");
        assert_eq!(cut_some("县", 0, ONE), "县");
        assert_eq!(cut_some("", 3, ONE), "");
    }

    #[test]
    fn a_shortened_text_says_that_it_goes_on() {
        assert_eq!(shortened("去年修路。今年修桥。", 8, ONE), "去年修路。……");
        assert_eq!(shortened("去年修路。", 5, ONE), "去年修路。");
    }

    proptest! {
        #[test]
        fn cutting_keeps_to_the_budget_and_never_splits_a_figure(
            text in "([去年路。，；“”]{0,6}[0-9]{1,4}(\\.[0-9]{1,2})?(%|亿元|公里)?[<&😀桥]{0,2}){0,8}",
            budget in 0_usize..180,
        ) {
            let kept = cut(&text, budget, char::len_utf8);
            prop_assert!(text.starts_with(kept));
            prop_assert!(kept.len() <= budget);
            let rest = &text[kept.len()..];
            if !rest.is_empty() {
                let splits = kept.ends_with(|c: char| c.is_ascii_digit() || c == '.')
                    || (kept.ends_with(|c: char| c.is_ascii_digit())
                        && rest.starts_with(['%', '亿', '公']));
                prop_assert!(!splits, "{kept:?} | {rest:?}");
            }
        }

        #[test]
        fn a_text_taken_piece_by_piece_is_whole(text in "[0-9县，。😀]{0,60}", budget in 0_usize..40) {
            let mut rest = text.as_str();
            let mut joined = String::new();
            while !rest.is_empty() {
                let piece = cut_some(rest, budget, char::len_utf8);
                prop_assert!(!piece.is_empty());
                joined.push_str(piece);
                rest = &rest[piece.len()..];
            }
            prop_assert_eq!(joined, text);
        }
    }
}
