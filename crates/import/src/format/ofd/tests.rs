use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::read;
use crate::{error::ImportError, paragraph::Row, split::Split};

const ROOT: &str = r#"<ofd:OFD xmlns:ofd="o" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;

fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a new entry");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// A file of these pages, all with the same template.
fn ofd(pages: &[String], template: &str) -> Vec<u8> {
    let listed = (0..pages.len())
        .map(|n| format!("<ofd:Page ID=\"{n}\" BaseLoc=\"Pages/Page_{n}/Content.xml\"/>"));
    let document = format!(
        "<ofd:Document xmlns:ofd=\"o\"><ofd:CommonData><ofd:TemplatePage ID=\"9\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>{}</ofd:Pages></ofd:Document>",
        listed.collect::<String>()
    );
    let page = |content: &str| {
        format!(
            "<ofd:Page xmlns:ofd=\"o\"><ofd:Template TemplateID=\"9\" ZOrder=\"Background\"/><ofd:Content><ofd:Layer><ofd:PageBlock>{content}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
        )
    };
    let mut entries = vec![
        ("OFD.xml".to_owned(), ROOT.to_owned()),
        ("Doc_0/Document.xml".to_owned(), document),
        ("Doc_0/Tpls/Tpl_0/Content.xml".to_owned(), page(template)),
    ];
    for (n, content) in pages.iter().enumerate() {
        entries.push((format!("Doc_0/Pages/Page_{n}/Content.xml"), page(content)));
    }
    let entries = entries
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    zipped(&entries.collect::<Vec<_>>())
}

/// A text object of 5 mm characters whose upper left corner is here.
fn text(x: f32, y: f32, text: &str) -> String {
    let steps = text.chars().count() - 1;
    let delta = if steps > 0 {
        format!(" DeltaX=\"g {steps} 5\"")
    } else {
        String::new()
    };
    format!(
        "<ofd:TextObject ID=\"1\" Boundary=\"{x} {y} 100 6\" Font=\"3\" Size=\"5\"><ofd:FillColor Value=\"0 0 0\"/><ofd:TextCode X=\"0\" Y=\"4.4\"{delta}>{text}</ofd:TextCode></ofd:TextObject>"
    )
}

/// The characters of a text, each as an object of its own.
fn apart(x: f32, y: f32, line: &str) -> String {
    let chars = line.chars().enumerate();
    let objects = chars.map(|(n, c)| text(x + 5.0 * n as f32, y, &c.to_string()));
    // Programs may write them in any order.
    objects.collect::<Vec<_>>().into_iter().rev().collect()
}

fn line(from: (f32, f32), to: (f32, f32)) -> String {
    format!(
        "<ofd:PathObject ID=\"2\" Boundary=\"{} {} {} {}\" LineWidth=\"0.3\"><ofd:AbbreviatedData>M 0 0 L {} {}</ofd:AbbreviatedData></ofd:PathObject>",
        from.0,
        from.1,
        to.0 - from.0,
        to.1 - from.1,
        to.0 - from.0,
        to.1 - from.1
    )
}

fn shown(split: &Split) -> Vec<String> {
    let shown = split.paragraphs.iter().map(|p| match p.mark.row {
        Row::None => p.text.clone(),
        row => format!("{row:?} {}", p.text.replace('\t', "|")),
    });
    shown.collect()
}

#[test]
fn files_of_ofdrw_read_as_they_were_written() {
    let file = include_bytes!("../../../../../tests/fixtures/formats/ofdrw.ofd");
    let written = include_str!("../../../../../tests/fixtures/formats/expected.txt");
    let read = shown(&read(file).expect("sound"));
    let close = |line: &str| line.replace(' ', "");
    let written: String = written.lines().map(close).collect();
    assert_eq!(
        read.iter().map(|line| close(line)).collect::<String>(),
        written
    );
}

#[test]
fn lines_are_joined_into_paragraphs_and_running_heads_left_out() {
    let full = "坚持稳中求进工作总基调完整准确全面贯彻新发展理念加快构建新发展";
    let page = |n: usize, ends: &str| {
        [
            text(60.0, 10.0, "某县政府工作报告"),
            apart(35.0, 30.0, &full[..full.len() - 6]),
            text(25.0, 40.0, full),
            apart(25.0, 50.0, ends),
            text(95.0, 280.0, &format!("— {n} —")),
        ]
        .concat()
    };
    let pages = [page(1, "格局。"), page(2, "格局吧。"), page(3, "格局了。")];
    let split = read(&ofd(&pages, &text(60.0, 20.0, "青禾县人民政府文件"))).expect("sound");
    let shown = shown(&split);
    assert_eq!(shown[0], "青禾县人民政府文件");
    assert_eq!(shown.len(), 4, "{shown:?}");
    let joined = format!("{}{full}格局。", &full[..full.len() - 6]);
    assert_eq!(shown[1], joined);
    let left_out: Vec<(usize, &str)> = split
        .left_out
        .iter()
        .map(|l| (l.line, l.text.as_str()))
        .collect();
    assert_eq!(left_out.len(), 6);
    assert_eq!(left_out[..2], [(1, "某县政府工作报告"), (1, "— 1 —")]);
}

