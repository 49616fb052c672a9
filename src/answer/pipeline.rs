//! From a message to its answer.

use super::{
    Answer, AnswerError, AnswerKind, PartAnswer, Script, Smalltalk, Status,
    context::Context,
    intent::{self, Intent},
    notices, parts, strategies,
};
use crate::{
    dialogue::{self, Conversation},
    retrieval::{Message, Query, Retriever, component::Component, period::PeriodConstraint},
    text::normalize,
};

/// Answers `message` after the questions of `conversation`, with at most `limit` quotes unless a list
/// is asked for; `this_year` is the calendar's.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub fn respond(
    retriever: &Retriever,
    message: &Message,
    conversation: Conversation<'_>,
    limit: usize,
    this_year: i32,
) -> Result<Answer, AnswerError> {
    let asked = |question: &Message| answer_question(retriever, question, conversation, limit);
    let reply = match intent::classify(message.folded()) {
        Intent::Smalltalk(Smalltalk::Instruction) => instructed(message, asked)?,
        Intent::Smalltalk(kind) => Reply::smalltalk(kind),
        Intent::Help => Reply::from(PartAnswer {
            status: Status::Help,
            kind: AnswerKind::Help,
            ..PartAnswer::not_found(Vec::new())
        })
        .in_distress(message),
        Intent::OutOfScope => Reply::from(PartAnswer::not_found(Vec::new())).in_distress(message),
        Intent::Ask => Reply::from(asked(message)?).in_distress(message),
    };
    Ok(answer(retriever, message, reply, this_year))
}

/// What is replied, small talk or not.
struct Reply {
    part: PartAnswer,
    smalltalk: Option<Smalltalk>,
}

impl From<PartAnswer> for Reply {
    fn from(part: PartAnswer) -> Self {
        Self {
            part,
            smalltalk: None,
        }
    }
}

impl Reply {
    fn smalltalk(kind: Smalltalk) -> Self {
        let part = PartAnswer {
            status: Status::Smalltalk,
            kind: AnswerKind::Smalltalk,
            ..PartAnswer::not_found(Vec::new())
        };
        Self {
            part,
            smalltalk: Some(kind),
        }
    }

    /// Crisis lines first, when `message` speaks of danger to life.
    fn in_distress(self, message: &Message) -> Self {
        let crisis = intent::is_distress(message.folded());
        Self {
            part: PartAnswer {
                notices: notices::crisis_first(crisis, self.part.notices),
                ..self.part
            },
            ..self
        }
    }
}

/// A real question inside an attempt to instruct the bot is answered, when something is found.
fn instructed(
    message: &Message,
    asked: impl Fn(&Message) -> Result<PartAnswer, AnswerError>,
) -> Result<Reply, AnswerError> {
    if let Some(question) = intent::question_inside(message.folded()) {
        let part = asked(&Message::new(question))?;
        if !part.citations.is_empty() {
            return Ok(Reply::from(part));
        }
    }
    Ok(Reply::smalltalk(Smalltalk::Instruction))
}

/// The answer to a message that asks something.
fn answer_question(
    retriever: &Retriever,
    message: &Message,
    conversation: Conversation<'_>,
    limit: usize,
) -> Result<PartAnswer, AnswerError> {
    let queries = understand(retriever, message, conversation);
    let answered = answer_parts(retriever, queries, limit)?;
    let (queries, answers): (Vec<Query>, Vec<PartAnswer>) = answered.into_iter().unzip();
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

/// The parts of a question, understood and embedded.
pub(super) fn understand(
    retriever: &Retriever,
    message: &Message,
    conversation: Conversation<'_>,
) -> Vec<Query> {
    let components = retriever.components();
    let parts = if components.has(Component::Parts) {
        parts::split(message.text())
    } else {
        vec![message.text().to_owned()]
    };
    let queries = parts::share_context(understand_parts(retriever, &parts));
    let mut queries = match <[Query; 1]>::try_from(queries) {
        Ok([only]) if components.has(Component::FollowUps) => {
            vec![dialogue::resolve(only, message, conversation, retriever)]
        }
        Ok(only) => only.into(),
        Err(several) => several,
    };
    embed(retriever, &mut queries);
    queries
}

/// Each part by itself: later ones ask about the place and year of the first, unless they name their
/// own.
fn understand_parts(retriever: &Retriever, parts: &[String]) -> Vec<Query> {
    let Some((first, rest)) = parts.split_first() else {
        return Vec::new();
    };
    let first = retriever.parse(first);
    let rest: Vec<Query> = rest
        .iter()
        .map(|part| parts::in_scope(retriever.parse_after(part, Some(&first.scope)), &first))
        .collect();
    std::iter::once(first).chain(rest).collect()
}

fn embed(retriever: &Retriever, queries: &mut [Query]) {
    if let Err(error) = retriever.embed(queries) {
        tracing::debug!(%error, "question answered by words alone");
    }
}

/// The parts of a question as they were searched in the end, each with its answer.
pub(super) fn answer_parts(
    retriever: &Retriever,
    queries: Vec<Query>,
    limit: usize,
) -> Result<Vec<(Query, PartAnswer)>, AnswerError> {
    let each = if queries.len() > 1 { 1 } else { limit };
    let mut answered = Vec::with_capacity(queries.len());
    for query in queries {
        // Two years asked for are told by two quotes.
        let both = query.period == PeriodConstraint::Both;
        let limit = if both { each.max(2) } else { each };
        let answer = strategies::answer_part(&Context::new(retriever, &query, limit))?;
        answered.push((query, answer));
    }
    if let [(query, answer)] = answered.as_slice()
        && answer.status == Status::NotFound
        && let Some(found) = reread(retriever, query, each)?
    {
        return Ok(vec![found]);
    }
    Ok(answered)
}

/// The answer to a question that found nothing when it holds misspelt words; `None` when it finds
/// nothing even so.
fn reread(
    retriever: &Retriever,
    query: &Query,
    limit: usize,
) -> Result<Option<(Query, PartAnswer)>, AnswerError> {
    let Some(query) = retriever.reread(query) else {
        return Ok(None);
    };
    let mut read = [query];
    embed(retriever, &mut read);
    let [query] = read;
    let answer = strategies::answer_part(&Context::new(retriever, &query, limit))?;
    Ok((answer.status != Status::NotFound).then_some((query, answer)))
}

/// The reply as an answer to `message`.
fn answer(retriever: &Retriever, message: &Message, reply: Reply, this_year: i32) -> Answer {
    let Reply { part, smalltalk } = reply;
    let cut = notices::cut(message);
    let notices: Vec<_> = part.notices.into_iter().chain(cut).collect();
    let simplified = normalize::to_simplified(message.text()) == message.text();
    let age = notices::age(retriever, message, part.kind, &part.citations, this_year);
    Answer {
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
        suggestions: part.suggestions,
        related: part.related,
        corpus_version: retriever.library().version().to_owned(),
    }
}
