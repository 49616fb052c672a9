//! What changes an edition: a reload, a rollback, a change taken back, files put or removed.

use std::{collections::BTreeMap, sync::Arc};

use wenzheng_store::{Content, Draft, Manifest, StoreError};

use super::{
    contents::Fresh,
    diff::files,
    proposal::{Proposal, Published, Unpublished, Watch},
    publisher::{Publisher, draft},
    start::{Decision, conflicts, decide, nothing},
};
use crate::{assistant::OpenError, staff::Actor};

/// What is taken when the input and the edition have both changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Take {
    /// Nothing: the administrator sees both and chooses.
    #[default]
    Ask,
    /// The input as it is; what was done here is gone.
    Input,
    /// The edition as it is; the input is left alone until it changes again.
    Edition,
    /// Both, where they have not changed the same file.
    Both,
}

/// A file that is put into an edition, or removed from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// As a manifest names it.
    pub path: String,
    /// What it holds from now on; `None` removes it.
    pub bytes: Option<Vec<u8>>,
}

impl Publisher {
    /// Takes what the input has, if it has changed.
    ///
    /// # Errors
    /// [`Unpublished`]
    pub fn reload(
        &self,
        take: Take,
        by: &Actor,
        watch: &dyn Watch,
    ) -> Result<Published, Unpublished> {
        let proposal = self.reloaded(take)?;
        let published = self.publish(&proposal, by, watch);
        if let Err(Unpublished::Open(error)) = &published {
            self.refused(error);
        }
        published
    }

    /// Notes that the input has errors, and that what is served stays.
    fn refused(&self, error: &OpenError) {
        self.assistant
            .set_degraded(Some(self.source.refused(error)));
    }

    /// What a reload would make live.
    ///
    /// # Errors
    /// [`Unpublished`]
    pub fn reloaded(&self, take: Take) -> Result<Proposal, Unpublished> {
        let now = self
            .source
            .input
            .at_rest()
            .inspect_err(|error| self.refused(error))?;
        let name = self.source.input.name();
        let last = self.block_on(self.store().input(name))?;
        let (base, live) = self.live_edition();
        let decision = decide(&live, last.as_ref(), &now);
        // The first edition, which the store refused at the start.
        let last = last.unwrap_or_else(nothing);
        let manifest = match (decision, take) {
            _ if base == 0 => now.clone(),
            (Decision::Stay, _) => {
                self.assistant.set_degraded(None);
                return Err(Unpublished::Same);
            }
            (Decision::Take, _) | (Decision::Both, Take::Input) => now.clone(),
            (Decision::Both, Take::Ask) => {
                return Err(Unpublished::Both {
                    input: files(&last, &now),
                    edition: files(&last, &live),
                    conflicts: conflicts(&live, &last, &now),
                });
            }
            (Decision::Both, Take::Edition) => (*live).clone(),
            (Decision::Both, Take::Both) => {
                live.merged(&last, &now).map_err(Unpublished::Conflicts)?
            }
        };
        Ok(Proposal {
            manifest,
            cause: "reload",
            note: "文件夹里的内容".to_owned(),
            base,
            input: Some(now),
            ..Proposal::default()
        })
    }

    /// Leaves the input alone until it changes again.
    ///
    /// # Errors
    /// [`Unpublished`]
    pub fn keep_edition(&self, by: &Actor) -> Result<(), Unpublished> {
        let now = self.source.input.at_rest()?;
        let entry = by.entry("reload", "kept the edition", String::new(), String::new());
        self.block_on(async {
            let mut act = self.store().act().await?;
            act.set_input(self.source.input.name(), &now).await?;
            act.commit(&entry).await
        })?;
        self.assistant.set_degraded(None);
        Ok(())
    }

    /// What would make the content of edition `number` live again; without a number that of the one
    /// before.
    ///
    /// # Errors
    /// [`Unpublished`]
    pub fn rolled_back(&self, number: Option<i64>) -> Result<Proposal, Unpublished> {
        let (base, _) = self.live_edition();
        let number = number.unwrap_or(base - 1);
        let (edition, manifest) = self.edition(number)?;
        Ok(Proposal {
            manifest,
            cause: "rollback",
            note: format!("回到第 {} 版", edition.number),
            base,
            ..Proposal::default()
        })
    }

    /// What would take the change of edition `number` back and keep those that came later.
    ///
    /// # Errors
    /// [`Unpublished::Conflicts`] with the files that were changed again.
    pub fn undone(&self, number: i64) -> Result<Proposal, Unpublished> {
        let (base, live) = self.live_edition();
        let (edition, after) = self.edition(number)?;
        let before = edition.base.ok_or(Unpublished::NoSuchEdition(0))?;
        let (_, before) = self.edition(before)?;
        let manifest = live.merged(&after, &before);
        Ok(Proposal {
            manifest: manifest.map_err(Unpublished::Conflicts)?,
            cause: "undo",
            note: format!("撤销第 {number} 版的改动（{}）", edition.note),
            base,
            ..Proposal::default()
        })
    }

