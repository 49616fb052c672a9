// Files that mean harm, and what they may take.
mod hostile;
// The process that converts.
mod process;
// A form over a real socket.
mod form;

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use wenzheng::{
    corpus::DocumentKind,
    upload::{ConvertError, ConvertLimits, Converted, Hints, Upload, convert, wording},
};

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_wenzheng"))
}

fn fixture(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/fixtures").join(name)
}

fn labelled(label: &str) -> Hints {
    Hints {
        label: label.to_owned(),
        ..Hints::default()
    }
}

/// Converts `bytes` under `label`, within `limits`.
async fn convert_bytes(
    bytes: &[u8],
    label: &str,
    limits: &ConvertLimits,
) -> Result<Converted, ConvertError> {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("there is room");
    std::io::Seek::rewind(&mut file).expect("a file");
    let hints = labelled(label);
    convert(program(), Upload { file, hints }, limits).await
}

/// The corpus file that `wenzheng import` makes of `file`.
fn imported(file: &Path) -> String {
    let folder: TempDir = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out.md");
    let done = Command::new(program())
        .arg("import")
        .arg(file)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{done:?}");
    fs::read_to_string(out).expect("it was written")
}

#[tokio::test]
async fn an_upload_gives_the_text_that_the_command_gives() {
    for name in [
        "formats/word.docx",
        "formats/page.html",
        "formats/reportlab.pdf",
        "formats/chromium.pdf",
        "formats/expected.txt",
        "reports/gansu-2023.md",
    ] {
        let path = fixture(name);
        let label = path.file_name().expect("a name").to_string_lossy();
        let file = File::open(&path).expect("a fixture");
        let hints = labelled(&label);
        let limits = ConvertLimits::default();
        let converted = convert(program(), Upload { file, hints }, &limits).await;
        let converted = converted.expect(name);
        assert_eq!(converted.text, imported(&path), "{name}");
        assert_eq!(converted.kind, DocumentKind::WorkReport);
        assert!(converted.preview.len() >= 5, "{:#?}", converted.preview);
    }
}

#[tokio::test]
async fn what_comes_back_says_where_it_belongs_and_what_it_is() {
    let bytes = fs::read(fixture("formats/word.docx")).expect("a fixture");
    let limits = ConvertLimits::default();
    let converted = convert_bytes(&bytes, "word.docx", &limits).await;
    let converted = converted.expect("it is a report");
    assert_eq!(converted.path(), Path::new("qingshui/2024-work-report.md"));
    assert_eq!(
        (converted.title.as_str(), converted.place.as_str()),
        ("政府工作报告", "清水县")
    );
    assert_eq!(converted.year, Some(2024));
    assert!(converted.report.iter().any(|line| line == "编码：DOCX"));
    assert!(converted.passages >= converted.preview.len());
}

#[tokio::test]
async fn what_is_known_of_a_file_reaches_the_importer() {
    let notice = "关于发放高龄津贴的通知\n各乡镇人民政府：\n每人每月发放100元。\n";
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(notice.as_bytes()).expect("there is room");
    std::io::Seek::rewind(&mut file).expect("a file");
    let hints = Hints {
        label: "--help".to_owned(),
        place: Some("清水县".to_owned()),
        source: Some("https://example.gov.cn/1".to_owned()),
        kind: Some(DocumentKind::Document),
        year: Some(2024),
    };
    let limits = ConvertLimits::default();
    let converted = convert(program(), Upload { file, hints }, &limits).await;
    let converted = converted.expect("it is a notice");
    assert_eq!(converted.kind, DocumentKind::Document);
    assert_eq!(converted.folder, "qingshui");
    assert!(converted.text.contains("source: https://example.gov.cn/1"));
    assert!(converted.warnings[0].starts_with("没有认出是政府工作报告"));
}

#[tokio::test]
async fn a_refusal_is_told_in_words_for_its_sender() {
    let limits = ConvertLimits::default();
    let scanned = fs::read(fixture("formats/scanned.pdf")).expect("a fixture");
    for (bytes, words) in [
        (scanned.as_slice(), "OCR"),
        (
            "各位代表：\n今年要加快建设。\n".as_bytes(),
            "请在文件名里写明",
        ),
        (b"PK\x03\x04", "请"),
    ] {
        let refused = convert_bytes(bytes, "文件", &limits).await;
        let refused = refused.expect_err("it cannot be read");
        assert!(matches!(refused, ConvertError::Refused(_)), "{refused:?}");
        let told = wording::not_converted(&refused);
        assert!(told.contains(words) && !told.contains("--"), "{told}");
    }
}
