//! Middleware of every handler: request id, log line, time limit, panics, headers.

use std::{
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{AllowOrigin, CorsLayer},
    request_id::{MakeRequestId, MakeRequestUuid},
};

use super::{
    compress,
    crowded::{self, Crowded},
    front, pages,
    policy::content_security_policy,
    problem::Problem,
    state::{Shared, Web},
};
use crate::channels::client::Client;

/// Time limit of a request, including its body. An answer takes milliseconds; anything longer is a
/// client that sends slowly.
const TIME_LIMIT: Duration = Duration::from_secs(15);
/// The same where files are put in.
const UPLOAD_TIME_LIMIT: Duration = Duration::from_secs(600);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

static NOBODYS_FRAME: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = content_security_policy("'none'");
    policy.parse().expect("plain characters")
});

/// Adds the layers to `routes`; the last one sees a request first, but for what is in front of
/// routing.
pub(super) fn around(routes: Router, web: Arc<Web>) -> Router {
    let cors = cors(&web.settings.cors_origins);
    let routes = routes
        .fallback(async || Problem::of(StatusCode::NOT_FOUND))
        .method_not_allowed_fallback(async || Problem::of(StatusCode::METHOD_NOT_ALLOWED))
        // The panic message is not shown: it may quote the question.
        .layer(CatchPanicLayer::custom(|_| {
            Problem::of(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }))
        .layer(from_fn(limit_time))
        .layer(from_fn_with_state(
            Arc::clone(&web),
            show_problems_to_people,
        ));
    let routes = match cors {
        Some(cors) => routes.layer(cors),
        None => routes,
    };
    let routes = routes
        .layer(from_fn(protect))
        .layer(from_fn(compress::responses))
        .layer(from_fn(crowded::turn_away))
        .layer(from_fn_with_state(Arc::clone(&web), log));
    front::before(routes, web)
}

/// Lets scripts of listed sites call the API. `None` if no site is listed: then `OPTIONS` is
/// rejected like any other method that a route does not have.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let listed: Vec<HeaderValue> = origins.iter().filter_map(|o| o.parse().ok()).collect();
    let may = move |origin: &HeaderValue, request: &Parts| {
        request.uri.path().starts_with("/api/") && listed.contains(origin)
    };
    (!origins.is_empty()).then(|| {
        CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(may))
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([header::CONTENT_TYPE])
            .expose_headers([REQUEST_ID, header::RETRY_AFTER])
            .max_age(Duration::from_hours(1))
    })
}

/// Passes a request on unless a proxy speaks for its visitor, who has too many under way.
pub(super) async fn limit_in_flight(
    State(web): Shared,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    if !client.is_forwarded() {
        return next.run(request).await;
    }
    let Some(counted) = web.in_flight.begin(client) else {
        let mut problem = Problem::of(StatusCode::TOO_MANY_REQUESTS);
        problem.retry_after = Some(1);
        return problem.into_response();
    };
    let response = next.run(request).await;
    response.map(|body| counted.until_sent(body))
}

async fn limit_time(request: Request, next: Next) -> Response {
    // Files take long to come, and to be read; whoever sends them has been let in, and their reading has
    // limits of its own.
    let path = request.uri().path();
    let limit = match path.contains("/upload/") || path.contains("/api/admin/") {
        true => UPLOAD_TIME_LIMIT,
        false => TIME_LIMIT,
    };
    tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::of(StatusCode::SERVICE_UNAVAILABLE).into_response())
}

/// Renders problems as pages, except under `/api/`.
async fn show_problems_to_people(State(web): Shared, request: Request, next: Next) -> Response {
    let for_programs = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) if !for_programs => {
            let (parts, _) = response.into_parts();
            let mut page = pages::problem(&web, &problem).into_response();
            for name in [header::RETRY_AFTER, header::ALLOW] {
                if let Some(value) = parts.headers.get(&name) {
                    page.headers_mut().insert(name, value.clone());
                }
            }
            page
        }
        _ => response,
    }
}

/// Sets security headers, and `no-store` unless a handler set another cache policy.
async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| NOBODYS_FRAME.clone());
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Logs and counts each request, by route and never by URL, which may contain a question.
async fn log(State(web): Shared, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = request_id(&request);
    if let Some(id) = &id {
        request.headers_mut().insert(REQUEST_ID, id.clone());
    }
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let crowded = Crowded::marks(&request);
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let duration_ms = start.elapsed().as_micros() as f64 / 1000.0;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    web.metrics.count(route, &method, status);
    let request_id = id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or("");
    if crowded {
        // There may be thousands a second; `server` says that there is a crowd.
        tracing::debug!(channel = "web", %method, route, status, duration_ms, request_id, "request");
    } else if response.status().is_server_error() {
        tracing::warn!(channel = "web", %method, route, status, duration_ms, request_id, "request failed");
    } else {
        tracing::info!(channel = "web", %method, route, status, duration_ms, request_id, "request");
    }
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The id set by a proxy if it is short and plain, else a new one.
fn request_id(request: &Request) -> Option<HeaderValue> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let given = request.headers().get(&REQUEST_ID).filter(|id| {
        let bytes = id.as_bytes();
        (1..=64).contains(&bytes.len()) && bytes.iter().all(plain)
    });
    match given {
        Some(id) => Some(id.clone()),
        None => {
            let id = MakeRequestUuid.make_request_id(request)?;
            Some(id.into_header_value())
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;
    use crate::{
        assistant::{Assistant, Options},
        channels::web::WebSettings,
        service::{Service, ServiceSettings},
    };

    async fn broken() {
        panic!("the question was 低保");
    }

    #[tokio::test]
    async fn a_panic_is_an_apology_and_the_service_goes_on() {
        let assistant = Assistant::open(Options::default()).expect("the shipped corpus loads");
        let service = Service::new(assistant, ServiceSettings::default());
        let web = Web::new(service, WebSettings::default());
        let routes = Router::new()
            .route("/broken", get(broken))
            .route("/api/broken", get(broken))
            .route("/fine", get(async || "fine"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        let service = around(routes, Arc::new(web));
        tokio::spawn(async move { axum::serve(listener, service).await });
        let get = async |path: &str| {
            let response = reqwest::get(format!("{base}{path}")).await;
            response.expect("an answer, not a broken connection")
        };
        for (path, content_type) in [
            ("/broken", "text/html; charset=utf-8"),
            ("/api/broken", "application/problem+json"),
        ] {
            let response = get(path).await;
            assert_eq!(response.status().as_u16(), 500);
            assert_eq!(response.headers()["content-type"], content_type);
            let text = response.text().await.expect("a text");
            assert!(text.contains("请稍后再问一次") && !text.contains("低保"));
        }
        assert_eq!(get("/fine").await.text().await.expect("a text"), "fine");
    }
}
