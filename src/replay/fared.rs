//! How a pinned question fared when a candidate was judged, as it is kept with the question.

use serde::{Deserialize, Serialize};

use super::{
    outcome::Outcome,
    question::ReplayQuestion,
    verdict::{Changed, Verdict, Worse},
};

/// How a pinned question fared when a candidate was judged last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fared {
    /// Milliseconds since 1970.
    pub at: i64,
    /// Which candidate.
    pub candidate: Candidate,
    /// How.
    pub how: How,
}

/// What became of a candidate that was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Candidate {
    /// It went live as this edition.
    Edition(i64),
    /// It was refused, and is kept as this draft.
    Draft(i64),
}

/// How a question fared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The answer is right, or surely the one of before.
    Good,
    /// The answer is not right, and was not before either.
    Wrong,
    /// The answer is another one, and nobody said that it must not be.
    Changed(Box<Changed>),
    /// The answer was right, and is not any more.
    Worse(Box<Worse>),
}

impl How {
    /// Of `question`, from what the candidate answered and the verdict on it.
    #[must_use]
    pub fn of(question: &ReplayQuestion, outcomes: &[Outcome], verdict: &Verdict) -> Self {
        let mut worse = verdict.worse.iter();
        if let Some(worse) = worse.find(|it| it.question == *question) {
            return Self::Worse(Box::new(worse.clone()));
        }
        let mut changed = verdict.changed.iter();
        if let Some(changed) = changed.find(|it| it.question == *question) {
            return Self::Changed(Box::new(changed.clone()));
        }
        let key = question.key();
        let outcome = outcomes.iter().find(|it| it.question == key);
        // Without an outcome the answer is surely the same, so that it was not asked for.
        match outcome.is_none_or(|outcome| outcome.is_right(question)) {
            true => Self::Good,
            false => Self::Wrong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{answer::Status, replay::Reason};

    fn outcome(question: &ReplayQuestion, status: Status) -> Outcome {
        Outcome {
            question: question.key(),
            status,
            cited: Vec::new(),
            gold: None,
            told: true,
            reply: String::new(),
        }
    }

    #[test]
    fn a_question_fares_as_the_verdict_says_and_else_as_it_is_answered() {
        let question = ReplayQuestion::pinned("1", "修路吗");
        let good = outcome(&question, Status::Answered);
        let bad = outcome(&question, Status::NotFound);
        let mut verdict = Verdict::default();
        let how = |outcomes: &[Outcome], verdict: &Verdict| How::of(&question, outcomes, verdict);
        assert_eq!(how(&[], &verdict), How::Good, "it was not asked for");
        assert_eq!(how(std::slice::from_ref(&good), &verdict), How::Good);
        assert_eq!(how(std::slice::from_ref(&bad), &verdict), How::Wrong);
        verdict.worse.push(Worse {
            question: question.clone(),
            reason: Reason::Refused,
            before: good,
            after: bad.clone(),
        });
        let how = how(&[bad], &verdict);
        assert!(matches!(&how, How::Worse(worse) if worse.reason == Reason::Refused));
        let fared = Fared {
            at: 1,
            candidate: Candidate::Draft(3),
            how,
        };
        let kept = serde_json::to_string(&fared).expect("it is JSON");
        let read: Fared = serde_json::from_str(&kept).expect("it is read");
        assert_eq!(read, fared);
    }
}
