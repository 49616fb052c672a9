//! The ways to answer one part of a question, in the order in which they are tried.
//!
//! A strategy looks at what was asked and gives an answer, or `None` when the question is none of
//! its own. What is asked for by name comes before what has to be searched for.

mod comparison;
mod curated;
mod definition;
mod document_number;
mod livelihood;
mod passage;
mod service;
mod table;
mod targets;
mod usage;
mod whole;

use super::{AnswerError, PartAnswer, context::Context};

type Strategy = fn(&Context<'_>) -> Result<Option<PartAnswer>, AnswerError>;

const STRATEGIES: [Strategy; 14] = [
    curated::answer,
    document_number::answer,
    table::answer,
    definition::answer,
    livelihood::item,
    livelihood::answer,
    whole::problems,
    targets::answer,
    whole::numbered_work,
    whole::priorities,
    comparison::answer,
    usage::answer,
    service::answer,
    passage::answer,
];

pub(super) use curated::whole as curated_whole;

/// The answer of the first strategy that has one.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub(super) fn answer_part(context: &Context<'_>) -> Result<PartAnswer, AnswerError> {
    for strategy in STRATEGIES {
        if let Some(answer) = strategy(context)? {
            return Ok(answer);
        }
    }
    Ok(PartAnswer::not_found())
}
