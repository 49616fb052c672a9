//! Accepts connections and ends them.
//!
//! This is `axum::serve` with what that lacks for a service on the open internet: a limit on the
//! time a client may take for its request head (which also ends idle connections), a limit on the
//! number of connections, and an end to waiting at shutdown.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// A client must send the head of its (next) request within this time.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// Connections held at once; more wait in the listener's backlog.
const CONNECTIONS: usize = 2_000;
/// Requests in progress at shutdown get this long to finish.
const GRACE: Duration = Duration::from_secs(10);

/// Serves `router` on `listener` until `shutdown` is done; then accepts no more and lets requests in
/// progress finish, for at most ten seconds.
///
/// # Errors
/// When the listener has no local address, that is, when it cannot be listened on at all.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(channel = "web", %address, "listening");
    let connections = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(CONNECTIONS));
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer, permit) = tokio::select! {
            accepted = accept(&listener, &permits) => accepted,
            () = &mut shutdown => break,
        };
        converse(stream, peer, permit, &router, &connections);
    }
    drop(listener);
    if tokio::time::timeout(GRACE, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(channel = "web", "requests were cut off at shutdown");
    }
    Ok(())
}

/// Waits for a permit, then for a client.
async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits)
        .acquire_owned()
        .await
        .expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(error) => {
                // A client that is gone already, or no file descriptors left: not the end of the
                // service. The pause keeps the latter from turning this into a busy loop.
                tracing::warn!(channel = "web", %error, "connection not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    permit: OwnedSemaphorePermit,
    router: &Router,
    connections: &GracefulShutdown,
) {
    // Small answers should not wait for more to send; without this they are merely slower.
    let _ = stream.set_nodelay(true);
    let service = router.clone().layer(Extension(ConnectInfo(peer)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // Fails when the client breaks off or is too slow, which is no concern of ours.
        let _ = connection.await;
        drop(permit);
    });
}
