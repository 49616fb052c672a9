//! The settings file inside the program.

/// `config/wenzheng.toml` as shipped: the reference for every key and its default.
pub const DEFAULTS: &str = include_str!("../../config/wenzheng.toml");

/// Where the settings file is looked for when no flag names one, from the working directory.
pub const DEFAULT_FILE: &str = "config/wenzheng.toml";
