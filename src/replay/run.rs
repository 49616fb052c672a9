//! Asks questions of an edition, without hurry.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{
    outcome::Outcome,
    question::{Origin, ReplayQuestion},
};
use crate::{
    answer::{AnswerError, Question},
    assistant::{Assistant, Snapshot},
};

/// The longest rest after a question.
const LONGEST_REST: Duration = Duration::from_millis(50);

/// Why questions were not replayed to the end.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// Somebody wanted it to stop.
    #[error("检验已经中止")]
    Stopped,
    /// The edition cannot be searched or read.
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

/// Asks `questions` of `snapshot`, as `assistant` would answer them from it; outcomes in the order of the
/// questions. A shipped question about a document that the edition does not hold is not asked and has no outcome.
///
/// Blocks the calling thread, and rests, while people ask, after each question as long as the answer took, at most 50 ms: it
/// never takes more than half a processor from them. Before each question `stop` is
/// asked; after each, `told` hears how many are done and how many there are.
///
/// # Errors
/// [`ReplayError::Stopped`] once `stop` says so, [`ReplayError::Answer`] when the edition cannot be
/// searched or read.
pub fn replay(
    assistant: &Assistant,
    snapshot: &Snapshot,
    questions: &[ReplayQuestion],
    stop: &dyn Fn() -> bool,
    told: &dyn Fn(usize, usize),
) -> Result<Vec<Outcome>, ReplayError> {
    let mut outcomes = Vec::with_capacity(questions.len());
    for (n, question) in questions.iter().enumerate() {
        if stop() {
            return Err(ReplayError::Stopped);
        }
        if concerns(question, snapshot) {
            let (start, others) = (Instant::now(), assistant.asked());
            let answer = assistant.answer_alone(snapshot, &asked(question))?;
            outcomes.push(Outcome::of(question, &answer));
            if assistant.asked() != others {
                thread::sleep(start.elapsed().min(LONGEST_REST));
            }
        }
        told(n + 1, questions.len());
    }
    Ok(outcomes)
}

/// `question` as it is asked.
#[must_use]
pub fn asked(question: &ReplayQuestion) -> Question {
    Question {
        text: question.q.clone(),
        history: question.history.clone(),
        limit: 0,
        // See the module: it must be the same on both sides.
        today: None,
    }
}

/// False for a shipped question about a document that the edition does not hold.
#[must_use]
pub fn concerns(question: &ReplayQuestion, snapshot: &Snapshot) -> bool {
    match (&question.origin, &question.document) {
        (Origin::Pinned(_), _) | (Origin::Shipped(_), None) => true,
        (Origin::Shipped(_), Some(about)) => about.find(snapshot.library()).is_some(),
    }
}
