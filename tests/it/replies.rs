//! The judge of whole replies gives the verdicts that the one in Python gave, rule by rule, on real
//! replies and on replies changed in eighteen ways (`tests/fixtures/replies`, recorded by its
//! `record.py`).

use std::{collections::HashMap, fs, path::PathBuf};

use serde_json::Value;
use wenzheng::eval::replies::{self, Figures, GoldReply, Reply, Verdict};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/replies")
        .join(name)
}

fn lines(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(file(name)).expect("the record is readable");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("one object a line"))
        .collect()
}

fn gold() -> Vec<GoldReply> {
    let read = replies::read(&file("gold.jsonl")).expect("readable");
    read.expect("a file of whole replies")
}

/// The replies of each game, in the order of the record.
fn games() -> Vec<(String, Vec<Reply>)> {
    let mut own: HashMap<String, Value> = HashMap::new();
    let mut games: Vec<(String, Vec<Reply>)> = Vec::new();
    for line in lines("games.jsonl") {
        let game = line["game"].as_str().expect("a name").to_owned();
        let id = line["id"].to_string();
        let reply = own.entry(id).or_insert_with(|| line.clone());
        let reply = changed(reply, &line);
        if games.last().is_none_or(|(last, _)| *last != game) {
            games.push((game, Vec::new()));
        }
        if line.get("missing").is_none() {
            let replies = &mut games.last_mut().expect("pushed above").1;
            replies.push(serde_json::from_value(reply).expect("a reply"));
        }
    }
    games
}

/// `own` with the fields of `change`; cards are changed one by one.
fn changed(own: &Value, change: &Value) -> Value {
    let mut reply = own.clone();
    for (field, value) in change.as_object().expect("an object") {
        reply[field] = match (field.as_str(), value) {
            ("citations", Value::Array(cards)) => {
                let cards = cards.iter().enumerate();
                cards
                    .map(|(n, card)| changed(&own["citations"][n], card))
                    .collect()
            }
            _ => value.clone(),
        };
    }
    reply
}

#[test]
fn every_verdict_is_the_recorded_one() {
    let gold = gold();
    let verdicts = games().into_iter().map(|(game, replies)| {
        let verdicts = replies::judge(&replies::matched(&gold, &replies));
        let lines: Vec<Value> = verdicts.iter().map(Verdict::to_json).collect();
        (game, lines)
    });
    let recorded = lines("verdicts.jsonl");
    assert_eq!(verdicts.len(), recorded.len());
    for ((game, lines), recorded) in verdicts.zip(recorded) {
        let recorded_lines = recorded["lines"].as_array().expect("a list");
        assert_eq!(lines.len(), recorded_lines.len());
        for (line, recorded) in lines.iter().zip(recorded_lines) {
            assert_eq!(line, recorded, "{game}");
        }
        assert_eq!(game, recorded["game"]);
    }
}

#[test]
fn every_figure_is_printed_as_the_recorded_one() {
    let gold = gold();
    let recorded = fs::read_to_string(file("figures.txt")).expect("the record is readable");
    let mut printed = String::new();
    for (game, replies) in games() {
        let verdicts = replies::judge(&replies::matched(&gold, &replies));
        let figures = Figures::new(&verdicts);
        let (rows, last) = (figures.render(true), figures.summary());
        printed += &format!("== {game}\n{rows}{last}\n");
    }
    assert_eq!(printed, recorded);
}

#[test]
fn every_rule_is_met_and_missed_somewhere_in_the_record() {
    let mut seen: HashMap<String, [bool; 2]> = HashMap::new();
    for line in lines("verdicts.jsonl")
        .iter()
        .flat_map(|game| game["lines"].as_array().expect("a list"))
    {
        for (name, met) in line.as_object().expect("an object") {
            if let Some(met) = met.as_bool() {
                seen.entry(name.clone()).or_default()[usize::from(met)] = true;
            }
        }
    }
    seen.remove("answered_at_all");
    assert_eq!(seen.len(), 15, "13 rules, satisfied and beside: {seen:?}");
    let once: Vec<_> = seen
        .iter()
        .filter(|(_, seen)| **seen != [true; 2])
        .collect();
    assert!(once.is_empty(), "{once:?}");
}
