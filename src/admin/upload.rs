//! Files that are put in: converted by a process of their own, shown to whoever sent them, and live once
//! that is confirmed.

use std::{path::PathBuf, sync::Arc};

use wenzheng_store::StoreError;

use super::{
    changes::is_of,
    intake::Intake,
    jobs::UPLOAD,
    office::Office,
    outcome::{Outcome, Previewed, Refused},
    queue::{ToDo, Wait},
    rule_upload::TakenRules,
};
use crate::{
    assistant::{Edition, Snapshot},
    corpus::{Library, load_texts},
    editions::{FileChange, Step, Watch},
    staff::{Actor, Grant, Role},
    upload::{ConvertError, Converted, Converter, Hints, Ticket, Upload, Waiting},
};

/// What addresses of upload pages are kept for.
const PAGE: &str = "upload";
/// Where what was not answered is brought again after a restart.
const BRINGS_AGAIN: &str = "telegram";
/// Questions shown that a file would answer.
const QUESTIONS: usize = 5;

impl Office {
    /// Where files wait that are put in; `None` when there is no room for them.
    #[must_use]
    pub const fn intake(&self) -> Option<&Intake> {
        self.settings.intake.as_ref()
    }

    /// Where somebody can put files in: in the chat, or on a page that opens once.
    pub(super) fn upload(&self, by: &Actor) -> Result<Outcome, StoreError> {
        if self.settings.intake.is_none() {
            return Ok(Outcome::NoStore);
        }
        if by.origin == "telegram" {
            return Ok(Outcome::UploadHere);
        }
        let Some(public) = &self.settings.public_url else {
            return Ok(Outcome::NoAddress);
        };
        let entry = by.entry("upload", "page", String::new(), String::new());
        let secret = self.once_for(by, PAGE, &entry)?;
        Ok(Outcome::UploadAt(format!("{public}/upload/{secret}")))
    }

