//! Identifies HTTP clients for rate limits.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use crate::service::{Caller, Channel};

/// The account of an HTTP client: its IPv4 address, or the /64 network of its IPv6 address, since
/// one subscriber owns all addresses in it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Client(String);

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self::new(peer.map(|info| info.0.ip()), &parts.headers))
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
        let forwarded = ["x-forwarded-for", "forwarded", "via"];
        let speaks_for_itself = !forwarded
            .iter()
            .any(|name| parts.headers.contains_key(*name));
        Ok(Self(near && speaks_for_itself))
    }
}

impl Client {
    /// The client as a caller of `channel`.
    pub(super) fn caller(self, channel: Channel) -> Caller {
        Caller::new(channel, self.0)
    }

    /// A peer in a private network is assumed to be a reverse proxy, which appends the address it
    /// saw to `X-Forwarded-For`; otherwise all users behind it would share one limit. The header of
    /// any other peer is ignored.
    fn new(peer: Option<IpAddr>, headers: &HeaderMap) -> Self {
        let forwarded = || {
            let last = headers.get_all("x-forwarded-for").iter().next_back()?;
            last.to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse::<IpAddr>()
                .ok()
        };
        let address = match peer.map(|ip| ip.to_canonical()) {
            Some(ip) if is_private(ip) => Some(forwarded().unwrap_or(ip)),
            other => other,
        };
        Self(match address.map(|ip| ip.to_canonical()) {
            Some(IpAddr::V4(ip)) => ip.to_string(),
            Some(IpAddr::V6(ip)) => {
                let network = u128::from(ip) & (u128::MAX << 64);
                format!("{}/64", Ipv6Addr::from(network))
            }
            None => "unknown".to_owned(),
        })
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
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a header"));
        }
        Client::new(Some(peer.parse().expect("an address")), &headers).0
    }

    #[test]
    fn a_client_on_the_internet_cannot_choose_its_address() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn behind_a_proxy_the_address_the_proxy_saw_counts() {
        assert_eq!(
            client("127.0.0.1", &["1.1.1.1, 198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(client("172.18.0.2", &["1.1.1.1", "2.2.2.2"]), "2.2.2.2");
        assert_eq!(client("127.0.0.1", &["garbage"]), "127.0.0.1");
    }

    #[test]
    fn one_ipv6_network_is_one_client() {
        assert_eq!(client("2001:db8:1:2::7", &[]), "2001:db8:1:2::/64");
        assert_eq!(client("2001:db8:1:2:ffff::1", &[]), "2001:db8:1:2::/64");
        assert_eq!(client("::ffff:203.0.113.9", &[]), "203.0.113.9");
    }
}
