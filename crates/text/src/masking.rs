//! Takes out of a question what identifies a person, before it is kept.
//!
//! ```
//! use wenzheng_text::masking::mask;
//! assert_eq!(
//!     mask("低保啥时候发，我电话１３９ ３８１２ ３４５６，卡号6217 0012 3456 7890 122"),
//!     "低保啥时候发，我电话〔手机号〕，卡号〔银行卡号〕",
//! );
//! assert_eq!(mask("投资13800000000元，办公室0938-5551234"), "投资13800000000元，办公室0938-5551234");
//! ```
//!
//! Found are mobile numbers, numbers of identity cards and of bank cards, in figures of any script
//! (１, ①, ١), in numerals (一三九, 壹叁玖, 幺三九) and in a mixture, in one piece or in groups. Few people
//! say what a number is, so its form has to tell: check digits, regions, dates of birth, how many digits,
//! how they are grouped, and that no unit follows. Where they say it (手机号1391234567), a digit too few or
//! too many and a wrong check digit are forgiven. In doubt a number is taken out: a masked figure costs
//! the log little, and a number of a person should not be in it.
//!
//! Of identity cards a wrong or missing check digit is always forgiven when region and day of birth make
//! sense, up to births in 2019: later dates are rather those of cases and plots, whose numbers begin with
//! region and date as well.
//!
//! Left alone are landlines (a home cannot be told from an office), names and addresses, passports,
//! numbers with asterisks in them or letters for digits (l38O…), and what is mistyped without a word of
//! what it is: a mobile number of ten or twelve digits, a bank card with a wrong check digit.

mod check;
mod cue;
mod digit;
mod figure;
mod identifier;
mod scan;
mod shape;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use self::identifier::{Identifier, IdentifierKind};
use crate::Span;

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
