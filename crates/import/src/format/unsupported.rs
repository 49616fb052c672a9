//! Formats that are known by their content and not read, with what to do instead.

use std::path::Path;

use serde::de::IgnoredAny;

use crate::error::ImportError;

const IMAGE: (&str, &str) = (
    "图片",
    "请先做文字识别（OCR），校对后存为 .txt 或 .docx 再试",
);
const ARCHIVE: (&str, &str) = ("压缩包", "请先解压，再导入里面的文件");
const MEDIA: (&str, &str) = ("音频或视频", "请改用文字稿");
const READER: (&str, &str) = (
    "专用阅读器的文件",
    "请用它的阅读器另存为带文字层的 PDF，或复制正文存为 .txt 再试",
);
const JSON: (&str, &str) = (
    "JSON 数据",
    "请改成 JSONL（每行一条，有 question、answer 或 text），或把正文存为 .txt 再试",
);
const CSV: (&str, &str) = (
    "CSV 表格数据",
    "请用 Excel 或 WPS 打开，另存为 .xlsx 再试；问答请改成 JSONL，每行一条",
);
const XML: (&str, &str) = (
    "XML 文件",
    "如果是 Word 2003 或 Excel 2003 的 XML 文档，请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 再试",
);

/// First bytes of formats that hold no text, and what they are.
const MAGIC: [(&[u8], (&str, &str)); 18] = [
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"BM", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"ID3", MEDIA),
    (b"OggS", MEDIA),
    (b"RIFF", MEDIA),
    (b"CAJ", READER),
    (b"KDH", READER),
    (b"Founder CEB", READER),
    (b"\x7fELF", ("程序", "请导入报告的文件")),
];

fn refuse((what, remedy): (&'static str, &'static str)) -> ImportError {
    ImportError::Unsupported { what, remedy }
}

fn has_extension(file: Option<&Path>, wanted: &[&str]) -> bool {
    let extension = file.and_then(Path::extension);
    extension.is_some_and(|ext| wanted.iter().any(|wanted| ext.eq_ignore_ascii_case(wanted)))
}

/// Refuses files that hold no text. The name of `file` counts where text may begin the same way.
pub(super) fn check_bytes(bytes: &[u8], file: Option<&Path>) -> Result<(), ImportError> {
    // Workbooks have been read before.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(if has_extension(file, &["xls", "et"]) {
            ImportError::Damaged("XLS")
        } else {
            ImportError::OldWord
        });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ImportError::OldWord);
    }
    let named_text = has_extension(file, &["txt", "md", "markdown", "text"]);
    let magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    match magic {
        Some((_, what)) if !named_text => Err(refuse(*what)),
        _ => Ok(()),
    }
}

/// Refuses text that is data or markup rather than prose.
pub(super) fn check_text(text: &str, file: Option<&Path>) -> Result<(), ImportError> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if start.starts_with("<?xml") {
        return Err(refuse(XML));
    }
    if is_json(start) {
        return Err(refuse(JSON));
    }
    if has_extension(file, &["csv", "tsv"]) || is_csv(start) {
        return Err(refuse(CSV));
    }
    Ok(())
}

/// True if all of the text, or its first line, is one JSON array or object.
fn is_json(text: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    text.starts_with(['{', '['])
        && text.len() > 2
        && (json(text) || text.starts_with("{\"") && text.lines().next().is_some_and(json))
}

/// True if every line has the same number of commas, at least two, and hardly a full stop.
fn is_csv(text: &str) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let commas = |line: &&str| line.matches(',').count();
    let [first, second, third, ..] = lines.as_slice() else {
        return false;
    };
    let count = commas(first);
    count >= 2
        && [second, third].iter().all(|line| commas(line) == count)
        && lines
            .iter()
            .all(|line| commas(line) == count && !line.contains('。'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_named_with_what_to_do() {
        let told = |bytes: &[u8], file: &str| {
            let error = check_bytes(bytes, Some(Path::new(file))).err();
            error.map_or_else(String::new, |error| error.to_string())
        };
        assert!(told(b"\x89PNG\r\n", "a.png").contains("图片"));
        assert!(told(b"Rar!", "a.rar").contains("解压"));
        assert!(told(b"\xd0\xcf\x11\xe0", "a.wps").contains(".docx"));
        assert!(told(b"\xd0\xcf\x11\xe0", "a.xls").contains("XLS"));
        assert!(told(b"{\\rtf1", "a.doc").contains(".rtf"));
        // A text may begin with any letters.
        assert_eq!(told("BM是什么".as_bytes(), "a.txt"), "");
    }

    #[test]
    fn data_is_told_from_prose() {
        let told = |text: &str| {
            let error = check_text(text, None).err();
            error.map_or_else(String::new, |error| error.to_string())
        };
        assert!(told("[{\"question\":\"低保？\"}]").contains("JSONL"));
        assert!(told("{\n \"a\": 1\n}").contains("JSON"));
        assert!(told("{\"a_b\": 1}\n{\"a_b\": 2}").contains("JSON"));
        assert!(told("项目,标准,单位\n低保,730,元\n津贴,110,元").contains("CSV"));
        assert!(told("<?xml version=\"1.0\"?><w:wordDocument/>").contains("Word 2003"));
        for prose in [
            "[1]三抓三促：抓学习。",
            "各位代表:\n修路,供水,供电。\n全面推进,久久为功,再接再厉。",
            "[]",
        ] {
            assert_eq!(told(prose), "", "{prose}");
        }
        let csv = check_text("低保,730", Some(Path::new("低保.CSV")));
        assert!(csv.is_err());
    }
}
