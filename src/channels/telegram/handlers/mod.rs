//! Handles updates: takes what was asked or pressed, asks the assistant, sends the reply.
//!
//! What must happen in order (counting, the turns of a conversation, which words of an edited
//! question are the newest) happens before the first `await`, because updates are handled side by
//! side.

mod command;
pub(super) mod endpoints;
mod inline;
mod press;

use std::time::Duration;

use teloxide::types::{Me, Message, MessageId, ThreadId, UpdateId};

use super::{
    callback::ScriptChoice,
    chat_queue::ChatQueues,
    delivery::{self, Target, TelegramBot},
    memory::{Albums, Related, Scripts, Seen},
    render::{self, Rendered},
    replies::{Delivery, Edit, MessageKey, Replies},
    settings::TelegramSettings,
    update::{self, Request},
    wording as words,
};
use crate::{
    answer::{Answer, Question, Script},
    assistant::Assistant,
    channels::{
        deployment::Deployment,
        limits::{AskLimits, Pace},
        wording::{self, in_script},
    },
    dialogue::Conversations,
};

/// Commands and buttons a minute and person: nobody needs more, and each costs a message.
const ACTIONS_PER_MINUTE: u32 = 60;
/// Inline queries a minute and person: clients send one for every pause in typing.
const INLINE_PER_MINUTE: u32 = 120;
/// A question that is not known (it may be from before a restart) is answered when it is edited
/// within this time after it was sent.
const EDITABLE: Duration = Duration::from_mins(5);

/// Everything a handler needs, shared by all of them.
#[derive(Debug)]
pub(super) struct Handlers {
    assistant: Assistant,
    deployment: Deployment,
    admins: Vec<u64>,
    questions: AskLimits,
    actions: AskLimits,
    typing: AskLimits,
    conversations: Conversations,
    related: Related,
    replies: Replies,
    scripts: Scripts,
    albums: Albums,
    queues: ChatQueues,
    /// Updates that were handled.
    pub(super) seen: Seen,
}

/// Who asks, and where the reply goes.
struct Sender {
    /// `telegram:` and the user's id; for limits and conversations, never for the log.
    person: String,
    admin: bool,
    target: Target,
    /// The question, when its reply can be edited.
    question: Option<(MessageKey, UpdateId)>,
}

