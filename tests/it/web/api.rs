use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Site, problem_detail};

#[tokio::test]
async fn the_description_of_the_api_is_as_accepted() {
    let site = Site::open().await;
    let mut description = site.json("/api/openapi.json").await;
    description["info"]["version"] = "[version]".into();
    insta::assert_json_snapshot!("openapi", description);
}

#[tokio::test]
async fn a_session_remembers_what_a_follow_up_needs() {
    let site = Site::open().await;
    let ask = |question: &str| json!({ "question": question, "session": "s1" });
    site.ask(ask("去年粮食产量是多少")).await;
    let record = site.ask(ask("那今年呢")).await;
    assert_eq!(record["citations"][0]["period"]["kind"], "planned");
    let quote = record["citations"][0]["quote"].as_str().expect("a quote");
    assert!(quote.contains("粮食"), "{quote}");
}

#[tokio::test]
async fn an_answer_has_no_more_citations_than_asked_for() {
    let site = Site::open().await;
    let ask = |limit: u64| json!({ "question": "今年在教育上有什么安排", "limit": limit });
    let record = site.ask(ask(1)).await;
    assert_eq!(record["citations"].as_array().map(Vec::len), Some(1));
    for limit in [0, 11, 300] {
        problem_detail(site.post("/api/ask", ask(limit)).await, 400).await;
    }
}

#[tokio::test]
async fn a_list_of_the_right_values_is_not_taken_for_a_question() {
    let site = Site::open().await;
    let body = json!(["今年修哪几条高速", null, [], null, null]);
    problem_detail(site.post("/api/ask", body).await, 400).await;
}

#[tokio::test]
async fn a_search_ranks_passages_and_names_the_sentence_that_fits() {
    let site = Site::open().await;
    let found = site.json("/api/search?q=高标准农田&limit=3").await;
    let passages = found["passages"].as_array().expect("a list");
    assert_eq!(passages.len(), 3);
    let scores: Vec<f64> = passages
        .iter()
        .map(|passage| passage["score"].as_f64().expect("a number"))
        .collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    let best = &passages[0];
    let sentence = best["sentence"].as_str().expect("a sentence");
    assert!(sentence.contains("高标准农田"), "{sentence}");
    assert!(
        best["text"]
            .as_str()
            .is_some_and(|text| text.contains(sentence))
    );
}

#[tokio::test]
async fn a_search_may_be_held_to_one_document_that_must_exist() {
    let site = Site::open().await;
    let documents = site.json("/api/documents").await;
    let id = documents[0]["id"].as_str().expect("an id");
    let found = site
        .json(&format!("/api/search?q=高速&document={id}"))
        .await;
    assert_eq!(found["passages"][0]["document_id"], id);
    for path in ["/api/search?q=高速&document=x", "/api/terms?document=x"] {
        problem_detail(site.get(path).await, 404).await;
    }
}

#[tokio::test]
async fn a_search_for_nothing_or_for_too_much_is_refused() {
    let site = Site::open().await;
    for query in [
        "",
        "?q=",
        "?q=%20",
        "?q=高速&limit=0",
        "?q=高速&limit=51",
        "?q=高速&limit=x",
    ] {
        problem_detail(site.get(&format!("/api/search{query}")).await, 400).await;
    }
}

#[tokio::test]
async fn slogans_are_offered_while_they_are_typed() {
    let site = Site::open().await;
    for typed in ["三抓", "szsc", "sanzhuasancu"] {
        let offered = site.json(&format!("/api/suggest?q={typed}")).await;
        assert_eq!(offered[0]["name"], "三抓三促", "{typed}");
        assert_eq!(offered[0]["question"], "“三抓三促”是什么意思？");
    }
    assert_eq!(site.json("/api/suggest?q=zzzz").await, json!([]));
    let used_most = site.json("/api/suggest?limit=3").await;
    assert_eq!(used_most.as_array().map(Vec::len), Some(3));
    problem_detail(site.get("/api/suggest?q=三&limit=0").await, 400).await;
}

