//! Pictures, sent to a Bot API server that keeps what it is sent.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use serde_json::{Value, json};
use teloxide::{Bot, types::ChatId};

use super::{Target, TelegramBot, send_photo};
use crate::channels::telegram::{pace::Pace, render};

/// Method and body of every call.
type Calls = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// A server that takes every call, or none.
struct Server {
    calls: Calls,
    takes: bool,
}

async fn serve(takes: bool) -> (TelegramBot, Calls) {
    let calls = Calls::default();
    let server = Server {
        calls: Arc::clone(&calls),
        takes,
    };
    let routes = Router::new()
        .route("/{token}/{method}", post(call))
        .with_state(Arc::new(server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("bound"));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let bot = Bot::new("1:x").set_api_url(address.parse().expect("an address"));
    (bot, calls)
}

async fn call(
    State(server): State<Arc<Server>>,
    Path((_, method)): Path<(String, String)>,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let mut calls = server.calls.lock().expect("not poisoned");
    calls.push((method, body.to_vec()));
    if !server.takes {
        let refusal = json!({"ok": false, "error_code": 400, "description": "Bad Request: IMAGE_PROCESS_FAILED"});
        return (StatusCode::BAD_REQUEST, Json(refusal));
    }
    let chat = json!({"id": 7, "type": "private", "first_name": "A"});
    let size =
        json!({"file_id": "a", "file_unique_id": "b", "file_size": 3, "width": 900, "height": 500});
    let sent = json!({"message_id": 5, "date": 1, "chat": chat, "photo": [size]});
    (StatusCode::OK, Json(json!({"ok": true, "result": sent})))
}

/// Sends a picture to a server; whether that went well, and what the server was sent.
async fn sends(takes: bool, caption: Option<&str>) -> (bool, String) {
    let (bot, calls) = serve(takes).await;
    let target = Target {
        chat: ChatId(7),
        reply_to: None,
        topic: None,
    };
    let mut turn = Pace::new().turn(target.chat).await.expect("nobody waits");
    let caption = caption.map(render::note);
    let sent = send_photo(&bot, &mut turn, target, b"PNG".to_vec(), caption.as_ref()).await;
    let calls = calls.lock().expect("not poisoned");
    assert_eq!(calls.len(), 1, "it is not tried again for a refusal");
    assert_eq!(calls[0].0, "SendPhoto");
    (sent, String::from_utf8_lossy(&calls[0].1).into_owned())
}

#[tokio::test]
async fn a_picture_is_a_file_with_its_text_below() {
    let (sent, body) = sends(true, Some("提问 3 < 5 次")).await;
    assert!(sent);
    assert!(body.contains("filename=\"chart.png\"") && body.contains("\r\n\r\nPNG\r\n"));
    assert!(body.contains("name=\"chat_id\"") && body.contains("\r\n\r\n7\r\n"));
    assert!(body.contains("name=\"caption\"") && body.contains("提问 3 &lt; 5 次"));
    assert!(body.contains("name=\"parse_mode\"") && body.contains("HTML"));
}

#[tokio::test]
async fn a_picture_without_a_text_has_no_caption() {
    let (sent, body) = sends(true, None).await;
    assert!(sent && !body.contains("caption"));
}

#[tokio::test]
async fn a_picture_that_telegram_refuses_was_not_sent() {
    assert!(!sends(false, Some("提问 3 次")).await.0);
}

#[test]
fn a_long_text_does_not_fit_below_a_picture() {
    assert!(render::note(&"字".repeat(1024)).is_caption());
    assert!(!render::note(&"字".repeat(1025)).is_caption());
    assert!(
        !render::note(&"🏞".repeat(513)).is_caption(),
        "two units each"
    );
}
