//! Real reports in other clothes: whichever way parts, sections, lists and glossaries are set, the
//! same sentences stand under the same parts with the same periods, and the same terms are explained.

use std::{fmt::Write as _, path::Path};

use wenzheng::{
    corpus::{
        self, BlockKind, Document,
        import::{Imported, Options, import},
    },
    text::normalize::fold,
};

// Glossaries.
mod glossaries;
// Punctuation and other signs.
mod marks;
// Parts and sections.
mod parts;

const REPORTS: [&str; 12] = [
    "baiyin-2021",
    "dingxi-2021",
    "dingxi-2022",
    "dingxi-2023",
    "gannan-2021",
    "gansu-2020",
    "gansu-2021",
    "gansu-2022",
    "gansu-2023",
    "gansu-2024",
    "qingyang-2021",
    "wuwei-2023",
];
/// Those with a glossary.
const EXPLAINED: [&str; 4] = ["baiyin-2021", "gannan-2021", "qingyang-2021", "wuwei-2023"];

/// A report as its paragraphs.
struct Report {
    title: String,
    paragraphs: Vec<Paragraph>,
    /// What the report itself is when it is imported as it stands.
    document: Document,
}

struct Paragraph {
    text: String,
    kind: Kind,
}

#[derive(PartialEq)]
enum Kind {
    Part,
    /// （一）… with this many bytes of heading, in front of its text.
    Section(usize),
    Text,
}

fn imported(text: &str, what: &str) -> Imported {
    import(text.as_bytes(), &Options::default()).unwrap_or_else(|error| panic!("{what}: {error}"))
}

fn document(imported: &Imported) -> Document {
    let loaded = corpus::load_texts(&[("a.md", &imported.text)]).expect("what is imported loads");
    loaded.corpus.documents[0].clone()
}

impl Report {
    fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reports");
        let raw = std::fs::read_to_string(folder.join(format!("{name}.md"))).expect("a fixture");
        let found = imported(&raw, name);
        let parts: Vec<&str> = found
            .blocks
            .iter()
            .filter_map(|block| match block {
                BlockKind::Heading { level: 1, text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let body = raw.splitn(3, "---\n").nth(2).expect("front matter");
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for line in body.lines().map(|line| line.replace("**", "")) {
            let text = line.trim().to_owned();
            if text.contains("名词解释") {
                break;
            }
            if text.is_empty() || text.starts_with("<!--") {
                continue;
            }
            let kind = if parts.contains(&text.as_str()) {
                Kind::Part
            } else {
                section(&text).map_or(Kind::Text, Kind::Section)
            };
            paragraphs.push(Paragraph { text, kind });
        }
        Self {
            title: found.meta.title.clone(),
            document: document(&found),
            paragraphs,
        }
    }

    /// The report with each part and section written by these, and `glossary` below.
    fn written(
        &self,
        part: impl Fn(usize, &str) -> String,
        section: impl Fn(&str, &str) -> String,
        glossary: &str,
    ) -> String {
        let mut out = format!("{}\n", self.title);
        let mut parts = 0;
        for paragraph in &self.paragraphs {
            let text = &paragraph.text;
            let written = match paragraph.kind {
                Kind::Part => {
                    parts += 1;
                    part(parts, unnumbered(text))
                }
                Kind::Section(end) => section(&text[..end], &text[end..]),
                Kind::Text => text.clone(),
            };
            let _ = writeln!(out, "{written}");
        }
        out + glossary
    }
}

/// Bytes of the heading （一）…。 that runs into its paragraph.
fn section(text: &str) -> Option<usize> {
    let (number, rest) = text.strip_prefix('（')?.split_once('）')?;
    let numbered = number.chars().all(|c| "一二三四五六七八九十".contains(c));
    let end = rest
        .find('。')
        .filter(|end| end + '。'.len_utf8() < rest.len())?;
    let end = text.len() - rest.len() + end + '。'.len_utf8();
    (numbered && text[..end].chars().count() <= 45).then_some(end)
}

fn unnumbered(text: &str) -> &str {
    let text = match text
        .strip_prefix('第')
        .and_then(|text| text.split_once("部分　"))
    {
        Some((_, rest)) => rest,
        None => text,
    };
    match text.split_once('、') {
        Some((number, rest)) if number.chars().all(|c| "一二三四五六".contains(c)) => rest,
        _ => text,
    }
}

/// Only what no layout changes.
fn bare(text: &str) -> String {
    let text = text.trim_start_matches(|c| "（一二三四五六七八九十）、".contains(c));
    let text = text.strip_prefix('是').unwrap_or(text);
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    fold(&text)
}

/// `n` below a hundred in Chinese numerals.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    tens + DIGITS[n % 10]
}

/// `text` with its figures and Latin letters in full width.
fn wide(text: &str) -> String {
    let wide = |c: char| match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '.' | '%' => {
            char::from_u32(u32::from(c) + 0xfee0).expect("a wide form")
        }
        _ => c,
    };
    text.chars().map(wide).collect()
}
