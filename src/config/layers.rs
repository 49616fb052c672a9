//! The layers of what was written, as sources of the `config` crate: each value knows its origin.

use config::{ConfigError, File, FileFormat, Map, Source, Value, ValueKind};

/// Environment variables that hold settings begin so.
pub(super) const ENV_PREFIX: &str = "WENZHENG_";

/// A TOML text under a name, so that complaints say where a value was written.
#[derive(Debug, Clone)]
pub(super) struct Named {
    name: String,
    text: String,
}

impl Named {
    pub(super) fn toml(name: &str, text: &str) -> Self {
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
        let table = File::from_str(&self.text, FileFormat::Toml).collect()?;
        Ok(written_in(&self.name, table))
    }
}

/// `table` with `name` as the origin of all that is in it.
fn written_in(name: &String, table: Map<String, Value>) -> Map<String, Value> {
    let values = table.into_iter().map(|(key, value)| {
        let kind = match value.kind {
            ValueKind::Table(inner) => ValueKind::Table(written_in(name, inner)),
            other => other,
        };
        (key, Value::new(Some(name), kind))
    });
    values.collect()
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

/// What is in force under `section.key`.
pub(super) fn find<'a>(root: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.')
        .try_fold(root, |value, step| match &value.kind {
            ValueKind::Table(table) => table.get(step),
            _ => None,
        })
}

/// Where `value` was written: a file, an environment variable or the command line.
pub(super) fn origin_of(value: &Value) -> String {
    value.origin().unwrap_or("default").to_owned()
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
