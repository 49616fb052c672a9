//! What a file is split into, whatever its format: paragraphs, and lines that are left out.
//!
//! Web pages saved as text often come as one line in which a single space is all that is left of
//! a paragraph's end: `…提出意見。 2023年工作回顾 2023年是…`.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

use super::{
    boilerplate, dense,
    limits::FILE_LINES,
    model::LeftOut,
    paragraph::{Mark, Paragraph},
};

/// What a file was split into.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) left_out: Vec<LeftOut>,
    /// The `title:` and `source:` of the file's own front matter.
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    /// Who published it, from a line 来源：….
    pub(super) publisher: Option<String>,
    /// There were more than [`FILE_LINES`] paragraphs and lines left out.
    pub(super) overflows: bool,
}

/// Longer lines may be several paragraphs run together, in chars.
const LONG: usize = 300;

impl Split {
    /// Adds a line of any format, which may be several paragraphs run together.
    pub(super) fn add_line(&mut self, line: usize, text: &str, mut mark: Mark) {
        let unseen = text.chars().take(mark.bold).filter(|c| is_unseen(*c));
        mark.bold -= unseen.count();
        let text = &without_unseen(text);
        if let Some(found) = GLOSSARY.captures(text).and_then(|found| found.get(1)) {
            self.add(line, found.as_str(), Mark::default());
            self.add_line(line, &text[found.end()..], Mark::default());
        } else if runs_together(text) {
            for piece in pieces(text) {
                for piece in dense::split(&piece) {
                    self.add(line, piece, Mark::default());
                }
            }
        } else if dense::is_report(text) {
            for piece in dense::split(text) {
                self.add(line, piece, Mark::default());
            }
        } else {
            self.add(line, text, mark);
        }
    }

    /// Adds a paragraph of any format; what has no letter in it is left out.
    pub(super) fn add(&mut self, line: usize, text: &str, mark: Mark) {
        let text = text.trim();
        if boilerplate::is_noise(text) {
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

    /// True when one more line can be taken; otherwise the file is refused.
    fn has_room(&mut self) -> bool {
        self.overflows |= self.paragraphs.len() + self.left_out.len() >= FILE_LINES;
        !self.overflows
    }

    /// Notes something that is not part of the report.
    pub(super) fn leave_out(&mut self, line: usize, text: &str) {
        if !self.has_room() {
            return;
        }
        self.left_out.push(LeftOut {
            line,
            text: text.to_owned(),
        });
    }
}

/// True for what web pages and editors leave between characters and nobody sees: joiners, marks of
/// direction and of byte order, soft hyphens.
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

/// Chars after which a paragraph can end.
const ENDS: [char; 12] = [
    '。', '！', '？', '：', '”', '；', '!', '?', ':', ';', ')', '）',
];

/// The heading of a glossary that runs into the first entry.
static GLOSSARY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^((?:附件?[0-9一二三四]?[：:]?)?[^，。；：:0-9]{0,14}(?:名词|用语|术语|注释|词语)[^，。；：:0-9]{0,6}[：:])\s*(?:1[.．、]|①|[（(]1[）)]|[\[【]1[】\]]|一、).*[。；]",
    )
    .expect("the pattern is tested")
});

fn runs_together(line: &str) -> bool {
    let ends = line
        .split([' ', '\u{3000}'])
        .filter(|piece| piece.ends_with(ENDS))
        .count();
    ends >= 3 && line.chars().count() > LONG
}

/// The paragraphs of a line that runs them together. A space inside of a foreign phrase or
/// between the two characters of a short name (`王 伟`) does not end a paragraph.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in line
        .split([' ', '\u{3000}', '\t'])
        .filter(|w| !w.is_empty())
    {
        let single =
            |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
        let joins = pieces.last().is_some_and(|last| {
            let foreign = last.ends_with(|c: char| c.is_ascii_alphabetic())
                && word.starts_with(|c: char| c.is_ascii_alphabetic());
            foreign || (single(last) && single(word))
        });
        match pieces.last_mut() {
            Some(last) if joins => {
                if word.is_ascii() {
                    last.push(' ');
                }
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}
