//! A clause, reduced to the words that tell of its progress.

use wenzheng_text::normalize::{is_quote, narrow_digits};

/// A clause without what stands in quotation marks (the 加快 of a slogan says nothing of the thing
/// it names), its digits narrow, without closing punctuation.
pub(super) fn bare(clause: &str) -> String {
    let mut bare = String::new();
    let mut rest = clause;
    while let Some((open, close)) = quoted(rest) {
        bare.push_str(&rest[..open]);
        rest = &rest[close..];
    }
    bare.push_str(rest);
    let bare: String = narrow_digits(&bare)
        .chars()
        .filter(|c| !is_quote(*c))
        .collect();
    bare.trim_end_matches(['，', '；', '。', '！', '、', ',', ';'])
        .trim()
        .to_owned()
}

/// Bytes of the first quotation that is opened and closed.
fn quoted(text: &str) -> Option<(usize, usize)> {
    let (open, close) = [('“', '”'), ('《', '》'), ('‘', '’')]
        .into_iter()
        .filter_map(|(opens, closes)| Some((text.find(opens)?, closes)))
        .min()?;
    let end = open + text[open..].find(close)?;
    Some((open, end + close.len_utf8()))
}
