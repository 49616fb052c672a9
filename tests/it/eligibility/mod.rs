//! Who qualifies: rule files of the invented county, asked about in conversations.

mod conversations;
mod editions;
mod files;
mod kept;
mod rendered;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex},
};

use time::{Date, macros::date};
use tokio::runtime::Runtime;
use wenzheng::{
    answer::{Answer, Check, CheckStep},
    assistant::{Assistant, Options},
    channels::{plain, wording},
    service::{Act, Caller, Channel, Conversation, Event, Request, Service, ServiceSettings},
};

use crate::answers::deployment;

const TODAY: Date = date!(2026 - 11 - 30);

static COUNTY: LazyLock<Assistant> = LazyLock::new(|| open(examples()));

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/examples")
}

fn open(folder: PathBuf) -> Assistant {
    let options = Options {
        corpus_dir: Some(folder),
        ..Options::default()
    };
    Assistant::open(options).expect("the documents are valid")
}

/// Somebody who talks to the program.
struct Talk {
    runtime: Runtime,
    service: Service,
    events: Arc<Mutex<Vec<Event>>>,
    channel: Channel,
    conversation: &'static str,
    in_group: bool,
}

impl Talk {
    fn new() -> Self {
        Self::on(TODAY)
    }

    fn on(today: Date) -> Self {
        Self::with(COUNTY.clone(), today)
    }

    fn with(assistant: Assistant, today: Date) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let settings = ServiceSettings {
            today: Some(today),
            ..ServiceSettings::default()
        };
        let events = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&events);
        let record = move |event: &Event| heard.lock().expect("sound").push(event.clone());
        Self {
            runtime: runtime.expect("a runtime"),
            service: Service::recorded(assistant, settings, record),
            events,
            channel: Channel::TERMINAL,
            conversation: "somebody",
            in_group: false,
        }
    }

    fn does(&self, act: Act) -> Answer {
        let request = Request::new(Caller::new(self.channel, "somebody"), act)
            .within(Conversation::Remembered(self.conversation.into()))
            .in_group(self.in_group);
        let reply = self.runtime.block_on(self.service.handle(request));
        reply
            .and_then(wenzheng::service::Reply::answer)
            .expect("an answer")
            .0
    }

    fn asks(&self, text: &str) -> Answer {
        self.does(Act::ask(text))
    }

    /// What is said to `text`, as the terminal shows it.
    fn says(&self, text: &str) -> String {
        plain::render(&self.asks(text), &deployment())
    }

    /// What is said to the button with this label below `answer`.
    fn presses(&self, answer: &Answer, label: &str) -> Answer {
        let buttons = wording::buttons(check(answer));
        let mut all = buttons.choices.iter().chain(&buttons.controls);
        let found = all.find(|(own, _)| own == label);
        let (_, pick) = found.unwrap_or_else(|| panic!("no button {label}"));
        self.does(Act::Pick(pick.clone()))
    }
}

/// What is said of whether somebody qualifies.
fn check(answer: &Answer) -> &Check {
    answer.check.as_deref().expect("it is about who qualifies")
}

/// The question that is put; empty for anything else.
fn asked(answer: &Answer) -> &str {
    match answer.check.as_deref().map(|check| &check.step) {
        Some(CheckStep::Asks(question)) => &question.ask,
        _ => "",
    }
}
