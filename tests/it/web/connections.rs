//! Limits of connections and of visitors behind a proxy; addresses under a path.

use wenzheng::channels::proxies::TrustedProxies;

use super::*;

const VISITOR: &str = "203.0.113.7";

impl Site {
    /// As a proxy asks that speaks for `visitor`.
    async fn get_for(&self, visitor: &str, path: &str) -> Response {
        let request = self.client.get(self.url(path));
        let request = request.header("x-forwarded-for", visitor);
        request.send().await.expect("an answer")
    }
}

#[tokio::test]
async fn who_gets_no_place_is_told_to_wait_but_for_whoever_watches() {
    let site = Site::with(|settings| {
        // So that this machine is a peer like any other.
        settings.trusted_proxies = TrustedProxies::new(Vec::new());
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..128 {
        held.push(TcpStream::connect(site.address).await.expect("connected"));
    }
    let refused = site.get("/").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()["retry-after"], "10");
    assert_eq!(
        refused.headers()["content-type"],
        "text/plain; charset=utf-8"
    );
    let text = refused.text().await.expect("a text");
    assert!(text.contains("请过一会儿再试"), "{text}");
    for state in ["/healthz", "/readyz"] {
        assert_eq!(site.get(state).await.status(), StatusCode::OK, "{state}");
    }
    drop(held);
    let served = async {
        while site.get("/").await.status() != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let served = tokio::time::timeout(Duration::from_secs(10), served).await;
    served.expect("served again once the others are gone");
}

#[tokio::test]
async fn a_visitor_behind_a_proxy_has_so_many_requests_at_a_time() {
    let site = Site::open().await;
    let mut unfinished = Vec::new();
    for _ in 0..64 {
        let mut stream = TcpStream::connect(site.address).await.expect("connected");
        let head = format!(
            "POST /api/ask HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {VISITOR}\r\n\
             content-length: 100\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        unfinished.push(stream);
    }
    let refused = async {
        loop {
            let response = site.get_for(VISITOR, "/").await;
            if response.status() != StatusCode::OK {
                return response;
            }
        }
    };
    let refused = tokio::time::timeout(Duration::from_secs(10), refused).await;
    let refused = refused.expect("refused once all have arrived");
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "1");
    for other in ["203.0.113.8", "203.0.113.7, 203.0.113.9"] {
        assert_eq!(site.get_for(other, "/").await.status(), StatusCode::OK);
    }
    assert_eq!(site.get("/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn limits_count_the_visitor_and_not_the_proxy() {
    let site = Site::paced(1, |_| {}).await;
    let search = "/api/search?q=x";
    for visitor in [
        "203.0.113.1",
        "203.0.113.2, 10.0.0.5",
        "203.0.113.1, 203.0.113.3",
    ] {
        let found = site.get_for(visitor, search).await;
        assert_eq!(found.status(), StatusCode::OK, "{visitor}");
        let again = site.get_for(visitor, search).await;
        assert_eq!(again.status(), StatusCode::TOO_MANY_REQUESTS, "{visitor}");
    }
}

#[tokio::test]
async fn a_question_counts_however_it_is_asked() {
    let asked = ["/ask?q=x", "/api/search?q=x"];
    for first in asked {
        let site = Site::paced(1, |_| {}).await;
        assert_eq!(site.get(first).await.status(), StatusCode::OK);
        for path in asked {
            let refused = site.get(path).await;
            assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS, "{path}");
            assert_eq!(refused.headers()["retry-after"], "60");
        }
        let post = site.post("/api/ask", json!({ "question": "x" })).await;
        assert_eq!(post.status(), StatusCode::TOO_MANY_REQUESTS);
        // Reading is free.
        assert_eq!(site.get("/terms").await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn every_address_begins_with_the_path_of_the_public_url() {
    const PREFIX: &str = "/zhengce";
    let site = Site::with(|settings| {
        settings.deployment.public_url = Some("https://www.example.gov.cn/zhengce".into());
        settings.widget_origins = vec!["https://other.example.gov.cn".into()];
    })
    .await;
    let answer = site.ask(json!({ "question": "今年修哪几条高速" })).await;
    let card = answer["display"]["cards"][0]["href"]
        .as_str()
        .expect("a page");
    let mut waiting: Vec<String> = [
        "/",
        "/widget",
        "/terms",
        "/report",
        "/ask?q=高速",
        "/nothing",
    ]
    .map(|page| format!("{PREFIX}{page}"))
    .to_vec();
    waiting.push(card.to_owned());
    let mut seen = HashSet::new();
    while let Some(address) = waiting.pop() {
        let (address, _) = address.split_once('#').unwrap_or((&address, ""));
        if address.is_empty() || address.starts_with("tel:") || !seen.insert(address.to_owned()) {
            continue;
        }
        let page = address.strip_prefix(PREFIX);
        let page = page.unwrap_or_else(|| panic!("{address} is outside"));
        if seen.len() > 60 && (page.starts_with("/p/") || page.starts_with("/ask")) {
            continue; // more of the same
        }
        // With the prefix and with it taken off by a proxy.
        let (kept, taken) = (site.get(address).await, site.get(page).await);
        assert_eq!(kept.status(), taken.status(), "{address}");
        assert_eq!(
            kept.status() == StatusCode::NOT_FOUND,
            page == "/nothing",
            "{address}"
        );
        if let Some(elsewhere) = kept.headers().get("location") {
            waiting.push(elsewhere.to_str().expect("plain").to_owned());
        }
        let content_type = kept.headers().get("content-type");
        let html = content_type.is_some_and(|name| name == "text/html; charset=utf-8");
        let text = kept.text().await.expect("a text");
        for name in ["href", "src", "action", "data-href"] {
            let found = attributes(&text, name).into_iter().filter(|_| html);
            waiting.extend(
                found
                    .filter(|at| !at.is_empty())
                    .map(|at| at.replace("&amp;", "&")),
            );
        }
    }
    for page in ["/", "/terms", "/assets/chat.js", "/ask", "/p/"] {
        let page = format!("{PREFIX}{page}");
        assert!(seen.iter().any(|at| at.starts_with(&page)), "{page}");
    }
    let description = site.json("/zhengce/api/openapi.json").await;
    assert_eq!(description["servers"][0]["url"], PREFIX);
    assert_eq!(site.page("/zhengce/other").await, "other");
    assert_eq!(
        site.page("/zhengcex/other").await,
        site.page("/nowhere").await
    );
}
