//! Which question comes next, held against all ways in which answers can turn out.

use proptest::prelude::*;
use wenzheng_rules::{
    Amount, Answer, Answers, Outcome, Rules, Truth, Validity, VariableId, enumerate, read_reply,
};

use crate::support::Document;

const TEXT: &str = "甲满3年。乙满5年。丙。丁。戊。每月30元。每月50元。每年100元。";

/// One test of the rules that are made up.
#[derive(Debug, Clone, Copy)]
struct Atom {
    variable: usize,
    threshold: usize,
}

impl Atom {
    fn written(self) -> String {
        let Self {
            variable,
            threshold,
        } = self;
        match variable {
            0 | 1 => {
                let (value, quote) = [(3, "甲满3年"), (5, "乙满5年")][threshold];
                format!(
                    "variable = \"v{variable}\", comparator = \">=\", value = {value}, quote = \"{quote}\""
                )
            }
            _ => format!(
                "variable = \"v{variable}\", comparator = \"=\", value = {}, quote = \"丙\"",
                threshold == 0
            ),
        }
    }
}

fn atom() -> impl Strategy<Value = Atom> {
    (0_usize..4, 0_usize..2).prop_map(|(variable, threshold)| Atom {
        variable,
        threshold,
    })
}

/// Rules on two numbers and two yes or no, the last of them private.
fn rules() -> impl Strategy<Value = Rules> {
    let group = || prop::collection::vec(atom(), 1..3);
    (
        prop::collection::vec(group(), 1..4),
        prop::collection::vec(atom(), 0..3),
        prop::collection::vec(atom(), 0..3),
    )
        .prop_map(|(conditions, exclusions, rows)| written(&conditions, &exclusions, &rows).rules())
}

fn written(conditions: &[Vec<Atom>], exclusions: &[Atom], rows: &[Atom]) -> Document {
    let conditions = conditions.iter().enumerate().map(|(at, group)| {
        let tests = group
            .iter()
            .map(|atom| format!("{{ {} }},", atom.written()));
        format!(
            "{{ id = \"c{at}\", any = [{}] }},",
            tests.collect::<String>()
        )
    });
    let conditions: String = conditions.collect();
    let exclusions = exclusions.iter().enumerate();
    let exclusions: String = exclusions
        .map(|(at, atom)| format!("{{ id = \"e{at}\", {} }},", atom.written()))
        .collect();
    let amounts = ["每月30元", "每月50元"];
    let rows: String = rows
        .iter()
        .zip(amounts)
        .map(|(atom, pays)| {
            format!(
                "{{ when = [{{ {} }}], pays = \"{pays}\", quote = \"{pays}\" }},",
                atom.written()
            )
        })
        .collect();
    let used = format!("{conditions}{exclusions}{rows}");
    let variables: String = (0..4)
        .filter(|at| used.contains(&format!("\"v{at}\"")))
        .map(|at| {
            let kind = if at < 2 { "years" } else { "yes_no" };
            let private = at == 3;
            format!("v{at} = {{ type = \"{kind}\", ask = \"v{at}？\", private = {private} }}\n")
        })
        .collect();
    Document::with(
        TEXT,
        &format!(
            "[variables]\n{variables}[rules]\ncondition = [{conditions}]\nexclusion = [{exclusions}]\namount = [{rows}]\njudged = [\"丁\"]\n"
        ),
    )
}

/// Outcome without the question, and the amount once it counts.
fn result(rules: &Rules, answers: &Answers) -> (String, Option<Amount>) {
    let verdict = rules.judge(answers, Validity::InForce);
    let amount = matches!(verdict.outcome, Outcome::Met(_)).then_some(verdict.amount);
    (verdict.outcome.name().to_owned(), amount)
}

/// All ways in which the unanswered variables can be answered.
fn completions(rules: &Rules, answers: &Answers) -> Vec<Answers> {
    let all = enumerate(rules).expect("few variables");
    let given: Vec<(VariableId, Answer)> = answers
        .iter()
        .map(|(id, answer)| (id.clone(), answer.clone()))
        .collect();
    let complete = all.rows.iter().filter(|row| row.is_complete());
    let complete = complete.map(|row| {
        let chosen = all.variables.iter().zip(&row.chosen);
        let chosen = chosen.filter_map(|((variable, choices), at)| {
            Some((variable.id.clone(), choices[(*at)?].answer.clone()))
        });
        chosen.collect::<Answers>()
    });
    complete
        .filter(|one| given.iter().all(|(id, answer)| one.get(id) == Some(answer)))
        .collect()
}

