//! Reverse proxies, and for whom they speak.
//!
//! Behind a proxy all visitors come from one address. What the proxy says of them in a header is
//! believed if its own address is trusted, and no further than to the first address that is not: what
//! stands to the left of that was written by somebody unknown.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Headers in which proxies name whom they speak for. The first that is there counts: most proxies
/// write only one, and let a visitor's own through in the others.
const HEADERS: [HeaderName; 3] = [
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-real-ip"),
    header::FORWARDED,
];

/// The networks of the proxies that are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl Default for TrustedProxies {
    /// Loopback and private networks.
    fn default() -> Self {
        let v4 = |a, b, bits| Ipv4Net::new_assert(Ipv4Addr::new(a, b, 0, 0), bits).into();
        let v6 = |first, last, bits| {
            let address = Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, last);
            Ipv6Net::new_assert(address, bits).into()
        };
        Self(vec![
            v4(127, 0, 8),
            v4(10, 0, 8),
            v4(172, 16, 12),
            v4(192, 168, 16),
            v6(0, 1, 128),
            v6(0xfc00, 0, 7),
        ])
    }
}

impl TrustedProxies {
    /// Trusts proxies in `networks`, and nobody where there are none.
    #[must_use]
    pub const fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// True for the address of a proxy that is believed.
    pub(super) fn trusts(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.0.iter().any(|network| network.contains(&ip))
    }

    /// The address that a request with `headers` comes from, when its connection comes from `peer`:
    /// the last one in the chain of proxies that is not itself a trusted proxy; the first one if all
    /// are.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        let Some(header) = HEADERS.into_iter().find(|name| headers.contains_key(name)) else {
            return client;
        };
        let named = headers.get_all(&header).iter().flat_map(|value| {
            let value = value.to_str().unwrap_or_default();
            if header == header::FORWARDED {
                elements(value).map(forwarded_for).collect::<Vec<_>>()
            } else {
                value.split(',').map(address).collect()
            }
        });
        let named: Vec<Option<IpAddr>> = named.collect();
        for address in named.into_iter().rev() {
            // Nobody is known beyond one who hides (`unknown`) or cannot be read.
            let Some(address) = address else { break };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }
}

/// The elements of a `Forwarded` header (RFC 7239, section 4): commas inside quotes separate nothing.
fn elements(value: &str) -> impl Iterator<Item = &str> {
    split(value, ',')
}

/// The address in `for=…` of an element.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    split(element, ';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_for = name.trim().eq_ignore_ascii_case("for");
        is_for.then(|| address(value))?
    })
}

/// Splits `text` at each `at` outside of quotes.
fn split(text: &str, at: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c: char| {
        let was_escaped = std::mem::take(&mut escaped);
        match c {
            '\\' if quoted && !was_escaped => escaped = true,
            '"' if !was_escaped => quoted = !quoted,
            _ => {}
        }
        c == at && !quoted
    })
}

