//! What the questions before change, and what they leave as it is.

use std::{fs, path::PathBuf, sync::LazyLock};

use serde::Deserialize;
use wenzheng::{
    answer::{Notice, Question},
    assistant::{Assistant, Options},
    channels::plain,
};

use super::answers::deployment;

static ASSISTANT: LazyLock<Assistant> =
    LazyLock::new(|| Assistant::open(Options::default()).expect("the bundled corpus is valid"));

/// Earlier questions on matters that have nothing to do with each other.
const EARLIER: [&str; 5] = [
    "去年配建了多少个充电桩",
    "三抓三促是什么",
    "养老院",
    "今年的十件民生实事有哪些",
    "高血压门诊药费报销今年提高多少",
];
/// At least this share of the follow-ups shows first what it should.
const SHOWN_FIRST: f64 = 0.85;

#[derive(Deserialize)]
struct Asked {
    q: String,
    #[serde(default)]
    history: Vec<String>,
    #[serde(default)]
    first: Vec<String>,
}

fn asked(file: &str) -> Vec<Asked> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/quality")
        .join(file);
    let text = fs::read_to_string(path).expect("readable");
    let lines = text.lines().map(serde_json::from_str);
    lines.map(|line| line.expect("a question a line")).collect()
}

fn answer(q: &str, history: &[String]) -> wenzheng::answer::Answer {
    let question = Question {
        history: history.to_vec(),
        ..Question::new(q)
    };
    ASSISTANT.answer(&question).expect("a search")
}

#[test]
fn a_question_that_stands_on_its_own_is_answered_the_same_after_any_other() {
    let files = ["tongwei.jsonl", "far.jsonl"];
    let alone: Vec<Asked> = files
        .iter()
        .flat_map(|file| asked(file))
        .filter(|asked| asked.history.is_empty())
        .collect();
    let pairs = alone.iter().zip(EARLIER.iter().cycle());
    let mut count = 0;
    for (asked, earlier) in pairs {
        let reply = |history: &[String]| {
            let answer = answer(&asked.q, history);
            let text = plain::render(&answer, &deployment());
            (text, answer)
        };
        assert_eq!(
            reply(&[]),
            reply(&[(*earlier).to_owned()]),
            "{} after {earlier}",
            asked.q
        );
        count += 1;
    }
    assert!(count >= 110, "{count} pairs");
}

#[test]
fn an_incomplete_question_is_completed_and_says_what_it_was_read_as() {
    let questions = asked("follow-ups.jsonl");
    assert!(questions.len() >= 60);
    let mut missed = Vec::new();
    for asked in &questions {
        let answer = answer(&asked.q, &asked.history);
        let first = answer.citations.first();
        let shown = first.is_some_and(|citation| {
            let mut wanted = asked.first.iter();
            wanted.any(|wanted| {
                citation
                    .quote
                    .replace(['“', '”'], "")
                    .contains(&wanted.replace(['“', '”'], ""))
            })
        });
        if !shown {
            missed.push(format!("{:?} {}", asked.history, asked.q));
        }
    }
    let share = 1.0 - missed.len() as f64 / questions.len() as f64;
    assert!(share >= SHOWN_FIRST, "{share:.3}: {missed:#?}");
}

#[test]
fn a_follow_up_names_what_it_was_read_as() {
    let history = ["养老院".to_owned()];
    let answer = answer("多少张床", &history);
    let told = |notice: &Notice| matches!(notice, Notice::FollowUp(it) if it.earlier == "养老院" && it.read == "养老院 多少张床");
    assert!(answer.notices.iter().any(told), "{:?}", answer.notices);
}
