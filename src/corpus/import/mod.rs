//! Turns a report as it was found into the blocks of a corpus file.
//!
//! ```
//! use wenzheng::corpus::import::{Options, import};
//! let raw = "2024年通渭縣政府工作報告\n各位代表:\n2024年重點工作\n加快健康通渭建設。持續深化改革。";
//! let imported = import(raw.as_bytes(), &Options::default()).unwrap();
//! assert_eq!(imported.meta.place, "通渭县");
//! assert!(imported.text.ends_with("## 2024年重点工作\n\n**加快健康通渭建设。**持续深化改革。\n"));
//! ```
//!
//! In order: bytes to text (`decode`), text to paragraphs (`paragraphs`), damaged bytes put
//! back ([`repair_within`]; before anything else touches the characters, for the bytes must be those of
//! the damage), Traditional to Simplified, half-width marks to full-width, and at last what each
//! paragraph is (`front`, `layout`). Nothing is refused but a text that names neither place
//! nor year; whatever was changed, doubtful or left out is listed for the administrator.

mod decode;
mod front;
mod layout;
mod paragraphs;

pub use paragraphs::LeftOut;

use super::{BlockKind, DocumentKind, Meta, markdown};
use crate::text::{
    punctuation::widen,
    repair::{Certainty, Surroundings, repair_within},
    script::simplify,
};

/// What is known about a report besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// 通渭县; taken from the text when `None`.
    pub place: Option<String>,
    /// The year planned for; taken from the text when `None`.
    pub year: Option<i32>,
    /// Where the text came from, usually an address.
    pub source: Option<String>,
}

/// A report that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The corpus file, Markdown.
    pub text: String,
    /// Its front matter.
    pub meta: Meta,
    /// Its blocks in order.
    pub blocks: Vec<BlockKind>,
    /// The encoding the text was in.
    pub encoding: &'static str,
    /// Damaged spots, restored or marked □, in order.
    pub mends: Vec<Mend>,
    /// What is not part of the report.
    pub left_out: Vec<LeftOut>,
}

/// A damaged spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Line of the corpus file, counted from 1.
    pub line: usize,
    /// Line of the imported file, counted from 1.
    pub source_line: usize,
    /// Up to eight characters that stand before it in the corpus file.
    pub context: String,
    /// What stood there, as it was.
    pub before: String,
    /// What stands there now, as in the corpus file.
    pub after: String,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Why a text cannot be imported. Shown to administrators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No letter or character in it.
    #[error("文件里没有文字")]
    Empty,
    /// The text does not name its place.
    #[error("看不出是哪个地方的报告，请用 --place 写明，例如 --place 通渭县")]
    NoPlace,
    /// The text does not name its year.
    #[error("看不出是哪一年的报告，请用 --year 写明（今年，即安排工作的那一年），例如 --year 2024")]
    NoYear,
}

/// Imports the text in `bytes`: UTF-8, UTF-16 or GB 18030; plain text or Markdown.
///
/// # Errors
/// When there is no text, or when place or year are neither given nor named.
pub fn import(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let decoded = decode::decode(bytes);
    let split = paragraphs::split(&decoded.text);
    if split.paragraphs.is_empty() {
        return Err(ImportError::Empty);
    }
    let raw = split.paragraphs.iter();
    let surroundings = Surroundings::of(raw.clone().map(|paragraph| paragraph.text.as_str()));
    let restored: Vec<Restored> = raw.map(|raw| restore(raw, &surroundings)).collect();
    let texts: Vec<String> = restored
        .iter()
        .map(|paragraph| paragraph.text.clone())
        .collect();
    let clean = |text: &String| widen(&simplify(text));
    let front = front::read(&texts, split.title.as_ref().map(clean).as_deref());
    let meta = meta(&front, options, split.source)?;

    let mut placed = layout::recognise(&texts, front.preamble);
    if !matches!(
        placed.first(),
        Some(layout::Placed {
            kind: BlockKind::Title(_),
            ..
        })
    ) {
        let kind = BlockKind::Title(meta.title.clone());
        placed.insert(0, layout::Placed { kind, paragraph: 0 });
    }
    let written = markdown::write(&meta, placed.iter().map(|block| &block.kind));
    let mends = mends(&restored, &placed, &written.lines);
    Ok(Imported {
        text: written.text,
        meta,
        blocks: placed.into_iter().map(|block| block.kind).collect(),
        encoding: decoded.encoding,
        mends,
        left_out: split.left_out,
    })
}

