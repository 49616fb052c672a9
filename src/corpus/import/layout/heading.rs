//! Which paragraphs are headings, and how deep each of them is.
//!
//! Reports number in any order: parts without a number over 一、 over （一）; 一、 as the part itself;
//! （一） right below the part; slogans without a number between them. So levels are not read off
//! the kind of number but off what stands above: the first pass finds headings by their form, the
//! second gives each a level from what is in force.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::{super::tense, paragraphs::Paragraph},
    chars, is_title, regex,
};
use crate::text::{han::is_han, normalize::narrow_digits};

/// Longest heading that stands alone, in chars.
const ALONE: usize = 60;
/// Longest heading that runs into its paragraph, in chars.
const RUN_IN: usize = 60;
/// Longest heading without a number and without any mark, in chars.
const PLAIN: usize = 36;
/// Longest heading without a number that is bold or styled, in chars.
const MARKED: usize = 50;
/// Deepest level of a corpus file.
const DEEPEST: u8 = 3;

/// 第一部分, 第二章
static CHAPTER: LazyLock<Regex> =
    LazyLock::new(|| regex("^第([一二三四五六七八九十]{1,3})(?:部分|章|篇|编)[、：:， \u{3000}]*"));
/// 一、 and 一.
static TENS: LazyLock<Regex> =
    LazyLock::new(|| regex("^([一二三四五六七八九十]{1,3})[、．.][ \u{3000}]*"));
/// （一）, （一）、
static PAREN: LazyLock<Regex> =
    LazyLock::new(|| regex("^[（(〔]([一二三四五六七八九十]{1,3})[）)〕][、.．]?[ \u{3000}]*"));
/// 1. and 1、; not 1.5万.
static ARABIC: LazyLock<Regex> = LazyLock::new(|| regex("^([0-9０-９]{1,2})[.．、][ \u{3000}]*"));
/// What a part without a number is called.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:回顾|工作|安排|任务|建设|目标|思路|要求|打算|部署|开局|展望|规划|举措|情况|建议|总结)$",
    )
});
/// What the last part is called: 建设人民满意的服务型政府, 加强政府自身建设.
static GOVERNMENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:建设|打造|锻造|争做|建成|塑造|做|当好)[^，。]{0,16}政府$|政府[^，。]{0,8}(?:建设|效能|能力|水平|形象|担当|作为)",
    )
});
/// A part's heading that ends in a colon.
static COLON_PART: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^[^，。；]{0,16}(?:工作回顾|工作安排|主要任务|重点工作|工作任务|总体要求|工作打算|自身建设)[：:]$",
    )
});
/// Lines that turn to the hearers or close a letter; never headings.
static NO_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(?:各位|现在|同志们|谢谢|以上|（?(?:完|掌声|略)）?$|——?\\d{4}年|附[：:]?$|[（(]?[0-9]{4}年[0-9]{1,2}月)",
    )
});

/// The kinds of headings by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// 第一部分
    Chapter,
    /// 一、
    Tens,
    /// （一）
    Paren,
    /// 1.
    Arabic,
    /// Without a number.
    Plain,
}

/// A heading at the start of a paragraph, or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Heading {
    /// 1 to 3.
    pub(in super::super) level: u8,
    /// Bytes of the paragraph's text that are the heading.
    pub(in super::super) length: usize,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    class: Class,
    number: usize,
    length: usize,
    /// Names a piece of work (工作回顾) or is styled like a heading.
    part: bool,
    /// Says of itself that it is a part: 2023年工作回顾, but not 加快项目建设.
    named: bool,
    /// From the file: `#` or a heading style, 1 outermost; 0 when there is none.
    style: u8,
    marked: bool,
}

