use reqwest::StatusCode;
use serde_json::json;

use super::{Site, attributes};

/// What stands between `<mark …>` and `</mark>`, tags inside removed.
fn marked(page: &str) -> String {
    let pieces = page.split("<mark").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('>')?;
        Some(rest.split_once("</mark>")?.0)
    });
    let text: String = pieces.collect();
    text.replace("<strong>", "").replace("</strong>", "")
}

#[tokio::test]
async fn a_citation_opens_where_exactly_its_quote_is_marked() {
    let site = Site::open().await;
    for question in [
        "今年修哪几条高速",
        "去年粮食产量是多少",
        "六必访",
        "今年要办哪些民生实事",
    ] {
        let record = site.ask(json!({ "question": question })).await;
        let cards = record["display"]["cards"].as_array().expect("a list");
        let citations = record["citations"].as_array().expect("a list");
        assert!(!cards.is_empty(), "{question}");
        for (card, citation) in cards.iter().zip(citations) {
            let page = site.page(card["href"].as_str().expect("a link")).await;
            let quote = citation["quote"].as_str().expect("a quote");
            let whole = citation["passage"] == quote;
            let expected = if whole {
                String::new()
            } else {
                quote.replace('\n', "")
            };
            assert_eq!(marked(&page), expected, "{question}");
            assert_eq!(page.matches("id=\"quote\"").count(), usize::from(!whole));
        }
    }
}

#[tokio::test]
async fn nonsense_about_what_was_quoted_marks_nothing() {
    let site = Site::open().await;
    let id = site.passage_with("高标准农田");
    for at in ["x", "3-1", "0-999999", "-", "%ff-2"] {
        let response = site.get(&format!("/p/{id}?at={at}")).await;
        assert_eq!(response.status(), StatusCode::OK, "{at}");
        let page = response.text().await.expect("a page");
        assert!(!page.contains("<mark") && page.contains(" cited\""), "{at}");
    }
}

#[tokio::test]
async fn the_report_page_holds_every_passage_and_its_contents_lead_to_sections() {
    let site = Site::open().await;
    let found = site.get("/report").await;
    assert_eq!(found.status(), StatusCode::TEMPORARY_REDIRECT);
    let address = found.headers()["location"]
        .to_str()
        .expect("plain")
        .to_owned();
    let page = site.page(&address).await;
    let snapshot = site.assistant.snapshot();
    let document = &snapshot.library().documents()[0];
    assert!(page.contains(&document.meta.title));
    for passage in snapshot
        .library()
        .passages_of(document)
        .expect("it is served")
    {
        assert_eq!(page.matches(&format!("id=\"p-{}\"", passage.id)).count(), 1);
    }
    let (contents, _) = page.split_once("<article").expect("contents come first");
    let leads: Vec<&str> = attributes(contents, "href")
        .into_iter()
        .filter(|href| href.starts_with("#s-"))
        .collect();
    assert!(leads.len() > 15, "{}", leads.len());
    for lead in leads {
        assert!(page.contains(&format!("id=\"{}\"", &lead[1..])), "{lead}");
    }
    assert_eq!(
        site.get("/report/no-such").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_glossary_has_an_anchor_for_every_slogan() {
    let site = Site::open().await;
    let page = site.page("/terms").await;
    let snapshot = site.assistant.snapshot();
    assert!(snapshot.library().terms().count() > 10);
    for (document, term) in snapshot.library().terms() {
        let entry = snapshot.passage_of(document, term.passage);
        let id = &entry.expect("it is served").id;
        assert!(page.contains(&format!("id=\"t-{id}\"")), "{}", term.name);
        assert!(page.contains(&term.definition), "{}", term.name);
    }
    let id = &snapshot.library().documents()[0].id;
    let same = site.page(&format!("/terms?document={id}")).await;
    assert_eq!(same, page);
    let unknown = site.get("/terms?document=no-such").await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_widget_is_in_the_frames_of_listed_sites_only() {
    let site = Site::with(|settings| {
        settings.widget_origins = vec!["https://www.a.cn".into(), "http://b.cn:81".into()];
    })
    .await;
    let widget = site.get("/widget").await;
    let policy = widget.headers()["content-security-policy"]
        .to_str()
        .expect("plain");
    assert!(policy.ends_with("frame-ancestors https://www.a.cn http://b.cn:81"));
    assert!(policy.contains("script-src 'self'"));
    let loader = site.get("/widget.js").await;
    assert_eq!(
        loader.headers()["content-type"],
        "text/javascript; charset=utf-8"
    );
    let home = site.get("/").await;
    let policy = home.headers()["content-security-policy"]
        .to_str()
        .expect("plain");
    assert!(policy.ends_with("frame-ancestors 'none'"));
}

#[tokio::test]
async fn without_listed_sites_there_is_no_widget() {
    let site = Site::open().await;
    for path in ["/widget", "/widget.js"] {
        assert_eq!(site.get(path).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn routes_of_other_channels_are_served_under_the_same_layers() {
    let site = Site::open().await;
    let response = site.get("/other").await;
    assert_eq!(response.headers()["x-request-id"].len(), 36);
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.text().await.expect("a text"), "other");
}
