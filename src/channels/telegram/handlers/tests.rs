//! Conversations with a Bot API server that accepts and records every call.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::post,
};
use futures::future::join_all;
use serde_json::{Value, json};
use teloxide::{
    Bot,
    types::{CallbackQuery, InlineQuery, Me, Message, UpdateId},
};

mod eligibility;
mod suggested;

use super::Handlers;
use crate::{
    assistant::Assistant,
    channels::{
        fixtures::{deployment, results_and_plans},
        telegram::delivery::TelegramBot,
        wording,
    },
    service::{Caller, Channel, Service, ServiceSettings},
};

const PRIVATE: i64 = 7;
const GROUP: i64 = -100;
const ADMIN: u64 = 99;

/// Method and fields of every call, in the order they came.
type Calls = Arc<Mutex<Vec<(String, Value)>>>;

/// The handlers, and the server they talk to.
struct World {
    handlers: Handlers,
    bot: TelegramBot,
    me: Me,
    calls: Calls,
    _corpus: tempfile::TempDir,
}

async fn world(questions_per_minute: u32) -> World {
    world_of(results_and_plans(), questions_per_minute).await
}

async fn world_of(
    (corpus, assistant): (tempfile::TempDir, Assistant),
    questions_per_minute: u32,
) -> World {
    let calls = Calls::default();
    let api_url = serve(Arc::clone(&calls)).await;
    let settings = ServiceSettings {
        questions_per_minute,
        administrators: vec![Caller::new(Channel::TELEGRAM, ADMIN.to_string())],
        today: Some(time::macros::date!(2026 - 11 - 30)),
        ..ServiceSettings::default()
    };
    let address = api_url.parse().expect("an address");
    World {
        handlers: Handlers::new(
            Service::new(assistant, settings),
            deployment(),
            crate::channels::telegram::settings::Staff::default(),
        )
        .0,
        bot: Bot::new("1:x").set_api_url(address),
        me: me(),
        calls,
        _corpus: corpus,
    }
}

