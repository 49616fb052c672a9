//! How much of a question a text covers.

use super::*;
use crate::retrieval::testing::{near, query, substitute};

/// Every term weighs the same.
fn even(query: &Query) -> Coverage {
    Coverage::new(query, |_| 1.0, |_| 1.0)
}

#[test]
fn coverage_is_the_share_of_the_idf_that_a_text_holds() {
    let query = query("供水管网");
    let idf = |pair: &str| if pair == "供水" { 3.0 } else { 1.0 };
    let coverage = Coverage::new(&query, idf, |_| 1.0);
    assert!(near(coverage.of_pairs("改造供水设施"), 3.0 / 5.0));
    assert!(near(coverage.of_pairs("改造管网"), 1.0 / 5.0));
    assert!(near(coverage.of_pairs("改造供水管网"), 1.0));
    assert!(near(coverage.of_pairs("修路"), 0.0));
}

#[test]
fn a_term_counts_by_its_weight_and_a_question_without_terms_is_not_covered() {
    let mut weak = query("供水 建设");
    weak.bigrams[1].weight = 0.25;
    assert!(near(even(&weak).of_pairs("供水"), 1.0 / 1.25));
    assert!(near(even(&weak).of_pairs("建设"), 0.25 / 1.25));
    assert!(near(even(&query("")).of_pairs("供水"), 0.0));
}

#[test]
fn words_are_covered_apart_from_pairs() {
    let query = query("供水管网 改造");
    let word_idf = |word: &str| if word == "改造" { 1.0 } else { 4.0 };
    let coverage = Coverage::new(&query, |_| 1.0, word_idf);
    assert!(near(coverage.of_words("改造供水设施"), 1.0 / 5.0));
    assert!(near(coverage.of_pairs("改造供水设施"), 2.0 / 4.0));
}

#[test]
fn an_official_word_covers_the_everyday_one_by_its_weight() {
    let mut query = query("门票");
    query.substitutes = vec![substitute("门票", &[("景区", 0.4), ("票价", 0.8)])];
    let coverage = even(&query);
    assert!(near(coverage.of_pairs("景区开放"), 0.4));
    assert!(
        near(coverage.of_pairs("景区票价"), 0.8),
        "the best one, once"
    );
    assert!(
        near(coverage.of_pairs("门票和票价"), 1.0),
        "the word itself"
    );
    assert!(near(coverage.of_words("票价"), 0.8));
}

#[test]
fn a_word_within_an_everyday_word_is_covered_by_its_official_word() {
    let mut query = query("看病");
    query.substitutes = vec![substitute("看病贵", &[("医疗费用", 0.7)])];
    assert!(near(even(&query).of_words("降低医疗费用"), 0.7));
    query.substitutes = vec![substitute("病", &[("医疗费用", 0.7)])];
    assert!(near(even(&query).of_words("降低医疗费用"), 0.0));
}

#[test]
fn the_longest_match_is_the_longest_stretch_in_common() {
    let coverage = even(&query("供水管网改造"));
    assert!(near(coverage.longest_match("实施供水管网工程"), 4.0 / 6.0));
    assert!(near(coverage.longest_match("网改造"), 3.0 / 6.0));
    assert!(near(coverage.longest_match("供水 管网"), 2.0 / 6.0));
    assert!(
        near(coverage.longest_match("水"), 0.0),
        "one character says nothing"
    );
    let parted = even(&query("供水 管网改造"));
    assert!(
        near(parted.longest_match("供水"), 2.0 / 4.0),
        "of the longest there is"
    );
    assert!(near(parted.longest_match("供水管网改造"), 1.0));
    assert!(near(even(&query("")).longest_match("供水"), 0.0));
}

#[test]
fn pairs_are_held_in_themselves_or_by_an_official_word() {
    let mut query = query("门票 供水");
    query.substitutes = vec![substitute("门票", &[("景区", 0.1)])];
    assert_eq!(even(&query).matched("景区改造供水"), [0, 1]);
    assert_eq!(even(&query).matched("供水"), [1]);
}
