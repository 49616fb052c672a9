//! The desk people step up to: takes what was asked or pressed, asks the assistant, hands over the
//! reply.
//!
//! What must happen in order (counting, the turns of a conversation) happens before the first
//! `await`, because updates are handled side by side.

use std::{convert::Infallible, sync::Arc};

use teloxide::types::{CallbackQuery, Me, Message, MessageId, Update};

use super::{
    TelegramSettings,
    callback::{Action, Press, Vote},
    commands::Command,
    delivery::{self, Place, TelegramBot},
    guard,
    lanes::Lanes,
    memory::{Related, Seen},
    render::{self, Rendered},
    update::{self, Request},
    wording as words,
};
use crate::{
    answer::{Answer, Question},
    assistant::Assistant,
    channels::{
        limits::{AskLimits, Pace},
        wording::{self, Deployment, in_script},
    },
    corpus::PassageId,
    dialogue::Conversations,
};

/// Commands and buttons a minute and person: nobody needs more, and each costs a message.
const ACTIONS_PER_MINUTE: u32 = 60;

/// Everything a handler needs, shared by all of them.
#[derive(Debug)]
pub(super) struct Desk {
    assistant: Assistant,
    deployment: Deployment,
    admins: Vec<u64>,
    questions: AskLimits,
    actions: AskLimits,
    conversations: Conversations,
    related: Related,
    lanes: Lanes,
    /// Updates that were handled.
    pub(super) seen: Seen,
}

/// Who asks, and where the reply goes.
struct Visitor {
    /// `telegram:` and the user's id; for limits and conversations, never for the log.
    person: String,
    admin: bool,
    place: Place,
}

impl Desk {
    /// A desk for `assistant`.
    pub(super) fn new(assistant: Assistant, settings: &TelegramSettings) -> Self {
        Self {
            assistant,
            deployment: settings.deployment.clone(),
            admins: settings.admins.clone(),
            questions: AskLimits::new(settings.questions_per_minute),
            actions: AskLimits::new(ACTIONS_PER_MINUTE),
            conversations: Conversations::default(),
            related: Related::default(),
            lanes: Lanes::default(),
            seen: Seen::default(),
        }
    }

    fn visitor(&self, message: &Message) -> Visitor {
        let user = message.from.as_ref().filter(|user| !user.is_anonymous());
        let chat = message.chat.id;
        Visitor {
            person: user.map_or_else(
                || format!("telegram:{chat}"),
                |user| format!("telegram:{}", user.id),
            ),
            admin: user.is_some_and(|user| self.admins.contains(&user.id.0)),
            place: Place {
                chat,
                reply_to: (!message.chat.is_private()).then_some(message.id),
            },
        }
    }

    async fn message(&self, bot: &TelegramBot, message: &Message, me: &Me) {
        let Some(request) = update::request(message, me) else {
            return;
        };
        let visitor = self.visitor(message);
        let asks = matches!(&request, Request::Question(_))
            || matches!(&request, Request::Command(Command::Ask(text) | Command::Term(text)) if !text.is_empty());
        let limits = if asks { &self.questions } else { &self.actions };
        match limits.count(&visitor.person) {
            Pace::Fine => {}
            Pace::FirstTooFast => {
                self.say(bot, &visitor, wording::TOO_FAST).await;
                return;
            }
            Pace::TooFast => return,
        }
        match request {
            Request::Question(text) => self.question(bot, &visitor, text).await,
            Request::Command(command) => self.command(bot, &visitor, command).await,
            Request::UnknownCommand => {
                self.say(bot, &visitor, words::UNKNOWN_COMMAND).await;
            }
            Request::Wordless => self.say(bot, &visitor, wording::EMPTY).await,
        }
    }

