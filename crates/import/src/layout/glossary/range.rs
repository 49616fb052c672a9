//! Finds the glossary of a report.

use super::{
    entries::{Item, entries},
    number::number,
};
use crate::{
    paragraph::Paragraph,
    titles::{is_annex, is_bare_annex, is_glossary},
};

/// Most paragraphs between the closing words of a report and a glossary without a heading.
const NOTES: usize = 3;

/// Returns where the glossary begins, heading included, and where an annex after it begins.
pub(crate) fn range(paragraphs: &[Paragraph], preamble: usize) -> (usize, usize) {
    let end = paragraphs.len();
    let opens = |n: usize| {
        is_glossary(&paragraphs[n].text)
            && paragraphs.get(n + 1..n + 7).is_none_or(|next| {
                next.is_empty() || entries(next, n + 1).iter().any(Item::is_entry)
            })
    };
    // A bare 附件 is ambiguous, so the entries below it must be clear.
    let opens_bare = |n: usize| {
        is_bare_annex(&paragraphs[n].text)
            && paragraphs.get(n + 1..end.min(n + 13)).is_some_and(|next| {
                let entries = entries(next, n + 1);
                entries.first().is_some_and(Item::is_entry)
                    && count_entries(&entries) >= 3
                    && count_entries(&entries) * 5 >= entries.len() * 3
            })
    };
    let start = (preamble..end)
        .find(|n| opens(*n) || opens_bare(*n))
        .or_else(|| footnotes(paragraphs, preamble))
        .or_else(|| unannounced_glossary(paragraphs, preamble));
    let Some(start) = start else {
        return (end, end);
    };
    let annex = (start + 1..end)
        .find(|n| is_annex(&paragraphs[*n].text))
        .unwrap_or(end);
    (start, annex)
}

fn count_entries(items: &[Item]) -> usize {
    items.iter().filter(|item| item.is_entry()).count()
}

/// The number of the last entry of a glossary; 0 if its entries are not numbered from 1.
pub(crate) fn numbered(paragraphs: &[Paragraph]) -> usize {
    let mut last = 0;
    for paragraph in paragraphs {
        if let Some(number) = number(&paragraph.text)
            && number.follows(last + 1, &paragraph.text)
        {
            last = number.n;
        }
    }
    // All of a glossary may be one paragraph.
    if last == 1 {
        let items = entries(paragraphs, 0);
        return items.iter().filter(|item| item.is_entry()).count();
    }
    last
}

/// Finds the footnotes of Markdown, which need no heading: `[^1]: …` begins no other paragraph.
fn footnotes(paragraphs: &[Paragraph], preamble: usize) -> Option<usize> {
    let start = (preamble..paragraphs.len()).find(|n| {
        let text = paragraphs[*n].text.strip_prefix("[^1]");
        text.is_some_and(|text| text.starts_with([':', '：']))
    })?;
    is_unannounced(&paragraphs[start..], start).then_some(start)
}

/// Finds a glossary without a heading: entries after the closing words of the report. Without numbers,
/// nearly all of what follows must be entries.
fn unannounced_glossary(paragraphs: &[Paragraph], preamble: usize) -> Option<usize> {
    let last_words = paragraphs.iter().rposition(|p| {
        let addresses = p.text.starts_with("各位代表") && !p.text.ends_with(['：', ':']);
        addresses || p.text.contains("让我们")
    })?;
    // Thanks and notes may stand between.
    let starts = last_words + 1..=last_words + 1 + NOTES;
    starts
        .filter(|start| *start > preamble)
        .find(|start| is_unannounced(paragraphs.get(*start..).unwrap_or(&[]), *start))
}

/// True if `rest` is a glossary without a heading; `start` is the index of its first paragraph.
fn is_unannounced(rest: &[Paragraph], start: usize) -> bool {
    if rest.len() < 3 {
        return false;
    }
    // Sections of a report that breaks off count on from those above.
    if number(&rest[0].text).is_some_and(|number| number.n > 1) {
        return false;
    }
    let entries = entries(rest, start);
    let numbered = rest[0]
        .text
        .starts_with(|c: char| c.is_ascii_digit() || "①[（【﹝〔［".contains(c));
    let count = count_entries(&entries);
    if rest[0].text.starts_with("注：") {
        return false;
    }
    if numbered {
        return count * 3 >= rest.len();
    }
    entries.first().is_some_and(Item::is_entry) && count >= 3 && count * 3 >= rest.len() * 2
}
