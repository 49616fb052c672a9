//! What an answer is made of, for people who tune the bot.

use super::{AnswerError, PartAnswer, answered, pipeline, searches::Searches};
use crate::{
    corpus::PassageAt,
    retrieval::{
        CandidateFeatures, Confidence, ConfidenceFeatures, Features, Hit, Message,
        RelevanceFeatures, Retriever, Understanding,
    },
};

/// Everything that went into an answer.
#[derive(Debug, Clone)]
pub struct Trace {
    /// One a part of the question.
    pub parts: Vec<TracedPart>,
}

/// One part of the question.
#[derive(Debug, Clone)]
pub struct TracedPart {
    /// The search for it as it was first understood.
    pub first: TracedSearch,
    /// The second search, when the first found nothing and the question, read once more, something.
    pub second: Option<TracedSearch>,
    /// Its answer.
    pub answer: PartAnswer,
}

/// What was searched for, and what was found.
#[derive(Debug, Clone)]
pub struct TracedSearch {
    /// As it was understood.
    pub query: Understanding,
    /// Every candidate, in document order, with what its sentences are judged by.
    pub candidates: Vec<CandidateFeatures>,
    /// How surely the best hit speaks of what was asked, and answers it; `None` without hits.
    pub confidence: Option<Confidence>,
    /// What that rests on.
    pub confidence_features: Option<ConfidenceFeatures>,
    /// The hits, best first.
    pub hits: Vec<TracedHit>,
    /// What the relevance of each rests on.
    pub relevance: Vec<RelevanceFeatures>,
}

/// One hit.
#[derive(Debug, Clone)]
pub struct TracedHit {
    /// Its score and features.
    pub hit: Hit,
    /// What each feature counts in its kind of document.
    pub weights: Features,
    /// Headings, then the best sentence, as stored.
    pub sentence: String,
}

impl Trace {
    /// The one search for a question of one part that names no term of the glossary; what ranking is
    /// fitted to.
    #[must_use]
    pub fn only_search(&self) -> Option<&TracedSearch> {
        match self.parts.as_slice() {
            [only] if only.first.query.terms().is_empty() => Some(&only.first),
            _ => None,
        }
    }
}

impl TracedPart {
    /// The search that the answer rests on.
    #[must_use]
    pub fn last(&self) -> &TracedSearch {
        self.second.as_ref().unwrap_or(&self.first)
    }
}

impl TracedSearch {
    /// Where the best hit stands, and what confidence in it rests on; `None` without hits.
    #[must_use]
    pub fn best(&self) -> Option<(PassageAt, ConfidenceFeatures)> {
        Some((self.hits.first()?.hit.at, self.confidence_features?))
    }
}

/// Goes the way of [`super::respond`] for a message that asks something, and tells what it met;
/// at most `limit` hits a part.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub fn trace(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    limit: usize,
) -> Result<Trace, AnswerError> {
    let understood = pipeline::understand(retriever, message, history);
    let searches = Searches::new(retriever, understood);
    let answered = answered::answer_parts(&searches, limit)?;
    let parts = searches.parts().iter().zip(answered);
    let parts = parts.map(|(understood, (searched, answer))| {
        let second = if searched == *understood {
            None
        } else {
            Some(search(retriever, &searched, limit)?)
        };
        Ok(TracedPart {
            first: search(retriever, understood, limit)?,
            second,
            answer,
        })
    });
    Ok(Trace {
        parts: parts.collect::<Result<_, AnswerError>>()?,
    })
}

fn search(
    retriever: &Retriever,
    question: &Understanding,
    limit: usize,
) -> Result<TracedSearch, AnswerError> {
    let request = &retriever.request(question.clone());
    let retrieved = retriever.retrieve_one(request)?;
    let hits = retriever.rank(request, &retrieved, limit)?;
    Ok(TracedSearch {
        candidates: retriever.candidate_features(request, &retrieved)?,
        confidence: retriever.confidence(request, &retrieved, &hits)?,
        confidence_features: retriever.confidence_features(request, &retrieved, &hits)?,
        relevance: retriever.relevance_features(request, &retrieved, &hits)?,
        hits: hits
            .into_iter()
            .map(|hit| traced(retriever, hit))
            .collect::<Result<_, _>>()?,
        query: question.clone(),
    })
}

fn traced(retriever: &Retriever, hit: Hit) -> Result<TracedHit, AnswerError> {
    let passage = retriever.library().passage(hit.at)?;
    let sentence = passage.sentences.get(hit.sentence);
    let text = sentence.map_or("", |sentence| sentence.span.of(&passage.text));
    Ok(TracedHit {
        sentence: format!("{} ▸ {text}", passage.path.join(" › ")),
        weights: *retriever.weights_of(hit.at),
        hit,
    })
}
