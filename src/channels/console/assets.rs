//! Style sheet, script and icon of the console, from inside the program.

use std::sync::LazyLock;

use axum::{
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// A file of the console.
pub(super) struct Asset {
    name: &'static str,
    content_type: &'static str,
    text: &'static str,
    version: String,
}

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let text = concat!(
        include_str!("../web/assets/colours.css"),
        include_str!("assets/console.css"),
    );
    Asset::new("console.css", "text/css; charset=utf-8", text)
});
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("assets/console.js");
    Asset::new("console.js", "text/javascript; charset=utf-8", text)
});

pub(super) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("../web/assets/favicon.svg");
    Asset::new("favicon.svg", "image/svg+xml", text)
});

impl Asset {
    fn new(name: &'static str, content_type: &'static str, text: &'static str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let version = digest.iter().take(6).map(|byte| format!("{byte:02x}"));
        Self {
            name,
            content_type,
            text,
            version: version.collect(),
        }
    }

    /// Its page, with the version.
    pub(super) fn page(&self) -> String {
        format!("/admin/assets/{}?v={}", self.name, self.version)
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Version {
    #[serde(default)]
    v: String,
}

/// `GET /admin/assets/{name}`: nothing in them is secret.
pub(super) async fn serve(Path(name): Path<String>, Query(version): Query<Version>) -> Response {
    let mut assets = [&*STYLE, &*SCRIPT, &*ICON].into_iter();
    let Some(asset) = assets.find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cache = match version.v == asset.version {
        true => "private, max-age=31536000, immutable",
        false => "no-cache",
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, cache),
    ];
    (headers, asset.text).into_response()
}
