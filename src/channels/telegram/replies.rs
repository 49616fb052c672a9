//! Which message replies to which question, so that an edited question gets an edited reply.

use std::{
    hash::{BuildHasher, RandomState},
    num::NonZeroUsize,
    sync::Mutex,
};

use lru::LruCache;
use teloxide::types::{ChatId, MessageId, UpdateId};

use super::memory::lock;

/// Number of questions whose reply is remembered; the least recently used one is evicted.
const QUESTIONS: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");

/// A message id, unique within its chat.
pub(super) type MessageKey = (ChatId, MessageId);

/// Which message replies to which question, so that an edited question gets an edited reply.
///
/// The text of a question is kept only as a hash, to detect changes.
#[derive(Debug)]
pub(super) struct Replies {
    questions: Mutex<LruCache<MessageKey, Asked>>,
    hasher: RandomState,
}

#[derive(Debug)]
struct Asked {
    /// The latest update of the question; update ids increase.
    newest: UpdateId,
    words: u64,
    reply: Option<MessageId>,
}

/// How an update changes a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// A question not seen before.
    New,
    /// The text has changed.
    Changed,
    /// The text is the same (Telegram reports other changes as edits too), or the update is older
    /// than the latest one.
    Nothing,
}

/// Where the reply to a question goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// A new message.
    Send,
    /// Replaces the existing reply.
    Edit(MessageId),
    /// Nowhere: the question has been edited since, and the edit will be answered.
    Outdated,
}

impl Default for Replies {
    fn default() -> Self {
        Self {
            questions: Mutex::new(LruCache::new(QUESTIONS)),
            hasher: RandomState::new(),
        }
    }
}

impl Replies {
    /// Records the text of a message as of `update` and reports what has changed.
    pub(super) fn note_question(&self, message: MessageKey, words: &str, update: UpdateId) -> Edit {
        let words = self.hasher.hash_one(words);
        let mut questions = lock(&self.questions);
        let Some(known) = questions.get_mut(&message) else {
            let asked = Asked {
                newest: update,
                words,
                reply: None,
            };
            questions.put(message, asked);
            return Edit::New;
        };
        if known.words == words || update.0 < known.newest.0 {
            return Edit::Nothing;
        }
        known.words = words;
        known.newest = update;
        Edit::Changed
    }

    /// True if the question has been recorded.
    pub(super) fn knows(&self, message: MessageKey) -> bool {
        lock(&self.questions).contains(&message)
    }

    /// Where to deliver the reply to the question as of `update`. Call it right before sending,
    /// while no other message of the chat is in flight.
    pub(super) fn delivery(&self, message: MessageKey, update: UpdateId) -> Delivery {
        match lock(&self.questions).get(&message) {
            Some(known) if update.0 < known.newest.0 => Delivery::Outdated,
            Some(Asked {
                reply: Some(reply), ..
            }) => Delivery::Edit(*reply),
            _ => Delivery::Send,
        }
    }

    /// Records the reply to the question.
    pub(super) fn note_reply(&self, message: MessageKey, reply: MessageId) {
        if let Some(known) = lock(&self.questions).get_mut(&message) {
            known.reply = Some(reply);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: MessageKey = (ChatId(7), MessageId(5));

    #[test]
    fn an_edited_question_gets_an_edited_reply() {
        let replies = Replies::default();
        assert_eq!(
            replies.note_question(QUESTION, "修路", UpdateId(1)),
            Edit::New
        );
        assert_eq!(replies.delivery(QUESTION, UpdateId(1)), Delivery::Send);
        replies.note_reply(QUESTION, MessageId(6));
        assert_eq!(
            replies.note_question(QUESTION, "修桥", UpdateId(2)),
            Edit::Changed
        );
        let reply = replies.delivery(QUESTION, UpdateId(2));
        assert_eq!(reply, Delivery::Edit(MessageId(6)));
    }

    #[test]
    fn an_edit_that_changes_no_words_is_nothing() {
        let replies = Replies::default();
        let _ = replies.note_question(QUESTION, "修路", UpdateId(1));
        assert_eq!(
            replies.note_question(QUESTION, "修路", UpdateId(2)),
            Edit::Nothing
        );
    }

    #[test]
    fn the_newest_words_win_however_slow_the_answer_to_the_older_ones_is() {
        let replies = Replies::default();
        let _ = replies.note_question(QUESTION, "修路", UpdateId(1));
        let _ = replies.note_question(QUESTION, "修桥", UpdateId(2));
        assert_eq!(replies.delivery(QUESTION, UpdateId(1)), Delivery::Outdated);
        assert_eq!(replies.delivery(QUESTION, UpdateId(2)), Delivery::Send);
        assert_eq!(
            replies.note_question(QUESTION, "修路", UpdateId(1)),
            Edit::Nothing
        );
    }
}
