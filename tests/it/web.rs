// The JSON API: what it describes, search, lists, other sites, counters.
mod api;
// Places for connections, visitors behind a proxy, a path before all addresses.
mod connections;
// Pages without scripts: the form, examples, what a page loads.
mod pages;
// Pages to read: citations, reports, the glossary; the widget.
mod reading;

use std::{
    collections::HashSet,
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use reqwest::{Client, Response, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};
use wenzheng::{
    assistant::{Assistant, Options},
    channels::web::{WebSettings, run},
    service::{Service, ServiceSettings},
};

/// A running web channel with the reports inside the program.
struct Site {
    address: SocketAddr,
    client: Client,
    /// What the site serves, for tests to choose from.
    assistant: Assistant,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Site {
    async fn open() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut WebSettings)) -> Self {
        Self::paced(1_000, change).await
    }

    async fn paced(questions_per_minute: u32, change: impl FnOnce(&mut WebSettings)) -> Self {
        let mut settings = WebSettings::default();
        change(&mut settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let assistant = Assistant::open(Options::default()).expect("the shipped corpus loads");
        let (stop, stopped) = oneshot::channel();
        // Routes of another channel, as the composition root gives them.
        let others = Router::new().route("/other", get(async || "other"));
        let service = Service::new(
            assistant.clone(),
            ServiceSettings {
                questions_per_minute,
                ..ServiceSettings::default()
            },
        );
        let running = tokio::spawn(run(listener, service, settings, others, async {
            let _ = stopped.await;
        }));
        let client = Client::builder()
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self {
            address,
            client,
            assistant,
            stop,
            running,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.client.get(self.url(path));
        request.send().await.expect("an answer")
    }

    async fn page(&self, path: &str) -> String {
        self.get(path).await.text().await.expect("a page")
    }

    async fn json(&self, path: &str) -> Value {
        self.get(path).await.json().await.expect("json")
    }

    async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.client.post(self.url(path)).json(&body);
        request.send().await.expect("an answer")
    }

    async fn ask(&self, body: Value) -> Value {
        let response = self.post("/api/ask", body).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.expect("json")
    }

    /// Id of the first passage that contains `words`.
    fn passage_with(&self, words: &str) -> String {
        let snapshot = self.assistant.snapshot();
        let passages = snapshot.library().all_passages();
        let mut passages = passages.map(|passage| passage.expect("it is served"));
        let found = passages.find(|passage| passage.text.contains(words));
        found.expect("the report speaks of it").id.to_string()
    }
}

/// Asserts that `response` is RFC 9457 JSON of `status`, and gives its detail.
async fn problem_detail(response: Response, status: u16) -> String {
    assert_eq!(response.status().as_u16(), status);
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let body: Value = response.json().await.expect("json");
    assert_eq!(body["status"], status);
    for member in ["type", "title"] {
        assert!(body[member].is_string(), "{member}");
    }
    let detail = body["detail"].as_str().expect("a detail");
    assert!(detail.chars().any(is_chinese), "{detail}");
    detail.to_owned()
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Values of `name="…"` in a page.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[tokio::test]
async fn a_question_is_answered_with_a_verbatim_citation_and_its_link_works() {
    let site = Site::open().await;
    let record = site.ask(json!({ "question": "医药卫生体制改革" })).await;
    let citation = &record["citations"][0];
    let quote = citation["quote"].as_str().expect("a quote");
    let passage = citation["passage"].as_str().expect("a passage");
    assert!(passage.contains(quote));
    let shown: String = record["display"]["cards"][0]["quote"]
        .as_array()
        .expect("parts")
        .iter()
        .filter_map(|part| part["text"].as_str())
        .collect();
    assert_eq!(shown, quote);
    let id = citation["passage_id"].as_str().expect("an id");
    let page = site.page(&format!("/p/{id}")).await;
    assert!(page.contains("2024年通渭县政府工作报告"));
    assert!(page.contains(&format!("id=\"p-{id}\"")));
}

#[tokio::test]
async fn q_is_another_name_for_question() {
    let site = Site::open().await;
    let record = site.ask(json!({ "q": "高标准农田" })).await;
    assert_eq!(record["question"], "高标准农田");
}

#[tokio::test]
async fn a_session_id_must_be_short_and_plain() {
    let site = Site::open().await;
    let ask = |session: &str| json!({ "question": "高标准农田", "session": session });
    site.ask(ask("a-1_B")).await;
    for session in ["", "a b", "会话", &"a".repeat(65)] {
        problem_detail(site.post("/api/ask", ask(session)).await, 400).await;
    }
}

#[tokio::test]
async fn an_empty_question_is_a_friendly_400() {
    let site = Site::open().await;
    let response = site.post("/api/ask", json!({ "question": " \n" })).await;
    let detail = problem_detail(response, 400).await;
    assert!(detail.contains("请用文字告诉我"), "{detail}");
}

#[tokio::test]
async fn what_is_not_json_is_refused_with_problem_json() {
    let site = Site::open().await;
    for body in ["", "{", "[]", "{\"question\": 7}", "{\"history\": []}"] {
        let request = site.client.post(site.url("/api/ask")).body(body);
        problem_detail(request.send().await.expect("an answer"), 400).await;
    }
    let form = site
        .client
        .post(site.url("/api/ask"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("question=1");
    problem_detail(form.send().await.expect("an answer"), 415).await;
}

#[tokio::test]
async fn a_body_too_large_is_refused_with_problem_json() {
    let site = Site::open().await;
    for kilobytes in [65, 3_000] {
        let question = "问".repeat(kilobytes * 1024 / 3);
        let response = site.post("/api/ask", json!({ "question": question })).await;
        problem_detail(response, 413).await;
    }
}

#[tokio::test]
async fn who_asks_too_fast_is_asked_to_wait() {
    let site = Site::paced(2, |_| {}).await;
    let ask = || site.post("/api/ask", json!({ "question": "高速" }));
    for _ in 0..2 {
        assert_eq!(ask().await.status(), StatusCode::OK);
    }
    let refused = ask().await;
    assert_eq!(refused.headers()["retry-after"], "60");
    let detail = problem_detail(refused, 429).await;
    assert!(detail.contains("请过一分钟再问"), "{detail}");
    let page = site.get("/ask?q=%E9%AB%98%E9%80%9F").await;
    assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.headers()["retry-after"], "60");
    assert!(
        page.text()
            .await
            .expect("a page")
            .contains("请过一分钟再问")
    );
}

#[tokio::test]
async fn an_unknown_passage_is_a_friendly_404() {
    let site = Site::open().await;
    let response = site.get("/p/no-such-passage").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let page = response.text().await.expect("a page");
    assert!(page.contains("<html lang=\"zh-CN\">"));
    assert!(page.contains("没有找到这段原文"));
    for path in ["/api/passages/no-such-passage", "/api/passages/%ff"] {
        problem_detail(site.get(path).await, 404).await;
    }
}

#[tokio::test]
async fn an_unknown_address_is_a_page_for_people_and_a_problem_for_programs() {
    let site = Site::open().await;
    let page = site.get("/nothing").await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(page.text().await.expect("a page").contains("没有这个页面"));
    problem_detail(site.get("/api/nothing").await, 404).await;
    let wrong_method = site.get("/api/ask").await;
    assert_eq!(wrong_method.headers()["allow"], "POST");
    problem_detail(wrong_method, 405).await;
}

#[tokio::test]
async fn a_passage_page_shows_its_whole_section() {
    let site = Site::open().await;
    let id = site.passage_with("一是硬化自然村组道路");
    let record = site.json(&format!("/api/passages/{id}")).await;
    assert_eq!(record["passage_id"], id.as_str());
    let page = site.page(&format!("/p/{id}")).await;
    let passages = record["section"]["passages"].as_array().expect("a list");
    assert!(passages.len() > 10, "the ten items and what surrounds them");
    for passage in passages {
        let passage_id = passage["passage_id"].as_str().expect("an id");
        assert!(page.contains(&format!("id=\"p-{passage_id}\"")));
        let text = passage["text"].as_str().expect("a text");
        for line in text.lines() {
            let end: Vec<char> = line.chars().rev().take(12).collect();
            let end: String = end.into_iter().rev().collect();
            assert!(page.contains(&end), "{end}");
        }
    }
    assert_eq!(page.matches(" cited\"").count(), 1);
    let place = |words: &str| page.find(words).expect("on the page");
    assert!(
        place("十件民生实事：") < place("一是硬化"),
        "the list follows its introduction"
    );
    assert!(
        place("十是") < place("我们将统筹资金资源"),
        "and its closing follows the list"
    );
}

#[tokio::test]
async fn every_passage_has_a_page_and_its_links_lead_to_passages() {
    let site = Site::open().await;
    let terms = site.json("/api/terms").await;
    let mut waiting: Vec<String> = terms
        .as_array()
        .expect("a list")
        .iter()
        .map(|term| format!("/p/{}", term["passage_id"].as_str().expect("an id")))
        .collect();
    assert!(!waiting.is_empty());
    let mut seen = HashSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let response = site.get(&path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let page = response.text().await.expect("a page");
        let links = attributes(&page, "href");
        waiting.extend(
            links
                .into_iter()
                .filter(|href| href.starts_with("/p/"))
                .map(str::to_owned),
        );
    }
    // Previous and next lead from the glossary through every section of the report.
    assert!(seen.len() > 15, "{}", seen.len());
}

#[tokio::test]
async fn the_corpus_is_readable_as_data() {
    let site = Site::open().await;
    let documents = site.json("/api/documents").await;
    assert_eq!(documents[0]["title"], "2024年通渭县政府工作报告");
    assert_eq!(documents[0]["place"], "通渭县");
    assert_eq!(documents[0]["review_year"], 2023);
    let terms = site.json("/api/terms").await;
    let term = terms
        .as_array()
        .expect("a list")
        .iter()
        .find(|term| {
            term["name"]
                .as_str()
                .is_some_and(|n| n.contains("三抓三促"))
        })
        .expect("the glossary has it");
    assert!(
        term["definition"]
            .as_str()
            .is_some_and(|d| d.contains("抓学习促提升"))
    );
    let used_in = term["used_in"][0].as_str().expect("it is used");
    let passage = site.json(&format!("/api/passages/{used_in}")).await;
    assert!(
        passage["text"]
            .as_str()
            .is_some_and(|t| t.contains("三抓三促"))
    );
}

#[tokio::test]
async fn health_and_readiness_are_told() {
    let site = Site::open().await;
    assert_eq!(site.page("/healthz").await, "ok");
    let ready = site.json("/readyz").await;
    assert_eq!(ready["status"], "ready");
    assert_eq!(ready["documents"], 1);
    assert!(ready["passages"].as_u64().is_some_and(|n| n > 50));
}

#[tokio::test]
async fn a_vote_is_taken_for_a_known_passage_only() {
    let site = Site::open().await;
    let id = site.passage_with("高标准农田");
    let vote = |id: &str, vote: &str| {
        site.post("/api/feedback", json!({ "passage_id": id, "vote": vote }))
    };
    assert_eq!(vote(&id, "up").await.status(), StatusCode::NO_CONTENT);
    assert_eq!(vote(&id, "down").await.status(), StatusCode::NO_CONTENT);
    problem_detail(vote(&id, "sideways").await, 400).await;
    problem_detail(vote("nothing", "up").await, 404).await;
    let with_reason = |reason: &str| {
        let body = json!({ "passage_id": id, "vote": "down", "reason": reason });
        site.post("/api/feedback", body)
    };
    assert_eq!(with_reason("beside").await.status(), StatusCode::NO_CONTENT);
    problem_detail(with_reason("bored").await, 400).await;
    // A refusal cites no passage.
    let of_a_refusal = site.post("/api/feedback", json!({ "vote": "down" })).await;
    assert_eq!(of_a_refusal.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn every_response_is_protected_and_carries_a_request_id() {
    let site = Site::open().await;
    for path in [
        "/",
        "/ask?q=1",
        "/p/nothing",
        "/api/terms",
        "/api/nothing",
        "/healthz",
        "/assets/app.js",
    ] {
        let response = site.get(path).await;
        let headers = response.headers();
        assert!(headers.contains_key("content-security-policy"), "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["x-request-id"].len(), 36, "{path}");
        assert!(headers.contains_key("cache-control"), "{path}");
    }
    let request = site
        .client
        .get(site.url("/healthz"))
        .header("x-request-id", "from-proxy.7");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["x-request-id"], "from-proxy.7");
}

#[tokio::test]
async fn a_request_in_progress_is_answered_at_shutdown_and_no_more_are_taken() {
    let site = Site::open().await;
    let body = "{\"question\":\"高标准农田\"}";
    let mut slow = TcpStream::connect(site.address).await.expect("connected");
    let head = format!(
        "POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    slow.write_all(head.as_bytes()).await.expect("sent");
    // The server has read the head once it has answered somebody who came later.
    site.page("/healthz").await;
    site.stop.send(()).expect("running");
    tokio::time::timeout(Duration::from_secs(5), async {
        while TcpStream::connect(site.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("no longer listening");
    slow.write_all(body.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let start = Instant::now();
    site.running.await.expect("no panic").expect("no error");
    assert!(start.elapsed() < Duration::from_secs(5));
}
