//! Editions: what answers, numbered, with author, cause and difference; each made beside the one that is
//! live, judged, written down and only then served.
//!
//! ```text
//! Input (folders, program) ─ scan ─┐
//! upload, synonym, rollback, undo ─┴→ Proposal ─→ candidate ─→ replay ─→ store ─→ served
//! ```
//!
//! An edition is a [`Manifest`](wenzheng_store::Manifest): paths and hashes of corpus files, word lists and
//! weights, whose contents the store keeps once each. What it does not list (most word lists, usually)
//! comes from the program. A crash at any step leaves the edition that was live: what is served follows on
//! what was written.

mod acts;
mod contents;
mod diff;
mod export;
mod follow;
mod input;
mod paths;
mod pinned;
mod proposal;
mod publisher;
mod rewritten;
mod start;
mod verdict;

pub use self::{
    acts::{FileChange, Take},
    diff::Diff,
    input::Input,
    proposal::{Proposal, Published, Step, Unpublished, Unwatched, Watch},
    publisher::Publisher,
    rewritten::Rewritten,
    start::StartError,
};
