//! What a question takes over from others.

use super::*;
use crate::retrieval::{
    testing::{everyday, query, reading},
    understand::{FactKind, Intents, answer_type},
};

fn words(question: &Understanding) -> Vec<(&str, f32)> {
    let words = question.words().iter();
    words
        .map(|word| (word.text.as_str(), word.weight))
        .collect()
}

/// A question about roads, of the year reviewed, that asks for a number.
fn earlier(content: &str) -> Understanding {
    Understanding::new(Reading {
        period: PeriodConstraint::Done(2023),
        answer_type: answer_type(&Intents::default(), "多少公里"),
        expansions: vec![everyday("道路", &[("公路", 0.8)])],
        ..reading(content)
    })
}

/// `next` after `earlier`, whose words count 0.4.
fn after(next: Reading, earlier: &Understanding) -> Understanding {
    Understanding::new(next).in_context(&Context {
        follows: vec![(earlier, 0.4)],
        ..Context::default()
    })
}

#[test]
fn a_follow_up_takes_over_what_it_does_not_name() {
    let earlier = earlier("硬化 道路");
    let next = after(reading("道路 桥梁"), &earlier);
    assert_eq!(words(&next), [("道路", 1.0), ("桥梁", 1.0), ("硬化", 0.4)]);
    let pairs: Vec<&str> = next
        .bigrams()
        .iter()
        .map(|pair| pair.text.as_str())
        .collect();
    assert_eq!(pairs, ["道路", "桥梁", "硬化"]);
    assert_eq!(next.period(), PeriodConstraint::Done(2023));
    assert_eq!(next.answer_type(), earlier.answer_type());
    assert_eq!(next.expansions(), earlier.expansions());
    assert_eq!(next.content(), "道路 桥梁");
    assert_eq!(next.embedded_text(), "硬化 道路 道路 桥梁");
}

#[test]
fn a_follow_up_keeps_the_period_and_the_fact_that_it_names() {
    let earlier = earlier("道路");
    let named = Reading {
        period: PeriodConstraint::Planned(2024),
        answer_type: answer_type(&Intents::default(), "桥梁在哪"),
        ..reading("桥梁")
    };
    let next = after(named, &earlier);
    assert_eq!(next.period(), PeriodConstraint::Planned(2024));
    assert_eq!(
        next.answer_type().map(|answer| answer.kind),
        Some(FactKind::Where)
    );
    let leaning = Reading {
        period: PeriodConstraint::LeansPlanned,
        ..reading("桥梁")
    };
    let next = after(leaning, &earlier);
    assert_eq!(
        next.period(),
        PeriodConstraint::Done(2023),
        "leaning is no naming"
    );
}

#[test]
fn a_bare_follow_up_is_about_what_the_earlier_one_was() {
    let bare = Reading {
        bare: true,
        ..reading("今年")
    };
    let next = after(bare, &query("硬化 道路"));
    assert_eq!(words(&next), [("硬化", 1.0), ("道路", 1.0)]);
    assert_eq!(next.content(), "硬化 道路");
}

#[test]
fn a_later_part_takes_over_documents_and_period() {
    let first = earlier("道路").within(vec![3]);
    let part = query("桥梁").in_context(&Context {
        scope: Some(first.scope()),
        period: Some(first.period()),
        ..Context::default()
    });
    assert_eq!(part.scope().documents, [3]);
    assert_eq!(part.period(), PeriodConstraint::Done(2023));
    assert_eq!(words(&part), [("桥梁", 1.0)], "but not its topic");
}

#[test]
fn a_cell_is_asked_for_in_its_own_documents_and_period() {
    let cell = Compared {
        documents: vec![2],
        period: crate::corpus::Period::Planned(2022),
    };
    let asked = query("道路 目标").for_cell(&cell, &["目标"]);
    assert_eq!(words(&asked), [("道路", 1.0)]);
    assert_eq!(asked.period(), PeriodConstraint::Planned(2022));
    assert_eq!(asked.scope().documents, [2]);
    let nothing_left = query("目标").for_cell(&cell, &["目标"]);
    assert_eq!(words(&nothing_left), [("目标", 1.0)]);
}

#[test]
fn a_question_on_its_own_is_embedded_as_asked() {
    assert_eq!(query("修路吗").embedded_text(), "修路吗");
}

#[test]
fn a_topic_names_nothing_twice_in_a_row() {
    assert_eq!(query("看病贵 贵").topic(), "看病贵");
    assert_eq!(query(" 供水   管网 ").topic(), "供水 管网");
}
