//! Documents that are no report: a regulation, a notice, a plan, a guide.
//!
//! Nothing is guessed of them: no year that the title does not name, no period, no issuer. They are
//! cited by their own title.

use std::{ops::Range, path::Path};

use wenzheng_document::{BlockKind, DocumentKind, Meta, Policy};
use wenzheng_text::{Pattern, normalize::narrow_digits};

use crate::{
    document_place,
    kind::is_other_title,
    layout::{self, Block},
    model::Options,
    paragraph::{Paragraph, Row, chars},
    policy::{self, Question},
};

/// Paragraphs that the title is looked for in.
const HEAD: usize = 8;
/// Longest line of a title, in chars.
const TITLE: usize = 60;

/// 2024年, 2024年度
static YEAR: Pattern = Pattern::new("((?:19|20)[0-9]{2})年");

/// The title of a document, and where it stands.
pub(crate) struct Head {
    title: String,
    /// The paragraphs that are the title; empty if the text has none.
    lines: Range<usize>,
    place: Option<String>,
    year: Option<i32>,
}

/// Reads the head of a document. `title` comes from the file's own front matter or page; the name of
/// the `file` is the title where there is no other.
pub(crate) fn head(paragraphs: &[Paragraph], title: Option<&str>, file: Option<&Path>) -> Head {
    let lines = title_lines(paragraphs);
    let printed: String = paragraphs[lines.clone()]
        .iter()
        .map(|paragraph| paragraph.text.trim())
        .collect();
    let stem = || {
        let stem = file.and_then(Path::file_stem);
        stem.map_or_else(
            || "未命名文件".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        )
    };
    let title = match title.filter(|title| !title.trim().is_empty()) {
        _ if !printed.is_empty() => printed,
        Some(title) => title.trim().to_owned(),
        None => Some(policy::name(paragraphs))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(stem),
    };
    let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    let above = &texts[..lines.end.min(HEAD)];
    let named: Vec<&str> = [title.as_str()]
        .into_iter()
        .chain(above.iter().copied())
        .collect();
    Head {
        place: document_place::find(&named, &texts, file),
        year: year_named_in(&title),
        title,
        lines,
    }
}

