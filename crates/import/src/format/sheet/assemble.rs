//! Turns the sheets of a workbook into paragraphs and rows of tables.

use std::{collections::BTreeMap, ops::Range};

use wenzheng_text::Pattern;

use super::{
    book::{Sheet, column_name, short},
    view::{PLACES, View},
};
use crate::{
    error::ImportError,
    format::grid::{Grid, Piece},
    paragraph::{Mark, Row, chars},
    split::Split,
};

/// Names that programs give to sheets.
static PROGRAM_NAME: Pattern = Pattern::new(r"^(?i:sheet|工作表|表|table)\s*[(（]?[0-9]*[)）]?$");
/// What begins a remark below a table, or the line above it that names who filled it in.
static REMARK: Pattern = Pattern::new(
    r"^[（(]?(?:注|备注|说明|附注|单位|填报|填表|制表|审核|编制|联系|数据来源|资料来源|来源)[^：:]{0,10}[：:]",
);
/// 一、, （一）
static NUMBERED: Pattern =
    Pattern::new(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])");
/// Longest title, in chars.
const TITLE: usize = 60;
/// Texts of a hidden column that are told.
const TOLD: usize = 20;

/// The paragraphs of a workbook.
///
/// # Errors
/// As for [`View::of`].
pub(super) fn assemble(sheets: &[Sheet], format: &'static str) -> Result<Split, ImportError> {
    let mut split = Split::default();
    let mut shown = Vec::new();
    let mut places = PLACES;
    for sheet in sheets {
        if sheet.hidden {
            if !sheet.rows.is_empty() {
                split.leave_out(1, &format!("工作表《{}》是隐藏的", sheet.name));
            }
            continue;
        }
        let view = View::of(sheet, format, &mut places)?;
        leave_out_hidden(sheet, &mut split);
        if !view.rows.is_empty() {
            shown.push((sheet, view));
        }
    }
    for (n, (sheet, view)) in shown.iter().enumerate() {
        let mut pieces = pieces(sheet, view);
        let mut from = 0;
        // The title stands above everything else, the name of its sheet included.
        let first = pieces
            .first_mut()
            .filter(|_| n == 0 && view.texts(0).len() == 1);
        if let Some((line, title)) = first.filter(|(_, piece)| is_title(piece)) {
            title.mark.heading = 1;
            split.add_line(*line, &title.text, title.mark);
            from = 1;
        }
        if shown.len() > 1 && !PROGRAM_NAME.is_match(sheet.name.trim()) {
            let mark = Mark {
                heading: 2,
                ..Mark::default()
            };
            split.add_line(1, sheet.name.trim(), mark);
        }
        for (line, piece) in &pieces[from..] {
            split.add_line(*line, &piece.text, piece.mark);
        }
    }
    Ok(split)
}

/// Lists what is hidden in a sheet, and what is to be told of its cells.
fn leave_out_hidden(sheet: &Sheet, split: &mut Split) {
    let name = &sheet.name;
    for (row, cells) in &sheet.rows {
        if sheet.hidden_rows.contains(row) {
            let texts: Vec<&str> = cells.values().map(|text| text.trim()).collect();
            let texts = short(&texts.join("、"));
            let line = *row as usize + 1;
            let told = format!("工作表《{name}》第{line}行是隐藏的：{texts}");
            split.leave_out(line, &told);
        }
    }
    for (column, (row, texts)) in hidden_columns(sheet) {
        let texts = short(&texts.join("、"));
        let column = column_name(column);
        let told = format!("工作表《{name}》{column}列是隐藏的：{texts}");
        split.leave_out(row as usize + 1, &told);
    }
    for (row, remark) in &sheet.remarks {
        split.leave_out(*row as usize + 1, remark);
    }
    if sheet.more_remarks > 0 {
        let told = format!(
            "工作表《{name}》还有 {} 个单元格已留空，请在表里核对",
            sheet.more_remarks
        );
        split.leave_out(1, &told);
    }
}

/// The hidden columns that hold anything, each with its first row and its first texts.
fn hidden_columns(sheet: &Sheet) -> BTreeMap<u32, (u32, Vec<&str>)> {
    let mut columns: BTreeMap<u32, (u32, Vec<&str>)> = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        for (column, text) in cells {
            if sheet.hides_column(*column) {
                let (_, texts) = columns.entry(*column).or_insert((*row, Vec::new()));
                if texts.len() < TOLD {
                    texts.push(text.trim());
                }
            }
        }
    }
    columns
}

