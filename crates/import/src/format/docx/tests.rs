use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::read;
use crate::error::ImportError;

fn docx(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a new entry");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="3"><w:basedOn w:val="2"/></w:style></w:styles>"#;
const NUMBERS: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
const BODY: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="3"/></w:pPr><w:r><w:t>2023年工作回顾</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>经济稳中有进。</w:t></w:r><w:r><w:t>增长7% &amp; 更多。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>农业</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>工业</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>民生改善。</w:t></w:r><w:del><w:r><w:t>删去</w:t></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>三抓三促</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>指抓学习。</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;

#[test]
fn styles_and_the_numbers_that_word_adds_are_read() {
    let bytes = docx(&[
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERS),
        ("word/document.xml", BODY),
    ]);
    let split = read(&bytes).expect("a sound document");
    let shown: Vec<String> = split
        .paragraphs
        .iter()
        .map(|p| {
            format!(
                "{} {} {}",
                p.mark.heading,
                p.mark.bold,
                p.text.replace('\t', "|")
            )
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    2 0 2023年工作回顾
    0 9 一、经济稳中有进。增长7% & 更多。
    0 0 （一）农业
    0 0 （二）工业
    0 0 二、民生改善。
    0 0 1|三抓三促|指抓学习。
    ");
}

#[test]
fn hostile_documents_are_refused() {
    let bomb = " ".repeat(64 * 1024 * 1024);
    let entities = r#"<!DOCTYPE a [<!ENTITY b "&c;&c;">]><w:document xmlns:w="w">&b;</w:document>"#;
    let deep = format!("<w:document xmlns:w=\"w\">{}", "<w:p>".repeat(100_000));
    let refused = |body: &str| read(&docx(&[("word/document.xml", body)])).err();
    assert_eq!(refused(&bomb), Some(ImportError::TooLarge));
    assert_eq!(refused(entities), Some(ImportError::Damaged("DOCX")));
    assert_eq!(refused(&deep), Some(ImportError::Damaged("DOCX")));
    let outside = docx(&[("../../etc/passwd", "root"), ("word/document.xml", BODY)]);
    assert!(read(&outside).is_ok());
    assert_eq!(
        read(&docx(&[("a.txt", "甲")])).err(),
        Some(ImportError::NotWord)
    );
    assert_eq!(
        read(b"PK\x03\x04").err(),
        Some(ImportError::Damaged("DOCX"))
    );
}
