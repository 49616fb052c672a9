//! The body of a request, handed on piece by piece and no faster than it is taken.
//!
//! The reader of forms (`multer`, below axum) takes whatever has arrived each time it is asked for something, and
//! keeps what it does not understand yet, such as a head of a field that never ends. Here it gets one piece each
//! time, and no more once too much has not come out again.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, BodyDataStream, Bytes};
use futures::{Stream, StreamExt as _};
use tokio::time::timeout;

use super::error::SpoolError;

/// Bytes that went in and did not come out: heads of fields, and what has just arrived.
const AHEAD: u64 = 1024 * 1024;
/// Bytes of a refused request that are still taken, so that its sender is listening when the answer comes.
const DRAINED: u64 = 256 * 1024 * 1024;

/// A body that is counted. Clones share it.
#[derive(Clone)]
pub(super) struct Metered(Arc<Mutex<Meter>>);

struct Meter {
    body: BodyDataStream,
    /// Bytes that may come in all.
    most: u64,
    came: u64,
    /// Bytes that came and were not taken yet.
    ahead: u64,
    /// True after each piece.
    rests: bool,
}

impl Metered {
    /// `body`, of which `most` bytes are handed on.
    pub(super) fn new(body: Body, most: u64) -> Self {
        Self(Arc::new(Mutex::new(Meter {
            body: body.into_data_stream(),
            most,
            came: 0,
            ahead: 0,
            rests: false,
        })))
    }

    /// Tells that `bytes` came out at the other end.
    pub(super) fn taken(&self, bytes: usize) {
        let mut meter = self.meter();
        meter.ahead = meter.ahead.saturating_sub(bytes as u64);
    }

    /// True if more came than may.
    pub(super) fn is_over(&self) -> bool {
        let meter = self.meter();
        meter.came > meter.most
    }

    /// Takes the rest and throws it away, until it ends, is far too much, or stands still for `idle`.
    pub(super) async fn drain(self, idle: Duration) {
        self.meter().most = 0;
        let mut rest = Rest(self);
        while let Ok(Some(Ok(_))) = timeout(idle, rest.next()).await {}
    }

    fn meter(&self) -> MutexGuard<'_, Meter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream for Metered {
    type Item = Result<Bytes, SpoolError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut meter = self.meter();
        if std::mem::take(&mut meter.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        match meter.poll(context) {
            Poll::Ready(Some(Ok(piece))) => {
                meter.rests = true;
                meter.ahead += piece.len() as u64;
                let fits = meter.came <= meter.most && meter.ahead <= AHEAD;
                Poll::Ready(Some(if fits {
                    Ok(piece)
                } else {
                    Err(SpoolError::Broken)
                }))
            }
            other => other,
        }
    }
}

impl Meter {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, SpoolError>>> {
        let piece = std::task::ready!(self.body.poll_next_unpin(context));
        let piece = piece.map(|piece| piece.map_err(|_| SpoolError::Broken));
        if let Some(Ok(piece)) = &piece {
            self.came += piece.len() as u64;
        }
        Poll::Ready(piece)
    }
}

/// What is left of a body, without counting what is ahead.
struct Rest(Metered);

impl Stream for Rest {
    type Item = Result<Bytes, SpoolError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut meter = self.0.meter();
        match meter.came {
            come if come > DRAINED => Poll::Ready(None),
            _ => meter.poll(context),
        }
    }
}
