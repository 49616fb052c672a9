//! What is near to a question.

use super::*;
use crate::{
    retrieval::testing::query,
    semantic::{Rounded, TextKey, VectorCache},
};

fn unit(x: f32, y: f32) -> Vector {
    Vector::unit(vec![x, y])
}

fn at(document: usize, passage: usize) -> PassageAt {
    PassageAt { document, passage }
}

fn scope(documents: &[usize]) -> Scope {
    query("").within(documents.to_vec()).scope().clone()
}

/// Bytes round.
fn about(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

/// Document 0: a passage of two sentences, and one of one. Document 1: one of one.
fn dense() -> DenseIndex {
    DenseIndex::of_vectors(vec![
        vec![
            vec![unit(1.0, 0.0), unit(0.0, 1.0), unit(1.0, 1.0)],
            vec![unit(0.6, 0.8)],
        ],
        vec![vec![unit(0.8, 0.6)]],
    ])
}

fn compared(question: &Vector, documents: &[usize]) -> (DenseIndex, Similarities) {
    let index = dense();
    let similarities = index.compare(question, &scope(documents), std::iter::empty());
    (index, similarities)
}

#[test]
fn a_passage_is_as_near_as_its_sentences_and_as_all_of_it() {
    let (index, similarities) = compared(&unit(1.0, 0.0), &[]);
    let first = index
        .similarity(&similarities, at(0, 0))
        .expect("it was compared");
    assert_eq!(first.sentences.len(), 2);
    assert!(about(first.sentences[0], 1.0) && about(first.sentences[1], 0.0));
    assert!(about(first.passage, 0.707) && about(first.best_sentence(), 1.0));
    assert_eq!(first.hubness.len(), 2);
    let one = index
        .similarity(&similarities, at(0, 1))
        .expect("it was compared");
    assert!(
        about(one.sentences[0], 0.6) && about(one.passage, 0.6),
        "one row for both"
    );
    assert!(
        index.similarity(&similarities, at(0, 2)).is_none(),
        "no such passage"
    );
    assert!(
        index.similarity(&similarities, at(2, 0)).is_none(),
        "nor document"
    );
}

#[test]
fn only_the_documents_of_the_scope_are_compared() {
    let (index, similarities) = compared(&unit(1.0, 0.0), &[1]);
    let compared = index
        .similarity(&similarities, at(1, 0))
        .expect("it was compared");
    assert!(about(compared.passage, 0.8));
    assert!(index.similarity(&similarities, at(0, 0)).is_none());
    assert_eq!(
        index.most_similar(&similarities, &scope(&[1]), 5),
        [at(1, 0); 2]
    );
}

#[test]
fn the_nearest_sentences_and_the_nearest_passages_are_candidates() {
    let (index, similarities) = compared(&unit(1.0, 0.0), &[]);
    let candidates = |limit| index.most_similar(&similarities, &scope(&[]), limit);
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
    let (index, similarities) = compared(&unit(1.0, 0.0), &[]);
    let first = index
        .similarity(&similarities, at(0, 0))
        .expect("it was compared");
    let centroid = &index.centroid;
    // The direction of the sum of all five rows.
    let (x, y) = (1.0 + 0.707 + 0.6 + 0.8, 1.0 + 0.707 + 0.8 + 0.6);
    assert!(about(centroid.dot(&unit(x, y)), 1.0));
    assert!(about(first.hubness[0], centroid.dot(&unit(1.0, 0.0))));
    assert!(about(first.hubness[1], centroid.dot(&unit(0.0, 1.0))));
}

#[test]
fn a_document_whose_rows_cannot_be_read_is_searched_by_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut cache = VectorCache::open(folder.path(), "small", &[]);
    let mut index = dense();
    let Rows::Held(matrix) = &index.rows else {
        panic!("these rows are in memory");
    };
    let keys: Vec<TextKey> = (0..matrix.len())
        .map(|n| TextKey::of(&n.to_string()))
        .collect();
    let rows = [
        unit(1.0, 0.0),
        unit(0.0, 1.0),
        unit(1.0, 1.0),
        unit(0.6, 0.8),
        unit(0.8, 0.6),
    ];
    let rows = rows.iter().map(Rounded::new);
    let rows: Vec<(TextKey, Rounded)> = keys.iter().copied().zip(rows).collect();
    cache.add(&rows).expect("the folder can be written");
    index.rows = Rows::Kept(cache.kept(&keys).expect("all are on disk"));
    let question = unit(1.0, 0.0);
    let similarity = |at: PassageAt| {
        let scope = scope(&[0, 1]);
        let similarities = index.compare(&question, &scope, std::iter::empty());
        index
            .similarity(&similarities, at)
            .map(|found| found.passage)
    };
    assert!(similarity(at(1, 0)).is_some_and(|cosine| about(cosine, 0.8)));
    let file = folder.path().join("small.vectors");
    let file = std::fs::OpenOptions::new().write(true).open(file);
    let file = file.expect("the cache is there");
    let length = file.metadata().expect("it is a file").len();
    file.set_len(length - 1).expect("it is cut");
    assert!(similarity(at(1, 0)).is_none(), "missing, not far");
    assert!(similarity(at(0, 1)).is_some_and(|cosine| about(cosine, 0.6)));
}
