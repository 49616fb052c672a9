//! Performs the commands of administrators.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use arc_swap::ArcSwap;
use wenzheng_store::{Draft, Hash, Notice, Person, Store, StoreError};

use super::{
    alerts::{AlertKind, Alerts},
    command::Command,
    desk::TicketDesk,
    intake::Intake,
    learning::Learning,
    outcome::{Outcome, State},
    people::{Member, People},
    queue::{Jobs, Wait},
    sign_in::Delays,
    tries::Tries,
    words::{Relation, WordLine},
};
use crate::{
    assistant::Snapshot,
    corpus::{Degraded, DocumentInfo},
    editions::{Proposal, Publisher, Unpublished, Watch},
    staff::{Actor, Grant, OfficeTexts, Role},
};

/// What of an office is set.
#[derive(Debug, Clone, Default)]
pub struct OfficeSettings {
    /// Members by the settings.
    pub members: Vec<Member>,
    /// What an editor proposes goes live when somebody else confirms it.
    pub second_person: bool,
    /// Where files wait that are put in, and what converts them; `None` takes none.
    pub intake: Option<Intake>,
    /// How an outcome is told; kept with the job that it is of.
    pub told: Option<fn(&Outcome) -> String>,
    /// The public address of the pages; without one there is no page to upload to.
    pub public_url: Option<String>,
    /// The address before `/admin`; `None` where there is no console.
    pub console_url: Option<String>,
    /// Texts that the office may change.
    pub texts: OfficeTexts,
    /// People may leave questions for a person: somebody looks at them.
    pub takes_tickets: bool,
}

/// Wrong passwords of the console: of accounts, and from addresses.
#[derive(Debug, Default)]
pub(super) struct Signing {
    pub(super) accounts: Delays<String>,
    pub(super) addresses: Delays<String>,
}

/// Performs commands. Its methods block: call them off the async threads.
#[derive(Debug)]
pub struct Office {
    pub(super) publisher: Arc<Publisher>,
    pub(super) people: People,
    pub(super) settings: OfficeSettings,
    pub(super) jobs: Jobs,
    pub(super) tries: Tries,
    pub(super) signing: Signing,
    pub(super) alerts: Alerts,
    pub(super) learning: Learning,
    pub(super) desk: TicketDesk,
    /// The draft that was tried out last, by its manifest.
    pub(super) tried: Mutex<Option<(Hash, Arc<Snapshot>)>>,
    pub(super) notices: ArcSwap<Vec<Notice>>,
}

impl Office {
    /// What it publishes with.
    #[must_use]
    pub const fn publisher(&self) -> &Arc<Publisher> {
        &self.publisher
    }

    pub(super) fn store(&self) -> &Store {
        self.publisher.store()
    }

    /// The role of somebody; a resident's for everybody else.
    #[must_use]
    pub fn grant_of(&self, person: Person) -> Grant {
        let member = self.people.find(person);
        member.map(|member| member.grant).unwrap_or_default()
    }

    /// Whoever acts, as the office knows them.
    #[must_use]
    pub fn actor(&self, person: Person, origin: &'static str) -> Actor {
        match self.people.find(person) {
            Some(member) => Actor {
                person,
                name: member.name,
                grant: member.grant,
                origin,
            },
            None => Actor {
                person,
                name: "未授权的人".to_owned(),
                grant: Grant::default(),
                origin,
            },
        }
    }

    /// Performs a command. Long ones are jobs: unless it ends within `wait`, the outcome is that it has
    /// begun.
    pub fn perform(self: &Arc<Self>, command: &Command, by: &Actor, wait: Wait) -> Outcome {
        let needed = command.least();
        let outcome = if by.grant.role < needed {
            Outcome::NeedsRole(needed)
        } else if command.is_long() {
            self.as_job(command.clone(), by, wait)
        } else {
            self.at_once(command, by)
        };
        tracing::info!(
            channel = by.origin,
            command = command.name(),
            outcome = outcome.name(),
            "administration"
        );
        if outcome.is_refusal() {
            self.note_refusal(command.name(), &outcome, by);
        }
        outcome
    }

