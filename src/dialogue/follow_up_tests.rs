//! What a follow-up takes over from the questions before it.

use std::sync::LazyLock;

use super::*;
use crate::{
    retrieval::{FactKind, PeriodConstraint},
    town::{Quotes as _, Report, Town},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[
        Report::new("石门县", 2024)
            .done("新建村道12公里，投入资金300万元。")
            .done("改造水渠8公里。")
            .planned("计划新建村道30公里。")
            .term("“三抓三促”行动", "抓学习促提升、抓执行促落实。"),
        Report::new("石门县", 2023)
            .done("新建村道7公里。")
            .planned("计划新建村道9公里。"),
        Report::new("安平县", 2025)
            .done("新建村道50公里。")
            .planned("计划新建村道60公里。"),
    ])
});

/// `typed` as it is searched after `history`, oldest first.
fn after(history: &[&str], typed: &str) -> Understanding {
    let history: Vec<String> = history.iter().map(|&text| text.to_owned()).collect();
    let (query, message) = (TOWN.query(typed), Message::new(typed));
    resolve(query, &message, &history, &TOWN.retriever)
}

/// What a character pair counts.
fn weight(query: &Understanding, word: &str) -> Option<f32> {
    let mut pairs = query.bigrams().iter();
    pairs.find(|term| term.text == word).map(|term| term.weight)
}

