//! Questions to go on with: such as the report is known to answer, near to what was asked in vain
//! or to the answer ([`related`]).
//!
//! Candidates are made of passages by a few patterns ([`candidates`]); one is offered only when its
//! own reply is answered without a denial by the passage it was made from. Both happen at need, for
//! the passages nearest to a question, and verdicts are kept: a corpus of thousands of reports starts
//! no slower for it.

mod candidates;
mod nearness;
mod related;

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use lru::LruCache;

use self::{
    candidates::Candidate,
    nearness::{Asked, Own, Told},
};
use super::{
    Answer, AnswerError, Citation, Notice, Status,
    context::HITS,
    pipeline::{self, respond, respond_searching},
    searches::{Searched, Searches},
};
use crate::{
    corpus::{DocumentInfo, PassageAt, PassageId, PassageKind},
    retrieval::{Key, Message, Retriever},
    text::normalize,
};

/// Questions offered after one reply at most.
const OFFERED: usize = 3;
/// Questions tried for one reply at most: each is asked once, in about a millisecond.
const TRIED: usize = 10;
/// Citations of the reply that tells whether a question is answered.
const CITATIONS: usize = 3;
/// Verdicts kept.
const KEPT: NonZeroUsize = NonZeroUsize::new(8192).expect("above 0");
/// Passages whose candidates are kept.
const PASSAGES: NonZeroUsize = NonZeroUsize::new(1024).expect("above 0");

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

/// A question that is answered as it should be, and the card that its reply shows first.
#[derive(Debug, Clone)]
struct Verdict {
    question: String,
    passage: PassageId,
    quote: String,
}

impl Verdict {
    /// True when its reply shows first what `cited` shows.
    fn shows(&self, cited: &Citation) -> bool {
        self.passage == cited.passage_id
            && (cited.quote.contains(&self.quote) || self.quote.contains(&cited.quote))
    }
}

/// The candidates of a passage, each with its own nouns.
type Made = Arc<[(Candidate, Own)]>;

/// Questions that a corpus answers, told at need.
#[derive(Debug)]
pub struct Offers {
    /// By the shortest form of a candidate and its passage: the form that is answered.
    verdicts: Mutex<LruCache<(String, PassageId), Option<Arc<Verdict>>>>,
    made: Mutex<LruCache<PassageAt, Made>>,
    /// What can be completed while it is typed.
    topics: OnceLock<Vec<(Key, Candidate)>>,
}

impl Default for Offers {
    fn default() -> Self {
        Self {
            verdicts: Mutex::new(LruCache::new(KEPT)),
            made: Mutex::new(LruCache::new(PASSAGES)),
            topics: OnceLock::new(),
        }
    }
}

impl Offers {
    /// The answer to `message` as [`respond`] gives it, with questions to go on with
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
        this_year: i32,
    ) -> Result<Answer, AnswerError> {
        let (answer, searched) = respond_searching(retriever, message, history, limit, this_year)?;
        if related::leads_on(&answer) {
            let searched = searched.unwrap_or_default();
            return Ok(Answer {
                suggestions: self.related(retriever, message, &answer, &searched)?,
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
                let made = self.made(retriever, hit.at)?;
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
            if let Some(verdict) = self.answered(retriever, &made)?
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
            if let Some(verdict) = self.answered(retriever, made)? {
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
                if let Some(verdict) = self.answered(retriever, &made)? {
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

    /// The candidates of a passage.
    fn made(&self, retriever: &Retriever, at: PassageAt) -> Result<Made, AnswerError> {
        let kept = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = kept().get(&at) {
            return Ok(Arc::clone(made));
        }
        let made = candidates_of(retriever, at)?.into_iter();
        let made: Made = made
            .map(|made| {
                let own = Own::of(retriever, &made);
                (made, own)
            })
            .collect();
        kept().put(at, Arc::clone(&made));
        Ok(made)
    }

    /// The form of a candidate that is answered as it should be; asked once.
    fn answered(
        &self,
        retriever: &Retriever,
        made: &Candidate,
    ) -> Result<Option<Arc<Verdict>>, AnswerError> {
        let key = (made.forms[0].clone(), made.passage.clone());
        let known = |offers: &Self| {
            let mut verdicts = offers
                .verdicts
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            verdicts.get(&key).cloned()
        };
        if let Some(verdict) = known(self) {
            return Ok(verdict);
        }
        let mut verdict = None;
        for form in &made.forms {
            let message = Message::new(form.as_str());
            let answer = respond(retriever, &message, &[], CITATIONS, i32::MIN)?;
            if let Some(first) = answer.citations.first()
                && answers(&answer, first, made)
            {
                verdict = Some(Arc::new(Verdict {
                    question: form.clone(),
                    passage: first.passage_id.clone(),
                    quote: first.quote.clone(),
                }));
                break;
            }
        }
        let mut verdicts = self.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        verdicts.put(key, verdict.clone());
        Ok(verdict)
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

/// True when a reply, whose `first` card this is, answers the question it was made for, by the passage
/// that it was made from.
fn answers(answer: &Answer, first: &Citation, made: &Candidate) -> bool {
    let read_otherwise = |notice: &Notice| {
        matches!(
            notice,
            Notice::NotLoaded { .. } | Notice::Corrected(_) | Notice::FollowUp(_)
        )
    };
    let of_heading = |heading: &String| first.path.contains(heading);
    let source = first.passage_id == made.passage || made.heading.as_ref().is_some_and(of_heading);
    answer.status == Status::Answered
        && answer.missing.is_none()
        && answer.referral.is_none()
        && answer.about.is_none()
        && !answer.notices.iter().any(read_otherwise)
        && source
        && first.quote.contains(&made.shown)
}

/// The candidates of a passage.
fn candidates_of(retriever: &Retriever, at: PassageAt) -> Result<Vec<Candidate>, AnswerError> {
    let (document, passage) = retriever.library().cited(at)?;
    let catalog = retriever.catalog();
    let elsewhere = passage.kind != PassageKind::Entry
        && catalog.has_others()
        && catalog.default_place() != Some(document.meta.place.as_str());
    Ok(candidates::of(document, at.passage, &passage, elsewhere))
}

/// True when two questions differ in punctuation alone.
fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| -> String {
        let folded = normalize::fold(text);
        folded.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests;
