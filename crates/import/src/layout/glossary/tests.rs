use wenzheng_document::BlockKind;

use super::entries;
use crate::{
    paragraph::Paragraph,
    titles::{is_annex, is_glossary},
};

fn read(lines: &[&str]) -> Vec<(String, String)> {
    let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
    let items = entries(&paragraphs, 0).into_iter();
    items
        .filter_map(|item| match item.kind? {
            BlockKind::Entry {
                name, definition, ..
            } => Some((name, definition)),
            _ => None,
        })
        .collect()
}

#[track_caller]
fn reads(lines: &[&str], expected: &[(&str, &str)]) {
    let read = read(lines);
    let read: Vec<(&str, &str)> = read.iter().map(|(n, d)| (n.as_str(), d.as_str())).collect();
    assert_eq!(read, expected);
}

const TWO: [(&str, &str); 2] = [
    ("“三抓三促”行动", "抓学习促提升、抓执行促落实。"),
    ("飞地经济", "指两个独立的地区打破限制。"),
];

#[test]
fn numbers_of_every_kind_open_an_entry() {
    for number in [
        ["1.", "2."],
        ["1、", "2、"],
        ["1．", "2．"],
        ["（1）", "（2）"],
        ["[1]", "[2]"],
        ["【1】", "【2】"],
        ["①", "②"],
        ["一、", "二、"],
        ["（一）", "（二）"],
        ["注1：", "注2："],
        ["[^1]: ", "[^2]: "],
        ["[^1]:", "[^2]:"],
        ["﹝1﹞", "﹝2﹞"],
        ["〇", "〇 "],
        ["", ""],
    ] {
        let one = format!("{}“三抓三促”行动：抓学习促提升、抓执行促落实。", number[0]);
        let two = format!("{}飞地经济：指两个独立的地区打破限制。", number[1]);
        reads(&[&one, &two], &TWO);
    }
}

#[test]
fn names_end_at_a_dash_in_bold_at_a_verb_or_with_the_line() {
    reads(
        &[
            "“三抓三促”行动——抓学习促提升、抓执行促落实。",
            "飞地经济——指两个独立的地区打破限制。",
        ],
        &TWO,
    );
    reads(
        &[
            "**“三抓三促”行动** 抓学习促提升、抓执行促落实。",
            "**飞地经济：**指两个独立的地区打破限制。",
        ],
        &TWO,
    );
    reads(
        &[
            "1.“三抓三促”行动",
            "抓学习促提升、",
            "抓执行促落实。",
            "2.飞地经济",
            "指两个独立的地区打破限制。",
        ],
        &TWO,
    );
    reads(
        &[
            "“一核”，即兰州。",
            "飞地经济是指两个独立的地区打破限制。",
            "发展指数是指一组数。",
        ],
        &[
            ("“一核”", "即兰州。"),
            ("飞地经济", "是指两个独立的地区打破限制。"),
            ("发展指数", "是指一组数。"),
        ],
    );
}

#[test]
fn names_may_begin_with_a_figure_or_end_with_a_stop() {
    reads(
        &[
            "1“双碳”。指碳达峰、碳中和。",
            "2.5G基站：指第五代。",
            "3.5年规划：即长远打算，投资2.5亿元。4.“3+1”：两件事。",
        ],
        &[
            ("“双碳”", "指碳达峰、碳中和。"),
            ("5G基站", "指第五代。"),
            ("5年规划", "即长远打算，投资2.5亿元。"),
            ("“3+1”", "两件事。"),
        ],
    );
}

#[test]
fn names_stand_in_brackets_before_a_space_or_on_lines_of_their_own() {
    let forms: [(&str, &str); 4] = [("【", "】"), ("", "　"), ("", "\t"), ("", "\n")];
    for (before, after) in forms {
        let lines = [
            format!("{before}一核三带{after}“一核”指兰州；“三带”指：河西、黄河、陇东南。"),
            format!("{before}三品一标{after}无公害农产品、绿色食品。"),
        ];
        let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
        reads(
            &lines,
            &[
                ("一核三带", "“一核”指兰州；“三带”指：河西、黄河、陇东南。"),
                ("三品一标", "无公害农产品、绿色食品。"),
            ],
        );
    }
    reads(
        &[
            "1.四区四带—“四区”指北部。",
            "2.兰州—西宁城市群：指两个城市。",
        ],
        &[
            ("四区四带", "“四区”指北部。"),
            ("兰州—西宁城市群", "指两个城市。"),
        ],
    );
}

#[test]
fn page_marks_are_no_part_of_a_name() {
    for page in ["（P3）", "（P3-4）", "(p.3)", "（第3页）", "（P1、P3）"] {
        let one = format!("1. “三抓三促”行动{page}：抓学习促提升、抓执行促落实。");
        let two = format!("2. 飞地经济{page} 指两个独立的地区打破限制。");
        reads(&[&one, &two], &TWO);
    }
    reads(
        &[
            "（P3）“三抓三促”行动：抓学习促提升、抓执行促落实。",
            "（P4）飞地经济：指两个独立的地区打破限制。",
        ],
        &TWO,
    );
}

