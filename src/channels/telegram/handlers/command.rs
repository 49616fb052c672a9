//! The commands, those of administrators included.

use teloxide::types::Me;

use super::{Handlers, Visitor};
use crate::channels::{
    offload,
    telegram::{callback, commands::Command, delivery::TelegramBot, render, wording as words},
    wording,
};

impl Handlers {
    pub(super) async fn command(
        &self,
        bot: &TelegramBot,
        visitor: &Visitor,
        command: Command,
        me: &Me,
    ) {
        match command {
            Command::Start(payload) => self.start(bot, visitor, &payload).await,
            Command::Help => {
                let username = me.user.username.as_deref();
                let inline = username.filter(|_| me.supports_inline_queries);
                let help = words::help(&self.deployment, visitor.admin, inline);
                self.say(bot, visitor, &help).await;
            }
            Command::Ask(text) if text.is_empty() => {
                self.say(bot, visitor, words::ASK_WHAT).await;
            }
            Command::Ask(text) => self.question(bot, visitor, text).await,
            Command::Term(name) if name.is_empty() => {
                let list = {
                    let snapshot = self.assistant.snapshot();
                    wording::terms(snapshot.terms().map(|(_, term)| term.name.as_str()))
                };
                self.say(bot, visitor, &list).await;
            }
            Command::Term(name) => {
                let assistant = self.assistant.clone();
                let answer = offload::blocking(move || assistant.define(&name)).await;
                self.reply(bot, visitor, answer).await;
            }
            Command::Sources => {
                let list = wording::sources(&self.assistant.snapshot().corpus.documents);
                self.say(bot, visitor, &list).await;
            }
            Command::Lang(typed) => self.lang(bot, visitor, &typed).await,
            Command::Corpus | Command::Reload if !visitor.admin => {
                self.say(bot, visitor, words::NOT_ADMIN).await;
            }
            Command::Corpus => {
                let report = words::corpus(&self.assistant.snapshot().corpus);
                self.say(bot, visitor, &report).await;
            }
            Command::Reload => {
                let report = offload::reload(&self.assistant, "telegram").await;
                self.say(bot, visitor, &report).await;
            }
        }
    }

    /// Greets, or opens what the link that led here is about.
    async fn start(&self, bot: &TelegramBot, visitor: &Visitor, payload: &str) {
        let Some(passage) = callback::read_payload(payload) else {
            let hello = words::start(&self.deployment);
            return self.say(bot, visitor, &hello).await;
        };
        let script = self.script(visitor);
        let section = render::section(&self.assistant.snapshot(), &passage, None, script);
        match section {
            Some(section) => {
                self.deliver(bot, visitor, &section).await;
            }
            None => self.say(bot, visitor, words::GONE).await,
        }
    }

    async fn lang(&self, bot: &TelegramBot, visitor: &Visitor, typed: &str) {
        let chat = visitor.place.chat;
        if !typed.trim().is_empty() {
            match words::read_script(typed) {
                Some(choice) => self.scripts.choose(chat, choice),
                None => return self.say(bot, visitor, words::LANG_WHAT).await,
            }
        }
        let message = render::lang(self.scripts.of(chat), self.script(visitor));
        self.deliver(bot, visitor, &message).await;
    }
}
