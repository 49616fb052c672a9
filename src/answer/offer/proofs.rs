//! Candidates of passages with the verdict on each: whether its own reply answers it.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;
use time::Date;

use super::{
    candidates::{self, Candidate},
    nearness::Own,
};
use crate::{
    answer::{Answer, AnswerError, Citation, Notice, Status, pipeline::respond},
    corpus::{PassageAt, PassageId, PassageKind},
    retrieval::{Message, Retriever},
    text::normalize,
};

/// Citations of the reply that tells whether a question is answered.
const CITATIONS: usize = 3;
/// Verdicts kept.
const KEPT: NonZeroUsize = NonZeroUsize::new(8192).expect("above 0");
/// Passages whose candidates are kept.
const PASSAGES: NonZeroUsize = NonZeroUsize::new(1024).expect("above 0");

/// A question that is answered as it should be, and the card that its reply shows first.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) question: String,
    passage: PassageId,
    quote: String,
}

impl Verdict {
    /// True when its reply shows first what `cited` shows.
    pub(super) fn shows(&self, cited: &Citation) -> bool {
        self.passage == cited.passage_id
            && (cited.quote.contains(&self.quote) || self.quote.contains(&cited.quote))
    }
}

/// The candidates of a passage, each with its own nouns.
pub(super) type Made = Arc<[(Candidate, Own)]>;

/// A candidate's shortest form and its passage.
type Asked = (String, PassageId);

/// What was made and asked so far, within bounds.
#[derive(Debug)]
pub(super) struct Proofs {
    /// The form of a candidate that is answered; `None` when none is.
    verdicts: Mutex<LruCache<Asked, Option<Arc<Verdict>>>>,
    /// What passages were made into.
    made: Mutex<LruCache<PassageAt, Made>>,
}

impl Default for Proofs {
    fn default() -> Self {
        Self {
            verdicts: Mutex::new(LruCache::new(KEPT)),
            made: Mutex::new(LruCache::new(PASSAGES)),
        }
    }
}

impl Proofs {
    /// The candidates of a passage.
    pub(super) fn made(&self, retriever: &Retriever, at: PassageAt) -> Result<Made, AnswerError> {
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
    pub(super) fn answered(
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
            let answer = respond(retriever, &message, &[], CITATIONS, Date::MIN)?;
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
pub(super) fn candidates_of(
    retriever: &Retriever,
    at: PassageAt,
) -> Result<Vec<Candidate>, AnswerError> {
    let (document, passage) = retriever.library().cited(at)?;
    let catalog = retriever.catalog();
    let elsewhere = passage.kind != PassageKind::Entry
        && catalog.has_others()
        && !(catalog.default_place().is_some() && catalog.leads(document.index));
    Ok(candidates::of(document, at.passage, &passage, elsewhere))
}

/// True when two questions differ in punctuation alone.
pub(super) fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| -> String {
        let folded = normalize::fold(text);
        folded.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    bare(one) == bare(other)
}
