//! Questions of an FAQ in the form of a document: 问：…, Q1：…, or 一、…？ above their answers.

use wenzheng_text::Pattern;

use super::heading::{Class, number};
use crate::paragraph::{Paragraph, Row, chars};

/// What opens a question: 问：, 1.问：, 问题3：, 【问】, Q1:.
static QUESTION: Pattern = Pattern::new(
    "^(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）、.．]{1,2}[ \u{3000}]*)?(?:【问】[：:]?|(?:问题?|[QqＱ])[ ]?[0-9０-９一二三四五六七八九十]{0,3}[ ]?[：:.．、])",
);
/// What opens an answer: 答：, 1.答：, 【答】, A1:.
static ANSWER: Pattern = Pattern::new(
    "^(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）、.．]{1,2}[ \u{3000}]*)?(?:【答】[：:]?|(?:答案?|解答|回答|[AaＡ])[ ]?[0-9０-９一二三四五六七八九十]{0,3}[ ]?[：:.．、])",
);
/// An answer in the paragraph of its question.
static WITHIN: Pattern = Pattern::new("[？?。！ \u{3000}](【答】|(?:答|[AＡ])[：:])");
/// Longest question that becomes a heading, in chars.
const LONGEST: usize = 120;
/// Longest heading over several questions, in chars.
const GROUP: usize = 36;
/// Fewest questions without 问： that make an FAQ.
const FEWEST: usize = 2;

/// A heading of an FAQ: a question, or what several are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1, or 2 below a heading over several questions.
    pub(super) level: u8,
    /// Length in bytes, from the start of the paragraph; the rest belongs to the answer.
    pub(super) length: usize,
}

/// The headings of an FAQ, one for each paragraph that begins with one; `None` if `paragraphs` are none.
pub(super) fn headings(paragraphs: &[Paragraph]) -> Option<Vec<Option<Heading>>> {
    let asked = marked(paragraphs).or_else(|| numbered(paragraphs))?;
    let mut level = 1;
    let headings = paragraphs.iter().enumerate().map(|(n, paragraph)| {
        let next_asks = asked.get(n + 1).is_some_and(Option::is_some);
        if asked[n].is_none() && next_asks && is_group(paragraph) {
            level = 2;
            let length = paragraph.text.len();
            return Some(Heading { level: 1, length });
        }
        asked[n].map(|length| Heading { level, length })
    });
    Some(headings.collect())
}

/// Lengths of the questions that are marked as such, if one is answered.
fn marked(paragraphs: &[Paragraph]) -> Option<Vec<Option<usize>>> {
    let asked: Vec<Option<usize>> = paragraphs.iter().map(question).collect();
    let answered = |n: usize| {
        let text = &paragraphs[n].text;
        let own = asked[n].is_some_and(|length| length < text.len());
        let next = paragraphs.get(n + 1);
        asked[n].is_some() && (own || next.is_some_and(|next| ANSWER.is_match(&next.text)))
    };
    (0..paragraphs.len()).any(answered).then_some(asked)
}

/// Length in bytes of the marked question that a paragraph begins with.
fn question(paragraph: &Paragraph) -> Option<usize> {
    let text = paragraph.text.as_str();
    let mark = QUESTION.find(text).filter(|_| is_text(paragraph))?.end();
    let answer = WITHIN.captures(&text[mark..]);
    let answer = answer.and_then(|found| Some(mark + found.get(1)?.start()));
    let length = answer.unwrap_or(text.len());
    (length > mark && chars(&text[..length]) <= LONGEST).then_some(length)
}

/// Lengths of the questions of one kind of numbering (or of those set as headings), if these are most of the
/// paragraphs of that kind.
fn numbered(paragraphs: &[Paragraph]) -> Option<Vec<Option<usize>>> {
    let classes = [Class::Tens, Class::Paren, Class::Arabic, Class::Plain];
    classes.into_iter().find_map(|class| {
        let of_class: Vec<bool> = paragraphs.iter().map(|p| is_of(p, class)).collect();
        let asked: Vec<Option<usize>> = paragraphs
            .iter()
            .zip(&of_class)
            .map(|(paragraph, of_class)| first_question(&paragraph.text).filter(|_| *of_class))
            .collect();
        let answered = |n: &usize| {
            let own = asked[*n].is_some_and(|length| length < paragraphs[*n].text.len());
            let next = asked.get(n + 1).is_some_and(Option::is_none);
            asked[*n].is_some() && (own || next)
        };
        let answered = (0..asked.len()).filter(answered).count();
        let all = of_class.iter().filter(|of_class| **of_class).count();
        (answered >= FEWEST && answered * 2 > all).then_some(asked)
    })
}

