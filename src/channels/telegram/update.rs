//! Parses Telegram messages into requests.
//!
//! In a private chat every message is addressed to the bot. In a group only three kinds are:
//! commands, replies to its messages, and mentions of its name (`@wenzheng_bot 今年修路吗`). In
//! Telegram's privacy mode only the first two are guaranteed to arrive.

use teloxide::{
    types::{AllowedUpdate, Me, MediaKind, Message, MessageKind, User},
    utils::command::ParseError,
};

use super::commands::Command;
use crate::admin;

/// The kinds of updates that are handled, and that Telegram is asked for.
pub(super) const KINDS: [AllowedUpdate; 4] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::CallbackQuery,
];

/// A request made by a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Request {
    /// A known command.
    Command(Command),
    /// A command of an administrator.
    Admin(admin::Command),
    /// Starts with `/` but is not one of our commands; in private chats only.
    UnknownCommand,
    /// Free text, without the bot's name.
    Question(String),
    /// A message without text.
    Wordless(Wordless),
}

/// The kind of a message without text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wordless {
    /// A voice message or music.
    Sound,
    /// A picture or video.
    Picture,
    /// A file.
    File,
    /// A location on the map.
    Location,
    /// A sticker, a bare mention, anything else.
    Other,
}

/// True for requests whose reply is updated when their message is edited.
pub(super) const fn asks(request: &Request) -> bool {
    match request {
        Request::Question(_) => true,
        Request::Command(Command::Ask(text) | Command::Term(text)) => !text.is_empty(),
        Request::Command(_)
        | Request::Admin(_)
        | Request::UnknownCommand
        | Request::Wordless(_) => false,
    }
}

/// The request that `message` makes to the bot `me`; `None` if it is not addressed to it.
pub(super) fn request(message: &Message, me: &Me) -> Option<Request> {
    // Bots must not answer each other endlessly. Anonymous group administrators and channels appear
    // as Telegram's own bots.
    let from_bot = message
        .from
        .as_ref()
        .is_some_and(|user| user.is_bot && !user.is_anonymous() && !user.is_channel());
    // A card sent through inline mode is our own text; a post forwarded automatically from a
    // channel to its group is not addressed to us.
    let by_us = message
        .via_bot
        .as_ref()
        .is_some_and(|bot| bot.id == me.user.id);
    let copied = message.is_automatic_forward();
    // Everything else is a service message: somebody joined, a message was pinned. teloxide parses
    // unknown attachments as `Empty`.
    let written = matches!(message.kind, MessageKind::Common(_) | MessageKind::Empty {});
    if from_bot || by_us || copied || !written {
        return None;
    }
    let username = me.user.username.as_deref().unwrap_or_default();
    let text = message.text().or(message.caption()).unwrap_or_default();
    let (words, mentioned) = without_mention(text, username);
    let private = message.chat.is_private();
    // Checked first: text that starts with / is never a question.
    if words.starts_with('/') {
        let read = Command::read(&words, username);
        if matches!(read, Err(ParseError::WrongBotName(_))) {
            return None;
        }
        return match (read, admin::parse(&words)) {
            (_, Some(command)) => Some(Request::Admin(safe(command, private))),
            (Ok(command), None) => Some(Request::Command(command)),
            (Err(_), None) => private.then_some(Request::UnknownCommand),
        };
    }
    let replied = || {
        // In a forum, a message that is not a reply counts as a reply to the first message of its
        // topic, which may be the bot's.
        let topic = message.thread_id.filter(|_| message.is_topic_message);
        let to = message.reply_to_message();
        let to = to.filter(|to| topic.is_none_or(|topic| topic.0 != to.id));
        let to = to.and_then(|to| to.from.as_ref());
        to.is_some_and(|user| user.id == me.user.id || (user.is_bot && is_me(user, username)))
    };
    if !private && !mentioned && !replied() {
        return None;
    }
    if !words.is_empty() {
        return Some(Request::Question(words));
    }
    // A sticker in reply to the bot's answer is applause, not a question.
    (private || mentioned).then(|| Request::Wordless(wordless(message)))
}

/// A one-time code is void where others read it.
fn safe(command: admin::Command, private: bool) -> admin::Command {
    match command {
        admin::Command::Join(code) if !private => admin::Command::Void(code),
        // What they reply with is for one pair of eyes.
        admin::Command::Console | admin::Command::Invite { .. } | admin::Command::Token { .. }
            if !private =>
        {
            admin::Command::Unclear(admin::Problem {
                example: "私聊机器人后再发送",
                what: "这条命令的结果不能让群里的人看到",
            })
        }
        command => command,
    }
}