/// For every paragraph, whether a heading opens it. `from` is where the report proper begins.
pub(super) fn outline(paragraphs: &[Paragraph], from: usize) -> Vec<Option<Heading>> {
    let found: Vec<Option<Found>> = (0..paragraphs.len())
        .map(|n| (n >= from).then(|| find(paragraphs, n)).flatten())
        .collect();
    let heads: Vec<(usize, Found)> = found
        .iter()
        .enumerate()
        .filter_map(|(n, found)| Some((n, (*found)?)))
        .collect();
    let mut out = vec![None; paragraphs.len()];
    let mut levels = Levels::of(&heads);
    for at in 0..heads.len() {
        let (n, head) = heads[at];
        if let Some(level) = levels.next(&heads, at) {
            out[n] = Some(Heading {
                level,
                length: head.length,
            });
        }
    }
    out
}

/// The heading that opens paragraph `n`, by its form.
fn find(paragraphs: &[Paragraph], n: usize) -> Option<Found> {
    let paragraph = &paragraphs[n];
    let text = paragraph.text.as_str();
    let (class, number, prefix) = number(text);
    let style = paragraph.mark.heading;
    let whole_bold = paragraph.mark.bold >= chars(text);
    let marked = style > 0 || whole_bold;
    let found = |length: usize, part: bool| Found {
        class,
        number,
        length,
        part,
        named: false,
        style,
        marked,
    };
    if class == Class::Plain {
        let is_part = plain(paragraphs, n, marked)?;
        return Some(Found {
            named: tense::of_heading(text).is_some() || GOVERNMENT.is_match(text),
            ..found(text.len(), is_part)
        });
    }
    let name = &text[prefix..];
    let bare = name.trim_end_matches(['。', '：', ':']);
    let alone = !bare.contains(['。', '！', '；', '：', '？']) && chars(text) <= ALONE;
    if alone && !bare.is_empty() {
        // A list item of a sentence above it ends in ；or ，; a lone 。 is the heading's own.
        let listed =
            name.ends_with(['；', '，', '、']) || (class == Class::Arabic && name.ends_with('。'));
        return (!listed && !is_colon_list(name)).then(|| found(text.len(), marked));
    }
    if class == Class::Arabic {
        return None;
    }
    bold_prefix(paragraph)
        .filter(|length| *length > prefix)
        .or_else(|| first_sentence(text))
        .map(|length| found(length, marked))
}

/// The class of a paragraph by its number, the number, and the bytes it takes.
fn number(text: &str) -> (Class, usize, usize) {
    for (pattern, class) in [
        (&*CHAPTER, Class::Chapter),
        (&*TENS, Class::Tens),
        (&*PAREN, Class::Paren),
    ] {
        if let Some(found) = pattern.captures(text)
            && let Some(number) = numeral(&found[1])
        {
            return (class, number, found[0].len());
        }
    }
    if let Some(found) = ARABIC.captures(text)
        && !text[found[0].len()..].starts_with(char::is_numeric)
    {
        let number = narrow_digits(&found[1]).parse().unwrap_or(0);
        return (Class::Arabic, number, found[0].len());
    }
    (Class::Plain, 0, 0)
}

/// 十二 → 12; at most 99.
pub(in super::super) fn numeral(text: &str) -> Option<usize> {
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|n| n + 1)
    };
    let (mut tens, mut ones, mut seen) = (0, 0, false);
    for c in text.chars() {
        if c == '十' {
            tens = if ones == 0 { 1 } else { ones };
            ones = 0;
        } else {
            ones = digit(c)?;
        }
        seen = true;
    }
    seen.then_some(tens * 10 + ones)
}

/// （三）主要做了以下工作：
fn is_colon_list(name: &str) -> bool {
    name.ends_with(['：', ':']) && tense::of_heading(name).is_none()
}

/// Bytes of the bold opening of a paragraph that goes on after it.
pub(super) fn bold_prefix(paragraph: &Paragraph) -> Option<usize> {
    let bold = paragraph.mark.bold;
    let (length, _) = paragraph.text.char_indices().nth(bold)?;
    ((2..=ALONE).contains(&bold)).then_some(length)
}

