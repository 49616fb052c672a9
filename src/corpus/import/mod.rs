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
//! In order: bytes to paragraphs (`format` tells which reader: `html`, `docx`, `pdf`, `jsonl`, or
//! `decode` and `paragraphs` for text), noise taken out and damaged bytes put back ([`crate::text::repair`]; before anything else touches the characters, for the bytes must be those of
//! the damage), Traditional to Simplified, half-width marks to full-width, and at last what each
//! paragraph is (`front`, `layout`). Nothing is refused but a text that names neither place
//! nor year; whatever was changed, doubtful or left out is listed for the administrator.

mod boilerplate;
mod decode;
mod dense;
mod docx;
mod format;
mod front;
mod html;
mod jsonl;
mod layout;
mod paragraphs;
mod pdf;
mod periods;
mod place;
mod restore;
mod wrap;

pub use paragraphs::LeftOut;

use std::path::PathBuf;

use self::paragraphs::Paragraph;
use super::{BlockKind, DocumentKind, Meta, markdown};
use crate::text::{punctuation::widen, repair::Certainty, script::simplify};

/// What is known about a report besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// 通渭县; taken from the text when `None`.
    pub place: Option<String>,
    /// The year planned for; taken from the text when `None`.
    pub year: Option<i32>,
    /// Where the text came from, usually an address.
    pub source: Option<String>,
    /// The file's path; its folders may name the place, its extension tells the format.
    pub file: Option<PathBuf>,
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
    /// The title in the file, when it names another year than the report.
    pub wrong_title: Option<String>,
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

/// Why a file cannot be imported, and what to do. Shown to administrators.
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
    /// Not a sound file of its format, which is named.
    #[error("{0} 文件已损坏或不完整，请重新下载，或另存一份再试")]
    Damaged(&'static str),
    /// Larger than any report, or grows so when unpacked.
    #[error("文件太大（或解压后太大），不像一份报告，请只保留报告正文再试")]
    TooLarge,
    /// A ZIP archive that is no Word document.
    #[error("这是压缩包或其他办公文件，不是 Word 文档；请解压，或另存为 .docx 再试")]
    NotWord,
    /// Word 97–2003, WPS or RTF.
    #[error("这是旧版文档（.doc、.wps 或 .rtf），请用 Word 或 WPS 打开，另存为 .docx 再试")]
    OldWord,
    /// Encrypted.
    #[error("文件有密码，请先去掉密码再试")]
    Locked,
    /// Pictures of pages.
    #[error(
        "这份 PDF 是扫描件（或文字层无法读取），没有可以引用的文字；请改用网页版或 Word 版，或先做文字识别（OCR）并校对后存为文本"
    )]
    Scanned,
    /// A picture, a sound, a program.
    #[error("这不是文本文件；可以导入 TXT、Markdown、HTML、DOCX、带文字层的 PDF 和 JSONL")]
    Binary,
}

/// Bytes that a file may have.
const LARGEST: usize = 64 * 1024 * 1024;
/// Characters that a file's text may have; the longest reports have 50,000.
const LONGEST: usize = 3_000_000;
/// Paragraphs that a report may have; the longest have a thousand.
const PARAGRAPHS: usize = 20_000;

