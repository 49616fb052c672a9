//! Writes corpus files for [`read`](super::read()) to read.

use std::fmt::Write;

use time::Date;

use super::table;
use crate::{
    model::{BlockKind, Meta, Period},
    policy::{Amendment, Policy},
};

/// A corpus file and the lines of its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The whole file.
    pub text: String,
    /// Line of each block, in order, counted from 1.
    pub lines: Vec<usize>,
}

/// Writes a report as a corpus file.
///
/// A Markdown mark at the start of a text is made full-width rather than escaped: an escape is one more
/// thing for county staff to know.
#[must_use]
pub fn write<'a>(meta: &Meta, blocks: impl IntoIterator<Item = &'a BlockKind>) -> Written {
    let text = front_matter(meta);
    let mut writer = Writer {
        line: text.lines().count(),
        text,
        lines: Vec::new(),
        in_list: false,
        header: None,
    };
    for block in blocks {
        writer.block(block);
    }
    Written {
        text: writer.text,
        lines: writer.lines,
    }
}

struct Writer {
    text: String,
    /// Number of lines in `text`.
    line: usize,
    lines: Vec<usize>,
    in_list: bool,
    /// Names of the columns of the table being written.
    header: Option<Vec<String>>,
}

impl Writer {
    fn block(&mut self, block: &BlockKind) {
        if !matches!(block, BlockKind::TableRow { .. }) {
            self.header = None;
        }
        match block {
            BlockKind::Title(text) => self.paragraph("", &format!("# {}", text.trim())),
            BlockKind::Heading {
                level,
                text,
                period,
            } => {
                let marks = "#".repeat(usize::from(*level) + 1);
                let comment = period.map_or_else(String::new, |p| format!(" {}", comment(p)));
                self.paragraph("", &format!("{marks} {}{comment}", text.trim()));
            }
            BlockKind::Paragraph {
                text,
                lead,
                continues,
                period,
            } => {
                let mut above = period.map_or_else(String::new, |p| comment(p) + "\n");
                if *continues {
                    above.push_str("<!-- 接上段 -->\n");
                }
                let text = match text.split_at_checked(*lead) {
                    Some((lead, rest)) if !lead.is_empty() => {
                        format!("**{}**{rest}", starless(lead))
                    }
                    _ => plain(text),
                };
                self.paragraph(&above, &text);
            }
            BlockKind::LivelihoodItem { text } => self.item(&plain(text)),
            BlockKind::TableRow { header, cells } => self.row(header, cells),
            BlockKind::Entry {
                name,
                definition,
                aliases,
            } => {
                let mut entry = format!("**{}**：{definition}", starless(name));
                if !aliases.is_empty() {
                    entry.push_str(&format!(" <!-- 又称：{} -->", aliases.join("、")));
                }
                self.item(&entry);
            }
        }
    }

    /// Writes a blank line, `above`, and a paragraph.
    fn paragraph(&mut self, above: &str, text: &str) {
        self.text.push('\n');
        self.text.push_str(above);
        self.line += 1 + above.lines().count();
        self.line(text);
        self.in_list = false;
    }

    /// Writes a row, below the head of its table.
    fn row(&mut self, header: &[String], cells: &[String]) {
        if self.header.as_deref() != Some(header) {
            let head = format!("\n{}\n{}\n", table::row(header), table::rule(header.len()));
            self.text.push_str(&head);
            self.line += 3;
            self.header = Some(header.to_owned());
        }
        self.line(&table::row(cells));
        self.in_list = false;
    }

    fn item(&mut self, text: &str) {
        if !self.in_list {
            self.text.push('\n');
            self.line += 1;
        }
        self.line(&format!("- {text}"));
        self.in_list = true;
    }