/// Place and year of the documents asked.
fn asked(query: &Understanding) -> Vec<(String, i32)> {
    let documents = TOWN.retriever.library().documents();
    let asked = documents
        .iter()
        .filter(|document| query.scope().holds(document.index));
    asked
        .map(|document| {
            (
                document.meta.place.clone(),
                document.meta.year.unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn a_question_that_stands_on_its_own_is_left_as_it_is() {
    let alone = TOWN.query("今年改造水渠多少公里资金");
    assert_eq!(
        after(&["去年新建村道多少公里"], "今年改造水渠多少公里资金"),
        alone
    );
    assert_eq!(after(&[], "那去年呢"), TOWN.query("那去年呢"));
}

#[test]
fn a_slogan_is_no_follow_up() {
    assert_eq!(
        after(&["去年新建村道多少公里"], "三抓三促"),
        TOWN.query("三抓三促")
    );
}

#[test]
fn what_follows_up_opens_or_ends_as_such_or_names_nothing() {
    let follows =
        |typed: &str| Standing::of(&TOWN.query(typed), &TOWN.retriever) != Standing::Alone;
    for typed in [
        "那去年呢",
        "今年呢?",
        "那水渠呢",
        "还有改造水渠",
        "另外水渠",
        "再说水渠",
        "水渠资金呢",
        "资金。",
        "补贴多少",
        "明年还建吗",
        "怎么报名",
        "多少张床",
        "第二条",
    ] {
        assert!(follows(typed), "{typed}");
    }
    for typed in [
        "水渠",
        "水渠改造",
        "改造水渠投入资金",
        "那改造水渠投入资金和村道建设呢",
        "三抓三促",
    ] {
        assert!(!follows(typed), "{typed}");
    }
}

#[test]
fn nothing_but_a_year_asks_the_same_of_that_year() {
    let query = after(&["去年新建村道多少公里"], "那今年呢");
    assert_eq!(query.period(), PeriodConstraint::Planned(2024));
    assert_eq!(weight(&query, "村道"), Some(1.0));
    assert_eq!(
        query.answer_type().map(|fact| fact.kind),
        Some(FactKind::Number)
    );
    assert!(!query.context().is_empty());
}

#[test]
fn another_topic_keeps_period_and_fact_and_little_of_the_words() {
    let query = after(&["去年新建村道多少公里"], "那水渠呢");
    assert_eq!(query.period(), PeriodConstraint::Done(2023));
    assert_eq!(weight(&query, "水渠"), Some(1.0));
    assert_eq!(weight(&query, "村道"), Some(EARLIER_WEIGHT));
    assert_eq!(
        query.answer_type().map(|fact| fact.kind),
        Some(FactKind::Number)
    );
}

#[test]
fn a_question_without_a_subject_takes_that_of_the_one_before_and_says_so() {
    let query = after(&["去年改造水渠多少公里"], "补贴多少");
    let read = query.follow_up().map(|follow_up| follow_up.read.as_str());
    assert_eq!(read, Some("水渠 补贴多少"));
    assert_eq!(query.period(), PeriodConstraint::Done(2023));
    assert_eq!(weight(&query, "水渠"), Some(1.0));
}

#[test]
fn thanks_between_two_questions_are_no_subject() {
    let query = after(&["去年新建村道多少公里", "谢谢"], "那今年呢");
    assert_eq!(weight(&query, "村道"), Some(1.0));
}

#[test]
fn a_chain_of_follow_ups_leans_on_the_last_question_with_content() {
    let query = after(
        &["改造水渠多少公里", "去年新建村道多少公里", "那今年呢"],
        "那去年呢",
    );
    assert_eq!(query.period(), PeriodConstraint::Done(2023));
    assert_eq!(weight(&query, "村道"), Some(1.0));
    assert_eq!(weight(&query, "水渠"), None);
}

#[test]
fn the_place_asked_about_is_kept_until_another_is_named() {
    let query = after(&["安平去年新建村道多少公里"], "那今年呢");
    assert_eq!(asked(&query), [("安平县".to_owned(), 2025)]);
    assert_eq!(query.period(), PeriodConstraint::Planned(2025));
    let query = after(&["安平去年新建村道多少公里"], "那石门呢");
    assert_eq!(asked(&query), [("石门县".to_owned(), 2024)]);
}

#[test]
fn the_last_place_named_is_kept() {
    let history = ["安平新建村道多少公里", "石门新建村道多少公里", "那去年呢"];
    assert_eq!(
        asked(&after(&history, "那今年呢")),
        [("石门县".to_owned(), 2024)]
    );
}

#[test]
fn a_year_in_figures_is_kept_until_another_is_named() {
    let query = after(&["2022年新建村道多少公里"], "那水渠呢");
    assert_eq!(asked(&query), [("石门县".to_owned(), 2023)]);
    assert_eq!(query.period(), PeriodConstraint::Done(2022));
    let query = after(&["2022年新建村道多少公里"], "那2023年呢");
    assert_eq!(query.period(), PeriodConstraint::Done(2023));
    let query = after(&["2022年新建村道多少公里"], "那今年呢");
    assert_eq!(query.period(), PeriodConstraint::Planned(2024));
}

#[test]
fn a_year_word_goes_on_to_another_place_and_not_what_it_stood_for() {
    // 去年 is 2023 in 石门县 and 2024 in 安平县.
    let query = after(&["去年新建村道多少公里"], "那安平呢");
    assert_eq!(query.period(), PeriodConstraint::Done(2024));
    assert_eq!(asked(&query), [("安平县".to_owned(), 2025)]);
}

#[test]
fn a_conversation_goes_on() {
    let history = ["去年新建村道多少公里"];
    assert_eq!(
        TOWN.ask_after(&history, "那今年呢").quotes()[0],
        "计划新建村道30公里。"
    );
    assert_eq!(
        TOWN.ask_after(&history, "那安平呢").quotes()[0],
        "新建村道50公里。"
    );
    assert_eq!(
        TOWN.ask_after(&history, "那水渠呢").quotes()[0],
        "改造水渠8公里。"
    );
}

#[test]
fn a_place_alone_asks_the_same_of_it() {
    let query = after(&["城关镇有没有新建村道"], "那开发区呢");
    assert_eq!(weight(&query, "村道"), Some(OF_PLACE_WEIGHT));
    // What is no place is asked about by itself.
    let query = after(&["城关镇有没有新建村道"], "那水渠呢");
    assert_eq!(weight(&query, "村道"), None);
}
