//! Classifies failed calls and decides how to go on.

use std::time::Duration;

use teloxide::{ApiError, RequestError, types::ChatId};

/// Maximum delay between two attempts to reach Telegram.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long a call is worth repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Somebody waits for a button: three attempts, and no wait of more than a minute.
    Button,
    /// A message, which nobody else delivers: as long as Telegram is out of reach or refuses, for about
    /// an hour.
    Message,
}

/// Attempts at a call that may have taken effect each time: the person would get as many messages.
const UNCERTAIN: u32 = 5;

impl Patience {
    /// Maximum number of attempts.
    const fn attempts(self) -> u32 {
        match self {
            Self::Button => 3,
            Self::Message => 60,
        }
    }

    /// Maximum wait that Telegram may impose.
    const fn wait(self) -> Duration {
        match self {
            Self::Button => Duration::from_mins(1),
            Self::Message => Duration::from_hours(1),
        }
    }
}

/// Exponential backoff: 1, 2, 4 … 60 seconds.
pub(in crate::channels::telegram) fn pause(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.min(6)).min(LONGEST_PAUSE)
}

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
pub(super) fn next(error: &RequestError, tries: u32, patience: Patience) -> Next {
    let unless = |most, delay| {
        if tries < most {
            Next::Again(delay)
        } else {
            Next::Refused
        }
    };
    let again = |delay| unless(patience.attempts(), delay);
    match error {
        RequestError::RetryAfter(seconds) if seconds.duration() <= patience.wait() => {
            again(seconds.duration())
        }
        RequestError::RetryAfter(_) | RequestError::Io(_) => Next::Refused,
        RequestError::MigrateToChatId(chat) => Next::Moved(*chat),
        // The call took effect, but its response has an unknown shape: a retry would send twice.
        RequestError::InvalidJson { raw, .. } if raw.trim_start().starts_with("{\"ok\":true") => {
            Next::Done
        }
        // Never reached, or turned away by something in between.
        RequestError::InvalidJson { .. } => again(pause(tries)),
        RequestError::Network(error) if error.is_connect() => again(pause(tries)),
        RequestError::Network(_) => unless(UNCERTAIN, pause(tries)),
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
                again(pause(tries - 1))
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

    const MESSAGE: Patience = Patience::Message;

    #[test]
    fn pauses_grow_to_a_minute() {
        let seconds: Vec<u64> = (0..8).map(|n| pause(n).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
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
            assert_eq!(next(&api(text), 1, MESSAGE), Next::Gone, "{text}");
        }
    }

    #[test]
    fn an_edit_that_changes_nothing_is_no_error() {
        assert_eq!(
            next(&RequestError::Api(ApiError::MessageNotModified), 1, MESSAGE),
            Next::Done
        );
        let short = "Bad Request: message is not modified";
        assert_eq!(next(&api(short), 1, MESSAGE), Next::Done);
    }

    #[test]
    fn trouble_of_the_server_is_tried_again_but_not_forever() {
        let wait = RequestError::RetryAfter(Seconds::from_seconds(3));
        let three = Next::Again(Duration::from_secs(3));
        assert_eq!(next(&wait, 1, MESSAGE), three);
        for error in [
            wait,
            api("Bad Gateway"),
            api("Internal Server Error"),
            not_json("<html>502"),
        ] {
            for patience in [Patience::Button, MESSAGE] {
                let attempts = patience.attempts();
                let last = next(&error, attempts - 1, patience);
                assert!(matches!(last, Next::Again(_)), "{error}");
                assert_eq!(next(&error, attempts, patience), Next::Refused, "{error}");
            }
        }
    }

    #[test]
    fn a_message_outlasts_half_an_hour_without_telegram() {
        let away = api("Bad Gateway");
        let waits = (1..MESSAGE.attempts()).map(|tries| match next(&away, tries, MESSAGE) {
            Next::Again(wait) => wait,
            _ => Duration::ZERO,
        });
        assert!(waits.sum::<Duration>() > Duration::from_mins(30));
    }

    #[test]
    fn what_was_sent_is_not_sent_twice() {
        let sent = not_json(r#"{"ok":true,"result":{"message_id":"of a new shape"}}"#);
        assert_eq!(next(&sent, 1, MESSAGE), Next::Done);
    }

    #[test]
    fn refusals_are_not_repeated() {
        assert_eq!(
            next(&api("Bad Request: message is too long"), 1, MESSAGE),
            Next::Refused
        );
        assert_eq!(
            next(&api("Bad Request: something new"), 1, MESSAGE),
            Next::Refused
        );
        let hours = RequestError::RetryAfter(Seconds::from_seconds(7200));
        assert_eq!(next(&hours, 1, MESSAGE), Next::Refused);
    }

    #[test]
    fn a_group_that_moved_is_followed() {
        let moved = RequestError::MigrateToChatId(ChatId(-100));
        assert_eq!(next(&moved, 1, MESSAGE), Next::Moved(ChatId(-100)));
    }

    #[test]
    fn the_kind_of_a_failure_tells_nothing_about_people() {
        let raw = r#"{"ok":true,"result":[{"message":{"text":"我的秘密"}}]}"#;
        assert!(!kind(&not_json(raw)).contains("秘密"));
    }
}
