//! Commands, including those of administrators.

use teloxide::types::Me;

use super::{response::Response, sender::Sender, state::Handlers};
use crate::{
    admin,
    channels::{
        telegram::{
            callback::{self, Pick},
            commands::Command,
            render, wording as words,
        },
        wording,
    },
    service::{Act, List, Outcome, Read, Refusal},
};

impl Handlers {
    /// The response to a command.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn command(
        &self,
        sender: &Sender,
        command: Command,
        me: &Me,
    ) -> Result<Response, Refusal> {
        let chat = sender.target.chat;
        let text = match command {
            Command::Ask(text) if !text.is_empty() => {
                return self.ask(sender, Act::ask(text)).await;
            }
            Command::Term(term) if !term.is_empty() => {
                return self.ask(sender, Act::Define { term }).await;
            }
            Command::Start(payload) => return self.start(sender, &payload).await,
            Command::Lang(typed) => return self.lang(sender, &typed).await,
            Command::Help => {
                let reply = self.own(sender).await?;
                let username = me.user.username.as_deref();
                let inline = username.filter(|_| me.supports_inline_queries);
                words::help(&self.deployment, reply.role, inline)
            }
            Command::Ask(_) => {
                self.own(sender).await?;
                words::ASK_WHAT.to_owned()
            }
            Command::Term(_) => {
                let reply = self.handle(sender, Act::List(List::Terms(None))).await?;
                let terms = reply.snapshot.library().terms();
                wording::terms(terms.map(|(_, term)| term.name.as_str()))
            }
            Command::Sources => {
                let reply = self.handle(sender, Act::List(List::Documents)).await?;
                wording::sources(&reply.snapshot, self.service().today())
            }
        };
        Ok(self.note(chat, &text).into())
    }

    /// The response to a command of an administrator.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn administer(
        &self,
        sender: &Sender,
        command: admin::Command,
    ) -> Result<Response, Refusal> {
        let reply = self.handle(sender, Act::Command(command.into())).await?;
        let mut picture = None;
        let text = match &reply.outcome {
            Outcome::Done => words::corpus(reply.snapshot.library()),
            Outcome::Reloaded(outcome) => wording::reload(outcome),
            Outcome::Admin(outcome) if outcome.is_news_to(reply.role) => {
                words::NOT_ADMIN.to_owned()
            }
            Outcome::Admin(outcome) => {
                if let admin::Outcome::Started(job) = **outcome {
                    self.follow(job, sender.target);
                }
                if let admin::Outcome::Stats { figures, .. } = &**outcome {
                    picture = self.draw(wording::admin::chart(figures)).await;
                }
                wording::admin::outcome(outcome)
            }
            _ => return Err(Refusal::Failed),
        };
        Ok(Response {
            picture,
            ..self.note(sender.target.chat, &text).into()
        })
    }

    /// Greets, or opens the section that a `/start` link refers to.
    async fn start(&self, sender: &Sender, payload: &str) -> Result<Response, Refusal> {
        let chat = sender.target.chat;
        if let Some(pick) = Pick::of_payload(payload) {
            return self.ask(sender, Act::Pick(pick.0)).await;
        }
        let Some(passage) = callback::read_payload(payload) else {
            self.own(sender).await?;
            return Ok(self.note(chat, &words::start(&self.deployment)).into());
        };
        let read = Act::Read(Read::Passage(passage.clone()));
        let reply = self.handle(sender, read).await?;
        let section = render::section(&reply.snapshot, &passage, None, self.script(chat))?;
        section.map(Response::from).ok_or(Refusal::UnknownPassage)
    }

    async fn lang(&self, sender: &Sender, typed: &str) -> Result<Response, Refusal> {
        self.own(sender).await?;
        let chat = sender.target.chat;
        if !typed.trim().is_empty() {
            let Some(choice) = words::read_script(typed) else {
                return Ok(self.note(chat, words::LANG_WHAT).into());
            };
            self.choose_script(chat, choice);
        }
        Ok(render::lang(self.chosen(chat), self.script(chat)).into())
    }
}
