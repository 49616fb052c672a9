//! The life cycle of the channel: connects, dispatches, restarts after a failure, stops.

use std::{
    panic::AssertUnwindSafe,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use teloxide::{RequestError, error_handlers::IgnoringErrorHandlerSafe};
use tokio::time::{sleep, timeout};

use super::{
    connect::{self, connect, pause},
    delivery::{self, TelegramBot},
    dispatch::{self, Dispatching, dispatcher},
    handlers::Handlers,
    listener::Readable,
    polling::{self, PollErrors},
    settings::{TelegramError, TelegramSettings, Updates},
};
use crate::service::Service;

/// Grace period for running handlers at shutdown.
const GRACE: Duration = Duration::from_secs(5);

/// Serves Telegram until `shutdown` completes, then waits up to 5 seconds for running handlers.
///
/// Neither an unreachable server nor a panic ends it: both are logged, and it starts again.
///
/// # Errors
/// [`TelegramError`] if the settings are invalid.
pub async fn run(
    service: Service,
    settings: TelegramSettings,
    mut updates: Updates,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), TelegramError> {
    let bot = connect::bot(&settings)?;
    let handlers = Arc::new(Handlers::new(service, settings.deployment.clone()));
    let mut shutdown = pin!(shutdown);
    tokio::select! {
        () = connect(&bot, &updates, &settings.admin_menus) => {}
        () = &mut shutdown => return Ok(()),
    }
    for attempt in 0_u32.. {
        let stopping = Arc::new(AtomicBool::new(false));
        let mut dispatcher = dispatcher(bot.clone(), Arc::clone(&handlers));
        let token = dispatcher.shutdown_token();
        let running = dispatch(&mut dispatcher, &bot, &mut updates, &stopping);
        let mut running = pin!(AssertUnwindSafe(running).catch_unwind());
        tokio::select! {
            ended = &mut running => match ended {
                Ok(Ok(())) => tracing::warn!("telegram updates ended, starting again"),
                Ok(Err(error)) => tracing::warn!(
                    reason = delivery::failure::kind(&error),
                    "telegram cannot be reached"
                ),
                Err(_) => tracing::error!("telegram dispatcher panicked, starting again"),
            },
            () = &mut shutdown => {
                stopping.store(true, Ordering::Relaxed);
                tracing::info!("telegram is stopping");
                if timeout(GRACE, dispatch::stop(&token, running)).await.is_err() {
                    tracing::warn!("telegram handlers did not end in time");
                }
                return Ok(());
            }
        }
        tokio::select! {
            () = sleep(pause(attempt)) => {}
            () = &mut shutdown => return Ok(()),
        }
    }
    Ok(())
}

/// One run of the dispatcher, with its own listener.
fn dispatch<'r>(
    dispatcher: &'r mut Dispatching,
    bot: &'r TelegramBot,
    updates: &'r mut Updates,
    stopping: &Arc<AtomicBool>,
) -> BoxFuture<'r, Result<(), RequestError>> {
    match updates {
        Updates::Polling => {
            let errors = Arc::new(PollErrors(Arc::clone(stopping)));
            let listener = Readable(polling::listen(bot));
            dispatcher
                .try_dispatch_with_listener(listener, errors)
                .boxed()
        }
        Updates::Webhook(webhook) => {
            let watch = webhook.watch(bot.clone());
            let errors = IgnoringErrorHandlerSafe::new();
            let listener = Readable(webhook.listen());
            async move {
                tokio::select! {
                    ended = dispatcher.try_dispatch_with_listener(listener, errors) => ended,
                    () = watch => Ok(()),
                }
            }
            .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

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
            deployment: Deployment::default(),
        }
    }

    fn service() -> Service {
        let assistant = Assistant::open(Options::default());
        let assistant = assistant.expect("the corpus inside the program is sound");
        Service::new(assistant, ServiceSettings::default())
    }

    fn webhook() -> Updates {
        let settings = WebhookSettings {
            url: "https://wz.example.cn/telegram/webhook".into(),
            path: "/telegram/webhook".into(),
            secret: None,
        };
        Updates::Webhook(Webhook::new(&settings, &SecretString::from("1:x")).0)
    }

    #[tokio::test]
    async fn the_dispatcher_finds_all_that_its_handlers_need() {
        let settings = settings("http://127.0.0.1:9");
        let bot = connect::bot(&settings).expect("an address");
        // Panics if a handler requires a dependency that is not provided.
        let _ = dispatcher(bot, Arc::new(Handlers::new(service(), settings.deployment)));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_an_error_and_no_panic() {
        for address in ["", "nowhere", "mailto:x"] {
            let ended = run(service(), settings(address), Updates::Polling, async {}).await;
            assert!(matches!(ended, Err(TelegramError::ApiUrl(_))), "{address}");
        }
    }

    #[tokio::test]
    async fn telegram_out_of_reach_keeps_it_waiting_until_it_is_stopped() {
        for updates in [Updates::Polling, webhook()] {
            let soon = sleep(Duration::from_millis(300));
            // Nobody listens on the discard port.
            let run = run(service(), settings("http://127.0.0.1:9"), updates, soon);
            let ended = timeout(Duration::from_secs(3), run).await;
            assert!(matches!(ended, Ok(Ok(()))));
        }
    }
}
