//! `[telegram]`: how updates come, and from which server.

use secrecy::{ExposeSecret, SecretString};

use super::{layers::find, reader::Reader};

/// Telegram's own Bot API server.
const OFFICIAL: &str = "https://api.telegram.org";
/// Ports that Telegram's own server calls, see `setWebhook` in the Bot API.
const PORTS: [u16; 4] = [443, 80, 88, 8443];

/// `[telegram]` and `TELOXIDE_TOKEN`
#[derive(Debug, Clone)]
pub struct Telegram {
    /// Bot API server.
    pub api_url: String,
    /// The bot's token; Telegram starts when there is one.
    pub token: Option<SecretString>,
    /// How updates come.
    pub mode: TelegramMode,
}

/// How updates come.
#[derive(Debug, Clone)]
pub enum TelegramMode {
    /// We ask Telegram for them.
    Polling,
    /// Telegram calls us.
    Webhook {
        /// Public address that Telegram calls.
        url: String,
        /// Path of the route on `http.listen`.
        path: String,
        /// `WENZHENG_TELEGRAM__WEBHOOK_SECRET`; without it one is made from the token.
        secret: Option<SecretString>,
    },
}

impl Reader<'_> {
    pub(super) fn telegram(
        &mut self,
        token: Option<SecretString>,
        public_url: Option<&str>,
    ) -> Option<Telegram> {
        let api_url = self.url("telegram.api_url");
        let mode = self.one_of("telegram.mode", &["polling", "webhook"]);
        let webhook_url = self.url("telegram.webhook_url");
        let path = self.webhook_path();
        let secret = self.webhook_secret();
        let api_url = api_url?.unwrap_or_else(|| OFFICIAL.into());
        let mode = if mode? == "webhook" {
            let path = path?;
            let url = match (webhook_url?, public_url) {
                (Some(url), _) => url,
                (None, Some(public)) => format!("{public}{path}"),
                (None, None) => {
                    let what = "webhook 方式要有公网地址，请填写这一项或 http.public_url";
                    self.complain("telegram.webhook_url", what.into());
                    return None;
                }
            };
            if let Some(what) = objection(&url, &path, &api_url, token.as_ref()) {
                self.complain("telegram.webhook_url", what);
                return None;
            }
            TelegramMode::Webhook {
                url,
                path,
                secret: secret?,
            }
        } else {
            TelegramMode::Polling
        };
        Some(Telegram {
            api_url,
            token,
            mode,
        })
    }

    fn webhook_path(&mut self) -> Option<String> {
        let path: String = self.get("telegram.webhook_path")?;
        // Below a folder of its own it cannot collide with a route of another channel.
        let rest = path.strip_prefix("/telegram/").unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
        if !rest.is_empty() && rest.chars().all(plain) {
            return Some(path);
        }
        let what = format!(
            "“{}”不是可用的路径，应写成 /telegram/webhook 这样",
            path.escape_debug()
        );
        self.complain("telegram.webhook_path", what);
        None
    }

    /// Never repeats what was written.
    #[expect(clippy::option_option, reason = "a mistake differs from not set")]
    fn webhook_secret(&mut self) -> Option<Option<SecretString>> {
        let key = "telegram.webhook_secret";
        let secret = find(&self.layers.cache, key).map(ToString::to_string);
        let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
            return Some(None);
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if (16..=256).contains(&secret.len()) && secret.chars().all(allowed) {
            return Some(Some(SecretString::from(secret)));
        }
        let what = "应为 16 至 256 个字符，只用字母、数字、_ 和 -";
        self.complain(key, what.into());
        None
    }
}

