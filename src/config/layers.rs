//! The layers of what was written, as sources of the `config` crate: each value knows its origin.

use std::collections::HashMap;

use config::{ConfigError, File, FileFormat, Map, Source, Value, ValueKind};
use toml::de::{DeTable, DeValue};

use super::{SettingsError, defaults::DEFAULTS, problem::FILE};

/// Environment variables that hold settings begin so.
pub(super) const ENV_PREFIX: &str = "WENZHENG_";

/// Origin of what nobody wrote: the settings inside the program.
pub(super) const DEFAULT_ORIGIN: &str = "默认值";

/// A TOML text whose values know where they were written, so that complaints can say it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    text: String,
    /// File and line of `section.key` and `section`; none of what is inside the program.
    origins: HashMap<String, String>,
}

impl Named {
    /// The settings inside the program.
    pub(super) fn defaults() -> Self {
        Self {
            text: DEFAULTS.to_owned(),
            origins: HashMap::new(),
        }
    }

    /// `text` of `file`.
    ///
    /// # Errors
    /// With the line, when it is not TOML.
    pub(super) fn file(file: &str, text: &str) -> Result<Self, SettingsError> {
        let line = |at: usize| 1 + text[..at].matches('\n').count();
        let table = DeTable::parse(text).map_err(|error| {
            let line = line(error.span().map_or(0, |span| span.start));
            // The line itself is not repeated: it may hold a secret.
            let what = format!(
                "不合 TOML 格式，请检查这一行的引号、括号和等号（{}）",
                error.message()
            );
            SettingsError::of(FILE, format!("{file}:{line}"), what)
        })?;
        let mut origins = HashMap::new();
        let mut note = |key: String, at: usize| origins.insert(key, format!("{file}:{}", line(at)));
        for (section, value) in table.get_ref() {
            let name = section.get_ref();
            note(name.to_string(), section.span().start);
            if let DeValue::Table(entries) = value.get_ref() {
                for key in entries.keys() {
                    note(format!("{name}.{}", key.get_ref()), key.span().start);
                }
            }
        }
        let text = text.to_owned();
        Ok(Self { text, origins })
    }

    /// `table` with the origin of all that is in it; `path` leads to it.
    fn with_origins(&self, path: &str, table: Map<String, Value>) -> Map<String, Value> {
        let values = table.into_iter().map(|(key, value)| {
            let path = format!("{path}{key}");
            let origin = self.origins.get(&path).cloned();
            let kind = match value.kind {
                ValueKind::Table(inner) => {
                    ValueKind::Table(self.with_origins(&format!("{path}."), inner))
                }
                other => other,
            };
            let origin = origin.unwrap_or_else(|| DEFAULT_ORIGIN.to_owned());
            (key, Value::new(Some(&origin), kind))
        });
        values.collect()
    }
}

impl Source for Named {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let table = File::from_str(&self.text, FileFormat::Toml).collect()?;
        Ok(self.with_origins("", table))
    }
}

/// Values given one by one: environment variables and flags.
#[derive(Debug, Clone)]
pub(super) struct Pairs(Vec<(String, String, String)>);

impl Pairs {
    pub(super) fn environment(variables: &[(String, String)]) -> Self {
        let pairs = variables.iter().filter_map(|(name, value)| {
            let key = name
                .strip_prefix(ENV_PREFIX)?
                .to_lowercase()
                .replace("__", ".");
            Some((key, value.clone(), name.clone()))
        });
        Self(pairs.collect())
    }

    pub(super) fn flags(flags: &[(String, String)]) -> Self {
        let pairs = flags
            .iter()
            .map(|(key, value)| (key.clone(), value.clone(), "命令行".to_owned()));
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

/// What is in force under `section.key`.
pub(super) fn find<'a>(root: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.')
        .try_fold(root, |value, step| match &value.kind {
            ValueKind::Table(table) => table.get(step),
            _ => None,
        })
}

/// Where `value` was written: file and line, an environment variable or the command line.
pub(super) fn origin_of(value: &Value) -> String {
    value.origin().unwrap_or(DEFAULT_ORIGIN).to_owned()
}

/// `value` as TOML would write it.
pub(super) fn show(value: &Value) -> String {
    match &value.kind {
        ValueKind::String(text) => format!("{text:?}"),
        ValueKind::Array(items) => {
            let items: Vec<String> = items.iter().map(show).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
