//! Which question comes next: only what can still change the outcome or the amount, in the order of the
//! document, `private` ones last.

use std::collections::BTreeMap;

use crate::{
    answer::{Answer, Answers},
    choice::{Choice, choices},
    model::{Pays, Rate, Requirement, Role},
    payment,
    rules::Rules,
    test::{Accepts, Test},
    truth::Truth,
    variable::{Variable, VariableId},
};

/// A question to put to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it asks for.
    pub variable: Variable,
    /// In Chinese, with who is judged.
    pub ask: String,
    /// True if it must not be asked in a group.
    pub private: bool,
    /// Answers to choose from; others may be given as well. Empty where the amount depends on the exact
    /// number.
    pub choices: Vec<Choice>,
}

/// What questions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The outcome alone.
    Outcome,
    /// The outcome and the amount.
    OutcomeAndAmount,
}

/// What an answer can still change; the outcome is asked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Outcome,
    Amount,
}

impl Rules {
    /// The next question; `None` when no answer can change anything any more.
    ///
    /// A variable of which only a range is known is asked again where the range decides too little, with
    /// the choices within it.
    #[must_use]
    pub fn next_question(&self, answers: &Answers) -> Option<Question> {
        let id = next_variable(self, answers, Purpose::OutcomeAndAmount)?;
        let variable = self.variable(id)?;
        let tests = self.tests().filter(|test| test.variable == *id);
        let mut question = question(
            variable,
            tests.map(|test| &test.accepts),
            answers,
            &self.person,
        );
        if needs_exact(self, answers, id) {
            question.choices.clear();
        }
        Some(question)
    }
}

/// The question about `variable`, on which `tests` depend.
pub(crate) fn question<'t>(
    variable: &Variable,
    tests: impl IntoIterator<Item = &'t Accepts>,
    answers: &Answers,
    person: &str,
) -> Question {
    let mut choices = choices(&variable.kind, tests);
    if let Some(Answer::Range(known)) = answers.get(&variable.id) {
        let possible = |choice: &Choice| match &choice.answer {
            Answer::Range(range) => range.overlap(known).is_some(),
            Answer::YesNo(_) | Answer::Choice(_) | Answer::DontKnow => true,
        };
        choices.retain(possible);
    }
    Question {
        variable: variable.clone(),
        ask: variable.asked_of(person),
        private: variable.private,
        choices,
    }
}

/// The variable to ask for next.
pub(crate) fn next_variable<'r>(
    rules: &'r Rules,
    answers: &Answers,
    purpose: Purpose,
) -> Option<&'r VariableId> {
    let needed = needed(rules, answers, purpose);
    let asked = rules.variables.iter();
    let asked = asked.filter_map(|variable| Some((variable, needed.get(&variable.id)?)));
    let first = asked.min_by_key(|(variable, need)| (variable.private, **need))?;
    Some(&first.0.id)
}

/// The variables that can still change the outcome.
pub(crate) fn open_variables<'r>(
    rules: &'r Rules,
    answers: &Answers,
) -> impl Iterator<Item = &'r VariableId> {
    needed(rules, answers, Purpose::Outcome).into_keys()
}

fn needed<'r>(
    rules: &'r Rules,
    answers: &Answers,
    purpose: Purpose,
) -> BTreeMap<&'r VariableId, Need> {
    let mut needed = BTreeMap::new();
    if rules.passed(answers) == Truth::False {
        return needed;
    }
    let mut can_be_met = true;
    for requirement in &rules.requirements {
        if requirement.passed(answers) == Truth::Unknown {
            can_be_met &= can_pass(requirement, answers);
            let open = open_tests(&requirement.any, answers);
            needed.extend(open.map(|test| (&test.variable, Need::Outcome)));
        }
    }
    if purpose == Purpose::OutcomeAndAmount && can_be_met {
        for id in needed_for_amount(rules, answers) {
            needed.entry(id).or_insert(Need::Amount);
        }
    }
    needed
}

/// True if answers that the person may be able to give can still make the person pass.
fn can_pass(requirement: &Requirement, answers: &Answers) -> bool {
    let unknown = requirement
        .any
        .iter()
        .filter(|test| is_unknown(test, answers));
    let mut askable = unknown.map(|test| is_askable(test, answers));
    match requirement.role {
        Role::Condition => askable.any(|askable| askable),
        Role::Exclusion => askable.all(|askable| askable),
    }
}

/// The tests that are open, and that the person may be able to tell.
fn open_tests<'r>(tests: &'r [Test], answers: &Answers) -> impl Iterator<Item = &'r Test> {
    let open = |test: &&Test| is_unknown(test, answers) && is_askable(test, answers);
    tests.iter().filter(open)
}

fn is_unknown(test: &Test, answers: &Answers) -> bool {
    test.truth(answers) == Truth::Unknown
}

fn is_askable(test: &Test, answers: &Answers) -> bool {
    answers.get(&test.variable) != Some(&Answer::DontKnow)
}

/// The variables that tell which row counts, and once that is known, the one that its rate multiplies.
fn needed_for_amount<'r>(rules: &'r Rules, answers: &Answers) -> Vec<&'r VariableId> {
    let mut needed = Vec::new();
    for (row, holds) in payment::possible_rows(rules, answers) {
        if holds == Truth::True {
            match &row.pays {
                Pays::Rate(rate) if needed.is_empty() && is_quantity_open(rules, rate, answers) => {
                    needed.push(&rate.of);
                }
                Pays::Rate(_) | Pays::Fixed(_) => {}
            }
            break;
        }
        let before = needed.len();
        needed.extend(open_tests(&row.when, answers).map(|test| &test.variable));
        if needed.len() == before {
            break; // no answer can tell whether a later row counts
        }
    }
    needed
}

/// True if the exact quantity would tell what a rate comes to, and may be told.
fn is_quantity_open(rules: &Rules, rate: &Rate, answers: &Answers) -> bool {
    let told = match answers.get(&rate.of) {
        None => false,
        Some(Answer::Range(said)) => said.as_point().is_some(),
        Some(Answer::DontKnow | Answer::YesNo(_) | Answer::Choice(_)) => true,
    };
    !told && payment::sum(rules, rate, answers).is_none()
}

/// True if an amount that may yet be the person's is worked out from this variable.
fn needs_exact(rules: &Rules, answers: &Answers, id: &VariableId) -> bool {
    let mut rows = payment::possible_rows(rules, answers);
    rows.any(|(row, _)| matches!(&row.pays, Pays::Rate(rate) if rate.of == *id))
}
