//! What is compared of a question.

use super::{concepts::Concepts, key::QuestionKey};
use crate::{
    answer::{Gap, Missing},
    assistant::Snapshot,
    retrieval::{FactKind, PeriodConstraint},
    semantic::Vector,
};

/// What is compared of a question; by one edition's lists and words.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    pub(super) key: QuestionKey,
    /// As logged.
    pub(super) text: String,
    pub(super) concepts: Concepts,
    pub(super) missing: Option<String>,
    pub(super) fact: Option<FactKind>,
    pub(super) period: PeriodConstraint,
    /// `None` without a model.
    pub(super) vector: Option<Vector>,
    is_bare: bool,
}

impl Features {
    /// Of a question as logged, to which the answer lacked `missing`.
    #[must_use]
    pub fn of(snapshot: &Snapshot, text: &str, missing: Option<&Missing>) -> Self {
        Self::lacking(snapshot, text, missing.and_then(words))
    }

    /// The same, of a question whose answer lacked what these words name.
    #[must_use]
    pub fn lacking(snapshot: &Snapshot, text: &str, missing: Option<&str>) -> Self {
        let request = snapshot.understand(text);
        let question = request.question();
        Self {
            key: QuestionKey::of(text),
            text: text.to_owned(),
            concepts: Concepts::of(question, |word| snapshot.names_a_matter(word)),
            missing: missing.map(str::to_owned),
            fact: question.answer_type().map(|wanted| wanted.kind),
            period: question.period(),
            vector: request.vector().cloned(),
            is_bare: question.is_bare(),
        }
    }

    /// The same for questions that differ in nothing that is asked.
    #[must_use]
    pub const fn key(&self) -> QuestionKey {
        self.key
    }

    /// True for what says nothing without the question before it (那今年呢): whoever reads it alone
    /// learns nothing.
    #[must_use]
    pub const fn is_bare(&self) -> bool {
        self.is_bare
    }
}

/// What is missing, in words that name it: none for a place, a year or a state, which the question only
/// asks it for, nor for what only the passage found names (县城).
fn words(missing: &Missing) -> Option<&str> {
    let Missing {
        topic,
        asked,
        words,
    } = missing;
    let named = match asked {
        Gap::Elsewhere | Gap::Year | Gap::Undone => "",
        Gap::NumberOf | Gap::DocumentNumber | Gap::Definition => topic,
        Gap::Money
        | Gap::Number
        | Gap::Percentage
        | Gap::Date
        | Gap::Where
        | Gap::Who
        | Gap::Eligibility
        | Gap::Procedure
        | Gap::Benefit
        | Gap::Field
        | Gap::Direct => words,
    };
    Some(named).filter(|named| !named.is_empty())
}
