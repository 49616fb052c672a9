//! Which edition a service begins with.
//!
//! The store is the truth, the folder an input: it makes an edition when its content differs from
//! what it gave last, so that a restart takes back nothing that was done here. When both have changed since,
//! the store's edition is served and an administrator chooses.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::runtime::Handle;
use wenzheng_store::{EditionRecord, Manifest, Store, StoreError};

use super::{
    contents::{Fresh, Source},
    input::Input,
    pinned::Fates,
    proposal::Proposal,
    publisher::{Live, Publisher, write},
};
use crate::{
    assistant::{Assistant, Edition, OpenError, Options, Snapshot},
    corpus::{Degraded, Problem, Serves},
    staff::Actor,
};

/// How often an input is read that is written meanwhile.
const READINGS: usize = 3;

/// What an input means for the live edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing: it is as it was when it was last taken, or what is live.
    Stay,
    /// It has changed, and the edition has not.
    Take,
    /// Both have changed.
    Both,
}

/// Decides by what is live, what the input gave `last`, and what it gives `now`.
pub(super) fn decide(live: &Manifest, last: Option<&Manifest>, now: &Manifest) -> Decision {
    if last == Some(now) || live == now {
        Decision::Stay
    } else if last == Some(live) {
        Decision::Take
    } else {
        Decision::Both
    }
}

/// Why a service does not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is nothing to serve.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What answers: made at a start, or there already, from a copy of the store or from the folder.
enum Answers {
    New(Options),
    Already(Assistant),
}

impl Answers {
    fn options(&self) -> &Options {
        match self {
            Self::New(options) => options,
            Self::Already(assistant) => assistant.options(),
        }
    }

    /// What answers already.
    fn served(&self) -> Option<Arc<Snapshot>> {
        match self {
            Self::New(_) => None,
            Self::Already(assistant) => Some(assistant.snapshot()),
        }
    }

    fn snapshot(&self, edition: Edition) -> Result<Snapshot, OpenError> {
        Ok(match self {
            Self::New(_) => Snapshot::build(edition)?,
            // With its vectors: others were answered with them until now.
            Self::Already(assistant) => assistant.candidate(edition, &|_, _| {})?,
        })
    }

    /// Answers from `snapshot`.
    fn serve(self, snapshot: Snapshot, degraded: Option<Degraded>) -> Assistant {
        match self {
            Self::New(options) => Assistant::serving(snapshot, degraded, options),
            Self::Already(assistant) => {
                assistant.serve(snapshot);
                assistant.set_degraded(degraded);
                assistant
            }
        }
    }
}

/// What the store and the input have at a start.
struct Found {
    live: Option<(EditionRecord, Manifest)>,
    last: Option<Manifest>,
    now: Result<Manifest, OpenError>,
}

impl Publisher {
    /// Begins to serve: the live edition of `store`, that of the input when it has changed, or the first.
    ///
    /// # Errors
    /// [`StartError`]; never while there is an edition that can be served.
    pub fn start(store: Store, runtime: Handle, options: Options) -> Result<Self, StartError> {
        Self::begin(store, runtime, Answers::New(options))
    }

    /// As [`Self::start`], where `assistant` answers already: the store could not be used until now.
    ///
    /// # Errors
    /// [`StartError`]; then it answers as before.
    pub fn take_over(
        store: Store,
        runtime: Handle,
        assistant: Assistant,
    ) -> Result<Self, StartError> {
        Self::begin(store, runtime, Answers::Already(assistant))
    }

    /// What answers from the live edition of a store that is not to be changed: a copy of one that cannot be
    /// reached, or one on a disk that refuses. What the input has changed since waits. `None` when the
    /// store has no edition.
    ///
    /// # Errors
    /// [`StartError`] when it cannot be read.
    pub fn last_edition(
        store: Store,
        runtime: Handle,
        options: Options,
    ) -> Result<Option<Assistant>, StartError> {
        let source = Source::of(store, runtime, &options);
        let found = source.found()?;
        let Some((live, manifest)) = found.live else {
            return Ok(None);
        };
        let answers = Answers::New(options);
        let snapshot = source.snapshot(&manifest, &answers)?.numbered(live.number);
        let degraded = found.now.err().map(|error| source.refused(&error));
        Ok(Some(answers.serve(snapshot, degraded)))
    }

