//! Paragraphs that were run together on one line.
//!
//! | in the file | cut |
//! |---|---|
//! | `名词解释：1.三抓三促：…` | behind the heading of the glossary |
//! | `…提出意見。 2023年工作回顾 2023年是…` | at the spaces that are left of the paragraphs' ends |
//! | `…审议。一、2019年工作回顾刚刚过去的一年，…` | at the numbers, when not even spaces are left |

mod glossary;
mod numbers;
mod spaces;

/// The paragraphs of `text`, one line of a file; `None` when the line is one paragraph.
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
