//! The Model Context Protocol: lets assistants (Claude, an IDE, an office agent) look up the
//! reports and quote them with citations.
//!
//! | tool | what it gives |
//! |---|---|
//! | `ask_policy` | the answer to a question: quotes, citations, period; says when there is none |
//! | `search_passages` | passages on a topic, best first |
//! | `define_term` | what a slogan means, as the report explains it |
//! | `list_documents` | the reports that are loaded |
//!
//! One server (`tools`) with two transports: [`serve_stdio`] for programs that start `wenzheng
//! mcp`, and [`router`] for `/mcp` under `wenzheng serve` (streamable HTTP). The protocol is
//! implemented by the official SDK, `rmcp`.
//!
//! HTTP is stateless: there are no sessions that could fill the memory. Requests are rate-limited
//! by address and limited in size. Requests from browsers on other sites (`Origin`) and for unknown
//! host names (`Host`) are rejected, which keeps web pages from reaching a server on the user's
//! machine.
//!
//! The SDK's log lines contain questions, so `telemetry` drops them at every level.

mod eligibility;
mod tools;

use std::{net::IpAddr, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use rmcp::{
    ServiceExt,
    service::ServerInitializeError,
    transport::{
        StreamableHttpServerConfig, StreamableHttpService, stdio,
        streamable_http_server::session::local::LocalSessionManager,
    },
};

use self::tools::Tools;
use super::{client::Client, deployment::Deployment};
use crate::service::{Channel, Service};

/// Maximum size of a request body, in bytes.
const BODY: usize = 64 * 1024;

/// Settings of the HTTP transport.
#[derive(Debug, Clone)]
pub struct McpSettings {
    /// Hotline and public URL; requests for its host are accepted.
    pub deployment: Deployment,
    /// The listening address; requests for it are accepted, and always those for localhost.
    pub listen: IpAddr,
}

/// Why serving over standard input and output failed. Contains nothing of the conversation.
#[derive(Debug, thiserror::Error)]
pub enum McpError {
    /// The client does not speak the protocol.
    #[error("对方程序没有按 MCP 的方式开始会话，请检查它的设置")]
    NotMcp,
    /// An internal error.
    #[error("和对方程序的会话中断了，请重新连接")]
    Broken,
}

/// `/mcp`: streamable HTTP.
pub fn router(service: Service, settings: &McpSettings) -> Router {
    let tools = Tools::new(service.clone(), settings.deployment.clone());
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(BODY)
        .with_allowed_hosts(hosts(settings))
        .enforce_origin_validation();
    let route = StreamableHttpService::new(
        move || Ok(tools.clone()),
        Arc::new(LocalSessionManager::default()),
        config,
    );
    Router::new()
        .route_service("/mcp", route)
        .layer(from_fn_with_state(service, limit))
}

/// Passes a request on unless its address has sent too many.
async fn limit(
    State(service): State<Service>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    let caller = client.caller(Channel::MCP);
    if request.method() == Method::POST
        && let Err(refusal) = service.count_tool_call(&caller)
    {
        let wait = refusal.wait().unwrap_or_default();
        let retry = [(header::RETRY_AFTER, wait.as_secs().to_string())];
        return (StatusCode::TOO_MANY_REQUESTS, retry).into_response();
    }
    next.run(request).await
}

/// Accepted hosts, without ports.
fn hosts(settings: &McpSettings) -> Vec<String> {
    let public = settings.deployment.public_url.as_deref().and_then(host);
    ["localhost".to_owned(), "127.0.0.1".into(), "::1".into()]
        .into_iter()
        .chain([settings.listen.to_string()])
        .chain(public)
        .collect()
}

/// wz.example.gov.cn of <https://wz.example.gov.cn:8443/path>
fn host(url: &str) -> Option<String> {
    let uri: axum::http::Uri = url.parse().ok()?;
    Some(uri.host()?.trim_matches(['[', ']']).to_owned())
}

/// Serves one client over standard input and output until the input ends.
///
/// # Errors
/// [`McpError`]; input that ends before any message is not an error.
pub async fn serve_stdio(service: Service, deployment: Deployment) -> Result<(), McpError> {
    let tools = Tools::new(service, deployment);
    let conversation = match tools.serve(stdio()).await {
        Ok(conversation) => conversation,
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => {
            return Ok(());
        }
        Err(_) => return Err(McpError::NotMcp),
    };
    conversation
        .waiting()
        .await
        .map(|_| ())
        .map_err(|_| McpError::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_may_name_this_machine_and_the_public_address() {
        let settings = McpSettings {
            deployment: Deployment {
                texts: crate::staff::OfficeTexts::with_hotline("12345"),
                public_url: Some("https://wz.example.gov.cn:8443/x".into()),
                ..Deployment::default()
            },
            listen: "10.0.0.7".parse().expect("an address"),
        };
        let expected = [
            "localhost",
            "127.0.0.1",
            "::1",
            "10.0.0.7",
            "wz.example.gov.cn",
        ];
        assert_eq!(hosts(&settings), expected);
    }
}
