//! What a question is like, and which vectors there are.

use super::*;
use crate::{
    corpus::{Corpus, Document, DocumentKind, LoosePassage, PassageAt, collection},
    retrieval::{
        testing::near,
        understand::{Lexicon, Scope},
    },
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
    let missing = keys.into_iter().find(|key| cache.get(*key).is_none());
    assert_eq!(
        missing, None,
        "make it again: wenzheng embed --all --bundle models/wenzheng-e5-small/bundled.vectors"
    );
    assert!(semantic::BUNDLED.len() < 1_000_000);
}

#[test]
fn a_document_of_which_a_vector_cannot_be_read_waits_for_it() {
    let report = |place: &str, sentence: &str| {
        format!(
            "---\ntitle: {place}报告\nplace: {place}\nyear: 2024\n---\n## 2024年重点工作\n\n{sentence}\n"
        )
    };
    let (first, second) = (
        report("甲县", "修路150公里。"),
        report("乙县", "新建学校两所。"),
    );
    let loaded = crate::corpus::load_texts(&[("a.md", &first), ("b.md", &second)]).unwrap();
    let library = Library::new(loaded.corpus);
    let folder = tempfile::tempdir().unwrap();
    let embedder = Embedder::builtin().unwrap();
    let cache = Mutex::new(VectorCache::open(folder.path(), embedder.id(), &[]));
    let examples = Examples::default();
    let build =
        || DenseIndex::build(&embedder, &cache, &library, |_| true, &examples, &|_, _| {}).unwrap();
    let whole = build();
    let file = format!("{}.vectors", embedder.id());
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.path().join(file))
        .unwrap();
    file.set_len(file.metadata().unwrap().len() - 1).unwrap();
    let known = DenseIndex::known(embedder.clone(), &cache, &library, |_| true, &examples).unwrap();
    assert_eq!(known.missing(), 1);
    let passages: Vec<usize> = known.documents.iter().map(DocumentRows::passages).collect();
    assert_eq!(
        passages,
        [1, 0],
        "the last vector is of the second document"
    );
    let again = build();
    assert_eq!((again.missing(), again.rows.len()), (0, whole.rows.len()));
}

#[test]
fn a_loose_passage_is_as_near_as_its_title() {
    let mut index = DenseIndex::of_vectors(vec![vec![
        vec![unit(0.0, 1.0), unit(0.6, 0.8), unit(0.3, 0.9)],
        vec![unit(0.8, 0.6)],
    ]]);
    let question = unit(1.0, 0.0);
    let at = |passage| PassageAt {
        document: 0,
        passage,
    };
    let nearest = |index: &DenseIndex| {
        let scope = Scope::default();
        let all = index.compare(&question, &scope, std::iter::empty());
        let first = index.similarity(&all, at(0)).expect("it was compared");
        (first, index.most_similar(&all, &scope, 1))
    };
    let (plain, found) = nearest(&index);
    assert!(about(plain.sentences[0], 0.0) && about(plain.sentences[1], 0.6));
    assert_eq!(found[0], at(1));
    // Another row with a cosine of 0.8.
    index.documents[0].titles = vec![Some(3), None];
    let (titled, found) = nearest(&index);
    assert!(about(titled.sentences[0], 0.8) && about(titled.sentences[1], 0.8));
    assert!(about(titled.passage, plain.passage), "all of it as before");
    assert_eq!(found[0], at(0), "equals in document order");
}

#[test]
fn titles_are_embedded_of_loose_passages_only() {
    let guide = LoosePassage {
        id: "g1".to_owned(),
        title: "残疾人证换领".to_owned(),
        text: "带上照片。带上原证。".to_owned(),
    };
    let mut document = collection("guides", vec![guide]);
    let texts = |document: &Document| {
        let library = Library::new(Corpus {
            documents: vec![document.clone()],
            version: String::new(),
        });
        let info = &library.documents()[0];
        let passage = &document.passages[0];
        texts_of(info, passage)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let all = [
        "带上照片。",
        "带上原证。",
        "带上照片。带上原证。",
        "残疾人证换领",
    ];
    assert_eq!(texts(&document), all);
    document.meta.kind = DocumentKind::WorkReport;
    assert_eq!(texts(&document), all[..3]);
}
