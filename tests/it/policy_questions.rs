//! Questions on the policy documents of an invented county, written by somebody who had not seen the program: how many
//! are answered with what the documents say. By words alone.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;
use time::macros::date;
use wenzheng::{
    answer::{Question, Status},
    assistant::{Assistant, Options},
    channels::plain,
};

use crate::answers::deployment;

#[derive(Deserialize)]
struct Line {
    q: String,
    /// The field, or what of a table: cell, row, highest, lowest, count.
    asks: String,
    expect: Expect,
    /// What the reply has to hold.
    must: Vec<String>,
    /// Figures of other rows and columns.
    must_not: Vec<String>,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Expect {
    Answered,
    /// The document does not say it.
    Absent,
    /// No document is of it.
    None,
}

/// Letters and figures, since tables are set in many ways.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_right(line: &Line, status: Status, reply: &str) -> bool {
    let reply = bare(reply);
    let fits = match line.expect {
        Expect::Answered => status == Status::Answered,
        Expect::Absent | Expect::None => status != Status::Answered,
    };
    let holds = |text: &String| reply.contains(&bare(text));
    fits && line.must.iter().all(holds) && !line.must_not.iter().any(holds)
}

#[test]
fn questions_on_policies_are_answered_as_well_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        corpus_dir: Some(root.join("corpus/examples")),
        ..Options::default()
    };
    let county = Assistant::open(options).expect("the examples are valid");
    let lines = fs::read_to_string(root.join("tests/quality/policies.jsonl")).expect("it is there");
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).expect("a question");
        let question = Question {
            today: Some(date!(2026 - 11 - 30)),
            ..Question::new(line.q.as_str())
        };
        let answer = county.answer(&question).expect("a search");
        let reply = plain::render(&answer, &deployment());
        let is_right = is_right(&line, answer.status, &reply);
        let of = match (line.asks.as_str(), line.expect) {
            ("cell" | "row" | "highest" | "lowest" | "count", _) => "tables",
            (_, Expect::Answered) => "fields",
            (_, Expect::Absent | Expect::None) => "not written",
        };
        let count = counts.entry(of).or_default();
        count.0 += usize::from(is_right);
        count.1 += 1;
        if !is_right {
            wrong.push(line.q);
        }
    }
    for (of, least) in FLOORS {
        let (right, all) = counts[of];
        assert!(right >= least, "{of}: {right} of {all}; wrong: {wrong:#?}");
    }
}

/// Questions that are answered rightly at least.
const FLOORS: [(&str, usize); 3] = [("fields", 50), ("not written", 21), ("tables", 38)];