/// Some combination of answers to `rules`, by its number.
fn answers(rules: &Rules, row: usize) -> Answers {
    let all = enumerate(rules).expect("few variables");
    let row = &all.rows[row % all.rows.len()];
    let chosen = all.variables.iter().zip(&row.chosen);
    let chosen = chosen.filter_map(|((variable, choices), at)| {
        Some((variable.id.clone(), choices[(*at)?].answer.clone()))
    });
    chosen.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_decided_stays_so_whatever_else_is_answered(rules in rules(), row in any::<usize>()) {
        let answers = answers(&rules, row);
        let (outcome, amount) = result(&rules, &answers);
        for complete in completions(&rules, &answers) {
            let (then, then_amount) = result(&rules, &complete);
            prop_assert_ne!(&then, "undecided");
            if outcome != "undecided" {
                prop_assert_eq!(&outcome, &then);
                if !matches!(amount, None | Some(Amount::Open(_))) {
                    prop_assert_eq!(&amount, &then_amount);
                }
            }
        }
    }

    #[test]
    fn as_long_as_anything_can_change_something_is_asked(rules in rules(), row in any::<usize>()) {
        let answers = answers(&rules, row);
        let (outcome, amount) = result(&rules, &answers);
        let is_open = outcome == "undecided" || matches!(amount, Some(Amount::Open(_)));
        match rules.next_question(&answers) {
            None => prop_assert!(!is_open),
            Some(question) => {
                prop_assert!(is_open);
                prop_assert_eq!(answers.get(&question.variable.id), None);
            }
        }
    }

    #[test]
    fn every_choice_is_picked_by_its_label_and_by_its_mark(rules in rules(), row in any::<usize>()) {
        if let Some(question) = rules.next_question(&answers(&rules, row)) {
            for choice in &question.choices {
                for reply in [&choice.label, &choice.mark] {
                    prop_assert_eq!(read_reply(&question, reply), Ok(choice.answer.clone()));
                }
            }
        }
    }

    #[test]
    fn private_questions_come_when_no_other_is_left(rules in rules(), row in any::<usize>()) {
        let answers = answers(&rules, row);
        let Some(question) = rules.next_question(&answers) else { return Ok(()) };
        prop_assume!(question.private);
        // nothing that anybody else may hear can change anything without it
        let id = rules.variables().iter().find(|one| one.private).expect("asked").id.clone();
        let results = completions(&rules, &answers);
        for yes in [true, false] {
            let with = results.iter().filter(|one| one.get(&id) == Some(&Answer::YesNo(yes)));
            let mut outcomes: Vec<_> = with.map(|one| result(&rules, one)).collect();
            outcomes.dedup();
            prop_assert!(outcomes.len() <= 1, "{outcomes:?}");
        }
    }

    #[test]
    fn a_dialogue_ends_after_each_variable_at_the_latest(rules in rules(), row in any::<usize>()) {
        let everything = answers(&rules, row);
        let mut answers = Answers::new();
        for _ in 0..rules.variables().len() {
            let Some(question) = rules.next_question(&answers) else { break };
            let answer = everything.get(&question.variable.id).cloned();
            answers.give(question.variable.id, answer.unwrap_or(Answer::DontKnow));
        }
        prop_assert_eq!(rules.next_question(&answers), None);
    }

    #[test]
    fn met_means_every_requirement_is_passed_and_carries_what_is_left(rules in rules()) {
        for row in enumerate(&rules).expect("sound").rows {
            if let Outcome::Met(met) = row.verdict.outcome {
                prop_assert_eq!(met.checked(), rules.requirements().len());
                prop_assert_eq!(met.left_to_office().len(), rules.left_to_office().count());
                prop_assert!(met.left_to_office().iter().any(|clause| clause.text == "丁"));
            }
        }
        prop_assert_eq!(rules.passed(&Answers::new()), Truth::Unknown);
    }
}