fn meta(
    front: &front::Front,
    options: &Options,
    source: Option<String>,
) -> Result<Meta, ImportError> {
    let named = Some(front.place.clone()).filter(|place| !place.is_empty());
    let place = options
        .place
        .clone()
        .or(named)
        .ok_or(ImportError::NoPlace)?;
    let year = options.year.or(front.year).ok_or(ImportError::NoYear)?;
    let title = if front.title.is_empty() {
        format!("{year}年{place}政府工作报告")
    } else {
        front.title.clone()
    };
    Ok(Meta {
        title,
        year,
        review_year: front
            .review_year
            .filter(|review| *review < year)
            .unwrap_or(year - 1),
        issuer: format!("{place}人民政府"),
        place,
        speaker: front.speaker.clone(),
        delivered_on: front.delivered_on,
        source: options.source.clone().or(source).unwrap_or_default(),
        kind: DocumentKind::WorkReport,
    })
}

/// A paragraph in clean text.
struct Restored {
    text: String,
    spots: Vec<Spot>,
}

/// A damaged spot of a paragraph.
struct Spot {
    /// Chars of the clean text before it.
    at: usize,
    mend: Mend,
}

fn restore(paragraph: &paragraphs::Paragraph, surroundings: &Surroundings) -> Restored {
    let raw = &paragraph.text;
    let repaired = repair_within(raw, surroundings);
    let text = widen(&simplify(&repaired.text));
    let clean: Vec<char> = text.chars().collect();
    let mut spots = Vec::new();
    // Clean and repaired text have the same number of chars; damaged spots may have fewer.
    let (mut read, mut at) = (0, 0);
    for found in repaired.repairs {
        at += raw[read..found.span.start].chars().count();
        read = found.span.end;
        let end = (at + found.after.chars().count()).min(clean.len());
        let start = at.min(end);
        spots.push(Spot {
            at,
            mend: Mend {
                line: 0,
                source_line: paragraph.line,
                context: clean[start.saturating_sub(8)..start].iter().collect(),
                before: found.before,
                after: clean[start..end].iter().collect(),
                certainty: found.certainty,
            },
        });
        at = end;
    }
    Restored { text, spots }
}

/// The damaged spots with the lines they came to stand in.
fn mends(restored: &[Restored], placed: &[layout::Placed], lines: &[usize]) -> Vec<Mend> {
    let mut mends = Vec::new();
    for (n, paragraph) in restored.iter().enumerate() {
        for spot in &paragraph.spots {
            let mut line = 0;
            let mut before = 0;
            for (block, at) in placed
                .iter()
                .zip(lines)
                .filter(|(block, _)| block.paragraph == n)
            {
                if line == 0 || spot.at >= before {
                    line = *at;
                }
                before += chars(&block.kind);
            }
            mends.push(Mend {
                line,
                ..spot.mend.clone()
            });
        }
    }
    mends
}

fn chars(block: &BlockKind) -> usize {
    match block {
        BlockKind::Title(text)
        | BlockKind::Heading { text, .. }
        | BlockKind::Paragraph { text, .. }
        | BlockKind::LivelihoodItem { text } => text.chars().count(),
        BlockKind::Entry {
            name, definition, ..
        } => name.chars().count() + definition.chars().count(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_named_must_be_given() {
        let import = |text: &str, options: &Options| import(text.as_bytes(), options).err();
        assert_eq!(
            import(" \n|", &Options::default()),
            Some(ImportError::Empty)
        );
        assert_eq!(
            import("各位代表：", &Options::default()),
            Some(ImportError::NoPlace)
        );
        let place = Options {
            place: Some("通渭县".to_owned()),
            ..Options::default()
        };
        assert_eq!(import("各位代表：", &place), Some(ImportError::NoYear));
        let both = Options {
            year: Some(2024),
            ..place
        };
        assert_eq!(import("各位代表：", &both), None);
    }

    #[test]
    fn a_lost_spot_is_reported_with_its_line() {
        let raw = "2024年通渭縣政府工作報告\n各位代表:\n有關用語說明:\n1.“四最”:最需警惕的苗頭是社會焦慮心態加??;普遍存在思想認識上有偏差。";
        let imported =
            import(raw.as_bytes(), &Options::default()).expect("place and year are named");
        let [mend] = imported.mends.as_slice() else {
            panic!("{:?}", imported.mends);
        };
        assert_eq!(mend.certainty, Certainty::Lost);
        assert_eq!((mend.before.as_str(), mend.after.as_str()), ("??", "□"));
        assert_eq!(mend.context, "是社会焦虑心态加");
        let line = imported.text.lines().nth(mend.line - 1);
        assert!(line.is_some_and(|line| line.contains("心态加□；普遍")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let options = Options { place: Some("通渭县".into()), year: Some(2024), source: None };
            let _ = import(&bytes, &options);
        }

        #[test]
        fn any_text_is_written_so_that_it_reads_back(text in "[一二、（）。：；“”！实事：是1.#*<>! \n通渭-]{0,80}") {
            let options = Options { place: Some("通渭县".into()), year: Some(2024), source: None };
            if let Ok(imported) = import(text.as_bytes(), &options) {
                let (source, _) = markdown::read(std::path::Path::new("a.md"), &imported.text);
                prop_assert!(source.is_some_and(|source| source.meta == imported.meta));
            }
        }
    }
}