    fn begin(store: Store, runtime: Handle, answers: Answers) -> Result<Self, StartError> {
        let source = Source::of(store, runtime, answers.options());
        let found = source.found()?;
        match found {
            Found {
                live: Some((live, manifest)),
                last,
                now,
            } => source.go_on(answers, &live, manifest, last.as_ref(), now),
            Found {
                live: None,
                now: Ok(now),
                ..
            } => source.begin(answers, now),
            Found {
                now: Err(error), ..
            } => Err(error.into()),
        }
    }
}

impl Source {
    fn of(store: Store, runtime: Handle, options: &Options) -> Self {
        Self {
            input: Input::new(options),
            folder: options
                .editions_folder()
                .unwrap_or_else(|| PathBuf::from("index")),
            store,
            runtime,
        }
    }

    fn found(&self) -> Result<Found, StoreError> {
        let (live, last) = self.runtime.block_on(async {
            let live = match self.store.live_edition().await? {
                Some(live) => {
                    let manifest = self.store.manifest(live.manifest).await?;
                    Some((live, manifest))
                }
                None => None,
            };
            let last = match self.store.input(self.input.name()).await? {
                // The reports inside the program make way for a folder as long as nobody has changed them.
                None if self.input.folder().is_some() => self.store.input("program").await?,
                last => last,
            };
            Ok::<_, StoreError>((live, last))
        })?;
        Ok(Found {
            live,
            last,
            now: self.input.scan(),
        })
    }

    fn snapshot(&self, manifest: &Manifest, answers: &Answers) -> Result<Snapshot, OpenError> {
        let served = answers.served();
        let before = served.as_ref().map(|served| served.library().as_ref());
        let (edition, warnings) = self.open(manifest, &Fresh::new(), answers.options(), before)?;
        for warning in &warnings {
            tracing::debug!(%warning, "the corpus has something to be mended");
        }
        answers.snapshot(edition)
    }

    /// The first edition of a store: what the input gives; while a file has an error, those without.
    fn begin(self, answers: Answers, now: Manifest) -> Result<Publisher, StartError> {
        let refused = match self.snapshot(&now, &answers) {
            Ok(snapshot) => {
                let live = Live::new(0, Manifest::default());
                let assistant = answers.serve(snapshot, None);
                let publisher = Publisher::new(self, assistant, live);
                publisher.adopt(0, now);
                return Ok(publisher);
            }
            Err(error) => error,
        };
        let Ok((edition, problems)) = self.open_sound(&now, answers.options()) else {
            return Err(refused.into());
        };
        let snapshot = answers.snapshot(edition)?;
        let degraded = self.degraded(Serves::SoundFiles, &problems);
        let assistant = answers.serve(snapshot, Some(degraded));
        Ok(Publisher::new(
            self,
            assistant,
            Live::new(0, Manifest::default()),
        ))
    }

    /// Goes on with the `live` edition, or with what the input has changed since.
    fn go_on(
        self,
        answers: Answers,
        live: &EditionRecord,
        manifest: Manifest,
        last: Option<&Manifest>,
        now: Result<Manifest, OpenError>,
    ) -> Result<Publisher, StartError> {
        let number = live.number;
        let mut degraded = None;
        match now {
            Ok(now) => match decide(&manifest, last, &now) {
                Decision::Stay => {}
                Decision::Take => match self.snapshot(&now, &answers) {
                    Ok(snapshot) => {
                        let assistant = answers.serve(snapshot, None);
                        let live = Live::new(number, manifest);
                        let publisher = Publisher::new(self, assistant, live);
                        publisher.adopt(number, now);
                        return Ok(publisher);
                    }
                    Err(error) => degraded = Some(self.refused(&error)),
                },
                Decision::Both => {
                    tracing::warn!(
                        edition = number,
                        "the folder and the edition have both changed: the edition is served, /reload tells more"
                    );
                }
            },
            Err(error) => degraded = Some(self.refused(&error)),
        }
        let assistant = match answers {
            Answers::Already(assistant) if serves(&assistant, live) => {
                assistant.set_degraded(degraded);
                assistant
            }
            answers => {
                let snapshot = self.snapshot(&manifest, &answers)?.numbered(number);
                answers.serve(snapshot, degraded)
            }
        };
        Ok(Publisher::new(self, assistant, Live::new(number, manifest)))
    }