/// An address with or without quotes, brackets and a port: `192.0.2.1`, `192.0.2.1:80`,
/// `"[2001:db8::1]:80"`, `2001:db8::1`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let unquoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let text = unquoted.unwrap_or(text);
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']');
    let ip = if let Ok(address) = text.parse::<SocketAddr>() {
        address.ip()
    } else {
        bracketed().unwrap_or(text).parse().ok()?
    };
    Some(ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn client(peer: &str, lines: &[(&'static str, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().expect("a header"));
        }
        let proxies = TrustedProxies::default();
        proxies.client(ip(peer), &headers).to_string()
    }

    fn forwarded_for(peer: &str, value: &str) -> String {
        client(peer, &[("x-forwarded-for", value)])
    }

    #[test]
    fn a_client_on_the_internet_cannot_choose_its_address() {
        for header in ["x-forwarded-for", "x-real-ip"] {
            let lines = [(header, "198.51.100.1")];
            assert_eq!(client("203.0.113.9", &lines), "203.0.113.9");
        }
        let lines = [("forwarded", "for=198.51.100.1")];
        assert_eq!(client("203.0.113.9", &lines), "203.0.113.9");
    }

    #[test]
    fn the_last_address_that_is_no_trusted_proxy_counts() {
        let local = |value| forwarded_for("127.0.0.1", value);
        assert_eq!(local("198.51.100.1"), "198.51.100.1");
        // The first was written by the visitor, the second by the outer proxy.
        assert_eq!(local("1.1.1.1, 198.51.100.1"), "198.51.100.1");
        assert_eq!(local("1.1.1.1, 198.51.100.1, 10.0.0.5"), "198.51.100.1");
        assert_eq!(
            local("198.51.100.1, 172.16.0.1, 192.168.3.4"),
            "198.51.100.1"
        );
        // Visitors inside the network are told apart as well.
        assert_eq!(local("192.168.3.7"), "192.168.3.7");
        assert_eq!(local("192.168.3.7, 10.0.0.5"), "192.168.3.7");
    }

    #[test]
    fn several_lines_are_one_list() {
        let lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "2.2.2.2"),
        ];
        assert_eq!(client("::1", &lines), "2.2.2.2");
        let lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "10.1.1.1"),
        ];
        assert_eq!(client("172.18.0.2", &lines), "1.1.1.1");
    }

    #[test]
    fn nothing_is_believed_beyond_what_cannot_be_read() {
        for value in ["garbage", "", "198.51.100.1, unknown", "198.51.100.1,"] {
            assert_eq!(forwarded_for("127.0.0.1", value), "127.0.0.1", "{value}");
        }
        let lines = [("x-forwarded-for", "198.51.100.1, unknown, 10.0.0.5")];
        assert_eq!(client("127.0.0.1", &lines), "10.0.0.5");
        for value in [
            "for=198.51.100.1, proto=https",
            "for=198.51.100.1, for=_hidden",
            "for=\"198.51.100.1, for=203.0.113.7",
        ] {
            assert_eq!(client("127.0.0.1", &[("forwarded", value)]), "127.0.0.1");
        }
    }

    #[test]
    fn addresses_may_have_ports_quotes_and_brackets() {
        for (value, expected) in [
            ("198.51.100.1:4711", "198.51.100.1"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
            ("\"198.51.100.1\"", "198.51.100.1"),
        ] {
            assert_eq!(forwarded_for("127.0.0.1", value), expected);
        }
    }

    #[test]
    fn the_other_headers_are_read_where_the_first_is_missing() {
        for (name, value, expected) in [
            ("x-real-ip", "198.51.100.1", "198.51.100.1"),
            ("forwarded", "for=198.51.100.1", "198.51.100.1"),
            (
                "forwarded",
                "for=1.1.1.1;proto=http, By=10.0.0.1;For=\"[2001:db8:cafe::17]:4711\";proto=https",
                "2001:db8:cafe::17",
            ),
            (
                "forwarded",
                "for=198.51.100.1;by=\"a, b; \\\"c\", for=\"10.0.0.5:80\"",
                "198.51.100.1",
            ),
        ] {
            assert_eq!(client("10.0.0.1", &[(name, value)]), expected, "{value}");
        }
        let both = [("forwarded", "for=1.1.1.1"), ("x-forwarded-for", "2.2.2.2")];
        assert_eq!(client("127.0.0.1", &both), "2.2.2.2");
    }

    #[test]
    fn only_listed_networks_are_trusted() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.1".parse().expect("a header"));
        let none = TrustedProxies::new(Vec::new());
        assert_eq!(none.client(ip("127.0.0.1"), &headers), ip("127.0.0.1"));
        let one = TrustedProxies::new(vec!["203.0.113.0/24".parse().expect("a network")]);
        assert_eq!(one.client(ip("203.0.113.9"), &headers), ip("198.51.100.1"));
        assert_eq!(
            one.client(ip("::ffff:203.0.113.9"), &headers),
            ip("198.51.100.1")
        );
        assert_eq!(one.client(ip("127.0.0.1"), &headers), ip("127.0.0.1"));
    }
}
