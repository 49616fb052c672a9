//! Questions to go on with: such as the report is known to answer, near to what was asked in vain
//! or to the answer ([`related`]).
//!
//! Candidates are made of passages by a few patterns ([`candidates`]); one is offered only when its
//! own reply is answered without a denial by the passage it was made from. Both happen at need, for
//! the passages nearest to a question, and verdicts are kept: a corpus of thousands of reports starts
//! no slower for it.

mod candidates;
mod nearness;
mod proofs;
mod related;

use std::sync::OnceLock;

use time::Date;

use self::{
    candidates::Candidate,
    nearness::{Asked, Told},
    proofs::{Proofs, candidates_of, same},
};
use super::{
    Answer, AnswerError, Notice, Status,
    context::HITS,
    pipeline::{self, respond_searching},
    searches::{Searched, Searches},
};
use crate::{
    corpus::{DocumentInfo, PassageId},
    retrieval::{Key, Message, Retriever},
};

/// Questions offered after one reply at most.
const OFFERED: usize = 3;
/// Questions tried for one reply at most: each is asked once, in about a millisecond.
const TRIED: usize = 10;

/// A question that the report answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// As it is asked.
    pub question: String,
    /// What it is about.
    pub topic: String,
    /// The passage that answers it.
    pub passage: PassageId,
}

/// Questions that a corpus answers, told at need.
#[derive(Debug, Default)]
pub struct Offers {
    proofs: Proofs,
    /// What can be completed while it is typed.
    topics: OnceLock<Vec<(Key, Candidate)>>,
}

impl Offers {
    /// The answer to `message` as [`super::respond`] gives it, with questions to go on with
    /// ([`Answer::suggestions`]): when it is a refusal or answers a part, near to what was asked; after
    /// an answer, related to it.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn respond(
        &self,
        retriever: &Retriever,
        message: &Message,
        history: &[String],
        limit: usize,
        today: Date,
    ) -> Result<Answer, AnswerError> {
        let (answer, searched) = respond_searching(retriever, message, history, limit, today)?;
        if related::leads_on(&answer) {
            let searched = searched.unwrap_or_default();
            return Ok(Answer {
                suggestions: related::to(&self.proofs, retriever, message, &answer, &searched)?,
                ..answer
            });
        }
        if !leads_on(&answer) {
            return Ok(answer);
        }
        let searched = searched.unwrap_or_else(|| {
            let parts = pipeline::understand(retriever, message, history);
            Searches::new(retriever, parts).into_searched()
        });
        Ok(Answer {
            suggestions: self.near(retriever, message, &answer, searched)?,
            ..answer
        })
    }

    /// Questions near to one that was refused or answered in part, of whose parts this was `searched`;
    /// none when nothing is near.
    fn near(
        &self,
        retriever: &Retriever,
        message: &Message,
        answer: &Answer,
        searched: Vec<Searched>,
    ) -> Result<Vec<String>, AnswerError> {
        let mut ranked: Vec<(f32, Candidate)> = Vec::new();
        let card = answer.citations.first().map(Told::by);
        for Searched { question, hits } in searched {
            let Some(asked) = Asked::of(retriever, &question) else {
                continue;
            };
            let hits = match hits {
                Some(hits) => hits,
                None => {
                    let request = retriever.request(question);
                    let retrieved = retriever.retrieve_one(&request)?;
                    retriever.rank(&request, &retrieved, HITS)?
                }
            };
            for hit in hits {
                let folded = retriever.library().folded(hit.at)?;
                if !asked.is_in(folded.whole()) {
                    continue;
                }
                let made = self.proofs.made(retriever, hit.at)?;
                let near = made.iter().filter_map(|(made, own)| {
                    let nearness = asked.near(made, own, card.as_ref())?;
                    Some((nearness, made.clone()))
                });
                ranked.extend(near);
            }
        }
        // Stable: the better hit first.
        ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut offered: Vec<String> = Vec::new();
        let mut topics: Vec<String> = Vec::new();
        for (_, made) in ranked.into_iter().take(TRIED) {
            let shown = |quote: &str| !made.shown.is_empty() && quote.contains(&made.shown);
            let told = answer.citations.iter().any(|cited| shown(&cited.quote));
            if offered.len() == OFFERED || told || topics.contains(&made.topic) {
                continue;
            }
            if let Some(verdict) = self.proofs.answered(retriever, &made)?
                && !same(&verdict.question, message.text())
            {
                topics.push(made.topic);
                offered.push(verdict.question.clone());
            }
        }
        Ok(offered)
    }

    /// Questions about what is being typed (a part of the topic, its pinyin, its first letters), best
    /// first, at most `limit`: of the newest report of the place that leads.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn complete(
        &self,
        retriever: &Retriever,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Offer>, AnswerError> {
        let typed = Key::typed(typed);
        if typed.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let topics = self.topics(retriever)?;
        let mut ranked: Vec<(usize, &Candidate)> = topics
            .iter()
            .filter_map(|(key, made)| Some((key.distance(&typed)?, made)))
            .collect();
        ranked.sort_by_key(|(distance, made)| (*distance, made.topic.len()));
        let mut offers: Vec<Offer> = Vec::new();
        for (_, made) in ranked.into_iter().take(TRIED.max(2 * limit)) {
            if offers.len() == limit {
                break;
            }
            if let Some(verdict) = self.proofs.answered(retriever, made)? {
                offers.push(Offer {
                    question: verdict.question.clone(),
                    topic: made.topic.clone(),
                    passage: made.passage.clone(),
                });
            }
        }
        Ok(offers)
    }

    /// Every question of a document that the corpus answers.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn all_of(
        &self,
        retriever: &Retriever,
        document: &DocumentInfo,
    ) -> Result<Vec<Offer>, AnswerError> {
        let mut offers = Vec::new();
        for at in document.all() {
            for made in candidates_of(retriever, at)? {
                if let Some(verdict) = self.proofs.answered(retriever, &made)? {
                    offers.push(Offer {
                        question: verdict.question.clone(),
                        topic: made.topic,
                        passage: made.passage,
                    });
                }
            }
        }
        Ok(offers)
    }

    fn topics(&self, retriever: &Retriever) -> Result<&[(Key, Candidate)], AnswerError> {
        if let Some(topics) = self.topics.get() {
            return Ok(topics);
        }
        let mut topics = Vec::new();
        if let Some(document) = retriever.leading() {
            for at in document.all() {
                for made in candidates_of(retriever, at)? {
                    // Terms are completed by their own names.
                    if !made.forms[0].starts_with('“') {
                        topics.push((Key::new(&made.topic), made));
                    }
                }
            }
        }
        Ok(self.topics.get_or_init(|| topics))
    }
}

/// True for a reply after which a question may be offered.
fn leads_on(answer: &Answer) -> bool {
    let elsewhere = |notice: &Notice| matches!(notice, Notice::NotLoaded { .. });
    matches!(answer.status, Status::NotFound | Status::Partial)
        && answer.referral.is_none()
        && answer.about.is_none()
        && !answer.notices.iter().any(elsewhere)
}

#[cfg(test)]
mod tests;
