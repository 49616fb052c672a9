//! Makes editions go live: builds the candidate beside the live one, judges it, writes it down, serves it.

use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::runtime::Handle;
use wenzheng_store::{Draft, EditionRecord, Hash, Manifest, NewEdition, Person, Store, StoreError};

use super::{
    contents::Source,
    diff::Diff,
    paths::same_documents,
    pinned::{Fates, Pinned},
    proposal::{Proposal, Published, Unpublished, Watch},
    verdict::{Judge, Judged},
};
use crate::{
    assistant::{Assistant, OpenError, Snapshot},
    replay::{self, Candidate, Outcome, ReplayQuestion},
    staff::Actor,
};

/// The live edition.
#[derive(Debug, Clone)]
pub(super) struct Live {
    pub(super) number: i64,
    pub(super) manifest: Arc<Manifest>,
    /// How it answers the questions that are replayed, once that was asked; `None` until then.
    outcomes: Option<Arc<Vec<Outcome>>>,
}

impl Live {
    pub(super) fn new(number: i64, manifest: Manifest) -> Self {
        Self {
            number,
            manifest: Arc::new(manifest),
            outcomes: None,
        }
    }
}

/// Makes editions go live, one after the other. Every method blocks: call it off the async threads.
#[derive(Debug)]
pub struct Publisher {
    pub(super) source: Source,
    pub(super) assistant: Assistant,
    live: Mutex<Live>,
    /// False when only pinned questions are asked of a candidate.
    replays_shipped: bool,
    /// Keeps the live edition on this machine, while `store` lies on another.
    copy: Option<Store>,
    /// Held from the making of a candidate until it is live or refused.
    pub(super) turn: Mutex<()>,
}

impl Publisher {
    pub(super) fn new(source: Source, assistant: Assistant, live: Live) -> Self {
        Self {
            source,
            assistant,
            live: Mutex::new(live),
            replays_shipped: true,
            copy: None,
            turn: Mutex::new(()),
        }
    }

    /// From now on asks only pinned questions of a candidate.
    #[must_use]
    pub fn with_pinned_questions_only(self) -> Self {
        Self {
            replays_shipped: false,
            ..self
        }
    }

    /// From now on keeps the live edition in `copy` as well, for starts at which the store cannot be
    /// reached.
    #[must_use]
    pub fn with_copy(self, copy: Store) -> Self {
        let publisher = Self {
            copy: Some(copy),
            ..self
        };
        publisher.copy_live();
        publisher
    }

    /// Brings the copy up to the live edition; what fails is told, and tried again with the next one.
    fn copy_live(&self) {
        let Some(copy) = &self.copy else {
            return;
        };
        let live = self.live();
        let copied = self.block_on(async {
            let Some(edition) = self.store().edition(live.number).await? else {
                return Ok(());
            };
            copy.take_edition(&edition, self.store()).await
        });
        if let Err(error) = copied {
            tracing::warn!(%error, "the copy of the last edition is not up to date");
        }
    }

    /// What it serves.
    #[must_use]
    pub const fn assistant(&self) -> &Assistant {
        &self.assistant
    }

