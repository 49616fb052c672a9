//! A paragraph of a file in any format, with its formatting.

/// Formatting of a paragraph in the source file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Level of a heading (`#`, `h1`, a heading style), 1 outermost; 0 for text.
    pub(crate) heading: u8,
    /// Number of bold chars at the start of the text.
    pub(crate) bold: usize,
    /// Whether it is a row of a table.
    pub(crate) row: Row,
}

/// Rows of tables; their cells are parted by tabs and may be empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Row {
    /// No row but a paragraph.
    #[default]
    None,
    /// The head: the names of the columns of the rows below.
    Header,
    /// The first row of a table without a head.
    First,
    /// A row below another one.
    Body,
}

/// A paragraph as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Without Markdown marks or spaces around it; never empty.
    pub(crate) text: String,
    /// Line of the file, counted from 1; in formats without lines, the paragraph number.
    pub(crate) line: usize,
    /// Its formatting.
    pub(crate) mark: Mark,
}

/// Length in chars.
pub(crate) fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
impl Paragraph {
    /// A paragraph without formatting.
    pub(crate) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            line: 1,
            mark: Mark::default(),
        }
    }

    /// A paragraph whose bold opening is written `**…**`.
    pub(crate) fn marked(line: &str) -> Self {
        let bold = line
            .strip_prefix("**")
            .and_then(|rest| rest.split_once("**"));
        let mark = Mark {
            heading: 0,
            bold: bold.map_or(0, |(bold, _)| bold.chars().count()),
            ..Mark::default()
        };
        Self {
            mark,
            ..Self::plain(&line.replace("**", ""))
        }
    }
}
