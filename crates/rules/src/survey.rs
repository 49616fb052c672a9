//! 我能享受哪些政策: the rules of several documents at once.

use std::collections::BTreeMap;

use crate::{
    answer::Answers,
    outcome::{Outcome, Validity, Verdict},
    question::{Question, open_variables, question},
    rules::Rules,
    variable::{Variable, VariableId},
};

/// The next question that can still change the outcome of one of `rules`, which are those in force; `None`
/// when there is none.
///
/// The variable that most of them wait for comes first, then the order of the files; `private` ones come
/// last. `person` is who all of them are judged for (您). Amounts are not asked for here.
#[must_use]
pub fn next_question(rules: &[&Rules], answers: &Answers, person: &str) -> Option<Question> {
    let mut waiting: BTreeMap<&VariableId, usize> = BTreeMap::new();
    for one in rules {
        for id in open_variables(one, answers) {
            *waiting.entry(id).or_default() += 1;
        }
    }
    let variables = rules.iter().flat_map(|one| one.variables());
    let asked = variables.filter_map(|variable| Some((variable, *waiting.get(&variable.id)?)));
    let (first, _) =
        asked.min_by_key(|(variable, count)| (variable.private, std::cmp::Reverse(*count)))?;
    let same = rules.iter().filter_map(|one| one.variable(&first.id));
    // private for one is private for all, and the shared wording names nobody's document
    let private = same.clone().any(|variable| variable.private);
    let wording: &Variable = same
        .clone()
        .find(|variable| variable.is_shared_wording)
        .unwrap_or(first);
    let tests = rules.iter().flat_map(|one| one.tests());
    let tests = tests.filter(|test| test.variable == first.id);
    let mut question = question(wording, tests.map(|test| &test.accepts), answers, person);
    question.private = private;
    Some(question)
}

/// The rules of several documents by what comes out, each as its place in the list with its verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// 可能符合
    pub possible: Vec<(usize, Verdict)>,
    /// 还要核实
    pub open: Vec<(usize, Verdict)>,
    /// 不符合
    pub not_met: Vec<(usize, Verdict)>,
}

/// Judges all of `rules`, which are those in force, in their order.
#[must_use]
pub fn findings(rules: &[&Rules], answers: &Answers) -> Findings {
    let mut findings = Findings::default();
    for (at, one) in rules.iter().enumerate() {
        let verdict = one.judge(answers, Validity::InForce);
        match verdict.outcome {
            Outcome::Met(_) => findings.possible.push((at, verdict)),
            Outcome::NotMet { .. } => findings.not_met.push((at, verdict)),
            Outcome::Undecided { .. }
            | Outcome::Expired
            | Outcome::NotYetEffective
            | Outcome::Replaced => findings.open.push((at, verdict)),
        }
    }
    findings
}
