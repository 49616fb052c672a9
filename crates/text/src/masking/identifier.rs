//! What is found in a text.

use crate::Span;

/// What a number tells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// 手机号: eleven digits from 13 to 19, with 86, 0086 or 0 before them or without.
    MobileNumber,
    /// 身份证号: 18 characters (GB 11643-1999) or 15 (GB 11643-1989); 20 on a certificate of disability.
    IdentityCard,
    /// 银行卡号: 13 to 19 digits with a check digit (ISO/IEC 7812-1).
    BankCard,
}

impl IdentifierKind {
    /// What stands in its place: 〔手机号〕, 〔身份证号〕, 〔银行卡号〕.
    ///
    /// Has no digits, so that masking twice changes nothing.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MobileNumber => "〔手机号〕",
            Self::IdentityCard => "〔身份证号〕",
            Self::BankCard => "〔银行卡号〕",
        }
    }
}

/// A number in a text that identifies a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier {
    /// What it is the number of.
    pub kind: IdentifierKind,
    /// The whole number with what stands between its groups; bytes of the searched text.
    pub span: Span,
}
