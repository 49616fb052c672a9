//! Rule files as part of the corpus and of its editions.

use std::{fs, path::Path};

use tempfile::TempDir;
use wenzheng::{
    assistant::{Assistant, Edition, Options},
    corpus,
    eligibility::{Book, vocabulary},
};
use wenzheng_rules::{Mark, Outcome, enumerate, run_scenarios};

use super::{TODAY, Talk, asked, examples, open};

/// A folder with the documents and rules of the county, for a test to change.
pub(super) fn county() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(examples()).expect("examples").flatten() {
        let to = dir.path().join(entry.file_name());
        fs::copy(entry.path(), to).expect("copied");
    }
    dir
}

fn change(dir: &Path, file: &str, from: &str, to: &str) {
    let file = dir.join(file);
    let text = fs::read_to_string(&file).expect("it is there");
    assert!(text.contains(from));
    fs::write(&file, text.replacen(from, to, 1)).expect("written");
}

pub(super) fn benefits(assistant: &Assistant) -> Vec<String> {
    let snapshot = assistant.snapshot();
    let benefits = snapshot.rules().benefits().iter();
    benefits.map(|one| one.rules.benefit().to_owned()).collect()
}

#[test]
fn no_combination_of_any_shipped_rule_file_is_met_with_anything_unknown_or_judged_silently() {
    let snapshot = super::COUNTY.snapshot();
    let mut files = 0;
    for benefit in snapshot.rules().benefits() {
        let rules = &benefit.rules;
        let all = enumerate(rules).expect("it can be looked through");
        let left: Vec<&str> = rules.left_to_office().collect();
        for row in &all.rows {
            let Outcome::Met(met) = &row.verdict.outcome else {
                continue;
            };
            assert_eq!(met.checked(), rules.requirements().len());
            let said: Vec<&str> = met
                .left_to_office()
                .iter()
                .map(|q| q.text.as_str())
                .collect();
            assert_eq!(said, left);
            let lines = &row.verdict.lines;
            assert!(
                lines
                    .iter()
                    .all(|line| matches!(line.mark, Mark::Passed | Mark::LeftToOffice))
            );
        }
        let counts = all.counts();
        assert!(counts.met > 0 && counts.not_met > 0 && counts.undecided > 0);
        assert_eq!(
            run_scenarios(rules, |_| wenzheng_rules::Validity::Expired),
            []
        );
        files += 1;
    }
    let shipped = fs::read_dir(examples()).expect("examples").flatten();
    let shipped = shipped
        .filter(|entry| corpus::is_rule_file(&entry.path()))
        .count();
    assert_eq!(files, shipped);
    assert!(files >= 2);
}

#[test]
fn one_changed_digit_in_a_document_refuses_its_rules_and_no_others() {
    for (file, from, to) in [
        ("gaoling.md", "每人每月50元", "每人每月60元"),
        ("gaoling.md", "0000-1234567", "0000-1234568"),
        ("gengdi-2026.md", "公示7天", "公示8天"),
    ] {
        let dir = county();
        change(dir.path(), file, from, to);
        let assistant = open(dir.path().to_owned());
        assert_eq!(benefits(&assistant).len(), 1, "{file}");
        let options = Options {
            corpus_dir: Some(dir.path().to_owned()),
            ..Options::default()
        };
        let (_, problems) = Edition::read(&options, None).expect("the rest is served");
        let told = problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n");
        assert!(told.contains("factcheck --sign"), "{told}");
        assert!(told.contains(".rules.toml:"), "with file and line: {told}");
    }
}

#[test]
fn a_broken_or_unsigned_rule_file_refuses_itself_alone() {
    let dir = county();
    change(
        dir.path(),
        "gaoling.rules.toml",
        "value = 80",
        "value = \"八十\"",
    );
    fs::write(dir.path().join("nothing.rules.toml"), "format = 1").expect("written");
    let assistant = open(dir.path().to_owned());
    assert_eq!(benefits(&assistant), ["耕地地力保护补贴"]);
    let talk = Talk::with(assistant, TODAY);
    assert!(talk.asks("我能领高龄津贴吗").check.is_none());
    assert!(!asked(&talk.asks("我能领种地补贴吗")).is_empty());

    let dir = county();
    let file = dir.path().join("gaoling.rules.toml");
    let text = fs::read_to_string(&file).expect("it is there");
    let unsigned: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("digest") && !line.starts_with("signed"))
        .collect();
    fs::write(&file, unsigned.join("\n")).expect("written");
    assert_eq!(benefits(&open(dir.path().to_owned())), ["耕地地力保护补贴"]);
}

#[test]
fn a_reload_takes_rules_up_and_a_dialogue_by_others_is_over() {
    let dir = county();
    let rules = dir.path().join("gaoling.rules.toml");
    let text = fs::read_to_string(&rules).expect("it is there");
    fs::remove_file(&rules).expect("removed");
    let assistant = open(dir.path().to_owned());
    let talk = Talk::with(assistant.clone(), TODAY);
    assert!(talk.asks("我能领高龄津贴吗").check.is_none());
    fs::write(&rules, &text).expect("written");
    assistant.reload().expect("it is valid");
    assert!(!asked(&talk.asks("我能领高龄津贴吗")).is_empty());
    let changed = text.replace("老人今年满多少周岁", "老人多少周岁");
    fs::write(&rules, changed).expect("written");
    assistant.reload().expect("it is valid");
    assert!(
        talk.asks("82").check.is_none(),
        "answers to other rules mean nothing"
    );
}

#[test]
fn a_clause_that_nobody_has_written_a_rule_for_is_left_to_the_office() {
    let dir = county();
    change(
        dir.path(),
        "gaoling.rules.toml",
        "judged = [\"无法核实健在情况的，暂停发放\"]",
        "judged = []",
    );
    let talk = Talk::with(open(dir.path().to_owned()), TODAY);
    talk.asks("我妈82岁能领高龄津贴吗");
    talk.asks("是");
    let text = talk.says("不是");
    assert!(text.contains("另有2条要由部门认定"), "{text}");
    assert!(text.contains("？由部门认定：“无法核实健在情况的"), "{text}");
}

#[test]
fn the_shared_variables_of_the_program_are_read() {
    let (_, problems) = vocabulary(Path::new("variables.toml"), None);
    assert!(problems.is_empty());
    let (_, problems) = vocabulary(Path::new("variables.toml"), Some("format = 2"));
    assert_eq!(problems.len(), 1);
    assert!(Book::default().is_empty());
}