    pub(super) fn note_refusal(&self, act: &str, outcome: &Outcome, by: &Actor) {
        let entry = by.entry(act, outcome.name(), String::new(), String::new());
        if let Err(error) = self.publisher.block_on(self.store().record(&entry)) {
            tracing::error!(%error, "a refusal is not in the audit");
        }
    }

    /// Performs a command that builds no candidate.
    fn at_once(self: &Arc<Self>, command: &Command, by: &Actor) -> Outcome {
        let done = match command {
            Command::Corpus => self.state(),
            Command::Stats(days) => self.stats(*days, by),
            Command::Editions => self.editions(),
            Command::Diff(old, new) => self.diff(*old, *new),
            Command::Drafts => self.drafts(),
            Command::Jobs => self.list_jobs(),
            Command::Draft(number) => self.show_draft(*number, by),
            Command::Schedule(number, at) => self.schedule(*number, *at, by),
            Command::Pins => self.pins(),
            Command::Notices => self.notices(),
            Command::Pin(question) => self.pin(question, by),
            Command::Unpin(number) => self.unpin(*number, by),
            Command::Unanswered => self.unanswered(by),
            Command::Topic(number) => self.show_topic(*number, by),
            Command::SetTopics {
                topics,
                state,
                note,
            } => self.set_topics(topics, state, note, by),
            Command::MergeTopics(number, other) => self.merge_topics(*number, *other, by),
            Command::SplitTopic(number, question) => self.split_topic(*number, *question, by),
            Command::Tickets => self.tickets(by),
            Command::Ticket(number) => self.show_ticket(*number, by),
            Command::Reply { ticket, text } => self.reply_to_ticket(*ticket, text, by),
            Command::Close(number) => self.close_ticket(*number, by),
            Command::Texts => self.texts(),
            Command::Text(name, value) => self.set_text(*name, value.as_deref(), by),
            Command::Notice { text, from, until } => self.notice(text, *from, *until, by),
            Command::NoNotice(number) => self.end_notice(*number, by),
            Command::Cancel(number) => self.cancel(*number, by),
            Command::Invite { role, name, places } => self.invite(*role, name, places, by),
            Command::Join(code) => self.join(code, by),
            Command::Void(code) => self.void(code, by),
            Command::MyData => self.mine(by),
            Command::ForgetMe => self.forget(by),
            Command::Revoke(number) => self.revoke(*number, by),
            Command::People => Ok(Outcome::People(self.people.all())),
            Command::Audit(filter) => self.audit(filter),
            Command::VerifyAudit => self.verify_audit(),
            Command::Token {
                name,
                role,
                places,
                days,
            } => self.add_token(name, *role, places, *days, by),
            Command::NoToken(id) => self.revoke_token(id, by),
            Command::Tokens => self.tokens(),
            Command::Upload => self.upload(by),
            Command::Console => self.console_link(by),
            Command::Password { who, hash } => match self.member_called(who) {
                Ok(member) => self.set_password(member.person, hash, by),
                Err(outcome) => Ok(outcome),
            },
            Command::Export(to) => self.export(to, by),
            Command::Unclear(problem) => Ok(Outcome::Unclear(*problem)),
            Command::Reload(_)
            | Command::Rollback(_)
            | Command::Undo(_)
            | Command::Remove(_)
            | Command::Synonym { .. }
            | Command::Words(_)
            | Command::NoSynonym(_)
            | Command::UserWord(_)
            | Command::NoUserWord(_)
            | Command::Faq { .. }
            | Command::NoFaq(_)
            | Command::Refer { .. }
            | Command::KeepReply(_)
            | Command::Confirm { .. } => Ok(Outcome::Nothing),
        };
        done.unwrap_or_else(Outcome::Store)
    }