/// The only year that a title names.
fn year_named_in(title: &str) -> Option<i32> {
    let title = narrow_digits(title);
    let mut years: Vec<i32> = YEAR
        .captures_iter(&title)
        .filter_map(|year| year[1].parse().ok())
        .collect();
    years.dedup();
    match years[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// The first line that is a title, by its last words or its form, with those that it goes on in.
fn title_lines(paragraphs: &[Paragraph]) -> Range<usize> {
    let head = &paragraphs[..paragraphs.len().min(HEAD)];
    let short = |p: &Paragraph| {
        p.mark.row == Row::None
            && chars(&p.text) <= TITLE
            && !p.text.contains(['。', '；', '：', ':'])
    };
    let lines: Vec<&Paragraph> = head.iter().take_while(|p| short(p)).collect();
    // A title over two or three lines tells what it is in the last of them.
    for first in 0..lines.len() {
        for length in 1..=3 {
            let Some(run) = lines.get(first..first + length) else {
                break;
            };
            let text: String = run.iter().map(|p| p.text.trim()).collect();
            if is_other_title(&text) && !is_file_head(&run[0].text) {
                return first..first + length;
            }
        }
    }
    let styled = lines.iter().position(|p| p.mark.heading == 1);
    styled.map_or(0..0, |first| first..first + 1)
}

/// True for what stands above a title: 青禾市人民政府文件, 青政发〔2024〕3号.
fn is_file_head(text: &str) -> bool {
    text.ends_with("文件") || text.ends_with('号')
}

/// The front matter of a document. What is given counts more than what the text names.
pub(crate) fn meta(head: &Head, options: &Options, source: Option<String>) -> Meta {
    Meta {
        title: head.title.clone(),
        place: options
            .place
            .clone()
            .or(head.place.clone())
            .unwrap_or_default(),
        year: options.year.or(head.year),
        review_year: None,
        issuer: String::new(),
        speaker: String::new(),
        delivered_on: None,
        source: options.source.clone().or(source).unwrap_or_default(),
        kind: DocumentKind::Document,
        policy: Policy::default(),
    }
}

/// Makes `meta` that of a policy document: adds what the text says of itself. What it leaves open is asked.
pub(crate) fn as_policy(meta: &mut Meta, paragraphs: &[Paragraph]) -> Vec<Question> {
    let read = policy::read(&meta.title, paragraphs);
    meta.kind = DocumentKind::Policy;
    meta.year = None;
    meta.issuer = read.issuer;
    meta.policy = read.policy;
    let place = Some(Question::Place).filter(|_| meta.place.is_empty());
    read.questions.into_iter().chain(place).collect()
}

/// The blocks of a document, and the indices of paragraphs left out.
pub(crate) fn blocks(paragraphs: &[Paragraph], head: &Head) -> (Vec<Block>, Vec<usize>) {
    let above = paragraphs[..head.lines.start].iter().enumerate();
    let mut blocks: Vec<Block> = above
        .map(|(paragraph, above)| Block {
            kind: BlockKind::Paragraph {
                text: above.text.clone(),
                lead: 0,
                continues: false,
                period: None,
            },
            paragraph,
        })
        .collect();
    blocks.push(Block {
        kind: BlockKind::Title(head.title.clone()),
        paragraph: head.lines.start,
    });
    let from = head.lines.end;
    let rest = &paragraphs[from..];
    let (below, left_out) = layout::recognise_titled(rest);
    blocks.extend(below.into_iter().map(|block| Block {
        paragraph: block.paragraph + from,
        ..block
    }));
    (blocks, left_out.into_iter().map(|n| n + from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;

    fn imported(text: &str) -> crate::Imported {
        import(text.as_bytes(), &Options::default())
            .expect("a document needs neither place nor year")
    }

    #[test]
    fn a_regulation_keeps_its_title_and_its_articles() {
        let imported = imported(
            "# 青禾市城乡居民最低生活保障条例\n\n2008年7月25日 青禾市第三届人民代表大会常务委员会第五次会议通过\n\n\
             ## 第一章 总则\n\n第一条 为了保障居民基本生活，制定本条例。\n\n\
             第二条 有下列情形之一的，可以申请：\n\n（一）重度残疾的；\n\n（二）收入低于标准的。\n\n\
             第三条 本条例自2016年5月1日起施行。\n",
        );
        assert_eq!(
            imported.text,
            "---\ntitle: 青禾市城乡居民最低生活保障条例\nplace: 青禾市\nkind: document\n---\n\n\
             # 青禾市城乡居民最低生活保障条例\n\n2008年7月25日 青禾市第三届人民代表大会常务委员会第五次会议通过\n\n\
             ## 第一章 总则\n\n**第一条** 为了保障居民基本生活，制定本条例。\n\n\
             **第二条** 有下列情形之一的，可以申请：\n\n（一）重度残疾的；\n\n（二）收入低于标准的。\n\n\
             **第三条** 本条例自2016年5月1日起施行。\n"
        );
    }

    #[test]
    fn a_title_may_go_over_lines_below_the_number_of_the_document() {
        let imported = imported(
            "青禾市人民政府文件\n青政发〔2024〕3号\n青禾市人民政府\n关于印发2024年春耕生产工作方案的通知\n\
             各乡镇人民政府：\n现将方案印发给你们，请认真执行。\n",
        );
        let meta = &imported.meta;
        assert_eq!(
            meta.title,
            "青禾市人民政府关于印发2024年春耕生产工作方案的通知"
        );
        assert_eq!(meta.place, "青禾市");
        assert_eq!((meta.year, meta.policy.for_year), (None, Some(2024)));
        assert_eq!(meta.policy.doc_number, "青政发〔2024〕3号");
        assert!(imported.text.contains("青政发〔2024〕3号"));
    }

    #[test]
    fn nothing_is_guessed_of_a_place_or_a_year() {
        let imported = imported(
            "城市居民最低生活保障条例\n第一条 制定本条例。\n第二条 城市居民适用。\n第三条 自1999年10月1日起施行。\n",
        );
        let meta = &imported.meta;
        assert_eq!((meta.place.as_str(), meta.year), ("", None));
        assert_eq!(meta.kind, DocumentKind::Document);
    }

    #[test]
    fn what_is_given_counts_more() {
        let report = "2024年青禾市政府工作报告\n各位代表：\n2024年重点工作\n加快建设。\n";
        let options = Options {
            kind: Some(DocumentKind::Document),
            place: Some("安和县".to_owned()),
            ..Options::default()
        };
        let imported = import(report.as_bytes(), &options).expect("it has text");
        assert_eq!(imported.meta.kind, DocumentKind::Document);
        assert_eq!(imported.meta.place, "安和县");
        assert!(!imported.text.contains("period:"));
    }
}
