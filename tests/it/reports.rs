//! Real reports of a province and its cities through the importer: what each is and holds.

use std::path::Path;

use gbk_repair::repair;
use wenzheng::corpus::{
    self, BlockKind, Document, PassageKind, Period,
    import::{Imported, Options, artifacts, import},
};

/// File, title, place, year, date, parts without the glossary, glossary entries, livelihood items.
type Report = (
    &'static str,
    &'static str,
    &'static str,
    i32,
    &'static str,
    usize,
    usize,
    usize,
);

const REPORTS: [Report; 12] = [
    (
        "baiyin-2021",
        "白银市政府工作报告",
        "白银市",
        2021,
        "2021-02-02",
        3,
        23,
        10,
    ),
    (
        "dingxi-2021",
        "定西市政府工作报告",
        "定西市",
        2021,
        "2021-02-21",
        4,
        0,
        12,
    ),
    (
        "dingxi-2022",
        "定西市政府工作报告",
        "定西市",
        2022,
        "2021-12-07",
        4,
        0,
        10,
    ),
    (
        "dingxi-2023",
        "定西市政府工作报告",
        "定西市",
        2023,
        "2022-12-13",
        3,
        0,
        10,
    ),
    (
        "gannan-2021",
        "甘南州政府工作报告",
        "甘南藏族自治州",
        2021,
        "2021-02-01",
        4,
        34,
        0,
    ),
    (
        "gansu-2020",
        "2020年政府工作报告",
        "甘肃省",
        2020,
        "",
        4,
        0,
        10,
    ),
    (
        "gansu-2021",
        "2021年政府工作报告",
        "甘肃省",
        2021,
        "",
        3,
        0,
        10,
    ),
    (
        "gansu-2022",
        "2022年政府工作报告",
        "甘肃省",
        2022,
        "",
        3,
        0,
        10,
    ),
    (
        "gansu-2023",
        "2023年政府工作报告",
        "甘肃省",
        2023,
        "2023-01-15",
        4,
        0,
        10,
    ),
    (
        "gansu-2024",
        "2024年政府工作报告",
        "甘肃省",
        2024,
        "2024-01-23",
        4,
        0,
        10,
    ),
    (
        "qingyang-2021",
        "庆阳市政府工作报告",
        "庆阳市",
        2021,
        "2021-02-03",
        3,
        43,
        10,
    ),
    (
        "wuwei-2023",
        "武威市政府工作报告",
        "武威市",
        2023,
        "2022-12-13",
        2,
        19,
        10,
    ),
];

fn raw(name: &str) -> String {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/reports"
    ));
    std::fs::read_to_string(folder.join(format!("{name}.md"))).expect("a fixture")
}

fn imported(text: &str) -> Imported {
    import(text.as_bytes(), &Options::default()).expect("the report names its place and year")
}

fn document(imported: &Imported) -> Document {
    let loaded = corpus::load_texts(&[("a.md", &imported.text)]).expect("what is imported loads");
    loaded.corpus.documents[0].clone()
}

fn count(imported: &Imported, wanted: impl Fn(&BlockKind) -> bool) -> usize {
    imported.blocks.iter().filter(|block| wanted(block)).count()
}

fn holds(imported: &Imported, report: &Report) {
    let (name, title, place, year, date, parts, entries, items) = *report;
    let meta = &imported.meta;
    assert_eq!(
        (meta.title.as_str(), meta.place.as_str()),
        (title, place),
        "{name}"
    );
    assert_eq!(
        (meta.year, meta.review_year),
        (Some(year), Some(year - 1)),
        "{name}"
    );
    let delivered = meta.delivered_on.map(|date| date.to_string());
    assert_eq!(delivered.unwrap_or_default(), date, "{name}");
    let glossary = usize::from(entries > 0);
    let is_part = |block: &BlockKind| matches!(block, BlockKind::Heading { level: 1, .. });
    assert_eq!(
        count(imported, is_part),
        parts + glossary,
        "parts of {name}"
    );
    let is_entry = |block: &BlockKind| matches!(block, BlockKind::Entry { .. });
    assert_eq!(count(imported, is_entry), entries, "entries of {name}");
    let is_item = |block: &BlockKind| matches!(block, BlockKind::LivelihoodItem { .. });
    assert_eq!(count(imported, is_item), items, "items of {name}");
}

#[test]
fn every_report_is_recognised() {
    for report in &REPORTS {
        holds(&imported(&raw(report.0)), report);
    }
}

#[test]
fn what_is_imported_loads_without_a_complaint() {
    for report in &REPORTS {
        let imported = imported(&raw(report.0));
        let loaded = corpus::load_texts(&[("a.md", &imported.text)]).expect("valid");
        assert_eq!(loaded.warnings, [], "{}", report.0);
    }
}

#[test]
fn clean_text_passes_unchanged() {
    for report in &REPORTS {
        let text = raw(report.0);
        assert_eq!(artifacts::remove(&text).repairs, [], "{}", report.0);
        assert_eq!(repair(&text).repairs, [], "{}", report.0);
    }
}

/// Every sentence stands under a part; reviews come before plans, and the glossary is undated.
#[test]
fn periods_follow_the_parts() {
    for report in &REPORTS {
        let document = document(&imported(&raw(report.0)));
        let mut planned = false;
        for passage in &document.passages {
            match passage.period {
                Period::Done(year) => {
                    assert!(
                        !planned,
                        "{}: a review after a plan: {}",
                        report.0, passage.text
                    );
                    assert_eq!(year, report.3 - 1);
                }
                Period::Planned(year) => {
                    planned = true;
                    assert_eq!(year, report.3);
                }
                Period::Assessment => assert!(!planned, "{}: {}", report.0, passage.text),
                Period::Undated => {}
            }
            if passage.kind == PassageKind::Entry {
                assert_eq!(passage.period, Period::Undated);
            }
        }
        assert!(planned, "{}", report.0);
    }
}

/// The same report in other clothes is the same report.
#[test]
fn layout_may_be_lost() {
    for report in REPORTS
        .iter()
        .filter(|report| ["wuwei-2023", "baiyin-2021"].contains(&report.0))
    {
        let text = raw(report.0);
        let plain = text.replace("**", "");
        let title = format!("{}\n", report.1);
        let body = plain.splitn(3, "---").nth(2).expect("front matter");
        let body = format!("{title}{body}");
        holds(&imported(&body), report);
        let windows = body.replace('\n', "\r\n");
        holds(&imported(&windows), report);
        let one_line = body
            .split('\n')
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        holds(&imported(&one_line), report);
    }
}
