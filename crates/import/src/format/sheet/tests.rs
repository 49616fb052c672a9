use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{read_xls, read_xlsx};
use crate::{error::ImportError, paragraph::Row, split::Split};

/// Made by `make.py` beside them.
const OPENPYXL: &[u8] = include_bytes!("../../../tests/sheets/openpyxl.xlsx");
const LIBREOFFICE: &[u8] = include_bytes!("../../../tests/sheets/libreoffice.xlsx");
const LIBREOFFICE_XLS: &[u8] = include_bytes!("../../../tests/sheets/libreoffice.xls");
const XLWT: &[u8] = include_bytes!("../../../tests/sheets/xlwt.xls");
const XLWT_1904: &[u8] = include_bytes!("../../../tests/sheets/xlwt-1904.xls");

/// Paragraphs and rows with their lines, and what is left out.
fn shown(split: &Split) -> String {
    let paragraphs = split.paragraphs.iter().map(|p| {
        let kind = match (p.mark.row, p.mark.heading) {
            (Row::None, level) => "#".repeat(usize::from(level)),
            (row, _) => format!("{row:?}"),
        };
        format!("{} {kind} {}", p.line, p.text.replace('\t', "|"))
    });
    let left_out = split.left_out.iter();
    let left_out = left_out.map(|left_out| format!("- {} {}", left_out.line, left_out.text));
    paragraphs.chain(left_out).collect::<Vec<_>>().join("\n")
}

fn xlsx(bytes: &[u8]) -> String {
    shown(&read_xlsx(bytes).expect("a sound workbook"))
}

fn xls(bytes: &[u8]) -> String {
    shown(&read_xls(bytes).expect("a workbook").expect("a sound one"))
}

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/a.xml"/><Relationship Id="rId2" Type="t/styles" Target="/xl/s.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a new entry");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// A workbook with one sheet of this XML.
fn workbook(sheet: &str) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/s.xml", STYLES),
        ("xl/worksheets/a.xml", sheet),
    ])
}

/// A workbook with one sheet of these rows, each a text or a number per cell.
fn rows(rows: &[&str]) -> Vec<u8> {
    let mut xml = String::from("<worksheet><sheetData>");
    for (n, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        xml.push_str(&format!("<row r=\"{}\">", n + 1));
        for (column, text) in row
            .split('|')
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
        {
            let name = super::book::column_name(u32::try_from(column).expect("few"));
            xml.push_str(&format!(
                "<c r=\"{name}{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
                n + 1
            ));
        }
        xml.push_str("</row>");
    }
    workbook(&format!("{xml}</sheetData></worksheet>"))
}

