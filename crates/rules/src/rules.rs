//! The rules of one document, as they are once they have been read and found to fit it.

use std::collections::BTreeMap;

use crate::{
    answer::Answers,
    model::{Requirement, Row, Scenario, Signature},
    outcome::Quote,
    test::Test,
    truth::Truth,
    variable::{Variable, VariableId},
};

/// The rules of one document, which fit its text. Made by [`load`](crate::load()) only.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(crate) document: String,
    pub(crate) benefit: String,
    pub(crate) person: String,
    pub(crate) signature: Option<Signature>,
    /// In the order in which the rules first name them.
    pub(crate) variables: Vec<Variable>,
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) rows: Vec<Row>,
    pub(crate) judged: Vec<String>,
    pub(crate) uncovered: Vec<String>,
    pub(crate) scenarios: Vec<Scenario>,
    /// The passage in which each quote stands.
    pub(crate) passages: BTreeMap<String, usize>,
}

impl Rules {
    /// The number of the document (文号).
    #[must_use]
    pub fn document(&self) -> &str {
        &self.document
    }

    /// What one gets (高龄津贴).
    #[must_use]
    pub fn benefit(&self) -> &str {
        &self.benefit
    }

    /// Who is judged (老人); the asker may be somebody else.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.person
    }

    /// Who has signed; `None` only for rules loaded for review.
    #[must_use]
    pub const fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }

    /// The variables, in the order in which the rules first name them: conditions, exclusions, amounts.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The variable with this id.
    #[must_use]
    pub fn variable(&self, id: &VariableId) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.id == *id)
    }

    /// The variable that the file calls `name`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// Conditions and exclusions, in the order of the file, conditions first.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// The amounts, of which the first that holds counts.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Clauses that nobody has written a rule for: no quote touches them, and neither `judged` nor `plain`
    /// lists them. `check` names them; every result counts them as judged by the office.
    #[must_use]
    pub fn uncovered(&self) -> &[String] {
        &self.uncovered
    }

    /// All that is left to the office (？由部门认定): the clauses of `judged`, then those uncovered.
    pub fn left_to_office(&self) -> impl Iterator<Item = &str> {
        let judged = self.judged.iter().chain(&self.uncovered);
        judged.map(String::as_str)
    }

    /// The scenarios of the file.
    #[must_use]
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// Whether all requirements are passed, as far as is known; what is left to the office does not count.
    #[must_use]
    pub fn passed(&self, answers: &Answers) -> Truth {
        Truth::all(self.requirements.iter().map(|one| one.passed(answers)))
    }

    /// All tests: of conditions, exclusions and amounts.
    pub(crate) fn tests(&self) -> impl Iterator<Item = &Test> {
        let required = self.requirements.iter().flat_map(|one| &one.any);
        required.chain(self.rows.iter().flat_map(|row| &row.when))
    }

    /// `text` with the passage that holds it.
    pub(crate) fn quote(&self, text: &str) -> Quote {
        Quote {
            text: text.to_owned(),
            passage: self.passages.get(text).copied(),
        }
    }
}