    /// Performs a command that builds a candidate, on the thread of the jobs.
    pub(super) fn at_length(&self, command: &Command, by: &Actor, watch: &dyn Watch) -> Outcome {
        if let Err(error) = self.publisher.follow() {
            return error.into();
        }
        let proposal = match command {
            Command::Reload(take) => {
                if *take == crate::editions::Take::Edition {
                    let kept = self.publisher.keep_edition(by);
                    return kept.map_or_else(Outcome::from, |()| Outcome::Kept);
                }
                let published = self.publisher.reload(*take, by, watch);
                if let Err(error) = &published
                    && is_failure(error)
                {
                    self.alert_others(
                        AlertKind::Reload,
                        "重新加载没有成功，仍在使用原来的内容。原因请看后台或发送 /jobs。",
                        Some(by.person),
                    );
                }
                return published.map_or_else(Outcome::from, |it| Outcome::Published(Box::new(it)));
            }
            Command::Rollback(number) => self.publisher.rolled_back(*number),
            Command::Undo(number) => self.publisher.undone(*number),
            Command::Remove(named) => match self.removed(named, by) {
                Ok(proposal) => Ok(proposal),
                Err(outcome) => return *outcome,
            },
            Command::Synonym { everyday, official } => self.word_lines(&[WordLine {
                everyday: everyday.clone(),
                official: official.clone(),
                relation: Relation::Everyday,
            }]),
            Command::Words(lines) => self.word_lines(lines),
            Command::UserWord(word) | Command::NoUserWord(word) => {
                let put = matches!(command, Command::UserWord(_));
                match self.user_word(word, put) {
                    Ok(Some(proposal)) => Ok(proposal),
                    Ok(None) => return Outcome::Nothing,
                    Err(error) => Err(error),
                }
            }
            Command::NoSynonym(everyday) => match self.no_synonym(everyday) {
                Ok(Some(proposal)) => Ok(proposal),
                Ok(None) => return Outcome::Nothing,
                Err(error) => Err(error),
            },
            Command::Faq {
                question,
                answer,
                place,
            } => match self.faq(question, answer, place.as_deref()) {
                Ok(proposal) => Ok(proposal),
                Err(outcome) => return *outcome,
            },
            Command::NoFaq(question) => match self.no_faq(question) {
                Ok(Some(proposal)) => Ok(proposal),
                Ok(None) => return Outcome::Nothing,
                Err(error) => Err(error),
            },
            Command::Refer { topic, answer } => return self.refer(*topic, answer, by, watch),
            Command::KeepReply(ticket) => return self.keep_reply(*ticket, by, watch),
            Command::Confirm { draft, reason } => {
                return self.confirm(*draft, reason.clone(), by, watch);
            }
            _ => return Outcome::Nothing,
        };
        match proposal {
            Ok(proposal) => self.propose(&proposal, by, watch),
            Err(error) => error.into(),
        }
    }

    /// Publishes what somebody proposes, or keeps it until somebody else confirms it.
    pub(super) fn propose(&self, proposal: &Proposal, by: &Actor, watch: &dyn Watch) -> Outcome {
        if self.settings.second_person && by.grant.role == Role::Editor {
            return match self.publisher.keep_draft(proposal, "proposed", by) {
                Ok(draft) => Outcome::Proposed(draft),
                Err(error) => Outcome::Store(error),
            };
        }
        self.publish(proposal, by, watch)
    }

    pub(super) fn publish(&self, proposal: &Proposal, by: &Actor, watch: &dyn Watch) -> Outcome {
        let published = self.publisher.publish(proposal, by, watch);
        published.map_or_else(Outcome::from, |it| Outcome::Published(Box::new(it)))
    }

    /// Makes a draft live, unless it is one's own that needs a second person.
    fn confirm(
        &self,
        number: i64,
        reason: Option<String>,
        by: &Actor,
        watch: &dyn Watch,
    ) -> Outcome {
        let (draft, proposal) = match self.publisher.proposed(number) {
            Ok(Some(found)) => found,
            Ok(None) => return Outcome::Nothing,
            Err(error) => return Outcome::Store(error),
        };
        if self.is_own_proposal(&draft, by) {
            return Outcome::OwnProposal;
        }
        if reason.is_some() && by.grant.role < Role::Owner {
            return Outcome::NeedsRole(Role::Owner);
        }
        let mut proposal = proposal;
        proposal.insists = reason;
        self.publish(&proposal, by, watch)
    }