async fn serve(calls: Calls) -> String {
    let routes = Router::new()
        .route("/{token}/{method}", post(call))
        .with_state(calls);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

async fn call(
    State(calls): State<Calls>,
    Path((_, method)): Path<(String, String)>,
    Json(fields): Json<Value>,
) -> Json<Value> {
    let mut calls = calls.lock().expect("not poisoned");
    let id = 1000 + calls.len();
    let chat = json!({"id": fields["chat_id"], "type": "private", "first_name": "A"});
    let result = match method.as_str() {
        "SendMessage" | "EditMessageText" | "EditMessageReplyMarkup" => {
            json!({"message_id": id, "date": 1, "chat": chat, "text": "好"})
        }
        _ => json!(true),
    };
    calls.push((method, fields));
    Json(json!({"ok": true, "result": result}))
}

fn me() -> Me {
    serde_json::from_value(json!({
        "id": 1, "is_bot": true, "first_name": "问政", "username": "wenzheng_bot",
        "can_join_groups": true, "can_read_all_group_messages": false,
        "supports_inline_queries": true, "has_main_web_app": false
    }))
    .expect("a bot")
}

/// A message of `user` with the number `id`.
fn message(chat: i64, user: u64, id: i32, text: &str) -> Message {
    let kind = if chat > 0 { "private" } else { "supergroup" };
    let chat = json!({"id": chat, "type": kind, "first_name": "A", "title": "G"});
    let from = json!({"id": user, "is_bot": false, "first_name": "A"});
    serde_json::from_value(json!({
        "message_id": id, "date": 1_700_000_000, "chat": chat, "from": from, "text": text
    }))
    .expect("a message")
}

/// The text of a message, without highlights.
fn text(fields: &Value) -> String {
    let html = fields["text"].as_str().unwrap_or_default();
    html.replace("<b>", "").replace("</b>", "")
}

impl World {
    async fn says(&self, message: &Message) {
        let update = UpdateId(u32::try_from(message.id.0).expect("positive"));
        let (bot, me) = (&self.bot, &self.me);
        let handled = self.handlers.message(bot, update, message, me).await;
        assert_eq!(handled, Ok(()));
    }

    async fn edits(&self, update: u32, message: &Message) {
        let (bot, me) = (&self.bot, &self.me);
        let update = UpdateId(update);
        let handled = self.handlers.edited(bot, update, message, me).await;
        assert_eq!(handled, Ok(()));
    }

    async fn presses(&self, data: &str, message: &Message) {
        let query: CallbackQuery = serde_json::from_value(json!({
            "id": "q", "from": {"id": 7, "is_bot": false, "first_name": "A"},
            "chat_instance": "c", "data": data, "message": message
        }))
        .expect("a callback query");
        let handled = self.handlers.pressed(&self.bot, &query).await;
        assert_eq!(handled, Ok(()));
    }

    /// What was called since the last time; the method, and the text it sent.
    fn heard(&self) -> Vec<(String, String)> {
        let calls = std::mem::take(&mut *self.calls.lock().expect("not poisoned"));
        calls.iter().map(|(m, f)| (m.clone(), text(f))).collect()
    }

    /// The only text that was sent.
    fn reply(&self) -> String {
        let mut heard = self.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        heard.remove(0).1
    }
}

#[tokio::test]
async fn a_follow_up_belongs_to_its_conversation() {
    let world = world(20).await;
    world
        .says(&message(PRIVATE, 7, 1, "今年新建村道多少公里"))
        .await;
    assert!(world.reply().contains("30公里"));
    world.says(&message(PRIVATE, 7, 2, "那去年呢")).await;
    assert!(world.reply().contains("12公里"));
    world.says(&message(8, 8, 3, "那去年呢")).await;
    assert!(!world.reply().contains("12公里"));
}

#[tokio::test]
async fn ten_messages_at_once_keep_their_order() {
    let world = world(20).await;
    let topics = [
        ("新建村道多少公里", "12公里"),
        ("新建桥梁几座", "3座"),
        ("新增学位多少个", "450个"),
        ("新建养老院几所", "2所"),
        ("栽植苹果树多少万株", "7万株"),
    ];
    let ask = |(n, (topic, _)): (usize, &(&str, &str))| {
        let n = 2 * i32::try_from(n).expect("small");
        let question = format!("@wenzheng_bot 今年{topic}");
        [(n + 1, question), (n + 2, "@wenzheng_bot 那去年呢".into())]
    };
    let messages: Vec<Message> = topics
        .iter()
        .enumerate()
        .flat_map(ask)
        .map(|(id, text)| message(GROUP, 7, id, &text))
        .collect();
    join_all(messages.iter().map(|message| world.says(message))).await;
    let calls = world.calls.lock().expect("not poisoned");
    assert_eq!(calls.len(), 10);
    for (n, (topic, result)) in topics.iter().enumerate() {
        let asked = 2 * n + 2;
        let answers = |(_, fields): &&(String, Value)| {
            fields["reply_parameters"]["message_id"] == json!(asked)
        };
        let (_, fields) = calls.iter().find(answers).expect("it was answered");
        let text = text(fields);
        assert!(text.contains(result), "{topic}: {text}");
        assert!(text.contains("2023年已完成"), "{topic}: {text}");
    }
}

#[tokio::test]
async fn edits_out_of_order_leave_the_newest_words_answered() {
    let world = world(20).await;
    let asked = message(PRIVATE, 7, 5, "今年新建村道多少公里");
    let first = message(PRIVATE, 7, 5, "今年新建桥梁几座");
    let second = message(PRIVATE, 7, 5, "今年新增学位多少个");
    tokio::join!(
        world.says(&asked),
        world.edits(7, &second),
        world.edits(6, &first)
    );
    let heard = world.heard();
    let (_, last) = heard.last().expect("an answer");
    assert!(last.contains("900个"), "{heard:?}");
    assert!(
        heard.iter().all(|(_, text)| !text.contains("5座")),
        "{heard:?}"
    );
    // The next edit goes to the reply there is.
    world.edits(8, &first).await;
    let heard = world.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].0, "EditMessageText");
    assert!(heard[0].1.contains("5座"));
}

#[tokio::test]
async fn a_question_whose_edit_came_first_is_not_answered_again() {
    let world = world(20).await;
    let asked = message(PRIVATE, 7, 5, "今年新建村道多少公里");
    let mut edited = json!(message(PRIVATE, 7, 5, "今年新建桥梁几座"));
    edited["edit_date"] = json!(1_700_000_010);
    let edited = serde_json::from_value(edited).expect("a message");
    world.edits(6, &edited).await;
    assert!(world.reply().contains("5座"));
    world.says(&asked).await;
    assert_eq!(world.heard(), []);
}

