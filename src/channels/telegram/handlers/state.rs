//! State shared by all handlers.

use std::{num::NonZeroUsize, sync::OnceLock};

use teloxide::types::{ChatId, MediaGroupId};
use tokio::sync::{Semaphore, mpsc};
use wenzheng_chart::{Chart, png};
use wenzheng_store::{Notice, StoreError};

use crate::{
    admin::{self, Office},
    answer::Script,
    channels::{
        deployment::Deployment,
        telegram::{
            callback::ScriptChoice,
            delivery::Target,
            memory::Table,
            pace::{Pace, Turn},
            render::{self, Rendered},
            replies::{MessageKey, Replies},
            settings::Staff,
        },
        wording::in_script,
    },
    corpus::PassageId,
    service::{Caller, Channel, Refusal, Reply, Request, Service},
    upload::{Spool, Waiting},
};

/// Number of answers whose related passages (更多相关) are remembered; for older ones they are searched
/// again.
const ANSWERS: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");
/// Requests of Telegram that are with the service at the same time, a quarter of what the service lets wait.
/// Telegram brings whatever was written while the program was away at once; further updates wait for
/// these, in order, and neither are refused as too many nor take the places of other channels.
const AT_WORK: usize = 64;
/// What the service remembers the script of a chat as.
const SCRIPT: &str = "script";
/// How wide a chart is: sharp on a phone.
const PIXELS: u32 = 900;
/// Number of albums remembered; the pictures of one arrive within seconds.
const ALBUMS: NonZeroUsize = NonZeroUsize::new(1_024).expect("not zero");

/// State shared by all handlers.
#[derive(Debug)]
pub(in crate::channels::telegram) struct Handlers {
    service: Service,
    pub(super) deployment: Deployment,
    pub(super) staff: Staff,
    /// Related passages (更多相关), by the message that carries the button.
    pub(super) related: Table<MessageKey, Vec<PassageId>>,
    /// Which message replies to which question.
    pub(super) replies: Replies,
    /// Albums already replied to: each picture of an album is a separate message.
    pub(super) albums: Table<MediaGroupId, ()>,
    pub(super) pace: Pace,
    /// Requests to the service at a time, see [`AT_WORK`].
    at_work: Semaphore,
    /// The bot's name, once Telegram has told it.
    name: OnceLock<String>,
    /// Jobs whose end is to be told.
    begun: mpsc::UnboundedSender<BegunJob>,
}

/// A job that somebody has begun, and where they are told how it ends.
#[derive(Debug)]
pub(in crate::channels::telegram) struct BegunJob {
    pub(super) number: i64,
    pub(super) target: Target,
}

impl Handlers {
    /// Creates handlers on top of `service`, and what brings the jobs whose end is to be told
    /// ([`Self::tell_end`]).
    pub(in crate::channels::telegram) fn new(
        service: Service,
        deployment: Deployment,
        staff: Staff,
    ) -> (Self, mpsc::UnboundedReceiver<BegunJob>) {
        let (begun, jobs) = mpsc::unbounded_channel();
        let handlers = Self {
            service,
            deployment,
            staff,
            related: Table::new(ANSWERS),
            replies: Replies::default(),
            albums: Table::new(ALBUMS),
            pace: Pace::new(),
            at_work: Semaphore::new(AT_WORK),
            name: OnceLock::new(),
            begun,
        };
        (handlers, jobs)
    }

    /// Notes what the bot is called.
    pub(super) fn is_called(&self, name: Option<&str>) {
        if let Some(name) = name {
            self.name.get_or_init(|| name.to_owned());
        }
    }

    /// What the bot is called.
    pub(super) fn name(&self) -> Option<&str> {
        self.name.get().map(String::as_str)
    }

    /// The service.
    pub(super) const fn service(&self) -> &Service {
        &self.service
    }

    /// What `ask` says of the office; `None` while there is none.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn with_office<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Office) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Option<T>, Refusal> {
        self.service.with_office(ask).await
    }

    /// Has somebody told at `target` how a job ends that they have begun.
    pub(super) fn follow(&self, number: i64, target: Target) {
        // Nobody takes it when the program ends.
        let _ = self.begun.send(BegunJob { number, target });
    }

    /// Waits for the end of a job: how it ended; `None` when nobody can tell.
    pub(super) async fn end_of_job(&self, number: i64) -> Option<String> {
        self.service.end_of_job(number).await
    }

    /// Passes a request to the service, in its turn.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn request(&self, request: Request) -> Result<Reply, Refusal> {
        // Never closed.
        let _place = self.at_work.acquire().await;
        self.service.handle(request).await
    }

    /// A chart as a PNG; `None` when it cannot be drawn, which the log tells. It takes a while, on a thread that
    /// may block.
    pub(super) async fn draw(&self, chart: Chart) -> Option<Vec<u8>> {
        let drawn = self.service.with_office(move |_| Ok(png(&chart, PIXELS)));
        match drawn.await {
            Ok(Some(Ok(picture))) => Some(picture),
            Ok(Some(Err(error))) => {
                tracing::warn!(%error, "a chart was not drawn");
                None
            }
            Ok(None) | Err(_) => None,
        }
    }

    /// Where files wait that `caller` puts in; `None` for those who may not.
    pub(super) fn spool_for(&self, caller: &Caller) -> Option<Spool> {
        self.service.spool_for(caller)
    }

    /// See [`Service::lacks_store`].
    pub(super) fn lacks_store(&self, caller: &Caller) -> bool {
        self.service.lacks_store(caller)
    }

    /// See [`Service::untold_notices`].
    pub(super) fn untold_notices(&self, chat: ChatId) -> Vec<Notice> {
        self.service
            .untold_notices(Channel::TELEGRAM, &chat.to_string())
    }

    /// See [`Service::notice_told`].
    pub(super) fn notice_told(&self, chat: ChatId, notice: &Notice) {
        self.service
            .notice_told(Channel::TELEGRAM, &chat.to_string(), notice);
    }

    /// Passes files to the service.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn take(
        &self,
        caller: &Caller,
        files: Vec<Waiting>,
    ) -> Result<admin::Outcome, Refusal> {
        self.service.take(caller, files).await
    }

    /// Waits for the turn to send to `chat`; `None`, with a line in the log, if too many messages wait.
    pub(super) async fn turn(&self, chat: ChatId) -> Option<Turn> {
        let turn = self.pace.turn(chat).await;
        if turn.is_none() {
            tracing::warn!("telegram chat is flooded, a message was dropped");
        }
        turn
    }

    /// The script that `chat` has chosen.
    pub(super) fn chosen(&self, chat: ChatId) -> ScriptChoice {
        let chosen = self
            .service
            .preferred(Channel::TELEGRAM, &chat.to_string(), SCRIPT);
        let chosen = chosen.and_then(|name| ScriptChoice::decode(&name));
        chosen.unwrap_or_default()
    }

    /// Notes the script that `chat` has chosen.
    pub(super) fn choose_script(&self, chat: ChatId, choice: ScriptChoice) {
        let (chat, name) = (chat.to_string(), choice.encode());
        self.service.prefer(Channel::TELEGRAM, &chat, SCRIPT, name);
    }

    /// The script of messages in `chat` that are not answers.
    pub(super) fn script(&self, chat: ChatId) -> Script {
        match self.chosen(chat) {
            ScriptChoice::Always(script) => script,
            ScriptChoice::Auto => Script::Simplified,
        }
    }

    /// A plain message in the script of the chat.
    pub(super) fn note(&self, chat: ChatId, text: &str) -> Rendered {
        render::note(&in_script(text, self.script(chat)))
    }
}
