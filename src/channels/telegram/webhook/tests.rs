//! Tests of the webhook route, without a bot behind it.

use axum::Router;
use serde_json::json;
use tempfile::TempDir;

use super::{
    route::{BODY_LIMIT, SECRET_HEADER},
    *,
};

const SECRET: &str = "a-secret-of-the-test";

/// A webhook, its route, and the folder of its journal.
fn webhook() -> (Webhook, Router, TempDir) {
    let settings = WebhookSettings {
        url: "https://wz.example.cn/telegram/webhook".into(),
        path: "/telegram/webhook".into(),
        secret: Some(SecretString::from(SECRET)),
    };
    let data = tempfile::tempdir().expect("a folder");
    let token = SecretString::from("1:token");
    let journal = Arc::new(Journal::open(data.path(), &token));
    let (webhook, routes) = Webhook::new(&settings, &token, journal);
    (webhook, routes, data)
}

/// Serves the route; returns its URL.
async fn served(routes: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}/telegram/webhook")
}

async fn post_with(url: &str, secret: Option<&str>, body: String) -> u16 {
    let mut request = reqwest::Client::new().post(url).body(body);
    if let Some(secret) = secret {
        request = request.header(SECRET_HEADER, secret);
    }
    let response = request.send().await.expect("an answer");
    response.status().as_u16()
}

fn update(id: u32) -> String {
    let chat = json!({"id": 7, "type": "private", "first_name": "A"});
    let message = json!({"message_id": 1, "date": 1, "chat": chat, "text": "修路"});
    json!({"update_id": id, "message": message}).to_string()
}

#[tokio::test]
async fn only_who_knows_the_secret_is_let_in() {
    let (mut webhook, routes, _data) = webhook();
    let url = served(routes).await;
    for secret in [None, Some(""), Some("wrong"), Some("a-secret-of-the-tesT")] {
        assert_eq!(post_with(&url, secret, update(1)).await, 401, "{secret:?}");
    }
    assert!(webhook.arrived.try_recv().is_err());
    assert_eq!(post_with(&url, Some(SECRET), update(2)).await, 200);
    assert_eq!(webhook.arrived.recv().await.expect("arrived").id.0, 2);
}

#[tokio::test]
async fn what_is_no_update_or_too_large_is_refused_and_nothing_breaks() {
    let (mut webhook, routes, _data) = webhook();
    let url = served(routes).await;
    for body in ["", "nonsense", "[]", "{}"] {
        assert_eq!(
            post_with(&url, Some(SECRET), body.into()).await,
            400,
            "{body}"
        );
    }
    let large = " ".repeat(BODY_LIMIT + 1);
    assert_eq!(post_with(&url, Some(SECRET), large).await, 413);
    // If it were rejected, Telegram would deliver it forever.
    let unknown = json!({"update_id": 3, "invented_tomorrow": {}}).to_string();
    assert_eq!(post_with(&url, Some(SECRET), unknown).await, 200);
    assert_eq!(webhook.arrived.recv().await.expect("arrived").id.0, 3);
}

#[tokio::test]
async fn a_full_queue_lets_telegram_wait() {
    let (mut webhook, routes, _data) = webhook();
    let url = served(routes).await;
    let client = reqwest::Client::new();
    let mut statuses = Vec::new();
    for id in 0..=QUEUE {
        let request = client.post(&url).header(SECRET_HEADER, SECRET);
        let id = u32::try_from(id).expect("small");
        let response = request.body(update(id)).send().await.expect("an answer");
        statuses.push(response.status().as_u16());
    }
    assert!(statuses[..QUEUE].iter().all(|status| *status == 200));
    assert_eq!(statuses[QUEUE], 503);
    assert!(webhook.arrived.recv().await.is_some());
    assert_eq!(post_with(&url, Some(SECRET), update(9999)).await, 200);
}

#[tokio::test]
async fn at_the_end_what_was_acknowledged_is_handled_and_nothing_more_is_taken() {
    let (webhook, routes, _data) = webhook();
    let url = served(routes).await;
    for id in 1..=3 {
        assert_eq!(post_with(&url, Some(SECRET), update(id)).await, 200);
    }
    let mut updates = webhook.into_updates();
    updates.close();
    let mut ids = Vec::new();
    while let Some(update) = updates.recv().await {
        ids.push(update.id.0);
    }
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(post_with(&url, Some(SECRET), update(4)).await, 503);
}

#[tokio::test]
async fn an_update_that_comes_twice_is_acknowledged_twice_and_handled_once() {
    let (mut webhook, routes, _data) = webhook();
    let url = served(routes).await;
    for _ in 0..2 {
        assert_eq!(post_with(&url, Some(SECRET), update(1)).await, 200);
    }
    assert!(webhook.arrived.recv().await.is_some());
    assert!(webhook.arrived.try_recv().is_err());
}

#[test]
fn the_secret_is_stable_hides_the_token_and_has_the_allowed_form() {
    let secret = made_from(&SecretString::from("123:abc"));
    let again = made_from(&SecretString::from("123:abc"));
    let other = made_from(&SecretString::from("123:abd"));
    assert_eq!(secret.expose_secret(), again.expose_secret());
    assert_ne!(secret.expose_secret(), other.expose_secret());
    assert_eq!(secret.expose_secret().len(), 64);
    let hexadecimal = |c: char| c.is_ascii_hexdigit();
    assert!(secret.expose_secret().chars().all(hexadecimal));
}

#[test]
fn a_webhook_that_is_gone_or_failing_is_noticed_once() {
    let url = "https://wz.example.cn/telegram/webhook";
    let info = |url: &str, pending: u32, error: i64| -> WebhookInfo {
        serde_json::from_value(json!({"url": url, "has_custom_certificate": false,
            "pending_update_count": pending, "last_error_date": error,
            "last_error_message": "Connection refused"}))
        .expect("the shape of the Bot API")
    };
    assert_eq!(judge(&info("", 0, 5), url, None), Health::Gone);
    let elsewhere = info("https://other.example.cn/x", 0, 5);
    assert_eq!(judge(&elsewhere, url, None), Health::Gone);
    let written_otherwise = "https://WZ.example.cn:443/telegram/webhook";
    assert_eq!(
        judge(&info(url, 0, 0), written_otherwise, None),
        Health::Fine
    );
    assert_eq!(judge(&info(url, 3, 5), url, None), Health::Failing(5));
    assert_eq!(judge(&info(url, 3, 5), url, Some(5)), Health::Fine);
    assert_eq!(judge(&info(url, 3, 6), url, Some(5)), Health::Failing(6));
    // An old failure; everything has been delivered since.
    assert_eq!(judge(&info(url, 0, 5), url, None), Health::Fine);
}
