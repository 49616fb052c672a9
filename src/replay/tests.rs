//! Small editions, compared.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use super::{
    About, Expected, Origin, Outcome, Reason, ReplayError, ReplayQuestion, Side, Verdict, compare,
    replay, wording,
};
use crate::{
    answer::Status,
    assistant::{Assistant, Edition, Options, Snapshot},
    corpus::{DocumentId, Library, load_texts},
    retrieval::{Lexicon, Setup},
    town::Report,
};

/// Answers from whatever edition it is given.
static ASSISTANT: LazyLock<Assistant> =
    LazyLock::new(|| Assistant::open(Options::default()).expect("the report is in the program"));

fn town() -> Report {
    Report::new("石门县", 2024)
        .done("去年发放农村低保资金3000万元。")
        .planned("全面落实城乡低保政策，低保标准提高5%。")
        .planned("硬化自然村组道路150公里，改造农村公路60公里。")
        .planned("新建县医院门诊楼，方便群众就医。")
        .planned("新建幼儿园两所，增加学位600个。")
}

fn edition(files: &[(&str, &Report)], synonyms: &str) -> Snapshot {
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|(name, report)| (*name, report.markdown()))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let loaded = load_texts(&files).expect("the texts are reports");
    let office = BTreeMap::from([("office/synonyms.txt".to_owned(), synonyms.to_owned())]);
    let (lexicon, problems) = Lexicon::from_texts(&office);
    assert_eq!(problems, []);
    let setup = Setup {
        lexicon,
        default_place: "石门县".to_owned(),
        ..Setup::default()
    };
    let library = Arc::new(Library::new(loaded.corpus));
    Snapshot::build(Edition {
        library,
        rules: Arc::default(),
        setup,
    })
    .expect("it is indexed")
}

fn pinned(q: &str, gold: &str) -> ReplayQuestion {
    ReplayQuestion {
        gold: vec![gold.to_owned()],
        ..ReplayQuestion::pinned(q, q)
    }
}

fn shipped(q: &str, gold: &str) -> ReplayQuestion {
    ReplayQuestion {
        origin: Origin::Shipped("石门县".to_owned()),
        document: Some(About::Report {
            place: "石门县".to_owned(),
            year: 2024,
        }),
        ..pinned(q, gold)
    }
}

fn outcomes(edition: &Snapshot, questions: &[ReplayQuestion]) -> Vec<Outcome> {
    replay(&ASSISTANT, edition, questions, &|| false, &|_, _| {}).expect("it is searched")
}

fn verdict(questions: &[ReplayQuestion], live: &Snapshot, candidate: &Snapshot) -> Verdict {
    let (before, after) = (outcomes(live, questions), outcomes(candidate, questions));
    let side = |edition, outcomes| Side { edition, outcomes };
    compare(questions, side(live, &before), side(candidate, &after)).expect("passages in memory")
}

fn worse(verdict: &Verdict) -> Vec<(&str, Reason)> {
    let worse = verdict.worse.iter();
    worse.map(|it| (&*it.question.q, it.reason)).collect()
}

fn changed(verdict: &Verdict) -> Vec<(&str, Reason)> {
    let changed = verdict.changed.iter();
    changed.map(|it| (&*it.question.q, it.reason)).collect()
}

#[test]
fn equal_editions_answer_alike() {
    let questions = [
        pinned("今年低保标准提高多少", "低保标准提高5%"),
        ReplayQuestion::pinned("2", "今年修路吗"),
        shipped("新建几所幼儿园", "新建幼儿园两所"),
    ];
    let of = || edition(&[("a.md", &town())], "");
    let verdict = verdict(&questions, &of(), &of());
    assert_eq!((worse(&verdict), changed(&verdict)), (vec![], vec![]));
    assert_eq!((verdict.better, verdict.same), (0, 3));
    assert_eq!(wording::worse(&verdict), None);
    assert_eq!(wording::changed(&verdict), None);
}

