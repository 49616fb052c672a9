//! When the list of livelihood items (民生实事) is quoted whole.

use std::sync::LazyLock;

use super::*;
use crate::{
    answer::Status,
    town::{Quotes as _, Report, Town},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[
        Report::new("石门县", 2024)
            .done("去年的民生实事全部办结。")
            .planned("大力发展旅游产业。")
            .item("一是硬化村道20公里。")
            .item("二是改造水管8公里。")
            .item("三是新建幼儿园2所。")
            .item("四是新增公交车10辆。"),
        Report::new("石门县", 2023)
            .planned("大力发展旅游产业。")
            .item("一是改造旧房100户。"),
    ])
});

#[test]
fn the_list_is_quoted_whole_whatever_the_limit() {
    let part = TOWN.part("今年有哪些民生实事");
    assert_eq!(
        (part.status, part.kind),
        (Status::Answered, AnswerKind::Passage)
    );
    assert_eq!(
        part.quotes(),
        [
            "一是硬化村道20公里。",
            "二是改造水管8公里。",
            "三是新建幼儿园2所。",
            "四是新增公交车10辆。"
        ]
    );
}

#[test]
fn of_several_reports_the_newest_tells_its_list() {
    let both = TOWN.query("有哪些民生实事").within(Vec::new());
    assert_eq!(TOWN.answer_to(both, 3).citations.len(), 4);
    let old = TOWN.query("有哪些民生实事").within(vec![1]);
    assert_eq!(TOWN.answer_to(old, 3).quotes(), ["一是改造旧房100户。"]);
}

#[test]
fn results_are_not_told_by_a_list_of_plans() {
    let part = TOWN.part("去年的民生实事");
    assert_eq!(part.quotes()[0], "去年的民生实事全部办结。");
}

#[test]
fn a_longer_topic_asks_for_one_thing_and_not_for_the_list() {
    let part = TOWN.part("新建幼儿园的民生实事");
    assert!(part.citations.len() < 4, "{:?}", part.quotes());
    assert_eq!(part.quotes()[0], "三是新建幼儿园2所。");
}

#[test]
fn a_report_without_a_list_is_searched() {
    let town = Town::with("去年办成了许多民生实事。今年发展旅游产业。");
    let part = town.part("民生实事有哪些");
    assert_eq!(part.quotes(), ["去年办成了许多民生实事。"]);
}

#[test]
fn the_list_is_asked_for_in_many_words_and_how_far_it_has_come_is_no_list() {
    for text in [
        "今年给老百姓办的实事都有啥",
        "今年为民办的实事有哪些",
        "今年政府给农民办啥好事",
        "把民生实事列出来",
    ] {
        assert_eq!(TOWN.part(text).citations.len(), 4, "{text}");
    }
    for text in ["民生实事办完了吗", "民生实事进展如何", "公交车的民生实事"]
    {
        assert!(TOWN.part(text).citations.len() < 4, "{text}");
    }
}

#[test]
fn items_within_a_paragraph_are_a_list_as_well() {
    let town = Town::of(&[Report::new("石门县", 2024)
        .done("一是实事求是，二是真抓实干。")
        .planned("今年办好民生实事。一是硬化村道20公里。二是改造水管8公里。加强协调。")]);
    let list = ["一是硬化村道20公里。", "二是改造水管8公里。"];
    assert_eq!(town.part("今年有哪些民生实事").quotes(), list);
    assert_eq!(town.part("民生实事第二件").quotes(), list[1..]);
    let unnamed = Town::with("今年抓好工作。一是硬化村道20公里。二是改造水管8公里。");
    assert_ne!(unnamed.part("今年有哪些民生实事").quotes(), list);
}

#[test]
fn good_policies_are_what_the_list_promises() {
    assert_eq!(TOWN.part("今年有啥好政策").citations.len(), 4);
    assert_ne!(TOWN.part("养老有啥好政策").citations.len(), 4);
}

#[test]
fn what_is_done_for_people_and_counted_is_the_list() {
    assert_eq!(TOWN.part("今年给老百姓办哪四件事").citations.len(), 4);
    assert_ne!(TOWN.part("今年给村道办哪些手续").citations.len(), 4);
}
