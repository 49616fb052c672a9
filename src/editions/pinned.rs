//! The questions that an office pinned, and how they fared on a candidate.

use wenzheng_store::{Act, Pin, StoreError, now};

use crate::replay::{Candidate, Fared, How, Outcome, ReplayQuestion, Verdict};

/// A pinned question as it is kept, and as it is replayed.
pub(super) struct Pinned {
    pin: Pin,
    pub(super) question: ReplayQuestion,
}

impl Pinned {
    /// `None` when it cannot be read.
    pub(super) fn read(pin: Pin) -> Option<Self> {
        let question = serde_json::from_str(&pin.detail).ok()?;
        Some(Self { pin, question })
    }
}

/// How the pinned questions fared.
#[derive(Default)]
pub(super) struct Fates(Vec<(Pin, How)>);

impl Fates {
    pub(super) fn of(pins: &[Pinned], outcomes: &[Outcome], verdict: &Verdict) -> Self {
        let fate = |pinned: &Pinned| {
            let how = How::of(&pinned.question, outcomes, verdict);
            (pinned.pin.clone(), how)
        };
        Self(pins.iter().map(fate).collect())
    }

    /// Notes with each question how it fared on `candidate`.
    pub(super) async fn write(
        &self,
        act: &mut Act,
        candidate: Candidate,
    ) -> Result<(), StoreError> {
        let at = now();
        for (pin, how) in &self.0 {
            let how = how.clone();
            let fared = Fared { at, candidate, how };
            act.set_replay(pin, &serde_json::to_string(&fared)?).await?;
        }
        Ok(())
    }
}
