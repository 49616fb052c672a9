//! Takes out the marks that refer to a numbered glossary: `实施“三抓三促”[1]行动`.
//!
//! The glossary loses its numbers, so marks would point nowhere, and they tear names and sentences
//! apart. They are told from other figures in brackets (（1） before an item, 三年（2021）) by where
//! they stand and by their sequence: one after the other, from the first entry to the last.

use std::ops::Range;

use wenzheng_text::{Pattern, normalize::narrow_digits};

use super::glossary;
use crate::paragraph::{Paragraph, chars};

/// A way to write marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `[1]` 【1】 〔1〕
    Square,
    /// （1）, which also counts items.
    Round,
    /// ① ⑴, which also count items.
    Circled,
    /// ¹, which is also a power.
    Raised,
}

/// Marks, by [`Style`].
static MARKS: [(Pattern, Style); 4] = [
    (
        Pattern::new(r"[\[［【〔﹝]\^?注?([0-9０-９]{1,3})[\]］】〕﹞]"),
        Style::Square,
    ),
    (Pattern::new("[（(]注?([0-9０-９]{1,3})[）)]"), Style::Round),
    (Pattern::new("[①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇]"), Style::Circled),
    (Pattern::new("[¹²³⁰⁴-⁹]{1,3}"), Style::Raised),
];

/// Most numbers that the sequence of marks may leave out at a time.
const GAP: usize = 3;

/// A mark within a paragraph.
struct Mark {
    paragraph: usize,
    span: Range<usize>,
    n: usize,
}

/// The paragraphs of a report without marks that refer to its glossary, which is the paragraphs from
/// `body` to `annex`.
pub(super) fn without(paragraphs: &[Paragraph], body: usize, annex: usize) -> Vec<Paragraph> {
    let last = glossary::numbered(&paragraphs[body..annex]);
    let mut cleared = paragraphs.to_vec();
    if last < 2 {
        return cleared;
    }
    for (pattern, style) in &MARKS {
        let marks = marks(&cleared[..body], pattern, *style);
        // From the end, so that positions stay valid.
        for mark in in_sequence(marks, *style, last).into_iter().rev() {
            remove(&mut cleared[mark.paragraph], mark.span);
        }
    }
    cleared
}

/// The marks of a style that stand where a reference can stand.
fn marks(paragraphs: &[Paragraph], pattern: &Pattern, style: Style) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        // The end of the mark before, which may stand directly before another: [1][2].
        let mut end = 0;
        for found in pattern.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let number = match found.get(1) {
                Some(digits) => narrow_digits(digits.as_str()).parse().ok(),
                None => value(whole.as_str()),
            };
            let adjacent = end > 0 && end == whole.start();
            if adjacent || refers(&text[..whole.start()], style) {
                end = whole.end();
                marks.extend(number.map(|number| Mark {
                    paragraph: n,
                    span: whole.range(),
                    n: number,
                }));
            }
        }
    }
    marks
}

/// True if a mark of a style may refer to what `before` ends with.
fn refers(before: &str, style: Style) -> bool {
    let Some(last) = before.trim_end().chars().next_back() else {
        return false;
    };
    match style {
        Style::Square => !matches!(last, '：' | '；'),
        // After a mark that ends a clause they count items.
        Style::Round | Style::Circled => last.is_alphanumeric() || "”’》）】%％＋+".contains(last),
        // After a letter or a figure it is a unit or a power.
        Style::Raised => !last.is_ascii() && (last.is_alphanumeric() || "”’》）】".contains(last)),
    }
}

/// The marks that count on, if they lead through the glossary, whose last number is `last`. A mark in
/// square brackets may be repeated.
fn in_sequence(marks: Vec<Mark>, style: Style, last: usize) -> Vec<Mark> {
    let (mut reached, mut numbers) = (0, 0);
    let mut kept = Vec::new();
    for mark in marks {
        let next = mark.n > reached && mark.n <= reached + GAP && mark.n <= last;
        if next {
            reached = mark.n;
            numbers += 1;
        }
        if next || style == Style::Square && (1..=reached).contains(&mark.n) {
            kept.push(mark);
        }
    }
    // Some entries are never referred to, and some marks are lost.
    if numbers < 2 || numbers * 2 < last {
        kept.clear();
    }
    kept
}

