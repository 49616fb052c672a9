//! What an answer was about, as far as it is counted.

use super::{reply::Outcome, words::Words};
use crate::{
    answer::{Answer, Missing},
    assistant::Snapshot,
};

/// Characters of a heading that are kept.
const HEADING: usize = 60;

/// What an answer was about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The place of the first citation, or else the one that leads; empty when several places are loaded and
    /// none does.
    pub place: String,
    /// The heading that the first citation stands under; empty without one.
    pub section: String,
    /// What the documents do not have, in the asker's words; `None` when nothing is missing, or there are no
    /// words for it.
    pub missing: Option<Words>,
}

impl Subject {
    /// Of what was answered from `snapshot`; of nothing when it is no answer.
    pub(super) fn of(outcome: &Outcome, snapshot: &Snapshot) -> Self {
        match outcome {
            Outcome::Answer(answer) => Self::of_answer(answer, snapshot),
            _ => Self::default(),
        }
    }

    /// Of an answer from `snapshot`.
    pub(super) fn of_answer(answer: &Answer, snapshot: &Snapshot) -> Self {
        let cited = answer.citations.first();
        let place = match cited {
            Some(cited) => cited.place.clone(),
            None => snapshot
                .leading()
                .map(|document| document.meta.place.clone())
                .unwrap_or_default(),
        };
        Self {
            place,
            section: section(answer).unwrap_or_default(),
            missing: answer.missing.as_ref().and_then(words),
        }
    }
}

/// The second heading from the outside, which names a field (（一）聚焦产业), or the first.
fn section(answer: &Answer) -> Option<String> {
    let cited = answer.citations.first()?;
    let heading = cited.path.get(1).or_else(|| cited.path.first());
    let heading = heading.unwrap_or(&cited.document_title);
    Some(heading.chars().take(HEADING).collect())
}

fn words(missing: &Missing) -> Option<Words> {
    (!missing.words.is_empty()).then(|| Words::new(&missing.words))
}
