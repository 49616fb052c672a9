//! What all handlers share.

use crate::{
    assistant::Assistant,
    channels::{
        deployment::Deployment,
        limits::AskLimits,
        telegram::{
            chat_queue::ChatQueues,
            memory::{Albums, Related, Scripts, Seen},
            replies::Replies,
            settings::TelegramSettings,
        },
    },
    dialogue::Conversations,
};

/// Commands and buttons a minute and person: nobody needs more, and each costs a message.
const ACTIONS_PER_MINUTE: u32 = 60;
/// Inline queries a minute and person: clients send one for every pause in typing.
const INLINE_PER_MINUTE: u32 = 120;

/// Everything a handler needs, shared by all of them.
#[derive(Debug)]
pub(in crate::channels::telegram) struct Handlers {
    pub(super) assistant: Assistant,
    pub(super) deployment: Deployment,
    pub(super) admins: Vec<u64>,
    pub(super) questions: AskLimits,
    pub(super) actions: AskLimits,
    pub(super) typing: AskLimits,
    pub(super) conversations: Conversations,
    pub(super) related: Related,
    pub(super) replies: Replies,
    pub(super) scripts: Scripts,
    pub(super) albums: Albums,
    pub(super) queues: ChatQueues,
    /// Updates that were handled.
    pub(in crate::channels::telegram) seen: Seen,
}

impl Handlers {
    /// Handlers that answer from `assistant`.
    pub(in crate::channels::telegram) fn new(
        assistant: Assistant,
        settings: &TelegramSettings,
    ) -> Self {
        Self {
            assistant,
            deployment: settings.deployment.clone(),
            admins: settings.admins.clone(),
            questions: AskLimits::new(settings.questions_per_minute),
            actions: AskLimits::new(ACTIONS_PER_MINUTE),
            typing: AskLimits::new(INLINE_PER_MINUTE),
            conversations: Conversations::default(),
            related: Related::default(),
            replies: Replies::default(),
            scripts: Scripts::default(),
            albums: Albums::default(),
            queues: ChatQueues::default(),
            seen: Seen::default(),
        }
    }
}
