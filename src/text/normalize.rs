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

/// `text` without quotation marks of any kind.
#[must_use]
pub fn strip_quotes(text: &str) -> String {
    text.chars().filter(|c| !is_quote(*c)).collect()
}

/// True for “ ” ‘ ’ 「 」 『 』 《 》 " '.
#[must_use]
pub const fn is_quote(c: char) -> bool {
    matches!(
        c,
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '"' | '\''
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_case_and_script_do_not_matter() {
        assert_eq!(fold("２０２４年ＧＤＰ增長７％"), "2024年gdp增长7%");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
