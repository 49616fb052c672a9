//! A candidate beside the live edition: built, and judged by questions.

use std::{collections::HashSet, sync::Arc};

use wenzheng_store::Manifest;

use super::{
    contents::Source,
    diff::Diff,
    paths::CORPUS,
    proposal::{Proposal, Step, Unpublished, Watch},
};
use crate::{
    assistant::{Assistant, OpenError, Snapshot},
    corpus::{DocumentInfo, Library, Problem},
    replay::{self, Outcome, ReplayQuestion, Side, Verdict},
    staff::Actor,
};

/// A candidate that was built and judged.
pub(super) struct Judged {
    pub(super) snapshot: Snapshot,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) verdict: Verdict,
    pub(super) diff: Diff,
    pub(super) warnings: Vec<Problem>,
}

/// What a candidate is judged with.
pub(super) struct Judge<'a> {
    pub(super) source: &'a Source,
    pub(super) assistant: &'a Assistant,
    /// Files of the live edition.
    pub(super) live: &'a Manifest,
    /// How the live edition answers, if that is known.
    pub(super) known: Option<Arc<Vec<Outcome>>>,
    /// What is replayed.
    pub(super) questions: Vec<ReplayQuestion>,
    pub(super) watch: &'a dyn Watch,
}

impl Judge<'_> {
    /// Builds a candidate and replays the questions on it.
    pub(super) fn judge(&self, proposal: &Proposal, by: &Actor) -> Result<Judged, Unpublished> {
        let watch = self.watch;
        let served = self.assistant.snapshot();
        watch.told(Step::Reading, 0, 0);
        let options = self.assistant.options();
        let (edition, warnings) = self.source.open(
            &proposal.manifest,
            &proposal.fresh,
            options,
            Some(served.library()),
        )?;
        may(
            by,
            (self.live, served.library()),
            (&proposal.manifest, &edition.library),
        )?;
        stop(watch)?;
        watch.told(Step::Indexing, 0, 0);
        let told = |done, all| watch.told(Step::Embedding, done, all);
        let candidate = self.assistant.candidate(edition, &told);
        let candidate = candidate.map_err(OpenError::from)?;
        stop(watch)?;
        let before = self.of_the_live(&served)?;
        let outcomes = self.replay(&candidate, &self.questions)?;
        let verdict = replay::compare(
            &self.questions,
            Side {
                edition: &served,
                outcomes: &before,
            },
            Side {
                edition: &candidate,
                outcomes: &outcomes,
            },
        );
        let verdict = verdict.map_err(|error| Unpublished::Fails(error.to_string()))?;
        let diff = Diff::between(
            (self.live, served.library()),
            (&proposal.manifest, candidate.library()),
        );
        Ok(Judged {
            snapshot: candidate,
            outcomes,
            verdict,
            diff,
            warnings,
        })
    }

    /// How the live edition answers all questions; only those are asked of which that is not known.
    fn of_the_live(&self, served: &Snapshot) -> Result<Vec<Outcome>, Unpublished> {
        let mut outcomes = self.known.as_deref().cloned().unwrap_or_default();
        let known: HashSet<&str> = outcomes.iter().map(|it| it.question.as_str()).collect();
        let questions = self.questions.iter();
        let new = questions.filter(|question| !known.contains(question.key().as_str()));
        let new: Vec<ReplayQuestion> = new.cloned().collect();
        outcomes.extend(self.replay(served, &new)?);
        Ok(outcomes)
    }

    fn replay(
        &self,
        snapshot: &Snapshot,
        questions: &[ReplayQuestion],
    ) -> Result<Vec<Outcome>, Unpublished> {
        let told = |done, all| self.watch.told(Step::Judging, done, all);
        let stop = || self.watch.stop();
        Ok(replay::replay(
            self.assistant,
            snapshot,
            questions,
            &stop,
            &told,
        )?)
    }
}

/// Refuses what touches a place that is not theirs. Word lists and weights touch all.
fn may(
    by: &Actor,
    (old_files, old): (&Manifest, &Library),
    (new_files, new): (&Manifest, &Library),
) -> Result<(), Unpublished> {
    if by.grant.places.is_empty() {
        return Ok(());
    }
    let changes = old_files.changes_to(new_files);
    let all = changes.keys().any(|path| !path.starts_with(CORPUS));
    let same = |document: &DocumentInfo, other: &Library| {
        other
            .document_by_id(&document.id)
            .is_some_and(|it| it.key == document.key)
    };
    let touched = |library: &Library, other: &Library| -> Vec<String> {
        let documents = library.documents().iter();
        let touched = documents.filter(|document| all || !same(document, other));
        touched
            .map(|document| document.meta.place.clone())
            .collect()
    };
    let mut places = touched(old, new).into_iter().chain(touched(new, old));
    match places.find(|place| !by.grant.covers(place)) {
        Some(place) => Err(Unpublished::NotTheirs(place)),
        None => Ok(()),
    }
}

fn stop(watch: &dyn Watch) -> Result<(), Unpublished> {
    match watch.stop() {
        true => Err(Unpublished::Stopped),
        false => Ok(()),
    }
}
