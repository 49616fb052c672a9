//! Reads a corpus file: front matter and blocks, with every problem found on the way.

mod write;

pub use write::{Written, write};

use std::path::Path;

use serde::Deserialize;
use time::{Date, macros::format_description};

use super::{
    Block, BlockKind, DocumentKind, Meta, Period,
    problem::{Fault, Problem},
};

/// What a corpus file holds, before passages are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The front matter.
    pub meta: Meta,
    /// The text in order.
    pub blocks: Vec<Block>,
}

/// Reads one corpus file; `file` is only used to say where a problem is.
///
/// Returns what could be read and every problem, warnings included; `None` when the front matter
/// is unusable.
#[must_use]
pub fn read(file: &Path, text: &str) -> (Option<Source>, Vec<Problem>) {
    let mut reader = Reader {
        file,
        problems: Vec::new(),
        blocks: Vec::new(),
        pending_period: None,
        pending_continues: false,
        level: 0,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    let (meta, body) = reader.front_matter(&lines);
    for (n, line) in lines.iter().enumerate().skip(body) {
        reader.line(n + 1, line.trim());
    }
    let source = meta.map(|meta| Source {
        meta,
        blocks: reader.blocks,
    });
    (source, reader.problems)
}

/// The keys as written; all optional so that every missing one is reported.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawMeta {
    title: Option<String>,
    place: Option<String>,
    year: Option<i32>,
    review_year: Option<i32>,
    issuer: Option<String>,
    speaker: Option<String>,
    delivered_on: Option<String>,
    source: Option<String>,
    kind: Option<String>,
}

struct Reader<'a> {
    file: &'a Path,
    problems: Vec<Problem>,
    blocks: Vec<Block>,
    pending_period: Option<Period>,
    pending_continues: bool,
    level: u8,
}

