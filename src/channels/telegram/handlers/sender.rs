//! Who asks, in which conversation, and where the reply goes.

use teloxide::types::{Message, ThreadId, UpdateId, UserId};

use crate::{
    channels::telegram::{delivery::Target, replies::MessageKey},
    service::{Act, Caller, Channel, Conversation, Request},
};

/// Who sent a message, and where the reply goes.
pub(super) struct Sender {
    caller: Caller,
    conversation: String,
    /// Where the reply goes.
    pub(super) target: Target,
    /// The question, when its reply can be edited.
    pub(super) question: Option<(MessageKey, UpdateId)>,
}

impl Sender {
    /// Who sent `message`.
    pub(super) fn of(message: &Message) -> Self {
        let chat = message.chat.id;
        // Anonymous administrators and channels share one account each: count them by chat.
        let user = message
            .from
            .as_ref()
            .filter(|user| !user.is_anonymous() && !user.is_channel());
        let account = user.map_or_else(|| format!("chat:{chat}"), |user| user.id.to_string());
        let topic = topic(message);
        let conversation = format!("{account}:{chat}:{}", topic.map_or(0, |topic| topic.0.0));
        Self {
            caller: Caller::new(Channel::TELEGRAM, account),
            conversation,
            target: Target {
                chat,
                reply_to: (!message.chat.is_private()).then_some(message.id),
                topic,
            },
            question: None,
        }
    }

    /// What this person wants, in this conversation.
    pub(super) fn request(&self, act: Act) -> Request {
        let conversation = Conversation::Remembered(self.conversation.clone());
        Request::new(self.caller.clone(), act).within(conversation)
    }
}

/// What somebody wants who presses a button or types behind the bot's name.
pub(super) fn request_of(user: UserId, act: Act) -> Request {
    Request::new(Caller::new(Channel::TELEGRAM, user.to_string()), act)
}

/// The topic of a forum. In other groups a thread cannot be written to.
pub(super) fn topic(message: &Message) -> Option<ThreadId> {
    message.thread_id.filter(|_| message.is_topic_message)
}
