//! Tables for spreadsheets.

/// A table as a spreadsheet opens it: UTF-8 with a byte order mark, without which Excel takes it for GBK; lines
/// that end with CR LF, cells quoted as RFC 4180 has it.
///
/// A cell that begins like a formula gets an apostrophe in front: whoever asks a question chooses what stands
/// in a cell, and a spreadsheet would run it (CWE-1236).
#[derive(Debug, Clone)]
pub struct Csv(String);

impl Default for Csv {
    fn default() -> Self {
        Self("\u{feff}".to_owned())
    }
}

impl Csv {
    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            self.cell(cell.as_ref());
        }
        self.0.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        let is_quoted = cell.contains([',', '"', '\n', '\r']) || cell != cell.trim();
        if is_quoted {
            self.0.push('"');
        }
        if is_formula {
            self.0.push('\'');
        }
        self.0.push_str(&cell.replace('"', "\"\""));
        if is_quoted {
            self.0.push('"');
        }
    }

    /// The table.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of these cells, without byte order mark and end of line.
    fn row(cells: &[&str]) -> String {
        let mut csv = Csv::default();
        csv.row(cells);
        let table = csv.finish();
        let row = table.strip_prefix('\u{feff}').expect("it begins with one");
        row.strip_suffix("\r\n").expect("it ends so").to_owned()
    }

    #[test]
    fn plain_cells_stay_as_they_are() {
        assert_eq!(row(&["日期", "12", "", "a b"]), "日期,12,,a b");
        assert!(Csv::default().finish().starts_with('\u{feff}'));
    }

    #[test]
    fn commas_quotes_and_line_breaks_are_quoted() {
        assert_eq!(row(&["a,b", "说“好”"]), "\"a,b\",说“好”");
        assert_eq!(row(&["say \"hi\""]), "\"say \"\"hi\"\"\"");
        assert_eq!(row(&["两\n行", "两\r\n行"]), "\"两\n行\",\"两\r\n行\"");
        assert_eq!(row(&[" 空格 "]), "\" 空格 \"");
    }

    #[test]
    fn nothing_is_run_as_a_formula() {
        for (nasty, cell) in [
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("=\"a\",b", "\"'=\"\"a\"\",b\""),
            (
                "=HYPERLINK(\"http://x\")",
                "\"'=HYPERLINK(\"\"http://x\"\")\"",
            ),
            ("1-2", "1-2"),
        ] {
            assert_eq!(row(&[nasty]), cell, "{nasty:?}");
        }
    }
}
