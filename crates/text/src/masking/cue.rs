//! Words that say whose number follows: 手机号, 身份证号码, 卡号.

use super::{check::is_region, identifier::IdentifierKind};

const PHONE: [&str; 13] = [
    "手机",
    "手机号",
    "手机号码",
    "电话",
    "电话号码",
    "联系方式",
    "号码",
    "微信",
    "微信号",
    "微信同号",
    "Tel",
    "tel",
    "phone",
];
const IDENTITY: [&str; 5] = ["身份证", "身份证号", "身份证号码", "身份号码", "证件号码"];
const CARD: [&str; 8] = [
    "卡号",
    "账号",
    "帐号",
    "银行卡",
    "银行卡号",
    "存折",
    "存折号",
    "一卡通",
];

/// What `before`, the text in front of a number, says that it is.
pub(super) fn cue(before: &str) -> Option<IdentifierKind> {
    let word = before.trim_end_matches([
        '是', '为', '：', ':', '（', '(', '，', ',', ' ', '\u{3000}', '"',
    ]);
    let named = |words: &[&str]| words.iter().any(|name| word.ends_with(name));
    if named(&IDENTITY) {
        Some(IdentifierKind::IdentityCard)
    } else if named(&PHONE) {
        Some(IdentifierKind::MobileNumber)
    } else if named(&CARD) {
        Some(IdentifierKind::BankCard)
    } else {
        None
    }
}

/// True for the beginning and the count of the digits that such a number has, or somebody in a hurry
/// types for it.
pub(super) fn may_be(kind: IdentifierKind, digits: &[u8]) -> bool {
    match kind {
        IdentifierKind::MobileNumber => {
            (10..=12).contains(&digits.len()) && matches!(digits, [1, 3..=9, ..])
        }
        IdentifierKind::IdentityCard => {
            (14..=20).contains(&digits.len()) && is_region(&digits[..2])
        }
        IdentifierKind::BankCard => (13..=20).contains(&digits.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_in_front_says_what_it_is() {
        use IdentifierKind::{BankCard, IdentityCard, MobileNumber};
        for (before, kind) in [
            ("我的手机号是：", Some(MobileNumber)),
            ("身份证号码（", Some(IdentityCard)),
            ("打到卡号 ", Some(BankCard)),
            ("打电话给", None),
            ("", None),
        ] {
            assert_eq!(cue(before), kind, "{before}");
        }
    }
}
