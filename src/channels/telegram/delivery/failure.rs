//! Classifies failed calls and decides how to go on.

use std::time::Duration;

use teloxide::{ApiError, RequestError, types::ChatId};

/// Maximum number of attempts per call.
pub(super) const TRIES: u32 = 3;
/// Maximum wait that Telegram may impose on one message.
const PATIENCE: Duration = Duration::from_secs(60);

/// How to go on after a failed call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing: the call took effect.
    Done,
    /// Retry after a delay.
    Again(Duration),
    /// Retry in this chat: the group became a supergroup.
    Moved(ChatId),
    /// Give up silently: the person blocked the bot, left, or removed the message.
    Gone,
    /// Give up: Telegram rejects the call for good.
    Refused,
}

/// How to go on after `error`, which ended attempt number `tries`.
pub(super) fn next(error: &RequestError, tries: u32) -> Next {
    let again = |delay| {
        if tries < TRIES {
            Next::Again(delay)
        } else {
            Next::Refused
        }
    };
    match error {
        RequestError::RetryAfter(seconds) if seconds.duration() <= PATIENCE => {
            again(seconds.duration())
        }
        RequestError::RetryAfter(_) | RequestError::Io(_) => Next::Refused,
        RequestError::MigrateToChatId(chat) => Next::Moved(*chat),
        // The call took effect, but its response has an unknown shape: a retry would send twice.
        RequestError::InvalidJson { raw, .. } if raw.trim_start().starts_with("{\"ok\":true") => {
            Next::Done
        }
        RequestError::InvalidJson { .. } | RequestError::Network(_) => {
            again(Duration::from_secs(1 << tries.min(4)))
        }
        RequestError::Api(error) => match error {
            ApiError::MessageNotModified => Next::Done,
            ApiError::BotBlocked
            | ApiError::BotKicked
            | ApiError::BotKickedFromSupergroup
            | ApiError::BotKickedFromChannel
            | ApiError::UserDeactivated
            | ApiError::GroupDeactivated
            | ApiError::ChatNotFound
            | ApiError::CantInitiateConversation
            | ApiError::CantTalkWithBots
            | ApiError::NotEnoughRightsToPostMessages
            | ApiError::InvalidQueryId => Next::Gone,
            ApiError::Unknown(text) if text.contains("message is not modified") => Next::Done,
            ApiError::Unknown(text) if is_closed(text) => Next::Gone,
            // Rejections start with their class; anything else is a server error (502 Bad Gateway).
            ApiError::Unknown(text)
                if !["Bad Request", "Unauthorized", "Not Found", "Conflict"]
                    .iter()
                    .any(|class| text.starts_with(class)) =>
            {
                again(Duration::from_secs(1))
            }
            _ => Next::Refused,
        },
    }
}

/// True for chats that are closed to the bot: people who left, closed topics, groups where bots may
/// not write.
fn is_closed(text: &str) -> bool {
    text.starts_with("Forbidden")
        || [
            "TOPIC_CLOSED",
            "TOPIC_DELETED",
            "message thread not found",
            "CHAT_WRITE_FORBIDDEN",
            "not enough rights to send",
            "have no rights to send",
        ]
        .iter()
        .any(|reason| text.contains(reason))
}

/// The kind of a failure, safe to log: without token, URL or message text.
pub(in crate::channels::telegram) fn kind(error: &RequestError) -> String {
    match error {
        RequestError::Api(ApiError::CantParseEntities(_)) => "entities cannot be parsed".into(),
        RequestError::Api(error) => error.to_string(),
        RequestError::MigrateToChatId(_) => "the group has moved".into(),
        RequestError::RetryAfter(seconds) => format!("too fast, retry after {seconds}"),
        RequestError::Network(error) if error.is_timeout() => "timed out".into(),
        RequestError::Network(error) if error.is_connect() => "cannot connect".into(),
        RequestError::Network(_) => "the connection broke".into(),
        RequestError::InvalidJson { raw, .. } => {
            format!("an answer of {} bytes that is not understood", raw.len())
        }
        RequestError::Io(_) => "input or output failed".into(),
    }
}

#[cfg(test)]
mod tests {
    use teloxide::types::Seconds;

    use super::*;

    fn api(description: &str) -> RequestError {
        let error = serde_json::from_value(serde_json::Value::from(description));
        RequestError::Api(error.expect("any text is an error"))
    }

    fn not_json(raw: &str) -> RequestError {
        let source = serde_json::from_str::<u8>("<").expect_err("no JSON");
        RequestError::InvalidJson {
            source: source.into(),
            raw: raw.into(),
        }
    }

    #[test]
    fn people_who_block_the_bot_are_no_error() {
        for text in [
            "Forbidden: bot was blocked by the user",
            "Forbidden: user is deactivated",
            "Forbidden: bot is not a member of the supergroup chat",
            "Bad Request: chat not found",
            "Bad Request: TOPIC_CLOSED",
            "Bad Request: message thread not found",
            "Bad Request: not enough rights to send text messages to the chat",
        ] {
            assert_eq!(next(&api(text), 1), Next::Gone, "{text}");
        }
    }

    #[test]
    fn an_edit_that_changes_nothing_is_no_error() {
        assert_eq!(
            next(&RequestError::Api(ApiError::MessageNotModified), 1),
            Next::Done
        );
        let short = "Bad Request: message is not modified";
        assert_eq!(next(&api(short), 1), Next::Done);
    }

    #[test]
    fn trouble_of_the_server_is_tried_again_but_not_forever() {
        let wait = RequestError::RetryAfter(Seconds::from_seconds(3));
        assert_eq!(next(&wait, 1), Next::Again(Duration::from_secs(3)));
        for error in [
            wait,
            api("Bad Gateway"),
            api("Internal Server Error"),
            not_json("<html>502"),
        ] {
            assert!(matches!(next(&error, 1), Next::Again(_)), "{error}");
            assert_eq!(next(&error, TRIES), Next::Refused, "{error}");
        }
    }

    #[test]
    fn what_was_sent_is_not_sent_twice() {
        let sent = not_json(r#"{"ok":true,"result":{"message_id":"of a new shape"}}"#);
        assert_eq!(next(&sent, 1), Next::Done);
    }

    #[test]
    fn refusals_are_not_repeated() {
        assert_eq!(
            next(&api("Bad Request: message is too long"), 1),
            Next::Refused
        );
        assert_eq!(next(&api("Bad Request: something new"), 1), Next::Refused);
        let hours = RequestError::RetryAfter(Seconds::from_seconds(7200));
        assert_eq!(next(&hours, 1), Next::Refused);
    }

    #[test]
    fn a_group_that_moved_is_followed() {
        let moved = RequestError::MigrateToChatId(ChatId(-100));
        assert_eq!(next(&moved, 1), Next::Moved(ChatId(-100)));
    }

    #[test]
    fn the_kind_of_a_failure_tells_nothing_about_people() {
        let raw = r#"{"ok":true,"result":[{"message":{"text":"我的秘密"}}]}"#;
        assert!(!kind(&not_json(raw)).contains("秘密"));
    }
}
