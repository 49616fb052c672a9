//! Whole files with ruled tables, written by a small generator.

use encoding_rs::GB18030;

use super::read;
use crate::{paragraph::Row, split::Split};

/// A file with these pages, whose font is in GBK.
fn pdf(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|n| format!("{} 0 R", 4 + 2 * n))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            pages.len(),
            kids.join(" ")
        ),
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H>>".to_owned(),
    ];
    for (n, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * n
        ));
        objects.push(format!(
            "<</Length {}>>stream\n{page}\nendstream",
            page.len()
        ));
    }
    let mut file = String::from("%PDF-1.5\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = file.len();
    file.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF",
        objects.len() + 1
    ));
    file.into_bytes()
}

/// Text at a place of the page, 10 points high.
fn text(x: i32, y: i32, text: &str) -> String {
    let (bytes, _, _) = GB18030.encode(text);
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("BT /F 10 Tf {x} {y} Td <{hex}> Tj ET\n")
}

/// A line that is stroked.
fn stroke(from: (i32, i32), to: (i32, i32)) -> String {
    format!("{} {} m {} {} l S\n", from.0, from.1, to.0, to.1)
}

/// Edges of the columns of a table.
const COLUMNS: [i32; 4] = [80, 180, 330, 500];

/// The lines of a table with its first row below `top`, of rows 40 points high.
fn lines(top: i32, rows: i32) -> String {
    let level = (0..=rows).map(|n| stroke((80, top - 40 * n), (500, top - 40 * n)));
    let upright = COLUMNS.map(|x| stroke((x, top), (x, top - 40 * rows)));
    level.chain(upright).collect()
}

/// A row of a table, its cells in one line or in two.
fn row(top: i32, cells: [&[&str]; 3]) -> String {
    let lines = |(column, cell): (usize, &&[&str])| -> String {
        let place = |n: i32| top - 14 - 14 * n;
        let lines = (0..).zip(cell.iter());
        lines
            .map(|(n, line)| text(COLUMNS[column] + 6, place(n), line))
            .collect()
    };
    cells.iter().enumerate().map(lines).collect()
}

const HEAD: [&[&str]; 3] = [&["类别"], &["保障对象"], &["标准"]];
const CITY: [&[&str]; 3] = [
    &["城市低保"],
    &["共同生活的家庭成员人", "均收入低于标准的居民"],
    &["每人每月730元"],
];
const VILLAGE: [&[&str]; 3] = [
    &["农村低保"],
    &["家庭人均纯收入低于标", "准的农村居民"],
    &["每人每年6120元"],
];
const OLD: [&[&str]; 3] = [&["高龄津贴"], &["八十周岁以上老年人"], &["每人每月96元"]];

/// Rows with their cells parted by |, and paragraphs.
fn shown(split: &Split) -> Vec<String> {
    let shown = split.paragraphs.iter().map(|p| match p.mark.row {
        Row::None => p.text.clone(),
        row => format!("{row:?} {}", p.text.replace('\t', "|")),
    });
    shown.collect()
}

const TABLE: [&str; 4] = [
    "Header 类别|保障对象|标准",
    "Body 城市低保|共同生活的家庭成员人均收入低于标准的居民|每人每月730元",
    "Body 农村低保|家庭人均纯收入低于标准的农村居民|每人每年6120元",
    "Body 高龄津贴|八十周岁以上老年人|每人每月96元",
];

#[test]
fn cells_between_lines_may_hold_several_lines() {
    let page = [
        text(80, 760, "一、提高社会救助标准。各项标准从今年一月起执行："),
        lines(700, 4),
        row(700, HEAD),
        row(660, CITY),
        row(620, VILLAGE),
        row(580, OLD),
        text(80, 500, "二、扩大保障范围。低保边缘家庭纳入救助。"),
    ];
    let split = read(&pdf(&[page.concat()])).expect("a sound file");
    let shown = shown(&split);
    assert_eq!(shown[1..5], TABLE);
    assert!(shown[5].starts_with("二、扩大保障范围"), "{shown:?}");
}

#[test]
fn borders_may_be_rectangles_and_forms_be_moved() {
    let cells = (0..4).flat_map(|n| {
        COLUMNS.windows(2).map(move |edges| {
            // In a system of coordinates of its own, upside down and half as large.
            let (x, y) = ((edges[0] - 80) * 2, 80 * n);
            format!("{x} {y} {} 80 re S\n", (edges[1] - edges[0]) * 2)
        })
    });
    let cells: String = cells.collect();
    let page = [
        format!("q 0.5 0 0 -0.5 80 700 cm\n{cells}Q\n"),
        row(700, HEAD),
        row(660, CITY),
        row(620, VILLAGE),
        row(580, OLD),
    ];
    let split = read(&pdf(&[page.concat()])).expect("a sound file");
    assert_eq!(shown(&split), TABLE);
}

#[test]
fn a_table_goes_on_on_the_next_page() {
    let first = [
        text(80, 760, "提高社会救助标准，各项标准从今年一月起执行："),
        lines(160, 2),
        row(160, HEAD),
        row(120, CITY),
        text(290, 40, "— 1 —"),
    ];
    let second = [
        lines(760, 3),
        row(760, HEAD),
        row(720, VILLAGE),
        row(680, OLD),
        text(80, 500, "扩大保障范围，低保边缘家庭纳入救助。"),
        text(290, 40, "— 2 —"),
    ];
    let split = read(&pdf(&[first.concat(), second.concat()])).expect("a sound file");
    assert_eq!(shown(&split)[1..5], TABLE);
    let left_out: Vec<&str> = split.left_out.iter().map(|l| l.text.as_str()).collect();
    assert!(
        left_out.contains(&"（下一页重复的表头）类别 保障对象 标准"),
        "{left_out:?}"
    );
}

#[test]
fn text_in_a_frame_is_text() {
    let page = [
        "70 500 450 200 re S\n".to_owned(),
        text(
            80,
            660,
            "各位代表：现在，我代表县人民政府，向大会报告工作。",
        ),
        text(80, 640, "请予审议，并请列席人员提出意见。"),
        stroke((80, 630), (200, 630)),
    ];
    let split = read(&pdf(&[page.concat()])).expect("a sound file");
    assert!(split.paragraphs.iter().all(|p| p.mark.row == Row::None));
}