    fn line(&mut self, text: &str) {
        self.line += 1;
        self.lines.push(self.line);
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// Replaces stars in text that goes between two `**`.
fn starless(text: &str) -> String {
    text.replace('*', "＊")
}

/// Makes sure that a paragraph or item does not begin with a mark.
fn plain(text: &str) -> String {
    // What reads it takes blanks off first.
    let text = text.trim_start();
    let marks = ["#", "- ", "**", "<!--"];
    let marked = marks.iter().any(|mark| text.starts_with(mark));
    match text.chars().next() {
        Some(first) if marked => {
            let wide = char::from_u32(first as u32 + 0xfee0).unwrap_or(first);
            let rest = &text[first.len_utf8()..];
            // `**` has a second mark to disarm.
            let rest = rest.replacen('*', "＊", usize::from(first == '*'));
            format!("{wide}{rest}")
        }
        _ => text.to_owned(),
    }
}

fn comment(period: Period) -> String {
    let period = match period {
        Period::Done(year) => format!("done {year}"),
        Period::Planned(year) => format!("planned {year}"),
        Period::Assessment => "assessment".to_owned(),
        Period::Undated => "undated".to_owned(),
    };
    format!("<!-- period: {period} -->")
}

fn front_matter(meta: &Meta) -> String {
    let mut yaml = String::from("---\n");
    let mut entry = |key: &str, value: &str| {
        if !value.is_empty() {
            writeln!(yaml, "{key}: {value}").expect("a string takes what is written to it");
        }
    };
    entry("title", &scalar(&meta.title));
    entry("place", &scalar(&meta.place));
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    entry("year", &year(meta.year));
    entry("review_year", &year(meta.review_year));
    entry("issuer", &scalar(&meta.issuer));
    entry("speaker", &scalar(&meta.speaker));
    let date = meta.delivered_on.map(|date| date.to_string());
    entry("delivered_on", &date.unwrap_or_default());
    entry("source", &scalar(&meta.source));
    entry("kind", meta.kind.name());
    policy(&meta.policy, &mut entry);
    yaml.push_str("---\n");
    yaml
}

/// The keys of a policy document.
fn policy(policy: &Policy, entry: &mut impl FnMut(&str, &str)) {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let names = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| item(name)).collect();
        match names.as_slice() {
            [] => String::new(),
            names => format!("[{}]", names.join(", ")),
        }
    };
    let number = |number: Option<i32>| number.map(|it| it.to_string()).unwrap_or_default();
    let amended: Vec<String> = policy.amends.iter().map(Amendment::written).collect();
    entry("doc_number", &scalar(&policy.doc_number));
    entry("issued_on", &date(policy.issued_on));
    entry("effective_on", &date(policy.effective_on));
    entry("expires_on", &date(policy.expires_on));
    entry("valid_years", &number(policy.valid_years.map(i32::from)));
    entry("for_year", &number(policy.for_year));
    entry("repeals", &names(&policy.repeals));
    entry("replaces", &names(&policy.replaces));
    entry("extends", &names(&policy.extends));
    entry("amends", &names(&amended));
    entry("based_on", &names(&policy.based_on));
    entry("department", &scalar(&policy.department));
    entry("phone", &scalar(&policy.phone));
    entry("also_called", &names(&policy.also_called));
}

/// An item of a list on one line, quoted where a sign would end it.
fn item(value: &str) -> String {
    let written = scalar(value);
    if written.starts_with('"') || !written.contains([',', '[', ']', '{', '}']) {
        written
    } else {
        format!("\"{written}\"")
    }
}

