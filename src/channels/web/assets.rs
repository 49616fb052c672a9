//! Style sheet, scripts and icon, embedded in the program.

use std::sync::LazyLock;

use axum::{
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{problem::Problem, state::Shared};
use crate::text::hex;

/// A file served under `/assets/`.
#[derive(Debug)]
pub(super) struct Asset {
    name: &'static str,
    content_type: &'static str,
    text: &'static str,
    /// Changes with the content, so that browsers may cache a file forever.
    version: String,
}

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style.css",
        "text/css; charset=utf-8",
        concat!(
            include_str!("assets/colours.css"),
            include_str!("assets/style.css"),
        ),
    )
});
/// Runs before the first paint.
pub(super) static EARLY: LazyLock<Asset> =
    LazyLock::new(|| Asset::script("early.js", include_str!("assets/early.js")));
/// On every page.
pub(super) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::script("app.js", include_str!("assets/app.js")));
/// The conversation.
pub(super) static CHAT: LazyLock<Asset> =
    LazyLock::new(|| Asset::script("chat.js", include_str!("assets/chat.js")));
/// What is kept of whoever asks.
pub(super) static MINE: LazyLock<Asset> =
    LazyLock::new(|| Asset::script("mine.js", include_str!("assets/mine.js")));
/// A section of a report beside the conversation.
pub(super) static PANEL: LazyLock<Asset> =
    LazyLock::new(|| Asset::script("panel.js", include_str!("assets/panel.js")));
/// Embedded in pages of other sites.
static WIDGET: LazyLock<Asset> =
    LazyLock::new(|| Asset::script("widget.js", include_str!("assets/widget.js")));
pub(super) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "favicon.svg",
        "image/svg+xml",
        include_str!("assets/favicon.svg"),
    )
});

impl Asset {
    fn new(name: &'static str, content_type: &'static str, text: &'static str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        Self {
            name,
            content_type,
            text,
            version: hex::encode(&digest[..6]),
        }
    }

    fn script(name: &'static str, text: &'static str) -> Self {
        Self::new(name, "text/javascript; charset=utf-8", text)
    }

    /// Its page, with the version.
    pub(super) fn page(&self) -> String {
        format!("/assets/{}?v={}", self.name, self.version)
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Version {
    #[serde(default)]
    v: String,
}

pub(super) async fn serve(
    name: Result<Path<String>, PathRejection>,
    version: Result<Query<Version>, QueryRejection>,
) -> Result<Response, Problem> {
    let name = name.map(|Path(name)| name).unwrap_or_default();
    let asset: &Asset = [&*STYLE, &*EARLY, &*SCRIPT, &*MINE, &*PANEL, &*CHAT, &*ICON]
        .into_iter()
        .find(|asset| asset.name == name)
        .ok_or_else(|| Problem::of(StatusCode::NOT_FOUND))?;
    let current = version.is_ok_and(|Query(version)| version.v == asset.version);
    let cache = if current {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, cache),
    ];
    Ok((headers, asset.text).into_response())
}

/// `GET /widget.js`, at a URL without version: pages of other sites contain it for years.
pub(super) async fn widget(State(web): Shared) -> Result<Response, Problem> {
    if web.settings.widget_origins.is_empty() {
        return Err(Problem::of(StatusCode::NOT_FOUND));
    }
    let headers = [
        (header::CONTENT_TYPE, WIDGET.content_type),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((headers, WIDGET.text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_by_day_is_set_by_night_too() {
        let lines = STYLE.text.lines();
        let set: Vec<&str> = lines.filter(|line| line.contains("var(--day,")).collect();
        assert!(set.len() > 10);
        for line in set {
            assert!(line.contains(" var(--night,"), "{line}");
        }
    }
}
