//! `wenzheng serve`: the composition root, the one place where everything is put together.

use std::{
    io::{self, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process::ExitCode,
    sync::Arc,
    thread,
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
    time::timeout,
};

use super::{
    alerts, console,
    context::{assistant_options, deployment, runtime, service_settings, set_embedder},
    digest, late,
    office::{self, Opened},
    operator,
};
use crate::{
    assistant::Options,
    channels::{
        console::ShownSetting,
        deployment::Deployment,
        mcp::{self, McpSettings},
        proxies::TrustedProxies,
        telegram::{self, Journal, TelegramSettings, Updates, Webhook, WebhookSettings},
        web::{self, WebSettings},
        wechat::{
            self, OfficialAccount, OfficialAccountMode, ReceiverKey, WechatSettings, WecomApp,
        },
    },
    config::{Settings, Sources, TelegramMode, WechatKey, WechatMode},
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
        let opened = tokio::task::spawn_blocking(move || office::open(&opening, options, &handle));
        let opened = opened.await.context("启动失败")??;
        set_embedder(&opened.assistant, &settings);
        let background = opened.assistant.clone();
        tokio::task::spawn_blocking(move || background.embed(&|_, _| {}));
        let shown = console::shown(&sources)?;
        serve(opened, settings, shown, listener, operator).await
    });
    runtime.shutdown_timeout(THREADS);
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(
    opened: Opened,
    settings: Settings,
    shown: Vec<ShownSetting>,
    listener: TcpListener,
    operator: operator::Signals,
) -> anyhow::Result<()> {
    let Opened {
        assistant,
        office,
        store,
    } = opened;
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
    let kept = office
        .as_ref()
        .map(|office| office.publisher().store().clone());
    let has_store = kept.is_some();
    let records = office
        .as_ref()
        .map(|office| late::records(office, &settings));
    if let Some(office) = &office {
        late::take_over(office, &settings).await;
    }
    let service = Service::new(
        assistant.clone(),
        ServiceSettings {
            votes: records.is_none().then(|| settings.data_dir.clone()),
            office,
            store,
            key: office::key(&settings).ok(),
            records,
            ..service_settings(&settings)
        },
    );
    if let Some(store) = kept {
        late::resume(&service, &store, settings.privacy).await;
    }
    tokio::spawn(alerts::watch(service.clone(), settings.data_dir.clone()));
    tokio::spawn(digest::watch(service.clone()));
    if let Some(robot) = settings.admin.wecom_robot.clone() {
        tokio::spawn(alerts::tell_wecom(service.clone(), robot));
    }
    let administration = operator::start(operator, &settings, &assistant, &service, shutdown());
    if !has_store {
        let find = late::find_store(settings.clone(), assistant, service.clone());
        tokio::spawn(find);
    }
    // A store that cannot be used now may keep what is asked in a minute.
    let kept_days = Some(settings.privacy.question_days);
    let deployment = Deployment {
        kept_days: kept_days.filter(|days| *days > 0),
        ..deployment(&settings)
    };
    let mcp = McpSettings {
        deployment: deployment.clone(),
        listen: settings.http.listen.ip(),
    };
    let others = wechat::router(&service, wechat_settings(&settings, &deployment))?
        .merge(mcp::router(service.clone(), &mcp))
        .merge(console::routes(&service, &settings, &deployment, &shown));
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
    let web_settings = WebSettings {
        deployment: deployment.clone(),
        trusted_proxies: TrustedProxies::new(settings.http.trusted_proxies.clone()),
        widget_origins: settings.http.widget_origins.clone(),
        cors_origins: settings.http.cors_origins.clone(),
        lost_log_lines: telemetry::lost_lines,
    };
    let alone = console::serve_alone(
        &service,
        &settings,
        web_settings.clone(),
        &shown,
        shutdown(),
    )
    .await?;
    let web = tokio::spawn(web::run(
        listener,
        service.clone(),
        web_settings,
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
                staff_group: settings.admin.staff_group,
                deployment,
            },
            updates,
            journal,
            shutdown(),
        ))
    });
    // For the person at the terminal; a service goes on, and ends, when nobody reads it.
    thread::spawn(move || {
        let _ = writeln!(io::stdout(), "网页：{page}");
    });
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
        if let Some(alone) = alone {
            alone.await.context("后台")??;
        }
        administration.await.context("admin.sock")
    };
    timeout(STOP, ends).await.unwrap_or_else(|_| {
        tracing::warn!("some work did not end in time and is given up");
        Ok(())
    })
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
