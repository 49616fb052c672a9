//! `wenzheng serve`: the composition root, the one place where everything is put together.

use std::{
    io::{self, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use axum::Router;
use clap::Args;
use secrecy::SecretString;
use tokio::{
    net::TcpListener,
    runtime::Handle,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    time::{sleep, timeout},
};

use super::{
    context::{assistant_options, deployment, runtime, service_settings, set_embedder},
    office, operator,
};
use wenzheng_store::{Store, StoreError};

use crate::{
    admin::Office,
    assistant::{Assistant, Options},
    channels::{
        deployment::Deployment,
        mcp::{self, McpSettings},
        proxies::TrustedProxies,
        telegram::{self, Journal, TelegramSettings, Updates, Webhook, WebhookSettings},
        web::{self, WebSettings},
        wechat::{
            self, OfficialAccount, OfficialAccountMode, ReceiverKey, WechatSettings, WecomApp,
        },
    },
    config::{Privacy, Settings, Sources, TelegramMode, WechatKey, WechatMode},
    records::{Records, take_over_votes},
    service::{Service, ServiceSettings},
    storage, telemetry,
};

/// How long the program takes to stop, together with [`THREADS`] less than the ten seconds after which
/// systemd and Docker are often set to kill.
const STOP: Duration = Duration::from_secs(8);
/// How long work on other threads is waited for after that: vectors of a new corpus, say, which are
/// made again at the next start.
const THREADS: Duration = Duration::from_secs(1);

/// Arguments of `wenzheng serve`.
#[derive(Debug, Default, Args)]
pub(super) struct ServeArgs {
    /// 网页和接口的地址和端口，例如 127.0.0.1:8080
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

pub(super) fn run(
    args: &ServeArgs,
    mut sources: Sources,
    corpus_named: bool,
) -> anyhow::Result<ExitCode> {
    if let Some(listen) = &args.listen {
        sources.flags.push(("http.listen".into(), listen.clone()));
    }
    let settings = sources.settings()?;
    telemetry::init(&settings.log)?;
    let options = Options {
        starts_degraded: true,
        ..assistant_options(&settings, corpus_named)
    };
    storage::remove_unfinished(&settings.data_dir);
    if options.corpus_dir.is_none() {
        tracing::warn!("no folder corpus/: the report inside the program is served");
    }
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        // From the beginning: a signal that nobody takes yet would end the process at once.
        let operator = operator::Signals::listen()?;
        let listener = TcpListener::bind(settings.http.listen)
            .await
            .with_context(|| format!("无法使用地址 {}（可能已被占用）", settings.http.listen))?;
        let (opening, handle) = (settings.clone(), Handle::current());
        let opened = tokio::task::spawn_blocking(move || office::open(&opening, options, handle));
        let opened = opened.await.context("启动失败")??;
        let assistant = opened.assistant;
        set_embedder(&assistant, &settings);
        let background = assistant.clone();
        tokio::task::spawn_blocking(move || background.embed(&|_, _| {}));
        serve(assistant, opened.office, settings, listener, operator).await
    });
    runtime.shutdown_timeout(THREADS);
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(
    assistant: Assistant,
    office: Option<Arc<Office>>,
    settings: Settings,
    listener: TcpListener,
    operator: operator::Signals,
) -> anyhow::Result<()> {
    // Before anything is served: a signal that nobody waits for yet would end the process at once.
    let mut signals = Signals::listen()?;
    let (stop, stopped) = watch::channel(());
    let shutdown = || {
        let mut stopped = stopped.clone();
        // Ends when the sender is dropped, which is how everybody is told to stop.
        async move { while stopped.changed().await.is_ok() {} }
    };
    let snapshot = assistant.snapshot();
    tracing::info!(
        documents = snapshot.library().documents().len(),
        corpus.version = snapshot.library().version(),
        "corpus ready",
    );
    drop(snapshot);
    let page = page_address(
        listener.local_addr().context("网页服务")?,
        settings.http.public_url.as_deref(),
    );
    let store = office
        .as_ref()
        .map(|office| office.publisher().store().clone());
    let kept = store.is_some();
    let records = match &office {
        Some(office) => Some(records(office, &settings).await),
        None => None,
    };
    let service = Service::new(
        assistant.clone(),
        ServiceSettings {
            votes: records.is_none().then(|| settings.data_dir.clone()),
            office,
            records,
            ..service_settings(&settings)
        },
    );
    if let Some(store) = store {
        resume(&service, &store, settings.privacy).await;
        tokio::spawn(tidy(store, settings.privacy));
    }
    let administration = operator::start(operator, &settings, &assistant, &service, shutdown());
    // What is told about it must be so.
    let kept_days = kept.then_some(settings.privacy.question_days);
    let deployment = Deployment {
        kept_days: kept_days.filter(|days| *days > 0),
        ..deployment(&settings)
    };
    let mcp = McpSettings {
        deployment: deployment.clone(),
        listen: settings.http.listen.ip(),
    };
    let others = wechat::router(&service, wechat_settings(&settings, &deployment))?
        .merge(mcp::router(service.clone(), &mcp));
    let telegram = settings.telegram.token.clone().map(|token| {
        let journal = Arc::new(Journal::open(&settings.data_dir, &token));
        let mode = settings.telegram.mode.clone();
        let (updates, routes) = telegram_updates(mode, &token, &journal);
        (token, updates, journal, routes)
    });
    let others = match &telegram {
        Some((_, _, _, webhook)) => others.merge(webhook.clone()),
        None => others,
    };
    let web = tokio::spawn(web::run(
        listener,
        service.clone(),
        WebSettings {
            deployment: deployment.clone(),
            trusted_proxies: TrustedProxies::new(settings.http.trusted_proxies),
            widget_origins: settings.http.widget_origins,
            cors_origins: settings.http.cors_origins,
            lost_log_lines: telemetry::lost_lines,
        },
        others,
        shutdown(),
    ));
    let telegram = telegram.map(|(token, updates, journal, _)| {
        tokio::spawn(telegram::run(
            service,
            TelegramSettings {
                token,
                api_url: settings.telegram.api_url,
                admin_menus: settings.admin.telegram_users,
                deployment,
            },
            updates,
            journal,
            shutdown(),
        ))
    });
    // For the person at the terminal; a service goes on when nobody reads it.
    let _ = writeln!(io::stdout(), "网页：{page}");
    if telegram.is_none() {
        tracing::info!("telegram is off: TELOXIDE_TOKEN is not set");
    }
    signals.told_to_stop().await;
    tracing::info!("stopping");
    drop(stop);
    let ends = async {
        if let Some(telegram) = telegram {
            telegram.await.context("Telegram")??;
        }
        web.await.context("网页服务")??;
        administration.await.context("admin.sock")
    };
    timeout(STOP, ends).await.unwrap_or_else(|_| {
        tracing::warn!("some work did not end in time and is given up");
        Ok(())
    })
}

/// Where what is asked goes, with the votes of before there was a store.
async fn records(office: &Office, settings: &Settings) -> Arc<Records> {
    let store = office.publisher().store();
    match take_over_votes(&settings.data_dir, store).await {
        Ok(0) => {}
        Ok(votes) => tracing::info!(votes, "the votes of before are in the store now"),
        Err(error) => tracing::warn!(%error, "the votes of before are not in the store yet"),
    }
    Arc::new(Records::start(
        store.clone(),
        Handle::current(),
        settings.privacy.question_days > 0,
    ))
}

/// Takes up the conversations that a restart interrupted.
async fn resume(service: &Service, store: &Store, privacy: Privacy) {
    /// Four questions each of so many conversations as a channel remembers.
    const TURNS: usize = 40_000;
    match store.turns(since(privacy), TURNS).await {
        Ok(turns) => service.resume(turns),
        Err(error) => tracing::warn!(%error, "conversations of before the start are forgotten"),
    }
}

/// When the oldest question was asked that is still remembered, in milliseconds since 1970.
fn since(privacy: Privacy) -> i64 {
    let lifetime = privacy.conversation().as_millis();
    wenzheng_store::now().saturating_sub_unsigned(u64::try_from(lifetime).unwrap_or(u64::MAX))
}

/// Drops what has been kept long enough: conversations every minute, all else every hour, forever.
async fn tidy(store: Store, privacy: Privacy) {
    const MINUTE: Duration = Duration::from_mins(1);
    let mut failing = false;
    for minute in (0..60).cycle() {
        let pruned = async {
            store.prune_turns(since(privacy)).await?;
            if minute == 0 {
                store.prune_questions(privacy.question_days).await?;
                store.prune_audit(privacy.audit_days).await?;
            }
            Ok::<(), StoreError>(())
        };
        let pruned = pruned.await;
        if let Err(error) = &pruned
            && !failing
        {
            tracing::warn!(%error, "what has been kept long enough was not dropped");
        }
        failing = pruned.is_err();
        sleep(MINUTE).await;
    }
}

/// The address to open in a browser: the public one, or that of this machine.
fn page_address(listen: SocketAddr, public_url: Option<&str>) -> String {
    if let Some(url) = public_url {
        return format!("{url}/");
    }
    let reached = match listen.ip() {
        any if any.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        one => one,
    };
    format!("http://{}/", SocketAddr::new(reached, listen.port()))
}

/// The accounts that are set up.
fn wechat_settings(settings: &Settings, deployment: &Deployment) -> WechatSettings {
    let key = |key: &WechatKey| ReceiverKey {
        aes_key: key.aes_key.clone(),
        receiver: key.id.clone(),
    };
    let official_account = settings.wechat_oa.as_ref().map(|oa| OfficialAccount {
        token: oa.token.clone(),
        mode: match &oa.mode {
            WechatMode::Plain => OfficialAccountMode::Plain,
            WechatMode::Compat(compat) => OfficialAccountMode::Compat(key(compat)),
            WechatMode::Safe(safe) => OfficialAccountMode::Safe(key(safe)),
        },
    });
    let wecom = settings.wecom.as_ref().map(|wecom| WecomApp {
        token: wecom.token.clone(),
        key: key(&wecom.key),
    });
    for (account, served) in [
        ("wechat_oa", official_account.is_some()),
        ("wecom", wecom.is_some()),
    ] {
        if served {
            tracing::info!(channel = account, "the callback is served");
        }
    }
    WechatSettings {
        deployment: deployment.clone(),
        official_account,
        wecom,
    }
}

/// Where Telegram's updates come from, and the routes that they need.
fn telegram_updates(
    mode: TelegramMode,
    token: &SecretString,
    journal: &Arc<Journal>,
) -> (Updates, Router) {
    match mode {
        TelegramMode::Polling => (Updates::Polling, Router::new()),
        TelegramMode::Webhook { url, path, secret } => {
            let settings = WebhookSettings { url, path, secret };
            let (webhook, routes) = Webhook::new(&settings, token, Arc::clone(journal));
            (Updates::Webhook(webhook), routes)
        }
    }
}

/// The signals that tell the program to stop.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Takes SIGINT and SIGTERM from now on.
    fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt()).context("SIGINT")?,
            terminate: signal(SignalKind::terminate()).context("SIGTERM")?,
        })
    }

    /// Waits for one of them.
    async fn told_to_stop(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_page_can_be_opened() {
        for (listen, page) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("0.0.0.0:8080", "http://127.0.0.1:8080/"),
            ("[::]:80", "http://127.0.0.1:80/"),
            ("[::1]:8080", "http://[::1]:8080/"),
            ("192.168.1.5:8080", "http://192.168.1.5:8080/"),
        ] {
            assert_eq!(
                page_address(listen.parse().expect("an address"), None),
                page
            );
        }
        let public = Some("https://wz.example.cn");
        let listen = "127.0.0.1:8080".parse().expect("an address");
        assert_eq!(page_address(listen, public), "https://wz.example.cn/");
    }
}
