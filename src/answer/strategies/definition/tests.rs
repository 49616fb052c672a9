//! When the glossary answers.

use std::sync::LazyLock;

use super::*;
use crate::{
    answer::{Status, searches::Searches},
    town::{Quotes as _, Report, Town},
};

/// Two slogans with a definition, one of them used three times.
static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[Report::new("石门县", 2024)
        .done("深入开展“三抓三促”行动，干部作风明显好转。")
        .done("新建村道12公里，投入资金300万元。")
        .planned("持续深化“三抓三促”行动，办事更快。")
        .planned("用“三抓三促”行动带动招商引资。")
        .term(
            "“三抓三促”行动",
            "抓学习促提升、抓执行促落实、抓效能促发展。",
        )
        .term("“四优一强”工程", "优环境、优服务、优结构、优布局，强产业。")])
});

const THREE: &str = "“三抓三促”行动：抓学习促提升、抓执行促落实、抓效能促发展。";

fn is_defined(question: &str) -> bool {
    let query = TOWN.query(question);
    let searches = Searches::new(&TOWN.retriever, vec![query]);
    let answered = answer(&Context::new(&searches, 0, 3));
    answered.expect("in memory").is_some()
}

#[test]
fn what_a_slogan_means_is_told_by_its_entry() {
    let part = TOWN.part("三抓三促是什么意思");
    assert_eq!(part.status, Status::Answered);
    assert_eq!(part.kind, AnswerKind::Definition);
    assert_eq!(part.quotes()[0], THREE);
    assert_eq!(part.citations[0].score, 1.0);
    assert_eq!(part.missing, None);
}

#[test]
fn one_use_is_quoted_beside_the_entry_and_the_others_are_related() {
    let part = TOWN.part("三抓三促是什么意思");
    assert_eq!(
        part.quotes()[1..],
        ["深入开展“三抓三促”行动，干部作风明显好转。"]
    );
    assert_eq!(part.citations[1].score, 0.5);
    let passages = TOWN.passages();
    let related: Vec<&str> = passages
        .iter()
        .filter(|passage| part.related.contains(&passage.id))
        .map(|passage| passage.text.as_str())
        .collect();
    assert_eq!(
        related,
        [
            "持续深化“三抓三促”行动，办事更快。",
            "用“三抓三促”行动带动招商引资。"
        ]
    );
}

#[test]
fn a_slogan_alone_asks_for_its_meaning() {
    assert!(is_defined("三抓三促"));
    assert!(is_defined("四优一强工程"));
}

#[test]
fn two_slogans_are_both_explained() {
    let part = TOWN.part("三抓三促和四优一强是什么意思");
    let mut quotes = part.quotes();
    quotes.sort_unstable();
    assert_eq!(quotes.len(), 2);
    assert!(quotes.contains(&THREE));
    assert!(quotes[0].starts_with("“四优一强”") || quotes[1].starts_with("“四优一强”"));
}

#[test]
fn of_two_slogans_the_surer_one_alone_is_explained() {
    // 四优强 is only near.
    let part = TOWN.part("三抓三促行动和四优强是什么意思");
    assert_eq!(part.quotes()[0], THREE);
    assert!(part.quotes().iter().all(|quote| !quote.contains("强产业")));
}

#[test]
fn what_else_is_said_may_stand_in_the_definition() {
    assert!(is_defined("三抓三促抓学习抓执行"));
    // Half of the words do.
    assert!(is_defined("三抓三促抓执行抓什么资金"));
}

#[test]
fn a_question_about_something_else_is_not_swallowed() {
    assert!(!is_defined("三抓三促以后村道修了多少公里"));
    assert!(!is_defined("三抓三促招商引资引进企业情况"));
}

#[test]
fn one_shorter_word_beside_the_slogan_still_asks_for_it() {
    assert!(is_defined("三抓三促效果"));
    assert!(is_defined("三抓三促效果在哪里"));
}

#[test]
fn a_figure_or_a_year_asks_for_more_than_the_meaning() {
    assert!(!is_defined("三抓三促花费多少钱"));
    assert!(!is_defined("去年三抓三促效果"));
}

#[test]
fn who_asks_what_it_means_may_say_one_word_more_whatever_it_is() {
    assert!(is_defined("去年的三抓三促效果是什么意思"));
    assert!(!is_defined("去年的三抓三促效果资金企业是什么意思"));
}

#[test]
fn a_third_of_the_words_is_enough_when_the_meaning_is_asked_for() {
    assert!(is_defined("三抓三促落实企业资金是什么意思"));
    assert!(!is_defined("三抓三促招商企业资金是什么意思"));
}

#[test]
fn a_slogan_that_is_only_near_swallows_no_longer_question() {
    assert!(is_defined("四优一强环境服务结构"));
    assert!(!is_defined("四优一个强环境服务结构"));
    assert!(is_defined("四优一个强环境服务"));
    assert!(is_defined("四优一个强环境服务结构是什么意思"));
}