fn wordless(message: &Message) -> Wordless {
    let MessageKind::Common(common) = &message.kind else {
        return Wordless::Other;
    };
    match &common.media_kind {
        MediaKind::Voice(_) | MediaKind::Audio(_) => Wordless::Sound,
        MediaKind::Photo(_)
        | MediaKind::Video(_)
        | MediaKind::VideoNote(_)
        | MediaKind::Animation(_)
        | MediaKind::PaidMedia(_) => Wordless::Picture,
        MediaKind::Document(_) => Wordless::File,
        MediaKind::Location(_) | MediaKind::Venue(_) => Wordless::Location,
        MediaKind::Contact(_)
        | MediaKind::Game(_)
        | MediaKind::Poll(_)
        | MediaKind::Checklist(_)
        | MediaKind::Sticker(_)
        | MediaKind::Story(_)
        | MediaKind::Text(_)
        | MediaKind::Migration(_) => Wordless::Other,
    }
}

/// True for the bot itself, by its unique username.
fn is_me(user: &User, username: &str) -> bool {
    let name = user.username.as_deref();
    name.is_some_and(|name| name.eq_ignore_ascii_case(username))
}

/// Removes `@username` from `text`, trims it, and reports whether the name was present.
///
/// Works on the text rather than on Telegram's entities, whose offsets count UTF-16 units.
fn without_mention(text: &str, username: &str) -> (String, bool) {
    let mention = format!("@{}", username.to_ascii_lowercase());
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    // Lower-casing ASCII preserves byte offsets.
    let folded = text.to_ascii_lowercase();
    let mut words = String::new();
    let mut rest = 0;
    for (at, _) in folded.match_indices(&mention) {
        let end = at + mention.len();
        let whole = !username.is_empty()
            && !folded[..at].ends_with(is_name)
            && !folded[end..].starts_with(is_name);
        // `/help@wenzheng_bot` is one word.
        let in_command = folded[..at]
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| word.starts_with('/'));
        if whole && !in_command {
            words.push_str(&text[rest..at]);
            rest = end;
        }
    }
    words.push_str(&text[rest..]);
    (words.trim().to_owned(), rest > 0)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn me() -> Me {
        serde_json::from_value(json!({
            "id": 1, "is_bot": true, "first_name": "问政", "username": "wenzheng_bot",
            "can_join_groups": true, "can_read_all_group_messages": false,
            "supports_inline_queries": false, "has_main_web_app": false
        }))
        .expect("a bot")
    }

    fn message(chat: &Value, fields: &Value) -> Message {
        let mut message = json!({
            "message_id": 5, "date": 1_700_000_000, "chat": chat,
            "from": {"id": 7, "is_bot": false, "first_name": "A"}
        });
        let merged = message.as_object_mut().expect("an object");
        merged.extend(fields.as_object().expect("an object").clone());
        serde_json::from_value(message).expect("a message")
    }

    fn private(fields: &Value) -> Option<Request> {
        let chat = json!({"id": 7, "type": "private", "first_name": "A"});
        request(&message(&chat, fields), &me())
    }

    fn group(fields: &Value) -> Option<Request> {
        let chat = json!({"id": -100, "type": "supergroup", "title": "G"});
        request(&message(&chat, fields), &me())
    }

    fn question(text: &str) -> Option<Request> {
        Some(Request::Question(text.into()))
    }

    fn reply_to(id: u64, text: &str) -> Value {
        let chat = json!({"id": -100, "type": "supergroup", "title": "G"});
        let from = json!({"id": id, "is_bot": id == 1, "first_name": "B"});
        let answered =
            json!({"message_id": 4, "date": 1, "chat": chat, "from": from, "text": "好"});
        json!({"text": text, "reply_to_message": answered})
    }

    #[test]
    fn in_private_every_text_is_a_question() {
        assert_eq!(
            private(&json!({"text": " 今年修路吗\n"})),
            question("今年修路吗")
        );
        assert_eq!(
            private(&json!({"text": "@Wenzheng_Bot 今年修路吗"})),
            question("今年修路吗")
        );
    }

    #[test]
    fn a_caption_is_read_and_a_picture_alone_is_wordless() {
        let photo = json!([{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]);
        assert_eq!(
            private(&json!({"photo": photo, "caption": "这条路修不修"})),
            question("这条路修不修")
        );
        assert_eq!(
            private(&json!({"photo": photo})),
            Some(Request::Wordless(Wordless::Picture))
        );
    }

    #[test]
    fn an_attachment_that_teloxide_does_not_know_is_wordless() {
        // teloxide 0.17 insists on the MIME type.
        let voice = json!({"file_id": "f", "file_unique_id": "u", "duration": 3});
        assert_eq!(
            private(&json!({"voice": voice})),
            Some(Request::Wordless(Wordless::Other))
        );
        assert_eq!(
            private(&json!({"invented_tomorrow": {}})),
            Some(Request::Wordless(Wordless::Other))
        );
    }

    #[test]
    fn what_starts_with_a_slash_is_never_a_question() {
        for text in ["/weather", "/", "/修路", " /weather 今年修路吗"] {
            assert_eq!(
                private(&json!({"text": text})),
                Some(Request::UnknownCommand),
                "{text}"
            );
            assert_eq!(group(&json!({"text": text})), None, "{text}");
        }
        for text in ["/help@other_bot", "/ask@other_bot 今年修路吗"] {
            assert_eq!(private(&json!({"text": text})), None, "{text}");
            assert_eq!(group(&json!({"text": text})), None, "{text}");
        }
    }

    #[test]
    fn in_a_group_only_commands_replies_and_mentions_are_answered() {
        assert_eq!(group(&json!({"text": "今年修路吗"})), None);
        assert_eq!(
            group(&json!({"text": "/ask@wenzheng_bot 今年修路吗"})),
            Some(Request::Command(Command::Ask("今年修路吗".into())))
        );
        assert_eq!(group(&reply_to(1, "今年修路吗")), question("今年修路吗"));
        assert_eq!(group(&reply_to(8, "今年修路吗")), None);
        assert_eq!(
            group(&json!({"text": "请问@wenzheng_bot，今年修路吗"})),
            question("请问，今年修路吗")
        );
        assert_eq!(
            group(&json!({"text": "@wenzheng_bot /help"})),
            Some(Request::Command(Command::Help))
        );
        assert_eq!(
            group(&json!({"text": "@wenzheng_bot"})),
            Some(Request::Wordless(Wordless::Other))
        );
    }

    #[test]
    fn what_stands_in_a_topic_of_the_bots_own_is_no_reply_to_it() {
        let in_topic = |thread: i32| {
            let mut fields = reply_to(1, "今年修路吗");
            fields["message_thread_id"] = json!(thread);
            fields["is_topic_message"] = json!(true);
            fields
        };
        // The message replied to has id 4.
        assert_eq!(group(&in_topic(4)), None);
        assert_eq!(group(&in_topic(3)), question("今年修路吗"));
    }

    #[test]
    fn another_name_that_begins_alike_is_no_mention() {
        for text in ["@wenzheng_bot2 修路吗", "me@wenzheng_bot 修路吗"] {
            assert_eq!(group(&json!({"text": text})), None, "{text}");
        }
    }

    #[test]
    fn bots_are_not_answered_but_anonymous_administrators_are() {
        let bot = json!({"id": 9, "is_bot": true, "first_name": "B"});
        assert_eq!(group(&json!({"text": "/help", "from": bot})), None);
        let anonymous = json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group",
            "username": "GroupAnonymousBot"});
        assert_eq!(
            group(&json!({"text": "/help", "from": anonymous})),
            Some(Request::Command(Command::Help))
        );
    }

    #[test]
    fn service_messages_are_not_answered() {
        let user = json!({"id": 8, "is_bot": false, "first_name": "C"});
        assert_eq!(group(&json!({"new_chat_members": [user]})), None);
    }

    #[test]
    fn people_who_write_as_a_channel_are_answered_and_copied_posts_are_not() {
        let channel = json!({"id": 136_817_688, "is_bot": true, "first_name": "Channel",
            "username": "Channel_Bot"});
        let fields = json!({"text": "/ask 今年修路吗", "from": channel});
        assert!(group(&fields).is_some());
        let telegram = json!({"id": 777_000, "is_bot": false, "first_name": "Telegram"});
        let fields = json!({"text": "@wenzheng_bot 今年修路吗", "from": telegram,
            "is_automatic_forward": true});
        assert_eq!(group(&fields), None);
    }

    #[test]
    fn a_card_of_our_own_inline_mode_is_no_question() {
        let me = json!({"id": 1, "is_bot": true, "first_name": "问政", "username": "wenzheng_bot"});
        let fields = json!({"text": "“三抓三促”行动：抓学习促提升。", "via_bot": me});
        assert_eq!(private(&fields), None);
    }
}