#[test]
fn a_neutral_synonym_changes_nothing() {
    let questions = [
        shipped("今年低保有什么政策", "全面落实城乡低保"),
        pinned("今年去哪里看病", "方便群众就医"),
        ReplayQuestion::pinned("3", "新建几所幼儿园"),
    ];
    let live = edition(&[("a.md", &town())], "");
    let neutral = edition(&[("a.md", &town())], "看病 = 就医");
    let verdict = verdict(&questions, &live, &neutral);
    assert_eq!((worse(&verdict), changed(&verdict)), (vec![], vec![]));
}

#[test]
fn what_is_right_at_last_is_better() {
    let question = pinned("今年新建几所幼儿园", "新建幼儿园两所");
    let without = Report::new("石门县", 2024).planned("硬化自然村组道路150公里。");
    let live = edition(&[("a.md", &without)], "");
    let candidate = edition(&[("a.md", &town())], "");
    let verdict = verdict(&[question], &live, &candidate);
    assert_eq!((verdict.better, verdict.asked()), (1, 1));
}

#[test]
fn a_document_that_is_gone_counts_against_pinned_questions_only() {
    let neighbour = Report::new("河口县", 2024).planned("河口县新建体育馆一座。");
    let asked = "河口县今年新建体育馆吗";
    let mut of_program = shipped(asked, "新建体育馆一座");
    of_program.document = Some(About::Report {
        place: "河口县".to_owned(),
        year: 2024,
    });
    let mut without_gold = ReplayQuestion::pinned("3", asked);
    without_gold.document = Some(About::Id(DocumentId("b".to_owned())));
    let questions = [pinned(asked, "新建体育馆一座"), of_program, without_gold];
    let live = edition(&[("a.md", &town()), ("b.md", &neighbour)], "");
    let candidate = edition(&[("a.md", &town())], "");
    let verdict = verdict(&questions, &live, &candidate);
    assert_eq!(worse(&verdict), [(asked, Reason::DocumentRemoved)]);
    assert_eq!(changed(&verdict), [(asked, Reason::DocumentRemoved)]);
    assert_eq!(verdict.asked(), 2);
    let told = wording::worse(&verdict).expect("one is worse");
    assert!(told.contains("这份资料已经不在了"), "{told}");
}

#[test]
fn a_figure_that_was_changed_is_no_fault_of_the_program() {
    let asked = "今年低保标准提高多少";
    let other = Report::new("石门县", 2024)
        .planned("全面落实城乡低保政策，低保标准提高8%。")
        .planned("硬化自然村组道路150公里，改造农村公路60公里。");
    let mut figure = shipped(asked, "低保标准提高");
    figure.answer = vec!["5%".to_owned()];
    let questions = [
        pinned(asked, "低保标准提高5%"),
        shipped(asked, "低保标准提高5%"),
        figure,
        ReplayQuestion::pinned("4", asked),
    ];
    let live = edition(&[("a.md", &town())], "");
    let verdict = verdict(&questions, &live, &edition(&[("a.md", &other)], ""));
    assert_eq!(worse(&verdict), [(asked, Reason::TextGone)]);
    assert_eq!(changed(&verdict), [(asked, Reason::TextGone); 3]);
}

#[test]
fn next_years_report_answers_instead_and_may() {
    let asked = "今年新建几所幼儿园";
    let next = Report::new("石门县", 2025).planned("新建幼儿园三所。");
    let questions = [
        pinned(asked, "新建幼儿园两所"),
        shipped(asked, "新建幼儿园两所"),
    ];
    let live = edition(&[("a.md", &town())], "");
    let candidate = edition(&[("a.md", &town()), ("b.md", &next)], "");
    let verdict = verdict(&questions, &live, &candidate);
    assert_eq!(worse(&verdict), [(asked, Reason::NewText)]);
    assert_eq!(verdict.asked(), 1, "the program's own counts nothing");
}

