//! One question and its result, where nothing is remembered.

use time::Date;
use wenzheng_rules::Validity;

use super::{
    asked::{Asked, asked},
    book::Book,
    dialogue::{Dialogue, Step},
    present::present,
    subject::Subject,
    validity::runs,
};
use crate::{answer::Answer, corpus::LibraryError, retrieval::Retriever};

/// Whether the rules of what was asked run on `today`. Those of all benefits at once are of those in force.
#[must_use]
pub fn runs_on(retriever: &Retriever, subject: &Subject, today: Date) -> Validity {
    let Subject::One(benefit) = subject else {
        return Validity::InForce;
    };
    let document = retriever.library().document(benefit.index);
    document.map_or(Validity::Expired, |document| {
        runs(retriever.validities(), document, today)
    })
}

/// How far the result is with what a question says, and with `answers` by the names of their variables; with the names of
/// answers that were not understood. `None` when it asks for something else.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub fn judged_once(
    (retriever, book): (&Retriever, &Book),
    (question, history): (&str, &[String]),
    answers: &[(String, String)],
    today: Date,
) -> Result<Option<(Answer, Vec<String>)>, LibraryError> {
    let Some(asked) = asked((retriever, book), question, history, today) else {
        return Ok(None);
    };
    judged(retriever, &asked, answers, (question, today)).map(Some)
}

/// As [`judged_once`], of what was asked.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub fn judged(
    retriever: &Retriever,
    asked: &Asked,
    answers: &[(String, String)],
    (question, today): (&str, Date),
) -> Result<(Answer, Vec<String>), LibraryError> {
    let mut dialogue = Dialogue::new(asked);
    let wrong = dialogue.told(answers);
    let (step, next) = match runs_on(retriever, &asked.subject, today) {
        Validity::InForce => dialogue.so_far(),
        _ => (Step::NotInForce, None),
    };
    let said = (&dialogue, &step);
    let answer = present(retriever, said, next.as_ref(), None, (question, today))?;
    Ok((answer, wrong))
}