#[test]
fn tables_are_read_with_or_without_lines() {
    let cells = [
        ["项目", "标准"],
        ["城市低保", "730元"],
        ["农村低保", "510元"],
    ];
    let mut page = text(25.0, 20.0, "低保标准如下：");
    for (r, row) in cells.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            page += &text(32.0 + 60.0 * c as f32, 42.0 + 10.0 * r as f32, cell);
        }
    }
    let rows = [
        "Header 项目|标准",
        "Body 城市低保|730元",
        "Body 农村低保|510元",
    ];
    let plain = read(&ofd(&[page.clone()], "")).expect("sound");
    assert_eq!(shown(&plain)[1..], rows);
    for n in 0..4 {
        let y = 40.0 + 10.0 * n as f32;
        page += &line((30.0, y), (150.0, y));
    }
    for x in [30.0, 90.0, 150.0] {
        page += &line((x, 40.0), (x, 70.0));
    }
    let ruled = read(&ofd(&[page], "")).expect("sound");
    assert_eq!(shown(&ruled)[1..], rows);
}

#[test]
fn what_is_not_shown_or_stands_across_is_no_text() {
    let hidden = text(25.0, 60.0, "看不见").replace("Size", "Visible=\"false\" Size");
    let across = text(25.0, 90.0, "内部资料").replace("Size", "CTM=\"0.7 -0.7 0.7 0.7 0 0\" Size");
    let clip = "<ofd:PathObject Boundary=\"0 0 9 9\"><ofd:Clips><ofd:Clip><ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 L 9 9 B x</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips></ofd:PathObject>";
    let page = [&text(25.0, 30.0, "修路。"), &hidden, &across, clip].concat();
    let split = read(&ofd(&[page], "")).expect("sound");
    assert_eq!(shown(&split), ["修路。"]);
    assert!(split.left_out[0].text.contains("内部资料"));
}

#[test]
fn scans_and_files_that_are_encrypted_or_damaged_are_told() {
    let picture =
        "<ofd:ImageObject ID=\"3\" ResourceID=\"4\" Boundary=\"0 0 210 297\"/>".to_owned();
    assert_eq!(read(&ofd(&[picture], "")).err(), Some(ImportError::Scanned));
    let unknown = text(25.0, 30.0, "\u{e001}\u{e002}\u{e003}");
    assert_eq!(read(&ofd(&[unknown], "")).err(), Some(ImportError::Scanned));
    let root = ("OFD.xml", ROOT);
    assert_eq!(
        read(&zipped(&[root])).err(),
        Some(ImportError::Damaged("OFD"))
    );
    let locked = zipped(&[
        root,
        ("Doc_0/Encryptions.xml", ""),
        ("Doc_0/Document.dat", ""),
    ]);
    assert_eq!(read(&locked).err(), Some(ImportError::Locked));
    let empty = read(&ofd(&[], "")).expect("sound");
    assert!(empty.paragraphs.is_empty());
}

#[test]
fn hostile_files_are_refused() {
    let refused = |page: String| read(&ofd(&[page], "")).err();
    assert_eq!(
        refused(" ".repeat(64 * 1024 * 1024)),
        Some(ImportError::TooLarge)
    );
    assert_eq!(
        refused("<a>".repeat(100_000)),
        Some(ImportError::Damaged("OFD"))
    );
    assert_eq!(
        refused("<!DOCTYPE a>".to_owned()),
        Some(ImportError::Damaged("OFD"))
    );
    assert_eq!(
        refused(text(0.0, 0.0, "甲").repeat(210_000)),
        Some(ImportError::TooLarge)
    );
    let far = text(25.0, 30.0, "修路。").replace("Boundary=\"25", "Boundary=\"1e39");
    assert_eq!(refused(far.replace("g 2 5", "g 999999999999 NaN")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_page_is_read(page in r#"(<ofd:(TextObject|TextCode|PathObject|AbbreviatedData|Clips|Template)( (Boundary|Size|CTM|X|DeltaX|DeltaY|HScale)="(1|-5 1e30 9 9|g 3 5|0 1 -1 0 0 0)"){0,3}/?>|</ofd:(TextObject|TextCode|PathObject|AbbreviatedData)>|M 0 0 L 5 5 C|修路。){0,30}"#) {
        let _ = read(&ofd(&[page], ""));
    }

    #[test]
    fn any_damage_is_survived(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = ofd(&[text(25.0, 30.0, "修路。")], "");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }
}
