//! `[http]`

use std::net::SocketAddr;

use super::reader::Reader;

/// `[http]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Http {
    /// Address of the web chat and the JSON API.
    pub listen: SocketAddr,
    /// Public address without a closing `/`; links are sent in chats only when it is set.
    pub public_url: Option<String>,
    /// Sites that may show the chat inside their pages, each `scheme://host[:port]`.
    pub widget_origins: Vec<String>,
    /// Sites whose scripts may call the JSON API, each `scheme://host[:port]`.
    pub cors_origins: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn http(&mut self) -> Option<Http> {
        let listen = self.parsed("http.listen", "地址和端口，应写成 127.0.0.1:8080 这样");
        let public_url = self.url("http.public_url");
        let expected = "网站地址，应写成 https://www.example.gov.cn 这样，后面不带路径";
        let widget_origins = self.list("http.widget_origins", expected, origin);
        let cors_origins = self.list("http.cors_origins", expected, origin);
        Some(Http {
            listen: listen?,
            public_url: public_url?,
            widget_origins: widget_origins?,
            cors_origins: cors_origins?,
        })
    }
}

/// `scheme://host[:port]` as browsers write it; a closing `/` is forgiven.
///
/// It stands in headers, so nothing but plain host characters is let through. A wildcard host would
/// let in whoever rents a name below it, and is refused.
fn origin(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
    let (scheme, host) = text.split_once("://")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let fits = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(plain);
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