/// Bytes of the first sentence when it can be a heading that runs into its paragraph.
fn first_sentence(text: &str) -> Option<usize> {
    let end = text.find(['。', '！', '？', '；', '：'])?;
    let mark = text[end..].chars().next()?;
    let length = end + mark.len_utf8();
    let fits =
        matches!(mark, '。' | '！') && length < text.len() && chars(&text[..length]) <= RUN_IN;
    fits.then_some(length)
}

/// Whether a paragraph without a number is a heading; true inside when it names a part.
fn plain(paragraphs: &[Paragraph], n: usize, marked: bool) -> Option<bool> {
    let text = paragraphs[n].text.as_str();
    if NO_HEADING.is_match(text) || is_title(text) || !text.contains(is_han) {
        return None;
    }
    if COLON_PART.is_match(text) {
        return Some(true);
    }
    if text.contains(['。', '；', '！', '？', '：', '□']) || text.ends_with(['，', '、', '…', ','])
    {
        return None;
    }
    let named = PART.is_match(text)
        || tense::of_heading(text).is_some()
        || (GOVERNMENT.is_match(text) && n * 2 > paragraphs.len());
    let length = chars(text);
    if named && !text.contains('，') && length <= PLAIN {
        return Some(true);
    }
    if marked && (2..=MARKED).contains(&length) {
        return Some(true);
    }
    // A short line between paragraphs that end like sentences.
    let after_sentence = n.checked_sub(1).is_none_or(|above| {
        let above = &paragraphs[above].text;
        ends_sentence(above) || number(above).0 != Class::Plain
    });
    let before_text = paragraphs
        .get(n + 1)
        .is_some_and(|next| is_prose(&next.text) || number(&next.text).1 == 1);
    let slogan = (4..=PLAIN).contains(&length) && !text.contains(|c: char| c.is_ascii_digit());
    (slogan && after_sentence && before_text).then_some(false)
}

/// True for a line that cannot be a heading itself.
fn is_prose(text: &str) -> bool {
    chars(text) > PLAIN || (chars(text) >= 12 && text.ends_with(['。', '：']))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '：', '；', '”', '）', '…'])
}

/// The headings in force while a report is read.
struct Levels {
    /// 一、 is the outermost level.
    tens_top: bool,
    /// The file's own heading styles are to be trusted; the outermost of them.
    styled: Option<u8>,
    /// Every part so far was bold or styled.
    marked_parts: bool,
    /// Some parts say so, and three headings without a number in a row do not: these are sections.
    named_parts: bool,
    /// Slogans have been parts, and none has been anything else.
    slogan_parts: bool,
    slogans_below: bool,
    part: u8,
    plain: u8,
    tens: u8,
    paren: u8,
    last: u8,
    /// Last number seen of 一、 and of （一）.
    numbers: [usize; 2],
}

impl Levels {
    fn of(heads: &[(usize, Found)]) -> Self {
        let first = |wanted: &dyn Fn(&Found) -> bool| heads.iter().position(|(_, f)| wanted(f));
        let tens = first(&|f| f.class == Class::Tens);
        let over = first(&|f| f.class == Class::Chapter || (f.class == Class::Plain && f.part));
        let mut tens_top = tens.is_some_and(|tens| over.is_none_or(|over| tens < over));
        // 一、 that starts anew below an unnumbered heading counts within that heading.
        let restarts = heads.windows(2).any(|pair| {
            let (above, below) = (pair[0].1, pair[1].1);
            above.class == Class::Plain && below.class == Class::Tens && below.number == 1
        });
        tens_top &= !restarts;
        let styles: Vec<u8> = heads
            .iter()
            .map(|(_, f)| f.style)
            .filter(|s| *s > 0)
            .collect();
        let distinct = styles.iter().any(|style| Some(style) != styles.first());
        let plain: Vec<bool> = heads
            .iter()
            .filter(|(_, f)| f.class == Class::Plain)
            .map(|(_, f)| f.named)
            .collect();
        let named = plain.iter().filter(|named| **named).count();
        let in_a_row = plain.windows(3).any(|named| !named.contains(&true));
        let trusted = distinct && styles.len() * 5 >= heads.len() * 4;
        Self {
            tens_top,
            styled: styles.iter().min().copied().filter(|_| trusted),
            marked_parts: true,
            named_parts: named >= 2 && in_a_row,
            slogan_parts: false,
            slogans_below: false,
            part: 0,
            plain: 0,
            tens: 0,
            paren: 0,
            last: 0,
            numbers: [0; 2],
        }
    }

