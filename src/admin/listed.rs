//! What is listed and shown of pinned questions, texts, topics and tickets.

use wenzheng_store::{Logged, OfficeText, Pin, Ticket, TicketReply, Topic};

use crate::{replay::Fared, staff::TextName};

/// A pinned question as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedPin {
    /// The question.
    pub pin: Pin,
    /// How it fared when a candidate was judged last; `None` when none was since it was pinned.
    pub fared: Option<Fared>,
}

/// A text as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedText {
    /// Which one.
    pub name: TextName,
    /// What it says now; empty where nobody gave one.
    pub value: String,
    /// True when the settings give it, so that it cannot be changed here.
    pub is_fixed: bool,
    /// Who changed it last, and when.
    pub changed: Option<OfficeText>,
}

/// A topic as it is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedTopic {
    /// The topic; for a viewer without any single question.
    pub topic: Topic,
    /// How often it was asked in each of the last months, oldest first: `2026-11`.
    pub months: Vec<(String, i64)>,
}

/// A page of topics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicPage {
    /// The topics, those asked most often first.
    pub topics: Vec<ListedTopic>,
    /// How many topics there are in each state.
    pub states: Vec<(String, i64)>,
}

/// A topic with its questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicDetail {
    /// The topic.
    pub topic: Topic,
    /// How often it was asked in each month, and how that ended: `not_found`, `partial`, `useless`.
    pub months: Vec<(String, String, i64)>,
    /// Its newest questions; none for a viewer.
    pub questions: Vec<Logged>,
}

/// A ticket with its replies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketDetail {
    /// The ticket.
    pub ticket: Ticket,
    /// The replies, oldest first.
    pub replies: Vec<TicketReply>,
}
