use super::*;

#[tokio::test]
async fn a_plain_form_question_is_answered_without_javascript() {
    let site = Site::open().await;
    let home = site.page("/").await;
    assert!(home.contains("action=\"/ask\" method=\"get\""));
    assert!(home.contains("name=\"q\""));
    let query = [("q", "高标准农田"), ("before", "问过的问题")];
    let request = site.client.get(site.url("/ask")).query(&query);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let page = response.text().await.expect("a page");
    let (conversation, _) = page.split_once("<form").expect("the form follows");
    assert!(conversation.contains("<blockquote"));
    assert!(conversation.contains("href=\"/p/"));
    assert!(page.contains("name=\"before\" value=\"问过的问题\n高标准农田\""));
}

#[tokio::test]
async fn an_example_on_the_page_is_a_link_that_asks() {
    let site = Site::open().await;
    let home = site.page("/").await;
    let asks: Vec<&str> = attributes(&home, "href")
        .into_iter()
        .filter(|href| href.starts_with("/ask?q=%"))
        .collect();
    assert!(asks.len() >= 5);
    for href in asks {
        assert_eq!(site.get(href).await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn script_in_a_question_stays_text() {
    let site = Site::open().await;
    let query = [("q", "\"><script>alert(1)</script>"), ("before", "\"><b>")];
    let request = site.client.get(site.url("/ask")).query(&query);
    let response = request.send().await.expect("an answer");
    let page = response.text().await.expect("a page");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("<script>"));
    assert!(!page.contains("<b>"));
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere() {
    let site = Site::open().await;
    let id = site.passage_with("高标准农田");
    let mut bytes = 0;
    for path in ["/".to_owned(), format!("/p/{id}")] {
        let response = site.get(&path).await;
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .expect("plain")
            .to_owned();
        assert!(policy.contains("default-src 'none'"));
        assert!(policy.contains("script-src 'self'") && policy.contains("style-src 'self'"));
        let page = response.text().await.expect("a page");
        assert!(
            !page.contains("http://") && !page.contains("https://"),
            "{path}"
        );
        assert!(!page.contains(" style=") && !page.contains("<style"));
        assert!(!page.contains(" onclick="));
        if path == "/" {
            bytes += page.len();
            for asset in attributes(&page, "href")
                .into_iter()
                .chain(attributes(&page, "src"))
            {
                if asset.starts_with("/assets/") {
                    let response = site.get(asset).await;
                    assert_eq!(response.status(), StatusCode::OK, "{asset}");
                    assert!(
                        response.headers()["cache-control"]
                            .to_str()
                            .is_ok_and(|c| c.contains("immutable"))
                    );
                    let text = response.text().await.expect("text");
                    assert!(!text.contains("https://"), "{asset}");
                    bytes += text.len();
                }
            }
        }
    }
    assert!(bytes < 100_000, "{bytes} bytes");
}