    /// The level of heading `at`, or `None` when it is too deep to be one.
    fn next(&mut self, heads: &[(usize, Found)], at: usize) -> Option<u8> {
        let head = heads[at].1;
        let level = match (self.styled, head.style) {
            (Some(outermost), style) if style > 0 => style - outermost + 1,
            _ => match head.class {
                Class::Chapter => 1,
                Class::Tens if self.tens_top => 1,
                Class::Tens => self.part + 1,
                Class::Paren => self.part.max(self.tens).max(self.plain) + 1,
                Class::Arabic => self.part.max(self.tens).max(self.plain).max(self.paren) + 1,
                Class::Plain => self.plain_level(heads, at),
            },
        };
        if head.class == Class::Arabic && level > DEEPEST {
            return None;
        }
        let level = level.min(self.last + 1).min(DEEPEST);
        self.enter(head, level);
        Some(level)
    }

    fn plain_level(&self, heads: &[(usize, Found)], at: usize) -> u8 {
        let head = heads[at].1;
        let below = heads[at + 1..]
            .iter()
            .find(|(_, f)| f.class != Class::Plain);
        // Among sections without a number, only those right above numbers that start anew.
        let next = heads.get(at + 1);
        let opens = next.is_some_and(|(_, f)| f.class != Class::Plain && f.number == 1)
            || (!self.named_parts && below.is_some_and(|(_, f)| f.number == 1));
        let continues = below.is_some_and(|(_, f)| match f.class {
            Class::Tens => f.number > 1 && f.number == self.numbers[0] + 1,
            Class::Paren => f.number > 1 && f.number == self.numbers[1] + 1,
            Class::Chapter | Class::Arabic | Class::Plain => false,
        });
        let within = self.part.max(self.tens).max(self.paren);
        if self.tens_top {
            return if opens { self.tens + 1 } else { within + 1 };
        }
        if self.named_parts && !head.named && within > 0 && !opens {
            return within + 1;
        }
        let names_part = head.part && (!head.marked || self.marked_parts);
        let like_parts = self.slogan_parts && !self.slogans_below;
        if !continues && (names_part || opens || within == 0 || like_parts) {
            let arabic = below.is_some_and(|(_, f)| f.class == Class::Arabic);
            return if opens && arabic && !head.part {
                within + 1
            } else {
                1
            };
        }
        // A named part stays one even where numbers run on below it.
        if head.part && !head.marked {
            1
        } else {
            within + 1
        }
    }

    fn enter(&mut self, head: Found, level: u8) {
        if head.class == Class::Plain && !head.part {
            self.slogan_parts |= level == 1;
            self.slogans_below |= level > 1;
        }
        match head.class {
            Class::Tens => {
                (self.tens, self.paren, self.plain) = (level, 0, 0);
                self.numbers = [head.number, 0];
                if level == 1 {
                    self.part = 0;
                }
            }
            Class::Paren => {
                self.paren = level;
                self.numbers[1] = head.number;
            }
            Class::Arabic => {}
            Class::Chapter | Class::Plain if level == 1 => {
                (self.part, self.tens, self.paren, self.plain) = (1, 0, 0, 0);
                self.marked_parts &= head.marked;
                self.numbers = [0; 2];
            }
            Class::Chapter | Class::Plain => {
                if level <= self.paren {
                    self.paren = 0;
                }
                self.plain = if level > self.paren {
                    self.plain
                } else {
                    level
                };
                if self.paren == 0 {
                    self.plain = level;
                    self.numbers[1] = 0;
                }
            }
        }
        self.last = level;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        let read = ["一", "九", "十", "十一", "二十", "二十三"].map(numeral);
        assert_eq!(read, [1, 9, 10, 11, 20, 23].map(Some));
        assert_eq!(numeral("甲"), None);
    }

