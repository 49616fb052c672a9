//! A question tried out: asked of the live edition or of a draft, and kept nowhere.

use std::sync::{Arc, PoisonError};

use time::Date;
use wenzheng_store::StoreError;

use super::office::Office;
use crate::{
    answer::{Answer, Question, Trace},
    assistant::Snapshot,
};

/// Hits that are explained.
const HITS: usize = 5;

/// What came of a question that was tried out.
#[derive(Debug)]
pub struct Tried {
    /// The answer.
    pub answer: Answer,
    /// What it was made from.
    pub snapshot: Arc<Snapshot>,
    /// Why.
    pub trace: Trace,
}

impl Office {
    /// Answers `question` as of `today` from the live edition, or from draft `draft`; `None` when there
    /// is no such draft, or it cannot be asked.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn try_out(
        &self,
        question: &str,
        draft: Option<i64>,
        today: Date,
    ) -> Result<Option<Tried>, StoreError> {
        let assistant = self.publisher.assistant();
        let snapshot = match draft {
            Some(draft) => self.snapshot_of_draft(draft)?,
            None => Some(assistant.snapshot()),
        };
        let Some(snapshot) = snapshot else {
            return Ok(None);
        };
        let question = Question {
            today: Some(today),
            ..Question::new(question)
        };
        let answer = assistant.answer_from(&snapshot, &question);
        let trace = assistant.trace(&snapshot, &question, HITS);
        Ok(answer.ok().zip(trace.ok()).map(|(answer, trace)| Tried {
            answer,
            snapshot,
            trace,
        }))
    }

    /// What a draft would answer from; the last one that was asked is kept.
    fn snapshot_of_draft(&self, number: i64) -> Result<Option<Arc<Snapshot>>, StoreError> {
        let Some((draft, proposal)) = self.publisher.proposed(number)? else {
            return Ok(None);
        };
        let kept = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, snapshot)) = &*kept
            && *of == draft.manifest
        {
            return Ok(Some(Arc::clone(snapshot)));
        }
        drop(kept);
        let Ok(snapshot) = self.publisher.candidate(&proposal) else {
            return Ok(None);
        };
        let snapshot = Arc::new(snapshot);
        let mut kept = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((draft.manifest, Arc::clone(&snapshot)));
        Ok(Some(snapshot))
    }
}