impl Reader<'_> {
    fn complain(&mut self, line: usize, fault: Fault) {
        self.problems.push(Problem::new(self.file, line, fault));
    }

    /// The front matter and the number of lines it takes.
    fn front_matter(&mut self, lines: &[&str]) -> (Option<Meta>, usize) {
        let closing = lines
            .iter()
            .skip(1)
            .position(|line| line.trim_end() == "---");
        let (Some(&"---"), Some(closing)) = (lines.first().map(|l| l.trim_end()).as_ref(), closing)
        else {
            self.complain(1, Fault::NoFrontMatter);
            return (None, 0);
        };
        let body = closing + 2;
        let yaml = lines[1..=closing].join("\n");
        if yaml.trim().is_empty() {
            self.complain(1, Fault::NoFrontMatter);
            return (None, body);
        }
        match serde_saphyr::from_str::<RawMeta>(&yaml) {
            Ok(raw) => (self.meta(raw, lines), body),
            Err(error) => {
                // The first line of the message is the complaint; the rest is a drawing of it.
                let message = error.to_string();
                let message = message.lines().next().unwrap_or_default().to_owned();
                let line = error
                    .location()
                    .map_or(1, |at| usize::try_from(at.line()).unwrap_or(0) + 1);
                self.complain(line, Fault::BadFrontMatter(message));
                (None, body)
            }
        }
    }

    fn meta(&mut self, raw: RawMeta, lines: &[&str]) -> Option<Meta> {
        let line_of = |key: &str| {
            let at = lines.iter().position(|line| line.starts_with(key));
            at.map_or(1, |at| at + 1)
        };
        let mut required = |key: &'static str, value: Option<String>| {
            let value = value.filter(|value| !value.trim().is_empty());
            if value.is_none() {
                self.complain(line_of(key), Fault::MissingKey(key));
            }
            value
        };
        let title = required("title", raw.title);
        let place = required("place", raw.place);
        let year = required("year", raw.year.map(|year| year.to_string()))
            .and_then(|year| year.parse::<i32>().ok());
        if let Some(year) = year
            && !(1949..=2200).contains(&year)
        {
            self.complain(
                line_of("year"),
                Fault::BadValue {
                    key: "year",
                    value: year.to_string(),
                    expected: "四位数的年份，例如 2024",
                },
            );
            return None;
        }
        let delivered_on = match raw.delivered_on.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(text) => {
                let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok();
                if date.is_none() {
                    self.complain(
                        line_of("delivered_on"),
                        Fault::BadValue {
                            key: "delivered_on",
                            value: text.to_owned(),
                            expected: "日期，例如 2024-01-21",
                        },
                    );
                }
                date
            }
        };
        let kind = match raw.kind.as_deref() {
            None | Some("" | "work-report") => DocumentKind::WorkReport,
            Some("faq") => DocumentKind::Faq,
            Some(other) => {
                self.complain(
                    line_of("kind"),
                    Fault::BadValue {
                        key: "kind",
                        value: other.to_owned(),
                        expected: "work-report 或 faq",
                    },
                );
                DocumentKind::WorkReport
            }
        };
        let year = year?;
        Some(Meta {
            title: title?,
            issuer: raw.issuer.unwrap_or_default(),
            speaker: raw.speaker.unwrap_or_default(),
            place: place?,
            year,
            review_year: raw.review_year.unwrap_or(year - 1),
            delivered_on,
            source: raw.source.unwrap_or_default(),
            kind,
        })
    }

    fn line(&mut self, line: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(damage) = damaged(text) {
            self.complain(line, Fault::Damaged(damage));
        }
        if let Some(comment) = comment(text) {
            self.comment(line, comment);
        } else if text.starts_with('#') {
            self.heading(line, text);
        } else if let Some(item) = text.strip_prefix("- ") {
            self.item(line, item.trim());
        } else {
            self.paragraph(line, text);
        }
    }

    fn push(&mut self, line: usize, kind: BlockKind) {
        self.blocks.push(Block { kind, line });
    }

    fn comment(&mut self, line: usize, comment: &str) {
        if comment == "接上段" {
            self.pending_continues = true;
        } else if let Some(written) = comment.strip_prefix("period:") {
            self.pending_period = self.period(line, written.trim());
        }
        // Any other comment is a note of the editors to themselves.
    }

    fn period(&mut self, line: usize, written: &str) -> Option<Period> {
        let (kind, year) = written.split_once(' ').unwrap_or((written, ""));
        let period = match (kind, year.trim().parse::<i32>()) {
            ("done", Ok(year)) => Some(Period::Done(year)),
            ("planned", Ok(year)) => Some(Period::Planned(year)),
            ("assessment", _) => Some(Period::Assessment),
            ("undated", _) => Some(Period::Undated),
            _ => None,
        };
        if period.is_none() {
            self.complain(line, Fault::BadPeriod(written.to_owned()));
        }
        period
    }

    fn heading(&mut self, line: usize, text: &str) {
        let hashes = text.chars().take_while(|c| *c == '#').count();
        let rest = text[hashes..].trim();
        let (rest, written) = match rest.split_once("<!--") {
            Some((rest, comment)) => (
                rest.trim(),
                comment
                    .trim_end_matches("-->")
                    .trim()
                    .strip_prefix("period:"),
            ),
            None => (rest, None),
        };
        let period = written.and_then(|written| self.period(line, written.trim()));
        if rest.is_empty() {
            self.complain(line, Fault::EmptyHeading);
            return;
        }
        let level = u8::try_from(hashes).unwrap_or(u8::MAX);
        if level == 1 {
            self.push(line, BlockKind::Title(rest.to_owned()));
            return;
        }
        let level = level - 1;
        if level > self.level + 1 || level > 3 {
            self.complain(line, Fault::HeadingSkips(rest.to_owned()));
        }
        self.level = level.min(3);
        self.push(
            line,
            BlockKind::Heading {
                level: self.level,
                text: rest.to_owned(),
                period,
            },
        );
    }

    fn item(&mut self, line: usize, item: &str) {
        if let Some(entry) = item.strip_prefix("**") {
            match entry_parts(entry) {
                Some((name, definition, aliases)) => self.push(
                    line,
                    BlockKind::Entry {
                        name,
                        definition,
                        aliases,
                    },
                ),
                None => self.complain(line, Fault::BadEntry),
            }
            return;
        }
        let follows_text = matches!(
            self.blocks.last().map(|block| &block.kind),
            Some(BlockKind::Paragraph { .. } | BlockKind::LivelihoodItem { .. })
        );
        if follows_text {
            self.push(
                line,
                BlockKind::LivelihoodItem {
                    text: item.to_owned(),
                },
            );
        } else {
            self.complain(line, Fault::ItemWithoutParagraph);
        }
    }

    fn paragraph(&mut self, line: usize, text: &str) {
        let (text, lead) = match text.strip_prefix("**") {
            None => (text.to_owned(), 0),
            Some(rest) => match rest.split_once("**") {
                Some((lead, rest)) => (format!("{lead}{rest}"), lead.len()),
                None => {
                    self.complain(line, Fault::UnclosedLead);
                    (rest.to_owned(), 0)
                }
            },
        };
        let kind = BlockKind::Paragraph {
            text,
            lead,
            continues: std::mem::take(&mut self.pending_continues),
            period: self.pending_period.take(),
        };
        self.push(line, kind);
    }
}

fn comment(text: &str) -> Option<&str> {
    Some(text.strip_prefix("<!--")?.strip_suffix("-->")?.trim())
}

