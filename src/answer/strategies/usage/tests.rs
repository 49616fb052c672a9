//! A slogan that the report uses but does not define.

use std::sync::LazyLock;

use super::*;
use crate::{
    answer::Status,
    town::{Quotes as _, Town},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::with(
        "去年深入实施“七大提升”工程，群众更满意。去年全面推进五好村建设，村容变好。\
         今年继续实施“七大提升”工程。今年计划新建村道30公里。",
    )
});

#[test]
fn its_uses_are_quoted_and_the_definition_is_missing() {
    let part = TOWN.part("七大提升是什么意思");
    assert_eq!(
        (part.status, part.kind),
        (Status::Partial, AnswerKind::Passage)
    );
    assert_eq!(part.lacks(), Some((Gap::Definition, "七大提升")));
    let mut quotes = part.quotes();
    quotes.sort_unstable();
    assert_eq!(
        quotes,
        [
            "今年继续实施“七大提升”工程。",
            "去年深入实施“七大提升”工程，群众更满意。"
        ]
    );
}

#[test]
fn only_what_stands_in_quotes_is_a_slogan() {
    let part = TOWN.part("五好村是什么意思");
    assert_ne!(part.lacks().map(|(asked, _)| asked), Some(Gap::Definition));
}

#[test]
fn only_who_asks_what_it_means_misses_the_definition() {
    let part = TOWN.part("七大提升工程谁更满意");
    assert_ne!(part.lacks().map(|(asked, _)| asked), Some(Gap::Definition));
}

#[test]
fn two_things_are_no_slogan() {
    let part = TOWN.part("七大提升和村道是什么意思");
    assert_ne!(part.lacks().map(|(asked, _)| asked), Some(Gap::Definition));
}

#[test]
fn no_more_uses_are_quoted_than_asked_for() {
    let query = TOWN.query("七大提升是什么意思");
    let part = TOWN.answer_to(query, 1);
    assert_eq!(part.citations.len(), 1);
}

#[test]
fn what_is_asked_for_in_numbers_is_a_slogan_as_well() {
    for question in [
        "七大提升是哪七个",
        "七大提升工程是哪七大",
        "七大提升工程包括哪些",
    ] {
        let part = TOWN.part(question);
        assert_eq!(
            part.lacks().map(|(asked, _)| asked),
            Some(Gap::Definition),
            "{question}"
        );
    }
}

#[test]
fn a_use_is_quoted_and_may_be_explained_there() {
    let named = |name: &str| Some(Use::Named(name.to_owned()));
    for (text, term, used) in [
        ("实施“四个不摘”要求", "四个不摘", named("四个不摘")),
        ("完善“五治”融合体系", "五治融合", named("五治融合")),
        ("建设“六大现代产业园”", "六大园", named("六大现代产业园")),
        ("建设“五大现代产业园”", "六大园", None),
        ("建设“现代产业园”", "现代园", None),
        (
            "“三抓三促”行动:抓学习促提升",
            "三抓三促行动",
            Some(Use::Explained),
        ),
        ("“两个确立”即确立核心", "两个确立", Some(Use::Explained)),
        ("实施四个不摘要求", "四个不摘", None),
        ("完善“五治”体系", "五治融合", None),
    ] {
        assert_eq!(use_of(text, term), used, "{text}");
    }
}

#[test]
fn what_sums_up_what_stands_before_it_is_explained() {
    for before in [
        "推进厕所、垃圾、污水",
        "围绕100万人口、100平方公里建成区面积",
    ] {
        assert!(is_listed(before), "{before}");
    }
    for before in ["厕所、垃圾、污水都要治，推进", "深入实施", "种植、养殖"]
    {
        assert!(!is_listed(before), "{before}");
    }
}

#[test]
fn adverbs_before_what_asks_are_no_part_of_the_term() {
    for (before, term) in [
        ("五治融合具体", "五治融合"),
        ("七大提升分别都", "七大提升"),
        ("具体", ""),
    ] {
        assert_eq!(without_adverbs(before), term);
    }
}