#[test]
fn a_space_ends_a_name_before_a_mark_of_the_definition() {
    reads(
        &[
            "一基地四中心 2010年国务院批准规划，明确城市功能为“一基地四中心”，即：高技术产业基地。",
            "八项工程 即：文化精品、文化人才。",
            "“河道三包”责任制 即“包治脏、包治乱、包绿化”。包治脏，是指确保整洁。",
        ],
        &[
            (
                "一基地四中心",
                "2010年国务院批准规划，明确城市功能为“一基地四中心”，即：高技术产业基地。",
            ),
            ("八项工程", "即：文化精品、文化人才。"),
            (
                "“河道三包”责任制",
                "即“包治脏、包治乱、包绿化”。包治脏，是指确保整洁。",
            ),
        ],
    );
}

#[test]
fn two_entries_may_share_a_line() {
    reads(
        &[
            "三个一百亿：设立100亿元基金。“芯屏端网”产业链：以芯片为核心的产业集群。",
            "一核三带：优化布局。“一核”：兰州；“三带”：河西、黄河、陇东南。",
        ],
        &[
            ("三个一百亿", "设立100亿元基金。"),
            ("“芯屏端网”产业链", "以芯片为核心的产业集群。"),
            (
                "一核三带",
                "优化布局。“一核”：兰州；“三带”：河西、黄河、陇东南。",
            ),
        ],
    );
}

#[test]
fn names_may_begin_with_figures_or_hold_a_dash() {
    reads(
        &[
            "1.四项机制",
            "党建过程管控、思想方法提升。",
            "2.53项冠军产品",
            "在国际国内占有领先地位的产品。",
            "3.“信用通”——“广融通”服务平台：由人民银行建设。",
        ],
        &[
            ("四项机制", "党建过程管控、思想方法提升。"),
            ("53项冠军产品", "在国际国内占有领先地位的产品。"),
            ("“信用通”——“广融通”服务平台", "由人民银行建设。"),
        ],
    );
}

#[test]
fn categories_between_entries_are_no_definitions() {
    let lines = ["一、经济类", "1.甲乙：丙。", "二、民生类", "2.丁戊：己。"];
    reads(&lines, &[("甲乙", "丙。"), ("丁戊", "己。")]);
}

#[test]
fn the_reports_own_sentence_is_not_the_explanation() {
    reads(
        &[
            "1.“三抓三促”行动",
            "报告原文：深入开展“三抓三促”行动。",
            "解释：抓学习促提升、抓执行促落实。",
            "2.飞地经济",
            "报告原文：发展飞地经济。",
            "解释：指两个独立的地区打破限制。",
        ],
        &TWO,
    );
    reads(
        &[
            "【报告原文】深入开展“三抓三促”行动。",
            "【解释】“三抓三促”行动：抓学习促提升、抓执行促落实。",
            "【报告原文】发展飞地经济。",
            "【解释】飞地经济：指两个独立的地区打破限制。",
        ],
        &TWO,
    );
}

#[test]
fn entries_that_run_together_are_cut_at_their_numbers() {
    reads(
        &["1.“三抓三促”行动：抓学习促提升、抓执行促落实。2.飞地经济：指两个独立的地区打破限制。"],
        &TWO,
    );
}

#[test]
fn a_definition_may_have_paragraphs_and_lists() {
    reads(
        &[
            "1.六稳：稳就业。",
            "（1）就业：优先。",
            "说明：其余从略。",
            "2.“3+1”：义务教育、2.5万户住房安全。",
        ],
        &[
            ("六稳", "稳就业。（1）就业：优先。其余从略。"),
            ("“3+1”", "义务教育、2.5万户住房安全。"),
        ],
    );
}

#[test]
fn headings_of_glossaries_are_known() {
    for text in [
        "名词解释：",
        "有关用语说明：",
        "术语解释",
        "注释",
        "附件：名词解释",
        "附件：《政府工作报告》有关用语说明",
        "《政府工作报告》名词解释",
        "部分名词术语解释",
        "附件1：政府工作报告相关名词注释",
        "注：",
        "（名词解释）",
    ] {
        assert!(is_glossary(text), "{text}");
    }
    for text in [
        "一、名词优先，推动发展",
        "2024年重点工作",
        "附件：2024年民生实事",
    ] {
        assert!(!is_glossary(text), "{text}");
    }
    for text in [
        "名词解释和说明",
        "部分用语解释（按出现先后）",
        "附：名词解释",
        "附件3 名词解释",
    ] {
        assert!(is_glossary(text), "{text}");
    }
    assert!(is_annex("附件：2024年民生实事"));
    assert!(is_annex("附件2"));
}

#[test]
fn a_livelihood_list_among_the_entries_is_a_list() {
    let lines = [
        "1．“两通”：乡镇和建制村全面实现通硬化路、通客车。",
        "2.2024年市定3件民生实事：",
        "（1）新建10千伏线路148.9千米。",
        "（2）开工建设三贤路。",
        "（3）整治莲花路等2处排水设施。",
        "3.“证照分离”：审批改为备案。",
    ];
    let paragraphs = lines.map(Paragraph::plain);
    let items = entries(&paragraphs, 0);
    let kinds: Vec<BlockKind> = items.into_iter().filter_map(|item| item.kind).collect();
    let [first, intro, list @ .., last] = kinds.as_slice() else {
        panic!("{kinds:?}");
    };
    assert!(matches!(first, BlockKind::Entry { .. }), "{first:?}");
    assert!(
        matches!(intro, BlockKind::Paragraph { text, .. } if text == "2024年市定3件民生实事："),
        "{intro:?}"
    );
    let texts: Vec<&str> = list
        .iter()
        .filter_map(|kind| match kind {
            BlockKind::LivelihoodItem { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, lines[2..5]);
    assert!(matches!(last, BlockKind::Entry { .. }), "{last:?}");
}