    /// Where it keeps what goes live.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.source.store
    }

    pub(super) fn live(&self) -> Live {
        self.live
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn set_live(&self, live: Live) {
        *self.live.lock().unwrap_or_else(PoisonError::into_inner) = live;
    }

    /// Number and files of the live edition.
    #[must_use]
    pub fn live_edition(&self) -> (i64, Arc<Manifest>) {
        let live = self.live();
        (live.number, live.manifest)
    }

    /// What its futures run on.
    pub(crate) fn runtime(&self) -> Handle {
        self.source.runtime.clone()
    }

    pub(crate) fn block_on<T>(
        &self,
        future: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.source.runtime.block_on(future)
    }

    /// Waits for something that is not the store.
    pub(crate) fn block_on_any<T>(&self, future: impl Future<Output = T>) -> T {
        self.source.runtime.block_on(future)
    }

    /// Builds and judges `proposal`, and makes it live unless answers are worse.
    ///
    /// # Errors
    /// [`Unpublished`]; what was live stays. A refused proposal is kept as a draft.
    pub fn publish(
        &self,
        proposal: &Proposal,
        by: &Actor,
        watch: &dyn Watch,
    ) -> Result<Published, Unpublished> {
        let _one_at_a_time = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let live = self.live();
        if live.number != proposal.base {
            return Err(self.outrun(live.number)?.into());
        }
        if proposal.manifest == *live.manifest {
            return Err(Unpublished::Same);
        }
        let judged = self.judge(&live, watch)?.judge(proposal, by)?;
        if !judged.verdict.worse.is_empty() && proposal.insists.is_none() {
            let draft = self.refuse(proposal, by, &judged)?;
            return Err(Unpublished::Worse {
                verdict: Box::new(judged.verdict),
                draft,
            });
        }
        let number = self.write(proposal, by, &judged)?;
        let Judged {
            snapshot,
            outcomes,
            verdict,
            fates: _,
            diff,
            warnings,
        } = judged;
        let snapshot = snapshot.numbered(number);
        let library = Arc::clone(snapshot.library());
        self.assistant.serve(snapshot);
        self.set_live(Live {
            outcomes: Some(Arc::new(outcomes)),
            ..Live::new(number, proposal.manifest.clone())
        });
        match same_documents(&live.manifest, &proposal.manifest) {
            true => self.copy_live(),
            false => self.tidy(),
        }
        Ok(Published {
            number,
            before: live.number,
            version: library.version().to_owned(),
            documents: library.documents().len(),
            passages: library.id_count(),
            diff,
            verdict,
            warnings,
        })
    }

    /// What a proposal would answer from, without a number: to try it out.
    ///
    /// # Errors
    /// [`Unpublished`] when it cannot be read or searched.
    pub fn candidate(&self, proposal: &Proposal) -> Result<Snapshot, Unpublished> {
        let served = self.assistant.snapshot();
        let before = Some(served.library().as_ref());
        let options = self.assistant.options();
        let opened = self
            .source
            .open(&proposal.manifest, &proposal.fresh, options, before);
        let (edition, _warnings) = opened?;
        let candidate = self.assistant.candidate(edition, &|_, _| {});
        Ok(candidate.map_err(OpenError::from)?)
    }

    /// What judges a candidate beside the `live` edition.
    fn judge<'a>(&'a self, live: &'a Live, watch: &'a dyn Watch) -> Result<Judge<'a>, StoreError> {
        let pins = self.pins()?;
        Ok(Judge {
            source: &self.source,
            assistant: &self.assistant,
            live: &live.manifest,
            known: live.outcomes.clone(),
            questions: self.questions(&pins),
            pins,
            watch,
        })
    }

    /// The pinned questions.
    fn pins(&self) -> Result<Vec<Pinned>, StoreError> {
        let pins = self.block_on(self.store().pins())?;
        Ok(pins.into_iter().filter_map(Pinned::read).collect())
    }

    /// The questions of `pins` and those of the program.
    fn questions(&self, pins: &[Pinned]) -> Vec<ReplayQuestion> {
        let pinned = pins.iter().map(|pinned| pinned.question.clone());
        let shipped = match self.replays_shipped {
            true => replay::shipped(),
            false => Vec::new(),
        };
        pinned.chain(shipped).collect()
    }

    /// Writes an edition down as the live one.
    fn write(&self, proposal: &Proposal, by: &Actor, judged: &Judged) -> Result<i64, Unpublished> {
        let version = judged.snapshot.library().version();
        let after = format!("{}（版本 {version}）", proposal.note);
        let outcome = match &proposal.insists {
            Some(reason) => format!("done, insisted: {reason}"),
            None => "done".to_owned(),
        };
        let entry = by.entry(proposal.cause, &outcome, String::new(), after);
        self.block_on(write(self, proposal, by, (version, &judged.fates), entry))
            .map_err(Unpublished::from)
    }

    /// Notes a refusal, and keeps the proposal as a draft.
    fn refuse(&self, proposal: &Proposal, by: &Actor, judged: &Judged) -> Result<i64, Unpublished> {
        let outcome = format!("refused: {} worse", judged.verdict.worse.len());
        let kept = self.block_on(async {
            let mut act = self.store().act().await?;
            self.put_missing(&mut act, proposal).await?;
            let draft = match proposal.draft {
                Some(draft) => draft,
                None => {
                    let draft = draft(proposal, by);
                    act.add_draft(&draft, &proposal.manifest).await?
                }
            };
            let fates = &judged.fates;
            fates.write(&mut act, Candidate::Draft(draft)).await?;
            let after = format!("草稿 {draft}：{}", proposal.note);
            let entry = by.entry(proposal.cause, &outcome, String::new(), after);
            act.commit(&entry).await?;
            Ok(draft)
        });
        Ok(kept?)
    }

    /// Keeps the contents of `proposal` that are not kept yet.
    pub(super) async fn put_missing(
        &self,
        act: &mut wenzheng_store::Act,
        proposal: &Proposal,
    ) -> Result<(), StoreError> {
        // The first one is served before it is written down.
        let live = Some(self.live()).filter(|live| live.number > 0);
        let live = live.iter().flat_map(|live| live.manifest.files.values());
        let kept: HashSet<Hash> = live.map(|content| content.hash).collect();
        for (path, content) in &proposal.manifest.files {
            if kept.contains(&content.hash) || act.has(content.hash).await? {
                continue;
            }
            let bytes = match proposal.fresh.get(&content.hash) {
                Some(bytes) => bytes.to_vec(),
                None => self.source.input.read(path)?,
            };
            // Written since it was read.
            if act.put(&bytes).await?.hash != content.hash {
                return Err(StoreError::Outrun {
                    by: "文件夹里的写入".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The error that says who made the live edition.
    pub(super) fn outrun(&self, live: i64) -> Result<StoreError, StoreError> {
        let edition = self.block_on(self.store().edition(live))?;
        let by = edition.map_or_else(String::new, |edition| edition.author);
        Ok(StoreError::Outrun { by })
    }

    /// Drops what no kept edition has from the folder of parsed documents. What is left behind does no
    /// harm.
    pub(super) fn tidy(&self) {
        self.copy_live();
        let kept = self.block_on(async {
            let mut manifests = Vec::new();
            for edition in self.store().editions(usize::MAX).await? {
                manifests.push(self.store().manifest(edition.manifest).await?);
            }
            Ok(manifests)
        });
        match kept {
            Ok(manifests) => self.source.keep_documents(&manifests),
            Err(error) => tracing::warn!(%error, "parsed documents not tidied"),
        }
    }

    /// The edition `number` with its files.
    ///
    /// # Errors
    /// [`Unpublished::NoSuchEdition`]
    pub fn edition(&self, number: i64) -> Result<(EditionRecord, Manifest), Unpublished> {
        let edition = self.block_on(self.store().edition(number))?;
        let edition = edition.ok_or(Unpublished::NoSuchEdition(number))?;
        let manifest = self.block_on(self.store().manifest(edition.manifest))?;
        Ok((edition, manifest))
    }

    /// What differs between two editions.
    ///
    /// # Errors
    /// [`Unpublished`] when one is not kept or cannot be read.
    pub fn diff(&self, old: i64, new: i64) -> Result<Diff, Unpublished> {
        let open = |number| -> Result<_, Unpublished> {
            let (_, manifest) = self.edition(number)?;
            let (library, _) = self.source.library(&manifest, &Default::default(), None)?;
            Ok((manifest, library))
        };
        let (old, new) = (open(old)?, open(new)?);
        Ok(Diff::between((&old.0, &old.1), (&new.0, &new.1)))
    }

    /// Writes the live edition into the folder `to`, which must be empty or not there, as `corpus/` and
    /// `config/`: a program started there has the same edition.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or written.
    pub fn export(&self, to: &Path) -> Result<usize, StoreError> {
        super::export::write(&self.source, &self.live().manifest, to)
    }
}

/// A draft of `proposal`; its number and time are given when it is added.
pub(super) fn draft(proposal: &Proposal, by: &Actor) -> Draft {
    Draft {
        number: 0,
        made_at: 0,
        author: Person(by.person.0),
        author_name: by.name.clone(),
        cause: proposal.cause.to_owned(),
        note: proposal.note.clone(),
        base: proposal.base,
        manifest: proposal.manifest.hash(),
        state: "open".to_owned(),
        go_live_at: None,
        detail: String::new(),
    }
}

pub(super) async fn write(
    publisher: &Publisher,
    proposal: &Proposal,
    by: &Actor,
    (version, fates): (&str, &Fates),
    entry: wenzheng_store::Entry,
) -> Result<i64, StoreError> {
    let mut act = publisher.store().act().await?;
    publisher.put_missing(&mut act, proposal).await?;
    let edition = NewEdition {
        author: &by.signed(),
        cause: proposal.cause,
        note: &proposal.note,
        manifest: &proposal.manifest,
        version,
        base: (proposal.base > 0).then_some(proposal.base),
    };
    let number = act.go_live(&edition).await?;
    fates.write(&mut act, Candidate::Edition(number)).await?;
    if let Some(input) = &proposal.input {
        act.set_input(publisher.source.input.name(), input).await?;
    }
    if let Some(draft) = proposal.draft {
        act.set_draft(draft, "done", None).await?;
    }
    let entry = wenzheng_store::Entry {
        before: format!("第 {} 版", proposal.base),
        after: format!("第 {number} 版：{}", entry.after),
        ..entry
    };
    act.commit(&entry).await?;
    Ok(number)
}
