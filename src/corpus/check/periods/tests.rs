//! Which parts are told, on a few paragraphs each.

use super::*;
use crate::corpus::load_texts;

/// Paragraphs of results, as reports word them.
const RESULTS: [&str; 6] = [
    "全县地区生产总值增长7.1%，固定资产投资同比增长12%，城乡居民收入分别达到3.2万元和1.2万元。",
    "累计完成投资18.6亿元，建成高标准农田5.2万亩，粮食产量达到35万吨，实现“二十连丰”。",
    "通定高速正式通车，新改建农村公路205公里，荣获“四好农村路”全国示范县称号。",
    "新增城镇就业2085人，发放创业贷款1.2亿元，零就业家庭实现动态清零，成效显著。",
    "建成标准化学校12所，新增学位3200个，县人民医院成功创建三级医院，群众满意度明显提升。",
    "化解政府债务2.3亿元，兑付拖欠账款8600万元，全部完成年度目标，圆满收官。",
];
/// Paragraphs of intentions.
const INTENTIONS: [&str; 6] = [
    "我们将加快建设步伐，力争全年新增就业3万人以上，确保零就业家庭动态清零。",
    "要抓好粮食生产，确保播种面积稳定在80万亩以上，推动农业机械化再上新台阶，力争增收。",
    "继续推动重点项目建设，年内力争开工高铁站房，确保外环路主体工程尽快建设，引导民间投资。",
    "做好普惠托育服务，鼓励社会力量办园，继续推动校园扩建，让孩子在家门口上学。",
    "必须守住风险底线，确保不新增隐性债务，坚决落实过紧日子要求，务必把钱用在刀刃上。",
    "打造便民服务中心，推动更多事项一窗通办，力争群众办事最多跑一次，继续优化营商环境。",
];

/// What is told of a body below the front matter of a report of 2024, whose first line is 6.
fn told(body: &str) -> Vec<String> {
    let text = format!("---\ntitle: 安和县政府工作报告\nplace: 安和县\nyear: 2024\n---\n{body}\n");
    let loaded = load_texts(&[("a.md", &text)]).expect("sound");
    let doubts = misfiled(&loaded.corpus.documents[0]);
    let doubts = doubts.iter();
    doubts
        .map(|(line, doubt)| format!("{line}: {doubt}"))
        .collect()
}

fn part(heading: &str, paragraphs: &[&str]) -> String {
    format!("## {heading}\n\n{}\n\n", paragraphs.join("\n\n"))
}

#[test]
fn a_review_of_results_and_a_plan_of_intentions_are_left_alone() {
    let review = part("2023年工作回顾", &RESULTS);
    let plan = part("2024年重点工作", &INTENTIONS);
    assert_eq!(told(&(review + &plan)), [""; 0]);
}

#[test]
fn a_plan_below_the_heading_of_a_review_is_told() {
    assert_eq!(
        told(&part("2023年工作回顾", &INTENTIONS)),
        [
            "6: “2023年工作回顾”算作2023年的回顾，写的却像是打算（将、力争、确保）。请对照原文；\
             如果是计划，请在标题行末尾写 <!-- period: planned 2024 -->"
        ]
    );
    let marked = part(
        "奋力开启新征程 <!-- period: done 2023 -->",
        &INTENTIONS[..1],
    );
    assert!(told(&marked)[0].starts_with("6: “奋力开启新征程”算作2023年的回顾"));
}

#[test]
fn a_review_below_the_heading_of_a_plan_is_told() {
    assert_eq!(
        told(&part("2024年重点工作", &RESULTS)),
        [
            "6: “2024年重点工作”算作2024年的计划，写的却像是成绩（完成、增长、达到）。请对照原文；\
             如果是回顾，请在标题行末尾写 <!-- period: done 2023 -->"
        ]
    );
}

#[test]
fn a_plan_that_lost_its_heading_is_told_where_it_begins() {
    let body = part("2023年工作回顾", &[&RESULTS[..], &INTENTIONS[..]].concat());
    assert_eq!(
        told(&body),
        [
            "20: “我们将加快建设步伐，力争全年…”算作2023年的回顾，写的却像是打算（将、力争、确保）。\
             请对照原文；如果是计划，请在这一段上面补一行标题，例如 ## 2024年工作安排"
        ]
    );
}

#[test]
fn a_review_that_lost_its_heading_is_told_where_it_begins() {
    let body = part("2024年重点工作", &[&RESULTS[..], &INTENTIONS[..]].concat());
    assert_eq!(
        told(&body),
        [
            "6: “2024年重点工作”算作2024年的计划，写的却像是成绩（完成、增长、达到）。请对照原文；\
             如果是回顾，请在标题行末尾写 <!-- period: done 2023 -->，并在后一部分开始的地方补一行标题，\
             例如 ## 2024年工作安排"
        ]
    );
}

#[test]
fn few_words_and_other_parts_tell_nothing() {
    assert_eq!(told("## 2023年工作回顾\n\n将继续修路。\n"), [""; 0]);
    assert_eq!(
        told(&part("有关说明 <!-- period: undated -->", &INTENTIONS)),
        [""; 0]
    );
    // Two paragraphs that lean a little are no proof.
    let mixed = [INTENTIONS[0], RESULTS[3]];
    assert_eq!(told(&part("2023年工作回顾", &mixed)), [""; 0]);
}
