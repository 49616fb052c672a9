//! The life cycle of the channel: connects, handles updates, stops.

use std::{pin::pin, sync::Arc, time::Duration};

use futures::{
    FutureExt as _, StreamExt as _,
    stream::{FuturesUnordered, Stream},
};
use teloxide::types::{ChatId, Update};
use tokio::{sync::mpsc, time::timeout};

use super::{
    connect::{self, connect},
    handlers::Handlers,
    journal::Journal,
    polling,
    settings::{Staff, TelegramError, TelegramSettings, Updates},
};
use crate::service::Service;

/// Grace period for running handlers at shutdown.
const GRACE: Duration = Duration::from_secs(5);
/// Updates handled at the same time; further ones wait where they are. Most of the time of one is spent
/// waiting for Telegram, in particular of those to whom it says so (status 429).
const AT_ONCE: usize = 2_000;
/// Updates between a poll and the handlers.
const POLLED: usize = 100;

/// Serves Telegram until `shutdown` completes, then waits up to 5 seconds for running handlers.
/// What they leave is in the journal.
///
/// Neither an unreachable server nor a panic ends it.
///
/// # Errors
/// [`TelegramError`] if the settings are invalid.
pub async fn run(
    service: Service,
    settings: TelegramSettings,
    updates: Updates,
    journal: Arc<Journal>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), TelegramError> {
    let bot = connect::bot(&settings)?;
    let mut shutdown = pin!(shutdown);
    let me = tokio::select! {
        me = connect(&bot, &updates, &settings.admin_menus) => me,
        () = &mut shutdown => return Ok(()),
    };
    let staff = Staff {
        group: settings.staff_group.map(ChatId),
        owners: settings.admin_menus,
    };
    let (handlers, mut begun) = Handlers::new(service, settings.deployment, staff.clone());
    let mut told = pin!(handlers.tell_on(&bot, &staff));
    // Apart from the updates: these are handled once it was said that a job has begun.
    let mut jobs = FuturesUnordered::new();
    let handle = |update: Update| {
        let (handlers, bot, me, journal) = (&handlers, &bot, &me, &journal);
        async move {
            let id = update.id.0;
            handlers.dispatch(bot, update, me).await;
            journal.handled(id);
        }
    };

    let polls = matches!(updates, Updates::Polling);
    let (mut arrived, source) = match updates {
        Updates::Polling => {
            let (updates, arrived) = mpsc::channel(POLLED);
            (
                arrived,
                polling::poll(bot.clone(), &journal, updates).boxed(),
            )
        }
        Updates::Webhook(webhook) => {
            let watch = webhook.watch(bot.clone()).boxed();
            (webhook.into_updates(), watch)
        }
    };
    let mut source = source;
    let mut in_hand: FuturesUnordered<_> = journal.left_over().into_iter().map(&handle).collect();
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            never = &mut source => match never {},
            Some(update) = arrived.recv(), if in_hand.len() < AT_ONCE => in_hand.push(handle(update)),
            Some(()) = in_hand.next() => {}
            Some(job) = begun.recv() => jobs.push(handlers.tell_end(&bot, job)),
            Some(()) = jobs.next() => {}
            () = &mut told => {}
        }
    }

    tracing::info!("telegram is stopping");
    drop(source);
    arrived.close();
    let finish = async {
        while let Some(update) = arrived.recv().await {
            in_hand.push(handle(update));
        }
        drain(&mut in_hand).await;
    };
    if timeout(GRACE, finish).await.is_err() {
        let count = in_hand.len();
        tracing::warn!(count, "telegram updates are left for the next start");
    }
    if polls {
        polling::confirm(&bot, &journal).await;
    }
    journal.flush().await;
    Ok(())
}

async fn drain(handlers: &mut (impl Stream<Item = ()> + Unpin)) {
    while handlers.next().await.is_some() {}
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;
    use tempfile::TempDir;

    use tokio::time::sleep;

    use super::*;
    use crate::{
        assistant::{Assistant, Options},
        channels::{
            deployment::Deployment,
            telegram::{Webhook, WebhookSettings},
        },
        service::ServiceSettings,
    };

    fn settings(api_url: &str) -> TelegramSettings {
        TelegramSettings {
            token: SecretString::from("1:x"),
            api_url: api_url.into(),
            admin_menus: vec![99],
            staff_group: None,
            deployment: Deployment::default(),
        }
    }

    fn service() -> Service {
        let assistant = Assistant::open(Options::default());
        let assistant = assistant.expect("the corpus inside the program is sound");
        Service::new(assistant, ServiceSettings::default())
    }

    fn journal(data: &TempDir) -> Arc<Journal> {
        Arc::new(Journal::open(data.path(), &SecretString::from("1:x")))
    }

    fn webhook(journal: &Arc<Journal>) -> Updates {
        let settings = WebhookSettings {
            url: "https://wz.example.cn/telegram/webhook".into(),
            path: "/telegram/webhook".into(),
            secret: None,
        };
        Updates::Webhook(Webhook::new(&settings, &SecretString::from("1:x"), Arc::clone(journal)).0)
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_an_error_and_no_panic() {
        let data = tempfile::tempdir().expect("a folder");
        for address in ["", "nowhere", "mailto:x"] {
            let (settings, journal) = (settings(address), journal(&data));
            let ended = run(service(), settings, Updates::Polling, journal, async {}).await;
            assert!(matches!(ended, Err(TelegramError::ApiUrl(_))), "{address}");
        }
    }

    #[tokio::test]
    async fn telegram_out_of_reach_keeps_it_waiting_until_it_is_stopped() {
        let data = tempfile::tempdir().expect("a folder");
        let journal = journal(&data);
        for updates in [Updates::Polling, webhook(&journal)] {
            let soon = sleep(Duration::from_millis(300));
            // Nobody listens on the discard port.
            let settings = settings("http://127.0.0.1:9");
            let run = run(service(), settings, updates, Arc::clone(&journal), soon);
            let ended = timeout(Duration::from_secs(3), run).await;
            assert!(matches!(ended, Ok(Ok(()))));
        }
    }
}
