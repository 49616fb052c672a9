//! Folding: one form for the same text typed in different ways.

use std::{borrow::Cow, sync::LazyLock};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use regex::Captures;
use unicode_normalization::UnicodeNormalization;

use crate::Pattern;

static TO_SIMPLIFIED: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(BuiltinConfig::T2s).expect("the conversion table is built in")
});

static TO_TRADITIONAL: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(BuiltinConfig::S2t).expect("the conversion table is built in")
});

/// `text` in the form in which texts are compared: NFKC, Simplified script, lower case.
///
/// Idempotent.
#[must_use]
pub fn fold(text: &str) -> String {
    let narrow: String = text.nfkc().collect();
    to_simplified(&narrow).to_lowercase()
}

/// `text` with half-width digits in place of full-width ones. The number of chars stays the same.
/// For parsing, not for display.
#[must_use]
pub fn narrow_digits(text: &str) -> Cow<'_, str> {
    let full = |c: &char| ('０'..='９').contains(c);
    if !text.chars().any(|c| full(&c)) {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| {
        let digit = u32::from(c).checked_sub(0xfee0).filter(|_| full(&c));
        digit.and_then(char::from_u32).unwrap_or(c)
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

/// `text` with runs of full-width letters and digits (２０２３年, ＧＤＰ, ９．５％) in half width. The
/// number of chars stays the same. A single full-width character is left alone: it may be the trace
/// of misread bytes, which the repair of damaged text needs.
#[must_use]
pub fn narrow_runs(text: &str) -> Cow<'_, str> {
    static RUN: Pattern = Pattern::new("[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ．.％%]+");
    RUN.replace_all(text, |run: &Captures<'_>| {
        let narrow = |c: char| match u32::from(c) {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
            _ => c,
        };
        run[0].chars().map(narrow).collect::<String>()
    })
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