/// `术语**：释义 <!-- 又称：甲、乙 -->` after the opening `**`.
fn entry_parts(entry: &str) -> Option<(String, String, Vec<String>)> {
    let (name, rest) = entry.split_once("**")?;
    let definition = rest.trim_start().strip_prefix(['：', ':'])?;
    let (definition, aliases) = match definition.split_once("<!--") {
        Some((definition, comment)) => {
            let names = comment.trim_end_matches("-->").trim();
            let names = names.strip_prefix("又称：").unwrap_or_default();
            let names = names
                .split('、')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            (definition, names.map(str::to_owned).collect())
        }
        None => (definition, Vec::new()),
    };
    let (name, definition) = (name.trim(), definition.trim());
    (!name.is_empty() && !definition.is_empty())
        .then(|| (name.to_owned(), definition.to_owned(), aliases))
}

/// A damaged spot with a little of what stands around it.
fn damaged(text: &str) -> Option<String> {
    let at = text.find(['□', '\u{fffd}']).or_else(|| text.find("??"))?;
    let before = text[..at].chars().rev().take(4).collect::<Vec<_>>();
    let around = before.into_iter().rev().chain(text[at..].chars().take(6));
    Some(around.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "---\ntitle: 某县报告\nplace: 某县\nyear: 2024\n---\n";

    fn problems(text: &str) -> Vec<String> {
        let (_, problems) = read(Path::new("a.md"), text);
        problems.iter().map(ToString::to_string).collect()
    }

    fn blocks(body: &str) -> Vec<BlockKind> {
        let (source, problems) = read(Path::new("a.md"), &format!("{HEAD}{body}"));
        assert_eq!(problems, []);
        source
            .expect("front matter is valid")
            .blocks
            .into_iter()
            .map(|b| b.kind)
            .collect()
    }

    #[test]
    fn a_bold_opening_is_the_lead_sentence() {
        assert_eq!(
            blocks("**加快健康通渭建设。**持续深化改革。"),
            [BlockKind::Paragraph {
                text: "加快健康通渭建设。持续深化改革。".into(),
                lead: "加快健康通渭建设。".len(),
                continues: false,
                period: None,
            }]
        );
    }

    #[test]
    fn an_entry_takes_its_aliases_from_the_comment() {
        assert_eq!(
            blocks(
                "## 有关用语说明：\n- **“三抓三促”行动**：抓学习促提升。 <!-- 又称：三抓、三促 -->"
            )[1],
            BlockKind::Entry {
                name: "“三抓三促”行动".into(),
                definition: "抓学习促提升。".into(),
                aliases: vec!["三抓".into(), "三促".into()],
            }
        );
    }

    #[test]
    fn a_comment_overrides_the_period() {
        let kinds =
            blocks("## 一年来 <!-- period: done 2023 -->\n<!-- period: undated -->\n完了。");
        assert!(matches!(
            kinds[0],
            BlockKind::Heading {
                period: Some(Period::Done(2023)),
                ..
            }
        ));
        assert!(matches!(
            kinds[1],
            BlockKind::Paragraph {
                period: Some(Period::Undated),
                ..
            }
        ));
    }

    #[test]
    fn every_problem_is_named_with_its_line_and_what_to_do() {
        insta::assert_snapshot!(
            problems(&format!("{HEAD}- 一是修路。\n#### 跳级\n**没完\n- **词** 释义\n##\n加□；\n<!-- period: soon -->")).join("\n"),
            @r"
        a.md:6: 清单前面没有引出它的段落。请把段落写在清单上面
        a.md:7: 标题跳级：跳级 上面没有上一级标题。请补上一级标题，或减少 # 的个数
        a.md:8: 段首的 ** 没有配对。请在主题句末尾补上 **
        a.md:9: 用语条目应写成“- **术语**：释义”。请补上冒号或释义
        a.md:10: 标题没有文字。请补上文字，或删去这一行
        a.md:11: 有损坏的文字“加□；”。请对照原文改正
        a.md:12: 时期注释“soon”看不懂。应为 done 2023、planned 2024、assessment 或 undated
        "
        );
    }

    #[test]
    fn missing_and_bad_front_matter_is_named() {
        assert_eq!(
            problems("正文"),
            ["a.md:1: 开头缺少两行 --- 之间的说明（title、place、year 等）。请补上，写法见 README"]
        );
        let text = problems("---\ntitle: 甲\nyear: 24\n---\n正文").join("\n");
        assert!(text.contains("a.md:1: 开头的说明缺少 place"), "{text}");
        assert!(text.contains("a.md:3: year 的内容“24”不对"), "{text}");
        let text = problems("---\ntitle: 甲\nplace: 乙\nyear: 二零\n---\n正文").join("\n");
        assert!(text.starts_with("a.md:4: 开头的说明有语法错误"), "{text}");
    }
}
