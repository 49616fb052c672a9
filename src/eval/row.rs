//! How the answer to one question fared.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{EvalQuestion, gain};
use crate::{
    answer::{Answer, AnswerKind, Status},
    assistant::Snapshot,
    corpus::{LibraryError, Period},
    gold::{Gold, bare, holds, holds_all},
};

/// How one question fared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Whether the report answers it.
    pub answerable: bool,
    /// The status of the reply.
    pub status: Status,
    /// The first citation is gold.
    pub hit1: bool,
    /// Of the first three found, cited or not, one is gold and every list of `gold_all` is met.
    pub hit3: bool,
    /// Rank of the first gold one among those found, from 1; 0 when none is.
    pub rank: usize,
    /// nDCG over the first ten passages: the citations, then the related passages.
    pub ndcg: f64,
    /// hit@1, all answer spans in the reply, not refused.
    pub right: bool,
    /// The period label of the first gold citation is as it should be; `None` when not scored.
    pub period: Option<bool>,
    /// Every quote is a substring of its passage.
    pub verbatim: bool,
    /// Characters of each quote in a reply of kind `passage`.
    pub quote_chars: Vec<usize>,
    /// From question to answer.
    pub took: Duration,
}

impl Row {
    /// As it should be: right with all that was asked for, or, for what the report does not say,
    /// said so.
    #[must_use]
    pub const fn good(&self) -> bool {
        if self.answerable {
            self.right && self.hit3
        } else {
            !matches!(self.status, Status::Answered)
        }
    }

    /// The reply sent the person away.
    #[must_use]
    pub const fn refused(&self) -> bool {
        matches!(
            self.status,
            Status::NotFound | Status::Smalltalk | Status::Help
        )
    }
}

/// Scores one answer from `snapshot`; `text` is the reply a person would read.
///
/// # Errors
/// [`LibraryError`] when the passages cannot be read.
pub fn score(
    question: &EvalQuestion,
    answer: &Answer,
    snapshot: &Snapshot,
    text: &str,
    took: Duration,
) -> Result<Row, LibraryError> {
    // What was found: the passages cited, then those that were not worth a card.
    let cited = answer.citations.iter().map(|c| bare(&c.passage));
    let related = snapshot.passages(&answer.related, answer.related.len())?;
    let related = related.iter().map(|(_, passage)| bare(&passage.text));
    let found: Vec<String> = cited.chain(related).collect();
    let gold = Gold::of(&question.gold);
    let is_gold: Vec<bool> = found.iter().map(|p| gold.is_in_bare(p)).collect();
    let mut relevant = 0;
    for passage in snapshot.library().all_passages() {
        relevant += usize::from(gold.is_in(&passage?.text));
    }
    let gain = |is_gold: &bool| if *is_gold { 1.0 } else { 0.0 };
    let gains: Vec<f64> = is_gold.iter().map(gain).collect();
    let rank = is_gold.iter().position(|is_gold| *is_gold);
    let rank = rank.map_or(0, |n| n + 1);
    let top = &found[..found.len().min(3)];
    let all_met = question.gold_all.iter().all(|any| {
        any.iter()
            .any(|gold| top.iter().any(|passage| holds(passage, &bare(gold))))
    });
    let told = holds_all(&bare(text), &question.answer);
    let right = rank.checked_sub(1).and_then(|n| answer.citations.get(n));
    let period = expected_period(&question.period)
        .filter(|_| rank == 0 || right.is_some())
        .map(|expected| right.is_some_and(|citation| citation.period == expected));
    let mut row = Row {
        id: question.id.clone(),
        kind: question.kind.clone(),
        answerable: question.answerable,
        status: answer.status,
        hit1: rank == 1,
        hit3: (1..=3).contains(&rank) && all_met,
        rank,
        ndcg: gain::ndcg(&gains, &vec![1.0; relevant]),
        right: question.answerable && rank == 1 && told,
        period,
        verbatim: answer
            .citations
            .iter()
            .all(|c| c.passage.contains(&c.quote) && !c.quote.is_empty()),
        quote_chars: if answer.kind == AnswerKind::Passage {
            let quotes = answer.citations.iter().map(|c| &c.quote);
            quotes.map(|quote| quote.chars().count()).collect()
        } else {
            Vec::new()
        },
        took,
    };
    row.right &= !row.refused();
    Ok(row)
}

fn expected_period(written: &str) -> Option<Period> {
    let (kind, year) = written.split_once('-')?;
    let year = year.parse().ok()?;
    match kind {
        "done" => Some(Period::Done(year)),
        "plan" => Some(Period::Planned(year)),
        _ => None,
    }
}
