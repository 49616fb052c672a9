//! Rows of tables.

use crate::paragraph::{Mark, Paragraph, Row, chars};

/// Longest caption of a table, in chars.
pub(super) const CAPTION: usize = 60;

/// A row with the names of its columns, empty ones if the table has no head.
pub(super) struct TableRow {
    pub(super) header: Vec<String>,
    pub(super) cells: Vec<String>,
}

/// Number of rows of the table that `paragraphs` begin with.
pub(super) fn rows(paragraphs: &[Paragraph]) -> usize {
    let below = paragraphs.iter().skip(1);
    1 + below.take_while(|p| p.mark.row == Row::Body).count()
}

/// The last of the `rows` of a table; `None` if that is its head.
pub(super) fn read(rows: &[Paragraph]) -> Option<TableRow> {
    let row = rows.last().filter(|row| row.mark.row != Row::Header)?;
    let mut cells = cells(&row.text);
    let head = rows.iter().rev().find(|row| row.mark.row != Row::Body);
    let mut header = match head.filter(|head| head.mark.row == Row::Header) {
        Some(head) => self::cells(&head.text),
        None => Vec::new(),
    };
    let columns = header.len().max(cells.len());
    header.resize(columns, String::new());
    cells.resize(columns, String::new());
    Some(TableRow { header, cells })
}

fn cells(text: &str) -> Vec<String> {
    text.split('\t')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// A livelihood project as an item: its name, what is done, and by whom.
pub(super) fn item(row: &TableRow) -> String {
    let named = row.header.iter().zip(&row.cells);
    let mut text = String::new();
    for (name, cell) in named.filter(|(name, cell)| !cell.is_empty() && !counts(name, cell)) {
        if text.is_empty() {
            text.push_str(cell);
        } else if ["单位", "部门", "时限", "时间", "领导"]
            .iter()
            .any(|word| name.contains(word))
        {
            text = format!("{}（{name}：{cell}）", text.trim_end_matches('。'));
        } else {
            text.push(if text.contains('：') { '，' } else { '：' });
            text.push_str(cell);
        }
    }
    text
}

/// True for a cell that only counts the rows.
fn counts(name: &str, cell: &str) -> bool {
    name.contains('序') && chars(name) <= 3 || name.is_empty() && cell.parse::<u32>().is_ok()
}

/// What introduces a list of livelihood projects below a heading: the names of its columns.
pub(super) fn intro(head: &Paragraph) -> String {
    let names = cells(&head.text)
        .into_iter()
        .filter(|cell| !cell.is_empty());
    if head.mark.row == Row::Header {
        format!("{}：", names.collect::<Vec<_>>().join("、"))
    } else {
        "民生实事：".to_owned()
    }
}

/// The paragraphs with nothing in the places of rows, so that no row is taken for a heading.
pub(super) fn without_rows(paragraphs: &[Paragraph]) -> Vec<Paragraph> {
    let hidden = |paragraph: &Paragraph| Paragraph {
        text: "。".to_owned(),
        line: paragraph.line,
        mark: Mark::default(),
    };
    let shown = |paragraph: &Paragraph| match paragraph.mark.row {
        Row::None => paragraph.clone(),
        Row::Header | Row::First | Row::Body => hidden(paragraph),
    };
    paragraphs.iter().map(shown).collect()
}

/// The paragraphs with rows as one line, without empty cells: the entries of a glossary are often a
/// table.
pub(super) fn without_gaps(paragraphs: &[Paragraph]) -> Vec<Paragraph> {
    let closed = |paragraph: &Paragraph| {
        if paragraph.mark.row == Row::None {
            return paragraph.clone();
        }
        let cells = paragraph
            .text
            .split('\t')
            .filter(|cell| !cell.trim().is_empty());
        Paragraph {
            text: cells.collect::<Vec<_>>().join("\t"),
            ..paragraph.clone()
        }
    };
    paragraphs.iter().map(closed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, row: Row) -> Paragraph {
        let mark = Mark {
            row,
            ..Mark::default()
        };
        Paragraph {
            mark,
            ..Paragraph::plain(text)
        }
    }

    #[test]
    fn a_row_has_the_names_of_its_columns() {
        let table = [
            row("项目\t标准", Row::Header),
            row("城市低保\t730元", Row::Body),
            row("农村低保\t", Row::Body),
            row("甲\t乙", Row::First),
        ];
        assert_eq!(rows(&table), 3);
        assert!(read(&table[..1]).is_none());
        let last = read(&table[..3]).expect("a row");
        assert_eq!(
            (last.header[1].as_str(), last.cells[1].as_str()),
            ("标准", "")
        );
        assert_eq!(read(&table).expect("a row").header, ["", ""]);
    }

    #[test]
    fn a_project_is_told_in_one_line() {
        let of = |header: &[&str], cells: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            item(&TableRow {
                header: owned(header),
                cells: owned(cells),
            })
        };
        assert_eq!(
            of(
                &["序号", "项目名称", "建设内容", "责任单位"],
                &["1", "农村饮水提升", "改造管网40公里", "县水务局"]
            ),
            "农村饮水提升：改造管网40公里（责任单位：县水务局）"
        );
        assert_eq!(of(&["", ""], &["2", "新建食堂5处"]), "新建食堂5处");
    }
}