/// Formats `value` as a YAML scalar, quoted where necessary.
fn scalar(value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    // YAML 1.2 §5.1: characters that are not allowed even in quoted scalars.
    let forbidden = |c: char| c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let value: String = value.chars().filter(|c| !forbidden(*c)).collect();
    let safe = value
        .chars()
        .next()
        .is_none_or(|c| c.is_alphanumeric() && !value.contains(": ") && !value.contains(" #"))
        && !value.ends_with(':')
        && value.parse::<f64>().is_err()
        && !["true", "false", "null", "yes", "no"].contains(&value.to_lowercase().as_str());
    if safe {
        value
    } else {
        let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{escaped}\"")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use time::macros::date;

    use super::{super::read, *};
    use crate::model::DocumentKind;

    fn meta() -> Meta {
        Meta {
            title: "2024年通渭县政府工作报告".to_owned(),
            place: "通渭县".to_owned(),
            year: Some(2024),
            review_year: Some(2023),
            issuer: "通渭县人民政府".to_owned(),
            speaker: "通渭县人民政府县长 宗学谦".to_owned(),
            delivered_on: Some(date!(2024 - 01 - 21)),
            source: "https://www.tongwei.gov.cn/a?b=1: \"甲\" #1".to_owned(),
            kind: DocumentKind::WorkReport,
            policy: Policy::default(),
        }
    }

    #[test]
    fn what_a_policy_document_says_of_itself_is_read_back() {
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let meta = Meta {
            title: "安和县高龄津贴发放办法".to_owned(),
            year: None,
            review_year: None,
            kind: DocumentKind::Policy,
            policy: Policy {
                doc_number: "安政办发〔2025〕15号".to_owned(),
                issued_on: Some(date!(2025 - 03 - 20)),
                effective_on: Some(date!(2025 - 04 - 01)),
                expires_on: Some(date!(2027 - 12 - 31)),
                valid_years: Some(3),
                for_year: Some(2025),
                repeals: names(&["安政办发〔2020〕8号", "关于[老人]补贴, 试行的通知"]),
                replaces: names(&["安政发〔2019〕1号"]),
                extends: Vec::new(),
                amends: vec![Amendment::parse("安政办发〔2024〕2号 第五条")],
                based_on: names(&["甘政发〔2024〕6号"]),
                department: "安和县民政局".to_owned(),
                phone: "12345".to_owned(),
                also_called: names(&["老人补贴", "80岁补贴"]),
            },
            ..meta()
        };
        let written = write(&meta, &[BlockKind::Title(meta.title.clone())]);
        let (source, problems) = read(Path::new("a.md"), &written.text);
        assert_eq!(problems, [], "{}", written.text);
        assert_eq!(source.map(|source| source.meta), Some(meta));
    }

    #[test]
    fn signs_that_mean_something_to_yaml_or_markdown_do_not_get_through() {
        let meta = Meta {
            speaker: "县长\u{0}王\u{feff}某".to_owned(),
            ..meta()
        };
        let entry = BlockKind::Entry {
            name: "一**核*".to_owned(),
            definition: "一个核心。".to_owned(),
            aliases: Vec::new(),
        };
        let written = write(&meta, [&entry]);
        let (source, problems) = read(Path::new("a.md"), &written.text);
        assert_eq!(problems, []);
        let source = source.expect("the file is read");
        assert_eq!(source.meta.speaker, "县长王某");
        let BlockKind::Entry { name, .. } = &source.blocks[0].kind else {
            panic!("{:?} is no entry", source.blocks[0]);
        };
        assert_eq!(name, "一＊＊核＊");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let paragraph = |text: &str, lead: &str, continues, period| BlockKind::Paragraph {
            text: text.to_owned(),
            lead: lead.len(),
            continues,
            period,
        };
        let heading = |level, text: &str, period| BlockKind::Heading {
            level,
            text: text.to_owned(),
            period,
        };
        let item = |text: &str| BlockKind::LivelihoodItem {
            text: text.to_owned(),
        };
        let blocks = [
            BlockKind::Title("2024年通渭县政府工作报告".to_owned()),
            heading(1, "2024年重点工作", Some(Period::Planned(2024))),
            heading(2, "一、聚焦。", None),
            paragraph("坚定不移。", "", false, None),
            paragraph(
                "加快建设。持续深化。",
                "加快建设。",
                false,
                Some(Period::Undated),
            ),
            paragraph("办好民生实事：", "", false, None),
            item("一是修路。"),
            item("二是供水。"),
            paragraph("我们将努力。", "", true, None),
            heading(1, "有关用语说明：", None),
            BlockKind::Entry {
                name: "“三抓三促”行动".to_owned(),
                definition: "抓学习。".to_owned(),
                aliases: vec!["三抓".to_owned()],
            },
        ];
        let written = write(&meta(), &blocks);
        let (source, problems) = read(Path::new("a.md"), &written.text);
        assert_eq!(problems, []);
        let source = source.expect("readable");
        assert_eq!(source.meta, meta());
        let kinds: Vec<BlockKind> = source.blocks.iter().map(|b| b.kind.clone()).collect();
        assert_eq!(kinds, blocks);
        let lines: Vec<usize> = source.blocks.iter().map(|b| b.line).collect();
        assert_eq!(lines, written.lines);
    }

    #[test]
    fn markdown_marks_are_disarmed() {
        assert_eq!(plain("# 一"), "＃ 一");
        assert_eq!(plain("**一"), "＊＊一");
        assert_eq!(plain("- 一"), "－ 一");
        assert_eq!(plain("\u{3000}- 一"), "－ 一");
        assert_eq!(plain("——2024年"), "——2024年");
    }
}
