//! The commands, those of administrators included.

use teloxide::types::Me;

use super::{sender::Sender, state::Handlers};
use crate::channels::{
    blocking,
    telegram::{callback, commands::Command, delivery::TelegramBot, render, wording as words},
    wording,
};

impl Handlers {
    pub(super) async fn command(
        &self,
        bot: &TelegramBot,
        sender: &Sender,
        command: Command,
        me: &Me,
    ) {
        match command {
            Command::Start(payload) => self.start(bot, sender, &payload).await,
            Command::Help => {
                let username = me.user.username.as_deref();
                let inline = username.filter(|_| me.supports_inline_queries);
                let help = words::help(&self.deployment, sender.admin, inline);
                self.say(bot, sender, &help).await;
            }
            Command::Ask(text) if text.is_empty() => {
                self.say(bot, sender, words::ASK_WHAT).await;
            }
            Command::Ask(text) => self.question(bot, sender, text).await,
            Command::Term(name) if name.is_empty() => {
                let list = {
                    let snapshot = self.assistant.snapshot();
                    wording::terms(snapshot.terms().map(|(_, term)| term.name.as_str()))
                };
                self.say(bot, sender, &list).await;
            }
            Command::Term(name) => {
                let assistant = self.assistant.clone();
                let answer = blocking::run(move || assistant.define(&name)).await;
                self.reply(bot, sender, answer).await;
            }
            Command::Sources => {
                let list = wording::sources(self.assistant.snapshot().library().documents());
                self.say(bot, sender, &list).await;
            }
            Command::Lang(typed) => self.lang(bot, sender, &typed).await,
            Command::Corpus | Command::Reload if !sender.admin => {
                self.say(bot, sender, words::NOT_ADMIN).await;
            }
            Command::Corpus => {
                let report = words::corpus(self.assistant.snapshot().library());
                self.say(bot, sender, &report).await;
            }
            Command::Reload => {
                let report = blocking::reload(&self.assistant, "telegram").await;
                self.say(bot, sender, &report).await;
            }
        }
    }

    /// Greets, or opens what the link that led here is about.
    async fn start(&self, bot: &TelegramBot, sender: &Sender, payload: &str) {
        let Some(passage) = callback::read_payload(payload) else {
            let hello = words::start(&self.deployment);
            return self.say(bot, sender, &hello).await;
        };
        let script = self.script(sender);
        let section = render::section(&self.assistant.snapshot(), &passage, None, script);
        match section {
            Some(section) => {
                self.deliver(bot, sender, &section).await;
            }
            None => self.say(bot, sender, words::GONE).await,
        }
    }

    async fn lang(&self, bot: &TelegramBot, sender: &Sender, typed: &str) {
        let chat = sender.target.chat;
        if !typed.trim().is_empty() {
            match words::read_script(typed) {
                Some(choice) => self.scripts.choose(chat, choice),
                None => return self.say(bot, sender, words::LANG_WHAT).await,
            }
        }
        let message = render::lang(self.scripts.of(chat), self.script(sender));
        self.deliver(bot, sender, &message).await;
    }
}