    /// What is degraded when the input is refused and the last edition is served.
    pub(super) fn refused(&self, error: &OpenError) -> Degraded {
        match error {
            OpenError::Corpus(error) => self.degraded(Serves::LastWhole, &error.problems),
            _ => self.degraded(Serves::LastWhole, &[]),
        }
    }

    fn degraded(&self, serves: Serves, problems: &[Problem]) -> Degraded {
        let dir = self.input.folder().unwrap_or(Path::new(""));
        Degraded::new(serves, dir, problems)
    }
}

impl Publisher {
    /// Writes down that `now` of the input is served; when its files are written meanwhile, what they are
    /// then is served in its place. While the store refuses, it is served without a number, and the next
    /// start tries again.
    fn adopt(&self, base: i64, mut now: Manifest) {
        for _ in 0..READINGS {
            let error = match self.write_input(base, &now) {
                Ok(()) => return,
                Err(error) => error,
            };
            let newer = match error {
                StoreError::Outrun { .. } => self.serve_newer(&now),
                _ => None,
            };
            let Some(newer) = newer else {
                tracing::error!(%error, "the edition is not kept: it is served all the same");
                return;
            };
            now = newer;
        }
        tracing::error!("the folder is being written: what is served is not kept");
    }

    /// Serves what the input gives by now, if that is not `before`.
    fn serve_newer(&self, before: &Manifest) -> Option<Manifest> {
        let now = self.source.input.at_rest().ok();
        let now = now.filter(|now| now != before)?;
        let served = self.assistant.snapshot();
        let library = Some(served.library().as_ref());
        let options = self.assistant.options();
        let opened = self.source.open(&now, &Fresh::new(), options, library);
        let (edition, _warnings) = opened.ok()?;
        let snapshot = self.assistant.candidate(edition, &|_, _| {}).ok()?;
        self.assistant.serve(snapshot);
        Some(now)
    }

    fn write_input(&self, base: i64, now: &Manifest) -> Result<(), StoreError> {
        let cause = if base == 0 { "first" } else { "start" };
        let proposal = Proposal {
            manifest: now.clone(),
            cause,
            note: format!("{} 个文件", now.files.len()),
            base,
            input: Some(now.clone()),
            ..Proposal::default()
        };
        let by = Actor::program("start");
        let snapshot = self.assistant.snapshot();
        let version = snapshot.library().version();
        let entry = by.entry(cause, "done", String::new(), format!("版本 {version}"));
        // Nothing is replayed at a start.
        let judged = Fates::default();
        let number = self.block_on(write(self, &proposal, &by, (version, &judged), entry))?;
        self.assistant.renumber(number);
        self.set_live(Live::new(number, now.clone()));
        self.tidy();
        Ok(())
    }
}

/// True when `live` is what `assistant` answers from.
fn serves(assistant: &Assistant, live: &EditionRecord) -> bool {
    let snapshot = assistant.snapshot();
    snapshot.number() == live.number && snapshot.library().version() == live.version
}

/// Where the change from `last` to `now` of an input can be made in `live`.
pub(super) fn conflicts(live: &Manifest, last: &Manifest, now: &Manifest) -> Vec<String> {
    live.merged(last, now).err().unwrap_or_default()
}

/// No file at all: what an input gave that never gave anything.
pub(super) fn nothing() -> Manifest {
    Manifest {
        files: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use wenzheng_store::Content;

    use super::*;

    fn manifest(text: &str) -> Manifest {
        let content = Content::of(text.as_bytes());
        Manifest {
            files: BTreeMap::from([("corpus/a.md".to_owned(), content)]),
        }
    }

    #[test]
    fn a_folder_is_taken_only_when_it_has_changed_and_nothing_else_has() {
        let (one, two, three) = (manifest("1"), manifest("2"), manifest("3"));
        assert_eq!(decide(&one, Some(&one), &one), Decision::Stay);
        assert_eq!(decide(&one, Some(&one), &two), Decision::Take);
        // Changed here, by an upload or a rollback: a restart takes nothing back.
        assert_eq!(decide(&two, Some(&one), &one), Decision::Stay);
        assert_eq!(decide(&two, Some(&one), &three), Decision::Both);
        assert_eq!(decide(&two, Some(&one), &two), Decision::Stay);
        assert_eq!(decide(&one, None, &two), Decision::Both, "of another input");
    }
}
