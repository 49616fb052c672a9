//! What a service may do, played by a small server.

use std::sync::{Arc, Mutex};

use axum::{Json, Router, http::HeaderMap, routing::post};
use serde_json::{Value, json};

use super::*;

/// The authorization header and the body of a request.
type Asked = (Option<String>, Value);

/// A service on the loopback interface that answers with `reply` and keeps what it was asked.
struct Service {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    _runtime: tokio::runtime::Runtime,
}

impl Service {
    fn start(reply: fn(&Value) -> (u16, Value)) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let answer = move |headers: HeaderMap, Json(body): Json<Value>| async move {
            let key = headers
                .get("authorization")
                .map(|v| v.to_str().unwrap().to_owned());
            let (status, answer) = reply(&body);
            log.lock().unwrap().push((key, body));
            let status = axum::http::StatusCode::from_u16(status).unwrap();
            (status, Json(answer))
        };
        let app = Router::new().route("/v1/embeddings", post(answer));
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}/v1/embeddings", listener.local_addr().unwrap());
        runtime.spawn(async { axum::serve(listener, app).await });
        Self {
            url,
            asked,
            _runtime: runtime,
        }
    }

    fn endpoint(&self) -> Endpoint {
        endpoint(&self.url)
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn endpoint(url: &str) -> Endpoint {
    Endpoint::new(EndpointSettings {
        url: url.into(),
        model: "small".into(),
        key: Some("secret-key".into()),
        query_prefix: String::new(),
        passage_prefix: String::new(),
    })
}

/// For each text a vector that points in the direction of its length; in reverse order.
fn lengths(body: &Value) -> (u16, Value) {
    let texts = body["input"].as_array().unwrap();
    let data: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(
            |(index, text)| json!({"index": index, "embedding": [text.as_str().unwrap().len(), 1]}),
        )
        .rev()
        .collect();
    (200, json!({ "data": data }))
}

#[test]
fn vectors_come_in_the_order_of_the_texts() {
    let service = Service::start(lengths);
    let vectors = service.endpoint().questions(&["", "县里"]).unwrap();
    assert_eq!(vectors[0].numbers(), [0.0, 1.0]);
    assert!(vectors[1].numbers()[0] > 0.9);
    let (key, body) = service.asked().remove(0);
    assert_eq!(key.as_deref(), Some("Bearer secret-key"));
    assert_eq!(
        body,
        json!({"model": "small", "input": ["", "县里"], "encoding_format": "float",
            "input_type": "query"})
    );
}

#[test]
fn passages_are_sent_in_batches() {
    let service = Service::start(lengths);
    let new = Mutex::new(Vec::new());
    let texts = vec!["路"; 70];
    let count = |n| new.lock().unwrap().push(n);
    assert_eq!(
        service
            .endpoint()
            .many(&texts, InputType::Passage, &count)
            .unwrap()
            .len(),
        70
    );
    assert_eq!(*new.lock().unwrap(), [32, 32, 6]);
    assert_eq!(service.asked()[0].1["input_type"], "passage");
}

#[test]
fn a_service_that_refuses_the_input_type_is_asked_without() {
    let service = Service::start(|body| match body.get("input_type") {
        Some(_) => (400, json!({"error": "unrecognized request argument"})),
        None => lengths(body),
    });
    let endpoint = service.endpoint();
    assert!(endpoint.questions(&["路"]).is_ok());
    assert!(endpoint.questions(&["路"]).is_ok());
    assert_eq!(service.asked().len(), 3, "the refusal is remembered");
}

#[test]
fn words_in_front_come_from_the_settings() {
    let service = Service::start(lengths);
    let mut settings = service.endpoint().settings;
    settings.passage_prefix = "passage: ".into();
    let endpoint = Endpoint::new(settings);
    endpoint.many(&["路"], InputType::Passage, &|_| {}).unwrap();
    assert_eq!(service.asked()[0].1["input"], json!(["passage: 路"]));
    assert_ne!(endpoint.id, service.endpoint().id);
}

#[test]
fn the_path_may_end_at_the_version() {
    assert_eq!(endpoint("http://a/v1/").url, "http://a/v1/embeddings");
    assert_eq!(
        endpoint("http://a/v1").id,
        endpoint("http://a/v1/embeddings").id
    );
}

#[test]
fn a_service_that_is_down_is_unreachable() {
    let error = endpoint("http://127.0.0.1:9/v1")
        .questions(&["路"])
        .unwrap_err();
    assert!(
        matches!(error.failure, EndpointFailure::Unreachable(_)),
        "{error}"
    );
    assert!(!format!("{error:?} {error}").contains("secret-key"));
}

#[test]
fn a_refusal_tells_nothing_of_what_the_service_said_nor_where_it_is() {
    let service = Service::start(|asked| (401, json!({"error": "no such key", "asked": asked})));
    let error = service
        .endpoint()
        .many(&["路"], InputType::Passage, &|_| {})
        .unwrap_err();
    assert_eq!(error.to_string(), "the embeddings service: status 401");
    let all = format!("{error:?}");
    assert!(!all.contains("key") && !all.contains("127.0.0.1"), "{all}");
    assert_eq!(service.asked().len(), 1, "not repeated");
}

#[test]
fn a_busy_service_is_asked_again() {
    let service = Service::start(|_| (503, json!({})));
    assert!(
        service
            .endpoint()
            .many(&["路"], InputType::Passage, &|_| {})
            .is_err()
    );
    assert_eq!(service.asked().len(), 1 + PAUSES.len());
}

#[test]
fn answers_of_another_form_are_refused() {
    for reply in [
        |_: &Value| (200, json!({"data": []})),
        |_: &Value| (200, json!({"data": [{"index": 7, "embedding": [1]}]})),
        |_: &Value| (200, json!({"data": [{"index": 0, "embedding": []}]})),
        |_: &Value| (200, json!("hello")),
    ] {
        let service = Service::start(reply);
        let error = service.endpoint().questions(&["路"]).unwrap_err();
        assert!(
            matches!(error.failure, EndpointFailure::Malformed(_)),
            "{error}"
        );
    }
}
