//! Parts and sections: whichever way they are set, the same sentences stand under them.

use std::collections::{HashMap, HashSet};

use wenzheng::corpus::{Document, PassageKind, Period};

use super::{Kind, REPORTS, Report, bare, document, imported, numeral, unnumbered, wide};

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
            |n, part| format!("{}、{part}", numeral(n)),
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
                report.written(|n, part| format!("{}、{part}", numeral(n)), run_in, ""),
            ),
            (
                "第一部分",
                report.written(
                    |n, part| format!("第{}部分　{part}", numeral(n)),
                    run_in,
                    "",
                ),
            ),
            (
                "第一部分 over its name",
                report.written(
                    |n, part| format!("第{}部分\n{part}", numeral(n)),
                    run_in,
                    "",
                ),
            ),
            (
                "Markdown",
                report.written(
                    |n, part| format!("\n## {}、{part}\n", numeral(n)),
                    |heading, text| format!("\n### {}\n\n{text}\n", heading.trim_end_matches('。')),
                    "",
                ),
            ),
            (
                "bold with a number",
                report.written(
                    |n, part| format!("**{}、{part}**", numeral(n)),
                    |heading, text| format!("**{}**\n{text}", heading.trim_end_matches('。')),
                    "",
                ),
            ),
            (
                "sections as 1.",
                report.written(
                    |n, part| format!("{}、{part}", numeral(n)),
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
        same_sentences(&report, &wide(text), "full-width figures", &mut failed);
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

/// 十二 → 12.
fn numerals(number: &str) -> usize {
    (1..100)
        .find(|n| numeral(*n) == number)
        .expect("a number below a hundred")
}
