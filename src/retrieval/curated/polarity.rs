//! Whether a question asks for what is allowed or for what is not.

use crate::text::Pattern;

/// What a question may be about that lists cases.
static LISTS: Pattern = Pattern::new("哪些|哪种|哪类|什么|啥|谁|哪一类|哪几种|有哪");
/// Either, asked at once: 能不能, 可不可以, 给不给.
static EITHER: Pattern = Pattern::new(
    "能不能|可不可以|可不可|行不行|给不给|让不让|准不准|收不收|要不要|有没有|是不是|报不报|管不管|允不允许|能否|可否|是否",
);
static FORBIDS: Pattern = Pattern::new(
    "不能|不可|不得|不予|不准|不许|不让|不允许|不给|不受理|不享受|不符合|不属于|不算|不管|不报|不发|不批|不包括|不在|禁止|拒绝|不得了|[领办报迁落贷提转申买租享][^了]?不[了进成上到]",
);
static ALLOWS: Pattern =
    Pattern::new("能|可以|可|允许|准许|享受|符合|有资格|[领办报迁落贷提转申]得?了");

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Polarity {
    /// 哪些情况能, 什么人可以
    Allowed,
    /// 哪些情况不能, 不予, 不得
    Forbidden,
    /// 能…吗 and everything else: yes or no is the answer's.
    Open,
}

impl Polarity {
    /// Of a folded question.
    pub(super) fn of(folded: &str) -> Self {
        let text = EITHER.replace_all(folded, "");
        if !LISTS.is_match(&text) {
            return Self::Open;
        }
        if FORBIDS.is_match(&text) {
            Self::Forbidden
        } else if ALLOWS.is_match(&text) {
            Self::Allowed
        } else {
            Self::Open
        }
    }

    /// True when one asks for the opposite of the other.
    pub(super) const fn is_opposite(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Allowed, Self::Forbidden) | (Self::Forbidden, Self::Allowed)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_is_the_opposite_of_what_is_not() {
        for forbidden in [
            "哪些情况不能贷款",
            "什么人不予发放",
            "啥情形不得申请",
            "哪些东西不准带",
            "哪些人领不了补助",
            "不可以报销的有哪些",
        ] {
            assert_eq!(Polarity::of(forbidden), Polarity::Forbidden, "{forbidden}");
        }
        for allowed in ["哪些情况能贷款", "什么人可以申请", "啥条件能享受"] {
            assert_eq!(Polarity::of(allowed), Polarity::Allowed, "{allowed}");
        }
    }

    #[test]
    fn yes_or_no_leaves_it_open() {
        for open in ["廉租房能转租吗", "能不能贷款", "什么时候发", "低保多少钱"]
        {
            assert_eq!(Polarity::of(open), Polarity::Open, "{open}");
        }
    }
}
