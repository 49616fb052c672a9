//! Takes out of a question what identifies a person, before it is kept.
//!
//! ```
//! use wenzheng_text::masking::mask;
//! assert_eq!(
//!     mask("低保啥时候发，我电话１３９ ３８１２ ３４５６，卡号6217 0012 3456 7890 128"),
//!     "低保啥时候发，我电话〔手机号〕，卡号〔银行卡号〕",
//! );
//! assert_eq!(mask("投资13800000000元，办公室0938-5551234"), "投资13800000000元，办公室0938-5551234");
//! ```
//!
//! Found are mobile numbers, numbers of identity cards and of bank cards, in figures of any script
//! (１, ①, ١), in numerals (一三九, 壹叁玖, 幺三九) and in a mixture, in one piece or in groups. Whoever
//! types one tells by no word that it is one, so its form has to: check digits, regions, dates of birth,
//! how many digits, how they are grouped, and that no unit follows. In doubt a number is taken out: a
//! masked figure costs the log little, a number of a person should not be in it.
//!
//! Left alone are landlines (a home cannot be told from an office), names and addresses, numbers with
//! asterisks in them, passports, and what somebody mistyped: a mobile number of ten or twelve digits, a
//! bank card whose check digit is wrong. Of identity cards a wrong or missing check digit is forgiven
//! when region and day of birth make sense, up to births in 2019: later dates are rather those of cases
//! and plots, whose numbers begin with region and date as well.

mod check;
mod digit;
mod figure;
mod scan;
mod shape;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

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

/// The identifiers of `text`, in order and apart.
///
/// Takes time in proportion to the length of `text`.
#[must_use]
pub fn find(text: &str) -> Vec<Identifier> {
    let mut found = Vec::new();
    let mut pieces = vec![Span::new(0, text.len())];
    // What stands beside a number may speak against it until it is taken out itself.
    while let Some(piece) = pieces.pop() {
        let mut from = piece.start;
        for Identifier { kind, span } in scan::scan(piece.of(text)) {
            let span = Span::new(piece.start + span.start, piece.start + span.end);
            found.push(Identifier { kind, span });
            pieces.push(Span::new(from, span.start));
            from = span.end;
        }
        if from > piece.start {
            pieces.push(Span::new(from, piece.end));
        }
    }
    found.sort_unstable_by_key(|identifier| identifier.span.start);
    found
}

/// `text` with a [label](IdentifierKind::label) in place of every identifier; the rest stays byte for
/// byte.
///
/// Idempotent. Borrowed if there is nothing to mask.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut masked, mut from) = (String::with_capacity(text.len()), 0);
    for Identifier { kind, span } in found {
        masked.push_str(&text[from..span.start]);
        masked.push_str(kind.label());
        from = span.end;
    }
    masked.push_str(&text[from..]);
    Cow::Owned(masked)
}