#[test]
fn workbooks_of_openpyxl_read_as_they_are_displayed() {
    insta::assert_snapshot!(xlsx(OPENPYXL), @r"
    1 # 通渭县2024年社会救助标准一览表
    1 ## 标准
    2  填报单位：通渭县民政局
    4 Header 类别|项目|标准城市|标准农村|比例|执行日期|备注
    5 Body 社会救助|低保|730.00元|510.50元|85.0%|2024年1月1日|按月发放
    6 Body 社会救助|特困供养|949.00元|663.65元|7.5%|2024年7月15日|
    8 Body 老年福利|高龄津贴|1,100.00元|96.00元|100.0%|2023年12月31日|00123
    9 Body 临时救助|小额救助||300.00元|50.0%|随时|
    11  注：本表自印发之日起执行。
    1 ## 联系电话
    1 Header 单位|电话|周五上班
    2 Body 民政局|0932-5550000|TRUE
    3 Body 残联|0932-5551111|FALSE
    - 7 工作表《标准》第7行是隐藏的：隐藏的类别、旧标准、1.00元、2.00元、30.0%、2020年1月1日、不再执行
    - 3 工作表《标准》H列是隐藏的：经办、经办人张三
    - 9 工作表《标准》的单元格 C9 是错误值 #N/A，已留空
    - 9 工作表《标准》的单元格 G9 是划掉的文字，已留空：旧的规定
    - 1 工作表《底稿》是隐藏的
    ");
}

#[test]
fn workbooks_of_libreoffice_read_as_they_are_displayed() {
    insta::assert_snapshot!(xlsx(LIBREOFFICE), @r"
    1 # 通渭县2024年社会救助标准一览表
    1 ## 标准
    2  填报单位：通渭县民政局
    4 Header 类别|项目|标准城市|标准农村|比例|执行日期|备注
    5 Body 社会救助|低保|730.00元|510.50元|85.0%|2024年1月1日|按月发放
    6 Body 社会救助|特困供养|949.00元|663.65元|7.5%|2024年7月15日|
    8 Body 老年福利|高龄津贴|1,100.00元|96.00元|100.0%|2023年12月31日|00123
    9 Body 临时救助|小额救助||300.00元|50.0%|随时|
    11  注：本表自印发之日起执行。
    1 ## 联系电话
    1 Header 单位|电话|周五上班
    2 Body 民政局|0932-5550000|TRUE
    3 Body 残联|0932-5551111|FALSE
    - 7 工作表《标准》第7行是隐藏的：隐藏的类别、旧标准、1.00元、2.00元、30.0%、2020年1月1日、不再执行
    - 3 工作表《标准》H列是隐藏的：经办、经办人张三
    - 9 工作表《标准》的单元格 C9 是错误值 #N/A，已留空
    - 9 工作表《标准》的单元格 G9 是划掉的文字，已留空：旧的规定
    - 1 工作表《底稿》是隐藏的
    ");
    assert_eq!(xls(LIBREOFFICE_XLS), xlsx(LIBREOFFICE));
}

#[test]
fn old_workbooks_read_as_they_are_displayed() {
    insta::assert_snapshot!(xls(XLWT), @r"
    1 # 通渭县2024年社会救助标准一览表
    2  填报单位：通渭县民政局
    4 Header 类别|项目|标准城市|标准农村|比例|执行日期|备注
    5 Body 社会救助|低保|730.00元|510.50元|85.0%|2024年1月1日|按月发放
    6 Body 社会救助|特困供养|949.00元|663.65元|7.5%|2024年7月15日|
    8 Body 老年福利|高龄津贴|1,100.00元|96.00元|100.0%|2023年12月31日|00123
    10  注：本表自印发之日起执行。
    - 7 工作表《标准》第7行是隐藏的：隐藏的类别、旧标准、1.00元、2.00元、30.0%、2020年1月1日、不再执行
    - 5 工作表《标准》H列是隐藏的：经办人张三
    - 1 工作表《底稿》是隐藏的
    ");
    assert_eq!(xls(XLWT_1904), xls(XLWT));
}

#[test]
fn styles_dates_and_results_of_formulas_are_read_wherever_they_stand() {
    let sheet = r#"<worksheet><cols><col min="6" max="6" width="0"/></cols><sheetData>
        <row><c t="inlineStr"><is><t>项目</t></is></c><c t="inlineStr"><is><r><t>比</t></r><r><t>例</t></r><rPh><t>bili</t></rPh></is></c><c t="inlineStr"><is><t>日期</t></is></c><c t="str"><v>备注</v></c></row>
        <row><c t="str"><f>A9</f><v>低保</v></c><c s="1"><v>0.075</v></c><c s="2"><v>43830</v></c><c><f>1+1</f></c><c r="F2"><v>5</v></c></row>
        <row ht="0" customHeight="1"><c><v>3</v></c></row>
        <row r="5"><c r="A5" t="str"><v>津贴</v></c><c r="B5" s="1"><v>1</v></c><c r="C5" s="2"><v>-1</v></c><c r="D5" t="b"><v>1</v></c></row>
    </sheetData></worksheet>"#;
    insta::assert_snapshot!(xlsx(&workbook(sheet)), @r"
    1 Header 项目|比例|日期|备注
    2 Body 低保|7.5%|2024/1/1|
    5 Body 津贴|100.0%||TRUE
    - 3 工作表《Sheet1》第3行是隐藏的：3
    - 2 工作表《Sheet1》F列是隐藏的：5
    - 2 工作表《Sheet1》的单元格 D2 是公式，文件里没有存下结果，已留空；请用 Excel 或 WPS 打开并保存一次再试
    - 5 工作表《Sheet1》的单元格 C5 的数字格式（yyyy/m/d）无法按原样显示，已留空
    ");
}

#[test]
fn titles_and_remarks_stand_beside_tables() {
    let bytes = rows(&[
        "社会救助标准",
        "填报单位：民政局||单位：元",
        "项目|标准|备注",
        "低保|730|城市",
        "低保|510|",
        "注：按月发放。",
        "",
        "残疾人补贴",
        "类别|标准|部门",
        "困难|110|残联",
        "护理|120|残联",
        "",
        "护理|130|残联",
        "联系人：张三",
    ]);
    insta::assert_snapshot!(xlsx(&bytes), @r"
    1 # 社会救助标准
    2  填报单位：民政局
    2  单位：元
    3 Header 项目|标准|备注
    4 Body 低保|730|城市
    5 Body 低保|510|
    6  注：按月发放。
    8  残疾人补贴
    9 Header 类别|标准|部门
    10 Body 困难|110|残联
    11 Body 护理|120|残联
    13 Body 护理|130|残联
    14  联系人：张三
    ");
    let list = rows(&["目录", "一、总则。", "二、附则。"]);
    insta::assert_snapshot!(xlsx(&list), @r"
    1 # 目录
    2  一、总则。
    3  二、附则。
    ");
}

#[test]
fn names_of_rows_stand_above_them_and_the_head_is_repeated() {
    let bytes = rows(&[
        "序号|项目|标准",
        "一、社会救助",
        "1|城市低保|730",
        "2|农村低保",
        "（二）老年福利",
        "3|高龄津贴|96",
        "其他",
        "合计||826",
    ]);
    insta::assert_snapshot!(xlsx(&bytes), @r"
    2  一、社会救助
    1 Header 序号|项目|标准
    3 Body 1|城市低保|730
    4 Body 2|农村低保|
    5  （二）老年福利
    1 Header 序号|项目|标准
    6 Body 3|高龄津贴|96
    7 Body 其他||
    8 Body 合计||826
    ");
}

#[test]
fn hostile_workbooks_are_refused() {
    let refused = |sheet: &str| read_xlsx(&workbook(sheet)).err();
    let bomb = " ".repeat(64 * 1024 * 1024);
    assert_eq!(refused(&bomb), Some(ImportError::TooLarge));
    let damaged = Some(ImportError::Damaged("XLSX"));
    let deep = "<a>".repeat(100_000);
    assert_eq!(refused(&deep), damaged);
    assert_eq!(
        refused("<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>"),
        damaged
    );
    let cells = format!("<sheetData><row>{}", "<c><v>1</v></c>".repeat(1_100_000));
    assert_eq!(refused(&cells), None);
    let rows = format!(
        "<sheetData>{}",
        "<row><c><v>1</v></c></row>".repeat(1_100_000)
    );
    assert_eq!(refused(&rows), Some(ImportError::TooLarge));
    let merges = format!(
        "<mergeCells>{}",
        "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(200_000)
    );
    assert_eq!(refused(&merges), Some(ImportError::TooLarge));
    let columns = "<cols><col min=\"1\" max=\"4294967295\" hidden=\"1\"/></cols>".repeat(10_000);
    assert_eq!(refused(&format!("<worksheet>{columns}</worksheet>")), None);
    let far =
        "<sheetData><row r=\"4294967295\"><c r=\"ZZZZZ4294967295\"><v>1</v></c></row></sheetData>";
    assert_eq!(refused(far), None);
}

#[test]
fn what_is_no_readable_workbook_is_told() {
    let binary = read_xlsx(&zipped(&[("xl/workbook.bin", "")])).err();
    assert!(binary.is_some_and(|error| error.to_string().contains(".xlsb")));
    assert_eq!(
        read_xlsx(&zipped(&[("xl/a.xml", "")])).err(),
        Some(ImportError::Damaged("XLSX"))
    );
    assert!(read_xls(b"\xd0\xcf\x11\xe0").is_none());
    // The first record after the begin says that the rest is encrypted.
    let mut locked = XLWT.to_vec();
    let at = locked
        .windows(4)
        .position(|bytes| bytes == [0x09, 0x08, 0x10, 0x00]);
    let next = at.expect("a workbook") + 20;
    locked[next..next + 2].copy_from_slice(&[0x2f, 0]);
    let locked = read_xls(&locked).and_then(Result::err);
    assert_eq!(locked, Some(ImportError::Locked));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_damage_is_survived(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        for file in [OPENPYXL, XLWT, LIBREOFFICE_XLS] {
            let mut bytes = file.to_vec();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = read_xlsx(&bytes);
            let _ = read_xls(&bytes);
        }
    }

    #[test]
    fn any_sheet_is_read(sheet in r#"(<(row|c|v|f|is|t|col|mergeCell)( (r|t|s|ref|min|max|hidden)="(A1|B2:C9|s|b|e|1|2)"){0,2}/?>|</(row|c|v|is|t)>|1|0\.5|甲){0,40}"#) {
        let _ = read_xlsx(&workbook(&format!("<sheetData>{sheet}")));
    }
}
