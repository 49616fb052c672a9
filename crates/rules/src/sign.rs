//! Signing: the rules of a document are bound to its present text.

use time::Date;
use toml_edit::{Datetime, DocumentMut, InlineTable, Item, TableLike, Value};

use crate::digest::digest;

/// Why rules could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The rule file is not TOML.
    #[error("第{line}行写法有错（{message}）。请改正后再签字")]
    Syntax {
        /// Line, counted from 1.
        line: usize,
        /// What the parser says, in English.
        message: String,
    },
    /// Nobody signs.
    #[error("没有写明由谁签字。请给出签字的单位")]
    NoSigner,
    /// A year that TOML cannot write.
    #[error("签字的年份不对。请写公历年份，如 2025")]
    BadYear,
}

/// The rule file `rules` with the digest of `document`, signed `by` an office `on` a day. Only `digest` and
/// `signed` change; comments and layout stay as they are.
///
/// What is signed is not checked here: load the rules for review first ([`load`](crate::load())), and let the
/// official see all combinations ([`enumerate`](crate::enumerate())).
///
/// # Errors
/// If `rules` is not TOML, `by` is blank, or the year lies before the common era.
pub fn sign(rules: &str, document: &str, by: &str, on: Date) -> Result<String, SignError> {
    let by = by.trim();
    if by.is_empty() {
        return Err(SignError::NoSigner);
    }
    let mut file: DocumentMut = rules.parse().map_err(|error| syntax(rules, &error))?;
    set(file.as_table_mut(), "digest", digest(document).into());
    let day = Datetime {
        date: Some(toml_edit::Date {
            year: u16::try_from(on.year()).map_err(|_| SignError::BadYear)?,
            month: u8::from(on.month()),
            day: on.day(),
        }),
        time: None,
        offset: None,
    };
    if !file.get("signed").is_some_and(Item::is_table_like) {
        set(file.as_table_mut(), "signed", InlineTable::new().into());
    }
    if let Some(signed) = file.get_mut("signed").and_then(Item::as_table_like_mut) {
        set(signed, "by", by.into());
        set(signed, "on", day.into());
    }
    Ok(file.to_string())
}

/// Gives `key` a value, between the blanks and comments that the old one had.
fn set(table: &mut dyn TableLike, key: &str, mut value: Value) {
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

fn syntax(rules: &str, error: &toml_edit::TomlError) -> SignError {
    let at = error.span().map_or(0, |span| span.start);
    let before = rules.get(..at).unwrap_or_default();
    SignError::Syntax {
        line: before.matches('\n').count() + 1,
        message: error.message().trim().replace('\n', "；"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const DOCUMENT: &str = include_str!("../tests/fixtures/anhe-gaoling.md");
    const RULES: &str = include_str!("../tests/fixtures/anhe-gaoling.rules.toml");

    #[test]
    fn signing_again_as_before_changes_nothing() {
        let signed = sign(RULES, DOCUMENT, "安和县民政局", date!(2025 - 03 - 28));
        assert_eq!(signed.as_deref(), Ok(RULES));
    }

    #[test]
    fn only_digest_and_signature_change() {
        let changed = DOCUMENT.replace("每月50元", "每月60元");
        let signed = sign(RULES, &changed, "安和县老龄办", date!(2026 - 01 - 05)).expect("is TOML");
        let old: Vec<&str> = RULES.lines().collect();
        let new: Vec<&str> = signed.lines().collect();
        let differing: Vec<&str> = new
            .iter()
            .zip(&old)
            .filter(|(new, old)| new != old)
            .map(|(new, _)| *new)
            .collect();
        assert_eq!(new.len(), old.len());
        assert_eq!(differing.len(), 2);
        assert!(differing[0].starts_with(&format!("digest = \"{}\"  # of the", digest(&changed))));
        assert_eq!(
            differing[1],
            "signed = { by = \"安和县老龄办\", on = 2026-01-05 }"
        );
    }

    #[test]
    fn what_was_never_signed_gets_both_lines_before_the_first_table() {
        let signed = sign(
            "format = 1 # 一\n\n[rules]\n",
            "正文",
            "民政局",
            date!(2026 - 01 - 05),
        );
        let expected = format!(
            "format = 1 # 一\ndigest = \"{}\"\nsigned = {{ by = \"民政局\", on = 2026-01-05 }}\n\n[rules]\n",
            digest("正文")
        );
        assert_eq!(signed, Ok(expected));
        assert_eq!(
            sign("", "", " ", date!(2026 - 01 - 05)),
            Err(SignError::NoSigner)
        );
        assert!(matches!(
            sign("format = 1\n[", "", "民政局", date!(2026 - 01 - 05)),
            Err(SignError::Syntax { line: 2, .. })
        ));
    }
}
