//! Refusals as the API describes them.

use utoipa::IntoResponses;

use crate::channels::web::problem;

/// The request does not have the form it should have.
#[derive(IntoResponses)]
#[response(status = 400, content_type = "application/problem+json")]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
pub(super) struct Malformed(problem::Body);

/// Too many requests of this address within a minute.
#[derive(IntoResponses)]
#[response(
    status = 429,
    content_type = "application/problem+json",
    headers(("retry-after" = u32, description = "Seconds"))
)]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
pub(super) struct TooFast(problem::Body);

/// Refusals of requests that have a body.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
pub(super) enum BodyRefused {
    /// More than 64 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(problem::Body),
    /// Not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(problem::Body),
}

/// Nothing has that id (any more).
#[derive(IntoResponses)]
#[response(status = 404, content_type = "application/problem+json")]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
pub(super) struct Unknown(problem::Body);

/// What is kept can be neither seen nor erased at the moment.
#[derive(IntoResponses)]
#[response(
    status = 503,
    content_type = "application/problem+json",
    headers(("retry-after" = u32, description = "Seconds"))
)]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
pub(super) struct Away(problem::Body);

/// No token, or one that has expired or was revoked.
#[derive(IntoResponses)]
#[response(status = 401, content_type = "application/problem+json")]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
pub(super) struct Unauthorized(problem::Body);
