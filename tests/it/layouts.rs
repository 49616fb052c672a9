//! Real reports in other clothes: whichever way parts, sections, lists and glossaries are set, the
//! same sentences stand under the same parts with the same periods, and the same terms are explained.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
    path::Path,
};

use wenzheng::{
    corpus::{
        self, BlockKind, Document, PassageKind, Period,
        import::{Imported, Mend, Options, import},
    },
    text::normalize::fold,
};

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

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// Only what no layout changes.
fn bare(text: &str) -> String {
    let text = text.trim_start_matches(|c| "（一二三四五六七八九十）、".contains(c));
    let text = text.strip_prefix('是').unwrap_or(text);
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    fold(&text)
}

/// Every sentence with its part and its time.
fn sentences(document: &Document) -> HashMap<String, (String, Period)> {
    let mut sentences = HashMap::new();
    for passage in &document.passages {
        if passage.kind == PassageKind::Entry {
            continue;
        }
        let part = passage.path.first().map_or("", |part| unnumbered(part));
        for sentence in &passage.sentences {
            let text = bare(sentence.span.of(&passage.text));
            sentences
                .entry(text)
                .or_insert((bare(part), sentence.period));
        }
    }
    sentences
}

fn same_sentences(report: &Report, text: &str, layout: &str, failed: &mut Vec<String>) {
    // A part that is told only by how it is set may be taken for a section.
    same_but_for(1.0 / 20.0, report, text, layout, failed);
}

/// Adds to `failed` when more than a share of the sentences stand elsewhere or tell of another time.
fn same_but_for(share: f64, report: &Report, text: &str, layout: &str, failed: &mut Vec<String>) {
    let what = format!("{} {layout}", report.document.meta.place);
    let found = document(&imported(text, &what));
    let (expected, meta) = (sentences(&report.document), &report.document.meta);
    assert_eq!(
        (&found.meta.place, found.meta.year),
        (&meta.place, meta.year),
        "{what}"
    );
    let headings: Vec<String> = report
        .paragraphs
        .iter()
        .filter_map(|paragraph| match paragraph.kind {
            Kind::Section(end) => Some(bare(&paragraph.text[..end])),
            Kind::Part | Kind::Text => None,
        })
        .collect();
    let found = sentences(&found);
    let all = expected
        .iter()
        .filter(|(text, _)| text.chars().count() >= 6 && !headings.contains(text));
    let all: Vec<_> = all.collect();
    let wrong: Vec<_> = all
        .iter()
        .filter(|(text, place)| found.get(*text) != Some(*place))
        .map(|(text, place)| (text, place, found.get(*text)))
        .collect();
    if wrong.len() as f64 > all.len() as f64 * share {
        failed.push(format!(
            "{what}: {} of {}, among them {:?}",
            wrong.len(),
            all.len(),
            wrong.first()
        ));
    }
}

/// The sections of a document with their parts, by what no layout changes.
fn sections(document: &Document) -> HashSet<(String, String)> {
    let paths = document
        .passages
        .iter()
        .map(|passage| passage.path.as_slice());
    let sections = paths.filter_map(|path| match path {
        [part, section, ..] => Some((bare(unnumbered(part)), bare(section))),
        _ => None,
    });
    sections.collect()
}

