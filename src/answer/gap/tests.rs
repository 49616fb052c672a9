//! What makes an answer partial, and in which order.

use std::sync::LazyLock;

use super::*;
use crate::{
    answer::Status,
    corpus::Period,
    retrieval::{Features, Ranking},
    town::{Quotes as _, Town, hit},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::with(
        "去年新建村道12公里。去年给老人发放高龄补贴。去年2018年开建的水库蓄水。去年发放贷款5000万元。\
         今年计划新建敬老院3所。今年与张掖加强旅游协作。",
    )
});

#[test]
fn a_year_that_no_report_tells_of_is_missing() {
    let part = TOWN.part("2019年新建村道多少公里");
    assert_eq!(part.status, Status::Partial);
    assert_eq!(part.lacks(), Some((Gap::Elsewhere, "2019年")));
    assert_eq!(part.quotes(), ["去年新建村道12公里。"]);
}

#[test]
fn a_year_that_the_quote_names_is_not_missing() {
    let part = TOWN.part("2018年开建的水库蓄水");
    assert_eq!(part.missing, None);
}

#[test]
fn a_place_that_the_report_does_not_speak_of_is_missing() {
    let part = TOWN.part("新建村道通到兰州了吗");
    assert_eq!(part.lacks(), Some((Gap::Elsewhere, "兰州")));
    let part = TOWN.part("今年旅游和张掖协作吗");
    assert_eq!(part.missing, None);
}

#[test]
fn the_report_s_own_place_is_not_missing() {
    let part = TOWN.part("石门县新建村道多少公里");
    assert_eq!(part.missing, None);
}

/// A result and a plan that have nothing in common.
static APART: LazyLock<Town> =
    LazyLock::new(|| Town::with("去年改造水管8公里。今年计划新建敬老院3所。"));

#[test]
fn a_plan_for_a_result_misses_the_year_and_so_does_a_result_for_a_plan() {
    let part = APART.part("去年新建敬老院多少所");
    assert_eq!(part.status, Status::Partial);
    assert_eq!(part.lacks(), Some((Gap::Year, "2023年")));
    let part = APART.part("今年改造水管多少公里");
    assert_eq!(part.lacks(), Some((Gap::Year, "2024年")));
}

#[test]
fn a_question_that_names_no_year_misses_none() {
    assert_eq!(APART.part("新建敬老院多少所").missing, None);
}

#[test]
fn the_figure_of_a_year_is_not_that_of_a_part_of_it() {
    let part = APART.part("去年上半年改造水管多少公里");
    assert_eq!(part.status, Status::Partial);
    assert_eq!(part.lacks(), Some((Gap::Year, "上半年")));
    let town = Town::with("去年10月改造水管8公里。");
    assert_eq!(town.part("去年10月份改造水管多少公里").missing, None);
}

#[test]
fn what_was_done_does_not_answer_what_was_not() {
    let town = Town::with("去年东山村道硬化12公里。去年西岭水库开工建设。");
    let part = town.part("没硬化的村道有哪些");
    assert_eq!(part.status, Status::Partial);
    assert_eq!(part.lacks(), Some((Gap::Undone, "没硬化")));
    assert_eq!(
        town.part("没开工的水库").lacks(),
        Some((Gap::Undone, "没开工"))
    );
    let lacks = town.part("没建成的水库").lacks().map(|(gap, _)| gap);
    assert_ne!(lacks, Some(Gap::Undone), "it is begun and not finished");
}

#[test]
fn another_place_comes_before_another_year_and_both_before_the_fact() {
    let gap = |question: &str| APART.part(question).lacks().map(|(gap, _)| gap);
    assert_eq!(gap("去年兰州敬老院新建几月几号"), Some(Gap::Elsewhere));
    assert_eq!(gap("去年敬老院新建几月几号"), Some(Gap::Year));
    assert_eq!(gap("今年敬老院新建几月几号"), Some(Gap::Date));
}

#[test]
fn a_fact_of_the_kind_asked_for_must_be_quoted() {
    let part = TOWN.part("去年高龄补贴发放多少钱");
    assert_eq!(part.status, Status::Partial);
    let lacks = part.missing.as_ref().expect("something is missing");
    assert_eq!(
        (lacks.asked, lacks.topic.as_str()),
        (Gap::Money, "高龄补贴")
    );
    assert_eq!(TOWN.part("去年贷款发放多少钱").missing, None);
}

#[test]
fn a_figure_must_be_of_what_is_named_before_it() {
    let part = TOWN.part("去年贷款的利息是多少元");
    let lacks = part.missing.as_ref().expect("something is missing");
    assert_eq!((lacks.asked, lacks.words.as_str()), (Gap::Money, "利息"));
}

#[test]
fn a_figure_must_count_what_is_named_after_it() {
    let part = TOWN.part("今年新建敬老院多少所学校");
    let lacks = part.missing.as_ref().expect("something is missing");
    assert_eq!((lacks.asked, lacks.words.as_str()), (Gap::Number, "学校"));
}

const PLANNED: Period = Period::Planned(2024);
const DONE: Period = Period::Done(2023);

