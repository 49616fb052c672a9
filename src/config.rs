//! Settings: defaults < file < environment (`.env` included) < flags.
//!
//! Two steps: what was written ([`Sources`], layered by the `config` crate, which remembers where
//! each value came from) and what it means ([`Settings`]: typed and validated). All mistakes are
//! reported together, each with its key and its origin.

mod http;
mod telegram;
mod wechat;

use std::{
    env, fmt,
    path::{Path, PathBuf},
};

use config::{Config, ConfigError, File, FileFormat, Map, Source, Value, ValueKind};
use secrecy::SecretString;
use serde::de::DeserializeOwned;

pub use http::Http;
pub use telegram::{Telegram, TelegramMode};
pub use wechat::{WechatKey, WechatMode, WechatOa, Wecom};

/// `config/wenzheng.toml` as shipped: the reference for every key and its default.
pub const DEFAULTS: &str = include_str!("../config/wenzheng.toml");

/// Where the settings file is looked for when no flag names one, from the working directory.
pub const DEFAULT_FILE: &str = "config/wenzheng.toml";

const ENV_PREFIX: &str = "WENZHENG_";
/// Keys that hold secrets: allowed in the environment only, never printed.
fn secrets() -> impl Iterator<Item = &'static str> {
    ["semantic.key", "telegram.webhook_secret"]
        .into_iter()
        .chain(wechat::SECRETS)
}

/// `[data]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// Folder for what the bot writes.
    pub dir: PathBuf,
}

/// `[corpus]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFolder {
    /// Folder with the reports.
    pub dir: PathBuf,
    /// The place that leads when a question names none; may be empty.
    pub default_place: String,
}

/// `[lexicon]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconFolder {
    /// Folder with the word lists.
    pub dir: PathBuf,
}

/// `[ranking]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingFile {
    /// Weights and thresholds; need not exist.
    pub file: PathBuf,
}

/// `[admin]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin {
    /// Telegram user ids that may use the commands of administrators.
    pub telegram_users: Vec<u64>,
    /// OpenIDs of the official account that may.
    pub wechat_openids: Vec<String>,
    /// WeCom user ids that may.
    pub wecom_users: Vec<String>,
}

/// `[answer]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLimits {
    /// Telephone number for what the report does not say.
    pub hotline: String,
    /// For people in danger; empty when there is no line of the place's own.
    pub crisis_line: String,
    /// Questions are cut off after this many characters.
    pub question_chars: usize,
    /// Questions a person may ask within a minute.
    pub questions_per_minute: u32,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For collectors.
    Json,
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// In the syntax of tracing's `EnvFilter`.
    pub filter: String,
    /// Text or JSON.
    pub format: LogFormat,
}

/// Who makes vectors for search by meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SemanticBackend {
    /// Nobody: search by words alone.
    Off,
    /// The model inside the program.
    Builtin,
    /// An OpenAI-compatible service.
    Openai {
        /// Address of its `/v1/embeddings`.
        url: String,
        /// Name of its model.
        model: String,
    },
}

/// `[semantic]` and `WENZHENG_SEMANTIC__KEY`
#[derive(Debug, Clone)]
pub struct Semantic {
    /// Who makes vectors.
    pub backend: SemanticBackend,
    /// Key of the service.
    pub key: Option<SecretString>,
    /// Only the reports of these places are embedded; empty for all.
    pub places: Vec<String>,
}

/// Everything that can be set, validated.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `[http]`
    pub http: Http,
    /// `[data]`
    pub data: Data,
    /// `[corpus]`
    pub corpus: CorpusFolder,
    /// `[lexicon]`
    pub lexicon: LexiconFolder,
    /// `[ranking]`
    pub ranking: RankingFile,
    /// `[telegram]`
    pub telegram: Telegram,
    /// `[wechat_oa]`; `None` without a token.
    pub wechat_oa: Option<WechatOa>,
    /// `[wecom]`; `None` without a token.
    pub wecom: Option<Wecom>,
    /// `[admin]`
    pub admin: Admin,
    /// `[answer]`
    pub answer: AnswerLimits,
    /// `[semantic]`
    pub semantic: Semantic,
    /// `[log]`
    pub log: Log,
}

