//! The questions inside the program.

use serde::Deserialize;

use super::question::{About, Expected, Origin, ReplayQuestion};

/// Questions about one document, or about none.
struct Set {
    name: &'static str,
    /// Place and year of the work report.
    report: Option<(&'static str, i32)>,
    /// `config/questions/README.md` says what a line holds.
    lines: &'static str,
}

const SETS: [Set; 2] = [
    Set {
        name: "tongwei-2024",
        report: Some(("通渭县", 2024)),
        lines: include_str!("../../config/questions/tongwei-2024.jsonl"),
    },
    Set {
        name: "far",
        report: None,
        lines: include_str!("../../config/questions/far.jsonl"),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// For people, and for a test that compares it with the question that it was taken from.
    #[serde(rename = "id")]
    _id: String,
    q: String,
    #[serde(default)]
    history: Vec<String>,
    #[serde(default)]
    gold: Vec<String>,
    #[serde(default)]
    answer: Vec<String>,
    #[serde(default)]
    expected: Option<Expected>,
}

/// The questions inside the program, some hundreds, in a fixed order.
///
/// # Panics
/// Never: the files are tested.
#[must_use]
pub fn shipped() -> Vec<ReplayQuestion> {
    SETS.iter().flat_map(questions).collect()
}

fn questions(set: &Set) -> impl Iterator<Item = ReplayQuestion> {
    set.lines.lines().map(|line| {
        let line: Line = serde_json::from_str(line).expect("the files are tested");
        let about = |(place, year): (&str, i32)| About::Report {
            place: place.to_owned(),
            year,
        };
        ReplayQuestion {
            origin: Origin::Shipped(set.name.to_owned()),
            q: line.q,
            history: line.history,
            gold: line.gold,
            answer: line.answer,
            expected: line.expected,
            document: set.report.map(about),
        }
    })
}
