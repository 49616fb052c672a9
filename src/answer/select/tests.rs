//! Which hits are cited.

use std::sync::LazyLock;

use super::*;
use crate::{
    retrieval::{Context, Features},
    town::{self, Town},
};

const DONE: Period = Period::Done(2023);
const PLANNED: Period = Period::Planned(2024);

/// A hit in passage `n` that holds the first four character pairs of the question.
fn hit(n: usize, score: f32, period: Period) -> Hit {
    Hit {
        features: Features::of([(Feature::Coverage, 0.5), (Feature::FactType, 1.0)]),
        matched: vec![0, 1, 2, 3],
        ..town::hit(n, score, period)
    }
}

static TOWN: LazyLock<Town> = LazyLock::new(|| Town::with("去年新建村道12公里。"));

/// A question without a fact that asks for `period`.
fn query(period: PeriodConstraint) -> Understanding {
    TOWN.query("村道").in_context(&Context {
        period: Some(period),
        ..Context::default()
    })
}

/// The passages cited of `hits`, when nothing but the other side may be cited beside the best.
fn beside(hits: &[Hit], period: PeriodConstraint) -> Vec<usize> {
    cited(hits, &query(period), 3, &[0.0; 9])
}

/// The passages cited of `hits`, each of its `relevance`, when .5 belongs beside the first.
fn cited(hits: &[Hit], query: &Understanding, limit: usize, relevance: &[f32]) -> Vec<usize> {
    let chosen = select(hits, query, limit, relevance, 0.5);
    chosen.iter().map(|hit| hit.at.passage).collect()
}

#[test]
fn without_hits_nothing_is_cited() {
    assert_eq!(beside(&[], PeriodConstraint::Any), [0; 0]);
}

#[test]
fn what_belongs_beside_the_first_is_cited_up_to_the_limit_whatever_its_score() {
    let hits = [
        hit(0, 1.0, DONE),
        hit(1, 0.9, DONE),
        hit(2, 0.5, DONE),
        hit(3, 0.2, DONE),
    ];
    let any = query(PeriodConstraint::Any);
    let relevance = [0.9, 0.49, 0.5, 0.8];
    assert_eq!(cited(&hits, &any, 9, &relevance), [0, 2, 3]);
    assert_eq!(cited(&hits, &any, 2, &relevance), [0, 2]);
}

#[test]
fn the_first_is_cited_whatever_its_relevance() {
    let hits = [hit(0, 1.0, DONE), hit(1, 0.9, DONE)];
    assert_eq!(beside(&hits, PeriodConstraint::Any), [0]);
}

#[test]
fn a_passage_is_cited_once() {
    let hits = [hit(0, 1.0, DONE), hit(0, 0.9, DONE)];
    assert_eq!(
        cited(&hits, &query(PeriodConstraint::Any), 3, &[0.9, 0.9]),
        [0]
    );
}

#[test]
fn the_result_stands_before_the_plan() {
    let plan_leads = [hit(0, 1.0, PLANNED), hit(1, 0.6, DONE)];
    assert_eq!(beside(&plan_leads, PeriodConstraint::Any), [1, 0]);
    let result_leads = [hit(0, 1.0, DONE), hit(1, 0.6, PLANNED)];
    assert_eq!(beside(&result_leads, PeriodConstraint::Any), [0, 1]);
}

#[test]
fn the_side_that_the_question_leans_to_stands_first() {
    let plan_leads = [hit(0, 1.0, PLANNED), hit(1, 0.8, DONE)];
    assert_eq!(beside(&plan_leads, PeriodConstraint::LeansPlanned), [0, 1]);
    assert_eq!(beside(&plan_leads, PeriodConstraint::LeansDone), [1, 0]);
}

#[test]
fn the_other_side_must_come_near_and_speak_of_the_same() {
    let best = hit(0, 1.0, DONE);
    let far = hit(1, 0.59, PLANNED);
    assert_eq!(beside(&[best.clone(), far], PeriodConstraint::Any), [0]);
    let other_topic = Hit {
        matched: vec![0, 1, 7],
        ..hit(1, 0.9, PLANNED)
    };
    assert_eq!(
        beside(&[best.clone(), other_topic], PeriodConstraint::Any),
        [0]
    );
    let same_side = hit(1, 0.9, DONE);
    assert_eq!(beside(&[best, same_side], PeriodConstraint::Any), [0]);
}

#[test]
fn both_years_asked_for_are_told_whatever_the_score() {
    let hits = [hit(0, 1.0, DONE), hit(1, 0.1, PLANNED)];
    assert_eq!(beside(&hits, PeriodConstraint::Both), [0, 1]);
}

#[test]
fn one_year_asked_for_is_told_alone() {
    let hits = [hit(0, 1.0, DONE), hit(1, 0.9, PLANNED)];
    assert_eq!(beside(&hits, PeriodConstraint::Done(2023)), [0]);
    assert_eq!(beside(&hits, PeriodConstraint::Planned(2024)), [0]);
}

#[test]
fn only_a_result_and_a_plan_are_opposite() {
    assert!(opposite(DONE, PLANNED) && opposite(PLANNED, DONE));
    assert!(!opposite(DONE, Period::Done(2022)) && !opposite(PLANNED, PLANNED));
    assert!(!opposite(DONE, Period::Assessment) && !opposite(Period::Undated, PLANNED));
}

#[test]
fn two_hits_speak_of_the_same_when_seven_in_ten_pairs_are_common() {
    let holding = |matched: &[usize]| Hit {
        matched: matched.to_vec(),
        ..hit(0, 1.0, DONE)
    };
    let any = query(PeriodConstraint::Any);
    let same = |a: &[usize], b: &[usize]| same_topic(&holding(a), &holding(b), &any);
    assert!(same(
        &[0, 1, 2, 3, 4, 5, 6],
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    ));
    assert!(!same(&[0, 1, 2, 3, 4, 5], &[0, 1, 2, 3, 4, 5, 7, 8, 9]));
    assert!(!same(&[], &[]));
    let shallow = Hit {
        features: Features::of([(Feature::Coverage, 0.44), (Feature::FactType, 1.0)]),
        ..hit(0, 1.0, DONE)
    };
    assert!(!same_topic(&shallow, &hit(1, 1.0, PLANNED), &any));
}

#[test]
fn two_hits_speak_of_the_same_when_both_hold_the_fact_asked_for() {
    let asks = TOWN.query("多少公里村道");
    let without = Hit {
        features: Features::of([(Feature::Coverage, 0.5), (Feature::FactType, 0.5)]),
        ..hit(1, 1.0, PLANNED)
    };
    let with = hit(0, 1.0, DONE);
    assert!(same_topic(&with, &hit(1, 1.0, PLANNED), &asks));
    assert!(!same_topic(&with, &without, &asks));
    assert!(same_topic(&with, &without, &query(PeriodConstraint::Any)));
}
