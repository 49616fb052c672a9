//! Handles pushes: passes requests to the service and renders replies.

use std::sync::Arc;

use super::{
    dedup::Reply as Text,
    memory::{Choice, Memory, Reading, Turn},
    push::{Kind, Push},
    render::Renderer,
    request::{Command, Request},
    wording as words,
};
use crate::{
    answer::Script,
    channels::{
        deployment::Deployment,
        wording::{self, in_script},
    },
    corpus::PassageId,
    service::{
        self, Act, Caller, Channel, Conversation, List, Outcome, Read, Refusal, Reply, Service,
    },
    text::han::is_any_han,
};

/// The handlers of one account.
#[derive(Debug)]
pub(super) struct Handlers {
    service: Service,
    channel: Channel,
    deployment: Deployment,
    renderer: Renderer,
    memory: Memory,
}

/// What a push requires.
enum Wanted {
    /// No reply.
    Nothing,
    /// A greeting, which is not rate-limited.
    Greeting,
    /// A request to the service, and how its reply is shown.
    Act(Act, Shown),
}

/// How a reply of the service is shown.
enum Shown {
    Line(&'static str),
    Turn(Turn),
    Answer,
    Section(PassageId, Script),
    Related(Vec<PassageId>, Script),
    Help,
    Unknown,
    Terms,
    Sources,
    Administered,
}

impl Wanted {
    /// A fixed line; counted by the service like any other request.
    const fn line(line: &'static str) -> Self {
        Self::own(Shown::Line(line))
    }

    const fn own(shown: Shown) -> Self {
        Self::Act(Act::Command(service::Command::Own), shown)
    }
}

impl Handlers {
    /// Creates the handlers of an account on `channel`, with replies of at most `bytes`.
    pub(super) fn new(
        service: Service,
        channel: Channel,
        bytes: usize,
        deployment: Deployment,
    ) -> Self {
        Self {
            renderer: Renderer::new(bytes, deployment.clone()),
            service,
            channel,
            deployment,
            memory: Memory::default(),
        }
    }

    /// The platform's name, for the log.
    pub(super) const fn name(&self) -> &'static str {
        self.channel.name
    }

    /// The reply to a push; `None` if there is none. The request takes its turn in the conversation
    /// when this is called, not when the future is first polled.
    pub(super) fn reply(self: Arc<Self>, push: Push) -> impl Future<Output = Text> + Send + use<> {
        let Push {
            person, kind, key, ..
        } = push;
        let mut asker = None;
        let wanted = match self.wanted(&person, kind) {
            Wanted::Nothing => Err(None),
            Wanted::Greeting => {
                let greeting = Reading::note(words::greeting(&self.deployment));
                Err(Some(self.open(&person, greeting)))
            }
            Wanted::Act(act, shown) => {
                let caller = Caller::new(self.channel, person.as_str());
                asker = Some(caller.clone());
                let conversation = Conversation::Remembered(person.clone());
                let request = service::Request::new(caller, act).within(conversation);
                Ok((self.service.handle(request.delivered_as(key)), shown))
            }
        };
        async move {
            let page = match wanted {
                Ok((reply, shown)) => self.said(&person, shown, reply.await),
                Err(page) => page,
            };
            let page = match (page, asker) {
                (Some(page), Some(asker)) => Some(self.with_replies(&person, &asker, page).await),
                (page, _) => page,
            };
            page.map(Into::into)
        }
    }

    /// A page below what the staff has replied meanwhile: this account cannot write by itself.
    async fn with_replies(&self, person: &str, asker: &Caller, page: String) -> String {
        let replies = self.service.take_replies(asker).await;
        let told = replies
            .iter()
            .map(|reply| wording::replied(reply.ticket, &reply.text));
        let told: Vec<String> = told.collect();
        if told.is_empty() {
            return page;
        }
        let whole = format!("{}\n\n{page}", told.join("\n\n"));
        match whole.len() <= self.renderer.bytes() {
            true => whole,
            false => self.open(person, self.renderer.text(&whole, Script::Simplified)),
        }
    }

    fn wanted(&self, person: &str, kind: Kind) -> Wanted {
        match kind {
            Kind::Text(text) | Kind::Voice(Some(text)) => self.asked(person, &text),
            Kind::Voice(None) => Wanted::line(words::NOT_HEARD),
            Kind::Event { name, key } => self.event(person, &name, &key),
            Kind::Other => Wanted::line(wording::EMPTY),
        }
    }

    fn event(&self, person: &str, name: &str, key: &str) -> Wanted {
        match name {
            "subscribe" => Wanted::Greeting,
            "unsubscribe" => {
                self.memory.forget(person);
                self.service.forget(self.channel, person);
                Wanted::Nothing
            }
            // A menu button or QR code stands for the message in its key.
            "click" | "scan" if is_message(key) => self.asked(person, key),
            "click" | "scan" => Wanted::line(words::BARE_KEY),
            _ => Wanted::Nothing,
        }
    }

