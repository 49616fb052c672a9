//! What is found by words.

use std::collections::HashSet;

use super::*;
use crate::retrieval::{
    testing::{everyday, library_of_two, query, reading, two_reports},
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

#[test]
fn an_index_with_a_flipped_bit_in_any_file_finds_what_it_did() {
    let (root, library) = (tempfile::tempdir().expect("a folder"), library_of_two());
    let folder = root.path().join("passages");
    let opened = || {
        let segmenter = Segmenter::with_words([]);
        let index = PassageIndex::on_disk(&folder, &library, &segmenter);
        let found = index
            .expect("there is room")
            .candidates(&query("供水 管网"), &BOOSTS, 9);
        places(&found.expect("it is whole"))
    };
    let found = opened();
    let files = || -> Vec<_> {
        let entries = fs::read_dir(&folder).expect("it is there");
        let files = entries.map(|entry| entry.expect("it is there").path());
        files.filter(|file| file.is_file()).collect()
    };
    assert!(files().iter().any(|file| file.ends_with("meta.json")));
    for file in files() {
        // Names of segments change when the index is built again.
        let Ok(mut bytes) = fs::read(&file) else {
            continue;
        };
        let middle = bytes.len() / 2;
        if let Some(byte) = bytes.get_mut(middle) {
            *byte ^= 4;
        }
        fs::write(&file, bytes).expect("there is room");
        assert_eq!(opened(), found, "{}", file.display());
    }
}

#[test]
fn a_sound_index_is_read_and_not_built_again() {
    let (root, library) = (tempfile::tempdir().expect("a folder"), library_of_two());
    let folder = root.path().join("passages");
    let meta = || {
        let segmenter = Segmenter::with_words([]);
        PassageIndex::on_disk(&folder, &library, &segmenter).expect("there is room");
        fs::read(folder.join("meta.json")).expect("it is there")
    };
    assert_eq!(meta(), meta());
}

#[test]
fn an_index_that_another_process_writes_is_left_alone() {
    let (root, library) = (tempfile::tempdir().expect("a folder"), library_of_two());
    let folder = root.path().join("passages");
    let open = |word| {
        let segmenter = Segmenter::with_words([word]);
        PassageIndex::on_disk(&folder, &library, &segmenter)
    };
    open("供水管").expect("there is room");
    let index = Index::open_in_dir(&folder).expect("it is whole");
    let writer: IndexWriter = index.writer(WRITER_BYTES).expect("nobody writes");
    assert!(open("供水管网").is_err_and(|error| error.is_locked()));
    drop(writer);
    open("供水管网").expect("nobody writes any more");
}

#[test]
fn what_holds_a_new_word_is_cut_again_and_nothing_else() {
    let (root, library) = (tempfile::tempdir().expect("a folder"), library_of_two());
    let folder = root.path().join("passages");
    let by_words = Boosts {
        words: 1.0,
        pairs: 0.0,
        headings: 1.0,
    };
    let open = |words: &[&str]| {
        let segmenter = Segmenter::with_words(words.iter().copied());
        PassageIndex::on_disk(&folder, &library, &segmenter).expect("there is room")
    };
    let found = |index: &PassageIndex, word: &str| {
        let found = index.candidates(&query(word), &by_words, 9);
        let mut found = places(&found.expect("it is whole"));
        found.sort_unstable();
        found
    };
    let written = |index: &PassageIndex| {
        let searcher = index.reader.searcher();
        let segments = searcher.segment_readers().iter();
        segments
            .map(|segment| segment.segment_id())
            .collect::<HashSet<_>>()
    };
    let plain = open(&[]);
    assert_eq!(found(&plain, "供水"), [(0, 0), (1, 0), (1, 1)]);
    let (own, elsewhere) = (open(&["供水工程"]), open(&["供水工程", "从未写过"]));
    assert_eq!(found(&own, "供水工程"), [(0, 0), (1, 0)]);
    assert_eq!(found(&own, "供水"), [(1, 1)]);
    assert_eq!(written(&own), written(&elsewhere), "no document holds it");
    let headed = open(&["供水工程", "年工作"]);
    assert_eq!(found(&headed, "年工作"), [(0, 0), (1, 0)], "in headings");
    assert_eq!(found(&open(&[]), "供水"), [(0, 0), (1, 0), (1, 1)]);
    assert_eq!(found(&plain, "供水"), [(0, 0), (1, 0), (1, 1)], "as it was");
}
