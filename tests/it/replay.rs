//! Candidates beside the bundled report, judged by the questions inside the program.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
    time::Instant,
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
    Snapshot::build(Edition {
        library,
        rules: Arc::default(),
        setup,
    })
    .expect("it is indexed")
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

/// How many are right, of how many.
fn right(outcomes: &[Outcome], questions: &[ReplayQuestion]) -> (usize, usize) {
    let pairs = outcomes.iter().zip(questions);
    let right = pairs.filter(|(outcome, question)| outcome.is_right(question));
    (right.count(), questions.len())
}

/// What became of the questions inside the program, asked of the bundled report by words alone.
static BY_WORDS: LazyLock<(Snapshot, Vec<Outcome>)> = LazyLock::new(|| {
    let live = edition("");
    let outcomes = outcomes(&live, &replay::shipped());
    (live, outcomes)
});

#[test]
fn shipped_questions_are_right_by_words_alone_and_equal_editions_agree() {
    let questions = replay::shipped();
    let (live, before) = &*BY_WORDS;
    assert_eq!(before.len(), questions.len(), "all concern the report");
    let (right, all) = right(before, &questions);
    eprintln!("by words {right} of {all} are right");
    assert!(right * 100 >= 95 * all, "{right} of {all}");
    let verdict = compared(&questions, (live, before), &edition(""));
    assert_eq!(verdict.same, all, "{verdict:#?}");
}

#[test]
fn a_synonym_that_misleads_makes_shipped_questions_worse_by_words_alone() {
    let questions = replay::shipped();
    let (live, before) = &*BY_WORDS;
    let verdict = compared(&questions, (live, before), &edition("低保 = 道路"));
    let worse: Vec<&str> = verdict.worse.iter().map(|it| &*it.question.q).collect();
    assert!(worse.len() >= 3, "{worse:?}");
    assert!(worse.iter().all(|q| q.contains("低保")), "{worse:?}");
    let told = replay::worse(&verdict).expect("some are worse");
    assert!(told.contains("“去年低保”：原来说没有直接写明"), "{told}");
}

#[test]
fn a_synonym_that_helps_or_does_nothing_is_let_through() {
    let questions = replay::shipped();
    let (live, before) = &*BY_WORDS;
    for synonym in ["看病 = 就医", "铁疙瘩车 → 高铁 ; 0.5"] {
        let verdict = compared(&questions, (live, before), &edition(synonym));
        assert_eq!(replay::worse(&verdict), None, "{synonym}");
    }
}

#[test]
fn with_the_model_shipped_questions_are_right_and_a_misleading_synonym_is_caught() {
    let questions = replay::shipped();
    let live = by_meaning(&edition(""));
    let start = Instant::now();
    let before = outcomes(&live, &questions);
    let took = start.elapsed();
    let (right, all) = right(&before, &questions);
    eprintln!("with the model {right} of {all} are right, asked in {took:?}");
    assert!(took.as_secs() < 60, "a replay has a minute: {took:?}");
    assert!(right * 100 >= 98 * all, "{right} of {all}");
    let candidate = by_meaning(&edition("低保 = 道路"));
    let verdict = compared(&questions, (&live, &before), &candidate);
    let worse: Vec<&str> = verdict.worse.iter().map(|it| &*it.question.q).collect();
    assert!(worse.len() >= 2, "{worse:?}");
}

#[test]
fn a_report_of_another_place_counts_nothing_against_the_bundled_one() {
    let questions = replay::shipped();
    let other = "---\ntitle: 2024年河口县政府工作报告\nplace: 河口县\nyear: 2024\nreview_year: 2023\n---\n\n\
                 # 2024年河口县政府工作报告\n\n## 2024年重点工作\n\n全面落实城乡低保政策。\n";
    let loaded = corpus::load_texts(&[("hekou/2024.md", other)]).expect("it is a report");
    let library = Library::new(loaded.corpus).into();
    let setup = Setup::default();
    let without = Snapshot::build(Edition {
        library,
        rules: Arc::default(),
        setup,
    })
    .expect("it is indexed");
    let (live, before) = &*BY_WORDS;
    let after = outcomes(&without, &questions);
    assert!(after.len() < questions.len(), "only the far ones are asked");
    let side = |edition, outcomes| Side { edition, outcomes };
    let verdict = replay::compare(&questions, side(live, before), side(&without, &after))
        .expect("the passages are read");
    assert_eq!(
        verdict.asked(),
        0,
        "nor do those count where the documents are others"
    );
    assert_eq!(replay::worse(&verdict), None);
}

/// What a line of questions says, whichever folder it is in.
fn said(line: &Value) -> [&Value; 4] {
    let gold = if line["first"].is_array() {
        "first"
    } else {
        "gold"
    };
    [&line["q"], &line["history"], &line[gold], &line["answer"]]
}

#[test]
fn shipped_questions_are_those_of_the_development_sets() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lines = |file: &str| -> Vec<Value> {
        let text = fs::read_to_string(root.join(file)).expect("readable");
        let lines = text.lines().map(serde_json::from_str);
        lines.map(|line| line.expect("JSON")).collect()
    };
    let sets = ["tongwei", "tongwei-blind", "follow-ups", "far"];
    let known = sets.map(|set| lines(&format!("tests/quality/{set}.jsonl")));
    let known: HashMap<&str, &Value> = known
        .iter()
        .flatten()
        .map(|line| (line["id"].as_str().expect("an id"), line))
        .collect();
    let shipped =
        ["tongwei-2024", "far"].map(|set| lines(&format!("config/questions/{set}.jsonl")));
    for line in shipped.iter().flatten() {
        let id = line["id"].as_str().expect("an id");
        if id.starts_with('r') {
            continue;
        }
        let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        for (ours, theirs) in said(line).into_iter().zip(said(known[id])) {
            assert!(ours == theirs || (empty(ours) && empty(theirs)), "{id}");
        }
    }
    let count: usize = shipped.iter().map(Vec::len).sum();
    assert_eq!(count, replay::shipped().len());
    assert!(count <= 500, "{count}: keep it quick");
}