    fn asked(&self, person: &str, text: &str) -> Wanted {
        match Request::read(text) {
            Request::Nothing => Wanted::line(wording::EMPTY),
            // Whoever is asked something answers with a number.
            Request::Number(_) if self.service.is_asking(self.channel, person) => {
                Wanted::Act(Act::ask(text), Shown::Answer)
            }
            Request::Turn(turn) => Wanted::own(Shown::Turn(turn)),
            Request::Number(number) => self.chosen(person, number),
            Request::Question(question) => Wanted::Act(Act::ask(question), Shown::Answer),
            Request::Command(Command::Help) => Wanted::own(Shown::Help),
            Request::Command(Command::Term(Some(term))) => {
                Wanted::Act(Act::Define { term }, Shown::Answer)
            }
            Request::Command(Command::Term(None)) => {
                Wanted::Act(Act::List(List::Terms(None)), Shown::Terms)
            }
            Request::Command(Command::Sources) => {
                Wanted::Act(Act::List(List::Documents), Shown::Sources)
            }
            Request::Command(Command::Admin(command)) => {
                Wanted::Act(Act::Command(command.into()), Shown::Administered)
            }
            Request::Command(Command::Unknown) => Wanted::own(Shown::Unknown),
        }
    }

    fn chosen(&self, person: &str, number: usize) -> Wanted {
        let Some((choice, script)) = self.memory.choice(person, number) else {
            return Wanted::line(words::NO_CHOICE);
        };
        match choice {
            Choice::Ask(question) => Wanted::Act(Act::ask(question), Shown::Answer),
            Choice::Section(passage) => {
                let read = Act::Read(Read::Passage(passage.clone()));
                Wanted::Act(read, Shown::Section(passage, script))
            }
            Choice::Related(passages) => {
                let list = Act::List(List::Passages);
                Wanted::Act(list, Shown::Related(passages, script))
            }
        }
    }

    /// The page to show, if any.
    fn said(&self, person: &str, shown: Shown, reply: Result<Reply, Refusal>) -> Option<String> {
        let script = match &shown {
            Shown::Section(_, script) | Shown::Related(_, script) => *script,
            _ => Script::Simplified,
        };
        match reply.and_then(|reply| self.page(person, shown, reply)) {
            Ok(page) => Some(page),
            Err(Refusal::NotAllowed) => Some(self.text(person, wording::NOT_ADMIN)),
            Err(Refusal::UnknownPassage | Refusal::UnknownDocument) => {
                Some(in_script(wording::GONE, script).into_owned())
            }
            Err(refusal) => wording::refusal(refusal).map(str::to_owned),
        }
    }

    /// Renders a reply from its own snapshot.
    fn page(&self, person: &str, shown: Shown, reply: Reply) -> Result<String, Refusal> {
        let snapshot = &reply.snapshot;
        let text = match shown {
            Shown::Line(line) => return Ok(line.to_owned()),
            Shown::Turn(turn) => {
                if let Some(page) = self.memory.turn(person, turn) {
                    return Ok(page);
                }
                // Behind the last page there is what is related.
                let related = self.memory.related(person).filter(|_| turn == Turn::On);
                let related = related
                    .map(|(passages, script)| self.renderer.related(snapshot, &passages, script));
                return Ok(match related.transpose()?.flatten() {
                    Some(related) => self.open(person, related),
                    None => words::NO_MORE.to_owned(),
                });
            }
            Shown::Answer => {
                let (answer, _) = reply.answer()?;
                let page = self.open(person, self.renderer.answer(&answer));
                return Ok(self.with_notices(person, page));
            }
            Shown::Section(passage, script) => {
                let section = self.renderer.section(snapshot, &passage, script)?;
                let section = section.ok_or(Refusal::UnknownPassage)?;
                return Ok(self.open(person, section));
            }
            Shown::Related(passages, script) => {
                let related = self.renderer.related(snapshot, &passages, script)?;
                let related = related.ok_or(Refusal::UnknownPassage)?;
                return Ok(self.open(person, related));
            }
            Shown::Help => words::help(&self.deployment, reply.role),
            Shown::Unknown => wording::UNKNOWN_COMMAND.to_owned(),
            Shown::Terms => wording::terms(
                snapshot
                    .library()
                    .terms()
                    .map(|(_, term)| term.name.as_str()),
            ),
            Shown::Sources => wording::sources(snapshot, self.service.today()),
            Shown::Administered => match &reply.outcome {
                Outcome::Done => wording::sources(snapshot, self.service.today()),
                Outcome::Reloaded(outcome) => wording::reload(outcome),
                Outcome::Admin(outcome) if outcome.is_news_to(reply.role) => {
                    wording::NOT_ADMIN.to_owned()
                }
                Outcome::Admin(outcome) => words::administered(outcome),
                _ => return Err(Refusal::Failed),
            },
        };
        Ok(self.text(person, &text))
    }

    /// Shows a text that is not an answer.
    fn text(&self, person: &str, text: &str) -> String {
        self.open(person, self.renderer.text(text, Script::Simplified))
    }

    /// `page` with what the office has to say below, once to each person; what has no room there waits for
    /// the next answer.
    fn with_notices(&self, person: &str, mut page: String) -> String {
        for notice in self.service.untold_notices(self.channel, person) {
            let line = format!("\n\n{}", wording::office_notice(&notice.text));
            if page.len() + line.len() <= self.renderer.bytes() {
                page.push_str(&line);
                self.service.notice_told(self.channel, person, &notice);
            }
        }
        page
    }

    /// Returns the first page and stores the others.
    fn open(&self, person: &str, reading: Reading) -> String {
        let page = reading.page().to_owned();
        self.memory.open(person, reading);
        page
    }
}

/// True for keys that are messages (三抓三促, /help), unlike the usual identifiers of menu buttons and
/// QR codes (V1001_TODAY, qrscene_12).
fn is_message(key: &str) -> bool {
    key.starts_with('/') || key.chars().any(is_any_han)
}

#[cfg(test)]
mod tests;
