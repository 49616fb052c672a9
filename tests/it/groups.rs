//! Questions that ask about the same come together: those with the same gold do.

use std::{path::Path, sync::LazyLock};

use wenzheng::{
    assistant::{Assistant, MeaningState, Options},
    eval::{
        self, EvalQuestion,
        groups::{GroupRun, Grouped, Topic},
    },
    learning,
    semantic::Embedder,
};

/// The least share of the pairs put together that must have the same gold, and gold in the same sentence.
const PRECISION: f64 = 0.9;
const BY_SENTENCE: f64 = 0.95;
/// … the same gold in any other order of the questions.
const IN_ANY_ORDER: f64 = 0.88;

/// Those over the bundled report that need no question before them.
static QUESTIONS: LazyLock<Vec<EvalQuestion>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality");
    let files = ["tongwei.jsonl", "tongwei-blind.jsonl"];
    let read = |file| eval::read::<EvalQuestion>(&folder.join(file)).expect("the file is in order");
    let all = files.into_iter().flat_map(read);
    all.filter(|question| question.history.is_empty()).collect()
});

fn assistant() -> Assistant {
    Assistant::open(Options::default()).expect("the bundled corpus is valid")
}

fn grouped(assistant: &Assistant) -> Vec<Grouped<'static>> {
    let snapshot = assistant.snapshot();
    let kept = QUESTIONS.iter().filter_map(|question| {
        let features = learning::read(assistant, &snapshot, &question.q).expect("a search")?;
        let topic = Topic::of(&question.gold, &snapshot).expect("passages in memory");
        Some(Grouped {
            question,
            features,
            topic,
        })
    });
    kept.collect()
}

/// Asserts what must be reached, in the order of the file and in every other.
fn assert_reached(run: &GroupRun, recall: f64) {
    assert!(run.figures.precision() >= PRECISION, "{run}");
    for figures in std::iter::once(&run.figures).chain(&run.others) {
        assert!(figures.near_precision() >= BY_SENTENCE, "{run}");
        assert!(figures.precision() >= IN_ANY_ORDER, "{run}");
    }
    assert!(run.figures.recall() >= recall, "{run}");
}

#[test]
fn questions_put_together_by_words_have_the_same_gold() {
    let run = GroupRun::new(&grouped(&assistant()));
    assert_reached(&run, 0.18);
}

#[test]
fn questions_put_together_by_meaning_have_the_same_gold() {
    let assistant = assistant();
    let folder = tempfile::tempdir().expect("a folder");
    let embedder = Embedder::builtin().expect("the model is in the program");
    assistant.set_embedder(embedder, folder.path());
    assistant.embed(&|_, _| {});
    assert_eq!(*assistant.meaning_state(), MeaningState::Ready);
    let run = GroupRun::new(&grouped(&assistant));
    assert_reached(&run, 0.32);
}
