//! Check digits, and what else tells a number of a person from any other.

/// Year up to which a number of 18 digits counts as that of an identity card although its check digit is
/// wrong. Numbers of cases and plots are built alike (region, date, serial), with recent dates.
const LAST_YEAR_UNCHECKED: u32 = 2019;

/// How sure it is that digits are the number of an identity card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// The check digit is right.
    Certain,
    /// It is wrong or missing, the region and the day of birth make sense.
    Likely,
}

/// Reads 17 digits and the check digit, 10 for X, `None` when it is missing.
///
/// GB 11643-1999: six digits of a region (GB/T 2260), eight of the day of birth, three of a serial, and
/// a check digit by ISO 7064 MOD 11-2.
pub(super) fn identity_18(body: &[u8], check: Option<u8>) -> Option<Identity> {
    if !is_identity_body(body) {
        return None;
    }
    let step = |sum: u32, digit: &u8| (sum + u32::from(*digit)) * 2 % 11;
    let expected = (12 - body.iter().fold(0, step)) % 11;
    if check.is_some_and(|check| u32::from(check) == expected) {
        return Some(Identity::Certain);
    }
    (number(&body[6..10]) <= LAST_YEAR_UNCHECKED).then_some(Identity::Likely)
}

/// True for 17 digits with a region and a day of birth since 1900 in the places of an identity card.
pub(super) fn is_identity_body(digits: &[u8]) -> bool {
    digits.len() == 17
        && is_region(&digits[..2])
        && matches!(digits[6..8], [1, 9] | [2, 0])
        && is_day(
            number(&digits[6..10]),
            number(&digits[10..12]),
            number(&digits[12..14]),
        )
}

/// True for the 15 digits of an identity card from before 1999: a region, two digits of the year, month
/// and day of birth, a serial (GB 11643-1989).
pub(super) fn is_identity_15(digits: &[u8]) -> bool {
    digits.len() == 15
        && is_region(&digits[..2])
        && is_day(
            1900 + number(&digits[6..8]),
            number(&digits[8..10]),
            number(&digits[10..12]),
        )
}

/// True if the last digit is the check digit of those before it (Luhn, ISO/IEC 7812-1 annex B).
pub(super) fn passes_luhn(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().map(|(place, digit)| {
        let doubled = u32::from(*digit) << (place % 2);
        doubled / 10 + doubled % 10
    });
    sum.sum::<u32>() % 10 == 0
}

/// True for the number of an organisation that happens to consist of digits (GB 32100-2015): a region
/// after two digits, and a check digit modulo 31.
pub(super) fn is_organisation(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
    ];
    let weighed = WEIGHTS.iter().zip(digits).map(|(w, d)| w * u32::from(*d));
    digits.len() == 18
        && is_region(&digits[2..4])
        && (31 - weighed.sum::<u32>() % 31) % 31 == u32::from(digits[17])
}

/// True for the two digits that a province's divisions begin with (GB/T 2260), and for 83 and 91 as
/// residence permits have them.
pub(super) fn is_region(digits: &[u8]) -> bool {
    matches!(number(digits), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// The number that a few digits make.
pub(super) fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, digit| n * 10 + u32::from(*digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(digits: &str) -> Vec<u8> {
        digits.bytes().map(|b| b - b'0').collect()
    }

    fn identity(digits: &str, check: u8) -> Option<Identity> {
        identity_18(&values(digits), Some(check))
    }

    #[test]
    fn the_check_digit_of_an_identity_card_is_that_of_the_standard() {
        // The example of GB 11643-1999.
        assert_eq!(identity("11010519491231002", 10), Some(Identity::Certain));
        assert_eq!(identity("44052418800101001", 4), None, "born in 1880");
        assert_eq!(identity("11010519491231002", 9), Some(Identity::Likely));
        assert_eq!(identity("11010520210131002", 9), None);
        assert_eq!(identity("11010519490231002", 10), None, "31 February");
        assert_eq!(identity("16010519491231002", 10), None, "no such province");
    }

    #[test]
    fn old_cards_have_a_day_of_birth_and_no_check_digit() {
        assert!(is_identity_15(&values("620502640229123")));
        assert!(!is_identity_15(&values("620502650229123")), "no leap year");
        assert!(!is_identity_15(&values("670502640229123")), "no province");
    }

    #[test]
    fn luhn_is_that_of_the_standard() {
        assert!(passes_luhn(&values("4111111111111111")) && passes_luhn(&values("79927398713")));
        assert!(!passes_luhn(&values("4111111111111112")));
    }

    #[test]
    fn an_organisation_has_a_check_digit_of_its_own() {
        assert!(is_organisation(&values("914403001922038216")));
        assert!(!is_organisation(&values("914403001922038217")));
    }
}
