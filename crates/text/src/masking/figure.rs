//! Tells by its surroundings a long number that counts something (13800000000元) from a telephone.

use super::{cue::cue, digit::numeral};
use crate::figures::UNITS;

/// Units that no sentence goes on with after a number of a person: 元, but neither 人 (13912345678人不接)
/// nor 家 (…家里没人).
const MEASURES: [&str; 40] = [
    "元",
    "美元",
    "欧元",
    "日元",
    "港元",
    "港币",
    "人民币",
    "块钱",
    "亩",
    "公里",
    "千米",
    "平方",
    "立方",
    "公顷",
    "斤",
    "公斤",
    "千克",
    "吨",
    "升",
    "千瓦",
    "兆瓦",
    "度电",
    "人次",
    "人口",
    "户次",
    "株",
    "字节",
    "个百分点",
    "倍",
    "%",
    "％",
    "‰",
    "㎡",
    "m²",
    "m³",
    "km",
    "kg",
    "kW",
    "KB",
    "MB",
];

/// Words in which 元 is no unit.
const NO_MEASURES: [&str; 4] = ["元旦", "元宵", "元月", "元宝"];

const MULTIPLIERS: [char; 6] = ['万', '亿', '千', '百', '多', '余'];

/// Words after which a number is an amount.
const AMOUNTS: [&str; 16] = [
    "金额", "产值", "总值", "总额", "投资", "资金", "收入", "支出", "合计", "总计", "共计", "余额",
    "面积", "产量", "总量", "GDP",
];

/// True if the number between `before` and `after` is a figure, not that of a person.
pub(super) fn is_figure(before: &str, after: &str, round: bool) -> bool {
    if cue(before).is_some() {
        return false;
    }
    is_amount(before)
        || (before.ends_with('第') && after.starts_with('号'))
        || is_measured(after, round)
        || range_end(after).is_some_and(|after| is_measured(after, round))
}

/// True for ¥ and 总产值为 in front of a number.
fn is_amount(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.trim_end_matches(['是', '为', '达', '到', '约', '共', '：', ':', ' ']);
    before.ends_with(['¥', '￥', '$', '＄', '€', '£'])
        || AMOUNTS.iter().any(|amount| word.ends_with(amount))
}

/// True if a unit follows: at once, after a fraction, a blank or 万.
fn is_measured(after: &str, round: bool) -> bool {
    let whole = fraction_end(after).unwrap_or(after);
    let near = whole.strip_prefix([' ', '\u{3000}']).unwrap_or(whole);
    let rest = near.trim_start_matches(MULTIPLIERS);
    if NO_MEASURES.iter().any(|word| rest.starts_with(word)) {
        return false;
    }
    if MEASURES.iter().any(|unit| rest.starts_with(unit)) {
        return true;
    }
    let unit = UNITS.split('|').find_map(|unit| rest.strip_prefix(unit));
    let multiplied = rest.len() < near.len();
    // 人 at the end of a phrase; 万 there or before any unit.
    match unit {
        Some(_) if multiplied || round => true,
        Some(rest) => whole.len() == near.len() && is_end(rest),
        None => multiplied && is_end(rest),
    }
}

fn is_end(rest: &str) -> bool {
    rest.trim_start().chars().next().is_none_or(|c| {
        matches!(
            c,
            '，' | '。' | '？' | '！' | '、' | '；' | '）' | '…' | '〔'
        ) || c.is_ascii_punctuation()
    })
}

/// What follows the fraction that `after` begins with.
fn fraction_end(after: &str) -> Option<&str> {
    let digits = after.strip_prefix(['.', '．'])?;
    let rest = skip_digits(digits);
    (rest.len() < digits.len()).then_some(rest)
}

/// What follows the second number of a range, of which `after` has the rest (-13900000000元).
fn range_end(after: &str) -> Option<&str> {
    let dash = ['-', '－', '—', '–', '~', '～', '至', '到'];
    let number = after.trim_start().strip_prefix(dash)?;
    let number = number.strip_prefix(['-', '—', ' ']).unwrap_or(number);
    let rest = skip_digits(number);
    // The second is about as long as the first; -2024年 is none.
    (number.len() - rest.len() > 8).then_some(rest)
}

/// `text` without the digits it begins with, at most 20 of them.
fn skip_digits(text: &str) -> &str {
    let is_digit = |c: &char| numeral(*c).is_some_and(|(_, han)| !han);
    let length = text.chars().take(20).take_while(is_digit);
    &text[length.map(char::len_utf8).sum()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_make_a_figure() {
        for after in [
            "元",
            " 元",
            "万元",
            "亿",
            ".50元",
            "-13900000000元",
            "至13900000000亩",
            "人次",
            "人",
            "户，",
            "多元",
            "㎡",
            "万人",
        ] {
            assert!(is_figure("", after, false), "{after}");
        }
        assert!(is_figure("", "人口普查", true) && is_figure("", "户居民", true));
        assert!(
            is_figure("总产值为", "", false)
                && is_figure("¥", "", false)
                && is_figure("第", "号", false)
        );
    }

    #[test]
    fn words_that_begin_like_a_unit_do_not() {
        for after in [
            "",
            "元旦打不通",
            "人不接",
            "家里没人",
            "名下有几亩地",
            "万一打不通",
            "个人养老金",
            ".",
            ".5",
            "-2",
            "号",
            "号机主",
            "到县里",
            "，",
            "，元旦",
        ] {
            assert!(!is_figure("", after, false), "{after}");
        }
        assert!(!is_figure("收入低", "怎么办", false) && !is_figure("第", "", false));
    }
}
