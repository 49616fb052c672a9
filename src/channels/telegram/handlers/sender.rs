//! Who asks, and where the reply goes.

use teloxide::types::{Message, ThreadId, UpdateId};

use super::state::Handlers;
use crate::channels::telegram::{delivery::Target, replies::MessageKey};

/// Who asks, and where the reply goes.
pub(super) struct Sender {
    /// `telegram:` and the user's id; for limits and conversations, never for the log.
    pub(super) person: String,
    /// May use the commands of administrators.
    pub(super) admin: bool,
    /// Where the reply goes.
    pub(super) target: Target,
    /// The question, when its reply can be edited.
    pub(super) question: Option<(MessageKey, UpdateId)>,
}

impl Handlers {
    /// Who sent `message`.
    pub(super) fn sender(&self, message: &Message) -> Sender {
        let chat = message.chat.id;
        // Anonymous administrators and channels share one account each: count them by chat.
        let user = message
            .from
            .as_ref()
            .filter(|user| !user.is_anonymous() && !user.is_channel());
        Sender {
            person: user.map_or_else(
                || format!("telegram:{chat}"),
                |user| format!("telegram:{}", user.id),
            ),
            admin: user.is_some_and(|user| self.admins.contains(&user.id.0)),
            target: Target {
                chat,
                reply_to: (!message.chat.is_private()).then_some(message.id),
                topic: topic(message),
            },
            question: None,
        }
    }
}

/// The topic of a forum. In other groups a thread is no place that can be written to.
pub(super) fn topic(message: &Message) -> Option<ThreadId> {
    message.thread_id.filter(|_| message.is_topic_message)
}
