//! 安政办发〔2025〕15号: its table of outcomes, its scenarios, its dialogue.

use time::{Date, macros::date};
use wenzheng_rules::{
    Amount, Answers, Counts, Mark, Outcome, Use, Validity, enumerate, hear, run_scenarios,
};

use crate::support::{example, talk};

/// In force for five years from 1 April 2025.
fn validity(day: Date) -> Validity {
    if day < date!(2025 - 04 - 01) {
        Validity::NotYetEffective
    } else if day > date!(2030 - 03 - 31) {
        Validity::Expired
    } else {
        Validity::InForce
    }
}

#[test]
fn the_example_is_signed_for_its_text_and_covers_it() {
    let rules = example().load(Use::Answering).expect("as it was signed");
    assert_eq!(rules.uncovered(), [""; 0]);
    assert_eq!(
        rules.signature().map(|one| one.by.as_str()),
        Some("安和县民政局")
    );
    let names: Vec<&str> = rules
        .variables()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["age", "hukou", "lived", "tekun"]);
}

#[test]
fn all_combinations_come_to_71_not_met_15_met_and_49_undecided() {
    let rules = example().rules();
    let all = enumerate(&rules).expect("135 are not too many");
    assert_eq!(all.rows.len(), 135);
    let counts = Counts {
        met: 15,
        not_met: 71,
        undecided: 49,
    };
    assert_eq!(all.counts(), counts);
    let complete = all.rows.iter().filter(|row| row.is_complete()).count();
    assert_eq!(complete, 4 * 2 * 2 * 2);
    for row in all.rows.iter().filter(|row| row.is_complete()) {
        assert!(!matches!(row.verdict.outcome, Outcome::Undecided { .. }));
    }
    let groups = all.groups();
    // three reasons against, three amounts, undecided
    assert_eq!(groups.len(), 7);
    assert_eq!(
        groups.iter().map(|group| group.rows.len()).sum::<usize>(),
        135
    );
}

#[test]
fn its_scenarios_hold() {
    assert_eq!(run_scenarios(&example().rules(), validity), []);
}

#[test]
fn a_scenario_that_does_not_hold_is_told_with_its_line() {
    let mut document = example();
    document.rules = document
        .rules
        .replace("amount = \"每人每月50元\", judged = 1", "judged = 2");
    let told: Vec<String> = run_scenarios(&document.rules(), |_| Validity::InForce)
        .into_iter()
        .map(|mismatch| mismatch.to_string())
        .collect();
    assert_eq!(
        told,
        [
            "第33行的情形：由部门认定的条数应为“2”，实际是“1”。请核对条件，或改正 expect",
            "第37行的情形：结论应为“expired”，实际是“met”。请核对条件，或改正 expect",
        ]
    );
}

#[test]
fn only_what_can_still_matter_is_asked_in_the_documents_order() {
    let rules = example().rules();
    let (asked, answers) = talk(&rules, &["83", "不在", "满3年", "不是"]);
    assert_eq!(
        asked,
        [
            "老人今年满多少周岁？",
            "老人的户口在安和县吗？",
            "老人在安和县连续住了几年？",
            "老人现在是特困供养（五保）吗？",
        ]
    );
    assert_eq!(rules.next_question(&answers), None);
    let verdict = rules.judge(&answers, Validity::InForce);
    let Outcome::Met(met) = &verdict.outcome else {
        panic!("{verdict:?}");
    };
    assert_eq!(met.checked(), 3);
    assert_eq!(met.left_to_office()[0].text, "无法核实健在情况的，暂停发放");
    let Amount::Decided(payment) = verdict.amount else {
        panic!("the age decides it");
    };
    assert_eq!(payment.pays, "每人每月50元");

    // who is registered is not asked how long they have lived here, who is too young nothing more
    assert_eq!(talk(&rules, &["B", "在", "不是"]).0.len(), 3);
    assert_eq!(rules.next_question(&talk(&rules, &["不满80"]).1), None);
}

#[test]
fn a_verdict_has_a_line_for_each_requirement_with_its_quotes() {
    let rules = example().rules();
    let (_, answers) = talk(&rules, &["八十多", "不在", "2年"]);
    let verdict = rules.judge(&answers, Validity::InForce);
    let lines: Vec<(Option<&str>, Mark, Vec<&str>)> = verdict
        .lines
        .iter()
        .map(|line| {
            let quotes = line.quotes.iter().map(|quote| quote.text.as_str());
            (line.id.as_deref(), line.mark, quotes.collect())
        })
        .collect();
    assert_eq!(
        lines,
        [
            (Some("年龄"), Mark::Passed, vec!["年满80周岁"]),
            (
                Some("户籍或居住"),
                Mark::Failed,
                vec!["具有安和县户籍", "在安和县连续居住满3年"]
            ),
            (
                Some("特困供养"),
                Mark::Unknown,
                vec!["已享受特困人员救助供养的，不发放高龄津贴"]
            ),
            (
                None,
                Mark::LeftToOffice,
                vec!["无法核实健在情况的，暂停发放"]
            ),
        ]
    );
    assert_eq!(verdict.lines[0].quotes[0].passage, Some(0));
    assert_eq!(verdict.lines[3].quotes[0].passage, Some(1));
    assert_eq!(verdict.amount, Amount::None);
}

#[test]
fn a_range_that_decides_too_little_is_asked_again_within_it() {
    let rules = example().rules();
    let (_, answers) = talk(&rules, &["80以上", "在"]);
    let verdict = rules.judge(&answers, Validity::InForce);
    assert_eq!(verdict.lines[0].mark, Mark::Passed);
    assert!(matches!(&verdict.amount, Amount::Open(rows) if rows.len() == 3));
    let again = rules
        .next_question(&answers)
        .expect("which of the three amounts");
    let labels: Vec<&str> = again.choices.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["80–89岁", "90–99岁", "100岁以上"]);
}

#[test]
fn who_does_not_know_is_not_asked_again() {
    let rules = example().rules();
    let (_, answers) = talk(&rules, &["85", "不知道", "忘了", "不是"]);
    let verdict = rules.judge(&answers, Validity::InForce);
    assert_eq!(verdict.outcome, Outcome::Undecided { asks: None });
    assert_eq!(rules.next_question(&answers), None);
}

#[test]
fn what_the_question_says_is_taken() {
    let rules = example().rules();
    let question = "我妈82岁农村户口能领高龄补贴不";
    let heard = hear(rules.variables(), question);
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].span.of(question), "82岁");
    let mut answers = Answers::new();
    for one in heard {
        answers.give(one.variable, one.answer);
    }
    let next = rules.next_question(&answers).expect("registration");
    assert_eq!(next.ask, "老人的户口在安和县吗？");
}

#[test]
fn rules_out_of_force_do_not_run() {
    let rules = example().rules();
    let verdict = rules.judge(&Answers::new(), validity(date!(2025 - 03 - 31)));
    assert_eq!(verdict.outcome, Outcome::NotYetEffective);
    assert_eq!((verdict.lines.len(), verdict.amount), (0, Amount::None));
    let replaced = rules.judge(&Answers::new(), Validity::Replaced);
    assert_eq!(replaced.outcome, Outcome::Replaced);
}
