//! What is to go live, and why it does not.

use wenzheng_store::{Manifest, StoreError};

use super::{contents::Fresh, diff::Diff};
use crate::{
    assistant::OpenError,
    corpus::Problem,
    replay::{ReplayError, Verdict},
};

/// What is to go live.
#[derive(Debug, Clone, Default)]
pub struct Proposal {
    /// Its files.
    pub manifest: Manifest,
    /// Contents among them that are nowhere else.
    pub(super) fresh: Fresh,
    /// The act: `upload`.
    pub cause: &'static str,
    /// What it is, in words.
    pub note: String,
    /// The edition that it was made from and shown against.
    pub base: i64,
    /// What the input gave, when that is what is proposed.
    pub(super) input: Option<Manifest>,
    /// Why it is to go live although answers are worse; of an owner.
    pub insists: Option<String>,
    /// The draft it was.
    pub draft: Option<i64>,
}

/// What went live.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The edition.
    pub number: i64,
    /// The edition before.
    pub before: i64,
    /// Its version.
    pub version: String,
    /// Documents in it.
    pub documents: usize,
    /// Passages in it.
    pub passages: usize,
    /// What differs from the one before.
    pub diff: Diff,
    /// How answers have changed.
    pub verdict: Verdict,
    /// What should still be mended in its files.
    pub warnings: Vec<Problem>,
}

/// Why a proposal did not go live; what was live stays.
#[derive(Debug, thiserror::Error)]
pub enum Unpublished {
    /// It is what is live.
    #[error("内容没有变化")]
    Same,
    /// Its files have errors.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Answers are worse; it waits as a draft.
    #[error("回答变差了")]
    Worse {
        /// Which.
        verdict: Box<Verdict>,
        /// The draft, for an owner who insists.
        draft: i64,
    },
    /// The input and the edition have both changed since the input was last taken.
    #[error("两边都改过")]
    Both {
        /// What the input has changed, a line a file.
        input: Vec<String>,
        /// What has been changed here, a line a file.
        edition: Vec<String>,
        /// The files that both have changed.
        conflicts: Vec<String>,
    },
    /// Files that a change was made in have been changed since.
    #[error("后来又改过")]
    Conflicts(Vec<String>),
    /// No such edition is kept.
    #[error("没有这一版")]
    NoSuchEdition(i64),
    /// A word list cannot take it: what is wrong.
    #[error("{0}")]
    Word(String),
    /// It touches a place that is not theirs; empty for a document without a place.
    #[error("不是您的地方")]
    NotTheirs(String),
    /// The store refuses, or somebody was faster.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was called off.
    #[error("已取消")]
    Stopped,
    /// The candidate cannot be searched or read.
    #[error("新的一版不能检索")]
    Fails(String),
}

impl From<ReplayError> for Unpublished {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Stopped => Self::Stopped,
            ReplayError::Answer(error) => Self::Fails(error.to_string()),
        }
    }
}

/// What is done at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Files that were put in are converted.
    Converting,
    /// Files are read.
    Reading,
    /// They are indexed.
    Indexing,
    /// Vectors are made.
    Embedding,
    /// Questions are replayed.
    Judging,
}

/// Hears how far the work is, and may call it off.
pub trait Watch: Sync {
    /// Asked between steps; true ends the work.
    fn stop(&self) -> bool {
        false
    }
    /// `done` of `all`; `all` is 0 while that is not known.
    fn told(&self, _step: Step, _done: usize, _all: usize) {}
}

/// Nobody listens.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {}