    async fn command(&self, bot: &TelegramBot, visitor: &Visitor, command: Command) {
        match command {
            Command::Start => {
                self.say(bot, visitor, &words::start(&self.deployment))
                    .await
            }
            Command::Help => {
                let help = words::help(&self.deployment, visitor.admin);
                self.say(bot, visitor, &help).await;
            }
            Command::Ask(text) if text.is_empty() => {
                self.say(bot, visitor, words::ASK_WHAT).await;
            }
            Command::Ask(text) => self.question(bot, visitor, text).await,
            Command::Term(name) if name.is_empty() => {
                let snapshot = self.assistant.snapshot();
                let names = snapshot.terms().map(|(_, term)| term.name.as_str());
                let list = words::terms(names);
                self.say(bot, visitor, &list).await;
            }
            Command::Term(name) => {
                let assistant = self.assistant.clone();
                let answer = guard::blocking(move || assistant.define(&name)).await;
                self.reply(bot, visitor, &answer).await;
            }
            Command::Sources => {
                let list = self.sources();
                self.say(bot, visitor, &list).await;
            }
            Command::Reload if visitor.admin => {
                let report = self.reload().await;
                self.say(bot, visitor, &report).await;
            }
            Command::Reload => self.say(bot, visitor, words::NOT_ADMIN).await,
        }
    }

    async fn question(&self, bot: &TelegramBot, visitor: &Visitor, text: String) {
        let conversation = format!("{}:{}", visitor.person, visitor.place.chat);
        let history = self.conversations.turn(&conversation, &text);
        let question = Question {
            text,
            history,
            limit: 0,
        };
        let answer = self.assistant.ask(question).await;
        self.reply(bot, visitor, &answer).await;
    }

    async fn reply(&self, bot: &TelegramBot, visitor: &Visitor, answer: &Answer) {
        tracing::info!(
            status = ?answer.status,
            hits.count = answer.citations.len(),
            "question answered"
        );
        let message = render::answer(answer, &self.deployment);
        let sent = self.send(bot, visitor.place, &message).await;
        if let Some(id) = sent
            && !answer.related.is_empty()
        {
            let key = (visitor.place.chat, id);
            self.related.note(key, answer.related.clone());
        }
    }

    async fn say(&self, bot: &TelegramBot, visitor: &Visitor, text: &str) {
        self.send(bot, visitor.place, &render::note(text)).await;
    }

    async fn send(&self, bot: &TelegramBot, place: Place, message: &Rendered) -> Option<MessageId> {
        let Some(_turn) = self.lanes.turn(place.chat).await else {
            tracing::warn!("telegram chat is flooded, a message was dropped");
            return None;
        };
        delivery::send(bot, place, message).await
    }

    fn sources(&self) -> String {
        let snapshot = self.assistant.snapshot();
        let documents = &snapshot.corpus.documents;
        let mut list = vec![words::sources(documents.len())];
        list.extend(documents.iter().map(words::source));
        list.join("\n\n")
    }

    async fn reload(&self) -> String {
        let assistant = self.assistant.clone();
        match guard::blocking(move || assistant.reload()).await {
            Ok(reloaded) => {
                tracing::info!(
                    corpus.version = reloaded.version,
                    passages.added = reloaded.added,
                    passages.removed = reloaded.removed,
                    "corpus reloaded from telegram"
                );
                words::reloaded(&reloaded)
            }
            Err(error) => {
                tracing::warn!("corpus not reloaded, the old one stays");
                words::not_reloaded(&error)
            }
        }
    }

    async fn pressed(&self, bot: &TelegramBot, query: &CallbackQuery) {
        let data = query.data.as_deref().unwrap_or_default();
        let chat = query.message.as_ref().map(|message| message.chat());
        let (Some(press), Some(chat)) = (Press::decode(data), chat) else {
            delivery::acknowledge(bot, &query.id, Some(words::STALE)).await;
            return;
        };
        let person = format!("telegram:{}", query.from.id);
        if self.actions.count(&person) != Pace::Fine {
            delivery::acknowledge(bot, &query.id, Some(wording::TOO_FAST)).await;
            return;
        }
        // Too old a message can be replied to, but neither read nor edited.
        let message = query.regular_message().map(|message| message.id);
        let place = Place {
            chat: chat.id,
            reply_to: message.filter(|_| !chat.is_private()),
        };
        match press.action {
            Action::Vote(vote) => {
                note_vote(&press.passage, vote);
                let thanks = in_script(words::THANKS, press.script);
                delivery::acknowledge(bot, &query.id, Some(&thanks)).await;
            }
            Action::Section => {
                let section = self.section(&press, None);
                self.hand_over(bot, query, place, section, words::GONE)
                    .await;
            }
            Action::Page(page) => {
                let section = self.section(&press, Some(page));
                match (section, message) {
                    (Some(section), Some(message)) => {
                        delivery::acknowledge(bot, &query.id, None).await;
                        delivery::edit(bot, place, message, &section).await;
                    }
                    (section, _) => {
                        self.hand_over(bot, query, place, section, words::GONE)
                            .await;
                    }
                }
            }
            Action::Related => {
                let noted = message.and_then(|id| self.related.of((chat.id, id)));
                let related = self.related(&press, noted).await;
                let (more, otherwise) = match related {
                    Ok(more) => (more, words::NO_MORE),
                    Err(Gone) => (None, words::GONE),
                };
                self.hand_over(bot, query, place, more, otherwise).await;
            }
        }
    }

