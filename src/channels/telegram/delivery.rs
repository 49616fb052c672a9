//! Sends what was rendered, and knows which refusals matter.
//!
//! Telegram answers late, not at all, or with a page of HTML; people block the bot, groups move.
//! None of this is an error of ours, and none of it may take a message's words into the log: only
//! the kind of a failure is logged.

use std::time::Duration;

use teloxide::{
    ApiError, RequestError,
    adaptors::Throttle,
    payloads::{AnswerCallbackQuerySetters, EditMessageTextSetters, SendMessageSetters},
    requests::Requester,
    types::{
        CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, MessageId, ParseMode,
        ReplyParameters,
    },
};
use tokio::time::sleep;

use super::render::{Button, Does, Rendered};

/// The bot as everything here uses it: `Throttle` keeps to Telegram's limits for sent messages.
pub(super) type TelegramBot = Throttle<teloxide::Bot>;

/// How often a call is tried in all.
const TRIES: u32 = 3;
/// The longest Telegram may make us wait with one message.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The chat.
    pub(super) chat: ChatId,
    /// The message it replies to; in groups, so that everybody sees whose question it answers.
    pub(super) reply_to: Option<MessageId>,
}

/// What to do after a failed call.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// Nothing is wrong.
    Done,
    /// Try the same again, after a while.
    Again(Duration),
    /// Try again in this chat: the group became a supergroup.
    Moved(ChatId),
    /// The person blocked the bot, left, or removed the message: not our concern.
    Gone,
    /// Telegram will not take it, now or later.
    Refused,
}

fn next(error: &RequestError, tries: u32) -> Next {
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
        // Done, only the answer was of a new shape: to send again would send twice.
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
            ApiError::Unknown(text) if text.starts_with("Forbidden") => Next::Gone,
            // Refusals name their class; what does not is a fault of the server (502 Bad Gateway).
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

/// The kind of a failure, fit for the log: no token, no address, no words of people.
pub(super) fn kind(error: &RequestError) -> String {
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

/// How a call ended.
enum Outcome<T> {
    Done(Option<T>),
    Gone,
    Refused(RequestError),
}

/// Calls until it works or makes no sense; `call` is given the chat, which may move.
async fn persist<T, F>(mut chat: ChatId, mut call: impl FnMut(ChatId) -> F) -> Outcome<T>
where
    F: IntoFuture<Output = Result<T, RequestError>>,
{
    let mut tries = 1;
    loop {
        let error = match call(chat).await {
            Ok(done) => return Outcome::Done(Some(done)),
            Err(error) => error,
        };
        match next(&error, tries) {
            Next::Done => return Outcome::Done(None),
            Next::Again(delay) => {
                tracing::info!(reason = kind(&error), tries, "telegram call is repeated");
                sleep(delay).await;
            }
            Next::Moved(to) if tries < TRIES => chat = to,
            Next::Gone => {
                tracing::debug!(reason = kind(&error), "telegram chat is gone");
                return Outcome::Gone;
            }
            Next::Moved(_) | Next::Refused => return Outcome::Refused(error),
        }
        tries += 1;
    }
}

/// Sends a new message; its id when it arrived.
pub(super) async fn send(bot: &TelegramBot, to: Place, message: &Rendered) -> Option<MessageId> {
    let outcome = persist(to.chat, |chat| {
        let mut request = bot
            .send_message(chat, message.html.as_str())
            .parse_mode(ParseMode::Html);
        if let Some(markup) = markup(message) {
            request = request.reply_markup(markup);
        }
        if let Some(id) = to.reply_to {
            // The question may have been deleted meanwhile.
            let reply = ReplyParameters::new(id).allow_sending_without_reply();
            request = request.reply_parameters(reply);
        }
        request
    })
    .await;
    match outcome {
        Outcome::Done(sent) => sent.map(|message| message.id),
        Outcome::Gone => None,
        Outcome::Refused(error) => {
            tracing::error!(reason = kind(&error), "telegram message was not sent");
            None
        }
    }
}

/// Puts `message` in the place of another one; sends it anew when that one cannot be edited.
pub(super) async fn edit(bot: &TelegramBot, to: Place, id: MessageId, message: &Rendered) {
    let outcome = persist(to.chat, |chat| {
        let mut request = bot
            .edit_message_text(chat, id, message.html.as_str())
            .parse_mode(ParseMode::Html);
        if let Some(markup) = markup(message) {
            request = request.reply_markup(markup);
        }
        request
    })
    .await;
    if let Outcome::Refused(error) = outcome {
        tracing::info!(reason = kind(&error), "telegram message was not edited");
        send(bot, to, message).await;
    }
}

/// Answers a button, with a line shown for a moment; without it the button would keep spinning.
pub(super) async fn acknowledge(bot: &TelegramBot, id: &CallbackQueryId, line: Option<&str>) {
    // Callback queries know no chat; only the retries are wanted here.
    let outcome = persist(ChatId(0), |_| {
        let request = bot.answer_callback_query(id.clone());
        match line {
            Some(line) => request.text(line),
            None => request,
        }
    })
    .await;
    if let Outcome::Refused(error) = outcome {
        tracing::warn!(reason = kind(&error), "telegram button was not answered");
    }
}

fn markup(message: &Rendered) -> Option<InlineKeyboardMarkup> {
    let rows: Vec<Vec<InlineKeyboardButton>> = message
        .keyboard
        .iter()
        .map(|row| row.iter().filter_map(inline).collect())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

fn inline(button: &Button) -> Option<InlineKeyboardButton> {
    let label = button.label.as_str();
    match &button.does {
        Does::Press(press) => Some(InlineKeyboardButton::callback(label, press.encode())),
        // The settings have checked the address; one that still is none gets no button.
        Does::Open(address) => Some(InlineKeyboardButton::url(label, address.parse().ok()?)),
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
