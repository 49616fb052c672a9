//! What an import promises for clean text: every letter and figure of the file stands in the corpus
//! file, or in the list of what was left out.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wenzheng_text::han::is_han;

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

/// How often every Han character and every figure of at least three digits or with a decimal occurs.
/// Shorter ones may be the numbers of entries, which are not kept.
fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| is_han(*c)) {
        *counts.entry(c.to_string()).or_default() += 1;
    }
    for figure in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
        if figure.len() > 2 {
            *counts.entry(figure.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// What of `source` is missing in the imported text and in the list of what was left out.
fn missing(source: &str, imported: &Imported) -> BTreeMap<String, usize> {
    let mut kept = counts(&imported.text);
    for line in &imported.left_out {
        for (what, n) in counts(&line.text) {
            *kept.entry(what).or_default() += n;
        }
    }
    let mut missing = counts(source);
    missing.retain(|what, n| {
        *n = n.saturating_sub(kept.get(what).copied().unwrap_or(0));
        *n > 0
    });
    missing
}

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
        prop_assert_eq!(missing(&source, &imported), BTreeMap::new());
        prop_assert!(!imported.text.contains('□'));
        let marked = imported.text.lines().find(|line| line.starts_with(['。', '，', '、', '；', '：']));
        prop_assert_eq!(marked, None);
        prop_assert!(imported.mends.is_empty(), "{:?}", imported.mends);
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
