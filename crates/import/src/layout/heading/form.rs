//! Recognises headings by their form.

use wenzheng_document::tense;

use super::class::{Class, number};
use crate::{
    paragraph::{Paragraph, chars},
    titles::is_title,
};
use wenzheng_text::{Pattern, han::is_han};

/// Longest heading that stands alone, in chars.
const ALONE: usize = 60;
/// Longest heading that runs into its paragraph, in chars.
const RUN_IN: usize = 60;
/// Longest heading without a number or formatting, in chars.
const PLAIN: usize = 36;
/// Longest heading without a number that is bold or styled, in chars.
const MARKED: usize = 50;
/// Last words of the names of unnumbered parts.
static PART: Pattern = Pattern::new(
    "(?:回顾|工作|安排|任务|建设|目标|思路|要求|打算|部署|开局|展望|规划|举措|情况|建议|总结)$",
);
/// Names of the last part: 建设人民满意的服务型政府, 加强政府自身建设.
static GOVERNMENT: Pattern = Pattern::new(
    "(?:建设|打造|锻造|争做|建成|塑造|做|当好)[^，。]{0,16}政府$|政府[^，。]{0,8}(?:建设|效能|能力|水平|形象|担当|作为)",
);
/// Headings of parts that end in a colon.
static COLON_PART: Pattern = Pattern::new(
    "^[^，。；]{0,16}(?:工作回顾|工作安排|主要任务|重点工作|工作任务|总体要求|工作打算|自身建设)[：:]$",
);
/// Salutations, closings and dates, which are never headings.
static NO_HEADING: Pattern = Pattern::new(
    "^(?:各位|现在|同志们|谢谢|以上|（?(?:完|掌声|略)）?$|——?\\d{4}年|附[：:]?$|[（(]?[0-9]{4}年[0-9]{1,2}月)",
);

/// A heading by its form, before its level is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) class: Class,
    pub(crate) number: usize,
    pub(crate) length: usize,
    /// True if it looks like a part (工作回顾) or is formatted as a heading.
    pub(crate) part: bool,
    /// True if its wording marks it as a part: 2023年工作回顾, but not 加快项目建设.
    pub(crate) named: bool,
    /// Level by `#` or heading style, 1 outermost; 0 if there is none.
    pub(crate) style: u8,
    pub(crate) marked: bool,
}

/// Returns the heading that opens paragraph `n`.
pub(crate) fn find(paragraphs: &[Paragraph], n: usize) -> Option<Found> {
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
        // List items end in ；or ，; a single closing 。 belongs to the heading.
        let listed =
            name.ends_with(['；', '，', '、']) || (class == Class::Arabic && name.ends_with('。'));
        return (!listed && !is_colon_list(name)).then(|| found(text.len(), marked));
    }
    if class == Class::Arabic {
        return None;
    }
    bold_prefix(paragraph)
        .filter(|length| *length > prefix && !text[*length..].starts_with(['，', '、']))
        .or_else(|| first_sentence(text))
        .map(|length| found(length, marked))
}

/// True for a heading that introduces a list: （三）主要做了以下工作：
fn is_colon_list(name: &str) -> bool {
    name.ends_with(['：', ':']) && tense::of_heading(name).is_none()
}

/// Length in bytes of the bold opening of a paragraph, if more text follows. The mark behind it belongs
/// to it even if it is not bold: no paragraph begins with a mark.
pub(crate) fn bold_prefix(paragraph: &Paragraph) -> Option<usize> {
    let bold = paragraph.mark.bold;
    let (length, _) = paragraph.text.char_indices().nth(bold)?;
    let rest = paragraph.text[length..].trim_start_matches(['。', '！', '：', '；', ':']);
    let fits = (2..=ALONE).contains(&bold) && !rest.is_empty();
    fits.then_some(paragraph.text.len() - rest.len())
}

/// Length in bytes of the first sentence if it can be a heading that runs into its paragraph.
fn first_sentence(text: &str) -> Option<usize> {
    let end = text.find(['。', '！', '？', '；', '：'])?;
    let mark = text[end..].chars().next()?;
    let length = end + mark.len_utf8();
    let fits =
        matches!(mark, '。' | '！') && length < text.len() && chars(&text[..length]) <= RUN_IN;
    fits.then_some(length)
}

/// `Some` if a paragraph without a number is a heading, and then whether it names a part.
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
