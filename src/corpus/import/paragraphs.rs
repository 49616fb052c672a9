//! Text to paragraphs: lines, or pieces of a line that runs them together.
//!
//! Web pages saved as text often come as one line in which a single space is all that is left of
//! a paragraph's end: `…提出意見。 2023年工作回顧 2023年是…`.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

use super::{boilerplate, dense, wrap};

/// How a paragraph was set in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Level of a heading (`#`, `h1`, a heading style), 1 outermost; 0 for text.
    pub(super) heading: u8,
    /// Chars at the start of the text that are bold; all of them in a bold line.
    pub(super) bold: usize,
}

/// A paragraph as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Without Markdown marks or spaces around it; never empty.
    pub(super) text: String,
    /// Line of the file, counted from 1; for files without lines the paragraph's number.
    pub(super) line: usize,
    /// How it was set.
    pub(super) mark: Mark,
}

#[cfg(test)]
impl Paragraph {
    /// A paragraph of a Markdown line.
    pub(super) fn marked(line: &str) -> Self {
        split(line).paragraphs.remove(0)
    }
}

/// Something in the file that is not part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What stood there.
    pub text: String,
}

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
    /// There were more than [`MOST`] paragraphs and lines left out.
    pub(super) overflows: bool,
}

/// Paragraphs and lines left out that a file may have.
const MOST: usize = 100_000;

/// Longer lines may be several paragraphs run together, in chars.
const LONG: usize = 300;

pub(super) fn split(text: &str) -> Split {
    let mut split = Split::default();
    let body = split.front_matter(text);
    if let Some(lines) = wrap::printed(text).filter(|_| body == 0) {
        for paragraph in wrap::join(&lines) {
            split.add_line(paragraph.line, &paragraph.text, Mark::default());
        }
        return split;
    }
    for (n, line) in text.lines().enumerate().skip(body) {
        split.line(n + 1, line);
    }
    split
}

impl Split {
    /// Takes what is useful from front matter; gives the number of lines it takes.
    fn front_matter(&mut self, text: &str) -> usize {
        let mut lines = text.lines();
        if lines.next().map(str::trim_end) != Some("---") {
            return 0;
        }
        let Some(length) = lines.clone().position(|line| line.trim_end() == "---") else {
            return 0;
        };
        for line in lines.take(length) {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            match key.trim() {
                "title" => self.title = Some(value),
                "source" => self.source = Some(value),
                _ => {}
            }
        }
        length + 2
    }

    fn line(&mut self, line: usize, text: &str) {
        let text = text.trim();
        if text.starts_with("<!--") && text.ends_with("-->") {
            self.leave_out(line, text);
            return;
        }
        let (text, mark) = unmark(text);
        self.add_line(line, &text, mark);
    }

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
        self.overflows |= self.paragraphs.len() + self.left_out.len() >= MOST;
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

/// Tags that Markdown files borrow from HTML, pictures, and the targets of links.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"</?(?:b|strong|center|p|u|i|em|font|span|div|sup|sub|br|h[1-6]|B|STRONG|CENTER|P|U|FONT|SPAN|DIV|BR)(?:\s[^<>]{0,200})?/?>|!\[[^\]]*\]\([^)]*\)|\\([.*_#()\[\]!+\-])|\[([^\]]{1,80})\]\((?:https?:|/|#|\./)[^)]*\)",
    )
    .expect("the pattern is tested")
});
static BOLD_TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("</?(?:b|strong|B|STRONG)>").expect("the pattern is tested"));

/// A line without Markdown's marks, and what they said of it; without what the reader of corpus
/// files would take for a comment.
fn unmark(line: &str) -> (String, Mark) {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let bare = &line[hashes..];
    let is_heading = hashes > 1 || (hashes == 1 && bare.starts_with([' ', '\u{3000}']));
    let heading = if is_heading {
        u8::try_from(hashes).unwrap_or(6)
    } else {
        0
    };
    let line = if is_heading { bare.trim_start() } else { line };
    let line = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .unwrap_or(line);
    let line = line.strip_prefix("> ").unwrap_or(line);
    let line = if line.contains(['<', '[', '\\']) {
        let bold = BOLD_TAG.replace_all(line, "**");
        TAGS.replace_all(&bold, "$1$2").into_owned()
    } else {
        line.to_owned()
    };
    let line = cells(line.trim());
    let line = line.trim();
    let bold = bold_chars(line);
    let text = line
        .replace("**", "")
        .replace("__", "")
        .replace("<!--", "〈!--");
    (text, Mark { heading, bold })
}

/// A row of a table as its cells, divided by tabs.
fn cells(line: &str) -> String {
    let row = line.len() > 2 && line.starts_with('|') && line.ends_with('|');
    if !row {
        return line.to_owned();
    }
    let cells = line.trim_matches('|').split('|').map(str::trim);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    if cells
        .iter()
        .all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')))
    {
        return String::new();
    }
    cells.join("\t")
}

/// Chars of the bold opening of a line: `**…**`, pieces that follow each other joined.
fn bold_chars(line: &str) -> usize {
    let mut rest = line;
    let mut bold = 0;
    while let Some(inside) = rest.strip_prefix("**")
        && let Some((inside, after)) = inside.split_once("**")
    {
        bold += inside.chars().count();
        rest = after;
    }
    bold
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

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let paragraphs = split(text).paragraphs;
        paragraphs.into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn a_line_that_runs_on_is_split_at_spaces() {
        let long = "深入贯彻落实党的二十大精神。".repeat(30);
        let text = format!("报告 县长 王 伟 各位代表: {long} 2023年工作回顾 {long} |");
        let paragraphs = texts(&text);
        assert_eq!(paragraphs[..4], ["报告", "县长", "王伟", "各位代表:"]);
        assert_eq!(paragraphs.len(), 7);
        assert_eq!(split(&text).left_out[0].text, "|");
    }

    #[test]
    fn an_ordinary_line_is_a_paragraph() {
        assert_eq!(
            texts("---\ntitle: 甲\n---\n\n**一、回顾**\n\n白银市市长 张旭晨\n<!-- 编者 -->\n"),
            ["一、回顾", "白银市市长 张旭晨"]
        );
    }
}
