//! The answer to a message that is referred to somebody else: at most one passage, on that very
//! matter.

use super::{
    AnswerError, AnswerKind, Citation, PartAnswer, Status, compose,
    context::Context,
    mention::folded,
    referral::{Concern, Referral},
    searches::Searches,
};
use crate::retrieval::{Message, Retriever, TextMatch};

/// What reports call the matter of a concern that the thing named does not tell.
const UNPAID_WAGES: [&str; 3] = ["欠薪", "工资", "劳动者权益"];
const POWER_SUPPLY: [&str; 3] = ["农网", "电网", "供电"];

/// What is answered to `message`, which is referred to somebody else.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub(super) fn answer(
    retriever: &Retriever,
    message: &Message,
    referral: &Referral,
) -> Result<PartAnswer, AnswerError> {
    let words = matters(referral);
    if words.is_empty() {
        return Ok(PartAnswer::smalltalk());
    }
    let citation = on_matter(retriever, message, &words)?;
    Ok(match citation {
        Some(citation) => PartAnswer {
            status: Status::Partial,
            ..PartAnswer::quoting(AnswerKind::Passage, vec![citation], None)
        },
        None => PartAnswer::not_found(),
    })
}

/// The words for what a passage has to be about; none where no passage is shown.
fn matters(referral: &Referral) -> Vec<&str> {
    match referral.concern {
        Concern::Wages => UNPAID_WAGES.to_vec(),
        Concern::PowerCut => POWER_SUPPLY.to_vec(),
        concern if concern.is_fault() => vec![referral.matter.as_str()],
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
    let searches = Searches::new(retriever, vec![question]);
    let context = Context::new(&searches, 0, 1);
    let Some((best, confidence)) = context.hits()?.first().zip(context.confidence()?) else {
        return Ok(None);
    };
    let library = retriever.library();
    let passage = library.passage(best.at)?;
    let Some(sentence) = passage.sentences.get(best.sentence) else {
        return Ok(None);
    };
    let text = folded(sentence.span.of(&passage.text));
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
