//! Failures: RFC 9457 `application/problem+json` for programs, a page for people.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::wording;
use crate::{corpus::LibraryError, service::Refusal};

/// Why a request got no result, in words for people; nothing internal is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    /// Names the kind of problem for programs; the last part of the `type` URN.
    code: &'static str,
    pub(super) title: &'static str,
    pub(super) detail: &'static str,
    /// Number of seconds after which to retry.
    pub(super) retry_after: Option<u64>,
}

/// Why a request got no result: the members of RFC 9457 section 3.1.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Body {
    /// Names the kind of problem: `urn:wenzheng:problem:too-fast`.
    r#type: String,
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// For people, in Chinese.
    detail: &'static str,
}

impl Problem {
    /// The generic problem for `status`.
    pub(super) fn of(status: StatusCode) -> Self {
        let (title, detail) = wording::failure(status.as_u16());
        let code = match status {
            StatusCode::UNAUTHORIZED => "no-token",
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
            StatusCode::SERVICE_UNAVAILABLE => "timeout",
            StatusCode::PAYLOAD_TOO_LARGE => "body-too-large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "not-json",
            StatusCode::TOO_MANY_REQUESTS => "too-fast",
            status if status.is_client_error() => "bad-request",
            _ => "failed",
        };
        Self {
            status,
            code,
            title,
            detail,
            retry_after: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(10),
        }
    }

    /// Nothing was asked.
    pub(super) fn empty_question() -> Self {
        Self {
            code: "empty-question",
            title: wording::EMPTY_TITLE,
            detail: crate::channels::wording::EMPTY,
            ..Self::of(StatusCode::BAD_REQUEST)
        }
    }

    /// A malformed request.
    pub(super) fn bad_request(detail: &'static str) -> Self {
        Self {
            detail,
            ..Self::of(StatusCode::BAD_REQUEST)
        }
    }

    /// An upload page that was used or has expired.
    pub(super) fn upload_gone() -> Self {
        Self {
            detail: wording::UPLOAD_GONE,
            ..Self::of(StatusCode::NOT_FOUND)
        }
    }

    /// The store is away: what is kept can be neither seen nor erased.
    pub(super) fn data_away() -> Self {
        Self {
            code: "data-away",
            title: wording::DATA_AWAY_TITLE,
            detail: wording::DATA_AWAY,
            ..Self::of(StatusCode::SERVICE_UNAVAILABLE)
        }
    }

    /// No passage has this id (any more).
    pub(super) fn unknown_passage() -> Self {
        Self {
            code: "unknown-passage",
            detail: wording::NO_PASSAGE,
            ..Self::of(StatusCode::NOT_FOUND)
        }
    }

    /// No rules are about what is called so.
    pub(super) fn unknown_benefit() -> Self {
        Self {
            code: "unknown-benefit",
            detail: wording::NO_BENEFIT,
            ..Self::of(StatusCode::NOT_FOUND)
        }
    }

    /// No document has this id (any more).
    pub(super) fn unknown_document() -> Self {
        Self {
            code: "unknown-document",
            detail: wording::NO_DOCUMENT,
            ..Self::of(StatusCode::NOT_FOUND)
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let problem = match refusal {
            Refusal::TooFast { .. } => Self::of(StatusCode::TOO_MANY_REQUESTS),
            Refusal::Busy => Self::of(StatusCode::SERVICE_UNAVAILABLE),
            Refusal::NotAllowed => Self::of(StatusCode::FORBIDDEN),
            Refusal::UnknownPassage => Self::unknown_passage(),
            Refusal::UnknownDocument => Self::unknown_document(),
            Refusal::Failed => Self::of(StatusCode::INTERNAL_SERVER_ERROR),
        };
        Self {
            retry_after: refusal.wait().map(|wait| wait.as_secs()),
            ..problem
        }
    }
}

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        Refusal::from(error).into()
    }
}

impl IntoResponse for Problem {
    /// Responds with JSON; the problem itself is attached as an extension, from which `layers`
    /// renders a page for people.
    fn into_response(self) -> Response {
        let body = Body {
            r#type: format!("urn:wenzheng:problem:{}", self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: self.detail,
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_refusal_has_a_status_and_says_when_to_retry_if_that_helps() {
        let too_fast = Refusal::TooFast {
            wait: Duration::from_mins(1),
            first: true,
        };
        for (refusal, status, retry_after) in [
            (too_fast, 429, Some(60)),
            (Refusal::Busy, 503, Some(10)),
            (Refusal::NotAllowed, 403, None),
            (Refusal::UnknownPassage, 404, None),
            (Refusal::UnknownDocument, 404, None),
            (Refusal::Failed, 500, None),
        ] {
            let problem = Problem::from(refusal);
            assert_eq!(problem.status.as_u16(), status);
            assert_eq!(problem.retry_after, retry_after);
        }
    }
}
