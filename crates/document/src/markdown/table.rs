//! Rows of tables: `| 城市低保 | 730元 |`.

/// True for a line that is a row of a table.
pub(super) fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// True for the line below the head of a table: `| --- | --- |`.
pub(super) fn is_rule(line: &str) -> bool {
    line.contains("---") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row, at least `columns`; what there is more belongs to the last one.
pub(super) fn cells(line: &str, columns: usize) -> Vec<String> {
    let inside = line.strip_prefix('|').unwrap_or(line);
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    let most = if columns == 0 { usize::MAX } else { columns };
    let cells = inside.splitn(most, '|').map(|cell| cell.trim().to_owned());
    let mut cells: Vec<String> = cells.collect();
    cells.resize(cells.len().max(columns), String::new());
    cells
}

/// A row as it is written; a `|` within a cell is made full-width.
pub(super) fn row(cells: &[String]) -> String {
    let cells = cells
        .iter()
        .map(|cell| cell.trim().replace('|', "｜").replace(['\n', '\r'], " "));
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// The line below the head of a table with so many columns.
pub(super) fn rule(columns: usize) -> String {
    format!("|{}", " --- |".repeat(columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let written = row(&["".into(), "a|b".into(), "730元".into()]);
        assert_eq!(written, "|  | a｜b | 730元 |");
        assert!(is_row(&written) && !is_rule(&written));
        assert_eq!(cells(&written, 3), ["", "a｜b", "730元"]);
        assert!(is_rule(&rule(3)) && is_row(&rule(3)));
    }

    #[test]
    fn rows_have_as_many_cells_as_there_are_columns() {
        assert_eq!(cells("| a |", 2), ["a", ""]);
        assert_eq!(cells("| a | b | c |", 2), ["a", "b | c"]);
    }
}