/// Imports the file in `bytes`: plain text or Markdown (UTF-8, UTF-16, GB 18030 or Big5), a saved
/// web page, DOCX, PDF with a text layer, or JSON lines.
///
/// # Errors
/// When there is no text, when place or year are neither given nor named, or when the file is of
/// no kind that can be read.
pub fn import(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge);
    }
    let format::Read {
        split,
        encoding,
        answers,
    } = format::read(bytes, options.file.as_deref())?;
    if split.paragraphs.is_empty() {
        return Err(ImportError::Empty);
    }
    let length: usize = split
        .paragraphs
        .iter()
        .map(|p| p.text.chars().count())
        .sum();
    let many = split.paragraphs.len() > PARAGRAPHS && answers.is_none();
    if length > LONGEST || many || split.overflows {
        return Err(ImportError::TooLarge);
    }
    let restored = restore::all(&split.paragraphs);
    let texts: Vec<Paragraph> = restored.iter().map(|r| r.paragraph.clone()).collect();
    let clean = |text: &String| widen(&simplify(text));
    let title = split.title.as_ref().map(clean);
    let front = front::read(&texts, title.as_deref(), options.file.as_deref());
    let publisher = split.source.clone().or(split.publisher.clone());
    let (mut meta, wrong_title) = meta(&front, options, publisher)?;

    let (mut placed, quoted) = if let Some(headings) = answers {
        meta.kind = DocumentKind::Faq;
        meta.title = format!("{}常见问题", meta.place);
        let texts = texts.iter().map(|paragraph| paragraph.text.as_str());
        (jsonl::blocks(texts, &headings), Vec::new())
    } else {
        let recognised = layout::recognise(&texts, front.preamble);
        (recognised.blocks, recognised.left_out)
    };
    // Headings alone are no report.
    let is_body =
        |kind: &BlockKind| !matches!(kind, BlockKind::Title(_) | BlockKind::Heading { .. });
    if !placed.iter().any(|block| is_body(&block.kind)) {
        return Err(ImportError::Empty);
    }
    if !placed
        .iter()
        .any(|block| matches!(block.kind, BlockKind::Title(_)))
    {
        let kind = BlockKind::Title(meta.title.clone());
        placed.insert(0, layout::Placed { kind, paragraph: 0 });
    }
    if meta.kind == DocumentKind::WorkReport {
        periods::assign(&mut placed, &meta);
    }
    let written = markdown::write(&meta, placed.iter().map(|block| &block.kind));
    let mends = restore::mends(&restored, &placed, &written.lines);
    let mut left_out = split.left_out;
    left_out.extend(quoted.into_iter().map(|n| LeftOut {
        line: texts[n].line,
        text: texts[n].text.clone(),
    }));
    left_out.sort_by_key(|left_out| left_out.line);
    Ok(Imported {
        text: written.text,
        meta,
        blocks: placed.into_iter().map(|block| block.kind).collect(),
        encoding,
        wrong_title,
        mends,
        left_out,
    })
}

/// The front matter, and the file's own title where that names another year.
fn meta(
    front: &front::Front,
    options: &Options,
    source: Option<String>,
) -> Result<(Meta, Option<String>), ImportError> {
    let named = Some(front.place.clone()).filter(|place| !place.is_empty());
    let place = options
        .place
        .clone()
        .or(named)
        .ok_or(ImportError::NoPlace)?;
    let year = options.year.or(front.year).ok_or(ImportError::NoYear)?;
    let proper = format!("{year}年{place}政府工作报告");
    let wrong = front::year_of_title(&front.title).is_some_and(|named| named != year);
    let title = if front.title.is_empty() || wrong {
        proper
    } else {
        front.title.clone()
    };
    let issuer = if place == "全国" {
        "国务院".to_owned()
    } else {
        format!("{place}人民政府")
    };
    let meta = Meta {
        title,
        year,
        review_year: front
            .review_year
            .filter(|review| *review < year)
            .unwrap_or(year - 1),
        issuer,
        place,
        speaker: front.speaker.clone(),
        delivered_on: front.delivered_on,
        source: options.source.clone().or(source).unwrap_or_default(),
        kind: DocumentKind::WorkReport,
    };
    Ok((meta, wrong.then(|| front.title.clone())))
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
            let options = Options { place: Some("通渭县".into()), year: Some(2024), ..Options::default() };
            let _ = import(&bytes, &options);
        }

        #[test]
        fn any_text_is_written_so_that_it_reads_back(text in "[一二、（）。：；“”！实事：是1.#*<>! \n通渭-]{0,80}") {
            let options = Options { place: Some("通渭县".into()), year: Some(2024), ..Options::default() };
            if let Ok(imported) = import(text.as_bytes(), &options) {
                let (source, _) = markdown::read(std::path::Path::new("a.md"), &imported.text);
                prop_assert!(source.is_some_and(|source| source.meta == imported.meta));
            }
        }
    }
}
