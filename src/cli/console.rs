//! The console as the settings say: with all else, or at an address of its own.

use anyhow::Context as _;
use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    answer::Answer,
    assistant::Snapshot,
    channels::{
        console::{self, ConsoleSettings, Message, Rendering, ShownSetting},
        deployment::Deployment,
        telegram,
        web::{self, WebSettings},
        wechat,
    },
    config::{Settings, Sources},
    service::Service,
};

/// How answers look on each channel.
const RENDERINGS: [Rendering; 3] = [
    Rendering {
        name: "网页",
        messages: on_the_web,
    },
    Rendering {
        name: "Telegram",
        messages: in_telegram,
    },
    Rendering {
        name: "微信",
        messages: in_wechat,
    },
];

fn on_the_web(answer: &Answer, snapshot: &Snapshot, deployment: &Deployment) -> Vec<Message> {
    let html = web::html(answer, snapshot, deployment);
    html.map(Message::Html).into_iter().collect()
}

fn in_telegram(answer: &Answer, _: &Snapshot, deployment: &Deployment) -> Vec<Message> {
    vec![Message::Html(telegram::html(answer, deployment))]
}

fn in_wechat(answer: &Answer, _: &Snapshot, deployment: &Deployment) -> Vec<Message> {
    let pages = wechat::pages(answer, deployment, wechat::OFFICIAL_ACCOUNT_BYTES);
    pages.into_iter().map(Message::Text).collect()
}

/// All settings in force, for the page that shows them.
pub(super) fn shown(sources: &Sources) -> anyhow::Result<Vec<ShownSetting>> {
    let rows = sources.in_force()?.into_iter();
    let shown = rows.map(|(key, value, origin)| ShownSetting { key, value, origin });
    Ok(shown.collect())
}

/// The routes of the console, to be served with all else; none where it has an address of its own.
pub(super) fn routes(
    service: &Service,
    settings: &Settings,
    deployment: &Deployment,
    shown: &[ShownSetting],
) -> Router {
    match settings.admin.listen {
        Some(_) => Router::new(),
        None => console::router(
            service.clone(),
            console_settings(settings, deployment.clone(), shown),
        ),
    }
}

/// Serves the console at its own address until `shutdown` completes; `None` where it has none.
pub(super) async fn serve_alone(
    service: &Service,
    settings: &Settings,
    web: WebSettings,
    shown: &[ShownSetting],
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<Option<JoinHandle<std::io::Result<()>>>> {
    let Some(address) = settings.admin.listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("无法使用 admin.listen 的地址 {address}（可能已被占用）"))?;
    // Pages of the public address are elsewhere.
    let deployment = Deployment {
        public_url: None,
        ..web.deployment.clone()
    };
    let routes = console::router(
        service.clone(),
        console_settings(settings, deployment.clone(), shown),
    );
    let web = WebSettings { deployment, ..web };
    let alone = web::run_alone(listener, service.clone(), web, routes, shutdown);
    Ok(Some(tokio::spawn(alone)))
}

fn console_settings(
    settings: &Settings,
    deployment: Deployment,
    shown: &[ShownSetting],
) -> ConsoleSettings {
    ConsoleSettings {
        deployment,
        allow: settings.admin.allow.clone(),
        plain_http: settings.admin.plain_http,
        renderings: RENDERINGS.to_vec(),
        shown: shown.to_vec(),
    }
}
