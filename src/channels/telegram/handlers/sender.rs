//! The sender of a message, its conversation, and the destination of the reply.

use teloxide::types::{Message, ThreadId, UpdateId, User, UserId};

use crate::{
    channels::telegram::{delivery::Target, replies::MessageKey},
    service::{Act, Caller, Channel, Conversation, Request},
};

/// The sender of a message and the destination of the reply.
pub(super) struct Sender {
    caller: Caller,
    conversation: String,
    /// The same whenever the message is delivered; `None` for the press of a button.
    message: Option<String>,
    /// True where others read along.
    in_group: bool,
    /// The destination of the reply.
    pub(super) target: Target,
    /// The question, if its reply can be edited.
    pub(super) question: Option<(MessageKey, UpdateId)>,
}

impl Sender {
    /// The sender of `message`.
    pub(super) fn of(message: &Message) -> Self {
        Self {
            message: Some(format!("{} {}", message.chat.id, message.id)),
            ..Self::below(message, message.from.as_ref())
        }
    }

    /// `user`, who pressed a button of `message`: asks in the same conversation as by typing there.
    pub(super) fn pressing(message: &Message, user: &User) -> Self {
        Self::below(message, Some(user))
    }

    /// `user`, who is to get a reply to `message`.
    fn below(message: &Message, user: Option<&User>) -> Self {
        let chat = message.chat.id;
        // All anonymous administrators share one account, and so do channels: identify them by
        // chat.
        let user = user.filter(|user| !user.is_anonymous() && !user.is_channel());
        let account = user.map_or_else(|| format!("chat:{chat}"), |user| user.id.to_string());
        let topic = topic(message);
        let conversation = format!("{account}:{chat}:{}", topic.map_or(0, |topic| topic.0.0));
        Self {
            caller: Caller::new(Channel::TELEGRAM, account),
            conversation,
            message: None,
            in_group: !message.chat.is_private(),
            target: Target {
                chat,
                reply_to: (!message.chat.is_private()).then_some(message.id),
                topic,
            },
            question: None,
        }
    }

    /// The name of the conversation.
    pub(super) fn conversation(&self) -> &str {
        &self.conversation
    }

    /// Who it is.
    pub(super) const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// A request of this sender in this conversation.
    pub(super) fn request(&self, act: Act) -> Request {
        let conversation = Conversation::Remembered(self.conversation.clone());
        let request = Request::new(self.caller.clone(), act)
            .within(conversation)
            .in_group(self.in_group);
        match self.message.clone() {
            Some(message) => request.delivered_as(message),
            None => request,
        }
    }
}

/// A request outside of any conversation: a button or an inline query.
pub(super) fn request_of(user: UserId, act: Act) -> Request {
    Request::new(Caller::new(Channel::TELEGRAM, user.to_string()), act)
}

/// The topic of a forum. Threads of other groups cannot be written to.
pub(super) fn topic(message: &Message) -> Option<ThreadId> {
    message.thread_id.filter(|_| message.is_topic_message)
}
