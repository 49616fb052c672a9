//! Handles pushes: takes what somebody sent, asks the assistant, gives the words of the reply.

use super::{
    dedup::Reply,
    memory::{Choice, Memory, Reading},
    push::{Kind, Push},
    render::Renderer,
    request::{Command, Request},
    wording as words,
};
use crate::{
    answer::{Answer, Question, Script},
    assistant::Assistant,
    channels::{
        blocking,
        deployment::Deployment,
        limits::{AskLimits, Pace},
        wording,
    },
    dialogue::Conversations,
};

/// Pages, numbers and commands a minute and person.
const ACTIONS_PER_MINUTE: u32 = 60;

/// What differs between WeChat and WeCom behind the envelope.
#[derive(Debug)]
pub(super) struct Platform {
    /// For the log, and for the names of people.
    pub(super) name: &'static str,
    /// Most bytes of a reply.
    pub(super) bytes: usize,
    /// Who may give the commands of administrators.
    pub(super) admins: Vec<String>,
}

/// Everything that answering one account needs.
#[derive(Debug)]
pub(super) struct Handlers {
    assistant: Assistant,
    platform: Platform,
    deployment: Deployment,
    renderer: Renderer,
    questions: AskLimits,
    actions: AskLimits,
    conversations: Conversations,
    memory: Memory,
}

impl Handlers {
    pub(super) fn new(
        assistant: Assistant,
        platform: Platform,
        deployment: Deployment,
        questions_per_minute: u32,
    ) -> Self {
        Self {
            renderer: Renderer::new(platform.bytes, deployment.clone()),
            assistant,
            platform,
            deployment,
            questions: AskLimits::new(questions_per_minute),
            actions: AskLimits::new(ACTIONS_PER_MINUTE),
            conversations: Conversations::default(),
            memory: Memory::default(),
        }
    }

    /// The platform's name, for the log.
    pub(super) const fn name(&self) -> &'static str {
        self.platform.name
    }

    /// What is said to a push; `None` when nothing is.
    ///
    /// # Panics
    /// Passes a panic of the assistant on; [`super::dedup`] catches it.
    pub(super) async fn reply(&self, push: Push) -> Reply {
        let Push { person, kind, .. } = push;
        let page = match kind {
            Kind::Text(text) => self.said(&person, &text).await,
            Kind::Voice(Some(text)) => self.said(&person, &text).await,
            Kind::Voice(None) => self.note(&person, words::NOT_HEARD),
            Kind::Event { name, key } => self.event(&person, &name, &key).await,
            Kind::Other => self.note(&person, wording::EMPTY),
        };
        page.map(Into::into)
    }

    async fn event(&self, person: &str, name: &str, key: &str) -> Option<String> {
        match name {
            "subscribe" => self.open(person, Reading::note(words::greeting(&self.deployment))),
            "unsubscribe" => {
                self.memory.forget(person);
                self.conversations.forget(person);
                None
            }
            // A menu button or a code to scan stands for the message in its key.
            "click" | "scan" if is_message(key) => self.said(person, key).await,
            "click" | "scan" => self.note(person, words::BARE_KEY),
            _ => None,
        }
    }

    /// A fixed line; counted like everything that is answered.
    fn note(&self, person: &str, line: &str) -> Option<String> {
        match too_fast(&self.actions, person) {
            Some(reply) => reply,
            None => Some(line.to_owned()),
        }
    }

    async fn said(&self, person: &str, text: &str) -> Option<String> {
        let request = Request::read(text);
        let limits = match &request {
            Request::Question(_) | Request::Command(Command::Term(Some(_))) => &self.questions,
            _ => &self.actions,
        };
        if let Some(reply) = too_fast(limits, person) {
            return reply;
        }
        match request {
            Request::Nothing => Some(wording::EMPTY.to_owned()),
            Request::Turn(turn) => {
                let page = self.memory.turn(person, turn);
                Some(page.unwrap_or_else(|| words::NO_MORE.to_owned()))
            }
            Request::Number(number) => self.choose(person, number).await,
            Request::Command(command) => self.command(person, command).await,
            Request::Question(question) => self.question(person, question).await,
        }
    }

    async fn question(&self, person: &str, text: String) -> Option<String> {
        let history = self.conversations.turn(person, &text);
        let question = Question {
            text,
            history,
            limit: 0,
        };
        let answer = self.assistant.ask(question).await;
        self.answered(person, &answer)
    }

    fn answered(&self, person: &str, answer: &Answer) -> Option<String> {
        tracing::info!(
            channel = self.platform.name,
            status = ?answer.status,
            hits.count = answer.citations.len(),
            "question answered"
        );
        self.open(person, self.renderer.answer(answer))
    }

    async fn choose(&self, person: &str, number: usize) -> Option<String> {
        let Some((choice, script)) = self.memory.choice(person, number) else {
            return Some(words::NO_CHOICE.to_owned());
        };
        let snapshot = self.assistant.snapshot();
        let reading = match choice {
            Choice::Ask(question) => {
                drop(snapshot);
                return self.question(person, question).await;
            }
            Choice::Section(passage) => self.renderer.section(&snapshot, &passage, script),
            Choice::Related(passages) => self.renderer.related(&snapshot, &passages, script),
        };
        match reading {
            Some(reading) => self.open(person, reading),
            None => Some(wording::in_script(words::GONE, script).into_owned()),
        }
    }

    async fn command(&self, person: &str, command: Command) -> Option<String> {
        let admin = self.platform.admins.iter().any(|admin| admin == person);
        let text = match command {
            Command::Help => words::help(&self.deployment, admin),
            Command::Term(Some(name)) => {
                let assistant = self.assistant.clone();
                let answer = blocking::run(move || assistant.define(&name)).await;
                return self.answered(person, &answer);
            }
            Command::Term(None) => {
                let snapshot = self.assistant.snapshot();
                wording::terms(snapshot.terms().map(|(_, term)| term.name.as_str()))
            }
            Command::Sources => wording::sources(self.assistant.snapshot().library().documents()),
            Command::Reload if admin => blocking::reload(&self.assistant, self.platform.name).await,
            Command::Reload => wording::NOT_ADMIN.to_owned(),
            Command::Unknown => wording::UNKNOWN_COMMAND.to_owned(),
        };
        self.open(person, self.renderer.text(&text, Script::Simplified))
    }

    /// Shows the first page, and keeps the others.
    fn open(&self, person: &str, reading: Reading) -> Option<String> {
        let page = reading.page().to_owned();
        self.memory.open(person, reading);
        Some(page)
    }
}

/// Counts; what is said, if anything, to somebody who is too fast. `None` to who is not.
#[expect(
    clippy::option_option,
    reason = "saying nothing differs from not being too fast"
)]
fn too_fast(limits: &AskLimits, person: &str) -> Option<Option<String>> {
    match limits.count(person) {
        Pace::Fine => None,
        Pace::FirstTooFast => Some(Some(wording::TOO_FAST.to_owned())),
        Pace::TooFast => Some(None),
    }
}

/// Keys that somebody wrote as a message (三抓三促, /help), and not the numbers and names that
/// menus and codes have otherwise (V1001_TODAY, qrscene_12).
fn is_message(key: &str) -> bool {
    key.starts_with('/') || key.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests;
