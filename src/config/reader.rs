//! Reads typed values; what is wrong is noted, and reading goes on.

use config::{Config, ValueKind};
use secrecy::SecretString;
use serde::de::DeserializeOwned;

use super::{
    Problem,
    layers::{find, origin_of},
};

/// Takes values out of the layers one by one and keeps every complaint.
pub(super) struct Reader<'a> {
    pub(super) layers: &'a Config,
    pub(super) problems: Vec<Problem>,
}

impl Reader<'_> {
    pub(super) fn get<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        match self.layers.get::<T>(key) {
            Ok(value) => Some(value),
            Err(error) => {
                self.complain(key, error.to_string());
                None
            }
        }
    }

    /// A secret without surrounding blanks; `None` when it is empty or not set.
    pub(super) fn secret(&self, key: &str) -> Option<SecretString> {
        let text = find(&self.layers.cache, key)?.to_string();
        let text = text.trim();
        (!text.is_empty()).then(|| SecretString::from(text))
    }

    pub(super) fn parsed<T: std::str::FromStr>(&mut self, key: &str, expected: &str) -> Option<T> {
        let text: String = self.get(key)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            self.complain(key, format!("{text:?} is not {expected}"));
        }
        value
    }

    pub(super) fn positive(&mut self, key: &str) -> Option<usize> {
        match self.parsed(key, "a whole number above 0")? {
            0 => {
                self.complain(key, "must be above 0".into());
                None
            }
            number => Some(number),
        }
    }

    /// An http(s) address without its closing `/`; `Some(None)` when empty.
    #[expect(clippy::option_option, reason = "a mistake differs from not set")]
    pub(super) fn url(&mut self, key: &str) -> Option<Option<String>> {
        let text: String = self.get(key)?;
        let text = text.trim().trim_end_matches('/');
        if text.is_empty() {
            return Some(None);
        }
        if !text.starts_with("http://") && !text.starts_with("https://") {
            self.complain(
                key,
                format!("{text:?} does not start with http:// or https://"),
            );
            return None;
        }
        Some(Some(text.to_owned()))
    }

    pub(super) fn one_of(&mut self, key: &str, allowed: &[&str]) -> Option<String> {
        let text: String = self.get(key)?;
        if allowed.contains(&text.as_str()) {
            return Some(text);
        }
        self.complain(
            key,
            format!("{text:?} is not one of {}", allowed.join(", ")),
        );
        None
    }

    /// A TOML list, or from the environment what stands between commas.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = find(&self.layers.cache, key)?.clone();
        let texts: Vec<String> = match value.kind {
            ValueKind::Array(items) => items.iter().map(ToString::to_string).collect(),
            other => other.to_string().split(',').map(str::to_owned).collect(),
        };
        let texts = texts.iter().map(|text| text.trim().to_owned());
        Some(texts.filter(|text| !text.is_empty()).collect())
    }

    /// As [`Self::texts`], each given its meaning by `read`.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut items = Vec::new();
        for text in self.texts(key)? {
            let Some(item) = read(&text) else {
                self.complain(key, format!("{text:?} is not {expected}"));
                return None;
            };
            items.push(item);
        }
        Some(items)
    }

    pub(super) fn complain(&mut self, key: &str, what: String) {
        let origin = find(&self.layers.cache, key).map_or_else(|| "default".into(), origin_of);
        self.problems.push(Problem {
            key: key.to_owned(),
            origin,
            what,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Sources;

    #[test]
    fn all_mistakes_are_reported_together_with_key_and_origin() {
        let error = Sources::with_environment(&[
            ("WENZHENG_HTTP__LISTEN", "nowhere"),
            ("WENZHENG_ANSWER__QUESTION_CHARS", "0"),
            ("WENZHENG_ADMIN__TELEGRAM_USERS", "1,zhang"),
            ("WENZHENG_HTTP__LISTENN", "127.0.0.1:1"),
        ])
        .settings()
        .expect_err("four mistakes");
        insta::assert_snapshot!(error, @r#"
        settings are not usable:
          http.listenn (WENZHENG_HTTP__LISTENN): no such setting; config/wenzheng.toml lists all of them
          http.listen (WENZHENG_HTTP__LISTEN): "nowhere" is not an address and port such as 127.0.0.1:8080
          admin.telegram_users (WENZHENG_ADMIN__TELEGRAM_USERS): "zhang" is not a Telegram user id (a number)
          answer.question_chars (WENZHENG_ANSWER__QUESTION_CHARS): must be above 0
        "#);
    }
}