/// What is wrong with the address that Telegram is to call.
fn objection(url: &str, path: &str, api_url: &str, token: Option<&SecretString>) -> Option<String> {
    // The part behind the colon is the secret one.
    let leaks = token.is_some_and(|token| {
        let token = token.expose_secret();
        let secret = token.split_once(':').map_or(token, |(_, secret)| secret);
        !secret.is_empty() && (url.contains(secret) || path.contains(secret))
    });
    if leaks {
        return Some("地址会写进日志，里面不能有机器人的 token，请换一个地址".into());
    }
    let Ok(parsed) = url.parse::<reqwest::Url>() else {
        return Some("不是网址，应写成 https://wz.example.cn/telegram/webhook 这样".into());
    };
    // A Bot API server of one's own takes any address.
    if api_url != OFFICIAL {
        return None;
    }
    if parsed.scheme() != "https" {
        return Some(format!(
            "“{}”应以 https:// 开头，Telegram 只用加密连接",
            url.escape_debug()
        ));
    }
    let port = parsed.port_or_known_default().unwrap_or_default();
    if !PORTS.contains(&port) {
        return Some(format!(
            "不能用端口 {port}，Telegram 只用 443、80、88、8443，请换一个"
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{SettingsError, Sources};

    fn read(pairs: &[(&str, &str)]) -> Result<Telegram, SettingsError> {
        let settings = Sources::with_environment(pairs).settings()?;
        Ok(settings.telegram)
    }

    #[test]
    fn polling_is_the_default() {
        let telegram = read(&[]).expect("valid");
        assert!(matches!(telegram.mode, TelegramMode::Polling));
        assert_eq!(telegram.api_url, OFFICIAL);
    }

    #[test]
    fn a_webhook_stands_below_the_public_address_unless_it_is_given_its_own() {
        let mode = ("WENZHENG_TELEGRAM__MODE", "webhook");
        let public = ("WENZHENG_HTTP__PUBLIC_URL", "https://wz.example.cn/");
        let own = (
            "WENZHENG_TELEGRAM__WEBHOOK_URL",
            "https://tg.example.cn:8443/hook",
        );
        for (pairs, expected) in [
            (vec![mode, public], "https://wz.example.cn/telegram/webhook"),
            (vec![mode, public, own], "https://tg.example.cn:8443/hook"),
        ] {
            let TelegramMode::Webhook { url, path, secret } = read(&pairs).expect("valid").mode
            else {
                panic!("a webhook was asked for");
            };
            assert_eq!(
                (url.as_str(), path.as_str()),
                (expected, "/telegram/webhook")
            );
            assert!(secret.is_none());
        }
    }

    #[test]
    fn a_webhook_that_cannot_work_or_leaks_is_refused_and_no_secret_is_repeated() {
        let refused = |extra: &[(&str, &str)]| {
            let mut pairs = vec![
                ("WENZHENG_TELEGRAM__MODE", "webhook"),
                ("TELOXIDE_TOKEN", "1:hunter2hunter2"),
            ];
            pairs.extend(extra);
            read(&pairs).expect_err("a mistake").to_string()
        };
        let url = |url| [("WENZHENG_TELEGRAM__WEBHOOK_URL", url)];
        assert!(refused(&[]).contains("http.public_url"));
        assert!(refused(&url("http://wz.example.cn/x")).contains("https://"));
        assert!(refused(&url("https://wz.example.cn:9000/x")).contains("8443"));
        let leak = refused(&url("https://wz.example.cn/hunter2hunter2"));
        assert!(leak.contains("token") && !leak.contains("hunter2"));
        let weak = [
            ("WENZHENG_HTTP__PUBLIC_URL", "https://wz.example.cn"),
            ("WENZHENG_TELEGRAM__WEBHOOK_SECRET", "geheim"),
        ];
        assert!(refused(&weak).contains("16 至 256") && !refused(&weak).contains("geheim"));
        for path in ["/telegram/{hook}", "/telegram/", "/api/ask", "hook", ""] {
            let pairs = [
                ("WENZHENG_HTTP__PUBLIC_URL", "https://wz.example.cn"),
                ("WENZHENG_TELEGRAM__WEBHOOK_PATH", path),
            ];
            assert!(refused(&pairs).contains("/telegram/webhook"), "{path}");
        }
    }

    #[test]
    fn a_bot_api_server_of_ones_own_may_call_without_tls() {
        let telegram = read(&[
            ("WENZHENG_TELEGRAM__MODE", "webhook"),
            ("WENZHENG_TELEGRAM__API_URL", "http://127.0.0.1:8081"),
            ("WENZHENG_TELEGRAM__WEBHOOK_URL", "http://127.0.0.1:9000/x"),
        ]);
        assert!(telegram.is_ok());
    }
}