#[tokio::test]
async fn who_asks_too_fast_is_told_once_and_may_still_use_commands() {
    let world = world(1).await;
    world
        .says(&message(PRIVATE, 7, 1, "今年新建村道多少公里"))
        .await;
    assert!(world.reply().contains("30公里"));
    world
        .says(&message(PRIVATE, 7, 2, "今年新建桥梁几座"))
        .await;
    assert_eq!(world.reply(), wording::TOO_FAST);
    world
        .says(&message(PRIVATE, 7, 3, "今年新建桥梁几座"))
        .await;
    assert_eq!(world.heard(), []);
    world.says(&message(PRIVATE, 7, 4, "/sources")).await;
    assert!(world.reply().contains("2024年某县政府工作报告"));
    world.says(&message(8, 8, 5, "今年新建桥梁几座")).await;
    assert!(world.reply().contains("5座"));
}

#[tokio::test]
async fn only_administrators_see_and_reload_the_corpus() {
    let world = world(20).await;
    for command in ["/corpus", "/reload"] {
        world.says(&message(PRIVATE, 7, 1, command)).await;
        assert!(world.reply().contains("只有管理员才能使用这个命令"));
        let admins = i64::try_from(ADMIN).expect("small");
        world.says(&message(admins, ADMIN, 2, command)).await;
        assert!(world.reply().contains("版本"));
    }
}

#[tokio::test]
async fn a_term_is_defined_and_its_reply_can_be_edited() {
    let world = world(20).await;
    world.says(&message(PRIVATE, 7, 1, "/term 三抓三促")).await;
    assert!(world.reply().contains("抓学习促提升"));
    world.edits(2, &message(PRIVATE, 7, 1, "/term 村道")).await;
    assert_eq!(world.heard()[0].0, "EditMessageText");
    world.says(&message(PRIVATE, 7, 3, "/term")).await;
    assert!(world.reply().contains("三抓三促"));
}

#[tokio::test]
async fn buttons_are_answered_and_do_what_they_say() {
    let world = world(20).await;
    let asked = message(PRIVATE, 7, 1, "今年新建村道多少公里");
    world.says(&asked).await;
    let calls = std::mem::take(&mut *world.calls.lock().expect("not poisoned"));
    let buttons = &calls[0].1["reply_markup"]["inline_keyboard"];
    let data = |row: usize, n: usize| {
        let data = buttons[row][n]["callback_data"].as_str();
        data.expect("a button").to_owned()
    };
    let reply = message(PRIVATE, 7, 1000, "好");
    world.presses(&data(0, 0), &reply).await;
    let heard = world.heard();
    assert_eq!(heard[0].0, "AnswerCallbackQuery");
    assert!(heard[1].1.contains("\n新建村道30公里。\n"), "{heard:?}");
    for vote in [data(1, 0), data(1, 1)] {
        world.presses(&vote, &reply).await;
        let heard = world.heard();
        assert_eq!(heard[0].0, "AnswerCallbackQuery");
        assert!(heard[0].1.contains('您'), "{heard:?}");
    }
    world.presses("s:gone", &reply).await;
    assert!(world.reply().contains("报告已经更新"));
    world.presses("nonsense", &reply).await;
    assert!(world.reply().contains("这个按钮已经失效"));
}

#[tokio::test]
async fn inline_mode_offers_slogans_and_quotes() {
    let world = world(20).await;
    let titles = async |typed: &str| -> Vec<String> {
        let query: InlineQuery = serde_json::from_value(json!({
            "id": "q", "from": {"id": 7, "is_bot": false, "first_name": "A"},
            "query": typed, "offset": ""
        }))
        .expect("an inline query");
        let handled = world.handlers.inline(&world.bot, &query, &world.me).await;
        assert_eq!(handled, Ok(()));
        let calls = std::mem::take(&mut *world.calls.lock().expect("not poisoned"));
        let results = calls[0].1["results"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let title = |result: &Value| result["title"].as_str().unwrap_or_default().to_owned();
        results.iter().map(title).collect()
    };
    assert_eq!(titles("").await.len(), 1);
    assert!(titles("szsc").await[0].contains("三抓三促"));
    assert_eq!(
        titles("今年新建村道多少公里").await[0],
        "【2024年计划】一、基础设施"
    );
    assert_eq!(titles("怎么修理安卓手机的屏幕").await, [""; 0]);
}
