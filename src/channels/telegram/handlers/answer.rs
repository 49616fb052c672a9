//! Calls the service and renders answers.

use super::{sender::Sender, state::Handlers};
use crate::{
    channels::telegram::{
        callback::ScriptChoice,
        render::{self, Rendered},
    },
    corpus::PassageId,
    service::{Act, Command, Refusal, Reply},
};

/// A message and the passages behind its button 更多相关.
pub(super) struct Response {
    pub(super) message: Rendered,
    pub(super) related: Option<Vec<PassageId>>,
}

impl From<Rendered> for Response {
    fn from(message: Rendered) -> Self {
        Self {
            message,
            related: None,
        }
    }
}

impl Handlers {
    /// Passes a request of `sender` to the service.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn handle(&self, sender: &Sender, act: Act) -> Result<Reply, Refusal> {
        self.service.handle(sender.request(act)).await
    }

    /// Counts a request that is answered without the service; the reply contains the role of the
    /// sender.
    ///
    /// # Errors
    /// If it is rate-limited.
    pub(super) async fn own(&self, sender: &Sender) -> Result<Reply, Refusal> {
        self.handle(sender, Act::Command(Command::Own)).await
    }

    /// Answers a question or defines a term. The answer is rendered from its own snapshot, in the
    /// script of the chat.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn ask(&self, sender: &Sender, act: Act) -> Result<Response, Refusal> {
        let (mut answer, snapshot) = self.handle(sender, act).await?.answer()?;
        if let ScriptChoice::Always(script) = self.scripts.of(sender.target.chat) {
            answer.script = script;
        }
        let mut message = render::answer(&answer, &self.deployment);
        if let Some(first) = answer.citations.first() {
            let passage = &first.passage_id;
            if render::has_terms(&snapshot, passage)? {
                message.offer_terms(passage, answer.script);
            }
        }
        Ok(Response {
            message,
            related: Some(answer.related),
        })
    }
}
