//! The HTTP server.
//!
//! Like `axum::serve`, with what a service on the open internet needs in addition: a time limit for
//! request heads (which also closes idle connections), a limit on the number of connections, and a
//! bounded wait at shutdown.

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

/// Time limit for receiving the head of the (next) request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// Maximum number of connections; more wait in the listener's backlog.
const CONNECTIONS: usize = 2_000;
/// Grace period for requests in progress at shutdown.
const GRACE: Duration = Duration::from_secs(10);

/// Serves `router` on `listener` until `shutdown` completes; then stops accepting and waits up to
/// ten seconds for requests in progress.
///
/// # Errors
/// If the listener has no local address, that is, if it is unusable.
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
                // The client has gone already, or there are no file descriptors left: no reason to
                // stop. The pause keeps the latter from causing a busy loop.
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
    // Sends small responses immediately; without this they are merely slower.
    let _ = stream.set_nodelay(true);
    let service = router.clone().layer(Extension(ConnectInfo(peer)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // Fails if the client disconnects or is too slow, which needs no handling.
        let _ = connection.await;
        drop(permit);
    });
}
