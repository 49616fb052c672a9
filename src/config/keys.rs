//! Which keys there are, and which of them are secrets.

use config::{Config, Source, ValueKind};

use super::{
    Problem,
    layers::{ENV_PREFIX, Named, origin_of},
    wechat,
};

/// Keys that hold secrets: allowed in the environment only, never printed.
pub(super) fn secrets() -> impl Iterator<Item = &'static str> {
    [
        "admin.wecom_robot",
        "semantic.key",
        "store.key",
        "telegram.webhook_secret",
    ]
    .into_iter()
    .chain(wechat::SECRETS)
}

/// Every key of the shipped file, sorted.
pub(super) fn known_keys() -> Vec<String> {
    let defaults = Named::defaults()
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

/// What was written under a key that does not exist, or must not be written there.
pub(super) fn unknown_keys(layers: &Config) -> Vec<Problem> {
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
                format!("密钥不能写在这里，请改写到 .env 或环境变量 {variable}")
            } else if known.contains(&key) {
                continue;
            } else {
                "没有这项设置，请检查拼写；全部设置见 config/wenzheng.toml，不用的删去即可".into()
            };
            problems.push(Problem { key, origin, what });
        }
    }
    problems.sort_by(|a, b| a.key.cmp(&b.key));
    problems
}
