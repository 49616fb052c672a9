//! How much of a question a text covers.

use super::*;
use crate::retrieval::{
    testing::{even, everyday, near, query, reading},
    understand::Reading,
};

/// Every term weighs the same.
fn of(reading: Reading) -> Coverage<'static> {
    // They are few, and small.
    let question = Box::leak(Box::new(Understanding::new(reading)));
    Coverage::new(question, &even(question))
}

/// The question `content` with an everyday word in it.
fn with_everyday(content: &str, typed: &str, official: &[(&str, f32)]) -> Coverage<'static> {
    of(Reading {
        expansions: vec![everyday(typed, official)],
        ..reading(content)
    })
}

#[test]
fn coverage_is_the_share_of_the_idf_that_a_text_holds() {
    let frequencies = Frequencies {
        passages: 4,
        bigrams: vec![1, 3, 3],
        words: vec![2],
    };
    let question = query("供水管网");
    let coverage = Coverage::new(&question, &frequencies);
    let (rare, common) = (frequencies.bigram_idf(0), frequencies.bigram_idf(1));
    let all = rare + 2.0 * common;
    assert!(near(coverage.of_pairs("改造供水设施"), rare / all));
    assert!(near(coverage.of_pairs("改造管网"), common / all));
    assert!(near(coverage.of_pairs("改造供水管网"), 1.0));
    assert!(near(coverage.of_pairs("修路"), 0.0));
}

#[test]
fn a_term_counts_by_its_weight_and_a_question_without_terms_is_not_covered() {
    let mut weak = reading("供水 建设");
    weak.bigrams[1].weight = 0.25;
    let coverage = of(weak);
    assert!(near(coverage.of_pairs("供水"), 1.0 / 1.25));
    assert!(near(coverage.of_pairs("建设"), 0.25 / 1.25));
    assert!(near(of(reading("")).of_pairs("供水"), 0.0));
}

#[test]
fn words_are_covered_apart_from_pairs() {
    let frequencies = Frequencies {
        passages: 4,
        bigrams: vec![1; 4],
        words: vec![1, 3],
    };
    let question = query("供水管网 改造");
    let coverage = Coverage::new(&question, &frequencies);
    let (rare, common) = (frequencies.word_idf(0), frequencies.word_idf(1));
    let share = common / (rare + common);
    assert!(near(coverage.of_words("改造供水设施"), share));
    assert!(near(coverage.of_pairs("改造供水设施"), 2.0 / 4.0));
}

#[test]
fn an_official_word_covers_the_everyday_one_by_its_weight() {
    let coverage = with_everyday("门票", "门票", &[("景区", 0.4), ("票价", 0.8)]);
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
    let within = |typed| with_everyday("看病", typed, &[("医疗费用", 0.7)]);
    assert!(near(within("看病贵").of_words("降低医疗费用"), 0.7));
    assert!(near(within("病").of_words("降低医疗费用"), 0.0));
}

#[test]
fn the_longest_match_is_the_longest_stretch_in_common() {
    let coverage = of(reading("供水管网改造"));
    assert!(near(coverage.longest_match("实施供水管网工程"), 4.0 / 6.0));
    assert!(near(coverage.longest_match("网改造"), 3.0 / 6.0));
    assert!(near(coverage.longest_match("供水 管网"), 2.0 / 6.0));
    assert!(
        near(coverage.longest_match("水"), 0.0),
        "one character says nothing"
    );
    let parted = of(reading("供水 管网改造"));
    assert!(
        near(parted.longest_match("供水"), 2.0 / 4.0),
        "of the longest there is"
    );
    assert!(near(parted.longest_match("供水管网改造"), 1.0));
    assert!(near(of(reading("")).longest_match("供水"), 0.0));
}

#[test]
fn pairs_are_held_in_themselves_or_by_an_official_word() {
    let coverage = with_everyday("门票 供水", "门票", &[("景区", 0.1)]);
    assert_eq!(coverage.matched("景区改造供水"), [0, 1]);
    assert_eq!(coverage.matched("供水"), [1]);
}

#[test]
fn parts_of_a_text_are_covered_as_well_by_what_the_whole_holds() {
    let coverage = with_everyday("门票 供水管网", "门票", &[("景区", 0.4), ("票价", 0.8)]);
    for whole in [
        "景区门票半价。改造供水管道。",
        "管网、供水",
        "修路",
        "票价不变,景区",
    ] {
        let within = coverage.within(whole);
        for part in whole.split(['。', '、', ',']).chain([whole]) {
            assert!(near(within.of_pairs(part), coverage.of_pairs(part)));
            assert!(near(within.of_words(part), coverage.of_words(part)));
            let longest = coverage.longest_match(part);
            assert!(near(within.longest_match(part), longest));
            assert_eq!(within.matched(part), coverage.matched(part));
        }
    }
}
