//! Annexes of a document: 附件1 above a title of their own, and the list that names them below the text.
//!
//! The same words open both: 附件：高龄津贴申请表 stands above the signature where it only announces the annex,
//! and above the form itself below it.

use std::ops::Range;

use wenzheng_text::Pattern;

use super::heading::is_numbered;
use crate::{
    kind::is_other_title,
    paragraph::{Paragraph, Row, chars},
    policy,
    titles::is_glossary,
};

/// What opens an annex, and the title behind it: 附件, 附件1, 附件2：…标准表, 附表一 …; not 附件材料齐全.
static ANNEX: Pattern = Pattern::new(
    "^附(?:件|录|表)?[ \u{3000}]*(?:(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?:[ \u{3000}：:.．、]+|$)|[：:][ \u{3000}]*|$)(.*)$",
);
/// Longest title of an annex, in chars.
const TITLE: usize = 60;

/// Consecutive paragraphs of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Text and tables.
    Body(Range<usize>),
    /// The list of annexes.
    Contents(Range<usize>),
    /// An annex: its heading, of up to three lines, and what stands below.
    Annex(Range<usize>, Range<usize>),
}

/// The parts of a document in order; together they are all of `paragraphs`.
pub(super) fn parts(paragraphs: &[Paragraph]) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut heading, mut from, mut at) = (0..0, 0, 0);
    while at < paragraphs.len() {
        let lines = heading_lines(paragraphs, at);
        let listed = if lines == 0 {
            list_lines(paragraphs, at)
        } else {
            0
        };
        if lines + listed == 0 {
            at += 1;
            continue;
        }
        close(&mut parts, std::mem::take(&mut heading), from..at);
        if lines > 0 {
            heading = at..at + lines;
        } else {
            parts.push(Part::Contents(at..at + listed));
        }
        at += lines + listed;
        from = at;
    }
    close(&mut parts, heading, from..at);
    parts
}

fn close(parts: &mut Vec<Part>, heading: Range<usize>, body: Range<usize>) {
    if !heading.is_empty() {
        parts.push(Part::Annex(heading, body));
    } else if !body.is_empty() {
        parts.push(Part::Body(body));
    }
}

/// The title behind what opens an annex; empty if it stands alone, `None` if nothing opens.
fn opened(paragraph: &Paragraph) -> Option<&str> {
    if paragraph.mark.row != Row::None || is_glossary(&paragraph.text) {
        return None;
    }
    let found = ANNEX.captures(&paragraph.text)?;
    Some(found.get(1).map_or("", |title| title.as_str()))
}

/// How many lines the heading of an annex takes that begins at `at`; 0 if none does.
fn heading_lines(paragraphs: &[Paragraph], at: usize) -> usize {
    let Some(title) = opened(&paragraphs[at]) else {
        return 0;
    };
    let rest = &paragraphs[at + 1..];
    let lines = if title.is_empty() {
        1 + title_lines(rest)
    } else if is_title(title) {
        1
    } else {
        return 0;
    };
    if is_filled(&paragraphs[at + lines..]) {
        lines
    } else {
        0
    }
}

/// How many lines at the start of `paragraphs` are the title of an annex.
fn title_lines(paragraphs: &[Paragraph]) -> usize {
    let is_line = |paragraph: &&Paragraph| {
        paragraph.mark.row == Row::None
            && is_title(&paragraph.text)
            && opened(paragraph).is_none()
            && !policy::is_signature(&paragraph.text)
    };
    let lines: Vec<&str> = paragraphs
        .iter()
        .take(2)
        .take_while(is_line)
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    match lines[..] {
        [first, second] if !is_other_title(first) && is_other_title(&[first, second].concat()) => 2,
        [] => 0,
        _ => 1,
    }
}

/// True for words that may be the title of an annex: short, no sentence and no item of a list.
fn is_title(text: &str) -> bool {
    let text = text.trim();
    (2..=TITLE).contains(&chars(text))
        && !text.contains(['。', '；', '：', '！', '？'])
        && !text.ends_with('，')
        && !is_numbered(text)
        && !is_glossary(text)
}

