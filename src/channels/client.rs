//! Identifies HTTP clients for rate limits.

use std::{
    convert::Infallible,
    fmt,
    hash::{Hash, Hasher},
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request},
    http::request::Parts,
};

use super::proxies::TrustedProxies;
use crate::service::{Caller, Channel};

/// The account of an HTTP client: its IPv4 address, or the /64 network of its IPv6 address, since
/// one subscriber owns all addresses in it.
#[derive(Clone)]
pub(super) struct Client {
    account: String,
    ip: Option<IpAddr>,
    forwarded: bool,
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    /// The client that [`Client::identify`] found.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let found = parts.extensions.get::<Self>().cloned();
        Ok(found.unwrap_or_else(Self::unknown))
    }
}

/// True for a peer in a private network that acts for itself rather than for others, as a reverse
/// proxy does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Neighbour(pub(super) bool);

impl<S: Sync> FromRequestParts<S> for Neighbour {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let near = peer.is_none_or(|info| is_private(info.0.ip().to_canonical()));
        let forwarded = ["x-forwarded-for", "x-real-ip", "forwarded", "via"];
        let speaks_for_itself = !forwarded
            .iter()
            .any(|name| parts.headers.contains_key(*name));
        Ok(Self(near && speaks_for_itself))
    }
}

/// All addresses of one subscriber are one client.
impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        (&self.account, self.forwarded) == (&other.account, other.forwarded)
    }
}

impl Eq for Client {}

impl Hash for Client {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.account, self.forwarded).hash(state);
    }
}

impl fmt::Debug for Client {
    /// Without the account, which belongs into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// Finds out whom `request` comes from and attaches it, for the handlers and layers that take a
    /// [`Client`].
    pub(super) fn identify(request: &mut Request, proxies: &TrustedProxies) {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let client = peer.map_or_else(Self::unknown, |peer| {
            let peer = peer.0.ip().to_canonical();
            let client = proxies.client(peer, request.headers());
            Self {
                forwarded: client != peer,
                ..Self::of(client)
            }
        });
        request.extensions_mut().insert(client);
    }

    /// The client as a caller of `channel`.
    pub(super) fn caller(self, channel: Channel) -> Caller {
        Caller::new(channel, self.account)
    }

    /// Its address; `None` where none is known.
    pub(super) const fn ip(&self) -> Option<IpAddr> {
        self.ip
    }

    /// What requests of it are counted by.
    pub(super) fn account(&self) -> &str {
        &self.account
    }

    /// True if a proxy speaks for it.
    pub(super) const fn is_forwarded(&self) -> bool {
        self.forwarded
    }

    /// Who is on the other end of a connection from `ip`.
    pub(super) fn of(ip: IpAddr) -> Self {
        Self {
            ip: Some(ip.to_canonical()),
            account: match ip.to_canonical() {
                IpAddr::V4(ip) => ip.to_string(),
                IpAddr::V6(ip) => {
                    let network = u128::from(ip) & (u128::MAX << 64);
                    format!("{}/64", Ipv6Addr::from(network))
                }
            },
            forwarded: false,
        }
    }

    fn unknown() -> Self {
        Self {
            account: "unknown".to_owned(),
            ip: None,
            forwarded: false,
        }
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn account(ip: &str) -> String {
        Client::of(ip.parse().expect("an address")).account
    }

    #[test]
    fn one_ipv6_network_is_one_client() {
        assert_eq!(account("2001:db8:1:2::7"), "2001:db8:1:2::/64");
        assert_eq!(account("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
        assert_eq!(account("::ffff:203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn a_client_is_known_as_forwarded_when_a_proxy_speaks_for_it() {
        let found = |header: Option<&str>| {
            let mut request = Request::new(Body::empty());
            let peer = SocketAddr::from(([127, 0, 0, 1], 4711));
            request.extensions_mut().insert(ConnectInfo(peer));
            if let Some(value) = header {
                let value = value.parse().expect("a header");
                request.headers_mut().insert("x-forwarded-for", value);
            }
            Client::identify(&mut request, &TrustedProxies::default());
            let client = request.extensions().get::<Client>().cloned();
            let client = client.expect("attached");
            (client.account, client.forwarded)
        };
        assert_eq!(found(None), ("127.0.0.1".into(), false));
        assert_eq!(found(Some("2001:db8::7")), ("2001:db8::/64".into(), true));
    }
}
