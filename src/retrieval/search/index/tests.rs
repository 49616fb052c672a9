//! What is found by words, and what is rare among which passages.

use super::*;
use crate::retrieval::{
    period::Years,
    testing::{Town, library, near, query, report, substitute},
};

const BOOSTS: Boosts = Boosts {
    words: 1.0,
    pairs: 0.5,
    headings: 0.4,
};

/// Two reports of two passages each.
fn two() -> PassageIndex {
    let library = library(&[
        Town::text("实施供水工程。", "硬化道路。"),
        report(
            "邻县",
            2024,
            "## 2023年工作回顾\n\n实施供水工程。\n\n## 2024年重点工作\n\n改造供水和管网。",
        ),
    ]);
    let index = PassageIndex::in_memory(&library, &Segmenter::with_words([]));
    index.expect("an index in memory")
}

fn places(found: &[Candidate]) -> Vec<(usize, usize)> {
    let at = found.iter().map(|candidate| candidate.at);
    at.map(|at| (at.document, at.passage)).collect()
}

/// ln(1 + (N − n + ½) / (n + ½))
fn idf(all: f32, n: f32) -> f32 {
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

#[test]
fn what_few_passages_hold_is_rare() {
    let index = two();
    let all = index.population(&[]).expect("all passages");
    let of = |pair: &str| index.bigram_idf(pair, &all);
    assert!(near(of("供水"), idf(4.0, 3.0)));
    assert!(near(of("道路"), idf(4.0, 1.0)));
    assert!(near(of("学校"), idf(4.0, 0.0)));
    assert!(of("学校") > of("道路") && of("道路") > of("供水"));
    assert!(near(index.word_idf("道路", &all), idf(4.0, 1.0)));
}

#[test]
fn rarity_is_counted_among_the_passages_asked() {
    let index = two();
    let first = index.population(&[0]).expect("passages of one document");
    assert!(near(index.bigram_idf("供水", &first), idf(2.0, 1.0)));
    assert!(near(index.bigram_idf("管网", &first), idf(2.0, 0.0)));
    let second = index.population(&[1]).expect("passages of one document");
    assert!(near(index.bigram_idf("供水", &second), idf(2.0, 2.0)));
    let both = index.population(&[0, 1]).expect("all passages");
    assert!(near(index.bigram_idf("供水", &both), idf(4.0, 3.0)));
}

#[test]
fn passages_are_found_best_first_and_equals_in_document_order() {
    let index = two();
    let found = |limit| {
        let found = index.candidates(&query("供水 管网"), &BOOSTS, limit);
        found.expect("an index in memory")
    };
    assert_eq!(places(&found(9)), [(1, 1), (0, 0), (1, 0)]);
    assert_eq!(places(&found(2)), [(1, 1), (0, 0)]);
    assert!(found(0).is_empty());
    assert!(found(9).windows(2).all(|pair| pair[0].bm25 >= pair[1].bm25));
}

#[test]
fn only_the_documents_of_the_scope_are_searched() {
    let index = two();
    let within = query("供水").within(vec![1]);
    let found = index.candidates(&within, &BOOSTS, 9);
    let found = found.expect("an index in memory");
    assert_eq!(places(&found), [(1, 0), (1, 1)]);
    assert_eq!(within.scope.base, Years::default());
}

#[test]
fn official_words_find_what_everyday_words_do_not() {
    let index = two();
    let mut asked = query("马路");
    let found = |query: &Query| {
        let found = index.candidates(query, &BOOSTS, 9);
        places(&found.expect("an index in memory"))
    };
    assert_eq!(found(&asked), []);
    asked.substitutes = vec![substitute("马路", &[("道路", 0.6)])];
    assert_eq!(found(&asked), [(0, 1)]);
}

#[test]
fn a_field_without_weight_finds_nothing() {
    let index = two();
    let found = |boosts: Boosts| {
        let found = index.candidates(&query("路"), &boosts, 9);
        found.expect("an index in memory").len()
    };
    let off = Boosts {
        words: 0.0,
        pairs: 0.0,
        headings: 0.0,
    };
    assert_eq!(found(off), 0);
    let headings = Boosts {
        headings: 0.4,
        ..off
    };
    let found = index.candidates(&query("回顾"), &headings, 9);
    assert_eq!(found.expect("an index in memory").len(), 2);
}

#[test]
fn the_words_of_the_corpus_are_counted() {
    let index = two();
    let words = index.words().expect("an index in memory");
    assert_eq!(words.get("供水"), Some(&3));
    assert_eq!(words.get("道路"), Some(&1));
    assert!(index.holds("供水") && index.holds("道路"));
    assert!(index.holds("施供"), "a pair across words");
    assert!(!index.holds("学校"));
}
