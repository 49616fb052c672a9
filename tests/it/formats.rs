//! One report in every format, and files that mean harm.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use proptest::prelude::*;
use wenzheng::corpus::{
    self, BlockKind, DocumentKind, Period,
    import::{ImportError, Imported, Options, import},
};

/// What one import may take: the bar for any file.
const PATIENCE: Duration = Duration::from_secs(30);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).expect("a fixture")
}

fn expected() -> String {
    String::from_utf8(bytes("expected.txt")).expect("UTF-8")
}

fn imported(bytes: &[u8]) -> Imported {
    import(bytes, &Options::default()).expect("the report names its place and year")
}

/// Blocks as text, one a line, with what they are; the title as the importer completes it.
fn outline(imported: &Imported) -> Vec<String> {
    let shown = |block: &BlockKind| match block {
        BlockKind::Title(_) => "title".to_owned(),
        BlockKind::Heading { level, text, .. } => format!("{level} {text}"),
        BlockKind::Paragraph { text, .. } => text.clone(),
        BlockKind::LivelihoodItem { text } => format!("- {text}"),
        BlockKind::TableRow { cells, .. } => cells.join(" | "),
        BlockKind::Entry {
            name, definition, ..
        } => format!("{name}: {definition}"),
    };
    imported.blocks.iter().map(shown).collect()
}

#[test]
fn every_format_gives_the_same_report() {
    let plain = imported(expected().as_bytes());
    let meta = &plain.meta;
    assert_eq!((meta.place.as_str(), meta.year), ("清水县", Some(2024)));
    assert_eq!(meta.speaker, "清水县县长 王明");
    assert_eq!(outline(&plain).len(), 25, "{:#?}", outline(&plain));
    for name in [
        "page.html",
        "word.docx",
        "reportlab.pdf",
        "chromium.pdf",
        "ofdrw.ofd",
    ] {
        let other = imported(&bytes(name));
        assert_eq!(outline(&other), outline(&plain), "{name}");
        assert_eq!(
            (&other.meta.place, other.meta.delivered_on),
            (&meta.place, meta.delivered_on),
            "{name}"
        );
    }
}

#[test]
fn encodings_and_broken_lines_give_the_same_report() {
    let plain = imported(expected().as_bytes());
    let text = expected();
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("GB 18030", gbk), ("UTF-16", utf16)] {
        assert_eq!(outline(&imported(&bytes)), outline(&plain), "{name}");
    }
    let traditional = wenzheng::text::normalize::to_traditional(&text);
    let big5 = encoding_rs::BIG5.encode(&traditional).0.into_owned();
    let big5 = imported(&big5);
    assert_eq!(big5.encoding, "Big5");
    assert_eq!(outline(&big5).len(), outline(&plain).len());
}

