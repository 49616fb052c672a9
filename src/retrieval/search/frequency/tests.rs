//! What is rare among which passages.

use crate::retrieval::testing::{query, two_reports};

/// How many passages there are among these documents, and how many hold the word, and its pair.
fn holding(word: &str, documents: &[usize]) -> (u64, u64, u64) {
    let question = query(word).within(documents.to_vec());
    let found = two_reports().frequencies(&question);
    let found = found.expect("an index in memory");
    (found.passages, found.words[0], found.bigrams[0])
}

#[test]
fn terms_are_counted_in_the_order_of_the_question() {
    let found = two_reports().frequencies(&query("供水 道路 学校"));
    let found = found.expect("an index in memory");
    assert_eq!(found.passages, 4);
    assert_eq!(found.words, [3, 1, 0]);
    assert_eq!(found.bigrams, [3, 1, 0]);
}

#[test]
fn rarity_is_counted_among_the_passages_asked() {
    assert_eq!(holding("供水", &[0]), (2, 1, 1));
    assert_eq!(holding("管网", &[0]), (2, 0, 0));
    assert_eq!(holding("供水", &[1]), (2, 2, 2));
    assert_eq!(holding("供水", &[0, 1]), (4, 3, 3));
}

#[test]
fn the_words_of_the_corpus_are_counted() {
    let dictionary = two_reports().dictionary(100).expect("an index in memory");
    let count = |word: &str| {
        let mut words = dictionary.words.iter();
        words.find(|(known, _)| known == word).map(|known| known.1)
    };
    assert_eq!(count("供水"), Some(3));
    assert_eq!(count("道路"), Some(1));
    let few = two_reports().dictionary(2).expect("an index in memory");
    assert_eq!(few.words.len(), 2, "{:?}", few.words);
    assert!(few.words.contains(&("供水".into(), 3)), "the most frequent");
    let terms = dictionary.terms;
    assert!(terms.hold("供水") && terms.hold("道路"));
    assert!(terms.hold("施供"), "a pair across words");
    assert!(!terms.hold("学校"));
}