    /// What would put and remove these files.
    #[must_use]
    pub fn changed(&self, changes: Vec<FileChange>, cause: &'static str, note: String) -> Proposal {
        let (base, live) = self.live_edition();
        let mut manifest = (*live).clone();
        let mut fresh: Fresh = BTreeMap::new();
        for FileChange { path, bytes } in changes {
            match bytes {
                Some(bytes) => {
                    let content = Content::of(&bytes);
                    fresh.insert(content.hash, Arc::from(bytes));
                    manifest.files.insert(path, content);
                }
                None => {
                    manifest.files.remove(&path);
                }
            }
        }
        Proposal {
            manifest,
            fresh,
            cause,
            note,
            base,
            ..Proposal::default()
        }
    }

    /// The text of a file of the live edition; `None` when it has none of that name.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn text(&self, path: &str) -> Result<Option<String>, StoreError> {
        let (_, live) = self.live_edition();
        let Some(content) = live.files.get(path) else {
            return Ok(None);
        };
        let bytes = self
            .source
            .read(path, content.hash, &Fresh::new())
            .map_err(|error| StoreError::Disk(error.to_string()))?;
        let text = String::from_utf8(bytes);
        text.map(Some)
            .map_err(|_| StoreError::Damaged(path.to_owned()))
    }

    /// Keeps a proposal as a draft in `state`. Gives its number: that of the same draft where its author has
    /// it open already.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn keep_draft(
        &self,
        proposal: &Proposal,
        state: &str,
        by: &Actor,
    ) -> Result<i64, StoreError> {
        let new = Draft {
            state: state.to_owned(),
            ..draft(proposal, by)
        };
        let open = self.block_on(self.store().open_drafts())?;
        let same = |it: &&Draft| {
            (it.author, it.base, it.manifest) == (new.author, new.base, new.manifest)
                && it.state == new.state
        };
        match open.iter().find(same) {
            Some(same) => Ok(same.number),
            None => self.add_draft(&new, proposal, by),
        }
    }

    /// Keeps `proposal` in place of the draft `old`, which it was made of: of the same author, who is not
    /// always whoever looks at it.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn keep_rebased(
        &self,
        old: &Draft,
        proposal: &Proposal,
        by: &Actor,
    ) -> Result<i64, StoreError> {
        let new = Draft {
            author: old.author,
            author_name: old.author_name.clone(),
            state: old.state.clone(),
            go_live_at: old.go_live_at,
            ..draft(proposal, by)
        };
        self.add_draft(&new, proposal, by)
    }

    fn add_draft(&self, draft: &Draft, proposal: &Proposal, by: &Actor) -> Result<i64, StoreError> {
        self.block_on(async {
            let mut act = self.store().act().await?;
            self.put_missing(&mut act, proposal).await?;
            let number = act.add_draft(draft, &proposal.manifest).await?;
            let after = format!("草稿 {number}：{}", proposal.note);
            let entry = by.entry(proposal.cause, &draft.state, String::new(), after);
            act.commit(&entry).await?;
            Ok(number)
        })
    }

    /// The proposal that draft `number` is, with the draft; `None` when there is none that is open.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn proposed(&self, number: i64) -> Result<Option<(Draft, Proposal)>, StoreError> {
        let Some(draft) = self.block_on(self.store().draft(number))? else {
            return Ok(None);
        };
        if !["open", "proposed", "scheduled"].contains(&draft.state.as_str()) {
            return Ok(None);
        }
        let manifest: Manifest = self.block_on(self.store().manifest(draft.manifest))?;
        let proposal = Proposal {
            manifest,
            cause: cause(&draft.cause),
            note: draft.note.clone(),
            base: draft.base,
            draft: Some(number),
            ..Proposal::default()
        };
        Ok(Some((draft, proposal)))
    }

    /// What a proposal would change in the live edition, a line a file.
    #[must_use]
    pub fn files_of(&self, proposal: &Proposal) -> Vec<String> {
        let (_, live) = self.live_edition();
        files(&live, &proposal.manifest)
    }

    /// Makes a draft follow on the live edition, where that has not changed the same files.
    ///
    /// # Errors
    /// [`Unpublished`]
    pub fn rebased(&self, proposal: Proposal) -> Result<Proposal, Unpublished> {
        let (base, live) = self.live_edition();
        let (_, before) = self.edition(proposal.base)?;
        let manifest = live.merged(&before, &proposal.manifest);
        Ok(Proposal {
            manifest: manifest.map_err(Unpublished::Conflicts)?,
            base,
            ..proposal
        })
    }
}

/// The act that a draft was made by.
fn cause(written: &str) -> &'static str {
    const CAUSES: [&str; 7] = [
        "reload", "rollback", "undo", "upload", "remove", "synonym", "faq",
    ];
    let mut causes = CAUSES.into_iter();
    causes.find(|cause| *cause == written).unwrap_or("draft")
}
