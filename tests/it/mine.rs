//! What is kept of whoever asks on the web: by the random id of a browser, over a real socket, on both
//! databases.

use axum::Router;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use wenzheng::{
    assistant::{Assistant, Options},
    channels::web::{WebSettings, router},
    service::{Service, ServiceSettings},
};

use crate::{databases::databases, people::Town};

const ME: &str = "00112233445566778899aabbccddeeff";
const SOMEBODY: &str = "ffeeddccbbaa99887766554433221100";

/// The web channel of a town.
struct Site {
    client: Client,
    base: String,
}

impl Site {
    async fn open(town: &Town) -> Self {
        Self::of(town.service.clone()).await
    }

    async fn of(service: Service) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        let settings = WebSettings::default();
        let routes = router(service, settings, Router::new());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            client: Client::new(),
            base,
        }
    }

    async fn send(&self, path: &str, body: Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.base)).json(&body);
        request.send().await.expect("an answer")
    }

    async fn json(&self, path: &str, body: Value) -> Value {
        let response = self.send(path, body).await;
        assert_eq!(response.status().as_u16(), 200, "{path}");
        response.json().await.expect("json")
    }

    async fn data_of(&self, person: &str) -> Value {
        self.json("/api/mydata", json!({ "person": person })).await
    }
}

#[test]
fn a_browser_sees_and_erases_what_is_kept_by_its_id_and_nothing_else() {
    for database in databases() {
        let town = Town::open(database);
        town.database.runtime.block_on(async {
            let site = Site::open(&town).await;
            let ask = async |question: &str, person: Option<&str>| {
                let body = json!({ "question": question, "person": person, "session": person });
                site.json("/api/ask", body).await
            };
            let answered = ask("今年修哪几条高速，我的电话13812345678", Some(ME)).await;
            ask("去年粮食产量是多少", Some(SOMEBODY)).await;
            ask("今年要办哪些民生实事", None).await;
            let vote = json!({ "answer_id": answered["answer_id"], "vote": "up", "person": ME });
            let voted = site.send("/api/feedback", vote).await;
            assert_eq!(voted.status().as_u16(), 204);

            let mine = site.data_of(&ME.to_uppercase()).await;
            let questions = mine["questions"].as_array().expect("a list");
            assert_eq!((questions.len(), &mine["votes"]), (1, &json!(1)));
            let question = questions[0]["question"].as_str().expect("a text");
            assert_eq!(question, "今年修哪几条高速，我的电话〔手机号〕");
            let at = questions[0]["at"].as_str().expect("a time");
            assert!(at.ends_with("+08:00"), "{at}");

            let erased = site.json("/api/forgetme", json!({ "person": ME })).await;
            assert_eq!(erased, json!({ "questions": 1, "votes": 1 }));
            let nothing = json!({ "questions": [], "votes": 0 });
            assert_eq!(site.data_of(ME).await, nothing);
            let theirs = site.data_of(SOMEBODY).await;
            assert_eq!(theirs["questions"].as_array().map(Vec::len), Some(1));
            let turns = town.store.turns(0, 9).await.expect("listed");
            let turns: Vec<&str> = turns.iter().map(|turn| turn.question.as_str()).collect();
            assert_eq!(turns, ["去年粮食产量是多少"]);
            let kept = town.store.asked_and_voted().await.expect("it reads");
            assert_eq!(kept, (2, 0), "what nobody is told of stays");
        });
    }
}

#[test]
fn an_id_that_is_none_is_refused_in_chinese_and_too_many_looks_are_too_fast() {
    let Some(database) = databases().into_iter().next() else {
        return;
    };
    let town = Town::open(database);
    town.database.runtime.block_on(async {
        let site = Site::open(&town).await;
        let vote = json!({ "vote": "up", "passage_id": "p", "person": "x" });
        for (path, body) in [
            ("/api/ask", json!({ "question": "低保", "person": "x" })),
            ("/api/feedback", vote),
            ("/api/mydata", json!({ "person": &ME[1..] })),
            ("/api/forgetme", json!({ "person": "" })),
            ("/api/forgetme", json!({})),
        ] {
            let refused = site.send(path, body).await;
            assert_eq!(refused.status().as_u16(), 400, "{path}");
            let problem: Value = refused.json().await.expect("json");
            let detail = problem["detail"].as_str().expect("a detail");
            assert!(detail.contains("32 位"), "{detail}");
        }
        for _ in 0..20 {
            site.data_of(ME).await;
        }
        let refused = site.send("/api/forgetme", json!({ "person": ME })).await;
        assert_eq!(refused.status().as_u16(), 429);
    });
}

#[tokio::test]
async fn without_a_store_nothing_is_said_to_be_erased() {
    let assistant = Assistant::open(Options::default()).expect("the shipped corpus loads");
    let site = Site::of(Service::new(assistant, ServiceSettings::default())).await;
    for path in ["/api/mydata", "/api/forgetme"] {
        let refused = site.send(path, json!({ "person": ME })).await;
        assert_eq!(refused.status().as_u16(), 503, "{path}");
        let problem: Value = refused.json().await.expect("json");
        assert_eq!(problem["type"], "urn:wenzheng:problem:data-away");
    }
}
