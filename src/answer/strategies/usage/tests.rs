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
