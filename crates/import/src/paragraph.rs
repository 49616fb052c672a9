//! A paragraph of a file in any format, and how it was set.

/// How a paragraph was set in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Level of a heading (`#`, `h1`, a heading style), 1 outermost; 0 for text.
    pub(crate) heading: u8,
    /// Chars at the start of the text that are bold; all of them in a bold line.
    pub(crate) bold: usize,
}

/// A paragraph as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Without Markdown marks or spaces around it; never empty.
    pub(crate) text: String,
    /// Line of the file, counted from 1; for files without lines the paragraph's number.
    pub(crate) line: usize,
    /// How it was set.
    pub(crate) mark: Mark,
}

#[cfg(test)]
impl Paragraph {
    /// Plain text, set in nothing.
    pub(crate) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            line: 1,
            mark: Mark::default(),
        }
    }

    /// A paragraph of a line whose bold opening stands between `**`.
    pub(crate) fn marked(line: &str) -> Self {
        let bold = line
            .strip_prefix("**")
            .and_then(|rest| rest.split_once("**"));
        let mark = Mark {
            heading: 0,
            bold: bold.map_or(0, |(bold, _)| bold.chars().count()),
        };
        Self {
            mark,
            ..Self::plain(&line.replace("**", ""))
        }
    }
}
