//! `[http]`

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net};

use super::reader::Reader;

/// First steps of the paths that the program serves: with one of them before the paths of all pages,
/// `/ask/ask` could be meant with it or without it.
const OWN: [&str; 16] = [
    "admin",
    "api",
    "ask",
    "assets",
    "healthz",
    "mcp",
    "metrics",
    "p",
    "readyz",
    "report",
    "telegram",
    "terms",
    "ticket",
    "wechat",
    "widget",
    "widget.js",
];

/// What a network is, for complaints.
pub(super) const NETWORK: &str = "IP 地址或网段，应写成 10.0.0.1 或 10.0.0.0/8 这样";

/// `[http]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Http {
    /// Address of the web chat and the JSON API.
    pub listen: SocketAddr,
    /// Public address without a closing `/`, possibly with a path; links are sent in chats only when it
    /// is set.
    pub public_url: Option<String>,
    /// Reverse proxies that are believed when they say for whom they speak.
    pub trusted_proxies: Vec<IpNet>,
    /// Sites that may show the chat inside their pages, each `scheme://host[:port]`.
    pub widget_origins: Vec<String>,
    /// Sites whose scripts may call the JSON API, each `scheme://host[:port]`.
    pub cors_origins: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn http(&mut self) -> Option<Http> {
        let listen = self.parsed("http.listen", "地址和端口，应写成 127.0.0.1:8080 这样");
        let public_url = self.public_url();
        let trusted_proxies = self.list("http.trusted_proxies", NETWORK, network);
        let expected = "网站地址，应写成 https://www.example.gov.cn 这样，后面不带路径";
        let widget_origins = self.list("http.widget_origins", expected, origin);
        let cors_origins = self.list("http.cors_origins", expected, origin);
        Some(Http {
            listen: listen?,
            public_url: public_url?,
            trusted_proxies: trusted_proxies?,
            widget_origins: widget_origins?,
            cors_origins: cors_origins?,
        })
    }

    #[expect(clippy::option_option, reason = "a mistake differs from not set")]
    fn public_url(&mut self) -> Option<Option<String>> {
        let url = self.url("http.public_url")?;
        if let Some(what) = url.as_deref().and_then(unfit) {
            self.complain("http.public_url", what.to_owned());
            return None;
        }
        Some(url)
    }
}

/// What is wrong with a public address. Its path is compared with that of every request and stands
/// before that of every page, so it has to be as plain as theirs.
fn unfit(url: &str) -> Option<&'static str> {
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() || !host.chars().all(of_host) {
        return Some("域名写得不对，应写成 https://wz.example.gov.cn 这样");
    }
    let mut steps = path.split('/').filter(|_| !path.is_empty());
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let fits = |step: &str| {
        let dots = matches!(step, "" | "." | "..");
        !dots && step.chars().all(plain)
    };
    if !steps.clone().all(fits) {
        return Some(
            "域名后面的路径只能用字母、数字、- . _ ~，应写成 https://www.example.gov.cn/zhengce 这样",
        );
    }
    let own = steps.next().is_some_and(|first| OWN.contains(&first));
    own.then_some("域名后面的路径和本程序自己的网页重名，请换一个名字，例如 /zhengce")
}

/// `10.0.0.0/8`, or one address.
pub(super) fn network(text: &str) -> Option<IpNet> {
    let network: IpNet = text
        .parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .ok()?;
    // An IPv4 address written as IPv6 is compared as what it is.
    let as_v4 = |ip: Ipv6Addr, bits: u8| {
        let v4 = Ipv4Net::new(ip.to_ipv4_mapped()?, bits.checked_sub(96)?);
        v4.ok().map(IpNet::V4)
    };
    Some(match network {
        IpNet::V6(v6) => as_v4(v6.addr(), v6.prefix_len()).unwrap_or(network),
        IpNet::V4(_) => network,
    })
}

fn of_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".-:[]".contains(c)
}

/// `scheme://host[:port]` as browsers write it; a closing `/` is forgiven.
///
/// It stands in headers, so nothing but plain host characters is let through. A wildcard host would
/// let in whoever rents a name below it, and is refused.
fn origin(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
    let (scheme, host) = text.split_once("://")?;
    let fits = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(of_host);
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_may_have_a_plain_path_that_is_not_one_of_our_own() {
        for good in [
            "https://a.cn",
            "http://[::1]:8080",
            "https://a.cn/zhengce",
            "https://a.cn/bm/zhengce-2.0",
        ] {
            assert_eq!(unfit(good), None, "{good}");
        }
        for bad in [
            "https://",
            "https://a b.cn",
            "https://a.cn/政策",
            "https://a.cn/x//y",
            "https://a.cn/../x",
            "https://a.cn/x?y=1",
            "https://a.cn/x#y",
            "https://a.cn?x",
            "https://a.cn/x\"y",
            "https://a.cn/ask",
            "https://a.cn/report/2024",
        ] {
            assert!(unfit(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_proxy_is_an_address_or_a_network() {
        for (text, expected) in [
            ("10.0.0.0/8", Some("10.0.0.0/8")),
            ("10.0.0.1", Some("10.0.0.1/32")),
            ("fc00::/7", Some("fc00::/7")),
            ("::1", Some("::1/128")),
            ("::ffff:10.0.0.1", Some("10.0.0.1/32")),
            ("::ffff:10.0.0.0/104", Some("10.0.0.0/8")),
            ("10.0.0.0/33", None),
            ("nginx", None),
            ("10.0.0.1:80", None),
        ] {
            let read = network(text).map(|network| network.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port_and_nothing_else() {
        for good in [
            "https://www.example.gov.cn",
            "http://127.0.0.1:8080",
            "http://[::1]:80",
        ] {
            assert_eq!(origin(good).as_deref(), Some(good));
        }
        assert_eq!(origin("HTTPS://A.cn/").as_deref(), Some("https://a.cn"));
        for bad in [
            "*",
            "www.a.cn",
            "https://",
            "https://*.a.cn",
            "https://a.cn/x",
            "https://a;b",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
