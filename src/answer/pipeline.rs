//! From a message to its answer.

use time::Date;

use super::{
    AboutReports, Answer, AnswerError, AnswerKind, Citation, Missing, Notice, PartAnswer, Referral,
    Script, Smalltalk, Sources, Status, about,
    answered::{answer_in_force, answer_parts},
    concern::{self, Heard},
    field, further,
    intent::{self, Intent},
    next_year, notices, parts, refer,
    searches::{Searched, Searches},
    standing::with_standing,
    sticker, strategies, wanted,
};
use crate::{
    corpus::DocumentKind,
    dialogue::{self, Standing},
    retrieval::{Intents, Message, Retriever, Understanding, component::Component, names_cell},
    text::normalize,
};

/// Answers `message` after the questions of `history`, oldest first, with at most `limit` quotes unless
/// a list is asked for; `today` is the calendar's.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub fn respond(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    limit: usize,
    today: Date,
) -> Result<Answer, AnswerError> {
    Ok(respond_searching(retriever, message, history, limit, today)?.0)
}

/// The same, with each part of the message as it stands and what was found for it; `None` when it was
/// read otherwise, or not searched for.
pub(super) fn respond_searching(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    limit: usize,
    today: Date,
) -> Result<(Answer, Option<Vec<Searched>>), AnswerError> {
    let heard = read(retriever.intents(), message);
    let read = heard.as_ref().unwrap_or(message);
    let own = match curated(retriever, read)? {
        None => field::answer(retriever, read, history, today)?,
        curated => curated,
    };
    let mut reply = match own {
        Some(part) => {
            let concern = concern::heard(retriever.intents(), read.folded());
            let referral = concern.map(|heard| heard.referral);
            Reply {
                referral: referral.filter(|referral| referral.concern.is_urgent()),
                ..Reply::from(part)
            }
        }
        None => reply_to(retriever, read, history, (limit, today))?,
    };
    let searched = reply.searched.take().filter(|_| heard.is_none());
    let answer = answer(retriever, message, reply, today);
    Ok((answer, searched))
}

/// What is replied to a message that no curated answer and no field of a service is for.
fn reply_to(
    retriever: &Retriever,
    read: &Message,
    history: &[String],
    (limit, today): (usize, Date),
) -> Result<Reply, AnswerError> {
    let intents = retriever.intents();
    let asked = |question: &Message| answer_question(retriever, question, history, (limit, today));
    let alone = |question: &Message| answer_question(retriever, question, &[], (limit, today));
    let folded = read.folded();
    let is_service = !retriever.services().shortened(folded).is_empty();
    if is_service || names_cell(retriever.tables(), folded) {
        // 火灾复核 is a service. Whom to call is told all the same.
        let concern = concern::heard(intents, read.folded());
        return Ok(Reply {
            referral: concern.map(|heard| heard.referral),
            ..asked(read)?
        });
    }
    Ok(match wanted::wanted(retriever, read) {
        (Intent::Ask, Some(concern)) if concern.asks => Reply {
            referral: Some(concern.referral),
            ..asked(read)?
        },
        (_, Some(Heard { referral, .. })) => {
            let part = refer::answer(retriever, read, &referral)?;
            Reply {
                referral: Some(referral),
                ..Reply::from(part)
            }
        }
        (Intent::Smalltalk(Smalltalk::Instruction), None) => {
            let question = intent::question_inside(intents, read.folded());
            let question = question.or_else(|| intent::question_in_noise(intents, read.folded()));
            inside(question, alone)?.unwrap_or_else(|| Reply::smalltalk(Smalltalk::Instruction))
        }
        (Intent::Smalltalk(Smalltalk::Noise), None) => {
            let question = intent::question_in_noise(retriever.intents(), read.folded());
            inside(question, alone)?.unwrap_or_else(|| Reply::smalltalk(Smalltalk::Noise))
        }
        (Intent::Smalltalk(Smalltalk::More), None) => more(retriever, history, limit)?,
        (Intent::Smalltalk(kind), None) => Reply::smalltalk(kind),
        (Intent::Help, None) => {
            Reply::from(PartAnswer::without_quotes(Status::Help, AnswerKind::Help))
        }
        (Intent::OutOfScope, None) => {
            let words = retriever.matter(&retriever.understand_message(read, None));
            Reply::from(PartAnswer {
                missing: words.map(Missing::not_written),
                ..PartAnswer::not_found()
            })
        }
        (Intent::Report(topic), None) => match about::answer(retriever, read, topic)? {
            Some((part, about)) => Reply {
                about: Some(about),
                ..Reply::from(part)
            },
            None => asked(read)?,
        },
        (Intent::Ask, None) => {
            let reply = asked(read)?;
            let babble = reply.part.citations.is_empty() && intent::is_babble(read.folded());
            if babble {
                Reply::smalltalk(Smalltalk::Noise)
            } else {
                reply
            }
        }
    })
}

