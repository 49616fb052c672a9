//! The same question over years or places.

use std::sync::LazyLock;

use super::*;
use crate::{
    answer::Status,
    corpus::{PassageAt, Period},
    retrieval::Features,
    town::{Quotes as _, Report, Town},
};

/// Two years of one place, and another place.
static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[
        Report::new("石门县", 2023)
            .done("新建村道10公里，绿化荒山。")
            .done("发放高龄补贴，老人满意。")
            .planned("计划新建村道20公里，绿化荒山。"),
        Report::new("石门县", 2024)
            .done("新建村道25公里，绿化荒山。")
            .done("改造水管8公里。")
            .done("发放高龄补贴，老人满意。")
            .planned("计划新建村道30公里，绿化荒山。"),
        Report::new("安平县", 2024)
            .done("新建村道50公里。")
            .planned("计划修水渠。"),
    ])
});

/// The cells that are filled.
fn cells(question: &str) -> Vec<String> {
    let part = TOWN.part(question);
    if part.kind != AnswerKind::Comparison {
        return Vec::new();
    }
    let cells = part.citations.iter();
    cells
        .map(|citation| citation.cell.of(&citation.quote).to_owned())
        .collect()
}

#[test]
fn years_stand_in_the_order_of_time_plan_before_result() {
    assert_eq!(
        cells("历年新建村道多少公里"),
        [
            "新建村道10公里",
            "计划新建村道20公里",
            "新建村道25公里",
            "计划新建村道30公里"
        ]
    );
}

#[test]
fn a_plan_stands_before_its_result() {
    assert_eq!(
        cells("2023年新建村道目标完成了吗"),
        ["计划新建村道20公里", "新建村道25公里"]
    );
}

#[test]
fn places_stand_in_the_order_of_the_question() {
    assert_eq!(
        cells("安平和石门去年新建村道多少公里"),
        ["新建村道50公里", "新建村道25公里"]
    );
}

#[test]
fn a_comparison_is_answered_and_lacks_nothing() {
    let part = TOWN.part("历年新建村道多少公里");
    assert_eq!(part.status, Status::Answered);
    assert_eq!(part.missing, None);
    assert!(part.related.is_empty() && part.notices.is_empty());
}

#[test]
fn one_cell_is_no_comparison() {
    // Only one of the reports tells how much.
    assert_eq!(cells("历年改造水管多少公里"), [""; 0]);
    assert_eq!(
        TOWN.part("历年改造水管多少公里").quotes(),
        ["改造水管8公里。"]
    );
}

#[test]
fn a_question_about_one_year_is_no_comparison() {
    assert_eq!(cells("去年新建村道多少公里"), [""; 0]);
}

#[test]
fn a_cell_that_says_far_less_of_the_topic_is_left_out() {
    let town = Town::of(&[
        Report::new("石门县", 2024).done("新建农村敬老院食堂12个。"),
        Report::new("安平县", 2024).done("新建农村敬老院食堂8个。"),
        Report::new("临水县", 2024).done("食堂3个。"),
    ]);
    let part = town.part("石门和安平和临水去年新建农村敬老院食堂多少个");
    assert_eq!(part.kind, AnswerKind::Comparison);
    assert_eq!(
        part.quotes(),
        ["新建农村敬老院食堂12个。", "新建农村敬老院食堂8个。"]
    );
}

#[test]
fn half_of_the_topic_is_enough_for_a_cell() {
    let town = Town::of(&[
        Report::new("石门县", 2024).done("新建农村敬老院食堂12个。"),
        Report::new("安平县", 2024).done("新建敬老院食堂8个。"),
    ]);
    let part = town.part("石门和安平去年新建农村敬老院食堂多少个");
    assert_eq!(
        part.quotes(),
        ["新建农村敬老院食堂12个。", "新建敬老院食堂8个。"]
    );
}

