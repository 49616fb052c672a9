//! State shared by all handlers.

use std::sync::Arc;

use axum::extract::State;

use super::{in_flight::InFlight, metrics::Metrics, problem::Problem, turns::Turns};
use crate::{
    assistant::Snapshot,
    channels::{client::Client, deployment::Deployment, proxies::TrustedProxies},
    service::{Act, Channel, Request, Service},
};

/// Settings of the web channel.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Hotline and public address.
    pub deployment: Deployment,
    /// Reverse proxies that are believed when they say for whom they speak.
    pub trusted_proxies: TrustedProxies,
    /// Sites that may show the chat inside their pages, each `scheme://host[:port]`.
    pub widget_origins: Vec<String>,
    /// Sites whose scripts may call the JSON API, each `scheme://host[:port]`.
    pub cors_origins: Vec<String>,
    /// Counts the log lines that could not be written, for `/metrics`.
    pub lost_log_lines: fn() -> u64,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            deployment: Deployment {
                texts: crate::staff::OfficeTexts::with_hotline("12345"),
                ..Deployment::default()
            },
            trusted_proxies: TrustedProxies::default(),
            widget_origins: Vec::new(),
            cors_origins: Vec::new(),
            lost_log_lines: || 0,
        }
    }
}

/// State shared by all handlers.
#[derive(Debug)]
pub(super) struct Web {
    pub(super) service: Service,
    pub(super) settings: WebSettings,
    pub(super) metrics: Metrics,
    pub(super) in_flight: InFlight,
    pub(super) turns: Turns,
}

/// The state of a handler.
pub(super) type Shared = State<Arc<Web>>;

impl Web {
    pub(super) fn new(service: Service, settings: WebSettings) -> Self {
        Self {
            service,
            settings,
            metrics: Metrics::default(),
            in_flight: InFlight::default(),
            turns: Turns::default(),
        }
    }

    /// The snapshot to render a text or list from.
    ///
    /// # Errors
    /// If it is not served.
    pub(super) async fn show(&self, client: Client, act: Act) -> Result<Arc<Snapshot>, Problem> {
        let request = Request::new(client.caller(Channel::WEB), act);
        Ok(self.service.handle(request).await?.snapshot)
    }
}
