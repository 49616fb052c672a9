//! Reads typed values; what is wrong is noted, and reading goes on.

use config::{Config, ConfigError, ValueKind};
use secrecy::SecretString;
use serde::de::DeserializeOwned;

use super::{
    Problem,
    layers::{DEFAULT_ORIGIN, find, origin_of},
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
                let what = match error {
                    ConfigError::NotFound(_) => "没有值，请照 config/wenzheng.toml 写上",
                    _ => "应写一个值，不能写列表或小节，请照 config/wenzheng.toml 改正",
                };
                self.complain(key, what.into());
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
            self.complain(key, format!("“{}”不是{expected}", text.escape_debug()));
        }
        value
    }

    pub(super) fn positive(&mut self, key: &str) -> Option<usize> {
        match self.parsed(key, "大于 0 的整数")? {
            0 => {
                self.complain(key, "应大于 0".into());
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
                format!("“{}”应以 http:// 或 https:// 开头", text.escape_debug()),
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
            format!(
                "不能写“{}”，只能是 {} 之一",
                text.escape_debug(),
                allowed.join("、")
            ),
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
                self.complain(key, format!("“{}”不是{expected}", text.escape_debug()));
                return None;
            };
            items.push(item);
        }
        Some(items)
    }

    /// True when somebody has written it: in the file, the environment or on the command line.
    pub(super) fn is_written(&self, key: &str) -> bool {
        let origin = find(&self.layers.cache, key).map(origin_of);
        origin.is_some_and(|origin| origin != DEFAULT_ORIGIN)
    }

    pub(super) fn complain(&mut self, key: &str, what: String) {
        let origin = find(&self.layers.cache, key).map_or_else(|| "未设置".into(), origin_of);
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
        insta::assert_snapshot!(error, @"
        设置不能用：
          http.listenn（WENZHENG_HTTP__LISTENN）：没有这项设置，请检查拼写；全部设置见 config/wenzheng.toml，不用的删去即可
          http.listen（WENZHENG_HTTP__LISTEN）：“nowhere”不是地址和端口，应写成 127.0.0.1:8080 这样
          admin.telegram_users（WENZHENG_ADMIN__TELEGRAM_USERS）：“zhang”不是用户编号，应写一个数字
          answer.question_chars（WENZHENG_ANSWER__QUESTION_CHARS）：应大于 0
        ");
    }

    /// What is told of a settings file that holds `text`, without the folder it is in.
    fn told(text: &str) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("wenzheng.toml");
        std::fs::write(&file, text).expect("written");
        let sources = Sources {
            file: Some(file),
            ..Sources::default()
        };
        let error = sources.settings().expect_err("a mistake").to_string();
        error.replace(&format!("{}/", dir.path().display()), "")
    }

    #[test]
    fn a_mistake_in_a_file_is_told_with_its_line() {
        let text = "[log]\nformat = \"xml\"\n\n[http]\nlisten = [1]\n\n[htpp]\nport = 1\n";
        insta::assert_snapshot!(told(text), @"
        设置不能用：
          htpp.port（wenzheng.toml:8）：没有这项设置，请检查拼写；全部设置见 config/wenzheng.toml，不用的删去即可
          http.listen（wenzheng.toml:5）：应写一个值，不能写列表或小节，请照 config/wenzheng.toml 改正
          log.format（wenzheng.toml:2）：不能写“xml”，只能是 auto、text、json 之一
        ");
    }

    #[test]
    fn a_file_that_is_not_toml_is_told_with_the_line_and_without_what_it_holds() {
        let text = "[http]\nlisten = \"127.0.0.1:8080\"\n[telegram]\ntoken = hunter2\n";
        insta::assert_snapshot!(told(text), @"
        设置不能用：
          设置文件（wenzheng.toml:4）：不合 TOML 格式，请检查这一行的引号、括号和等号（string values must be quoted, expected literal string）
        ");
    }
}