#[test]
fn what_must_not_be_answered_is_worse_when_it_is() {
    let asked = "今年体育馆建几座";
    let near = ReplayQuestion {
        origin: Origin::Shipped("far".to_owned()),
        expected: Some(Expected::Refused),
        ..ReplayQuestion::pinned("", asked)
    };
    let questions = [near];
    let live = edition(&[("a.md", &town())], "");
    let candidate = edition(&[("a.md", &town())], "体育馆 → 幼儿园 ; 1");
    let verdict = verdict(&questions, &live, &candidate);
    assert_eq!(worse(&verdict), [(asked, Reason::Answered)]);
    let told = wording::worse(&verdict).expect("one is worse");
    assert!(told.contains("原来不作答，现在"), "{told}");
}

#[test]
fn what_was_wrong_before_cannot_become_worse() {
    let mut wrong = pinned("今年低保标准提高多少", "没有这句话");
    wrong.answer = vec!["九成".to_owned()];
    let live = edition(&[("a.md", &town())], "");
    let candidate = edition(
        &[("a.md", &Report::new("石门县", 2024).planned("修路。"))],
        "",
    );
    let verdict = verdict(&[wrong], &live, &candidate);
    assert_eq!(worse(&verdict), []);
    assert_eq!(verdict.changed.len(), 1);
}

#[test]
fn a_question_is_asked_after_those_before_it() {
    let mut question = pinned("那幼儿园呢", "新建幼儿园两所");
    question.history = vec!["今年硬化道路多少公里".to_owned()];
    let live = edition(&[("a.md", &town())], "");
    let asked = [question];
    let [outcome] = &outcomes(&live, &asked)[..] else {
        panic!("one outcome");
    };
    assert!(outcome.is_right(&asked[0]), "{outcome:?}");
    assert_eq!(outcome.cited[0].title, "2024年石门县政府工作报告");
    let without = edition(
        &[("a.md", &Report::new("石门县", 2024).planned("硬化道路。"))],
        "",
    );
    let verdict = verdict(&asked, &live, &without);
    let told = wording::worse(&verdict).expect("it is gone");
    assert!(
        told.contains("问“今年硬化道路多少公里”之后问“那幼儿园呢”"),
        "{told}"
    );
}

#[test]
fn it_tells_how_far_it_is_and_stops_when_told() {
    let live = edition(&[("a.md", &town())], "");
    let questions = ["修路", "看病", "上学"].map(|q| ReplayQuestion::pinned(q, q));
    let told = RefCell::new(Vec::new());
    let count = Cell::new(0);
    let stop = || {
        count.set(count.get() + 1);
        count.get() > 2
    };
    let stopped = replay(&ASSISTANT, &live, &questions, &stop, &|done, all| {
        told.borrow_mut().push((done, all));
    });
    assert!(matches!(stopped, Err(ReplayError::Stopped)));
    assert_eq!(*told.borrow(), [(1, 3), (2, 3)]);
}

#[test]
fn outcomes_are_kept_as_json() {
    let live = edition(&[("a.md", &town())], "");
    let made = outcomes(&live, &[pinned("新建几所幼儿园", "新建幼儿园两所")]);
    let json = serde_json::to_string(&made).expect("JSON");
    assert_eq!(serde_json::from_str::<Vec<Outcome>>(&json).unwrap(), made);
    assert_eq!(made[0].status, Status::Answered);
}

#[test]
fn of_many_questions_ten_are_listed() {
    let live = edition(&[("a.md", &town())], "");
    let candidate = edition(
        &[("a.md", &Report::new("石门县", 2024).planned("修路。"))],
        "",
    );
    let question = |n| ReplayQuestion {
        origin: Origin::Pinned(n),
        ..pinned("新建几所幼儿园", "新建幼儿园两所")
    };
    let questions: Vec<ReplayQuestion> = (0..13).map(|n: u8| question(n.to_string())).collect();
    let told = wording::worse(&verdict(&questions, &live, &candidate)).expect("all are worse");
    assert!(
        told.starts_with("这样改以后，下面 13 个问题的回答变差了：\n1. “"),
        "{told}"
    );
    assert!(told.ends_with("\n还有 3 个。"), "{told}");
    assert_eq!(told.lines().count(), 12);
}
