//! Splits lines that hold several paragraphs.
//!
//! | in the file | split |
//! |---|---|
//! | `名词解释：1.三抓三促：…` | after the heading of the glossary |
//! | `…提出意見。 2023年工作回顾 2023年是…` | at the spaces left where paragraphs ended |
//! | `…审议。一、2019年工作回顾刚刚过去的一年，…` | at the numbers, if not even spaces are left |

mod glossary;
mod numbers;
mod spaces;

/// Splits `text`, one line of a file, into paragraphs; `None` if it is a single paragraph.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    if let Some(end) = glossary::heading_end(text) {
        let (heading, entries) = text.split_at(end);
        let mut pieces = vec![heading.to_owned()];
        pieces.extend(split(entries).unwrap_or_else(|| vec![entries.to_owned()]));
        return Some(pieces);
    }
    if spaces::runs_together(text) {
        let pieces = spaces::split(text);
        let pieces = pieces.iter().flat_map(|piece| numbers::split(piece));
        return Some(pieces.map(str::to_owned).collect());
    }
    if numbers::is_report(text) {
        let pieces = numbers::split(text).into_iter();
        return Some(pieces.map(str::to_owned).collect());
    }
    None
}
