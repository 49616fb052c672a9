//! State shared by all handlers.

use crate::{
    channels::{
        deployment::Deployment,
        telegram::{
            chat_queue::ChatQueues,
            memory::{Albums, Related, Scripts, Seen},
            replies::Replies,
        },
    },
    service::Service,
};

/// State shared by all handlers.
#[derive(Debug)]
pub(in crate::channels::telegram) struct Handlers {
    pub(super) service: Service,
    pub(super) deployment: Deployment,
    pub(super) related: Related,
    pub(super) replies: Replies,
    pub(super) scripts: Scripts,
    pub(super) albums: Albums,
    pub(super) queues: ChatQueues,
    /// Updates already handled.
    pub(in crate::channels::telegram) seen: Seen,
}

impl Handlers {
    /// Creates handlers on top of `service`.
    pub(in crate::channels::telegram) fn new(service: Service, deployment: Deployment) -> Self {
        Self {
            service,
            deployment,
            related: Related::default(),
            replies: Replies::default(),
            scripts: Scripts::default(),
            albums: Albums::default(),
            queues: ChatQueues::default(),
            seen: Seen::default(),
        }
    }
}