/// Every mistake in the settings, one line each.
#[derive(Debug, thiserror::Error)]
#[error("settings are not usable:\n{}", .0.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(pub Vec<Problem>);

/// One mistake: which key, where it was written, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `http.listen`
    pub key: String,
    /// File, environment variable or flag.
    pub origin: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.key, self.origin, self.what)
    }
}

/// What was written, before it is given a meaning.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A settings file named by a flag; it must exist.
    pub file: Option<PathBuf>,
    /// The environment, `.env` already merged in.
    pub environment: Vec<(String, String)>,
    /// `section.key` = value, from flags.
    pub flags: Vec<(String, String)>,
}

impl Sources {
    /// Reads `.env` of the working directory (the real environment wins) and takes a copy of the
    /// environment.
    ///
    /// # Errors
    /// When `.env` exists but has a line that cannot be read.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn from_environment() -> Result<Self, SettingsError> {
        match dotenvy::dotenv() {
            Ok(_) => {}
            Err(error) if error.not_found() => {}
            Err(error) => {
                return Err(SettingsError(vec![Problem {
                    key: ".env".into(),
                    origin: ".env".into(),
                    what: dotenv_complaint(&error),
                }]));
            }
        }
        Ok(Self {
            environment: env::vars().collect(),
            ..Self::default()
        })
    }

    /// Gives what was written its meaning.
    ///
    /// # Errors
    /// [`SettingsError`] with every mistake found.
    pub fn settings(&self) -> Result<Settings, SettingsError> {
        let layers = self.layers()?;
        let mut reader = Reader {
            layers: &layers,
            problems: unknown_keys(&layers),
        };
        let settings = reader.settings(self.token());
        match (settings, reader.problems) {
            (Some(settings), problems) if problems.is_empty() => Ok(settings),
            (_, problems) => Err(SettingsError(problems)),
        }
    }

    /// Every key with the value in force and where it came from, secrets hidden.
    ///
    /// # Errors
    /// [`SettingsError`] when a source cannot be read at all.
    pub fn in_force(&self) -> Result<Vec<(String, String, String)>, SettingsError> {
        let layers = self.layers()?;
        let mut rows = Vec::new();
        for key in known_keys() {
            let value = find(&layers.cache, &key);
            let shown = value.map_or_else(String::new, show);
            let origin = value.map_or_else(|| "default".into(), origin_of);
            rows.push((key, shown, origin));
        }
        rows.push((
            "TELOXIDE_TOKEN".into(),
            if self.token().is_some() {
                "(set, hidden)"
            } else {
                "(not set)"
            }
            .into(),
            "environment".into(),
        ));
        for key in secrets() {
            let set = find(&layers.cache, key).is_some();
            rows.push((
                key.into(),
                if set { "(set, hidden)" } else { "(not set)" }.into(),
                "environment".into(),
            ));
        }
        Ok(rows)
    }

    fn token(&self) -> Option<SecretString> {
        let (_, token) = self
            .environment
            .iter()
            .find(|(name, _)| name == "TELOXIDE_TOKEN")?;
        let token = token.trim();
        (!token.is_empty()).then(|| SecretString::from(token))
    }

    fn layers(&self) -> Result<Config, SettingsError> {
        let mut builder = Config::builder().add_source(Named::toml("default", DEFAULTS));
        let (path, required) = match &self.file {
            Some(path) => (path.clone(), true),
            None => (PathBuf::from(DEFAULT_FILE), false),
        };
        if required || path.exists() {
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            builder = builder.add_source(Named::toml(&path.display().to_string(), &text));
        }
        builder = builder.add_source(Pairs::environment(&self.environment));
        builder = builder.add_source(Pairs::flags(&self.flags));
        builder.build().map_err(|error| {
            SettingsError(vec![Problem {
                key: "(file)".into(),
                origin: path.display().to_string(),
                what: error.to_string(),
            }])
        })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> SettingsError {
    SettingsError(vec![Problem {
        key: "(file)".into(),
        origin: path.display().to_string(),
        what: format!("cannot be read: {error}"),
    }])
}

/// Never repeats the line itself: it may hold a secret.
fn dotenv_complaint(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(_, at) => {
            format!("a line cannot be read (near column {at}); write NAME=value, one a line")
        }
        other => format!(
            "cannot be read: {}",
            other.to_string().lines().next().unwrap_or("")
        ),
    }
}

