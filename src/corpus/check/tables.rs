//! Tables that are not read as such: rows between `|`, and columns made of blanks or tabs.

use super::finding::Doubt;
use crate::corpus::{Block, BlockKind};

/// Fewest rows of columns made of blanks.
const ROWS: usize = 3;
/// Longest cell between blanks, in characters.
const CELL: usize = 20;
/// Lines between two rows at most: corpus files have an empty one between paragraphs.
const APART: usize = 2;

/// How a paragraph looks like a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// `| 城市低保 | 730元 |`, with any of the signs that look like `|`.
    Barred,
    /// `城市低保 | 730元`, of so many columns.
    Parted(usize),
    /// `城市低保    730元`, of so many columns.
    Spaced(usize),
}

/// A table that was read as paragraphs.
#[derive(Debug)]
struct Unread {
    row: Row,
    first: usize,
    last: usize,
    rows: usize,
}

/// Tables that were read as paragraphs, each with the line of its first row.
pub(super) fn unread(blocks: &[Block]) -> Vec<(usize, Doubt)> {
    let mut tables: Vec<Unread> = Vec::new();
    for block in blocks {
        let BlockKind::Paragraph { text, .. } = &block.kind else {
            continue;
        };
        let Some(row) = row(text) else {
            continue;
        };
        match tables.last_mut() {
            Some(table) if table.row == row && block.line - table.last <= APART => {
                table.rows += 1;
                table.last = block.line;
            }
            _ => tables.push(Unread {
                row,
                first: block.line,
                last: block.line,
                rows: 1,
            }),
        }
    }
    let doubts = tables.into_iter().filter_map(|table| {
        let doubt = match table.row {
            Row::Barred => Doubt::UnreadRows(table.rows),
            Row::Parted(_) if table.rows >= 2 => Doubt::UnreadRows(table.rows),
            Row::Spaced(_) if table.rows >= ROWS => Doubt::UnreadColumns(table.rows),
            Row::Parted(_) | Row::Spaced(_) => return None,
        };
        Some((table.first, doubt))
    });
    doubts.collect()
}

fn row(text: &str) -> Option<Row> {
    let is_bar = |c: char| matches!(c, '|' | '｜' | '│' | '┃');
    let bars = text.chars().filter(|c| is_bar(*c)).count();
    if bars >= 2 && text.starts_with(is_bar) && text.ends_with(is_bar) {
        return Some(Row::Barred);
    }
    let short = |cell: &str| cell.chars().count() <= CELL && !cell.ends_with(['。', '；', '！']);
    let parted: Vec<&str> = text.split(is_bar).collect();
    if bars > 0 && parted.iter().all(|cell| short(cell.trim())) {
        return Some(Row::Parted(parted.len()));
    }
    let cells = cells(text);
    (cells.len() >= 2 && cells.iter().all(|cell| short(cell))).then_some(Row::Spaced(cells.len()))
}

/// What stands between tabs and runs of blanks.
fn cells(text: &str) -> Vec<&str> {
    let wide = text
        .split(['\t', '\u{3000}'])
        .flat_map(|piece| piece.split("  "));
    wide.map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::corpus::markdown;

    fn doubts(body: &str) -> Vec<(usize, Doubt)> {
        let text = format!("---\ntitle: 标准\nplace: 安和县\nyear: 2025\n---\n{body}");
        let (source, _) = markdown::read(Path::new("a.md"), &text);
        unread(&source.expect("sound").blocks)
    }

    #[test]
    fn rows_without_a_line_below_the_head_are_no_table() {
        assert_eq!(
            doubts("| 项目 | 标准 |\n| 城市低保 | 730元 |\n| 农村低保 | 510元 |\n"),
            [(6, Doubt::UnreadRows(3))]
        );
        // An empty line ends a table.
        assert_eq!(
            doubts(
                "| 项目 | 标准 |\n| --- | --- |\n| 城市低保 | 730元 |\n\n| 农村低保 | 510元 |\n"
            ),
            [(10, Doubt::UnreadRows(1))]
        );
        assert_eq!(
            doubts("｜项目｜标准｜\n｜低保｜730元｜\n"),
            [(6, Doubt::UnreadRows(2))]
        );
        assert_eq!(
            doubts("项目 | 标准\n--- | ---\n城市低保 | 730元\n"),
            [(6, Doubt::UnreadRows(3))]
        );
        assert_eq!(doubts("首页 | 政务公开\n\n各位代表：\n"), []);
        assert_eq!(
            doubts("| 项目 | 标准 |\n| --- | --- |\n| 城市低保 | 730元 |\n"),
            []
        );
    }

    #[test]
    fn columns_of_blanks_are_no_table() {
        assert_eq!(
            doubts("项目\t标准\n\n城市低保\t730元\n\n农村低保\t510元\n"),
            [(6, Doubt::UnreadColumns(3))]
        );
        assert_eq!(
            doubts("项目    标准\n城市低保    730元\n农村低保    510元\n特困    980元\n"),
            [(6, Doubt::UnreadColumns(4))]
        );
        // A speaker, and two sentences.
        assert_eq!(doubts("县长　　张三\n\n各位代表：\n"), []);
        assert_eq!(
            doubts("修路十二公里。  架桥三座。\n修路十二公里。  架桥三座。\n修路。  架桥。\n"),
            []
        );
    }
}
