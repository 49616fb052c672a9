//! Makes the best of updates that teloxide cannot read.
//!
//! Telegram invents kinds of messages faster than libraries learn them, and leaves out fields they
//! count on. teloxide's dispatcher would log such an update with everything that stands in it,
//! people's words and names included. Here a message is read again without its attachments, so
//! that who sent it is answered; what is still not readable is dropped, and only its number is
//! logged.

use std::{future::ready, pin::Pin};

use futures::{Stream, StreamExt};
use serde_json::{Value, json};
use teloxide::{
    stop::StopToken,
    types::{AllowedUpdate, Update, UpdateKind},
    update_listeners::{AsUpdateStream, UpdateListener},
};

/// What this channel needs of a message.
const FIELDS: [&str; 8] = [
    "message_id",
    "message_thread_id",
    "date",
    "from",
    "sender_chat",
    "chat",
    "text",
    "reply_to_message",
];

/// The updates of another listener that can be read.
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
        Box::pin(updates.filter_map(|update| ready(update.map(readable).transpose())))
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

/// The update itself, or what can be read of it.
fn readable(update: Update) -> Option<Update> {
    let UpdateKind::Error(raw) = &update.kind else {
        return Some(update);
    };
    let salvaged = salvage(update.id.0, raw);
    tracing::warn!(
        update.id = update.id.0,
        dropped = salvaged.is_none(),
        "telegram update of a kind that is not understood"
    );
    salvaged
}

fn salvage(id: u32, raw: &Value) -> Option<Update> {
    let message = raw.get("message")?.as_object()?;
    let mut kept: serde_json::Map<String, Value> = FIELDS
        .iter()
        .filter_map(|field| Some(((*field).to_owned(), message.get(*field)?.clone())))
        .collect();
    // Words below a picture are words.
    if let Some(caption) = message.get("caption") {
        kept.entry("text").or_insert_with(|| caption.clone());
    }
    // No words at all: an empty text is read as a message, a message without any kind is not.
    kept.entry("text").or_insert_with(|| "".into());
    let update: Update =
        serde_json::from_value(json!({"update_id": id, "message": kept})).ok()?;
    (!matches!(update.kind, UpdateKind::Error(_))).then_some(update)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(message: &Value) -> Update {
        let update = json!({"update_id": 1, "message": message});
        serde_json::from_value(update).expect("teloxide takes any update")
    }

    fn from_somebody(fields: &Value) -> Value {
        let mut message = json!({
            "message_id": 5, "date": 1_700_000_000,
            "chat": {"id": 7, "type": "private", "first_name": "A"},
            "from": {"id": 7, "is_bot": false, "first_name": "A"}
        });
        let merged = message.as_object_mut().expect("an object");
        merged.extend(fields.as_object().expect("an object").clone());
        message
    }

    fn text(update: Option<Update>) -> Option<String> {
        match update?.kind {
            UpdateKind::Message(message) => message.text().map(str::to_owned),
            _ => None,
        }
    }

    #[test]
    fn an_update_that_can_be_read_passes() {
        let plain = update(&from_somebody(&json!({"text": "今年修路吗"})));
        assert_eq!(text(readable(plain)).as_deref(), Some("今年修路吗"));
    }

    #[test]
    fn a_message_with_an_unknown_attachment_is_read_without_it() {
        // teloxide 0.17 insists on the MIME type.
        let voice = json!({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}});
        assert_eq!(
            text(readable(update(&from_somebody(&voice)))).as_deref(),
            Some("")
        );
        let mut captioned = voice.clone();
        captioned["caption"] = "今年修路吗".into();
        assert_eq!(
            text(readable(update(&from_somebody(&captioned)))).as_deref(),
            Some("今年修路吗")
        );
    }

    #[test]
    fn what_cannot_be_read_at_all_is_dropped() {
        assert_eq!(readable(update(&json!({"text": "密"}))), None);
    }
}