/// True for a paragraph that can be the title of a workbook.
fn is_title(piece: &Piece) -> bool {
    piece.mark.row == Row::None
        && chars(&piece.text) <= TITLE
        && !piece.text.contains(['：', ':', '。', '\t'])
        && !NUMBERED.is_match(&piece.text)
}

/// The paragraphs and rows of a sheet, each with the number of its row counted from 1.
fn pieces(sheet: &Sheet, view: &View) -> Vec<(usize, Piece)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for r in 1..=view.rows.len() {
        if r == view.rows.len() || begins_table(sheet, view, r) {
            table(view, from..r, &mut pieces);
            from = r;
        }
    }
    pieces
}

/// True for a title below an empty row: another table begins.
fn begins_table(sheet: &Sheet, view: &View, r: usize) -> bool {
    let mut between = view.rows[r - 1] + 1..view.rows[r];
    between.any(|row| !sheet.rows.contains_key(&row)) && view.texts(r).len() == 1
}

/// Adds a table, with the paragraphs above and below it.
fn table(view: &View, rows: Range<usize>, pieces: &mut Vec<(usize, Piece)>) {
    let beside = |r: &usize| {
        let texts = view.texts(*r);
        texts.len() == 1 || texts.iter().all(|text| REMARK.is_match(text.trim()))
    };
    let above = rows.clone().take_while(|r| beside(r)).count();
    let below = rows
        .clone()
        .skip(above)
        .rev()
        .take_while(|r| beside(r))
        .count();
    let inside = rows.start + above..rows.end - below;
    paragraphs(view, rows.start..inside.start, pieces);
    parts(view, inside.clone(), pieces);
    paragraphs(view, inside.end..rows.end, pieces);
}

/// Adds the rows of a table. One that names those below it (一、社会救助) stands above them as a
/// paragraph, and they have the head of the table once more.
fn parts(view: &View, rows: Range<usize>, pieces: &mut Vec<(usize, Piece)>) {
    let (names, rows): (Vec<usize>, Vec<usize>) = rows.partition(|r| names_others(view, *r));
    let grid = Grid {
        rows: rows.iter().map(|r| view.cells(*r)).collect(),
        headers: 0,
    };
    let of_table = grid.pieces(false);
    // The rows of a head have become one.
    let joined = rows.len().saturating_sub(of_table.len());
    let mut names = names.into_iter().peekable();
    let mut head: Option<(usize, Piece)> = None;
    let mut at = 0;
    let mut begins = true;
    for mut piece in of_table {
        if piece.mark.row == Row::Header {
            at += joined;
        }
        let row = rows.get(at).or(rows.last()).copied().unwrap_or(0);
        let line = view.rows[row] as usize + 1;
        at += 1;
        if piece.mark.row == Row::Header {
            head = Some((line, piece));
            continue;
        }
        while let Some(name) = names.next_if(|name| *name < row) {
            paragraphs(view, name..name + 1, pieces);
            begins = true;
        }
        if begins {
            pieces.extend(head.clone());
            if piece.mark.row == Row::Body && head.is_none() {
                piece.mark.row = Row::First;
            }
        }
        begins = false;
        pieces.push((line, piece));
    }
    for name in names {
        paragraphs(view, name..name + 1, pieces);
    }
}

/// True for a row within a table that is a name of those below it: a single cell as wide as the table,
/// or with a number.
fn names_others(view: &View, r: usize) -> bool {
    match view.texts(r).as_slice() {
        [name] => view.is_one_cell(r) || NUMBERED.is_match(name.trim()),
        _ => false,
    }
}

/// Adds every text of these rows as a paragraph.
fn paragraphs(view: &View, rows: Range<usize>, pieces: &mut Vec<(usize, Piece)>) {
    for r in rows {
        let line = view.rows[r] as usize + 1;
        for text in view.texts(r) {
            for text in text.lines().filter(|line| !line.trim().is_empty()) {
                let piece = Piece {
                    text: text.trim().to_owned(),
                    mark: Mark::default(),
                };
                pieces.push((line, piece));
            }
        }
    }
}