/// Numbers are all that is left of the layout.
#[test]
fn a_whole_report_may_stand_on_one_line_without_spaces() {
    let mut failed = Vec::new();
    for name in REPORTS {
        let report = Report::read(name);
        let numbered = report.written(
            |n, part| format!("{}、{part}", NUMERALS[n - 1]),
            |heading, text| format!("{heading}{text}"),
            "",
        );
        let text = numbered.replace('\n', "");
        same_but_for(0.1, &report, &text, "on one line", &mut failed);
        let found = sections(&document(&imported(&text, name)));
        let (mut all, mut missing) = (0, Vec::new());
        for section in sections(&report.document) {
            let is_told = report
                .paragraphs
                .iter()
                .any(|paragraph| match paragraph.kind {
                    Kind::Section(end) => bare(&paragraph.text[..end]) == section.1,
                    Kind::Part | Kind::Text => false,
                });
            if is_told {
                all += 1;
                missing.extend((!found.contains(&section)).then_some(section));
            }
        }
        if missing.len() * 10 > all {
            failed.push(format!("{name}: sections {missing:?} of {all}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn parts_and_sections_may_be_set_in_any_way() {
    let mut failed = Vec::new();
    for name in REPORTS {
        let report = Report::read(name);
        let run_in = |heading: &str, text: &str| format!("{heading}{text}");
        let plain = |_: usize, part: &str| part.to_owned();
        let bare_heading = |heading: &str| {
            let (_, heading) = heading.split_once('）').unwrap_or(("", heading));
            heading.trim_end_matches('。').to_owned()
        };
        let layouts = [
            ("plain", report.written(plain, run_in, "")),
            (
                "一、",
                report.written(|n, part| format!("{}、{part}", NUMERALS[n - 1]), run_in, ""),
            ),
            (
                "第一部分",
                report.written(
                    |n, part| format!("第{}部分　{part}", NUMERALS[n - 1]),
                    run_in,
                    "",
                ),
            ),
            (
                "第一部分 over its name",
                report.written(
                    |n, part| format!("第{}部分\n{part}", NUMERALS[n - 1]),
                    run_in,
                    "",
                ),
            ),
            (
                "Markdown",
                report.written(
                    |n, part| format!("\n## {}、{part}\n", NUMERALS[n - 1]),
                    |heading, text| format!("\n### {}\n\n{text}\n", heading.trim_end_matches('。')),
                    "",
                ),
            ),
            (
                "bold with a number",
                report.written(
                    |n, part| format!("**{}、{part}**", NUMERALS[n - 1]),
                    |heading, text| format!("**{}**\n{text}", heading.trim_end_matches('。')),
                    "",
                ),
            ),
            (
                "sections as 1.",
                report.written(
                    |n, part| format!("{}、{part}", NUMERALS[n - 1]),
                    |heading, text| {
                        let (number, heading) = heading
                            .trim_start_matches('（')
                            .split_once('）')
                            .expect("a number");
                        format!("{}.{heading}{text}", numerals(number))
                    },
                    "",
                ),
            ),
            (
                "centred",
                report.written(|_, part| format!("　　　　　　　　{part}"), run_in, ""),
            ),
            (
                "own line",
                report.written(
                    plain,
                    |heading, text| format!("{}\n{text}", heading.trim_end_matches('。')),
                    "",
                ),
            ),
            (
                "bold",
                report.written(
                    |_, part| format!("**{part}**"),
                    |heading, text| format!("**{heading}**{text}"),
                    "",
                ),
            ),
            (
                "bold without numbers",
                report.written(
                    |_, part| format!("**{part}**"),
                    |heading, text| format!("**{}**\n{text}", bare_heading(heading)),
                    "",
                ),
            ),
            (
                "slogans",
                report.written(
                    plain,
                    |heading, text| format!("{}\n{text}", bare_heading(heading)),
                    "",
                ),
            ),
            (
                "一、 within parts",
                report.written(
                    plain,
                    |heading, text| {
                        let heading = heading.trim_start_matches('（');
                        format!("{}{text}", heading.replacen('）', "、", 1))
                    },
                    "",
                ),
            ),
        ];
        // Here two parts in the middle neither say what they are nor have a number left: nothing
        // tells them from the sections around them.
        let untold = |layout: &str| {
            name == "dingxi-2021" && ["bold without numbers", "slogans"].contains(&layout)
        };
        for (layout, text) in layouts.iter().filter(|(layout, _)| !untold(layout)) {
            same_sentences(&report, text, layout, &mut failed);
        }
        let text = &layouts[0].1;
        same_sentences(&report, &text.replace('\n', " "), "one line", &mut failed);
        same_sentences(
            &report,
            &broken(text, 36),
            "broken at 36 characters",
            &mut failed,
        );
        let narrow = [
            ("，", ","),
            ("：", ":"),
            ("；", ";"),
            ("（", "("),
            ("）", ")"),
        ];
        let narrow = narrow.iter().fold(text.clone(), |text, (wide, narrow)| {
            text.replace(wide, narrow)
        });
        same_sentences(&report, &narrow, "narrow marks", &mut failed);
        let wide = |c: char| match c {
            '0'..='9' | 'A'..='Z' | 'a'..='z' | '.' | '%' => {
                char::from_u32(u32::from(c) + 0xfee0).expect("a wide form")
            }
            _ => c,
        };
        let wide: String = text.chars().map(wide).collect();
        same_sentences(&report, &wide, "full-width figures", &mut failed);
        let mut spaced = String::new();
        for c in text.chars() {
            let before = spaced.chars().last().unwrap_or('\n');
            let from_figure = before.is_ascii_digit() && c.is_alphabetic();
            if from_figure || (before.is_alphabetic() && c.is_ascii_digit()) {
                spaced.push(' ');
            }
            spaced.push(c);
        }
        same_sentences(&report, &spaced, "spaces beside digits", &mut failed);
        let blank = text.replace('\n', "\r\n\r\n　\r\n");
        same_sentences(&report, &blank, "blank lines", &mut failed);
        let page: String = text
            .lines()
            .map(|line| format!("<p>　　{line}</p>"))
            .collect();
        same_sentences(
            &report,
            &format!("<html><body>{page}</body></html>"),
            "page",
            &mut failed,
        );
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What offices and their editors set for another mark.
const SET_AS: [(&str, &str); 22] = [
    ("，", "﹐"),
    ("、", "﹑"),
    ("、", "､"),
    ("、", "•"),
    ("、", "・"),
    ("、", "●"),
    ("、", "、\u{200b}"),
    ("，", "，\u{feff}"),
    ("、", "、\u{e004}"),
    ("。", "｡"),
    ("。", "。■"),
    ("；", "﹔"),
    ("“", "〝"),
    ("“", "＂"),
    ("”", "″"),
    ("—", "–"),
    ("—", "―"),
    ("—", "─"),
    ("%", "﹪"),
    ("平方米", "㎡"),
    ("公里", "㎞"),
    ("，", "，😀"),
];

#[test]
fn unusual_marks_are_not_taken_for_damage() {
    let mut repaired = Vec::new();
    for name in REPORTS {
        let report = Report::read(name);
        let text = report.written(
            |_, part| part.to_owned(),
            |heading, text| format!("{heading}{text}"),
            "",
        );
        for (usual, unusual) in SET_AS {
            let found = imported(&text.replace(usual, unusual), name);
            repaired.extend((found.mends.iter()).map(|mend| {
                let Mend { before, after, .. } = mend;
                format!("{name} {usual} as {unusual}: {before} → {after}")
            }));
        }
    }
    assert!(repaired.is_empty(), "{}", repaired.join("\n"));
}

/// Every paragraph with an indent, its lines no longer than `width`.
fn broken(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let chars: Vec<char> = "　　".chars().chain(line.chars()).collect();
        for line in chars.chunks(width) {
            out.extend(line);
            out.push('\n');
        }
    }
    out
}

/// How a glossary writes entry number `n`.
type Entry = fn(usize, &str, &str) -> String;

const ENTRIES: [(&str, &str, Entry); 45] = [
    ("1.", "名词解释", |n, name, text| {
        format!("{n}. {name}：{text}")
    }),
    ("1、", "有关用语说明", |n, name, text| {
        format!("{n}、{name}：{text}")
    }),
    ("①", "术语解释", |n, name, text| {
        let base =
            [0x245f, 0x3250 - 20, 0x32b0 - 35][(n - 1) / 20 + usize::from((36..=40).contains(&n))];
        let mark = char::from_u32(base + u32::try_from(n).expect("small"));
        format!("{}{name}：{text}", mark.expect("a circled number"))
    }),
    ("[1]", "注释", |n, name, text| {
        format!("[{n}]{name}：{text}")
    }),
    ("（1）", "附件", |n, name, text| {
        format!("（{n}）{name}：{text}")
    }),
    ("bold", "附：名词解释", |_, name, text| {
        format!("**{name}**：{text}")
    }),
    ("bold to the mark", "注：", |_, name, text| {
        format!("**{name}：**{text}")
    }),
    (
        "bold with a number",
        "相关名词解释",
        |n, name, text| format!("**{n}.{name}** {text}"),
    ),
    ("bold line", "名词解释", |_, name, text| {
        format!("**{name}**\n{text}")
    }),
    ("dashes", "名词解释", |_, name, text| {
        format!("{name}——{text}")
    }),
    ("a dash", "名词解释：", |n, name, text| {
        format!("{n}.{name}—{text}")
    }),
    ("lines", "有关用语说明", |_, name, text| {
        format!("{name}\n{text}")
    }),
    ("numbered lines", "术语解释", |n, name, text| {
        format!("{n}.{name}\n{text}")
    }),
    (
        "nothing",
        "附件1：政府工作报告有关用语说明",
        |_, name, text| format!("{name}：{text}"),
    ),
    ("three lines", "名词解释", |n, name, text| {
        format!("{n}.{name}\n报告原文：深入推进{name}各项工作。\n解释：{text}")
    }),
    ("two lines", "名词解释", |_, name, text| {
        format!("报告原文：深入推进{name}各项工作。\n解释：{name}：{text}")
    }),
    ("labels", "注：", |_, name, text| {
        format!("{name}\n【报告原文】深入推进{name}各项工作。\n【名词解释】{text}")
    }),
    ("a space", "名词解释", |n, name, text| {
        format!("{n}.{name}　{text}")
    }),
    ("注1：", "注释", |n, name, text| {
        format!("注{n}：{name}：{text}")
    }),
    ("【】", "术语解释", |_, name, text| {
        format!("【{name}】{text}")
    }),
    ("1.【】", "附件", |n, name, text| {
        format!("{n}.【{name}】{text}")
    }),
    ("quotes", "名词解释", |n, name, text| {
        format!("{n}.{}：{text}", quoted(name))
    }),
    ("quotes and no number", "名词解释", |_, name, text| {
        format!("{}：{text}", quoted(name))
    }),
    ("a full stop", "名词解释", |n, name, text| {
        format!("{n}.{name}。{text}")
    }),
    ("a comma", "名词解释", |n, name, text| {
        format!("{n}.{name}，是指{text}")
    }),
    ("是指", "名词解释", |n, name, text| {
        format!("{n}.{name}：是指{text}")
    }),
    ("half width", "名词解释", |n, name, text| {
        format!("[{n}]{name}:{text}")
    }),
    ("an asterisk", "名词解释", |_, name, text| {
        format!("*{name}：{text}")
    }),
    ("※", "注：", |_, name, text| format!("※{name}：{text}")),
    ("full width", "名词解释", |n, name, text| {
        let digits: String = (n.to_string().chars())
            .map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("a digit"))
            .collect();
        format!("{digits}．{name}：{text}")
    }),
    ("page first", "名词解释", |n, name, text| {
        format!("{n}.（第{n}页）{name}：{text}")
    }),
    ("page in brackets", "名词解释", |n, name, text| {
        format!("{n}.【第{n}页】{name}：{text}")
    }),
    ("page behind", "名词解释", |n, name, text| {
        format!("{n}.{name}（第{n}页）：{text}")
    }),
    ("page", "名词解释", |n, name, text| {
        format!("第{n}页：{name}：{text}")
    }),
    ("〔1〕", "注释", |n, name, text| {
        format!("〔{n}〕{name}：{text}")
    }),
    ("<1>", "注释", |n, name, text| {
        format!("<{n}>{name}：{text}")
    }),
    ("1)", "注释", |n, name, text| {
        format!("{n}）{name}：{text}")
    }),
    ("a dash in front", "名词解释", |_, name, text| {
        format!("——{name}：{text}")
    }),
    ("a dot in front", "名词解释", |_, name, text| {
        format!("●{name}：{text}")
    }),
    ("number and space", "名词解释", |n, name, text| {
        format!("{n} {name}：{text}")
    }),
    ("number alone", "名词解释", |n, name, text| {
        format!("{n}.\n{name}\n{text}")
    }),
    ("a list of Markdown", "## 名词解释", |n, name, text| {
        format!("{n}. **{name}**：{text}")
    }),
    (
        "headings of Markdown",
        "## 名词解释",
        |_, name, text| format!("### {name}\n\n{text}\n"),
    ),
    ("一、", "名词解释", |n, name, text| {
        format!("{}、{name}：{text}", numeral(n))
    }),
    ("（一）", "名词解释", |n, name, text| {
        format!("（{}）{name}：{text}", numeral(n))
    }),
];

fn quoted(name: &str) -> String {
    if name.contains('“') {
        name.to_owned()
    } else {
        format!("“{name}”")
    }
}

/// A term by what no layout changes.
fn plain(name: &str, definition: &str) -> (String, String) {
    let definition = definition.strip_prefix("是指").unwrap_or(definition);
    (name.replace(['“', '”'], ""), definition.to_owned())
}

/// 十二 → 12.
fn numerals(number: &str) -> usize {
    (1..100)
        .find(|n| numeral(*n) == number)
        .expect("a number below a hundred")
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

#[test]
fn glossaries_may_be_set_in_any_way() {
    let mut wrong = Vec::new();
    for name in EXPLAINED {
        let report = Report::read(name);
        let terms: Vec<(&str, &str)> = report
            .document
            .terms
            .iter()
            .map(|term| (term.name.as_str(), term.definition.as_str()))
            .collect();
        for (layout, heading, entry) in ENTRIES {
            let mut glossary = format!("{heading}\n");
            for (n, (name, definition)) in terms.iter().enumerate() {
                let _ = writeln!(glossary, "{}", entry(n + 1, name, definition));
            }
            explains(&report, &glossary, &terms, layout, &mut wrong);
        }
        let all: String = (terms.iter().enumerate())
            .map(|(n, (name, definition))| format!("{}.{name}：{definition}", n + 1))
            .collect();
        explains(
            &report,
            &format!("名词解释：{all}\n"),
            &terms,
            "one line",
            &mut wrong,
        );
        let rows: String = (terms.iter())
            .map(|(name, definition)| format!("| {name} | {definition} |\n"))
            .collect();
        explains(
            &report,
            &format!("名词解释\n|名词|解释|\n|---|---|\n{rows}"),
            &terms,
            "table",
            &mut wrong,
        );
        let lines: String = (terms.iter().enumerate())
            .map(|(n, (name, definition))| format!("{}.{name}：{definition}\n", n + 1))
            .collect();
        let annex =
            format!("附件1\n2021年市列民生实事\n1.修路。\n2.供水。\n附件2\n名词解释\n{lines}");
        explains(&report, &annex, &terms, "second annex", &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn explains(
    report: &Report,
    glossary: &str,
    terms: &[(&str, &str)],
    layout: &str,
    wrong: &mut Vec<String>,
) {
    let run_in = |heading: &str, text: &str| format!("{heading}{text}");
    let text = report.written(|_, part| part.to_owned(), run_in, glossary);
    let what = format!("{} {layout}", report.document.meta.place);
    let found = document(&imported(&text, &what));
    let found: Vec<_> = (found.terms.iter())
        .map(|term| plain(&term.name, &term.definition))
        .collect();
    let terms: Vec<_> = (terms.iter())
        .map(|(name, definition)| plain(name, definition))
        .collect();
    let missing: Vec<_> = terms.iter().filter(|term| !found.contains(term)).collect();
    let more: Vec<_> = found.iter().filter(|term| !terms.contains(term)).collect();
    if !missing.is_empty() || !more.is_empty() {
        wrong.push(format!(
            "{what}: missing {missing:.40?}, instead {more:.40?}"
        ));
    }
}
