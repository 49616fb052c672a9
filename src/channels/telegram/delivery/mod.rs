//! Sends rendered messages and handles failures.
//!
//! Telegram responds late, not at all, or with an HTML page; people block the bot, groups move.
//! None of this is a bug, and no message text may end up in the log: only the kind of a failure is
//! logged.

pub(super) mod failure;
#[cfg(test)]
mod tests;

use teloxide::{
    RequestError,
    payloads::{
        AnswerCallbackQuerySetters, AnswerInlineQuerySetters, EditMessageReplyMarkupSetters,
        EditMessageTextSetters, SendMessageSetters, SendPhotoSetters,
    },
    requests::Requester,
    types::{
        CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryId,
        InlineQueryResult, InlineQueryResultArticle, InlineQueryResultsButton,
        InlineQueryResultsButtonKind, InputFile, InputMessageContent, InputMessageContentText,
        MessageId, ParseMode, ReplyParameters, ThreadId,
    },
};
use tokio::time::sleep;

use self::failure::{Next, Patience, kind, next};
use super::{
    callback,
    pace::Turn,
    render::{Button, ButtonKind, Rendered, inline::Card},
};

/// The bot. What it sends to a chat is paced by a [`Turn`].
pub(super) type TelegramBot = teloxide::Bot;

/// The destination of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    /// The chat.
    pub(super) chat: ChatId,
    /// The message it replies to; set in groups, so that everybody sees whose question it answers.
    pub(super) reply_to: Option<MessageId>,
    /// The topic of a forum; without it, a reply to a deleted question would end up in another
    /// topic.
    pub(super) topic: Option<ThreadId>,
}

/// Attempts after which a chat that keeps moving is given up.
const MOVES: u32 = 3;

/// How a call ended.
enum Outcome<T> {
    Done(Option<T>),
    Gone,
    Refused(RequestError),
}

/// Repeats `call` until it succeeds or is hopeless; it is passed the chat, whose id may change. With
/// a turn, each attempt waits for Telegram's limits.
async fn persist<T, F>(
    mut chat: ChatId,
    patience: Patience,
    mut turn: Option<&mut Turn>,
    mut call: impl FnMut(ChatId) -> F,
) -> Outcome<T>
where
    F: IntoFuture<Output = Result<T, RequestError>>,
{
    let mut tries = 1;
    loop {
        if let Some(turn) = turn.as_deref_mut() {
            turn.ready().await;
        }
        let error = match call(chat).await {
            Ok(done) => return Outcome::Done(Some(done)),
            Err(error) => error,
        };
        match next(&error, tries, patience) {
            Next::Done => return Outcome::Done(None),
            Next::Again(delay) => {
                tracing::info!(reason = kind(&error), tries, "telegram call is repeated");
                sleep(delay).await;
            }
            Next::Moved(to) if tries < MOVES => chat = to,
            Next::Gone => {
                tracing::debug!(reason = kind(&error), "telegram chat is gone");
                return Outcome::Gone;
            }
            Next::Moved(_) | Next::Refused => return Outcome::Refused(error),
        }
        tries += 1;
    }
}

