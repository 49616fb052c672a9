//! What a question is like, and which vectors there are.

use super::*;
use crate::{
    retrieval::{testing::near, understand::Lexicon},
    semantic::Rounded,
};

fn unit(x: f32, y: f32) -> Vector {
    Vector::unit(vec![x, y])
}

/// Bytes round.
fn about(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
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
    let mut index = DenseIndex::of_vectors(Vec::new());
    let question = unit(1.0, 0.0);
    let nothing = index.resemblance(&question);
    assert!(near(nothing.on_topic, 0.0) && near(nothing.off_topic, 0.0));
    index.on_topic = examples(&[unit(0.6, 0.8), unit(0.8, 0.6)]);
    index.off_topic = examples(&[unit(0.0, 1.0), unit(-1.0, 0.0)]);
    let like = index.resemblance(&question);
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
        "make it again: wenzheng embed --all --bundle models/wenzheng-e5-small/bundled.vectors"
    );
    assert!(semantic::BUNDLED.len() < 1_000_000);
}