/// A TOML text under a name, so that complaints say where a value was written.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    text: String,
}

impl Named {
    fn toml(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl Source for Named {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let mut map = File::from_str(&self.text, FileFormat::Toml).collect()?;
        for value in map.values_mut() {
            rename_origin(value, &self.name);
        }
        Ok(map)
    }
}

fn rename_origin(value: &mut Value, name: &str) {
    let kind = std::mem::replace(&mut value.kind, ValueKind::Nil);
    let kind = match kind {
        ValueKind::Table(mut table) => {
            for inner in table.values_mut() {
                rename_origin(inner, name);
            }
            ValueKind::Table(table)
        }
        other => other,
    };
    *value = Value::new(Some(&name.to_owned()), kind);
}

/// Values given one by one: environment variables and flags.
#[derive(Debug, Clone)]
struct Pairs(Vec<(String, String, String)>);

impl Pairs {
    fn environment(variables: &[(String, String)]) -> Self {
        let pairs = variables.iter().filter_map(|(name, value)| {
            let key = name
                .strip_prefix(ENV_PREFIX)?
                .to_lowercase()
                .replace("__", ".");
            Some((key, value.clone(), name.clone()))
        });
        Self(pairs.collect())
    }

    fn flags(flags: &[(String, String)]) -> Self {
        let pairs = flags
            .iter()
            .map(|(key, value)| (key.clone(), value.clone(), "command line".to_owned()));
        Self(pairs.collect())
    }
}

impl Source for Pairs {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let mut sections: Map<String, Value> = Map::new();
        for (key, value, origin) in &self.0 {
            let value = Value::new(Some(origin), ValueKind::String(value.clone()));
            let Some((section, key)) = key.split_once('.') else {
                sections.insert(key.clone(), value);
                continue;
            };
            let entry = sections
                .entry(section.to_owned())
                .or_insert_with(|| Value::new(Some(origin), ValueKind::Table(Map::new())));
            if let ValueKind::Table(table) = &mut entry.kind {
                table.insert(key.to_owned(), value);
            }
        }
        Ok(sections)
    }
}

fn known_keys() -> Vec<String> {
    let defaults = Named::toml("default", DEFAULTS)
        .collect()
        .expect("the built-in settings are tested");
    let mut keys: Vec<String> = defaults
        .into_iter()
        .flat_map(|(section, value)| {
            let table = value.into_table().unwrap_or_default();
            table.into_keys().map(move |key| format!("{section}.{key}"))
        })
        .collect();
    keys.sort();
    keys
}

fn unknown_keys(layers: &Config) -> Vec<Problem> {
    let known = known_keys();
    let mut problems = Vec::new();
    let sections = layers.cache.clone().into_table().unwrap_or_default();
    for (section, value) in sections {
        let origin = origin_of(&value);
        let entries = match value.kind {
            ValueKind::Table(table) => table
                .into_iter()
                .map(|(key, value)| (format!("{section}.{key}"), origin_of(&value)))
                .collect(),
            _ => vec![(section, origin)],
        };
        for (key, origin) in entries {
            let what = if secrets().any(|secret| secret == key) {
                // The origin of a variable is its name.
                let variable = format!("{ENV_PREFIX}{}", key.to_uppercase().replace('.', "__"));
                if origin == variable {
                    continue;
                }
                format!("is a secret: set {variable} in .env or the environment instead")
            } else if known.contains(&key) {
                continue;
            } else {
                "no such setting; config/wenzheng.toml lists all of them".into()
            };
            problems.push(Problem { key, origin, what });
        }
    }
    problems.sort_by(|a, b| a.key.cmp(&b.key));
    problems
}

fn find<'a>(root: &'a Value, key: &str) -> Option<&'a Value> {
    let (section, key) = key.split_once('.')?;
    let ValueKind::Table(sections) = &root.kind else {
        return None;
    };
    let ValueKind::Table(table) = &sections.get(section)?.kind else {
        return None;
    };
    table.get(key)
}

