//! The HTTP server.
//!
//! Like `axum::serve`, with what a service on the open internet needs in addition: time limits for
//! request heads (which also close idle connections) and for clients that do not read, places for so
//! many connections, of which one peer gets only some, and a bounded wait at shutdown.
//!
//! | module | |
//! |---|---|
//! | `places` | who gets a place |
//! | `crowd` | those who get none, and are told so |
//! | `write_timeout` | ends connections that are not read |
//! | `open_files` | how many connections the system allows |

mod crowd;
mod open_files;
mod places;
mod write_timeout;

use std::{convert::Infallible, io, net::SocketAddr, time::Duration};

use axum::{Router, extract::ConnectInfo, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use socket2::SockRef;
use tokio::{
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

use self::{
    crowd::{CROWD, Crowd},
    places::{Place, Places},
    write_timeout::WriteTimeout,
};
use super::crowded::Crowded;
use crate::channels::proxies::TrustedProxies;

/// Maximum number of connections, if the system allows as many.
const CONNECTIONS: usize = 2_000;
/// Connections that the system keeps until they are accepted; what comes besides is lost, and tries again
/// after a second. The system may allow fewer.
const BACKLOG: i32 = 4_096;
/// Files and connections of the program besides: index, log, calls to platforms.
const OTHER_FILES: usize = 128;
/// Time limit for receiving the head of the (next) request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// Time for which a client may take nothing of a reply.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// Both of these for a connection without a place.
const CROWD_TIMEOUT: Duration = Duration::from_secs(2);
/// Bytes of replies that a connection holds for a client that does not read: in the program, and in the
/// system (which doubles it). The system would let it grow to megabytes, for each connection.
const BUFFERED: usize = 64 * 1024;
/// Grace period for requests in progress at shutdown.
const GRACE: Duration = Duration::from_secs(5);

/// Serves `router` on `listener` until `shutdown` completes; then stops accepting and waits up to
/// ten seconds for requests in progress. Peers that are `trusted` proxies may take any number of the
/// connections.
///
/// # Errors
/// If the listener has no local address, that is, if it is unusable.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    trusted: TrustedProxies,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    SockRef::from(&listener).listen(BACKLOG)?;
    let connections = connections(open_files::raise());
    tracing::info!(channel = "web", %address, connections, "listening");
    let places = Places::new(connections, trusted);
    let server = Server {
        router,
        graceful: GracefulShutdown::new(),
    };
    let mut crowd = Crowd::default();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut shutdown => break,
        };
        if let Some(place) = places.take(peer.ip()) {
            server.converse(stream, peer, place);
        } else {
            if places.are_taken() {
                crowd.tell(connections);
            }
            crowd.room().await;
            crowd.join(server.turn_away(stream, peer));
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, server.graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(channel = "web", "requests were cut off at shutdown");
    }
    Ok(())
}

/// How many connections get a place where so many `files` may be open; at least one.
fn connections(files: usize) -> usize {
    let left = files.saturating_sub(CROWD + OTHER_FILES);
    left.clamp(1, CONNECTIONS)
}

/// Waits for a client.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                // The client has gone already, or there are no file descriptors left: no reason to
                // stop. The pause keeps the latter from causing a busy loop.
                tracing::warn!(channel = "web", %error, "connection not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

struct Server {
    router: Router,
    graceful: GracefulShutdown,
}

impl Server {
    /// Serves a connection that has a place.
    fn converse(&self, stream: TcpStream, peer: SocketAddr, place: Place) {
        let connection = protocol(HEAD_TIMEOUT).serve_connection(
            stream_of(stream, WRITE_TIMEOUT),
            self.answers(peer, Standing::Placed),
        );
        let connection = self.graceful.watch(connection);
        tokio::spawn(async move {
            // Fails if the client disconnects or is too slow, which needs no handling.
            let _ = connection.await;
            drop(place);
        });
    }

    /// Answers one request of a connection that has none; the handle ends it early.
    fn turn_away(&self, stream: TcpStream, peer: SocketAddr) -> AbortHandle {
        let connection = protocol(CROWD_TIMEOUT).keep_alive(false).serve_connection(
            stream_of(stream, CROWD_TIMEOUT),
            self.answers(peer, Standing::Crowded),
        );
        let connection = self.graceful.watch(connection);
        let served = tokio::spawn(async move {
            let _ = connection.await;
        });
        served.abort_handle()
    }

    fn answers(&self, peer: SocketAddr, standing: Standing) -> Answers {
        Answers {
            routes: TowerToHyperService::new(self.router.clone()),
            peer,
            standing,
        }
    }
}

/// Whether a connection got a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Placed,
    Crowded,
}

/// Answers the requests of a connection.
struct Answers {
    routes: TowerToHyperService<Router>,
    peer: SocketAddr,
    standing: Standing,
}

impl Service<Request<Incoming>> for Answers {
    type Response = Response;
    type Error = Infallible;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let extensions = request.extensions_mut();
        extensions.insert(ConnectInfo(self.peer));
        if self.standing == Standing::Crowded {
            extensions.insert(Crowded);
        }
        self.routes.call(request)
    }
}

fn protocol(head_timeout: Duration) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .max_buf_size(BUFFERED);
    protocol
}

fn stream_of(stream: TcpStream, write_timeout: Duration) -> TokioIo<WriteTimeout<TcpStream>> {
    // Sends small responses immediately; without this they are merely slower.
    let _ = stream.set_nodelay(true);
    let _ = SockRef::from(&stream).set_send_buffer_size(BUFFERED);
    TokioIo::new(WriteTimeout::new(stream, write_timeout))
}
