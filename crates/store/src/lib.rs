//! What wenzheng keeps, in SQLite or PostgreSQL: editions with their files, people and roles, the audit,
//! jobs, pinned questions, notices, sessions of the console, what was asked and voted, and what became of
//! questions that were not answered.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use wenzheng_store::{Entry, Manifest, NewEdition, SecretKey, Store};
//! # let folder = tempfile::tempdir().unwrap();
//! let store = Store::open_file(&folder.path().join("store.db"), SecretKey::passing()).await?;
//! let mut act = store.act().await?;
//! let mut manifest = Manifest::default();
//! let report = act.put("## 2024年重点工作\n".as_bytes()).await?;
//! manifest.files.insert("corpus/a.md".into(), report);
//! let edition = NewEdition {
//!     author: "王科长", cause: "upload", note: "", manifest: &manifest, version: "5b2c",
//!     base: None,
//! };
//! assert_eq!(act.go_live(&edition).await?, 1);
//! act.commit(&Entry { act: "upload".into(), ..Entry::default() }).await?;
//! # Ok::<(), wenzheng_store::StoreError>(()) }).unwrap();
//! ```
//!
//! | part | what it owns |
//! |---|---|
//! | `database` | a transaction over static statements, the same for both databases |
//! | `sqlite`, `postgres` | opening, migrating, locking; what differs between the two |
//! | `read_only` | a file on a disk that cannot be written |
//! | [`Store`], [`Act`] | reading and batched writing; acts that end with a row of the audit |
//! | the others | the statements of their tables |
//!
//! Editions, roles and audit are on disk when an [`Act`] was committed; questions and votes come in
//! batches. Texts are never logged, nor are statements.

mod alerts;
mod asked;
mod audit;
mod conversations;
mod copy;
mod counts;
mod database;
mod drafts;
mod editions;
mod entry;
mod error;
mod facts;
mod figures;
mod jobs;
mod key;
mod manifest;
mod migrations;
mod office;
mod people;
mod postgres;
mod preferences;
mod questions;
mod read_only;
mod seal;
mod sessions;
mod sqlite;
mod store;
mod texts;
mod tickets;
mod time;
mod topic_acts;
mod topics;
mod transaction;

pub use self::{
    alerts::Alert,
    asked::{Asked, Voted},
    audit::{AUDIT_DAYS, AuditFilter, Recorded, Verified},
    conversations::Turn,
    drafts::Draft,
    editions::{EditionRecord, KEPT_EDITIONS, NewEdition},
    entry::Entry,
    error::StoreError,
    figures::{DayCount, Span},
    jobs::Job,
    key::{Person, SecretKey},
    manifest::{Change, Content, Hash, Manifest},
    office::{Notice, Pin},
    people::{Code, Granted, Token},
    preferences::Preference,
    questions::Mine,
    sessions::{Login, Session},
    store::{Act, Store},
    texts::OfficeText,
    tickets::{NewTicket, Ticket, TicketReply},
    time::{day_of, now},
    topic_acts::{NewTopic, Placed, Sorted},
    topics::{Logged, Topic, TopicFilter, is_topic_state},
};
