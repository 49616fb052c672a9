//! What somebody is judged for: one benefit, or all that there are.

use std::sync::Arc;

use wenzheng_rules::{Answers, Question, Variable, VariableId, survey};

use super::benefit::Benefit;

/// How all benefits are asked about, where each has its own word for who is judged.
const ANYBODY: &str = "您";

/// What somebody is judged for.
#[derive(Debug, Clone)]
pub enum Subject {
    /// One benefit.
    One(Arc<Benefit>),
    /// All that are in force, in the order of their documents.
    All(Vec<Arc<Benefit>>),
}

impl Subject {
    /// The benefits.
    #[must_use]
    pub fn benefits(&self) -> &[Arc<Benefit>] {
        match self {
            Self::One(benefit) => std::slice::from_ref(benefit),
            Self::All(benefits) => benefits,
        }
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.benefits().is_empty()
    }

    /// The variables of all, each once, in the wording that is asked.
    #[must_use]
    pub fn variables(&self) -> Vec<&Variable> {
        let mut variables: Vec<&Variable> = Vec::new();
        for variable in self.benefits().iter().flat_map(|one| one.rules.variables()) {
            match variables.iter_mut().find(|known| known.id == variable.id) {
                Some(known) if variable.is_shared_wording => *known = variable,
                Some(_) => {}
                None => variables.push(variable),
            }
        }
        variables
    }

    /// The variable with this id.
    #[must_use]
    pub fn variable(&self, id: &VariableId) -> Option<&Variable> {
        self.variables()
            .into_iter()
            .find(|variable| variable.id == *id)
    }

    /// What is asked next; `None` when no answer can change anything any more.
    #[must_use]
    pub fn next_question(&self, answers: &Answers, person: Option<&str>) -> Option<Question> {
        match self {
            Self::One(benefit) => benefit.rules.next_question(answers),
            Self::All(benefits) => {
                let rules: Vec<_> = benefits.iter().map(|benefit| &benefit.rules).collect();
                survey::next_question(&rules, answers, person.unwrap_or(ANYBODY))
            }
        }
    }

    /// True when both are the same rules, signed for the same texts.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let (own, others) = (self.benefits(), other.benefits());
        own.len() == others.len() && own.iter().zip(others).all(|(a, b)| a.is_same(b))
    }
}