#[test]
fn a_result_asked_for_is_missing_unless_some_quote_near_the_best_is_one() {
    let year = |cited: &[Hit], period| year_opposed(period, cited);
    let done = PeriodConstraint::Done(2023);
    assert_eq!(year(&[hit(0, 1.0, PLANNED)], done), Some(2023));
    assert_eq!(year(&[hit(0, 1.0, DONE)], done), None);
    assert_eq!(year(&[hit(0, 1.0, PLANNED), hit(1, 0.7, DONE)], done), None);
    let far = [hit(0, 1.0, PLANNED), hit(1, 0.69, DONE)];
    assert_eq!(year(&far, done), Some(2023));
    // Another year's result is no plan.
    assert_eq!(year(&[hit(0, 1.0, Period::Done(2020))], done), None);
    assert_eq!(
        year(&[hit(0, 1.0, PLANNED)], PeriodConstraint::LeansDone),
        None
    );
    assert_eq!(year(&[], done), None);
}

#[test]
fn an_entry_that_the_question_does_not_name_must_answer_more_surely() {
    let decision = &Ranking::embedded().decision;
    let entry = |entry: f32| Hit {
        features: Features::of([(Feature::UnnamedEntry, entry)]),
        ..hit(0, 1.0, Period::Undated)
    };
    assert_eq!(least(decision, &entry(1.0)), decision.sure);
    assert_eq!(least(decision, &entry(0.0)), decision.unsure);
    assert!(decision.unsure < decision.sure);
}

#[test]
fn a_place_that_only_another_passage_names_is_missing_unless_it_is_a_town() {
    let town = Town::with("去年新建村道12公里。去年与兰州加强旅游协作。去年平襄镇改造水管8公里。");
    let lacks = |question: &str| {
        let part = town.part(question);
        part.lacks().map(|(gap, words)| (gap, words.to_owned()))
    };
    let elsewhere = Some((Gap::Elsewhere, "兰州".to_owned()));
    assert_eq!(lacks("去年新建村道通到兰州多少公里"), elsewhere);
    assert_eq!(town.part("兰州新建村道多少公里").status, Status::NotFound);
    assert_eq!(lacks("去年和兰州加强旅游协作了吗"), None);
}

#[test]
fn another_quote_s_figure_must_be_of_the_same_matter() {
    let town = Town::with("去年压缩会议经费开支，过紧日子。去年压缩培训经费5%，过紧日子。");
    let part = town.part("去年会议经费下降多少");
    let lacks = part.missing.as_ref().map(|lacks| lacks.asked);
    assert_eq!(lacks, Some(Gap::Percentage));
    assert_eq!(town.part("去年培训经费下降多少").missing, None);
}

#[test]
fn acres_are_of_what_is_grown_on_them() {
    let town = Town::with("去年发展苹果种植1万亩，果品产业提质增效。");
    let lacks = |question: &str| town.part(question).missing.map(|lacks| lacks.words);
    assert_eq!(lacks("去年水稻种植多少亩").as_deref(), Some("水稻种植"));
    assert_eq!(lacks("去年苹果种植多少亩"), None);
    assert_eq!(
        lacks("去年草莓种植多少亩"),
        None,
        "a fruit may be among them"
    );
}

#[test]
fn a_sum_must_be_of_the_thing_asked_for() {
    let query = TOWN.query("孤儿的奖学金多少钱");
    let untold = |told: &str| matter_untold(&query, told, |word| word != "孤儿");
    assert_eq!(untold("养老金每人每月提高180元"), Some("奖学金"));
    assert_eq!(untold("奖学金每人每月提高180元"), None);
}

#[test]
fn things_asked_for_by_their_number_must_be_named() {
    let town = Town::with(
        "去年建成示范村三个，绿化美化。去年建成文明村三个，即石村、河村、山村，绿化美化。",
    );
    let lacks = |question: &str| town.part(question).missing.map(|lacks| lacks.words);
    assert_eq!(lacks("示范村是哪三个村").as_deref(), Some("哪三个村"));
    assert_eq!(lacks("文明村是哪三个村"), None);
}

#[test]
fn a_figure_of_another_year_is_none_of_the_year_asked_for() {
    let town = Town::with("去年空气优良天数263天。今年计划改善空气质量。");
    assert!(town.part("今年空气优良天数定多少天").missing.is_some());
    assert_eq!(town.part("去年空气优良天数多少天").missing, None);
}

#[test]
fn a_counterpart_is_no_answer() {
    let town = Town::with("去年财政收入3亿元。今年计划新建敬老院3所。");
    assert!(town.part("去年财政支出多少亿元").missing.is_some());
    assert_eq!(town.part("去年财政收入多少亿元").missing, None);
}

#[test]
fn a_place_that_is_only_told_is_not_asked_about() {
    let part = TOWN.part("我在兰州打工,今年敬老院建几所");
    assert_eq!(part.missing, None);
    let part = TOWN.part("今年敬老院建几所,我妈2031年就八十了");
    assert_eq!(part.missing, None, "nor is a year");
}

#[test]
fn what_is_lacking_is_said_in_a_noun_phrase_or_not_at_all() {
    let words = |question: &str| TOWN.part(question).missing.map(|lacks| lacks.words);
    assert_eq!(words("敬老院床位多少张").as_deref(), Some("敬老院床位"));
    assert_eq!(words("想开敬老院有补贴没").as_deref(), Some(""));
}

#[test]
fn what_is_called_by_another_number_is_missing() {
    let town = Town::with("今年完善“五治”融合乡村治理体系。今年计划新建敬老院3所。");
    let part = town.part("三治融合治理体系怎么完善");
    assert_eq!(part.status, Status::Partial);
    assert_eq!(part.lacks(), Some((Gap::NumberOf, "三治融合")));
    assert_eq!(town.part("五治融合治理体系怎么完善").missing, None);
}
