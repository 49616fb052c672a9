//! A question that was asked, a vote that was cast.

use crate::Person;

/// A question that was asked, and how that ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Milliseconds since 1970.
    pub at: i64,
    /// By which channel.
    pub channel: String,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// The id by which people vote on the answer.
    pub answer: String,
    /// Which kind of request.
    pub kind: String,
    /// How it ended.
    pub status: String,
    /// The question, masked; empty where it is not kept.
    pub question: String,
    /// The document that was cited first.
    pub document: Option<String>,
    /// The passage that was cited first.
    pub passage: Option<String>,
    /// The place that it was about, as far as the documents tell.
    pub place: String,
    /// The heading of the passage that was cited first; empty without one.
    pub section: String,
    /// What the documents do not have, in the words of the question; empty when nothing is missing.
    pub missing: String,
    /// The edition that answered.
    pub edition: i64,
    /// Its version.
    pub version: String,
    /// Microseconds.
    pub took_us: i64,
}

/// A vote on an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voted {
    /// The same for every vote of one person on one answer: the last one counts.
    pub ballot: Option<String>,
    /// Milliseconds since 1970.
    pub at: i64,
    /// By which channel.
    pub channel: String,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// The answer.
    pub answer: Option<String>,
    /// The passage that was cited first.
    pub passage: Option<String>,
    /// `useful` or `useless`.
    pub vote: String,
    /// Why.
    pub reason: Option<String>,
}