    /// True for what somebody else has to confirm: whatever an editor has made, also once it was put aside
    /// and taken up again.
    pub(super) fn is_own_proposal(&self, draft: &Draft, by: &Actor) -> bool {
        let needs_another = draft.state == "proposed" || by.grant.role == Role::Editor;
        self.settings.second_person && needs_another && draft.author == by.person
    }

    fn state(&self) -> Result<Outcome, StoreError> {
        let edition = self.publisher.block_on(self.store().live_edition())?;
        let drafts = self.publisher.block_on(self.store().open_drafts())?;
        let snapshot = self.publisher.assistant().snapshot();
        let degraded = self.publisher.assistant().degraded();
        let errors = degraded.as_deref().map(error_files).unwrap_or_default();
        Ok(Outcome::State(Box::new(State {
            edition,
            version: snapshot.library().version().to_owned(),
            documents: snapshot.library().documents().len(),
            passages: snapshot.library().id_count(),
            titles: snapshot.library().documents().iter().map(titled).collect(),
            errors,
            drafts: drafts.len(),
        })))
    }

    fn editions(&self) -> Result<Outcome, StoreError> {
        const SHOWN: usize = 20;
        let editions = self.publisher.block_on(self.store().editions(SHOWN))?;
        Ok(Outcome::Editions(editions))
    }

    fn diff(&self, old: i64, new: i64) -> Result<Outcome, StoreError> {
        match self.publisher.diff(old, new) {
            Ok(diff) => Ok(Outcome::Differs(old, new, Box::new(diff))),
            Err(Unpublished::Store(error)) => Err(error),
            Err(other) => Ok(other.into()),
        }
    }

    fn drafts(&self) -> Result<Outcome, StoreError> {
        let drafts = self.publisher.block_on(self.store().open_drafts())?;
        Ok(Outcome::Drafts(drafts))
    }

    fn mine(&self, by: &Actor) -> Result<Outcome, StoreError> {
        const SHOWN: usize = 10;
        let mine = self
            .publisher
            .block_on(self.store().mine(by.person, SHOWN))?;
        Ok(Outcome::Mine(mine))
    }

    fn forget(&self, by: &Actor) -> Result<Outcome, StoreError> {
        let erased = self.store().forget(by.person);
        let (questions, votes) = self.publisher.block_on(erased)?;
        Ok(Outcome::Forgotten(questions, votes))
    }

    fn export(&self, to: &Path, by: &Actor) -> Result<Outcome, StoreError> {
        let (number, _) = self.publisher.live_edition();
        let files = self.publisher.export(to)?;
        let entry = by.entry("export", "done", String::new(), format!("第 {number} 版"));
        self.publisher.block_on(self.store().record(&entry))?;
        Ok(Outcome::Exported(number, files))
    }
}

/// True when owners should hear of it: not when somebody has to choose, or nothing has changed.
const fn is_failure(error: &Unpublished) -> bool {
    !matches!(
        error,
        Unpublished::Same | Unpublished::Both { .. } | Unpublished::Stopped
    )
}

/// `《2024年通渭县政府工作报告》（通渭县，2024年）`
fn titled(document: &DocumentInfo) -> String {
    let meta = &document.meta;
    let year = meta.year.map(|year| format!("{year}年"));
    let place = Some(meta.place.clone()).filter(|place| !place.is_empty());
    let known: Vec<String> = place.into_iter().chain(year).collect();
    format!("《{}》（{}）", meta.title, known.join("，"))
}

fn error_files(degraded: &Degraded) -> Vec<String> {
    let files = degraded.files.iter();
    files.map(|file| file.display().to_string()).collect()
}
