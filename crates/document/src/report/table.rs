//! Rows of tables as sentences that can be read alone.

use wenzheng_text::{Pattern, Span};

use crate::model::Cell;

/// 单位：万元, （单位：元/月）
static UNIT: Pattern =
    Pattern::new("^[（(]?(?:计量|金额)?单位[:：]\\s*([^。；：:）)]{1,16})[）)]?$");
/// Longest caption of a table, in chars.
const CAPTION: usize = 40;

/// The paragraphs above a table that its rows are read with.
#[derive(Debug, Default)]
pub(super) struct Above {
    pub(super) caption: Option<String>,
    unit: Option<String>,
}

impl Above {
    /// Takes note of a paragraph, which may be the caption or the unit of a table below it.
    pub(super) fn paragraph(&mut self, text: &str) {
        if let Some(unit) = UNIT.captures(text) {
            self.unit = Some(unit[1].trim().to_owned());
            return;
        }
        let short = text.chars().count() <= CAPTION && !text.ends_with(['。', '！', '；', '，']);
        let caption = text.trim_end_matches(['：', ':']).to_owned();
        self.caption = short.then_some(caption);
        self.unit = None;
    }

    /// The row as a sentence, each cell after the name of its column: 项目：城市低保，标准：730元. Empty if
    /// all of its cells are. With it where each cell stands.
    pub(super) fn row(&self, header: &[String], cells: &[String]) -> (String, Vec<Cell>) {
        let (mut text, mut told): (String, Vec<Cell>) = (String::new(), Vec::new());
        let mut last = "";
        for (n, cell) in cells.iter().enumerate() {
            let name = header.get(n).map_or("", |name| name.trim_end_matches('：'));
            // A cell as wide as several columns of one name is said once.
            if cell.is_empty() || is_count(name) || (cell == last && name.is_empty()) {
                continue;
            }
            last = cell;
            if !text.is_empty() {
                text.push('，');
            }
            let start = text.len();
            text.push_str(name);
            let named = Span::new(start, text.len());
            if !name.is_empty() {
                text.push('：');
            }
            let start = text.len();
            text.push_str(cell);
            told.push(Cell {
                column: n,
                name: named,
                value: Span::new(start, text.len()),
            });
        }
        if let Some(unit) = self.unit.as_ref().filter(|_| !text.is_empty()) {
            text.push_str(&format!("（单位：{unit}）"));
        }
        (text, told)
    }
}

/// True for the name of a column that only counts the rows.
fn is_count(name: &str) -> bool {
    matches!(
        name.replace([' ', '\u{3000}'], "").as_str(),
        "序号" | "编号" | "No." | "NO."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_row_is_read_with_its_head_and_its_unit() {
        let mut above = Above::default();
        above.paragraph("2025年社会救助标准：");
        above.paragraph("（单位：元/月）");
        let header = owned(&["序号", "类别", "项目", "标准", "备注"]);
        let (row, cells) = above.row(&header, &owned(&["1", "社会救助", "城市低保", "730", ""]));
        assert_eq!(
            row,
            "类别：社会救助，项目：城市低保，标准：730（单位：元/月）"
        );
        let cells: Vec<_> = cells
            .iter()
            .map(|cell| (cell.column, cell.name.of(&row), cell.value.of(&row)))
            .collect();
        assert_eq!(
            cells,
            [
                (1, "类别", "社会救助"),
                (2, "项目", "城市低保"),
                (3, "标准", "730")
            ]
        );
        assert_eq!(above.caption.as_deref(), Some("2025年社会救助标准"));
        above.paragraph("以上标准自1月1日起执行。");
        assert_eq!((above.caption, above.unit), (None, None));
    }

    #[test]
    fn without_a_head_the_cells_are_the_row() {
        let (row, _) = Above::default().row(&owned(&["", ""]), &owned(&["城市低保", "730元"]));
        assert_eq!(row, "城市低保，730元");
        let (row, cells) = Above::default().row(&owned(&["甲"]), &owned(&[""]));
        assert_eq!((row.as_str(), cells.len()), ("", 0));
    }
}
