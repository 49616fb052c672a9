//! What is found by words.

use super::*;
use crate::retrieval::{
    testing::{everyday, query, reading, two_reports},
    understand::Reading,
};

const BOOSTS: Boosts = Boosts {
    words: 1.0,
    pairs: 0.5,
    headings: 0.4,
};

fn places(found: &[LexicalCandidate]) -> Vec<(usize, usize)> {
    let at = found.iter().map(|candidate| candidate.at);
    at.map(|at| (at.document, at.passage)).collect()
}

#[test]
fn passages_are_found_best_first_and_equals_in_document_order() {
    let index = two_reports();
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
    let index = two_reports();
    let within = query("供水").within(vec![1]);
    let found = index.candidates(&within, &BOOSTS, 9);
    let found = found.expect("an index in memory");
    assert_eq!(places(&found), [(1, 0), (1, 1)]);
}

#[test]
fn official_words_find_what_everyday_words_do_not() {
    let index = two_reports();
    let found = |question: &Understanding| {
        let found = index.candidates(question, &BOOSTS, 9);
        places(&found.expect("an index in memory"))
    };
    assert_eq!(found(&query("马路")), []);
    let official = Understanding::new(Reading {
        expansions: vec![everyday("马路", &[("道路", 0.6)])],
        ..reading("马路")
    });
    assert_eq!(found(&official), [(0, 1)]);
}

#[test]
fn a_field_without_weight_finds_nothing() {
    let index = two_reports();
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
