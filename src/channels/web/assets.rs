//! Style sheet, script and icon, inside the program.

use std::sync::LazyLock;

use axum::{
    extract::{
        Path, Query,
        rejection::{PathRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// A file served under `/assets/`.
#[derive(Debug)]
pub(super) struct Asset {
    name: &'static str,
    content_type: &'static str,
    text: &'static str,
    /// Changes with the content, so that a browser may keep a file for good.
    version: String,
}

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style.css",
        "text/css; charset=utf-8",
        include_str!("assets/style.css"),
    )
});
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "app.js",
        "text/javascript; charset=utf-8",
        include_str!("assets/app.js"),
    )
});
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
            version: digest[..6].iter().map(|b| format!("{b:02x}")).collect(),
        }
    }

    /// Its address, with its version.
    pub(super) fn url(&self) -> String {
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
    let asset: &Asset = [&*STYLE, &*SCRIPT, &*ICON]
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