/// True if there is something below the heading of an annex, and no signature first: that would be the one of
/// the document that lists it.
fn is_filled(below: &[Paragraph]) -> bool {
    let own = below.iter().take_while(|paragraph| {
        let opens = opened(paragraph).is_some();
        !opens && (paragraph.mark.row == Row::None)
    });
    let own: Vec<&str> = own.map(|paragraph| paragraph.text.as_str()).collect();
    let signed = own
        .windows(2)
        .any(|pair| policy::is_signature(pair[0]) && policy::is_signature(pair[1]));
    let has_table = below
        .get(own.len())
        .is_some_and(|p| p.mark.row != Row::None);
    !signed && (has_table || !own.is_empty())
}

/// How many lines at `at` list the annexes: 附件：1.申请表, 2.审核表; 0 if none does.
fn list_lines(paragraphs: &[Paragraph], at: usize) -> usize {
    if opened(&paragraphs[at]).is_none() {
        return 0;
    }
    let items = paragraphs[at + 1..].iter().take_while(|paragraph| {
        let text = paragraph.text.as_str();
        paragraph.mark.row == Row::None
            && is_numbered(text)
            && chars(text) <= TITLE
            && !text.contains('。')
    });
    1 + items.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::Mark;

    /// Lines, those that begin with | being rows of tables.
    fn parts_of(lines: &[&str]) -> Vec<Part> {
        let paragraphs: Vec<Paragraph> = lines
            .iter()
            .map(|line| Paragraph {
                mark: Mark {
                    row: if line.starts_with('|') {
                        Row::Body
                    } else {
                        Row::None
                    },
                    ..Mark::default()
                },
                ..Paragraph::plain(line)
            })
            .collect();
        parts(&paragraphs)
    }

    #[test]
    fn an_annex_has_a_title_below_its_number_or_behind_it() {
        use Part::*;
        for (lines, expected) in [
            (
                &[
                    "请执行。",
                    "附件1",
                    "发放标准表",
                    "|甲",
                    "附件2：申请表",
                    "填写一份。",
                ][..],
                vec![Body(0..1), Annex(1..3, 3..4), Annex(4..5, 5..6)],
            ),
            (
                &["附件", "安和县高龄津贴", "发放办法", "每月50元。"],
                vec![Annex(0..3, 3..4)],
            ),
            (&["附件：", "|甲", "|乙"], vec![Annex(0..1, 1..3)]),
            (&["附表一 补贴标准", "|甲"], vec![Annex(0..1, 1..2)]),
            (&["附件材料应当齐全", "附上说明。"], vec![Body(0..2)]),
            (&["附件：名词解释", "1.一核：指县城。"], vec![Body(0..2)]),
        ] {
            assert_eq!(parts_of(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn the_list_of_annexes_is_no_annex() {
        use Part::*;
        for (lines, expected) in [
            (
                &[
                    "附件：1.标准表",
                    "2.申请表",
                    "安和县民政局",
                    "2025年3月20日",
                    "附件1",
                    "标准表",
                    "|甲",
                ][..],
                vec![Contents(0..2), Body(2..4), Annex(4..6, 6..7)],
            ),
            (
                &[
                    "附件：申请表",
                    "（此页无正文）",
                    "安和县民政局",
                    "2025年3月20日",
                ],
                vec![Contents(0..1), Body(1..4)],
            ),
            (
                &[
                    "附件1：标准表",
                    "附件2：申请表",
                    "安和县民政局",
                    "2025年3月20日",
                ],
                vec![Contents(0..1), Contents(1..2), Body(2..4)],
            ),
            (&["附件：申请表"], vec![Contents(0..1)]),
        ] {
            assert_eq!(parts_of(lines), expected, "{lines:?}");
        }
    }
}
