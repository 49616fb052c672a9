//! How many requests of one visitor a proxy may have with us at a time.
//!
//! Connections of visitors who come by themselves are counted by `server`. Behind a proxy all visitors
//! share its connections, so that one who sends much at once, or reads nothing of the replies, would
//! take them from all others.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

use crate::channels::client::Client;

/// Requests of a visitor at a time. A browser has up to a hundred on one connection to the proxy, an
/// office behind one address several browsers; but each is done in milliseconds.
const AT_A_TIME: u32 = 64;

/// The requests of visitors behind proxies that are being answered.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    counts: Arc<Mutex<HashMap<Client, u32>>>,
}

/// Counts as one request of its visitor until dropped.
pub(super) struct Counted {
    counts: Arc<Mutex<HashMap<Client, u32>>>,
    client: Client,
}

impl InFlight {
    /// Counts a request; `None` if its visitor has too many already.
    pub(super) fn begin(&self, client: Client) -> Option<Counted> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(client.clone()).or_default();
        if *count == AT_A_TIME {
            return None;
        }
        *count += 1;
        drop(counts);
        let counts = Arc::clone(&self.counts);
        Some(Counted { counts, client })
    }
}

impl Counted {
    /// Goes on counting until `body` was sent.
    pub(super) fn until_sent(self, body: Body) -> Body {
        Body::new(Sending {
            body,
            _counted: self,
        })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.client);
            }
        }
    }
}

/// A body that counts as a request in flight until it was sent.
struct Sending {
    body: Body,
    _counted: Counted,
}

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(last: u8) -> Client {
        Client::of([203, 0, 113, last].into())
    }

    #[test]
    fn who_has_too_many_under_way_waits_and_nobody_else() {
        let in_flight = InFlight::default();
        let begun: Vec<_> = (0..AT_A_TIME)
            .map(|_| in_flight.begin(visitor(1)).expect("allowed"))
            .collect();
        assert!(in_flight.begin(visitor(1)).is_none());
        assert!(in_flight.begin(visitor(2)).is_some());
        drop(begun);
        assert!(in_flight.begin(visitor(1)).is_some());
        // Nothing is kept of those who have none.
        assert!(in_flight.counts.lock().expect("no panic").is_empty());
    }
}
