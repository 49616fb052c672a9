//! Runs the steps of an import in order.

use wenzheng_document::{BlockKind, DocumentKind, Meta, Policy, markdown};

use crate::{
    clean, document,
    error::ImportError,
    faq, format, kind,
    layout::{self, Block},
    limits::{FILE_BYTES, REPORT_PARAGRAPHS, TEXT_CHARS},
    metadata::{self, Metadata},
    model::{Imported, LeftOut, Options},
    paragraph::{Paragraph, chars},
    periods, policy,
    split::Split,
    years,
};

/// Imports the file in `bytes`: plain text or Markdown (UTF-8, UTF-16, GB 18030 or Big5), a saved
/// web page, DOCX, XLSX, XLS, PDF with a text layer, OFD, or JSON lines.
///
/// # Errors
/// If there is no text, if place or year are neither given nor named, or if the format is not
/// supported.
pub fn import(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    if bytes.len() > FILE_BYTES {
        return Err(ImportError::TooLarge);
    }
    let (split, encoding) = format::read(bytes, options.file.as_deref())?;
    check_size(&split)?;
    let cleaned = clean::all(&split.paragraphs);
    let texts: Vec<Paragraph> = cleaned.iter().map(|c| c.paragraph.clone()).collect();
    let title = split.title.as_ref();
    let title = title.map(|title| clean::title(title, &split.paragraphs));
    let file = options.file.as_deref();
    let metadata = metadata::read(&texts, title.as_deref(), file);
    let publisher = split.source.clone().or(split.publisher.clone());
    let of_text = || kind::of(&texts, title.as_deref(), metadata.preamble, file);
    let kind = match split.faq {
        Some(_) => DocumentKind::Faq,
        None => options.kind.unwrap_or_else(of_text),
    };
    let mut questions = Vec::new();
    let (meta, wrong_title, (mut blocks, quoted)) = match (kind, &split.faq) {
        (DocumentKind::Document | DocumentKind::Policy, _) => {
            let head = document::head(&texts, title.as_deref(), file);
            let told = options.kind.is_some();
            let mut meta = document::meta(&head, options, publisher);
            if kind == DocumentKind::Policy || !told && policy::is_policy(&meta.title, &texts) {
                questions = document::as_policy(&mut meta, &texts);
            }
            (meta, None, document::blocks(&texts, &head))
        }
        (_, Some(headings)) => {
            let (meta, wrong_title) = meta(&metadata, options, publisher)?;
            let meta = Meta {
                kind: DocumentKind::Faq,
                title: format!("{}常见问题", meta.place),
                ..meta
            };
            let texts = texts.iter().map(|paragraph| paragraph.text.as_str());
            (
                meta,
                wrong_title,
                (faq::blocks(texts, headings), Vec::new()),
            )
        }
        (_, None) => {
            let (meta, wrong_title) = meta(&metadata, options, publisher)?;
            (
                meta,
                wrong_title,
                layout::recognise(&texts, metadata.preamble),
            )
        }
    };
    complete(&mut blocks, &meta)?;
    let written = markdown::write(&meta, blocks.iter().map(|block| &block.kind));
    let mends = clean::mends(&cleaned, &blocks, &written.lines);
    let quoted = quoted.into_iter().map(|n| LeftOut {
        line: texts[n].line,
        text: texts[n].text.clone(),
    });
    let mut left_out: Vec<LeftOut> = split.left_out.into_iter().chain(quoted).collect();
    left_out.sort_by_key(|left_out| left_out.line);
    Ok(Imported {
        text: written.text,
        meta,
        blocks: blocks.into_iter().map(|block| block.kind).collect(),
        encoding,
        wrong_title,
        mends,
        left_out,
        questions,
    })
}

/// Rejects files without text, and files with more text than any report.
fn check_size(split: &Split) -> Result<(), ImportError> {
    if split.paragraphs.is_empty() {
        return Err(ImportError::Empty);
    }
    let length: usize = split.paragraphs.iter().map(|p| chars(&p.text)).sum();
    let many = split.faq.is_none() && split.paragraphs.len() > REPORT_PARAGRAPHS;
    if length > TEXT_CHARS || many || split.overflows {
        return Err(ImportError::TooLarge);
    }
    Ok(())
}

/// Adds a missing title, and the periods that the headings of a report leave open.
fn complete(blocks: &mut Vec<Block>, meta: &Meta) -> Result<(), ImportError> {
    let is_title = |block: &Block| matches!(block.kind, BlockKind::Title(_));
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    // Headings alone are no report.
    if blocks.iter().all(|b| is_title(b) || is_heading(b)) {
        return Err(ImportError::Empty);
    }
    if !blocks.iter().any(is_title) {
        let kind = BlockKind::Title(meta.title.clone());
        blocks.insert(0, Block { kind, paragraph: 0 });
    }
    if let (DocumentKind::WorkReport, Some(years)) = (meta.kind, meta.years()) {
        periods::assign(blocks, years);
    }
    Ok(())
}

/// Builds the front matter; also returns the file's own title if that names another year.
fn meta(
    metadata: &Metadata,
    options: &Options,
    source: Option<String>,
) -> Result<(Meta, Option<String>), ImportError> {
    let named = Some(metadata.place.clone()).filter(|place| !place.is_empty());
    let place = options
        .place
        .clone()
        .or(named)
        .ok_or(ImportError::NoPlace)?;
    let year = options.year.or(metadata.year).ok_or(ImportError::NoYear)?;
    let proper = format!("{year}年{place}政府工作报告");
    let wrong = years::year_of_title(&metadata.title).is_some_and(|named| named != year);
    let title = if metadata.title.is_empty() || wrong {
        proper
    } else {
        metadata.title.clone()
    };
    let issuer = if place == "全国" {
        "国务院".to_owned()
    } else {
        format!("{place}人民政府")
    };
    let meta = Meta {
        title,
        year: Some(year),
        review_year: metadata
            .review_year
            .filter(|review| *review < year)
            .or(Some(year - 1)),
        issuer,
        place,
        speaker: metadata.speaker.clone(),
        delivered_on: metadata.delivered_on,
        source: options.source.clone().or(source).unwrap_or_default(),
        kind: DocumentKind::WorkReport,
        policy: Policy::default(),
    };
    Ok((meta, wrong.then(|| metadata.title.clone())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use gbk_repair::Certainty;

    #[test]
    fn what_is_not_named_must_be_given() {
        let import = |text: &str, options: &Options| import(text.as_bytes(), options).err();
        // The address to the deputies makes a report of it.
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
