//! Drops updates that cannot be parsed before they reach the dispatcher.
//!
//! teloxide's dispatcher would log such an update in full, including names and message text. Here
//! only its id is logged.

use std::{future::ready, pin::Pin};

use futures::{Stream, StreamExt};
use teloxide::{
    stop::StopToken,
    types::{AllowedUpdate, Update, UpdateKind},
    update_listeners::{AsUpdateStream, UpdateListener},
};

/// A listener without the updates that cannot be parsed.
#[derive(Debug)]
pub(super) struct Readable<L>(pub(super) L);

impl<'a, L: AsUpdateStream<'a>> AsUpdateStream<'a> for Readable<L>
where
    L::StreamErr: Send + 'a,
{
    type StreamErr = L::StreamErr;
    type Stream = Pin<Box<dyn Stream<Item = Result<Update, L::StreamErr>> + Send + 'a>>;

    fn as_stream(&'a mut self) -> Self::Stream {
        let updates = self.0.as_stream();
        Box::pin(updates.filter(|update| ready(is_readable(update))))
    }
}

impl<L: UpdateListener> UpdateListener for Readable<L>
where
    L::Err: Send + 'static,
{
    type Err = L::Err;

    fn stop_token(&mut self) -> StopToken {
        self.0.stop_token()
    }

    fn hint_allowed_updates(&mut self, hint: &mut dyn Iterator<Item = AllowedUpdate>) {
        self.0.hint_allowed_updates(hint);
    }
}

fn is_readable<E>(update: &Result<Update, E>) -> bool {
    match update {
        Ok(update) if matches!(update.kind, UpdateKind::Error(_)) => {
            tracing::warn!(update.id = update.id.0, "telegram update cannot be read");
            false
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_that_cannot_be_read_is_left_out() {
        let broken: Update =
            serde_json::from_value(serde_json::json!({"update_id": 1, "message": {"text": "密"}}))
                .expect("teloxide reads any update");
        assert!(!is_readable::<()>(&Ok(broken)));
        assert!(is_readable(&Err(())));
    }
}
