//! Questions to be replayed, and what is right for them.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    answer::Status,
    corpus::{DocumentId, DocumentInfo, DocumentKind, Library},
    gold::Gold,
    text::hex,
};

/// Who wants a question to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An office, which knows it by this id.
    Pinned(String),
    /// The program, in the set of this name.
    Shipped(String),
}

impl Origin {
    /// True for a question of an office.
    #[must_use]
    pub const fn is_pinned(&self) -> bool {
        matches!(self, Self::Pinned(_))
    }
}

/// The status that a reply should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// It answers.
    Answered,
    /// It says that this is not written, and quotes what comes near.
    Partial,
    /// It quotes nothing: nothing was found, or the question was none of its business.
    Refused,
}

impl Expected {
    /// What a reply of this status does.
    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Answered => Self::Answered,
            Status::Partial => Self::Partial,
            Status::NotFound | Status::Smalltalk | Status::Help => Self::Refused,
        }
    }
}

/// The document that a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The one with this id.
    Id(DocumentId),
    /// The one with this title.
    Title(String),
    /// The work report of a place that plans for a year.
    Report {
        /// As in its front matter: 通渭县.
        place: String,
        /// 2024
        year: i32,
    },
}

impl About {
    /// The document among those of `library`; of several the first by id.
    #[must_use]
    pub fn find<'a>(&self, library: &'a Library) -> Option<&'a DocumentInfo> {
        let mut documents = library.documents().iter();
        match self {
            Self::Id(id) => library.document_by_id(id),
            Self::Title(title) => documents.find(|document| document.meta.title == *title),
            Self::Report { place, year } => documents.find(|document| {
                let meta = &document.meta;
                let is_report = meta.kind == DocumentKind::WorkReport;
                is_report && meta.place == *place && meta.year == Some(*year)
            }),
        }
    }
}

/// A question to be replayed, and what is right for it. Texts are compared as [`crate::gold`] says; blank
/// ones say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayQuestion {
    /// Who wants it to be asked.
    pub origin: Origin,
    /// As typed.
    pub q: String,
    /// Earlier questions of the conversation, oldest first.
    #[serde(default)]
    pub history: Vec<String>,
    /// Any of these stands in a passage cited.
    #[serde(default)]
    pub gold: Vec<String>,
    /// All of these stand in the reply.
    #[serde(default)]
    pub answer: Vec<String>,
    /// The status of the reply. Without one, a reply that should quote or say something must not be
    /// refused.
    #[serde(default)]
    pub expected: Option<Expected>,
    /// The document it is about.
    #[serde(default)]
    pub document: Option<About>,
}

impl ReplayQuestion {
    /// One that an office pinned under `id`, with nothing said about what is right.
    #[must_use]
    pub fn pinned(id: impl Into<String>, q: impl Into<String>) -> Self {
        Self {
            origin: Origin::Pinned(id.into()),
            q: q.into(),
            history: Vec::new(),
            gold: Vec::new(),
            answer: Vec::new(),
            expected: None,
            document: None,
        }
    }

    /// Sixteen hexadecimal digits; equal questions, for which the same is right, have equal keys.
    #[must_use]
    pub fn key(&self) -> String {
        let json = serde_json::to_string(self).expect("strings and names are JSON");
        hex::encode(&Sha256::digest(json)[..8])
    }

    /// True when it says what is right.
    #[must_use]
    pub fn says_what_is_right(&self) -> bool {
        let said = self.wanted_passage().is_some() || !self.wanted_strings().is_empty();
        said || self.expected.is_some()
    }

    /// The passages that are right; `None` when it does not say.
    #[must_use]
    pub fn wanted_passage(&self) -> Option<Gold> {
        let gold = said(&self.gold);
        (!gold.is_empty()).then(|| Gold::of(&gold))
    }

    /// What must stand in the reply; may be empty.
    #[must_use]
    pub fn wanted_strings(&self) -> Vec<String> {
        said(&self.answer)
    }

    /// True when a reply of this status is as it should be.
    #[must_use]
    pub fn expects(&self, status: Status) -> bool {
        let is = Expected::of(status);
        match self.expected {
            Some(expected) => is == expected,
            None => is != Expected::Refused,
        }
    }
}

fn said(texts: &[String]) -> Vec<String> {
    let said = texts.iter().filter(|text| !text.trim().is_empty());
    said.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_span_does_not_say_what_is_right() {
        let mut question = ReplayQuestion::pinned("1", "修路吗");
        question.gold = vec![" ".to_owned()];
        question.answer = vec![String::new()];
        assert!(!question.says_what_is_right());
        question.answer.push("150公里".to_owned());
        assert!(question.says_what_is_right());
    }

    #[test]
    fn another_question_or_other_gold_makes_another_key() {
        let question = ReplayQuestion::pinned("1", "修路吗");
        let mut other = question.clone();
        assert_eq!(question.key(), other.key());
        other.gold = vec!["硬化".to_owned()];
        assert_ne!(question.key(), other.key());
        assert_ne!(question.key(), ReplayQuestion::pinned("2", "修路吗").key());
    }

    #[test]
    fn without_an_expected_status_any_reply_that_quotes_will_do() {
        let mut question = ReplayQuestion::pinned("1", "修路吗");
        assert!(question.expects(Status::Partial) && question.expects(Status::Answered));
        assert!(!question.expects(Status::NotFound) && !question.expects(Status::Smalltalk));
        question.expected = Some(Expected::Refused);
        assert!(question.expects(Status::Help) && !question.expects(Status::Partial));
    }
}
