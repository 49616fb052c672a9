//! Updates received by the webhook, as a stream.

use std::{convert::Infallible, pin::Pin};

use futures::{Stream, StreamExt as _, stream};
use teloxide::{
    stop::{StopFlag, StopToken, mk_stop_token},
    types::Update,
    update_listeners::{AsUpdateStream, UpdateListener},
};
use tokio::sync::mpsc;

/// Received updates as a teloxide listener.
pub(in crate::channels::telegram) struct UpdateStream<'w> {
    arrived: &'w mut mpsc::Receiver<Update>,
    token: StopToken,
    flag: StopFlag,
}

impl<'w> UpdateStream<'w> {
    /// Creates a listener for one run of the dispatcher; once stopped, it accepts no more updates.
    pub(super) fn new(arrived: &'w mut mpsc::Receiver<Update>) -> Self {
        let (token, flag) = mk_stop_token();
        Self {
            arrived,
            token,
            flag,
        }
    }
}

impl<'a> AsUpdateStream<'a> for UpdateStream<'_> {
    type StreamErr = Infallible;
    type Stream = Pin<Box<dyn Stream<Item = Result<Update, Infallible>> + Send + 'a>>;

    fn as_stream(&'a mut self) -> Self::Stream {
        let state = (&mut *self.arrived, Some(self.flag.clone()));
        let updates = stream::unfold(state, |(arrived, mut flag)| async move {
            if let Some(stopped) = &mut flag {
                tokio::select! {
                    update = arrived.recv() => return Some((update?, (arrived, flag))),
                    () = stopped => {}
                }
                // Acknowledged updates are still handled; no more are accepted.
                arrived.close();
            }
            let update = arrived.recv().await?;
            Some((update, (arrived, None)))
        });
        Box::pin(updates.map(Ok))
    }
}

impl UpdateListener for UpdateStream<'_> {
    type Err = Infallible;

    fn stop_token(&mut self) -> StopToken {
        self.token.clone()
    }
}