/// True for a paragraph with such a number; without a number, for one that is set as a heading.
fn is_of(paragraph: &Paragraph, class: Class) -> bool {
    is_text(paragraph)
        && number(&paragraph.text).0 == class
        && (class != Class::Plain || is_set_as_heading(paragraph))
}

/// Length in bytes of the question that is the first sentence of `text`.
fn first_question(text: &str) -> Option<usize> {
    let (at, mark) = text
        .char_indices()
        .find(|(_, c)| matches!(c, '？' | '?' | '。' | '！' | '；' | '：'))?;
    let length = at + mark.len_utf8();
    let asks = matches!(mark, '？' | '?') && chars(&text[..length]) <= LONGEST;
    asks.then_some(length)
}

/// True for a heading over several questions: 一、申请条件.
fn is_group(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.as_str();
    let named = number(text).0 != Class::Plain || is_set_as_heading(paragraph);
    is_text(paragraph)
        && named
        && chars(text) <= GROUP
        && !text.contains(['。', '；', '：', '？', '，'])
        && !ANSWER.is_match(text)
}

fn is_set_as_heading(paragraph: &Paragraph) -> bool {
    paragraph.mark.heading > 0 || paragraph.mark.bold >= chars(&paragraph.text)
}

fn is_text(paragraph: &Paragraph) -> bool {
    paragraph.mark.row == Row::None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headings with their levels.
    fn outlined(lines: &[&str]) -> Vec<(u8, String)> {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
        let headings = headings(&paragraphs).unwrap_or_default();
        let found = paragraphs.iter().zip(headings);
        found
            .filter_map(|(paragraph, heading)| {
                let heading = heading?;
                Some((
                    heading.level,
                    paragraph.text[..heading.length].trim_end().to_owned(),
                ))
            })
            .collect()
    }

    #[test]
    fn questions_are_known_by_their_marks() {
        for (lines, expected) in [
            (
                &[
                    "问：怎么申请？",
                    "答：去村委会。",
                    "带身份证。",
                    "问：几天？",
                    "答：5天。",
                ][..],
                &[(1, "问：怎么申请？"), (1, "问：几天？")][..],
            ),
            (
                &[
                    "1.问：怎么申请？",
                    "答：去村委会。",
                    "2.问：几天？",
                    "答：5天。",
                ],
                &[(1, "1.问：怎么申请？"), (1, "2.问：几天？")],
            ),
            (
                &["Q1：怎么申请？", "A1：去村委会。"],
                &[(1, "Q1：怎么申请？")],
            ),
            (
                &["【问】怎么申请？ 【答】去村委会。"],
                &[(1, "【问】怎么申请？")],
            ),
            (&["问：怎么申请？答：去村委会。"], &[(1, "问：怎么申请？")]),
            (
                &[
                    "一、申请",
                    "问：怎么申请？",
                    "答：去村委会。",
                    "二、发放",
                    "问：几天？",
                    "答：5天。",
                ],
                &[
                    (1, "一、申请"),
                    (2, "问：怎么申请？"),
                    (1, "二、发放"),
                    (2, "问：几天？"),
                ],
            ),
        ] {
            let expected: Vec<(u8, String)> = expected
                .iter()
                .map(|(level, text)| (*level, (*text).to_owned()))
                .collect();
            assert_eq!(outlined(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn most_numbered_paragraphs_must_ask_where_nothing_marks_questions() {
        let faq = [
            "一、哪些人能领？",
            "80周岁以上的老人。",
            "二、怎么申请？带身份证去村委会。",
            "1.填表；",
            "2.签字。",
        ];
        assert_eq!(
            outlined(&faq),
            [
                (1, "一、哪些人能领？".to_owned()),
                (1, "二、怎么申请？".to_owned())
            ]
        );
        let bold = ["**哪些人能领？**", "老人。", "**怎么申请？**", "去村委会。"];
        assert_eq!(outlined(&bold).len(), 2);
        for lines in [
            &[
                "一、对象",
                "老人。",
                "二、标准",
                "50元。",
                "三、怎么申请？",
                "填表。",
            ][..],
            &["一、怎么申请？", "填表。"],
            &["问题：资金不足", "对策：争取资金。"],
            &["怎么申请？", "填表。", "几天？", "5天。"],
        ] {
            assert_eq!(outlined(lines), [], "{lines:?}");
        }
    }
}
