//! The answers to the parts of a question: from what holds, and read once more where nothing is found.

use time::Date;

use super::{AnswerError, PartAnswer, Status, context::Context, searches::Searches, strategies};
use crate::retrieval::{PeriodConstraint, Retriever, Understanding};

/// The parts of a question with their answers, from what holds on `today`; from what does not only where
/// nothing else is found.
pub(super) fn answer_in_force(
    retriever: &Retriever,
    understood: Vec<Understanding>,
    limit: usize,
    today: Date,
) -> Result<(Searches<'_>, Vec<(Understanding, PartAnswer)>), AnswerError> {
    let in_force: Vec<Option<Understanding>> = understood
        .iter()
        .map(|question| retriever.in_force(question, today))
        .collect();
    if in_force.iter().any(Option::is_some) {
        let questions = in_force.into_iter().zip(&understood);
        let questions = questions.map(|(own, asked)| own.unwrap_or_else(|| asked.clone()));
        let searches = Searches::new(retriever, questions.collect());
        let answered = answer_parts(&searches, limit)?;
        if answered
            .iter()
            .any(|(_, answer)| answer.status != Status::NotFound)
        {
            return Ok((searches, answered));
        }
    }
    let searches = Searches::new(retriever, understood);
    let answered = answer_parts(&searches, limit)?;
    Ok((searches, answered))
}

/// The parts of a question as they were searched in the end, each with its answer.
pub(super) fn answer_parts(
    searches: &Searches<'_>,
    limit: usize,
) -> Result<Vec<(Understanding, PartAnswer)>, AnswerError> {
    let parts = searches.parts();
    let each = if parts.len() > 1 { 1 } else { limit };
    let mut answered = Vec::with_capacity(parts.len());
    for (part, question) in parts.iter().enumerate() {
        // Two years asked for are told by two quotes.
        let both = question.period() == PeriodConstraint::Both;
        let limit = if both { each.max(2) } else { each };
        let context = Context::new(searches, part, limit);
        answered.push((question.clone(), strategies::answer_part(&context)?));
    }
    if let [(question, answer)] = answered.as_slice() {
        let found = match planned(searches.retriever, question, answer, each)? {
            None if answer.status == Status::NotFound => {
                reread(searches.retriever, question, each)?
            }
            found => found,
        };
        if let Some(found) = found {
            return Ok(vec![found]);
        }
    }
    Ok(answered)
}

/// What an earlier report planned for the year asked for, when that says more than `answer`, which is
/// from the report on its result.
fn planned(
    retriever: &Retriever,
    question: &Understanding,
    answer: &PartAnswer,
    limit: usize,
) -> Result<Option<(Understanding, PartAnswer)>, AnswerError> {
    let open = matches!(answer.status, Status::Partial | Status::NotFound);
    let Some(planned) = question.scope().planned.as_ref().filter(|_| open) else {
        return Ok(None);
    };
    let question = question.for_cell(planned, &[]);
    let searches = Searches::new(retriever, vec![question.clone()]);
    let planned = strategies::answer_part(&Context::new(&searches, 0, limit))?;
    Ok((planned.status == Status::Answered).then_some((question, planned)))
}

/// The answer to a question that found nothing when it holds misspelt words; `None` when it finds
/// nothing even so.
fn reread(
    retriever: &Retriever,
    question: &Understanding,
    limit: usize,
) -> Result<Option<(Understanding, PartAnswer)>, AnswerError> {
    let Some(question) = retriever.reread(question) else {
        return Ok(None);
    };
    let searches = Searches::new(retriever, vec![question.clone()]);
    let answer = strategies::answer_part(&Context::new(&searches, 0, limit))?;
    Ok((answer.status != Status::NotFound).then_some((question, answer)))
}