#[test]
fn what_surrounds_the_report_is_left_out_and_told() {
    let left_out = |name: &str| -> String {
        let imported = imported(&bytes(name));
        let texts: Vec<String> = imported
            .left_out
            .into_iter()
            .map(|left| left.text)
            .collect();
        texts.join("\n")
    };
    let page = left_out("page.html");
    for text in ["政务公开", "网站标识码", "当前位置"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let paper = left_out("reportlab.pdf");
    assert!(
        paper.contains("— 1 —") && paper.contains("清水县人民政府公报"),
        "{paper}"
    );
}

#[test]
fn a_scanned_file_is_refused_with_advice() {
    let refused = import(&bytes("scanned.pdf"), &Options::default()).expect_err("no text");
    assert_eq!(refused, ImportError::Scanned);
    assert!(refused.to_string().contains("OCR"));
}

#[test]
fn a_curated_answer_is_a_passage_with_its_source() {
    let faq = "{\"question\":\"低保怎么申请？\",\"answer\":\"向户籍所在地乡镇政府提出申请。\",\"source\":\"县民政局\"}\n";
    let options = Options {
        place: Some("清水县".to_owned()),
        year: Some(2024),
        ..Options::default()
    };
    let imported = import(faq.as_bytes(), &options).expect("place and year are given");
    assert_eq!(imported.meta.kind, DocumentKind::Faq);
    let loaded = corpus::load_texts(&[("a.md", &imported.text)]).expect("valid");
    let passage = &loaded.corpus.documents[0].passages[0];
    assert_eq!(passage.text, "向户籍所在地乡镇政府提出申请。");
    assert_eq!(passage.path, ["县民政局", "低保怎么申请？"]);
    assert_eq!(passage.period, Period::Undated);
}

fn wenzheng(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
        .args(arguments)
        .output()
        .expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn a_bad_file_never_stops_the_others_and_nothing_is_written_elsewhere() {
    let world = tempfile::tempdir().expect("a temporary folder");
    let inbox = world.path().join("inbox/清水县");
    std::fs::create_dir_all(&inbox).expect("made");
    for name in ["page.html", "scanned.pdf"] {
        std::fs::copy(folder().join(name), inbox.join(name)).expect("copied");
    }
    std::fs::write(inbox.join("bad.docx"), b"PK\x03\x04").expect("written");
    std::fs::write(inbox.join("empty.txt"), b"").expect("written");
    // A place that would lead out of the folder if it were taken for one.
    let hostile = "2023年../../../etc县政府工作报告\n各位代表：\n2023年重点工作\n加快建设。\n";
    std::fs::write(inbox.join("hostile.txt"), hostile).expect("written");
    let out = world.path().join("out");
    let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let (done, said) = wenzheng(&[
        "import",
        &path(&world.path().join("inbox")),
        "--out",
        &path(&out),
    ]);
    assert!(!done);
    assert!(said.contains("共 5 个文件，导入 2 个，失败 3 个"), "{said}");
    assert!(
        said.contains("scanned.pdf：") && said.contains("扫描件"),
        "{said}"
    );
    assert!(
        said.contains("bad.docx：") && said.contains("损坏"),
        "{said}"
    );
    assert!(out.join("qingshui/2024-work-report.md").exists());
    let beside: Vec<_> = std::fs::read_dir(world.path())
        .expect("readable")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
}

#[test]
fn places_that_sound_the_same_do_not_overwrite_each_other() {
    let world = tempfile::tempdir().expect("a temporary folder");
    let inbox = world.path().join("inbox");
    std::fs::create_dir_all(&inbox).expect("made");
    let report = |place: &str| {
        format!("2024年{place}政府工作报告\n各位代表：\n2024年重点工作\n加快建设。\n")
    };
    for (name, place) in [
        ("a.txt", "抚州市"),
        ("b.txt", "福州市"),
        ("c.txt", "抚州市"),
    ] {
        std::fs::write(inbox.join(name), report(place)).expect("written");
    }
    let out = world.path().join("out");
    let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let (done, said) = wenzheng(&["import", &path(&inbox), "--out", &path(&out), "--force"]);
    assert!(!done);
    // The third is the first again.
    assert!(
        said.contains("c.txt：与") && said.contains("内容相同，没有再写一份"),
        "{said}"
    );
    for (folder, place) in [("fuzhou", "抚州市"), ("fuzhou-2", "福州市")] {
        let file = out.join(folder).join("2024-work-report.md");
        let text = std::fs::read_to_string(file).expect("written");
        assert!(text.contains(&format!("place: {place}")), "{text}");
    }
}

/// A ZIP entry whose headers claim any size.
fn lying_zip(claimed: u32) -> Vec<u8> {
    let name = b"word/document.xml";
    let body = b"<w:document/>";
    let mut zip = Vec::new();
    let local = |zip: &mut Vec<u8>| {
        zip.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        zip.extend(0_u32.to_le_bytes());
        zip.extend(claimed.to_le_bytes());
        zip.extend(claimed.to_le_bytes());
        zip.extend((name.len() as u16).to_le_bytes());
        zip.extend([0, 0]);
    };
    zip.extend(b"PK\x03\x04");
    local(&mut zip);
    zip.extend(name);
    zip.extend(body);
    let directory = zip.len() as u32;
    zip.extend(b"PK\x01\x02\x14\x00");
    local(&mut zip);
    zip.extend([0; 12]);
    zip.extend(0_u32.to_le_bytes());
    zip.extend(name);
    let size = zip.len() as u32 - directory;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(size.to_le_bytes());
    zip.extend(directory.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

#[test]
fn headers_that_lie_and_bombs_cost_nothing() {
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 2147483647/Kids[3 0 R 2 0 R]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj<</Length 2147483647>>stream\nBT (a) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R/Size 2147483647>>\nstartxref\n0\n%%EOF";
    let nested = format!("%PDF-1.4\n1 0 obj{}", "[".repeat(200_000));
    let html = format!("<html>{}", "<b><a><table>".repeat(100_000));
    let brackets = "（“《".repeat(200_000);
    let numbers = "一、".repeat(200_000);
    let entries = format!("名词解释：\n{}", "1.甲：乙。2.".repeat(50_000));
    let damaged = "巴ㄎ键S芪?!叭┮粯I".repeat(20);
    let json = "{\"answer\":\"".to_owned() + &"工作。".repeat(500_000) + "\"}";
    let options = Options {
        place: Some("清水县".to_owned()),
        year: Some(2024),
        ..Options::default()
    };
    for (name, bytes) in [
        ("zip of 2 GB", lying_zip(0x7fff_ffff)),
        ("zip of 4 GB", lying_zip(u32::MAX)),
        ("pdf", pdf.to_vec()),
        ("nested pdf", nested.into_bytes()),
        ("nested html", html.into_bytes()),
        ("brackets", brackets.into_bytes()),
        ("numbers", numbers.into_bytes()),
        ("entries", entries.into_bytes()),
        ("damaged", damaged.into_bytes()),
        ("json", json.into_bytes()),
        ("zeros", vec![0; 1_000_000]),
    ] {
        let start = Instant::now();
        let _ = import(&bytes, &options);
        let took = start.elapsed();
        assert!(took < PATIENCE, "{name} took {took:?}");
    }
}

#[test]
fn a_bomb_inside_of_a_pdf_or_docx_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .expect("a new entry");
    for _ in 0..200 {
        zip.write_all(&[b' '; 1 << 20]).expect("in memory");
    }
    let bomb = zip.finish().expect("in memory").into_inner();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        import(&bomb, &Options::default()),
        Err(ImportError::TooLarge)
    );
}

/// Any change of a good file is read or refused, and what is read loads.
fn survives(mut bytes: Vec<u8>, changes: &[(usize, u8)], cut: usize) {
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    bytes.truncate(bytes.len() - cut % bytes.len());
    let options = Options {
        place: Some("清水县".to_owned()),
        year: Some(2024),
        ..Options::default()
    };
    let start = Instant::now();
    if let Ok(imported) = import(&bytes, &options) {
        let loaded = corpus::load_texts(&[("a.md", &imported.text)]);
        if let Err(error) = loaded {
            panic!("{error}\n{}", imported.text);
        }
    }
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn a_name_with_stars_gives_a_file_that_loads() {
    let text = "清水县名词解释\n--><p>-->| **甲乙丙丁——一是";
    survives(text.as_bytes().to_vec(), &[], 0);
    survives(format!("<html>{text}").into_bytes(), &[], 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn damaged_files_are_read_or_refused(
        file in prop::sample::select(vec!["page.html", "word.docx", "reportlab.pdf", "ofdrw.ofd", "expected.txt"]),
        changes in prop::collection::vec((any::<usize>(), any::<u8>()), 0..24),
        cut in prop_oneof![Just(0_usize), any::<usize>()],
    ) {
        survives(bytes(file), &changes, cut);
    }

    #[test]
    fn any_markup_gives_a_file_that_loads(
        text in "(<p>|<b>|</b>|</p>|<div>|\\*\\*|# |- |<!-- |-->|\\| |一、|（一）|1\\.|①|\\[1\\]|名词解释\n|附件\n|各位代表：|实事：|一是|二是|三是|是指|：|。|；|“|”|——|让我们|回顾|重点工作|\n|甲乙丙丁|2023年|\\?\\?|\\(bào\\)| |　){0,60}"
    ) {
        survives(format!("清水县{text}").into_bytes(), &[], 0);
        survives(format!("<html>清水县{text}").into_bytes(), &[], 0);
    }
}