/// A hit of a period and score, with or without the fact asked for.
fn hit(passage: usize, score: f32, period: Period, need: f32) -> Hit {
    Hit {
        at: PassageAt {
            document: 0,
            passage,
        },
        score,
        sentence: 0,
        period,
        features: Features::of([(Feature::FactType, need)]),
        matched: Vec::new(),
    }
}

#[test]
fn a_cell_is_filled_by_the_best_hit_of_its_period_with_the_fact_not_far_behind() {
    let (done, planned) = (Period::Done(2023), Period::Planned(2024));
    let compared = Compared {
        documents: vec![0],
        period: done,
    };
    let asks = TOWN.query("新建村道多少公里");
    let fitted = |hits: &[Hit]| {
        fitting(hits, &asks, &compared)
            .next()
            .map(|hit| hit.at.passage)
    };
    assert_eq!(fitted(&[]), None);
    assert_eq!(
        fitted(&[hit(0, 1.0, planned, 1.0), hit(1, 0.6, done, 1.0)]),
        Some(1)
    );
    assert_eq!(
        fitted(&[hit(0, 1.0, planned, 1.0), hit(1, 0.59, done, 1.0)]),
        None
    );
    assert_eq!(fitted(&[hit(0, 1.0, Period::Done(2022), 1.0)]), None);
    assert_eq!(
        fitted(&[hit(0, 1.0, done, 0.0), hit(1, 0.9, done, 0.4)]),
        Some(1)
    );
    let any = TOWN.query("新建村道");
    let hits = [hit(0, 1.0, done, 0.0)];
    let fact_or_not = fitting(&hits, &any, &compared).next();
    assert!(fact_or_not.is_some());
}

#[test]
fn a_cell_stays_that_says_at_least_half_as_much_as_the_best() {
    assert_eq!(
        on_topic(vec![("甲", 2), ("乙", 4), ("丙", 1)]),
        ["甲", "乙"]
    );
    assert_eq!(on_topic(vec![("甲", 0)]), ["甲"]);
    assert!(on_topic::<&str>(Vec::new()).is_empty());
}

/// One report, with a result and a plan of the same matters.
static ONE: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[Report::new("石门县", 2024)
        .done("新建村道25公里，绿化荒山。")
        .done("关爱老人，发放高龄补贴。")
        .planned("计划新建村道30公里，绿化荒山。")
        .planned("关爱老人，提高高龄补贴。")])
});

#[test]
fn result_and_plan_of_one_report_stand_side_by_side() {
    for question in [
        "去年和今年新建村道多少公里",
        "新建村道的完成情况和目标",
        "2023年和2024年新建村道对比",
    ] {
        let part = ONE.part(question);
        let cells = part.citations.iter();
        let cells: Vec<&str> = cells.map(|cell| cell.cell.of(&cell.quote)).collect();
        assert_eq!(part.kind, AnswerKind::Comparison, "{question}");
        assert_eq!(
            cells,
            ["新建村道25公里", "计划新建村道30公里"],
            "{question}"
        );
    }
}

#[test]
fn within_one_report_only_figures_are_compared() {
    let part = ONE.part("去年和今年高龄补贴");
    assert_eq!(part.kind, AnswerKind::Passage);
    assert_eq!(part.citations.len(), 2);
    assert_eq!(ONE.part("去年新建村道多少公里").kind, AnswerKind::Passage);
}

#[test]
fn a_cell_names_the_indicator_that_is_compared() {
    let report = Report::new("石门县", 2024)
        .done("地区生产总值达到70亿元，增长7%。实际到位资金完成情况居全市第8位。")
        .planned("地区生产总值增长8%。");
    let town = Town::of(&[report]);
    let part = town.part("GDP实际完成情况和预期目标对照");
    let quotes: Vec<&str> = part.citations.iter().map(|cell| &*cell.quote).collect();
    assert!(
        quotes.iter().all(|quote| quote.contains("地区生产总值")),
        "{quotes:?}"
    );
}
