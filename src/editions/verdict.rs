//! A candidate beside the live edition: built, and judged by questions.

use std::{collections::HashSet, sync::Arc};

use wenzheng_store::Manifest;

use super::{
    contents::Source,
    diff::Diff,
    paths::{CORPUS, LEXICON, same_documents},
    pinned::{Fates, Pinned},
    proposal::{Proposal, Step, Unpublished, Watch},
};
use crate::{
    assistant::{Assistant, Edition, OpenError, SameDocuments, Snapshot},
    corpus::{DocumentInfo, Library, Problem, RULES_ENDING},
    replay::{self, Outcome, ReplayQuestion, Side, Verdict},
    staff::Actor,
};

/// A candidate that was built and judged.
pub(super) struct Judged {
    pub(super) snapshot: Snapshot,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) verdict: Verdict,
    pub(super) fates: Fates,
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
    /// Questions of the office among those that are replayed.
    pub(super) pins: Vec<Pinned>,
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
        let (edition, warnings) = self.open(proposal, &served)?;
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
        let (alike, questions) = self.alike(proposal, (&served, &candidate));
        let before = self.of_the_live(&served, &questions)?;
        let mut outcomes = self.replay(&candidate, &questions)?;
        let verdict = replay::compare(
            &questions,
            Side {
                edition: &served,
                outcomes: &before,
            },
            Side {
                edition: &candidate,
                outcomes: &outcomes,
            },
        );
        let mut verdict = verdict.map_err(|error| Unpublished::Fails(error.to_string()))?;
        verdict.same += alike.len();
        let keys: HashSet<String> = alike.iter().map(ReplayQuestion::key).collect();
        let known = self.known.iter().flat_map(|known| known.iter());
        outcomes.extend(known.filter(|it| keys.contains(&it.question)).cloned());
        let diff = Diff::between(
            (self.live, served.library()),
            (&proposal.manifest, candidate.library()),
        );
        Ok(Judged {
            snapshot: candidate,
            fates: Fates::of(&self.pins, &outcomes, &verdict),
            outcomes,
            verdict,
            diff,
            warnings,
        })
    }

    /// What the proposal is made of. Documents that are served already are not read again.
    fn open(
        &self,
        proposal: &Proposal,
        served: &Snapshot,
    ) -> Result<(Edition, Vec<Problem>), OpenError> {
        let (manifest, fresh) = (&proposal.manifest, &proposal.fresh);
        let options = self.assistant.options();
        if !same_documents(self.live, manifest) {
            let served = Some(served.library().as_ref());
            return self.source.open(manifest, fresh, options, served);
        }
        let library = Arc::clone(served.library());
        self.source.with_library(library, manifest, fresh, options)
    }

    /// The questions that the proposal surely answers as the live edition does, where it only gives words
    /// another meaning; and all others.
    fn alike(
        &self,
        proposal: &Proposal,
        (served, candidate): (&Snapshot, &Snapshot),
    ) -> (Vec<ReplayQuestion>, Vec<ReplayQuestion>) {
        let mut changed = self.live.changes_to(&proposal.manifest).into_keys();
        if !changed.all(|path| is_of_words(&path)) {
            return (Vec::new(), self.questions.clone());
        }
        let both = SameDocuments::new(served, candidate);
        let questions = self.questions.iter().cloned();
        let concerned = questions.filter(|question| replay::concerns(question, candidate));
        concerned.partition(|question| {
            self.assistant
                .answers_alike(&both, &replay::asked(question))
        })
    }

    /// How the live edition answers `questions`; only those are asked of which that is not known.
    fn of_the_live(
        &self,
        served: &Snapshot,
        questions: &[ReplayQuestion],
    ) -> Result<Vec<Outcome>, Unpublished> {
        let mut outcomes = self.known.as_deref().cloned().unwrap_or_default();
        let known: HashSet<&str> = outcomes.iter().map(|it| it.question.as_str()).collect();
        let new = questions
            .iter()
            .filter(|question| !known.contains(question.key().as_str()));
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

/// True for a list of synonyms or of words for the segmenter.
fn is_of_words(path: &str) -> bool {
    let list = path
        .strip_prefix(LEXICON)
        .and_then(|it| it.rsplit('/').next());
    matches!(list, Some("synonyms.txt" | "user-words.txt"))
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
    // Rules are of the place of their document.
    let ruled = |document: &DocumentInfo| {
        changes.keys().any(|path| {
            let below = path.strip_prefix(CORPUS);
            let stem = below.and_then(|below| below.strip_suffix(RULES_ENDING));
            stem.is_some_and(|stem| stem.replace('/', "-") == document.id.0)
        })
    };
    let touched = |library: &Library, other: &Library| -> Vec<String> {
        let documents = library.documents().iter();
        let touched = documents.filter(|document| all || ruled(document) || !same(document, other));
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
