//! Repair by what other reports say: the shipped idiom is counted in the reports below
//! `tests/fixtures`, and judged by those it was not counted in.

use gbk_repair::{Certainty, Idiom, LOST, Repairer, repair};
use wenzheng::{corpus::import::punctuation::widen, text::script::simplify};

/// The twelve reports that the shipped idiom was counted in, by file name.
const REPORTS: [(&str, &str); 12] = [
    (
        "baiyin-2021.md",
        include_str!("../fixtures/reports/baiyin-2021.md"),
    ),
    (
        "dingxi-2021.md",
        include_str!("../fixtures/whole/dingxi-2021.md"),
    ),
    (
        "dingxi-2022.md",
        include_str!("../fixtures/whole/dingxi-2022.md"),
    ),
    (
        "dingxi-2023.md",
        include_str!("../fixtures/whole/dingxi-2023.md"),
    ),
    (
        "gannan-2021.md",
        include_str!("../fixtures/reports/gannan-2021.md"),
    ),
    (
        "gansu-2020.md",
        include_str!("../fixtures/whole/gansu-2020.md"),
    ),
    (
        "gansu-2021.md",
        include_str!("../fixtures/whole/gansu-2021.md"),
    ),
    (
        "gansu-2022.md",
        include_str!("../fixtures/whole/gansu-2022.md"),
    ),
    (
        "gansu-2023.md",
        include_str!("../fixtures/whole/gansu-2023.md"),
    ),
    (
        "gansu-2024.md",
        include_str!("../fixtures/whole/gansu-2024.md"),
    ),
    (
        "qingyang-2021.md",
        include_str!("../fixtures/reports/qingyang-2021.md"),
    ),
    (
        "wuwei-2023.md",
        include_str!("../fixtures/reports/wuwei-2023.md"),
    ),
];

/// The idiom of all reports but one.
fn idiom_without(held_out: &str) -> Idiom {
    let others = REPORTS.iter().filter(|(name, _)| *name != held_out);
    Idiom::of(others.map(|(_, text)| *text))
}

#[test]
fn the_shipped_idiom_is_counted_in_the_twelve_reports() {
    let counted = Idiom::of(REPORTS.map(|(_, text)| text)).to_string();
    assert!(counted == Idiom::shipped().to_string());
    assert!(counted == include_str!("../../crates/gbk-repair/data/phrases.txt"));
}

/// Of the ten slips of the fixture at least eight are restored by what the *other* reports say, and
/// none is restored wrongly.
#[test]
fn slips_are_restored_by_an_idiom_that_has_not_seen_their_report() {
    let slips = include_str!("../fixtures/mojibake.jsonl");
    let slips: Vec<serde_json::Value> = slips
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let mut restored = 0;
    for (held_out, _) in REPORTS {
        let of_report = slips.iter().filter(|slip| slip["src"] == held_out);
        let of_report: Vec<_> = of_report.collect();
        if of_report.is_empty() {
            continue;
        }
        let idiom = idiom_without(held_out);
        let repairer = Repairer::new(&idiom);
        for slip in of_report {
            let of = |key: &str| slip[key].as_str().expect("a string");
            let outcome = repairer.repair(of("raw"));
            let text = widen(&simplify(&outcome.text));
            if text == widen(of("clean")) {
                restored += 1;
                continue;
            }
            let mut repairs = outcome.repairs.iter();
            assert!(repairs.any(|r| r.certainty == Certainty::Lost), "{text}");
            assert!(text.contains(LOST), "{text}");
        }
    }
    assert_eq!(slips.len(), 10);
    assert!(restored >= 8, "{restored} of 10 restored");
}

#[test]
fn a_report_that_the_idiom_has_not_seen_is_left_alone() {
    for held_out in ["baiyin-2021.md", "gansu-2024.md"] {
        let idiom = idiom_without(held_out);
        let (_, text) = REPORTS[REPORTS
            .iter()
            .position(|(name, _)| *name == held_out)
            .expect("one")];
        assert_eq!(Repairer::new(&idiom).repair(text).repairs, [], "{held_out}");
    }
}

#[test]
fn a_guess_that_names_nothing_known_is_marked() {
    // 医保筹资 is said nowhere else, so that 医。筹资 is no worse than any other guess.
    let idiom = idiom_without("gansu-2024.md");
    let outcome =
        Repairer::new(&idiom).repair("完善基本醫?;I資和待遇調整機制。發展居家社區養老服務。");
    assert_eq!(
        widen(&simplify(&outcome.text)),
        "完善基本医□筹资和待遇调整机制。发展居家社区养老服务。"
    );
    assert_eq!(outcome.repairs[0].certainty, Certainty::Lost);
}

#[test]
fn a_whole_clean_report_is_left_alone() {
    let report = include_str!("../fixtures/seed/reference.txt");
    assert_eq!(repair(report).repairs, []);
    assert_eq!(repair(report).text, report);
}

#[test]
fn a_clean_report_in_traditional_script_is_left_alone() {
    let raw = include_str!("../fixtures/seed/raw.txt");
    for repair in repair(raw).repairs {
        assert!(repair.before.contains('?'), "{repair:?}");
    }
}
