//! Collects the paragraphs of a file in any format, and the lines left out.

use std::borrow::Cow;

use crate::{
    boilerplate,
    faq::Headings,
    limits::FILE_LINES,
    model::LeftOut,
    paragraph::{Mark, Paragraph, Row},
    radicals, single_line,
};

/// The paragraphs of a file, and what was left out.
#[derive(Debug, Default)]
pub(crate) struct Split {
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) left_out: Vec<LeftOut>,
    /// The `title:` and `source:` of the file's own front matter.
    pub(crate) title: Option<String>,
    pub(crate) source: Option<String>,
    /// The publisher named by a line 来源：….
    pub(crate) publisher: Option<String>,
    /// True if there were more than [`FILE_LINES`] paragraphs and left-out lines.
    pub(crate) overflows: bool,
    /// For questions with answers or single passages, the headings of every paragraph; `None` for a
    /// report, whose layout is recognised later.
    pub(crate) faq: Option<Vec<Headings>>,
}

impl Split {
    /// Adds a line, which may hold several paragraphs, or a row of a table.
    pub(crate) fn add_line(&mut self, line: usize, text: &str, mut mark: Mark) {
        if mark.row != Row::None {
            return self.add_row(line, text, mark);
        }
        let unseen = text.chars().take(mark.bold).filter(|c| is_unseen(*c));
        mark.bold -= unseen.count();
        let text = &without_unseen(text);
        let text = &radicals::fold(text);
        match single_line::split(text) {
            Some(pieces) => {
                for piece in pieces {
                    self.add(line, &piece, Mark::default());
                }
            }
            None => self.add(line, text, mark),
        }
    }

    /// Adds a row of a table, with the cells that are empty.
    fn add_row(&mut self, line: usize, text: &str, mark: Mark) {
        if self.has_room() {
            self.paragraphs.push(Paragraph {
                text: radicals::fold(&without_unseen(text)).into_owned(),
                line,
                mark,
            });
        }
    }

    /// Adds a paragraph; boilerplate and text without letters or digits are left out.
    pub(crate) fn add(&mut self, line: usize, text: &str, mark: Mark) {
        let text = text.trim();
        if boilerplate::is_boilerplate(text) {
            if let Some(source) = boilerplate::source(text) {
                self.publisher.get_or_insert(source);
            }
            self.leave_out(line, text);
        } else if text.chars().any(char::is_alphanumeric) && self.has_room() {
            self.paragraphs.push(Paragraph {
                text: text.to_owned(),
                line,
                mark,
            });
        } else if !text.is_empty() {
            self.leave_out(line, text);
        }
    }

    /// True if there is room for one more line; if not, the file will be refused.
    fn has_room(&mut self) -> bool {
        self.overflows |= self.paragraphs.len() + self.left_out.len() >= FILE_LINES;
        !self.overflows
    }

    /// Records a line that is not part of the report.
    pub(crate) fn leave_out(&mut self, line: usize, text: &str) {
        if !self.has_room() {
            return;
        }
        self.left_out.push(LeftOut {
            line,
            text: text.to_owned(),
        });
    }
}

/// True for invisible characters: zero-width joiners, direction and byte order marks, soft hyphens.
const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
    )
}

fn without_unseen(text: &str) -> Cow<'_, str> {
    if text.contains(is_unseen) {
        Cow::Owned(text.replace(is_unseen, ""))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boilerplate_and_lines_without_letters_are_left_out() {
        let mut split = Split::default();
        for (n, line) in ["各位代表：", "来源：某县人民政府", "——", "", "修路。"]
            .iter()
            .enumerate()
        {
            split.add_line(n + 1, line, Mark::default());
        }
        let kept: Vec<usize> = split.paragraphs.iter().map(|p| p.line).collect();
        assert_eq!(kept, [1, 5]);
        let left_out: Vec<usize> = split.left_out.iter().map(|l| l.line).collect();
        assert_eq!(left_out, [2, 3]);
        assert_eq!(split.publisher.as_deref(), Some("某县人民政府"));
    }

    #[test]
    fn invisible_characters_are_removed_and_not_counted_as_bold() {
        let mut split = Split::default();
        let mark = Mark {
            heading: 0,
            bold: 5,
            ..Mark::default()
        };
        split.add_line(1, "\u{feff}修\u{200b}路。供水。", mark);
        assert_eq!(split.paragraphs[0].text, "修路。供水。");
        assert_eq!(split.paragraphs[0].mark.bold, 3);
    }

    #[test]
    fn a_file_of_endless_lines_overflows() {
        let mut split = Split::default();
        for n in 0..=FILE_LINES {
            split.add(n, "修路。", Mark::default());
        }
        assert!(split.overflows);
        assert_eq!(split.paragraphs.len(), FILE_LINES);
    }
}
