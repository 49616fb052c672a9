//! The answer to a message that is referred to somebody else: at most one passage, on that very
//! matter.

use super::{
    AnswerError, AnswerKind, Citation, PartAnswer, Status, compose,
    concern::Heard,
    context::Context,
    referral::{Concern, Referral},
    searches::Searches,
};
use crate::{
    retrieval::{Message, Retriever, TextMatch},
    text::normalize::{fold, strip_quotes},
};

/// What reports call the matter of a concern that the thing named does not tell.
const UNPAID_WAGES: [&str; 3] = ["欠薪", "工资", "劳动者权益"];
const POWER_SUPPLY: [&str; 3] = ["农网", "电网", "供电"];

/// What is answered to `message`, in which `heard` was heard.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub(super) fn answer(
    retriever: &Retriever,
    message: &Message,
    heard: &Heard,
) -> Result<PartAnswer, AnswerError> {
    let not_found = PartAnswer::not_found();
    let words = matters(heard);
    if words.is_empty() {
        return Ok(PartAnswer::without_quotes(
            Status::Smalltalk,
            AnswerKind::Smalltalk,
        ));
    }
    let citation = on_matter(retriever, message, &words)?;
    Ok(match citation {
        Some(citation) => PartAnswer {
            status: Status::Partial,
            ..PartAnswer::quoting(AnswerKind::Passage, vec![citation], None)
        },
        None => not_found,
    })
}

/// Whom a message in which `heard` was heard is referred to.
pub(super) fn referral(heard: Heard) -> Referral {
    Referral {
        concern: heard.concern,
        matter: heard.matter,
    }
}

/// The words for what a passage has to be about; none where no passage is shown.
fn matters(heard: &Heard) -> Vec<&str> {
    match heard.concern {
        Concern::Wages => UNPAID_WAGES.to_vec(),
        Concern::PowerCut => POWER_SUPPLY.to_vec(),
        concern if concern.is_fault() => vec![heard.matter.as_str()],
        _ => Vec::new(),
    }
}

/// The best passage, when its sentence is about one of `words`.
fn on_matter(
    retriever: &Retriever,
    message: &Message,
    words: &[&str],
) -> Result<Option<Citation>, AnswerError> {
    let place = retriever.understand_message(message, None);
    let question = retriever.understand(&words.join(" "), Some(place.scope()));
    let request = retriever.request(question);
    let searches = Searches::new(retriever, std::slice::from_ref(&request));
    let context = Context::new(retriever, &searches, 0, 1);
    let Some((best, confidence)) = context.hits()?.first().zip(context.confidence()?) else {
        return Ok(None);
    };
    let library = retriever.library();
    let passage = library.passage(best.at)?;
    let Some(sentence) = passage.sentences.get(best.sentence) else {
        return Ok(None);
    };
    let text = fold(&strip_quotes(sentence.span.of(&passage.text)));
    let text = TextMatch::new(&text);
    let query = context.query;
    // One character (路, 水) names nothing in particular.
    let mut names = words.iter().filter(|word| word.chars().count() > 1);
    let named = names.any(|word| text.is_exact(word));
    let named = named || text.holds_equivalent(query.expansions().iter().flat_map(|e| &e.synonyms));
    if !named || confidence.speaks < retriever.decision().not_found {
        return Ok(None);
    }
    Ok(Some(compose::cite(library, best, query, false)?))
}

#[cfg(test)]
mod tests;
