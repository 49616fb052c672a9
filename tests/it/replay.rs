//! Candidates beside the bundled report, judged by the questions inside the program.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::{LazyLock, Mutex},
};

use serde_json::Value;
use wenzheng::{
    assistant::{Assistant, Edition, Options, Snapshot},
    corpus::{self, Library},
    replay::{self, Outcome, ReplayQuestion, Side, Verdict},
    retrieval::{DenseIndex, Lexicon, Setup},
    semantic::{self, Embedder, VectorCache},
};

static ASSISTANT: LazyLock<Assistant> =
    LazyLock::new(|| Assistant::open(Options::default()).expect("the bundled corpus is valid"));

/// The bundled report with these synonyms of an office.
fn edition(synonyms: &str) -> Snapshot {
    let loaded = corpus::embedded().expect("the bundled corpus is valid");
    let office = BTreeMap::from([("office/synonyms.txt".to_owned(), synonyms.to_owned())]);
    let (lexicon, problems) = Lexicon::from_texts(&office);
    assert_eq!(problems, []);
    let setup = Setup {
        lexicon,
        ..Setup::default()
    };
    let library = Library::new(loaded.corpus).into();
    Snapshot::build(Edition { library, setup }).expect("it is indexed")
}

/// The same edition with its vectors.
fn by_meaning(edition: &Snapshot) -> Snapshot {
    let folder = tempfile::tempdir().expect("a folder");
    let embedder = Embedder::builtin().expect("the model is in the program");
    let cache = VectorCache::open(folder.path(), embedder.id(), semantic::BUNDLED);
    let dense = DenseIndex::build(
        &embedder,
        &Mutex::new(cache),
        edition.library(),
        |_| true,
        edition.examples(),
        &|_, _| {},
    );
    edition.with_meaning(dense.expect("the model is in the program"))
}

fn outcomes(edition: &Snapshot, questions: &[ReplayQuestion]) -> Vec<Outcome> {
    let outcomes = replay::replay(&ASSISTANT, edition, questions, &|| false, &|_, _| {});
    outcomes.expect("the corpus can be searched")
}

fn compared(
    questions: &[ReplayQuestion],
    (live, before): (&Snapshot, &[Outcome]),
    candidate: &Snapshot,
) -> Verdict {
    let after = outcomes(candidate, questions);
    let side = |edition, outcomes| Side { edition, outcomes };
    let verdict = replay::compare(questions, side(live, before), side(candidate, &after));
    verdict.expect("the passages are read")
}

#[test]
#[ignore = "measure"]
fn measure() {
    let questions = replay::shipped();
    let live = edition("");
    let start = std::time::Instant::now();
    let words = outcomes(&live, &questions);
    let took = start.elapsed();
    let live = by_meaning(&live);
    let start = std::time::Instant::now();
    let model = outcomes(&live, &questions);
    eprintln!(
        "{} questions, words {took:?}, model {:?}",
        questions.len(),
        start.elapsed()
    );
    for ((question, words), model) in questions.iter().zip(&words).zip(&model) {
        let line = serde_json::json!({
            "q": question.q, "history": question.history,
            "words": words.is_right(question), "model": model.is_right(question),
            "sw": words.status, "sm": model.status,
            "passage": model.shown().map(|c| c.passage.0.clone()),
        });
        println!("{line}");
    }
}
