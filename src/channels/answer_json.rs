//! An answer as data: the JSON of `ask --json`, `ask --batch` and `POST /api/ask`.
//!
//! Fields may be added, never changed or removed.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    deployment::Deployment, eligibility_json::EligibilityRecord, hotlines::Number, plain, wording,
};
use crate::{
    answer::{Answer, AnswerKind, Citation, Concern, Status},
    corpus::Progress,
};

/// One answer, as every machine reads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnswerRecord {
    /// The id of the question in a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As asked.
    pub question: String,
    /// How well the report answers.
    pub status: Status,
    /// What the answer is made of.
    pub kind: AnswerKind,
    /// The plain-text reply a person would read.
    pub text: String,
    /// Best first.
    pub citations: Vec<CitationRecord>,
    /// Lines beside the answer, in the asker's script.
    pub notices: Vec<String>,
    /// Questions near the one asked that the report answers: after a refusal or a part of an answer at
    /// most three, after an answer at most two, each answered by another quote.
    pub suggestions: Vec<String>,
    /// Passages beyond the citations, best first.
    pub related: Vec<String>,
    /// Numbers that the reply names to be called, the most important first.
    pub calls: Vec<CallRecord>,
    /// Pages that the reply leads to.
    pub links: Vec<LinkRecord>,
    /// What the message tells of that somebody else has to deal with; null nearly always.
    pub concern: Option<Concern>,
    /// Whether somebody qualifies, condition by condition; left out for any other answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<EligibilityRecord>,
    /// Version of the corpus that answered.
    pub corpus_version: String,
    /// Number of the edition that answered; left out where editions are not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<i64>,
    /// Microseconds from question to answer, rendering included.
    pub took_us: u64,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallRecord {
    /// Digits and hyphens.
    pub number: String,
    /// What it is (报警); may be empty.
    pub name: String,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkRecord {
    /// What it is called, in the asker's script.
    pub text: String,
    /// Its address; without scheme and host where the public address is not set.
    pub href: String,
}

/// A quote and where it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CitationRecord {
    /// `[A-Za-z0-9_-]{1,40}`
    #[schema(pattern = "^[A-Za-z0-9_-]{1,40}$")]
    pub passage_id: String,
    /// The passage's document.
    pub document_id: String,
    /// Its title.
    pub document_title: String,
    /// Headings from the outside in.
    pub path: Vec<String>,
    /// Done, planned, assessment or undated, with the year.
    pub period: PeriodRecord,
    /// How far what the clause tells that answers has come.
    pub progress: Progress,
    /// Verbatim answer sentences, as stored.
    pub quote: String,
    /// The whole passage, as stored.
    pub passage: String,
    /// Comparable within one answer only.
    pub score: f32,
}

/// `{"kind":"planned","year":2024}`
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PeriodRecord {
    /// `done`, `planned`, `assessment`, `undated`
    #[schema(pattern = "^(done|planned|assessment|undated)$")]
    pub kind: &'static str,
    /// Null for the last two.
    pub year: Option<i32>,
}

impl From<crate::corpus::Period> for PeriodRecord {
    fn from(period: crate::corpus::Period) -> Self {
        use crate::corpus::Period;
        let kind = match period {
            Period::Done(_) => "done",
            Period::Planned(_) => "planned",
            Period::Assessment => "assessment",
            Period::Undated => "undated",
        };
        Self {
            kind,
            year: period.year(),
        }
    }
}

impl From<&Citation> for CitationRecord {
    fn from(citation: &Citation) -> Self {
        Self {
            passage_id: citation.passage_id.to_string(),
            document_id: citation.document_id.to_string(),
            document_title: citation.document_title.clone(),
            path: citation.path.clone(),
            period: citation.period.into(),
            progress: citation.progress,
            quote: citation.quote.clone(),
            passage: citation.passage.clone(),
            score: citation.score,
        }
    }
}

impl AnswerRecord {
    /// The same as answered by edition `number` of the store; 0 is none.
    #[must_use]
    pub fn of_edition(self, number: i64) -> Self {
        Self {
            edition: (number > 0).then_some(number),
            ..self
        }
    }

    /// The record of `answer`; `took` is the time from question to answer.
    #[must_use]
    pub fn new(answer: &Answer, deployment: &Deployment, took: Duration) -> Self {
        Self {
            id: None,
            question: answer.question.clone(),
            status: answer.status,
            kind: answer.kind,
            text: plain::render(answer, deployment),
            citations: answer.citations.iter().map(CitationRecord::from).collect(),
            notices: wording::notices(answer)
                .map(|notice| {
                    wording::in_script(&wording::notice(notice), answer.script).into_owned()
                })
                .collect(),
            suggestions: answer.suggestions.clone(),
            related: answer.related.iter().map(ToString::to_string).collect(),
            calls: wording::numbers(answer, deployment)
                .into_iter()
                .map(|Number { number, name }| CallRecord { number, name })
                .collect(),
            links: wording::links(answer)
                .into_iter()
                .map(|link| LinkRecord {
                    text: wording::in_script(&link.text, answer.script).into_owned(),
                    href: deployment.link(&link.path).unwrap_or(link.path),
                })
                .collect(),
            concern: answer.referral.as_ref().map(|referral| referral.concern),
            eligibility: answer.check.as_deref().map(EligibilityRecord::from),
            corpus_version: answer.corpus_version.clone(),
            edition: None,
            took_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        }
    }
}