    /// True when the page of this address can still be used. Spends nothing: chats fetch addresses to
    /// show what is behind them.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn knows_upload_page(&self, secret: &str) -> Result<bool, StoreError> {
        let code = self.publisher.block_on(self.store().code(PAGE, secret))?;
        Ok(code.is_some())
    }

    /// Spends the address of an upload page: whoever it was made for; `None` when it is spent or has
    /// expired.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn spend_upload_page(&self, secret: &str) -> Result<Option<Actor>, StoreError> {
        let code = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let code = act.spend_code(self.store().key(), PAGE, secret).await?;
            if code.is_some() {
                let entry = wenzheng_store::Entry {
                    act: "upload".to_owned(),
                    outcome: "page opened".to_owned(),
                    origin: "web".to_owned(),
                    ..wenzheng_store::Entry::default()
                };
                act.commit(&entry).await?;
            }
            Ok(code)
        })?;
        let Some(code) = code else {
            return Ok(None);
        };
        let person = wenzheng_store::Person(serde_json::from_str(&code.detail)?);
        let now = self.grant_of(person);
        // A role that was taken away since is no role.
        let role = Role::parse(&code.role).map(|role| role.min(now.role));
        Ok(role.map(|role| Actor {
            person,
            name: code.made_by,
            grant: Grant {
                role,
                places: now.places,
            },
            origin: "web",
        }))
    }

    /// Converts files and keeps them as a draft, which is shown. A job, as it may take minutes.
    pub fn take(self: &Arc<Self>, files: Vec<Waiting>, by: &Actor, wait: Wait) -> Outcome {
        if by.grant.role < Role::Editor {
            let outcome = Outcome::NeedsRole(Role::Editor);
            self.note_refusal("upload", &outcome, by);
            return outcome;
        }
        // Telegram brings a file again that was not answered: twice would be once too often.
        let detail = match by.origin == BRINGS_AGAIN {
            true => Ok(String::new()),
            false => {
                let tickets: Vec<Ticket> = files.iter().map(Waiting::ticket).collect();
                serde_json::to_string(&tickets)
            }
        };
        match detail {
            Ok(detail) => self.work(UPLOAD, &detail, by, wait, self.to_take(files, by)),
            Err(error) => Outcome::Store(error.into()),
        }
    }

    fn to_take(self: &Arc<Self>, files: Vec<Waiting>, by: &Actor) -> ToDo {
        let (office, by) = (Arc::clone(self), by.clone());
        // Held to the end: what is interrupted begins again.
        Box::new(move |watch: &dyn Watch| office.converted(&files, &by, watch))
    }

    /// Takes the files up that a job was to convert when the program ended.
    pub(super) fn to_take_again(
        self: &Arc<Self>,
        detail: &str,
        by: &Actor,
    ) -> Result<ToDo, Outcome> {
        if detail.is_empty() {
            return Err(Outcome::BroughtAgain);
        }
        let Some(intake) = &self.settings.intake else {
            return Err(Outcome::Interrupted);
        };
        let tickets: Vec<Ticket> = serde_json::from_str(detail).unwrap_or_default();
        let files: Vec<Waiting> = tickets
            .iter()
            .filter_map(|ticket| intake.spool.reclaim(ticket, &by.person.short()))
            .collect();
        // Whoever has no role any more leaves nothing: the files are gone with `files`.
        match files.is_empty() || files.len() < tickets.len() || by.grant.role < Role::Editor {
            true => Err(Outcome::Interrupted),
            false => Ok(self.to_take(files, by)),
        }
    }

    fn converted(&self, files: &[Waiting], by: &Actor, watch: &dyn Watch) -> Outcome {
        let Some(intake) = &self.settings.intake else {
            return Outcome::NoStore;
        };
        let (mut good, mut refused) = (Vec::new(), Vec::new());
        let all = files.len();
        for (done, file) in files.iter().enumerate() {
            watch.told(Step::Converting, done, all);
            if watch.stop() {
                return crate::editions::Unpublished::Stopped.into();
            }
            let label = file.label().to_owned();
            match self.rules_of(file) {
                Some(Ok(TakenRules { file, path })) => {
                    good.push((file, Some(path)));
                    continue;
                }
                Some(Err(why)) => {
                    refused.push(Refused { label, why });
                    continue;
                }
                None => {}
            }
            match self
                .publisher
                .block_on_any(convert(&intake.converter, file))
            {
                Ok(converted) => good.push((converted, None)),
                Err(error) => refused.push(Refused {
                    label,
                    why: crate::upload::wording::not_converted(&error),
                }),
            }
        }
        if good.is_empty() {
            return Outcome::NotConverted(refused);
        }
        match self.drafted(good, by) {
            Ok((draft, previews)) => Outcome::Previewed {
                draft,
                by_another: self.needs_another(by),
                previews,
                refused,
            },
            Err(error) => error,
        }
    }

    /// Keeps converted files as a draft.
    fn drafted(
        &self,
        files: Vec<(Converted, Option<String>)>,
        by: &Actor,
    ) -> Result<(i64, Vec<Previewed>), Outcome> {
        let other = files.iter().find(|(file, _)| !by.grant.covers(&file.place));
        if let Some((other, _)) = other {
            return Err(Outcome::NotTheirs(other.place.clone()));
        }
        let (_, live) = self.publisher.live_edition();
        let titles: Vec<String> = files
            .iter()
            .map(|(file, _)| format!("《{}》", file.title))
            .collect();
        let mut changes = Vec::new();
        let mut previews = Vec::new();
        for (file, path) in files {
            let path = path.unwrap_or_else(|| self.place_for(&file));
            let replaces = live.files.contains_key(&path);
            changes.push(FileChange {
                path,
                bytes: Some(file.text.clone().into_bytes()),
            });
            previews.push(Previewed {
                questions: questions(&file),
                replaces,
                file,
            });
        }
        let note = titles.join("、");
        let proposal = self.publisher.changed(changes, "upload", note);
        let state = match self.needs_another(by) {
            true => "proposed",
            false => "open",
        };
        let draft = self.publisher.keep_draft(&proposal, state, by)?;
        Ok((draft, previews))
    }

    /// True when somebody else has to confirm what they propose.
    fn needs_another(&self, by: &Actor) -> bool {
        self.settings.second_person && by.grant.role == Role::Editor
    }

    /// Where a file belongs: beside the other documents of its place.
    fn place_for(&self, file: &Converted) -> String {
        let snapshot = self.publisher.assistant().snapshot();
        let (_, live) = self.publisher.live_edition();
        let mut documents = snapshot.library().documents().iter();
        let beside = documents.find(|document| document.meta.place == file.place);
        let path = beside.and_then(|other| {
            let mut paths = live.files.keys();
            paths.find(|path| is_of(path, &other.id.0))
        });
        let folder = path
            .and_then(|path| path.rsplit_once('/'))
            .map(|(folder, _)| folder);
        match folder {
            Some(folder) => format!("{folder}/{}", file.name),
            None => {
                let below: PathBuf = file.path();
                format!("corpus/{}", below.display())
            }
        }
    }
}

async fn convert(converter: &Converter, file: &Waiting) -> Result<Converted, ConvertError> {
    let open = file.open().map_err(ConvertError::NotStarted)?;
    let hints = Hints {
        label: file.label().to_owned(),
        ..Hints::default()
    };
    converter.convert(Upload { file: open, hints }).await
}

/// Questions that a file would answer, taken alone.
fn questions(file: &Converted) -> Vec<String> {
    let Ok(loaded) = load_texts(&[("upload.md", &file.text)]) else {
        return Vec::new();
    };
    let Ok(snapshot) = Snapshot::build(Edition::of(Library::new(loaded.corpus))) else {
        return Vec::new();
    };
    let Some(id) = snapshot
        .library()
        .documents()
        .first()
        .map(|document| document.id.clone())
    else {
        return Vec::new();
    };
    let offers = snapshot.offers_of(&id).unwrap_or_default();
    let step = (offers.len() / QUESTIONS).max(1);
    let spread = offers.iter().step_by(step).take(QUESTIONS);
    spread.map(|offer| offer.question.clone()).collect()
}
