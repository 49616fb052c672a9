//! Folding: one spelling for what people type in many.

use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

static TO_SIMPLIFIED: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(BuiltinConfig::T2s).expect("the conversion table is built in")
});

static TO_TRADITIONAL: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(BuiltinConfig::S2t).expect("the conversion table is built in")
});

/// The form texts are compared in: NFKC, Simplified script, lower case.
///
/// Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let narrow: String = text.nfkc().collect();
    to_simplified(&narrow).to_lowercase()
}

/// `text` in Simplified script.
#[must_use]
pub fn to_simplified(text: &str) -> String {
    TO_SIMPLIFIED.convert(text)
}

/// `text` in Traditional script.
#[must_use]
pub fn to_traditional(text: &str) -> String {
    TO_TRADITIONAL.convert(text)
}