/// Takes `span` out of a paragraph; figures that it parted stay apart.
fn remove(paragraph: &mut Paragraph, span: Range<usize>) {
    let text = &paragraph.text;
    let start = chars(&text[..span.start]);
    let removed = chars(&text[span.clone()]);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let parted =
        digit(text[..span.start].chars().next_back()) && digit(text[span.end..].chars().next());
    let bold = paragraph.mark.bold.saturating_sub(start).min(removed);
    paragraph.mark.bold -= bold;
    let space = if parted { " " } else { "" };
    if parted && bold > 0 {
        paragraph.mark.bold += 1;
    }
    paragraph.text.replace_range(span, space);
}

/// The number that a single character or raised figures stand for.
fn value(mark: &str) -> Option<usize> {
    let first = mark.chars().next()?;
    if let Some(n) = glossary::circled(first) {
        return Some(n);
    }
    let digit = |c: char| match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => usize::try_from(c as u32 - '⁰' as u32).ok(),
        _ => None,
    };
    mark.chars()
        .try_fold(0, |value, c| Some(value * 10 + digit(c)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The report without references, of paragraphs above a glossary of as many entries as `names`.
    fn cleared(report: &[&str], names: &[&str]) -> Vec<String> {
        let entries = names.iter().enumerate();
        let entries = entries.map(|(n, name)| format!("{}.“{name}”：指{name}。", n + 1));
        let lines: Vec<String> = report
            .iter()
            .map(|line| (*line).to_owned())
            .chain(entries)
            .collect();
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
        let cleared = without(&paragraphs, report.len(), paragraphs.len());
        let texts = cleared[..report.len()].iter();
        texts.map(|paragraph| paragraph.text.clone()).collect()
    }

    const NAMES: [&str; 3] = ["三抓三促", "一核三带", "数字经济"];

    #[test]
    fn marks_of_every_kind_are_taken_out() {
        for [one, two, three] in [
            ["[1]", "[2]", "[3]"],
            ["［1］", "［2］", "［3］"],
            ["【1】", "【2】", "【3】"],
            ["[^1]", "[^2]", "[^3]"],
            ["（1）", "（2）", "（3）"],
            ["（注1）", "（注2）", "（注3）"],
            ["①", "②", "③"],
            ["⑴", "⑵", "⑶"],
            ["¹", "²", "³"],
        ] {
            let first = format!("实施“三抓三促”{one}行动，构建“一核三带”{two}格局。");
            let second = format!("数字经济{three}占40%。");
            assert_eq!(
                cleared(&[&first, &second], &NAMES),
                [
                    "实施“三抓三促”行动，构建“一核三带”格局。",
                    "数字经济占40%。"
                ],
                "{one}"
            );
        }
    }

    #[test]
    fn marks_may_follow_each_other_or_a_full_stop_and_be_repeated() {
        assert_eq!(
            cleared(
                &[
                    "实施“三抓三促”[1][2]。",
                    "发展数字经济。[3]再抓[1]。",
                    "农村路[2]6公里，5[2]6。"
                ],
                &NAMES
            ),
            [
                "实施“三抓三促”。",
                "发展数字经济。再抓。",
                "农村路6公里，5 6。"
            ]
        );
    }

    #[test]
    fn figures_that_count_items_or_measure_stay() {
        for text in [
            "办好三件实事：（1）修路；（2）供水；（3）供气。",
            "办好三件实事。①修路。②供水。③供气。",
            "绿地30km²，库容5m³，面积8hm²。",
            "三年行动（21）方案，[2023]5号文件。",
            "全面落实（1）项任务。",
        ] {
            assert_eq!(cleared(&[text], &NAMES), [text]);
        }
    }

    #[test]
    fn without_numbered_entries_a_mark_stays() {
        let text = "实施“三抓三促”[1]行动，构建“一核三带”[2]格局。";
        let paragraphs = [text, "三抓三促：抓学习。", "一核三带：指兰州。"].map(Paragraph::plain);
        assert_eq!(without(&paragraphs, 1, 3)[0].text, text);
        assert_eq!(without(&paragraphs, 3, 3)[0].text, text);
    }

    #[test]
    fn a_bold_opening_grows_shorter() {
        let lines = [
            "**实施“三抓三促”[1]行动。**构建“一核三带”[2]格局。",
            "1.三抓三促：抓学习。",
            "2.一核三带：指兰州。",
        ];
        let cleared = without(&lines.map(Paragraph::marked), 1, 3);
        assert_eq!(cleared[0].text, "实施“三抓三促”行动。构建“一核三带”格局。");
        assert_eq!(cleared[0].mark.bold, chars("实施“三抓三促”行动。"));
    }
}
