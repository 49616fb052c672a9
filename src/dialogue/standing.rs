//! Whether a question stands on its own.

use crate::retrieval::{IntentList, Retriever, Understanding};

/// Longer content, in characters, names all that it asks about.
const SHORT: usize = 8;
/// A longer message that opens with 再 is an order, not a further question.
const SHORT_AGAIN: usize = 8;

/// How far a question is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It says all that it asks: no question before changes it.
    Alone,
    /// It names something, and the question before what is asked of it: 那水渠呢.
    NewSubject,
    /// It names nothing that it could be about: 那去年呢, 补贴多少.
    NoSubject,
}

impl Standing {
    /// How far `query` is complete.
    #[must_use]
    pub fn of(query: &Understanding, retriever: &Retriever) -> Self {
        // 六比访 after another question asks for the slogan.
        if !query.terms().is_empty() || asks_for_the_whole(query, retriever) {
            return Self::Alone;
        }
        if retriever.subjects(query).is_empty() {
            return Self::NoSubject;
        }
        if carries_on(query, retriever) {
            Self::NewSubject
        } else {
            Self::Alone
        }
    }
}

/// True for a question about the report as a whole (今年的重点工作).
fn asks_for_the_whole(query: &Understanding, retriever: &Retriever) -> bool {
    let mut lists = [IntentList::Priorities, IntentList::Problems].into_iter();
    lists.any(|list| retriever.intents().matches(list, query.folded()))
}

/// True for a short question that opens or ends as one that carries on does.
fn carries_on(query: &Understanding, retriever: &Retriever) -> bool {
    let folded = query.folded();
    let text = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let length = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let opens = ["那", "还有", "另外"]
        .iter()
        .any(|word| text.starts_with(word))
        || (text.starts_with('再') && length(text) <= SHORT_AGAIN);
    let same = ["也一样", "也是", "也有", "也能", "一样吗", "也算"]
        .iter()
        .any(|word| text.contains(word));
    // 修啥呢 asks by itself.
    let ends = text
        .strip_suffix('呢')
        .is_some_and(|rest| !retriever.intents().matches(IntentList::Asking, rest));
    (opens || ends || same) && length(query.content()) <= SHORT
}