/// Sends a new message in its turn; returns its id on success.
pub(super) async fn send(
    bot: &TelegramBot,
    turn: &mut Turn,
    to: Target,
    message: &Rendered,
) -> Option<MessageId> {
    let outcome = persist(to.chat, Patience::Message, Some(turn), |chat| {
        let mut request = bot
            .send_message(chat, message.html.as_str())
            .parse_mode(ParseMode::Html);
        if let Some(markup) = markup(message) {
            request = request.reply_markup(markup);
        }
        if let Some(topic) = to.topic {
            request = request.message_thread_id(topic);
        }
        if let Some(id) = to.reply_to {
            // The question may have been deleted since.
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

/// Sends a PNG in its turn, `caption` below it; true on success. What it shows is told in a text when that
/// fails, so that it is not tried for long.
pub(super) async fn send_photo(
    bot: &TelegramBot,
    turn: &mut Turn,
    to: Target,
    png: Vec<u8>,
    caption: Option<&Rendered>,
) -> bool {
    let photo = InputFile::memory(png).file_name("chart.png");
    let outcome = persist(to.chat, Patience::Button, Some(turn), |chat| {
        let mut request = bot.send_photo(chat, photo.clone());
        if let Some(caption) = caption {
            request = request
                .caption(caption.html.as_str())
                .parse_mode(ParseMode::Html);
        }
        if let Some(topic) = to.topic {
            request = request.message_thread_id(topic);
        }
        if let Some(id) = to.reply_to {
            let reply = ReplyParameters::new(id).allow_sending_without_reply();
            request = request.reply_parameters(reply);
        }
        request
    })
    .await;
    match outcome {
        Outcome::Done(_) => true,
        Outcome::Gone => false,
        Outcome::Refused(error) => {
            tracing::warn!(reason = kind(&error), "telegram picture was not sent");
            false
        }
    }
}

/// Replaces another message by `message`, or sends a new one if that fails. Returns the id of the
/// message that now contains it.
pub(super) async fn edit(
    bot: &TelegramBot,
    turn: &mut Turn,
    to: Target,
    id: MessageId,
    message: &Rendered,
) -> Option<MessageId> {
    let outcome = persist(to.chat, Patience::Message, Some(&mut *turn), |chat| {
        let mut request = bot
            .edit_message_text(chat, id, message.html.as_str())
            .parse_mode(ParseMode::Html);
        if let Some(markup) = markup(message) {
            request = request.reply_markup(markup);
        }
        request
    })
    .await;
    match outcome {
        Outcome::Done(_) => Some(id),
        Outcome::Gone => None,
        Outcome::Refused(error) => {
            tracing::info!(reason = kind(&error), "telegram message was not edited");
            send(bot, turn, to, message).await
        }
    }
}

/// Replaces the buttons of a message, if it still exists.
pub(super) async fn edit_buttons(
    bot: &TelegramBot,
    chat: ChatId,
    id: MessageId,
    buttons: &InlineKeyboardMarkup,
) {
    let outcome = persist(chat, Patience::Button, None, |chat| {
        bot.edit_message_reply_markup(chat, id)
            .reply_markup(buttons.clone())
    })
    .await;
    if let Outcome::Refused(error) = outcome {
        tracing::info!(reason = kind(&error), "telegram buttons were not changed");
    }
}

/// The answer to an inline query.
#[derive(Debug, Default)]
pub(super) struct InlineAnswer {
    /// At most 50, with unique ids.
    pub(super) cards: Vec<Card>,
    /// How long Telegram may cache the answer, in seconds.
    pub(super) cache_s: u32,
    /// Cached for this user only.
    pub(super) personal: bool,
    /// Offset of the next page; empty if there is none.
    pub(super) next_offset: String,
    /// Label of a button above the results that opens the private chat.
    pub(super) button: Option<String>,
}

/// Answers an inline query. Each keystroke sends a new query, so failures are logged but not
/// retried.
pub(super) async fn answer_inline(bot: &TelegramBot, id: &InlineQueryId, answer: InlineAnswer) {
    let cards: Vec<InlineQueryResult> = answer.cards.iter().map(article).collect();
    let mut request = bot
        .answer_inline_query(id.clone(), cards)
        .cache_time(answer.cache_s)
        .is_personal(answer.personal)
        .next_offset(answer.next_offset);
    if let Some(text) = answer.button {
        let kind = InlineQueryResultsButtonKind::StartParameter("inline".into());
        request = request.button(InlineQueryResultsButton { text, kind });
    }
    if let Err(error) = request.await {
        // People type faster than a slow network: an outdated query is not a failure.
        if next(&error, 1, Patience::Button) == Next::Gone {
            tracing::debug!(reason = kind(&error), "telegram inline query is too old");
        } else {
            tracing::warn!(
                reason = kind(&error),
                "telegram inline query was not answered"
            );
        }
    }
}

fn article(card: &Card) -> InlineQueryResult {
    let text = InputMessageContentText::new(card.message.html.as_str()).parse_mode(ParseMode::Html);
    let content = InputMessageContent::Text(text);
    let mut article = InlineQueryResultArticle::new(&card.id, &card.title, content)
        .description(&card.description);
    if let Some(markup) = markup(&card.message) {
        article = article.reply_markup(markup);
    }
    InlineQueryResult::Article(article)
}

/// Answers a callback query, optionally with a notification; until then the button shows a spinner.
pub(super) async fn acknowledge(bot: &TelegramBot, id: &CallbackQueryId, line: Option<&str>) {
    // Callback queries have no chat; only the retries matter here.
    let outcome = persist(ChatId(0), Patience::Button, None, |_| {
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
        .map(|row| row.iter().filter_map(inline_button).collect())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// Converts a button to Telegram's type.
pub(super) fn inline_button(button: &Button) -> Option<InlineKeyboardButton> {
    let label = button.label.as_str();
    match &button.kind {
        ButtonKind::Press(press) => Some(InlineKeyboardButton::callback(label, press.encode())),
        ButtonKind::Choose(choice) => Some(InlineKeyboardButton::callback(label, choice.encode())),
        ButtonKind::Suggested(at) => Some(InlineKeyboardButton::callback(label, at.encode())),
        ButtonKind::Pick(pick) => Some(InlineKeyboardButton::callback(label, pick.encode())),
        // It has an address once the bot's name is known, see `Rendered::leading_to`.
        ButtonKind::InPrivate(_) => None,
        // The settings have validated the URL; an invalid one gets no button.
        ButtonKind::Perform(typed) => Some(InlineKeyboardButton::callback(
            label,
            callback::encode_command(typed),
        )),
        ButtonKind::Open(address) => Some(InlineKeyboardButton::url(label, address.parse().ok()?)),
    }
}
