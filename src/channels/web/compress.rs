//! Gzip of responses.
//!
//! A response is compressed as a whole before it is sent, so that a client that reads slowly, or not at
//! all, holds the compressed bytes and not a compressor: 300 KB each, which 2,000 connections made 600 MB
//! of. Streams, and what is short or compressed already, pass as they are.

use std::io::Write as _;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use hyper::body::Body as _;

/// Shorter bodies gain nothing, in bytes.
const SHORTEST: u64 = 1024;
/// Longer ones are none of ours; they would take a thread for long.
const LONGEST: u64 = 8 << 20;

/// Compresses the response for a client that accepts gzip.
pub(super) async fn responses(request: Request, next: Next) -> Response {
    let accepted = accepts_gzip(request.headers());
    let mut response = next.run(request).await;
    if !is_text(response.headers()) {
        return response;
    }
    let vary = HeaderValue::from_static("accept-encoding");
    response.headers_mut().append(header::VARY, vary);
    let length = response.body().size_hint().exact();
    if !accepted || !length.is_some_and(|length| (SHORTEST..=LONGEST).contains(&length)) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        // A body of known length is in memory and cannot fail.
        return Response::from_parts(parts, Body::empty());
    };
    let Some(compressed) = gzip(&whole) else {
        return Response::from_parts(parts, Body::from(whole));
    };
    let gzip = HeaderValue::from_static("gzip");
    parts.headers.insert(header::CONTENT_ENCODING, gzip);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(compressed))
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    encoder.write_all(bytes).ok()?;
    let mut compressed = encoder.finish().ok()?;
    compressed.shrink_to_fit();
    Some(compressed)
}

/// True unless the client refuses gzip or says nothing of it (RFC 9110, section 12.5.3).
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let codings = values.filter_map(|value| value.to_str().ok());
    let mut codings = codings.flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight
            .trim()
            .trim_start_matches("q=")
            .trim_end_matches(['0', '.']);
        let refused = coding.contains(';') && weight.is_empty();
        matches!(name.trim(), "gzip" | "*") && !refused
    })
}

/// True for what is worth compressing and not compressed yet.
fn is_text(headers: &HeaderMap) -> bool {
    const TEXTS: [&str; 6] = [
        "text/html",
        "text/css",
        "text/javascript",
        "application/json",
        "application/problem+json",
        "image/svg+xml",
    ];
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
    !headers.contains_key(header::CONTENT_ENCODING)
        && TEXTS.iter().any(|text| kind.starts_with(text))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    fn accepts(value: &'static str) -> bool {
        let value = HeaderValue::from_static(value);
        accepts_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)]))
    }

    #[test]
    fn a_client_says_whether_it_takes_gzip() {
        assert!(accepts("gzip, deflate, br"));
        assert!(accepts("br;q=1.0, gzip;q=0.8"));
        assert!(accepts("*"));
        assert!(!accepts("gzip;q=0"));
        assert!(!accepts("identity"));
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "新建村道12公里。".repeat(200);
        let compressed = gzip(text.as_bytes()).expect("memory takes it");
        assert!(compressed.len() < text.len() / 10);
        let mut back = String::new();
        let read = GzDecoder::new(&compressed[..]).read_to_string(&mut back);
        assert!(read.is_ok() && back == text);
    }

    #[test]
    fn messages_of_wechat_and_pictures_stay_as_they_are() {
        let of =
            |kind| HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
        assert!(is_text(&of("text/html; charset=utf-8")));
        assert!(!is_text(&of("text/xml; charset=utf-8")));
        assert!(!is_text(&of("text/event-stream")));
        assert!(!is_text(&of("image/png")));
    }
}
