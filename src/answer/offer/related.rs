//! Related questions after an answer.

use super::{
    candidates::Candidate,
    nearness::{Asked, Told},
    proofs::{Proofs, same},
};
use crate::{
    answer::{Answer, AnswerError, AnswerKind, Status, searches::Searched},
    corpus::{PassageAt, PassageKind},
    retrieval::{Hit, Message, Retriever},
};

/// Questions offered after an answer at most.
const OFFERED: usize = 2;
/// Questions tried at most: an answer must not wait for many.
const TRIED: usize = 4;
/// A longer answer is a list, and leads on by itself.
const QUOTES: usize = 3;

/// True for an answer after which related questions may be offered: quotes of the report or the
/// glossary alone.
pub(super) fn leads_on(answer: &Answer) -> bool {
    let quotes = matches!(answer.kind, AnswerKind::Passage | AnswerKind::Definition);
    let items = answer.citations.iter();
    let items = items.filter(|cited| cited.passage_kind == PassageKind::LivelihoodItem);
    answer.status == Status::Answered
        && quotes
        && answer.missing.is_none()
        && answer.smalltalk.is_none()
        && answer.referral.is_none()
        && answer.about.is_none()
        && (1..=QUOTES).contains(&answer.citations.len())
        && items.count() < QUOTES
}

/// Questions near to one that was `answered`, each of which shows something else.
pub(super) fn to(
    proofs: &Proofs,
    retriever: &Retriever,
    message: &Message,
    answered: &Answer,
    searched: &[Searched],
) -> Result<Vec<String>, AnswerError> {
    let ([Searched { question, hits }], Some(first)) = (searched, answered.citations.first())
    else {
        return Ok(Vec::new());
    };
    let Some(asked) = Asked::of(retriever, question) else {
        return Ok(Vec::new());
    };
    let told = Told::by(first);
    let mut ranked: Vec<(f32, Candidate)> = Vec::new();
    for at in places(retriever, answered, hits.as_deref())? {
        for (made, own) in proofs.made(retriever, at)?.iter() {
            if let Some(near) = told.near(&asked, made, own) {
                ranked.push((near, made.clone()));
            }
        }
    }
    // Stable: the better passage first.
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut offered: Vec<String> = Vec::new();
    let mut topics: Vec<String> = Vec::new();
    let shown = |made: &Candidate| {
        let mut quotes = answered.citations.iter().map(|cited| &cited.quote);
        !made.shown.is_empty() && quotes.any(|quote| quote.contains(&made.shown))
    };
    let ranked = ranked.into_iter().filter(|(_, made)| !shown(made));
    for (_, made) in ranked.take(TRIED) {
        if offered.len() == OFFERED {
            break;
        }
        if topics.contains(&made.topic) {
            continue;
        }
        let Some(verdict) = proofs.answered(retriever, &made)? else {
            continue;
        };
        let mut cited = answered.citations.iter();
        let again = cited.any(|cited| verdict.shows(cited));
        if !again && !same(&verdict.question, message.text()) {
            topics.push(made.topic);
            offered.push(verdict.question.clone());
        }
    }
    Ok(offered)
}

/// Where candidates are made: what was cited, then what was found beside it.
fn places(
    retriever: &Retriever,
    answered: &Answer,
    hits: Option<&[Hit]>,
) -> Result<Vec<PassageAt>, AnswerError> {
    let library = retriever.library();
    let cited = answered.citations.iter().map(|cited| &cited.passage_id);
    let mut places = Vec::new();
    if let Some(hits) = hits {
        places.extend(hits.iter().map(|hit| hit.at));
    }
    // What the glossary answers was not searched for.
    let beside = answered.related.iter().filter(|_| hits.is_none());
    for id in cited.chain(beside) {
        if let Some(at) = library.find(id)?
            && !places.contains(&at)
        {
            places.push(at);
        }
    }
    Ok(places)
}
