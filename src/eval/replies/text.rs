//! Texts as they are compared.

use unicode_normalization::UnicodeNormalization as _;

use super::patterns::{DENIAL, ONLY, SKIP, ZHE};
use crate::text::normalize::to_simplified;

/// Stands in a gold line for any honest “not written”.
pub(super) const ANY_DENIAL: &str = "{denial}";

/// `text` in NFKC and Simplified script, its marks and spaces kept.
pub(super) fn plain(text: &str) -> String {
    let narrow: String = text.nfkc().collect();
    ZHE.replaced(&to_simplified(&narrow), "着")
}

/// `text` as it is compared: [`plain`], lower case, without markup, spaces and quotation marks.
pub(super) fn bare(text: &str) -> String {
    SKIP.removed(&plain(text)).to_lowercase()
}

pub(super) fn all_bare(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| bare(text)).collect()
}

/// True when `text` holds `span`, both bare; one that starts with a digit must not continue a number
/// (1万 in 11万).
pub(super) fn holds(text: &str, span: &str) -> bool {
    let starts_with_digit = span.starts_with(|c: char| c.is_ascii_digit());
    !span.is_empty()
        && text.match_indices(span).any(|(at, _)| {
            !(starts_with_digit && text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
        })
}

/// True when `text` holds one of the `spans`, all bare.
pub(super) fn holds_any(text: &str, spans: &[String]) -> bool {
    spans.iter().any(|span| holds(text, span))
}

/// True when one of the alternatives, separated by `|`, stands in `text`. Bare digits stand alone:
/// 110 is not in 96110.
pub(super) fn one_of(text: &str, alternatives: &str) -> bool {
    alternatives.split('|').any(|wanted| {
        if wanted == ANY_DENIAL {
            return DENIAL.is_in(text) || ONLY.is_in(text);
        }
        let span = bare(wanted);
        if !span.is_empty() && span.bytes().all(|b| b.is_ascii_digit()) {
            stands_alone(text, &span)
        } else {
            holds(text, &span)
        }
    })
}

fn stands_alone(text: &str, number: &str) -> bool {
    let of_number = |c: char| c.is_ascii_digit() || c == '.';
    text.match_indices(number).any(|(at, _)| {
        let after = text[at + number.len()..].chars();
        !text[..at].ends_with(of_number)
            && !after
                .take_while(|c| of_number(*c))
                .any(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_width_marks_and_spaces_do_not_matter() {
        assert_eq!(bare("“三抓三促”　是什麼<b>ＧＤＰ</b>"), "三抓三促是什么gdp");
        assert_eq!(bare("向著目標，成效顯著"), "向着目标,成效显著");
    }

    #[test]
    fn a_number_is_not_found_within_another() {
        assert!(holds("改造11万亩", "11万亩") && !holds("改造11万亩", "1万亩"));
        assert!(one_of("请拨110", "120|110") && !one_of("请拨96110", "110"));
        assert!(one_of("报告只写了总额", "{denial}") && !one_of("报告写了总额", "{denial}|金额"));
    }
}