/// The curated answer to a message as a whole, whatever else it may be taken for.
fn curated(retriever: &Retriever, message: &Message) -> Result<Option<PartAnswer>, AnswerError> {
    if retriever.curated().is_empty() {
        return Ok(None);
    }
    let question = retriever.understand_message(message, None);
    strategies::curated_whole(retriever, &retriever.request(question))
}

/// What is read of a message with stickers or behind a command that asks; `None` for what stands by
/// itself.
fn read(intents: &Intents, message: &Message) -> Option<Message> {
    let stickers = sticker::without_stickers(intents, message.text());
    let text = stickers.as_deref().unwrap_or_else(|| message.text()).trim();
    let asked = ["/ask", "/term"].iter().find_map(|command| {
        let start = text.get(..command.len())?;
        let rest = text.get(command.len()..)?.trim();
        (start.eq_ignore_ascii_case(command) && !rest.is_empty()).then_some(rest)
    });
    match (asked, stickers.as_deref()) {
        (Some(asked), _) => Some(Message::new(asked)),
        // Nothing but stickers is a picture.
        (None, Some("")) => Some(Message::new("🙂")),
        (None, Some(rest)) => Some(Message::new(rest)),
        (None, None) => None,
    }
}

/// More of what was asked last: what else is said of it, or the passages beyond those cited.
fn more(retriever: &Retriever, history: &[String], limit: usize) -> Result<Reply, AnswerError> {
    let intents = retriever.intents();
    let asks = |text: &String| {
        let intent = intent::classify(intents, Message::new(text.as_str()).folded());
        matches!(intent, Intent::Ask)
    };
    let Some(last) = history.iter().rposition(asks) else {
        return Ok(Reply::smalltalk(Smalltalk::More));
    };
    let question = Message::new(history[last].as_str());
    let understood = understand(retriever, &question, &history[..last]);
    let answered = answer_parts(&Searches::new(retriever, understood), limit)?;
    let before = history.len() - 1 - last;
    if let [(question, shown)] = answered.as_slice()
        && !shown.citations.is_empty()
        && let Some(more) = further::answer(retriever, question, shown, before * limit, limit)?
    {
        return Ok(Reply::from(more));
    }
    let answers = answered.into_iter().map(|(_, part)| part).collect();
    let mut reply = Reply::smalltalk(Smalltalk::More);
    reply.part.related = parts::join(answers, limit).related;
    Ok(reply)
}

/// What is replied.
struct Reply {
    part: PartAnswer,
    smalltalk: Option<Smalltalk>,
    referral: Option<Referral>,
    about: Option<AboutReports>,
    /// What was found for each part of the question.
    searched: Option<Vec<Searched>>,
}

impl From<PartAnswer> for Reply {
    fn from(part: PartAnswer) -> Self {
        Self {
            part,
            smalltalk: None,
            referral: None,
            about: None,
            searched: None,
        }
    }
}

impl Reply {
    fn smalltalk(kind: Smalltalk) -> Self {
        Self {
            smalltalk: Some(kind),
            ..Self::from(PartAnswer::smalltalk())
        }
    }
}

/// The answer to a question inside an attempt to instruct the bot or inside noise, when something is
/// found.
fn inside(
    question: Option<String>,
    asked: impl Fn(&Message) -> Result<Reply, AnswerError>,
) -> Result<Option<Reply>, AnswerError> {
    let Some(question) = question else {
        return Ok(None);
    };
    let part = asked(&Message::new(question))?.part;
    Ok((!part.citations.is_empty()).then(|| Reply::from(part)))
}

