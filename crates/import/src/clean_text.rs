//! What an import promises for clean text: every letter and figure of the file stands in the corpus
//! file, or in the list of what was left out.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use proptest::prelude::*;
use wenzheng_document::BlockKind;
use wenzheng_text::{normalize::narrow_digits, numerals};

use crate::{Imported, Options, import};

/// Pieces of sentences with what importers stumble over: names of rare characters in a row, names that
/// a table of Traditional characters would fold, spaces on either side of figures, stray spaces.
const PIECES: [&str; 16] = [
    "做强钽铌铍产业，",
    "保护筼筜湖，",
    "推进徂徕山汶河治理。",
    "支持乾安县、濛江镇、於潜镇发展；",
    "文徵明故里、鸿昇集团、驰著名品牌。",
    "英德浛洸镇、连州东陂镇至沙埕高速。",
    "实现主营业务收入 2165.54 亿元 ，增长 24.14 % ； ",
    "财政收入 155 亿元 。 ",
    " 2013年新建农村公路 120 公里。",
    "开创新局面。 ",
    "推进区域协调发展，提 出构想，",
    "建设隆起带 。",
    "办好三件民生实事：一是新建学校5所，二是改造旧房800套，三是新增床位300张。",
    "“三品一标”认证产品达到300个；",
    "为什么?为人民!",
    "引进AGV、PPP等RCEP项目（含5G基站）。",
];

fn options() -> Options {
    Options {
        place: Some("青禾市".to_owned()),
        year: Some(2024),
        ..Options::default()
    }
}

/// How often every letter and every figure occurs. Figures are read with what parts them, so that 2.5 is
/// not 2 and 5.
fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let text = narrow_digits(text);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        *counts.entry(c.to_string()).or_default() += 1;
    }
    for figure in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
        let figure = figure.trim_matches('.');
        if !figure.is_empty() {
            *counts.entry(figure.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// The text of a Markdown file: no front matter, no comments, no table rules.
fn body(text: &str) -> String {
    let text = match text.strip_prefix("---\n") {
        Some(rest) => rest.split_once("\n---\n").map_or(rest, |(_, body)| body),
        None => text,
    };
    let mut body = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        body.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    body + rest
}

/// What of `source` is neither in the imported text nor in the list of what was left out, and what was
/// not in the source. The numbers of glossary entries, and the marks that refer to them, are not kept;
/// a title and the heading of a glossary are added where there is none.
fn unaccounted(source: &str, imported: &Imported) -> (Counts, Counts) {
    let given = counts(&body(source));
    let mut got = counts(&body(&imported.text));
    for line in &imported.left_out {
        for (what, n) in counts(&body(&line.text)) {
            *got.entry(what).or_default() += n;
        }
    }
    let entries = imported
        .blocks
        .iter()
        .filter(|block| matches!(block, BlockKind::Entry { .. }))
        .count();
    let number = |figure: &str| figure.parse().is_ok_and(|n| (1..=entries + 2).contains(&n));
    let numerals: String = (1..=entries).map(numerals::write).collect();
    let added = counts(&format!("{}名词解释", imported.meta.title));
    let over = |one: &Counts, other: &Counts| -> Counts {
        let mut over = one.clone();
        over.retain(|what, n| {
            *n = n.saturating_sub(other.get(what).copied().unwrap_or(0));
            *n > 0
        });
        over
    };
    let mut missing = over(&over(&given, &got), &counts(&numerals));
    missing.retain(|what, _| !number(what));
    (missing, over(&over(&got, &given), &added))
}

/// Numbers of occurrences.
type Counts = BTreeMap<String, usize>;

fn report(paragraphs: &[String]) -> String {
    format!(
        "# 政府工作报告\n\n各位代表：\n\n**一、2023年工作回顾**\n\n{}\n\n二、2024年工作安排\n\n{}\n",
        paragraphs.join("\n\n"),
        "加快建设产业园区，确保粮食产量稳定。"
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_letter_and_no_figure_is_lost(
        paragraphs in prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES[..]), 1..24), 1..5)
    ) {
        let paragraphs: Vec<String> = paragraphs.iter().map(|pieces| pieces.concat()).collect();
        let source = report(&paragraphs);
        let imported = import(source.as_bytes(), &options()).expect("place and year are given");
        prop_assert_eq!(unaccounted(&source, &imported), Default::default());
        prop_assert!(!imported.text.contains('□'));
        let marked = imported.text.lines().find(|line| line.starts_with(['。', '，', '、', '；', '：']));
        prop_assert_eq!(marked, None);
        prop_assert!(imported.mends.is_empty(), "{:?}", imported.mends);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Pieces of reports open and end anywhere, with line ends of either kind.
    #[test]
    fn no_letter_and_no_figure_of_a_piece_is_lost(
        report in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        length in 1_usize..80,
        end in prop::sample::select(&["\n", "\n\n", "\r\n"][..])
    ) {
        static REPORTS: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(clean_reports);
        let (_, text) = report.get(&REPORTS);
        let text = body(text);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let from = from.index(lines.len());
        let piece = lines[from..lines.len().min(from + length)].join(end);
        if let Ok(imported) = import(piece.as_bytes(), &options()) {
            let lost = unaccounted(&piece, &imported);
            prop_assert_eq!(lost, Default::default(), "{}", imported.text);
        }
    }
}

/// The clean reports among the fixtures and in the corpus.
fn clean_reports() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [
        "tests/fixtures/reports",
        "tests/fixtures/whole",
        "corpus/tongwei",
    ];
    let mut reports = Vec::new();
    for folder in folders {
        let files = fs::read_dir(root.join(folder)).expect("a folder of reports");
        let files = files.map(|file| file.expect("a file").path());
        for file in files.filter(|file| !file.ends_with("README.md")) {
            let text = fs::read_to_string(&file).expect("UTF-8");
            reports.push((file, text));
        }
    }
    reports.sort();
    assert!(reports.len() > 20, "{}", reports.len());
    reports
}