#[tokio::test]
async fn questions_that_the_report_answers_are_offered_while_they_are_typed() {
    let site = Site::open().await;
    for typed in ["停车场", "tingchechang", "tcc"] {
        let offered = site.json(&format!("/api/suggest?q={typed}")).await;
        assert_eq!(offered[0]["kind"], "question", "{typed}");
        assert_eq!(offered[0]["question"], "2024年计划新建停车场多少个？");
    }
    assert_eq!(site.json("/api/suggest?q=三抓").await[0]["kind"], "term");
}

#[tokio::test]
async fn a_list_can_be_had_in_parts() {
    let site = Site::open().await;
    let all = site.json("/api/terms").await;
    let all = all.as_array().expect("a list");
    let part = site.json("/api/terms?offset=2&limit=3").await;
    assert_eq!(part.as_array().expect("a list"), &all[2..5]);
    assert_eq!(site.json("/api/documents?offset=1").await, json!([]));
    for query in ["limit=0", "limit=1001", "offset=-1", "offset=x"] {
        problem_detail(site.get(&format!("/api/terms?{query}")).await, 400).await;
    }
}

#[tokio::test]
async fn scripts_of_listed_sites_may_call_the_api_and_no_others() {
    let listed = "https://www.example.gov.cn";
    let site = Site::with(|settings| settings.cors_origins = vec![listed.into()]).await;
    let from = |origin: &'static str| {
        let request = site.client.get(site.url("/api/documents"));
        request.header("origin", origin).send()
    };
    let response = from(listed).await.expect("an answer");
    assert_eq!(response.headers()["access-control-allow-origin"], listed);
    let response = from("https://elsewhere.example").await.expect("an answer");
    let allowed = response.headers().get("access-control-allow-origin");
    assert_eq!(allowed, None);
    let asked_first = site
        .client
        .request(reqwest::Method::OPTIONS, site.url("/api/ask"))
        .header("origin", listed)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let response = asked_first.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let methods = response.headers()["access-control-allow-methods"].to_str();
    assert!(methods.is_ok_and(|methods| methods.contains("POST")));
}

#[tokio::test]
async fn without_listed_sites_nobody_is_let_in() {
    let site = Site::open().await;
    let request = site
        .client
        .request(reqwest::Method::OPTIONS, site.url("/api/ask"))
        .header("origin", "https://www.example.gov.cn");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        !response
            .headers()
            .contains_key("access-control-allow-origin")
    );
}

#[tokio::test]
async fn requests_and_questions_are_counted_and_no_words_are_told() {
    let site = Site::open().await;
    site.ask(json!({ "question": "高标准农田" })).await;
    site.get("/ask?q=怎么修理安卓手机的屏幕").await;
    site.get("/nowhere/怎么修理").await;
    let response = site.get("/metrics").await;
    assert!(
        response.headers()["content-type"]
            .to_str()
            .is_ok_and(|kind| kind.starts_with("text/plain; version=0.0.4"))
    );
    let page = response.text().await.expect("a page");
    for line in [
        "wenzheng_http_requests_total{route=\"/api/ask\",method=\"POST\",status=\"200\"} 1",
        "wenzheng_http_requests_total{route=\"(none)\",method=\"GET\",status=\"404\"} 1",
        "wenzheng_questions_total{status=\"answered\"} 1",
        "wenzheng_questions_total{status=\"not_found\"} 1",
        "wenzheng_answer_duration_seconds_bucket{le=\"+Inf\"} 2",
        "wenzheng_answer_duration_seconds_count 2",
        "wenzheng_semantic_state{state=\"off\"} 1",
        "wenzheng_corpus_documents 1",
    ] {
        assert!(page.lines().any(|found| found == line), "{line}\n{page}");
    }
    assert!(page.is_ascii(), "a word got in:\n{page}");
}

#[tokio::test]
async fn counters_are_not_told_through_a_reverse_proxy() {
    let site = Site::open().await;
    let request = site
        .client
        .get(site.url("/metrics"))
        .header("x-forwarded-for", "203.0.113.9");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_long_travels_compressed_to_those_who_can_read_it() {
    let site = Site::open().await;
    let plain: Value = site.json("/api/terms").await;
    let request = site
        .client
        .get(site.url("/api/terms"))
        .header("accept-encoding", "gzip");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let bytes = response.bytes().await.expect("a body");
    assert!(bytes.len() * 2 < plain.to_string().len(), "{}", bytes.len());
}