    /// Answers the button and sends what it asked for; `otherwise` is shown when there is nothing.
    async fn hand_over(
        &self,
        bot: &TelegramBot,
        query: &CallbackQuery,
        place: Place,
        message: Option<Rendered>,
        otherwise: &str,
    ) {
        match message {
            Some(message) => {
                delivery::acknowledge(bot, &query.id, None).await;
                self.send(bot, place, &message).await;
            }
            None => delivery::acknowledge(bot, &query.id, Some(otherwise)).await,
        }
    }

    fn section(&self, press: &Press, page: Option<usize>) -> Option<Rendered> {
        let snapshot = self.assistant.snapshot();
        render::section(&snapshot, &press.passage, page, press.script)
    }

    /// What was noted with the answer; after a restart, what the report says on the same heading.
    async fn related(
        &self,
        press: &Press,
        noted: Option<Vec<PassageId>>,
    ) -> Result<Option<Rendered>, Gone> {
        let passages = match noted {
            Some(passages) => passages,
            None => self.like(&press.passage).await?,
        };
        let snapshot = self.assistant.snapshot();
        Ok(render::related(&snapshot, &passages, press.script))
    }

    async fn like(&self, id: &PassageId) -> Result<Vec<PassageId>, Gone> {
        let heading = {
            let snapshot = self.assistant.snapshot();
            let (_, passage) = snapshot.passage(id).ok_or(Gone)?;
            passage.path.last().cloned().unwrap_or_default()
        };
        let answer = self.assistant.ask(Question::new(heading)).await;
        let cited = answer.citations.into_iter().map(|c| c.passage_id);
        let mut passages: Vec<PassageId> = cited.chain(answer.related).collect();
        passages.retain(|passage| passage != id);
        Ok(passages)
    }
}

/// The passage of a button is not served any more.
struct Gone;

/// Passage and vote, nothing else: neither who voted nor what was asked.
fn note_vote(passage: &PassageId, vote: Vote) {
    let vote = match vote {
        Vote::Useful => "useful",
        Vote::Useless => "useless",
    };
    tracing::info!(target: "feedback", { passage.id = %passage, vote }, "vote");
}

/// Handles a message; never fails, never panics.
pub(super) async fn on_message(
    bot: TelegramBot,
    update: Update,
    message: Message,
    me: Me,
    desk: Arc<Desk>,
) -> Result<(), Infallible> {
    let handled = guard::caught(update.id, desk.message(&bot, &message, &me)).await;
    if handled.is_err() {
        let place = desk.visitor(&message).place;
        let sorry = render::note(wording::FAILED);
        let sorry = desk.send(&bot, place, &sorry);
        let _ = guard::caught(update.id, sorry).await;
    }
    Ok(())
}

/// Handles a button; never fails, never panics, and never leaves a button unanswered.
pub(super) async fn on_callback(
    bot: TelegramBot,
    update: Update,
    query: CallbackQuery,
    desk: Arc<Desk>,
) -> Result<(), Infallible> {
    let handled = guard::caught(update.id, desk.pressed(&bot, &query)).await;
    if handled.is_err() {
        let sorry = delivery::acknowledge(&bot, &query.id, Some(wording::FAILED));
        let _ = guard::caught(update.id, sorry).await;
    }
    Ok(())
}
