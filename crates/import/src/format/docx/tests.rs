use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::read;
use crate::{error::ImportError, split::Split};

fn docx(entries: &[(&str, &str)]) -> Vec<u8> {
    let entries = entries.iter().map(|(name, text)| (*name, text.as_bytes()));
    zipped(&entries.collect::<Vec<_>>())
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a new entry");
        zip.write_all(text).expect("in memory");
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

/// A document of these paragraphs and tables.
fn body(content: &str) -> Split {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{content}</w:body></w:document>");
    read(&docx(&[
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERS),
        ("word/document.xml", &xml),
    ]))
    .expect("a sound document")
}

fn texts(split: &Split) -> Vec<String> {
    let texts = split.paragraphs.iter().map(|p| p.text.replace('\t', "|"));
    texts.collect()
}

fn left_out(split: &Split) -> Vec<&str> {
    split.left_out.iter().map(|l| l.text.as_str()).collect()
}

#[test]
fn struck_hidden_and_deleted_text_is_told_and_not_read() {
    let split = body(
        "<w:p><w:r><w:t>每月</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>460元</w:t></w:r><w:del><w:r><w:delText>380</w:delText></w:r></w:del><w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>510元。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部口径。</w:t></w:r></w:p>",
    );
    assert_eq!(texts(&split), ["每月510元。"]);
    assert_eq!(
        left_out(&split),
        [
            "（划掉的文字）460元",
            "（修订中删去的文字）380",
            "（隐藏的文字）内部口径。"
        ]
    );
}

#[test]
fn changes_that_wait_to_be_accepted_are_read_as_accepted() {
    let split = body(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>新建农村公路</w:t></w:r></w:p><w:p><w:r><w:t>120公里。</w:t></w:r></w:p><w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"3\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>这是正文。</w:t></w:r></w:p>",
    );
    assert_eq!(texts(&split), ["新建农村公路120公里。", "这是正文。"]);
    assert_eq!(split.paragraphs[1].mark.heading, 0);
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let inside = "<w:txbxContent><w:p><w:r><w:t>热线：0932。</w:t></w:r></w:p></w:txbxContent>";
    let split = body(&format!(
        "<w:p><w:r><w:t>新建12个，</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>覆盖八成。</w:t></w:r></w:p>"
    ));
    assert_eq!(texts(&split), ["新建12个，覆盖八成。", "热线：0932。"]);
}

#[test]
fn hyphens_readings_and_raised_figures_are_right() {
    let split = body(
        "<w:p><w:r><w:t>电话0932</w:t><w:noBreakHyphen/><w:t>110，</w:t><w:softHyphen/></w:r><w:r><w:ruby><w:rt><w:r><w:t>cuó</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>矬</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>里村3km</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r></w:p>",
    );
    assert_eq!(texts(&split), ["电话0932-110，矬里村3km²✓"]);
}

#[test]
fn a_table_keeps_its_merged_and_empty_cells_and_loses_deleted_rows() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let restart = "<w:vMerge w:val=\"restart\"/>";
    let rows = [
        cell("<w:gridSpan w:val=\"3\"/>", "单位：元"),
        [cell("", "类别"), cell("", "项目"), cell("", "标准")].concat(),
        [
            cell(restart, "社会救助"),
            cell("", "城市低保"),
            cell("", "730"),
        ]
        .concat(),
        [cell("<w:vMerge/>", ""), cell("", "农村低保"), cell("", "")].concat(),
        format!(
            "<w:trPr><w:del/></w:trPr>{}{}",
            cell("", "旧项目"),
            cell("", "9")
        ),
    ];
    let rows: String = rows
        .iter()
        .map(|row| format!("<w:tr>{row}</w:tr>"))
        .collect();
    let split = body(&format!(
        "<w:tbl>{rows}</w:tbl><w:p><w:r><w:t>注：按月。</w:t></w:r></w:p>"
    ));
    assert_eq!(
        texts(&split),
        [
            "单位：元",
            "类别|项目|标准",
            "社会救助|城市低保|730",
            "社会救助|农村低保|",
            "注：按月。"
        ]
    );
}

#[test]
fn parts_may_have_other_names_and_other_encodings() {
    let rels = r#"<Relationships><Relationship Type="http://x/officeDocument" Target="word/document2.xml"/></Relationships>"#;
    let xml = "<w:document xmlns:w=\"w\"><w:p><w:r><w:t>各位代表。</w:t></w:r></w:p></w:document>";
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(xml.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let bytes = zipped(&[
        ("_rels/.rels", rels.as_bytes()),
        ("word/document2.xml", &utf16),
    ]);
    assert_eq!(
        texts(&read(&bytes).expect("a sound document")),
        ["各位代表。"]
    );
}

#[test]
fn other_office_files_are_named() {
    for (entry, what) in [("ppt/presentation.xml", ".pptx"), ("content.xml", ".ods")] {
        let refused = read(&docx(&[(entry, "")])).expect_err("no document");
        assert!(refused.to_string().contains(what), "{refused}");
    }
}

#[test]
fn notes_stand_in_the_order_of_their_references() {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let reference = |id: usize| run(&format!("<w:footnoteReference w:id=\"{id}\"/>"));
    let text = |text: &str| run(&format!("<w:t>{text}</w:t>"));
    let body = format!(
        "<w:document xmlns:w=\"w\"><w:p>{}{}{}{}{}<w:del>{}</w:del>{}</w:p></w:document>",
        text("实施“三抓三促”"),
        reference(3),
        text("行动，发展飞地经济"),
        reference(2),
        text("，再抓“三抓三促”"),
        reference(4),
        reference(3),
    );
    let note = |attributes: &str, text: &str| {
        format!("<w:footnote {attributes}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>")
    };
    let notes = [
        note("w:type=\"separator\" w:id=\"0\"", "——"),
        note("w:id=\"1\"", "数字经济：以数据为要素。"),
        note("w:id=\"2\"", "飞地经济：跨区发展。"),
        note("w:id=\"3\"", "三抓三促：抓学习促提升。"),
        note("w:id=\"4\"", "旧提法：不再使用。"),
    ];
    let notes = format!(
        "<w:footnotes xmlns:w=\"w\">{}</w:footnotes>",
        notes.concat()
    );
    let split = read(&docx(&[
        ("word/document.xml", &body),
        ("word/footnotes.xml", &notes),
    ]))
    .expect("a sound document");
    assert_eq!(
        texts(&split)[1..],
        [
            "注释：",
            "[1]三抓三促：抓学习促提升。",
            "[2]飞地经济：跨区发展。",
            "[3]数字经济：以数据为要素。"
        ]
    );
    assert_eq!(left_out(&split), ["（修订中删去的文字）旧提法：不再使用。"]);
}
