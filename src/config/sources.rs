//! What was written: where it is read from, and in which order the layers lie.

use std::{env, path::PathBuf};

use config::Config;
use secrecy::SecretString;

use super::{
    Settings, SettingsError,
    defaults::DEFAULT_FILE,
    keys::{known_keys, secrets, unknown_keys},
    layers::{DEFAULT_ORIGIN, Named, Pairs, find, origin_of, show},
    problem::FILE,
    reader::Reader,
};

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
                let what = dotenv_complaint(&error);
                return Err(SettingsError::of(".env", "当前目录或上级目录".into(), what));
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
            let shown = without_password(&key, shown);
            let origin = value.map_or_else(|| DEFAULT_ORIGIN.into(), origin_of);
            rows.push((key, shown, origin));
        }
        let token = [("TELOXIDE_TOKEN", self.token().is_some())];
        let others = secrets().map(|key| (key, find(&layers.cache, key).is_some()));
        for (key, set) in token.into_iter().chain(others) {
            let shown = if set {
                "（已设置，不显示）"
            } else {
                "（未设置）"
            };
            rows.push((key.into(), shown.into(), "环境变量".into()));
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
        let mut builder = Config::builder().add_source(Named::defaults());
        let (path, required) = match &self.file {
            Some(path) => (path.clone(), true),
            None => (PathBuf::from(DEFAULT_FILE), false),
        };
        let origin = path.display().to_string();
        let mistake = |what| SettingsError::of(FILE, origin.clone(), what);
        if required || path.exists() {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| mistake(format!("打不开，请检查路径和权限（{error}）")))?;
            builder = builder.add_source(Named::file(&origin, &text)?);
        }
        builder = builder.add_source(Pairs::environment(&self.environment));
        builder = builder.add_source(Pairs::flags(&self.flags));
        builder.build().map_err(|error| mistake(error.to_string()))
    }
}

/// An address of a database without the password it may hold.
fn without_password(key: &str, shown: String) -> String {
    let parts = shown.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.rsplit_once('@')?;
        let (user, _password) = user.split_once(':')?;
        Some(format!("{scheme}://{user}:（不显示）@{host}"))
    });
    match parts {
        Some(hidden) if key == "store.url" => hidden,
        _ => shown,
    }
}

/// Never repeats the line itself: it may hold a secret.
fn dotenv_complaint(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(line, at) => {
            let word = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let name = line.split_once('=').map(|(name, _)| name.trim());
            let which = match name.filter(word) {
                Some(name) => format!("{name}= 这一行看不懂"),
                None => format!("有一行看不懂（第 {at} 列附近）"),
            };
            format!("{which}，每行应写成 名称=值，值里有空格或 # 时加引号，引号要成对")
        }
        other => format!(
            "打不开，请检查文件和权限（{}）",
            other.to_string().lines().next().unwrap_or("")
        ),
    }
}

#[cfg(test)]
impl Sources {
    /// Nothing but these variables.
    pub(super) fn with_environment(variables: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            environment: variables.iter().map(owned).collect(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_environment_overrides_the_file_and_flags_override_both() {
        let mut sources = Sources::with_environment(&[
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
    fn what_is_in_force_never_shows_a_secret() {
        let rows = Sources::with_environment(&[
            ("TELOXIDE_TOKEN", "1:hunter2"),
            ("WENZHENG_SEMANTIC__KEY", "hunter2"),
            (
                "WENZHENG_STORE__URL",
                "postgres://wz:hunter2@db.example.cn/wz",
            ),
        ])
        .in_force()
        .expect("readable");
        assert!(rows.iter().all(|(_, value, _)| !value.contains("hunter2")));
        assert!(
            rows.iter()
                .any(|(key, value, _)| key == "TELOXIDE_TOKEN" && value.contains("不显示"))
        );
    }
}
