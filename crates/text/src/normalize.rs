//! Folding: one form for the same text typed in different ways.

use std::{
    borrow::Cow,
    ops::RangeInclusive,
    sync::{LazyLock, OnceLock},
};

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

const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Characters that stay as they are alone, and change in some words (藉口, 瞭解, 答覆).
const CHANGE_IN_WORDS: [char; 6] = ['瞭', '藉', '覆', '沈', '牴', '衹'];

/// True for a character of [`HAN`] that is the same in Simplified script, whatever stands beside it.
fn stays(c: char) -> bool {
    const COUNT: usize = *HAN.end() as usize - *HAN.start() as usize + 1;
    static KNOWN: [OnceLock<bool>; COUNT] = [const { OnceLock::new() }; COUNT];
    let stays = || {
        let alone = to_simplified(c.encode_utf8(&mut [0; 4]));
        alone.chars().eq([c]) && !CHANGE_IN_WORDS.contains(&c)
    };
    *KNOWN[c as usize - *HAN.start() as usize].get_or_init(stays)
}

/// `text` in the form in which texts are compared: NFKC, Simplified script, lower case.
///
/// Idempotent.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let Some(c) = fold_char(c) else {
            return fold_as_a_whole(text);
        };
        folded.push(c);
    }
    folded
}

/// `c` as [`fold`] writes it; `None` for what more than one character becomes of, or what depends on
/// its neighbours. Reports hold little of that.
#[must_use]
pub fn fold_char(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        '。' | '、' | '“' | '”' | '‘' | '’' | '《' | '》' | '—' | '·' => Some(c),
        '！'..='～' => {
            let narrow = char::from_u32(u32::from(c) - 0xfee0)?;
            Some(narrow.to_ascii_lowercase())
        }
        _ if HAN.contains(&c) => stays(c).then_some(c),
        _ => None,
    }
}

fn fold_as_a_whole(text: &str) -> String {
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

    #[test]
    fn what_changes_in_some_words_alone_is_told_by_its_neighbours() {
        for (typed, folded) in [
            ("藉口", "借口"),
            ("慰藉", "慰藉"),
            ("瞭解", "了解"),
            ("瞭望", "瞭望"),
            ("答覆", "答复"),
            ("覆盖", "覆盖"),
            ("沈默", "沉默"),
            ("牴牾", "抵牾"),
            ("衹得", "只得"),
        ] {
            assert_eq!(fold(typed), folded);
        }
    }

    #[test]
    fn a_character_that_folds_alone_folds_so_anywhere() {
        for c in '\0'..=char::MAX {
            if let Some(folded) = fold_char(c) {
                assert_eq!(fold_as_a_whole(&c.to_string()), folded.to_string(), "{c}");
            }
        }
    }

    proptest! {
        #[test]
        fn folding_by_characters_is_folding_as_a_whole(text in "[一-龥。，Ａa藉口瞭解覆沈默]{0,12}") {
            prop_assert_eq!(fold(&text), fold_as_a_whole(&text));
        }

        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
