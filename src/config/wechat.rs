//! `[wechat_oa]` and `[wecom]`: a section is in force when its token is set.

use secrecy::{ExposeSecret, SecretString};

use super::reader::Reader;

/// Secrets of both sections: allowed in the environment only, never printed.
pub(super) const SECRETS: [&str; 4] = [
    "wechat_oa.token",
    "wechat_oa.aes_key",
    "wecom.token",
    "wecom.aes_key",
];

/// 消息加解密方式 of an official account.
#[derive(Debug, Clone)]
pub enum WechatMode {
    /// 明文模式
    Plain,
    /// 兼容模式
    Compat(WechatKey),
    /// 安全模式
    Safe(WechatKey),
}

/// What encrypted messages are opened with.
#[derive(Debug, Clone)]
pub struct WechatKey {
    /// EncodingAESKey, 43 characters.
    pub aes_key: SecretString,
    /// AppID or CorpID.
    pub id: String,
}

/// `[wechat_oa]`, `WENZHENG_WECHAT_OA__TOKEN`, `WENZHENG_WECHAT_OA__AES_KEY`
#[derive(Debug, Clone)]
pub struct WechatOa {
    /// Token as entered at WeChat.
    pub token: SecretString,
    /// How messages come.
    pub mode: WechatMode,
}

/// `[wecom]`, `WENZHENG_WECOM__TOKEN`, `WENZHENG_WECOM__AES_KEY`
#[derive(Debug, Clone)]
pub struct Wecom {
    /// Token as entered at WeCom.
    pub token: SecretString,
    /// EncodingAESKey and CorpID.
    pub key: WechatKey,
}

impl Reader<'_> {
    /// `Some(None)` when the section is not used, `None` after a complaint.
    #[expect(clippy::option_option, reason = "a mistake differs from not set")]
    pub(super) fn wechat_oa(&mut self) -> Option<Option<WechatOa>> {
        let mode = self.one_of("wechat_oa.mode", &["plain", "compat", "safe"]);
        let Some(token) = self.secret("wechat_oa.token") else {
            return Some(None);
        };
        let mode = match mode?.as_str() {
            "plain" => WechatMode::Plain,
            "compat" => WechatMode::Compat(self.key("wechat_oa", "app_id")?),
            _ => WechatMode::Safe(self.key("wechat_oa", "app_id")?),
        };
        Some(Some(WechatOa { token, mode }))
    }

    /// As [`Self::wechat_oa`].
    #[expect(clippy::option_option, reason = "a mistake differs from not set")]
    pub(super) fn wecom(&mut self) -> Option<Option<Wecom>> {
        let Some(token) = self.secret("wecom.token") else {
            return Some(None);
        };
        let key = self.key("wecom", "corp_id")?;
        Some(Some(Wecom { token, key }))
    }

    fn key(&mut self, section: &str, id_key: &str) -> Option<WechatKey> {
        let id_key = format!("{section}.{id_key}");
        let id: Option<String> = self.get(&id_key);
        let id = id.map(|id| id.trim().to_owned());
        if id.as_deref() == Some("") {
            self.complain(&id_key, "收发加密消息必须填写".into());
        }
        let aes_key = self.secret(&format!("{section}.aes_key"));
        // The key itself is not repeated.
        let is_sound = |key: &SecretString| {
            let key = key.expose_secret();
            let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
            key.len() == 43 && key.bytes().all(base64)
        };
        if !aes_key.as_ref().is_some_and(is_sound) {
            let variable = format!("WENZHENG_{}__AES_KEY", section.to_uppercase());
            self.complain(
                &format!("{section}.aes_key"),
                format!("应为微信后台的 EncodingAESKey，共 43 个字母和数字，写在 {variable} 里"),
            );
            return None;
        }
        Some(WechatKey {
            aes_key: aes_key?,
            id: id.filter(|id| !id.is_empty())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, SettingsError, Sources};
    use super::*;

    const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    fn settings(pairs: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let pair = |(name, value): &(&str, &str)| (format!("WENZHENG_{name}"), (*value).to_owned());
        let sources = Sources {
            environment: pairs.iter().map(pair).collect(),
            ..Sources::default()
        };
        sources.settings()
    }

    #[test]
    fn without_a_token_there_is_no_account() {
        let settings = settings(&[]).expect("defaults are valid");
        assert!(settings.wechat_oa.is_none() && settings.wecom.is_none());
    }

    #[test]
    fn a_mode_asks_for_what_it_needs() {
        let plain = [("WECHAT_OA__TOKEN", "t"), ("WECHAT_OA__MODE", "plain")];
        let plain = settings(&plain).expect("plain needs a token only");
        assert!(matches!(
            plain.wechat_oa,
            Some(WechatOa {
                mode: WechatMode::Plain,
                ..
            })
        ));
        let safe = settings(&[
            ("WECHAT_OA__TOKEN", "t"),
            ("WECHAT_OA__AES_KEY", KEY),
            ("WECHAT_OA__APP_ID", " wx1 "),
            ("WECOM__TOKEN", "t"),
            ("WECOM__AES_KEY", KEY),
            ("WECOM__CORP_ID", "ww1"),
            ("ADMIN__WECHAT_OPENIDS", "oA, oB"),
        ])
        .expect("all is there");
        let Some(WechatOa {
            mode: WechatMode::Safe(key),
            ..
        }) = safe.wechat_oa
        else {
            panic!("safe is the default");
        };
        assert_eq!((key.id.as_str(), key.aes_key.expose_secret()), ("wx1", KEY));
        assert_eq!(safe.wecom.expect("set").key.id, "ww1");
        assert_eq!(safe.admin.wechat_openids, ["oA", "oB"]);
    }

    #[test]
    fn what_is_missing_is_told_and_no_secret_is_repeated() {
        let error = settings(&[
            ("WECHAT_OA__TOKEN", "hunter2"),
            ("WECHAT_OA__AES_KEY", "hunter3"),
            ("WECOM__TOKEN", "hunter4"),
        ]);
        let error = error.expect_err("three things are missing").to_string();
        // Where in the shipped file these keys stand is beside the point.
        let digits = |c: char| c.is_ascii_digit();
        let error = error.split(".toml:").enumerate().map(|(n, part)| match n {
            0 => part.to_owned(),
            _ => format!(".toml{}", part.trim_start_matches(digits)),
        });
        let error = error.collect::<String>();
        insta::assert_snapshot!(error, @"
        设置不能用：
          wechat_oa.app_id（config/wenzheng.toml）：收发加密消息必须填写
          wechat_oa.aes_key（WENZHENG_WECHAT_OA__AES_KEY）：应为微信后台的 EncodingAESKey，共 43 个字母和数字，写在 WENZHENG_WECHAT_OA__AES_KEY 里
          wecom.corp_id（config/wenzheng.toml）：收发加密消息必须填写
          wecom.aes_key（未设置）：应为微信后台的 EncodingAESKey，共 43 个字母和数字，写在 WENZHENG_WECOM__AES_KEY 里
        ");
        assert!(!error.contains("hunter"));
    }

    #[test]
    fn secrets_do_not_belong_in_a_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("wenzheng.toml");
        std::fs::write(&file, "[wechat_oa]\ntoken = \"hunter2\"\n").expect("written");
        let sources = Sources {
            file: Some(file),
            ..Sources::default()
        };
        let error = sources
            .settings()
            .expect_err("a secret in a file")
            .to_string();
        assert!(error.contains("wechat_oa.token") && error.contains("WENZHENG_WECHAT_OA__TOKEN"));
        assert!(!error.contains("hunter2"), "{error}");
    }
}