/// The answer to a message that asks something.
fn answer_question(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
    (limit, today): (usize, Date),
) -> Result<Reply, AnswerError> {
    let next_year = next_year::read(retriever, message);
    let (told, years) = next_year.unzip();
    let understood = understand(retriever, told.as_ref().unwrap_or(message), history);
    let (searches, answered) = answer_in_force(retriever, understood, limit, today)?;
    let (queries, answers): (Vec<Understanding>, Vec<PartAnswer>) = answered.into_iter().unzip();
    let queries: Vec<&Understanding> = queries.iter().collect();
    let joined = parts::join(answers, limit);
    let others = notices::others_loaded(retriever.catalog(), &queries, joined.kind);
    let before = notices::how_it_was_read(&queries);
    let years = years.into_iter().flatten();
    let years = years.map(|(word, year)| Notice::YearResolved {
        word: word.to_owned(),
        year,
    });
    let part = PartAnswer {
        notices: years
            .chain(before)
            .chain(joined.notices)
            .chain(others)
            .collect(),
        ..joined
    };
    Ok(Reply {
        searched: told.is_none().then(|| searches.into_searched()),
        ..Reply::from(part)
    })
}

/// The parts of a question, understood.
pub(super) fn understand(
    retriever: &Retriever,
    message: &Message,
    history: &[String],
) -> Vec<Understanding> {
    let components = retriever.components();
    let parts = parts::split(retriever.intents(), message.text());
    let history = if components.has(Component::FollowUps) {
        history
    } else {
        &[]
    };
    if parts.len() > 1 && components.has(Component::Parts) {
        return understand_parts(retriever, &parts, history);
    }
    let only = retriever.understand_message(message, None);
    vec![dialogue::resolve(only, message, history, retriever)]
}

/// Each part by itself; later ones follow on the first, all of them on `history` when none names
/// what it is about.
fn understand_parts(
    retriever: &Retriever,
    parts: &[String],
    history: &[String],
) -> Vec<Understanding> {
    let leans = |part: &String| {
        let understood = retriever.understand(part, None);
        Standing::of(&understood, retriever) == Standing::NoSubject
    };
    if !history.is_empty() && parts.iter().all(leans) {
        let complete = |part: &String| {
            let message = Message::new(part.as_str());
            let part = retriever.understand_message(&message, None);
            dialogue::resolve(part, &message, history, retriever)
        };
        return parts.iter().map(complete).collect();
    }
    let Some((first, rest)) = parts.split_first() else {
        return Vec::new();
    };
    let first = retriever.understand(first, None);
    let rest: Vec<Understanding> = rest
        .iter()
        .map(|part| retriever.understand(part, Some(first.scope())))
        .map(|part| parts::after_first(&part, &first, retriever))
        .collect();
    std::iter::once(first).chain(rest).collect()
}

/// The reply as an answer to `message`.
fn answer(retriever: &Retriever, message: &Message, reply: Reply, today: Date) -> Answer {
    let Reply {
        part,
        smalltalk,
        referral,
        about,
        searched: _,
    } = reply;
    let cut = message.cut_at().map(|limit| Notice::QuestionCut { limit });
    let notices = part.notices.into_iter().chain(cut);
    let simplified = normalize::to_simplified(message.text()) == message.text();
    let age = notices::age(retriever, message, part.kind, &part.citations, today.year());
    Answer {
        question: message.typed().to_owned(),
        status: part.status,
        kind: part.kind,
        sources: sources(retriever, &part.citations),
        script: if simplified {
            Script::Simplified
        } else {
            Script::Traditional
        },
        citations: with_standing(retriever, part.citations, today),
        missing: part.missing,
        smalltalk,
        referral,
        about,
        notices: notices::with_age(notices, age),
        suggestions: Vec::new(),
        related: part.related,
        check: None,
        corpus_version: retriever.library().version().to_owned(),
    }
}

/// What the first of `citations` is quoted from; all that is loaded when there is none.
fn sources(retriever: &Retriever, citations: &[Citation]) -> Sources {
    let first = citations.first();
    let cited = first.and_then(|first| retriever.library().document_by_id(&first.document_id));
    match cited.map(|document| document.meta.kind) {
        Some(DocumentKind::Document | DocumentKind::Policy) => Sources::Others,
        Some(DocumentKind::WorkReport | DocumentKind::Faq) => Sources::Reports,
        None => Sources::of(retriever.catalog()),
    }
}

#[cfg(test)]
mod tests;