#[test]
fn no_letter_and_no_figure_of_a_real_report_is_lost() {
    for (file, text) in clean_reports() {
        let imported = import(text.as_bytes(), &options()).expect("place and year are given");
        let unaccounted = unaccounted(&text, &imported);
        assert_eq!(unaccounted, Default::default(), "{}", file.display());
    }
}

#[test]
fn spaces_beside_figures_cut_no_paragraph() {
    let sentence = "园区实现主营业务收入 2165.54 亿元 ，增长 24.14 % ； 财政收入 155 亿元 。 ";
    let source = report(&[sentence.repeat(12)]);
    let imported = import(source.as_bytes(), &options()).expect("place and year are given");
    let line = imported.text.lines().find(|line| line.contains("2165.54"));
    assert_eq!(line.map(|line| line.matches("155 亿元").count()), Some(12));
}

#[test]
fn a_bold_heading_takes_the_mark_behind_it() {
    let source = report(&["**（一）加快产业升级**。坚持工业立市，做强三条产业链。".to_owned()]);
    let imported = import(source.as_bytes(), &options()).expect("place and year are given");
    assert!(
        imported.text.contains("\n坚持工业立市"),
        "{}",
        imported.text
    );
    assert!(
        imported.text.contains("（一）加快产业升级。\n"),
        "{}",
        imported.text
    );
}

#[test]
fn a_heading_may_open_a_livelihood_list() {
    let items = |list: &str| {
        let source =
            report(&["修路。".to_owned()]).replace("加快建设产业园区，确保粮食产量稳定。", list);
        let imported = import(source.as_bytes(), &options()).expect("place and year are given");
        let items = imported.text.lines().filter(|line| line.starts_with("- "));
        items.count()
    };
    for list in [
        "**（四）办好3件实事。**\n\n**一是确保新增就业。**全年新增2万人。\n\n**二是扩大社会保险。**达到50万人。\n\n**三是改造老旧小区。**改造20个。",
        "（四）切实办好改善民生三件实事，促进服务均等化。\n\n一是新增就业。\n\n二是扩大保险。\n\n三是改造小区。",
        "（四）普惠民生，办成三个方面实事。一是新增就业。二是扩大保险。三是改造小区。",
    ] {
        assert_eq!(items(list), 3, "{list}");
    }
}