impl Handlers {
    /// Handlers that answer from `assistant`.
    pub(super) fn new(assistant: Assistant, settings: &TelegramSettings) -> Self {
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

    fn sender(&self, message: &Message) -> Sender {
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

    async fn message(&self, bot: &TelegramBot, update: UpdateId, message: &Message, me: &Me) {
        let Some(request) = update::request(message, me) else {
            return;
        };
        let mut sender = self.sender(message);
        if let Some(album) = message.media_group_id() {
            let first = self.albums.first_time(album);
            if matches!(request, Request::Wordless(_)) && !first {
                return;
            }
        }
        if update::asks(&request) {
            let key = (message.chat.id, message.id);
            if self.replies.note_question(key, &text(message), update) == Edit::Nothing {
                // Its edit came first.
                return;
            }
            sender.question = Some((key, update));
        }
        self.serve(bot, &sender, request, me).await;
    }

    /// An edited question gets an edited reply; other edited messages get nothing.
    async fn edited(&self, bot: &TelegramBot, update: UpdateId, message: &Message, me: &Me) {
        let request = update::request(message, me).filter(update::asks);
        let Some(request) = request else {
            return;
        };
        let key = (message.chat.id, message.id);
        if !self.replies.knows(key) && !is_fresh(message) {
            return;
        }
        match self.replies.note_question(key, &text(message), update) {
            Edit::New | Edit::Changed => {}
            Edit::Nothing => return,
        }
        let mut sender = self.sender(message);
        sender.question = Some((key, update));
        self.serve(bot, &sender, request, me).await;
    }

    async fn serve(&self, bot: &TelegramBot, sender: &Sender, request: Request, me: &Me) {
        let limits = if update::asks(&request) {
            &self.questions
        } else {
            &self.actions
        };
        match limits.count(&sender.person) {
            Pace::Fine => {}
            Pace::FirstTooFast => {
                self.say(bot, sender, wording::TOO_FAST).await;
                return;
            }
            Pace::TooFast => return,
        }
        match request {
            Request::Question(text) => self.question(bot, sender, text).await,
            Request::Command(command) => self.command(bot, sender, command, me).await,
            Request::UnknownCommand => self.say(bot, sender, wording::UNKNOWN_COMMAND).await,
            Request::Wordless(what) => self.say(bot, sender, words::wordless(what)).await,
        }
    }

    async fn question(&self, bot: &TelegramBot, sender: &Sender, text: String) {
        let Target { chat, topic, .. } = sender.target;
        let topic = topic.map_or(0, |topic| topic.0.0);
        let conversation = format!("{}:{chat}:{topic}", sender.person);
        let history = self.conversations.turn(&conversation, &text);
        let question = Question {
            text,
            history,
            limit: 0,
        };
        let answer = self.assistant.ask(question).await;
        self.reply(bot, sender, answer).await;
    }

    async fn reply(&self, bot: &TelegramBot, sender: &Sender, mut answer: Answer) {
        tracing::info!(
            status = ?answer.status,
            hits.count = answer.citations.len(),
            "question answered"
        );
        if let ScriptChoice::Always(script) = self.scripts.of(sender.target.chat) {
            answer.script = script;
        }
        let mut message = render::answer(&answer, &self.deployment);
        if let Some(first) = answer.citations.first() {
            let passage = &first.passage_id;
            if render::has_terms(&self.assistant.snapshot(), passage) {
                message.offer_terms(passage, answer.script);
            }
        }
        let sent = self.deliver(bot, sender, &message).await;
        if let Some(id) = sent {
            let key = (sender.target.chat, id);
            self.related.note(key, answer.related);
        }
    }

    /// The script of what the bot says by itself.
    fn script(&self, sender: &Sender) -> Script {
        match self.scripts.of(sender.target.chat) {
            ScriptChoice::Always(script) => script,
            ScriptChoice::Auto => Script::Simplified,
        }
    }

    async fn say(&self, bot: &TelegramBot, sender: &Sender, text: &str) {
        let text = in_script(text, self.script(sender));
        self.deliver(bot, sender, &render::note(&text)).await;
    }

    /// Sends a message, or edits the reply that the question already has. Its id when it arrived.
    async fn deliver(
        &self,
        bot: &TelegramBot,
        sender: &Sender,
        message: &Rendered,
    ) -> Option<MessageId> {
        let target = sender.target;
        let Some(_turn) = self.queues.turn(target.chat).await else {
            tracing::warn!("telegram chat is flooded, a message was dropped");
            return None;
        };
        let Some((question, update)) = sender.question else {
            return delivery::send(bot, target, message).await;
        };
        let sent = match self.replies.delivery(question, update) {
            Delivery::Outdated => return None,
            Delivery::Send => delivery::send(bot, target, message).await,
            Delivery::Edit(reply) => delivery::edit(bot, target, reply, message).await,
        };
        if let Some(reply) = sent {
            self.replies.note_reply(question, reply);
        }
        sent
    }
}

/// What was written; only compared and hashed.
fn text(message: &Message) -> String {
    let text = message.text().or(message.caption());
    text.unwrap_or_default().to_owned()
}

/// The topic of a forum. In other groups a thread is no place that can be written to.
fn topic(message: &Message) -> Option<ThreadId> {
    message.thread_id.filter(|_| message.is_topic_message)
}

/// True when the message was edited soon after it was sent, by Telegram's clock.
fn is_fresh(message: &Message) -> bool {
    let edited = message.edit_date();
    edited.is_some_and(|edited| {
        let age = (*edited - message.date).num_seconds();
        u64::try_from(age).is_ok_and(|age| age <= EDITABLE.as_secs())
    })
}
