//! Articles of a regulation: 第五条, with their clauses and conditions below them.

use wenzheng_document::BlockKind;
use wenzheng_text::Pattern;

use crate::paragraph::{Paragraph, chars};

/// Fewest articles that make a regulation.
const FEWEST: usize = 3;
/// Longest heading of a chapter, in chars.
const HEADING: usize = 40;

/// 第五条, 第十二条之一, with the blanks behind it.
static ARTICLE: Pattern = Pattern::new(
    "^第[〇零一二三四五六七八九十百0-9]{1,6}条(?:之[一二三四五六七八九十]{1,2})?(?:[ \u{3000}：:、]+|$)",
);
/// 第二章 申请条件, 第一节 对象, 第三编, 附则
static CHAPTER: Pattern = Pattern::new(
    "^第[〇零一二三四五六七八九十百0-9]{1,5}([编章节])(?:[ \u{3000}]|$)|^附[ \u{3000}]*则$",
);

/// True for a text that is divided into articles.
pub(crate) fn has_articles(paragraphs: &[Paragraph]) -> bool {
    let articles = paragraphs.iter().filter(|p| number(&p.text) > 0);
    articles.count() >= FEWEST
}

/// Length in bytes of the number that an article begins with, without the blanks behind it; 0 if it
/// does not begin with one.
fn number(text: &str) -> usize {
    ARTICLE.find(text).map_or(0, |found| {
        found.as_str().trim_end_matches([' ', '\u{3000}']).len()
    })
}

/// The block of a paragraph of a regulation: chapters are headings, and an article is a paragraph led
/// by its number. A 节 stands below a 章, if there are `chapters`.
pub(super) fn block(text: &str, chapters: bool) -> BlockKind {
    let text = text.to_owned();
    match chapter(&text) {
        Some(level) => BlockKind::Heading {
            level: if chapters { level } else { 1 },
            text,
            period: None,
        },
        None => BlockKind::Paragraph {
            lead: number(&text),
            text,
            continues: false,
            period: None,
        },
    }
}

/// True if a regulation has chapters (章), and not only sections (节).
pub(super) fn has_chapters(paragraphs: &[Paragraph]) -> bool {
    paragraphs.iter().any(|p| chapter(&p.text) == Some(1))
}

/// The level of a line that is the heading of a chapter or section.
fn chapter(text: &str) -> Option<u8> {
    if chars(text) > HEADING || text.contains(['。', '；']) {
        return None;
    }
    let found = CHAPTER.captures(text)?;
    match found.get(1).map(|kind| kind.as_str()) {
        Some("节") => Some(2),
        _ => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_led_by_its_number() {
        for (text, lead) in [
            ("第五条　申请人应当年满60周岁。", "第五条"),
            ("第十二条之一 本条例所称居民。", "第十二条之一"),
            ("第3条 本办法适用于本县。", "第3条"),
            ("第五条规定的条件不变。", ""),
            ("（一）年满60周岁；", ""),
        ] {
            let BlockKind::Paragraph {
                text, lead: length, ..
            } = block(text, true)
            else {
                panic!("{text}");
            };
            assert_eq!(&text[..length], lead, "{text}");
        }
    }

    #[test]
    fn chapters_and_sections_are_headings() {
        for (text, level) in [
            ("第一章 总 则", Some(1)),
            ("第二节 申请", Some(2)),
            ("附　则", Some(1)),
            ("第一章规定的条件，从其规定。", None),
        ] {
            assert_eq!(chapter(text), level, "{text}");
        }
    }
}
