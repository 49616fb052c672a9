//! From a message to its answer.

use super::{
    Answer, AnswerError, AnswerKind, Notice, PartAnswer, Script, Smalltalk, Status,
    context::Context,
    intent::{self, Intent},
    notices, parts,
    searches::Searches,
    strategies,
};
use crate::{
    dialogue,
    retrieval::{
        Message, PeriodConstraint, Retriever, SearchRequest, Understanding, component::Component,
    },
    text::normalize,
};

/// Answers `message` after the questions of `history`, oldest first, with at most `limit` quotes unless
/// a list is asked for; `this_year` is the calendar's.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub fn respond(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    limit: usize,
    this_year: i32,
) -> Result<Answer, AnswerError> {
    let asked = |question: &Message| answer_question(retriever, question, history, limit);
    let intent = intent::classify(retriever.intents(), message.folded());
    let (part, smalltalk) = match intent {
        Intent::Smalltalk(Smalltalk::Instruction) => instructed(retriever, message, asked)?,
        Intent::Smalltalk(kind) => small_talk(kind),
        Intent::Help => {
            let part = PartAnswer::without_quotes(Status::Help, AnswerKind::Help);
            (part, None)
        }
        Intent::OutOfScope => (PartAnswer::not_found(), None),
        Intent::Ask => (asked(message)?, None),
    };
    let serious = !matches!(intent, Intent::Smalltalk(_));
    let crisis = serious && intent::is_distress(retriever.intents(), message.folded());
    let cut = message.cut_at();
    // Crisis lines come first.
    let notices = crisis.then_some(Notice::Crisis).into_iter();
    let notices = notices
        .chain(part.notices)
        .chain(cut.map(|limit| Notice::QuestionCut { limit }));
    let simplified = normalize::to_simplified(message.text()) == message.text();
    let age = notices::age(retriever, message, part.kind, &part.citations, this_year);
    Ok(Answer {
        question: message.typed().to_owned(),
        status: part.status,
        kind: part.kind,
        script: if simplified {
            Script::Simplified
        } else {
            Script::Traditional
        },
        citations: part.citations,
        missing: part.missing,
        smalltalk,
        notices: notices::with_age(notices, age),
        suggestions: Vec::new(),
        related: part.related,
        corpus_version: retriever.library().version().to_owned(),
    })
}

/// What is replied, and of which kind it is when it is small talk.
type Reply = (PartAnswer, Option<Smalltalk>);

const fn small_talk(kind: Smalltalk) -> Reply {
    let part = PartAnswer::without_quotes(Status::Smalltalk, AnswerKind::Smalltalk);
    (part, Some(kind))
}

/// A real question inside an attempt to instruct the bot is answered, when something is found.
fn instructed(
    retriever: &Retriever,
    message: &Message,
    asked: impl Fn(&Message) -> Result<PartAnswer, AnswerError>,
) -> Result<Reply, AnswerError> {
    if let Some(question) = intent::question_inside(retriever.intents(), message.folded()) {
        let part = asked(&Message::new(question))?;
        if !part.citations.is_empty() {
            return Ok((part, None));
        }
    }
    Ok(small_talk(Smalltalk::Instruction))
}

/// The answer to a message that asks something.
fn answer_question(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    limit: usize,
) -> Result<PartAnswer, AnswerError> {
    let requests = understand(retriever, message, history);
    let answered = answer_parts(retriever, &requests, limit)?;
    let (requests, answers): (Vec<SearchRequest>, Vec<PartAnswer>) = answered.into_iter().unzip();
    let queries: Vec<&Understanding> = requests.iter().map(SearchRequest::question).collect();
    let joined = parts::join(answers, limit);
    let others = notices::others_loaded(retriever.catalog(), &queries, joined.kind);
    let before = notices::how_it_was_read(&queries);
    Ok(PartAnswer {
        notices: before
            .into_iter()
            .chain(joined.notices)
            .chain(others)
            .collect(),
        ..joined
    })
}

/// The parts of a question, understood, each with its vector.
pub(super) fn understand(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
) -> Vec<SearchRequest> {
    let components = retriever.components();
    let parts = parts::split(retriever.intents(), message.text());
    if parts.len() > 1 && components.has(Component::Parts) {
        return retriever.requests(understand_parts(retriever, &parts));
    }
    let mut only = retriever.understand_message(message, None);
    if components.has(Component::FollowUps) {
        only = dialogue::resolve(only, message, history, retriever);
    }
    retriever.requests(vec![only])
}

/// Each part by itself; later ones follow on the first.
fn understand_parts(retriever: &Retriever, parts: &[String]) -> Vec<Understanding> {
    let Some((first, rest)) = parts.split_first() else {
        return Vec::new();
    };
    let first = retriever.understand(first, None);
    let rest: Vec<Understanding> = rest
        .iter()
        .map(|part| retriever.understand(part, Some(first.scope())))
        .map(|part| parts::after_first(&part, &first))
        .collect();
    std::iter::once(first).chain(rest).collect()
}

/// The parts of a question as they were searched in the end, each with its answer.
pub(super) fn answer_parts(
    retriever: &Retriever,
    requests: &[SearchRequest],
    limit: usize,
) -> Result<Vec<(SearchRequest, PartAnswer)>, AnswerError> {
    let each = if requests.len() > 1 { 1 } else { limit };
    let searches = Searches::new(retriever, requests);
    let mut answered = Vec::with_capacity(requests.len());
    for (part, request) in requests.iter().enumerate() {
        // Two years asked for are told by two quotes.
        let both = request.question().period() == PeriodConstraint::Both;
        let limit = if both { each.max(2) } else { each };
        let context = Context::new(retriever, &searches, part, limit);
        answered.push((request.clone(), strategies::answer_part(&context)?));
    }
    if let [(request, answer)] = answered.as_slice()
        && answer.status == Status::NotFound
        && let Some(found) = reread(retriever, request, each)?
    {
        return Ok(vec![found]);
    }
    Ok(answered)
}

/// The answer to a question that found nothing when it holds misspelt words; `None` when it finds
/// nothing even so.
fn reread(
    retriever: &Retriever,
    request: &SearchRequest,
    limit: usize,
) -> Result<Option<(SearchRequest, PartAnswer)>, AnswerError> {
    let Some(question) = retriever.reread(request.question()) else {
        return Ok(None);
    };
    let request = retriever.request(question);
    let searches = Searches::new(retriever, std::slice::from_ref(&request));
    let answer = strategies::answer_part(&Context::new(retriever, &searches, 0, limit))?;
    Ok((answer.status != Status::NotFound).then_some((request, answer)))
}

#[cfg(test)]
mod tests;
