//! What whoever runs the server does at the machine itself: signals, the administration socket, and
//! the watch over the corpus folder. None of it ends the server.
//!
//! | signal | what it does |
//! |---|---|
//! | SIGHUP | reloads, as for other servers; a terminal that is closed sends it too, and the server stays |
//! | SIGUSR1, SIGUSR2 | nothing: log rotation and supervisors send them to whatever runs |
//! | SIGPIPE | nothing: a connection or log whose reader has gone is an error of that write |

use std::{path::PathBuf, pin::pin, time::Duration};

use anyhow::Context as _;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
    time::sleep,
};

use crate::{
    assistant::Assistant,
    channels::admin::{self, Socket, SocketError},
    config::Settings,
    corpus::FolderWatch,
    service::{Act, Caller, Channel, Command, Request, Service},
};

/// How often a socket is tried that the disk refuses.
const SOCKET: Duration = Duration::from_secs(15);

/// The signals that do not end the server.
pub(super) struct Signals {
    hangup: Signal,
    user: [Signal; 2],
}

impl Signals {
    /// Takes them from now on; one that comes before [`Self::obey`] waits for it.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            hangup: signal(SignalKind::hangup()).context("SIGHUP")?,
            user: [
                signal(SignalKind::user_defined1()).context("SIGUSR1")?,
                signal(SignalKind::user_defined2()).context("SIGUSR2")?,
            ],
        })
    }

    /// Does what each says, forever.
    async fn obey(mut self, service: Service) {
        let [one, two] = &mut self.user;
        loop {
            tokio::select! {
                _ = self.hangup.recv() => reload(&service, Channel::SIGNAL).await,
                _ = one.recv() => tracing::info!("SIGUSR1 does nothing here"),
                _ = two.recv() => tracing::info!("SIGUSR2 does nothing here"),
            }
        }
    }
}

/// Begins to take signals, to listen at the administration socket, and to watch the corpus folder if
/// the settings say so. What is returned ends after `shutdown`, once the votes that were cast are
/// written.
pub(super) fn start(
    signals: Signals,
    settings: &Settings,
    assistant: &Assistant,
    service: &Service,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> JoinHandle<()> {
    tokio::spawn(signals.obey(service.clone()));
    if let Some(period) = settings.corpus.watch {
        match assistant.watch() {
            Some(folder) => {
                tokio::spawn(watch(folder, service.clone(), period));
            }
            None => tracing::warn!("there is no corpus folder to watch"),
        }
    }
    let socket = bound(Socket::bind(&settings.data_dir), settings.data_dir.clone());
    let service = service.clone();
    tokio::spawn(async move {
        let mut shutdown = pin!(shutdown);
        let socket = tokio::select! {
            socket = socket => Some(socket),
            () = &mut shutdown => None,
        };
        if let Some(socket) = socket {
            admin::serve(socket, service.clone(), shutdown).await;
        }
        let _ = tokio::task::spawn_blocking(move || service.flush()).await;
    })
}

/// The administration socket; tried again while the disk refuses it.
async fn bound(first: Result<Socket, SocketError>, data: PathBuf) -> Socket {
    let mut socket = first.inspect_err(|error| {
        tracing::warn!(%error, "no administration socket: `wenzheng reload` does not reach this server");
    });
    loop {
        match socket {
            Ok(socket) => return socket,
            Err(_) => sleep(SOCKET).await,
        }
        socket = Socket::bind(&data);
    }
}

/// Reloads when the corpus folder has changed, looking every `period`, forever.
async fn watch(mut watch: FolderWatch, service: Service, period: Duration) {
    loop {
        sleep(period).await;
        let looked = tokio::task::spawn_blocking(move || {
            let changed = watch.look();
            (watch, changed)
        });
        let changed;
        (watch, changed) = match looked.await {
            Ok(looked) => looked,
            Err(_) => {
                tracing::error!("the corpus folder is no longer watched");
                return;
            }
        };
        if changed {
            reload(&service, Channel::WATCH).await;
        }
    }
}

/// Reloads; the outcome is logged, with the problems of the files where it failed.
async fn reload(service: &Service, channel: Channel) {
    let request = Request::new(Caller::new(channel, ""), Act::Command(Command::Reload));
    // Refused or not, the service has logged it.
    let _ = service.handle(request).await;
}
