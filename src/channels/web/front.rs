//! What happens to a request before it is routed.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::Uri,
    middleware::{Next, from_fn_with_state},
    response::Response,
};

use super::{
    crowded::{Crowded, asks_for_state},
    state::{Shared, Web},
};
use crate::channels::client::Client;

/// Puts `routes` behind the front door, where whom a request comes from is found out, the path of the
/// public URL is taken off, and its turn is waited for.
pub(super) fn before(routes: Router, web: Arc<Web>) -> Router {
    Router::new()
        .fallback_service(routes)
        .layer(from_fn_with_state(web, arrive))
}

async fn arrive(State(web): Shared, mut request: Request, next: Next) -> Response {
    Client::identify(&mut request, &web.settings.trusted_proxies);
    if let Some(uri) = without(web.settings.deployment.prefix(), request.uri()) {
        *request.uri_mut() = uri;
    }
    if asks_for_state(&request) || Crowded::marks(&request) {
        return next.run(request).await;
    }
    web.turns.run(next.run(request)).await
}

/// The address as the routes know it, if it begins with `prefix`.
///
/// A reverse proxy may take the prefix off or hand it on; which of the two is decided by one `/` in its
/// settings, so both work. No route of ours begins like a prefix (settings that say so are refused),
/// so that no address can mean two pages.
fn without(prefix: &str, uri: &Uri) -> Option<Uri> {
    let rest = uri.path().strip_prefix(prefix)?;
    if prefix.is_empty() || !(rest.is_empty() || rest.starts_with('/')) {
        return None;
    }
    let path = if rest.is_empty() { "/" } else { rest };
    match uri.query() {
        Some(query) => format!("{path}?{query}").parse().ok(),
        None => path.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_taken_off_where_it_is_a_whole_step() {
        let seen = |prefix, path: &str| {
            let uri = path.parse().expect("an address");
            without(prefix, &uri).map(|uri| uri.to_string())
        };
        for (path, expected) in [
            ("/zc", Some("/")),
            ("/zc/", Some("/")),
            ("/zc?q=1", Some("/?q=1")),
            ("/zc/ask?q=%E4%BF%AE", Some("/ask?q=%E4%BF%AE")),
            ("/zcx/ask", None),
            ("/ask", None),
            ("/", None),
        ] {
            assert_eq!(seen("/zc", path).as_deref(), expected, "{path}");
        }
        assert_eq!(seen("", "/ask"), None);
    }
}
