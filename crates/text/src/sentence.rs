//! Sentence boundaries.

use crate::Span;

const ENDS: [char; 4] = ['。', '！', '？', '\n'];
const CLOSERS: [char; 6] = ['”', '’', '」', '』', '）', '》'];

/// The sentences of `text` in order, each with its closing punctuation and quotation marks, without
/// surrounding white space; spans in bytes, none empty.
///
/// ；does not end a sentence: official Chinese prose uses it to list the parts of one statement.
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !ENDS.contains(&c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = chars.peek().copied() {
            if !ENDS.contains(&c) && !CLOSERS.contains(&c) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        push_trimmed(text, start, end, &mut spans);
        start = end;
    }
    push_trimmed(text, start, text.len(), &mut spans);
    spans
}

/// Splits a sentence into clauses at ；and, when `fine`, at ，; spans in bytes of `text`.
#[must_use]
pub fn clauses(text: &str, sentence: Span, fine: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = sentence.start;
    for (at, c) in sentence.of(text).char_indices() {
        if c == '；' || c == ';' || (fine && c == '，') {
            let end = sentence.start + at + c.len_utf8();
            push_trimmed(text, start, end, &mut spans);
            start = end;
        }
    }
    push_trimmed(text, start, sentence.end, &mut spans);
    spans
}

fn push_trimmed(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let lead = piece.len() - piece.trim_start().len();
        spans.push(Span::new(start + lead, start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_sentence_keeps_its_closing_quote() {
        assert_eq!(
            sentences("办成“民心工程”。他说：“好！”再见\n完"),
            ["办成“民心工程”。", "他说：“好！”", "再见", "完"]
        );
    }

    proptest! {
        #[test]
        fn sentences_cover_everything_but_white_space(text in "[县。！？”，a \n]{0,40}") {
            let joined: String = sentences(&text).concat();
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&joined), bare(&text));
        }
    }
}