    fn levels(lines: &[&str]) -> Vec<(u8, String)> {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
        let outline = outline(&paragraphs, 0);
        let headings = paragraphs.iter().zip(outline);
        headings
            .filter_map(|(p, heading)| {
                let heading = heading?;
                Some((heading.level, p.text[..heading.length].to_owned()))
            })
            .collect()
    }

    fn outlined(lines: &[&str]) -> String {
        let levels = levels(lines);
        let lines = levels.iter().map(|(level, text)| format!("{level} {text}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    const TEXT: &str = "坚持稳中求进工作总基调，全面贯彻新发展理念，推动经济社会发展取得新的成效，人民生活不断改善。";

    #[test]
    fn an_unnumbered_slogan_over_numbers_that_start_anew_is_a_part() {
        insta::assert_snapshot!(outlined(&[
            "**2022年工作回顾**",
            TEXT,
            "（一）聚力项目建设。坚持不懈。",
            "（二）紧盯产业培育。坚持不懈。",
            "**2023年重点任务**",
            TEXT,
            "（一）持续巩固成果。坚持不懈。",
            "（二）聚力推进建设。坚持不懈。",
            "加快建设实干政府",
            TEXT,
            "（一）锤炼政治品格。坚持不懈。",
        ]), @r"
        1 2022年工作回顾
        2 （一）聚力项目建设。
        2 （二）紧盯产业培育。
        1 2023年重点任务
        2 （一）持续巩固成果。
        2 （二）聚力推进建设。
        1 加快建设实干政府
        2 （一）锤炼政治品格。
        ");
    }

    #[test]
    fn slogans_between_numbers_stay_below_them() {
        insta::assert_snapshot!(outlined(&[
            "一、2022年工作回顾",
            TEXT,
            "综合实力迈上新台阶",
            TEXT,
            "二、2023年重点工作",
            "（一）推动产业升级",
            "做强优势产业",
            TEXT,
            "（二）扩大有效投资",
            TEXT,
            "1.抓好项目谋划",
            TEXT,
            "三、加强政府自身建设",
            TEXT,
        ]), @r"
        1 一、2022年工作回顾
        2 综合实力迈上新台阶
        1 二、2023年重点工作
        2 （一）推动产业升级
        3 做强优势产业
        2 （二）扩大有效投资
        3 1.抓好项目谋划
        1 三、加强政府自身建设
        ");
    }

    #[test]
    fn numbers_that_start_anew_in_each_part_are_sections() {
        insta::assert_snapshot!(outlined(&[
            "第一部分 2022年工作回顾",
            "一、经济稳中有进。坚持不懈。",
            "二、民生持续改善。坚持不懈。",
            "第二部分 2023年工作安排",
            "一、狠抓项目建设。坚持不懈。",
            "（一）谋划一批。坚持不懈。",
        ]), @r"
        1 第一部分 2022年工作回顾
        2 一、经济稳中有进。
        2 二、民生持续改善。
        1 第二部分 2023年工作安排
        2 一、狠抓项目建设。
        3 （一）谋划一批。
        ");
    }

    #[test]
    fn what_is_listed_or_turns_to_the_hearers_is_no_heading() {
        assert_eq!(
            levels(&[
                "各位代表",
                "（一）修路；",
                "重点抓好八个方面的工作：",
                "1.5万人",
                TEXT
            ]),
            []
        );
    }
}
