//! The route that Telegram calls.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, HttpBody as _, to_bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq as _;
use teloxide::types::Update;
use tokio::{sync::mpsc, time::timeout};

use crate::channels::telegram::journal::Journal;

/// The header that contains the secret, see `setWebhook` in the Bot API.
pub(super) const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Maximum size of an update, in bytes. Typical ones take a few thousand.
pub(super) const BODY_LIMIT: usize = 1024 * 1024;
/// Time limit for receiving the body.
const BODY_TIME: Duration = Duration::from_secs(10);
/// How long a call waits for its update to be answered when it cannot be written to disk. Telegram
/// waits for a minute.
const SETTLED_TIME: Duration = Duration::from_secs(3);

/// State of the route.
pub(super) struct Route {
    pub(super) secret: SecretString,
    pub(super) journal: Arc<Journal>,
    pub(super) queue: mpsc::Sender<Update>,
}

impl Route {
    /// The route at `path`.
    pub(super) fn at(self, path: &str) -> Router {
        Router::new()
            .route(path, post(receive))
            .with_state(Arc::new(self))
    }
}

async fn receive(State(route): State<Arc<Route>>, headers: HeaderMap, body: Body) -> StatusCode {
    // Before anything else is read.
    let given = headers.get(SECRET_HEADER).map(|value| value.as_bytes());
    let secret = route.secret.expose_secret().as_bytes();
    if !bool::from(secret.ct_eq(given.unwrap_or_default())) {
        return StatusCode::UNAUTHORIZED;
    }
    if body.size_hint().lower() > BODY_LIMIT as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    let bytes = match timeout(BODY_TIME, to_bytes(body, BODY_LIMIT)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
    };
    // An update of an unknown kind or shape is accepted here and dropped later: if it were
    // rejected, Telegram would deliver it again and again.
    let Ok(update) = serde_json::from_slice::<Update>(&bytes) else {
        tracing::warn!(bytes = bytes.len(), "a webhook call is no update");
        return StatusCode::BAD_REQUEST;
    };
    // Full, or the bot is stopping: Telegram will deliver it again.
    let Ok(place) = route.queue.clone().try_reserve_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    let id = update.id.0;
    // In a task of its own: an update in hand has to be handled even if this call is hung up.
    let taken = tokio::spawn({
        let route = Arc::clone(&route);
        async move {
            if let Some(update) = route.journal.take(vec![update]).await.pop() {
                place.send(update);
            }
        }
    });
    if taken.await.is_ok() && route.journal.settled(id, SETTLED_TIME).await {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}