fn origin_of(value: &Value) -> String {
    value.origin().unwrap_or("default").to_owned()
}

fn show(value: &Value) -> String {
    match &value.kind {
        ValueKind::String(text) => format!("{text:?}"),
        ValueKind::Array(items) => {
            let items: Vec<String> = items.iter().map(show).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// Takes values out of the layers one by one and keeps every complaint.
struct Reader<'a> {
    layers: &'a Config,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn settings(&mut self, token: Option<SecretString>) -> Option<Settings> {
        let http = self.http();
        let data_dir: Option<PathBuf> = self.get("data.dir");
        let corpus_dir: Option<PathBuf> = self.get("corpus.dir");
        let default_place: Option<String> = self.get("corpus.default_place");
        let lexicon_dir: Option<PathBuf> = self.get("lexicon.dir");
        let ranking_file: Option<PathBuf> = self.get("ranking.file");
        let public = http.as_ref().and_then(|http| http.public_url.as_deref());
        let telegram = self.telegram(token, public);
        let telegram_users = self.user_ids("admin.telegram_users");
        let wechat_openids = self.texts("admin.wechat_openids");
        let wecom_users = self.texts("admin.wecom_users");
        let wechat_oa = self.wechat_oa();
        let wecom = self.wecom();
        let hotline = self.get("answer.hotline");
        let crisis_line: Option<String> = self.get("answer.crisis_line");
        let question_chars: Option<usize> = self.positive("answer.question_chars");
        let questions_per_minute: Option<usize> = self.positive("answer.questions_per_minute");
        let backend = self.backend();
        let key = self.secret("semantic.key");
        let places = self.texts("semantic.places");
        let filter = self.get("log.filter");
        let format = self.one_of("log.format", &["text", "json"]);
        Some(Settings {
            http: http?,
            data: Data { dir: data_dir? },
            corpus: CorpusFolder {
                dir: corpus_dir?,
                default_place: default_place?,
            },
            lexicon: LexiconFolder { dir: lexicon_dir? },
            ranking: RankingFile {
                file: ranking_file?,
            },
            wechat_oa: wechat_oa?,
            wecom: wecom?,
            telegram: telegram?,
            admin: Admin {
                telegram_users: telegram_users?,
                wechat_openids: wechat_openids?,
                wecom_users: wecom_users?,
            },
            answer: AnswerLimits {
                hotline: hotline?,
                crisis_line: crisis_line?,
                question_chars: question_chars?,
                questions_per_minute: u32::try_from(questions_per_minute?).unwrap_or(u32::MAX),
            },
            semantic: Semantic {
                backend: backend?,
                key,
                places: places?,
            },
            log: Log {
                filter: filter?,
                format: if format? == "json" {
                    LogFormat::Json
                } else {
                    LogFormat::Text
                },
            },
        })
    }

    fn backend(&mut self) -> Option<SemanticBackend> {
        let name = self.one_of("semantic.backend", &["builtin", "off", "openai"]);
        let url = self.url("semantic.url");
        let model: Option<String> = self.get("semantic.model");
        match name?.as_str() {
            "off" => Some(SemanticBackend::Off),
            "builtin" => Some(SemanticBackend::Builtin),
            _ => match (url?, model?) {
                (Some(url), model) if !model.is_empty() => {
                    Some(SemanticBackend::Openai { url, model })
                }
                (None, _) => {
                    self.complain(
                        "semantic.url",
                        "must be set when semantic.backend is openai".into(),
                    );
                    None
                }
                _ => {
                    self.complain(
                        "semantic.model",
                        "must be set when semantic.backend is openai".into(),
                    );
                    None
                }
            },
        }
    }

    fn get<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        match self.layers.get::<T>(key) {
            Ok(value) => Some(value),
            Err(error) => {
                self.complain(key, error.to_string());
                None
            }
        }
    }

    /// A secret without surrounding blanks; `None` when it is empty or not set.
    fn secret(&self, key: &str) -> Option<SecretString> {
        let text = find(&self.layers.cache, key)?.to_string();
        let text = text.trim();
        (!text.is_empty()).then(|| SecretString::from(text))
    }

    fn parsed<T: std::str::FromStr>(&mut self, key: &str, expected: &str) -> Option<T> {
        let text: String = self.get(key)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            self.complain(key, format!("{text:?} is not {expected}"));
        }
        value
    }

    fn positive(&mut self, key: &str) -> Option<usize> {
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
    fn url(&mut self, key: &str) -> Option<Option<String>> {
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

    fn one_of(&mut self, key: &str, allowed: &[&str]) -> Option<String> {
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
    fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = find(&self.layers.cache, key)?.clone();
        let texts: Vec<String> = match value.kind {
            ValueKind::Array(items) => items.iter().map(ToString::to_string).collect(),
            other => other.to_string().split(',').map(str::to_owned).collect(),
        };
        let texts = texts.iter().map(|text| text.trim().to_owned());
        Some(texts.filter(|text| !text.is_empty()).collect())
    }

    /// As [`Self::texts`], of numbers.
    fn user_ids(&mut self, key: &str) -> Option<Vec<u64>> {
        let mut ids = Vec::new();
        for text in self.texts(key)? {
            match text.parse() {
                Ok(id) => ids.push(id),
                Err(_) => {
                    self.complain(
                        key,
                        format!("{text:?} is not a Telegram user id (a number)"),
                    );
                    return None;
                }
            }
        }
        Some(ids)
    }

    fn complain(&mut self, key: &str, what: String) {
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
    use secrecy::ExposeSecret;

    use super::*;

    fn with_environment(pairs: &[(&str, &str)]) -> Sources {
        Sources {
            environment: pairs
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            ..Sources::default()
        }
    }

    #[test]
    fn the_shipped_file_is_valid_and_complete() {
        let settings = Sources::default().settings().expect("defaults are valid");
        assert_eq!(settings.http.listen.port(), 8080);
        assert_eq!(settings.http.public_url, None);
        assert!(settings.http.widget_origins.is_empty() && settings.http.cors_origins.is_empty());
        assert_eq!(settings.answer.hotline, "12345");
        assert!(settings.admin.telegram_users.is_empty());
        assert!(settings.telegram.token.is_none());
    }

    #[test]
    fn the_environment_overrides_the_file_and_flags_override_both() {
        let mut sources = with_environment(&[
            ("WENZHENG_HTTP__LISTEN", "127.0.0.1:9000"),
            ("WENZHENG_ADMIN__TELEGRAM_USERS", "1, 2"),
            ("WENZHENG_HTTP__PUBLIC_URL", "https://wz.example.cn/"),
            (
                "WENZHENG_HTTP__CORS_ORIGINS",
                "https://a.cn, http://b.cn:81/",
            ),
            ("TELOXIDE_TOKEN", "1:secret"),
        ]);
        let settings = sources.settings().expect("valid");
        assert_eq!(settings.http.listen.port(), 9000);
        assert_eq!(
            settings.http.public_url.as_deref(),
            Some("https://wz.example.cn")
        );
        assert_eq!(
            settings.http.cors_origins,
            ["https://a.cn", "http://b.cn:81"]
        );
        assert_eq!(settings.admin.telegram_users, [1, 2]);
        assert_eq!(
            settings
                .telegram
                .token
                .map(|t| t.expose_secret().to_owned())
                .as_deref(),
            Some("1:secret")
        );
        sources.flags = vec![("http.listen".into(), "127.0.0.1:7000".into())];
        assert_eq!(sources.settings().expect("valid").http.listen.port(), 7000);
    }

    #[test]
    fn all_mistakes_are_reported_together_with_key_and_origin() {
        let error = with_environment(&[
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

    #[test]
    fn what_is_in_force_never_shows_a_secret() {
        let rows = with_environment(&[
            ("TELOXIDE_TOKEN", "1:hunter2"),
            ("WENZHENG_SEMANTIC__KEY", "hunter2"),
        ])
        .in_force()
        .expect("readable");
        assert!(rows.iter().all(|(_, value, _)| !value.contains("hunter2")));
        assert!(
            rows.iter()
                .any(|(key, value, _)| key == "TELOXIDE_TOKEN" && value.contains("hidden"))
        );
    }
}
