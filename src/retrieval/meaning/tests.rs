//! What is near to a question.

use super::*;
use crate::{
    retrieval::{
        lexicon::Lexicon,
        testing::{near, query},
    },
    semantic::Rounded,
};

fn unit(x: f32, y: f32) -> Vector {
    Vector::unit(vec![x, y])
}

fn at(document: usize, passage: usize) -> PassageAt {
    PassageAt { document, passage }
}

fn scope(documents: &[usize]) -> Scope {
    query("").within(documents.to_vec()).scope
}

/// Bytes round.
fn about(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

/// Document 0: a passage of two sentences, and one of one. Document 1: one of one.
fn meaning() -> Meaning {
    Meaning::of_vectors(vec![
        vec![
            vec![unit(1.0, 0.0), unit(0.0, 1.0), unit(1.0, 1.0)],
            vec![unit(0.6, 0.8)],
        ],
        vec![vec![unit(0.8, 0.6)]],
    ])
}

fn nearness(question: &Vector, documents: &[usize]) -> (Meaning, Nearness) {
    let meaning = meaning();
    let nearness = meaning.nearness(question, &scope(documents), std::iter::empty());
    (meaning, nearness)
}

#[test]
fn a_passage_is_as_near_as_its_sentences_and_as_all_of_it() {
    let (meaning, nearness) = nearness(&unit(1.0, 0.0), &[]);
    let first = meaning.of(&nearness, at(0, 0)).expect("it was compared");
    assert_eq!(first.sentences.len(), 2);
    assert!(about(first.sentences[0], 1.0) && about(first.sentences[1], 0.0));
    assert!(about(first.whole, 0.707) && about(first.best(), 1.0));
    assert_eq!(first.hubs.len(), 2);
    let one = meaning.of(&nearness, at(0, 1)).expect("it was compared");
    assert!(
        about(one.sentences[0], 0.6) && about(one.whole, 0.6),
        "one row for both"
    );
    assert!(meaning.of(&nearness, at(0, 2)).is_none(), "no such passage");
    assert!(meaning.of(&nearness, at(2, 0)).is_none(), "nor document");
}

#[test]
fn only_the_documents_of_the_scope_are_compared() {
    let (meaning, nearness) = nearness(&unit(1.0, 0.0), &[1]);
    let compared = meaning.of(&nearness, at(1, 0)).expect("it was compared");
    assert!(about(compared.whole, 0.8));
    assert!(meaning.of(&nearness, at(0, 0)).is_none());
    assert_eq!(
        meaning.candidates(&nearness, &scope(&[1]), 5),
        [at(1, 0); 2]
    );
}

#[test]
fn the_nearest_sentences_and_the_nearest_passages_are_candidates() {
    let (meaning, nearness) = nearness(&unit(1.0, 0.0), &[]);
    let candidates = |limit| meaning.candidates(&nearness, &scope(&[]), limit);
    assert_eq!(candidates(1), [at(0, 0), at(1, 0)]);
    assert_eq!(
        candidates(2),
        [at(0, 0), at(1, 0), at(1, 0), at(0, 0)],
        "by sentence, then as a whole"
    );
    assert!(candidates(0).is_empty());
}

#[test]
fn a_sentence_in_the_midst_of_all_is_near_to_everything() {
    let (meaning, nearness) = nearness(&unit(1.0, 0.0), &[]);
    let first = meaning.of(&nearness, at(0, 0)).expect("it was compared");
    let middle = &meaning.middle;
    // The direction of the sum of all five rows.
    let (x, y) = (1.0 + 0.707 + 0.6 + 0.8, 1.0 + 0.707 + 0.8 + 0.6);
    assert!(about(middle.dot(&unit(x, y)), 1.0));
    assert!(about(first.hubs[0], middle.dot(&unit(1.0, 0.0))));
    assert!(about(first.hubs[1], middle.dot(&unit(0.0, 1.0))));
}

#[test]
fn a_question_is_like_the_nearest_example_of_either_kind() {
    let examples = |vectors: &[Vector]| {
        let mut matrix = Matrix::default();
        for vector in vectors {
            matrix.push(&Rounded::new(vector));
        }
        matrix
    };
    let mut meaning = meaning();
    let question = unit(1.0, 0.0);
    let nothing = meaning.resemblance(&question);
    assert!(near(nothing.on_topic, 0.0) && near(nothing.off_topic, 0.0));
    meaning.on_topic = examples(&[unit(0.6, 0.8), unit(0.8, 0.6)]);
    meaning.off_topic = examples(&[unit(0.0, 1.0), unit(-1.0, 0.0)]);
    let like = meaning.resemblance(&question);
    assert!(about(like.on_topic, 0.8) && about(like.off_topic, 0.0));
}

#[test]
fn the_bundled_corpus_has_its_vectors() {
    let loaded = crate::corpus::embedded().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let embedder = Embedder::builtin().unwrap();
    let cache = VectorCache::open(folder.path(), embedder.id(), semantic::BUNDLED);
    let lexicon = Lexicon::embedded();
    let library = Library::new(loaded.corpus);
    let keys = keys_of(&library, lexicon.examples()).unwrap();
    let missing = keys.into_iter().find(|key| cache.get(key).is_none());
    assert_eq!(
        missing, None,
        "write it anew: wenzheng embed --anew --bundle models/wenzheng-e5-small/bundled.vectors"
    );
    assert!(semantic::BUNDLED.len() < 1_000_000);
}
