//! What a browser is told when a page is not shown.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{layout, trouble::Trouble, wording};

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Needs(_) | Self::Forged => StatusCode::FORBIDDEN,
            Self::Unreadable | Self::Unfiltered => StatusCode::BAD_REQUEST,
            Self::Refused(_) | Self::NoStore => StatusCode::SERVICE_UNAVAILABLE,
        };
        let mut response = layout::bare(&wording::trouble(&self), "").into_response();
        *response.status_mut() = status;
        response
    }
}
