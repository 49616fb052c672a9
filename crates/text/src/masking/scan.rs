//! Finds in one pass the numbers of persons among the digits of a text.

use super::{
    check::{
        Identity, identity_18, is_identity_15, is_identity_body, is_organisation, passes_luhn,
    },
    cue::{cue, may_be},
    digit::{Digit, Gap, LOOSE, digits, is_invisible},
    figure::is_figure,
    identifier::{Identifier, IdentifierKind},
    shape::Shape,
};
use crate::{Span, han::is_any_han};

/// How many digits a mobile number has.
const PHONE: usize = 11;

/// How many digits the shortest identifier has: a mobile number without one of its digits.
const SHORTEST: usize = PHONE - 1;

/// How many digits a bank card has, the usual first.
const CARD: [usize; 7] = [16, 19, 18, 17, 15, 14, 13];

/// The identifiers of `text` in order.
pub(super) fn scan(text: &str) -> Vec<Identifier> {
    let digits = digits(text);
    if digits.len() < SHORTEST {
        return Vec::new();
    }
    let values = digits.iter().map(|digit| digit.value).collect();
    let mut scanner = Scanner {
        text,
        digits,
        values,
        free: 0,
        found: Vec::new(),
    };
    let mut at = 0;
    while at + SHORTEST <= scanner.digits.len() {
        at = scanner.identify(at).unwrap_or(at + 1);
    }
    scanner.found
}

struct Scanner<'a> {
    text: &'a str,
    digits: Vec<Digit>,
    /// Their values alone.
    values: Vec<u8>,
    /// The first digit behind what has been found.
    free: usize,
    found: Vec<Identifier>,
}

impl Scanner<'_> {
    /// Takes up the identifier that begins with the digit `at`: the digit behind it.
    fn identify(&mut self, at: usize) -> Option<usize> {
        if !self.begins(at) {
            return None;
        }
        self.identity(at)
            .or_else(|| self.phone(at, true))
            .or_else(|| self.old_identity(at, true))
            .or_else(|| self.card(at, true))
            .or_else(|| self.phone(at, false))
            .or_else(|| self.old_identity(at, false))
            .or_else(|| self.card(at, false))
            .or_else(|| self.named(at))
            .or_else(|| self.chain(at))
    }

    /// Eighteen digits, the last of them perhaps X.
    fn identity(&mut self, at: usize) -> Option<usize> {
        if !is_identity_body(self.values.get(at..at + 17)?) {
            return None;
        }
        let (end, stop) = self.identity_end(at, at + 17)?;
        self.take(IdentifierKind::IdentityCard, at, end, stop)
    }

    /// The digit behind the number of an identity card of which 17 digits end at `end`, and where its X
    /// ends, if it has one; bytes of the text.
    fn identity_end(&self, at: usize, end: usize) -> Option<(usize, Option<usize>)> {
        let body = &self.values[at..end];
        let sure = |check| identity_18(body, check) == Some(Identity::Certain);
        let likely = |check| identity_18(body, check).is_some();
        if let Some(stop) = self.cross_after(end) {
            let shape = self.shape(at, end)?;
            let fits = sure(Some(10)) || likely(Some(10)) && shape.is_identity();
            return fits.then_some((end, Some(stop)));
        }
        let full = end + 1;
        if let Some(check) = self.values.get(end).copied()
            && let Some(shape) = self.shape(at, full)
        {
            let fits = sure(Some(check)) || likely(Some(check)) && shape.is_identity();
            // On a certificate of disability a digit each of kind and degree follow.
            let disabled = matches!(self.values.get(full..full + 2), Some([1..=7, 1..=4]))
                && self.is_end(at, full + 2, true)
                && self.shape(at, full + 2)?.is_joined();
            if fits && disabled {
                return Some((full + 2, None));
            }
            let ends = self.is_end(at, full, true) || self.is_end(at, full, !sure(Some(check)));
            if fits && ends {
                return Some((full, None));
            }
        }
        let missing =
            likely(None) && self.is_end(at, end, true) && self.shape(at, end)?.is_joined();
        missing.then_some((end, None))
    }

    fn old_identity(&mut self, at: usize, whole: bool) -> Option<usize> {
        let end = at + 15;
        let fits = is_identity_15(self.values.get(at..end)?)
            && self.is_end(at, end, whole)
            && self.shape(at, end)?.is_identity()
            && self.tail(end) <= 2
            && !self.touches_letters(at, end)
            && !self.is_figure(at, end);
        fits.then(|| self.take(IdentifierKind::IdentityCard, at, end, None))?
    }

    fn card(&mut self, at: usize, whole: bool) -> Option<usize> {
        if !matches!(self.values[at], 3..=9) {
            return None;
        }
        let is_card = |end: usize| {
            let digits = self.values.get(at..end)?;
            let six_two = digits.starts_with(&[6, 2]);
            let fits = self.is_end(at, end, whole)
                && passes_luhn(digits)
                && (six_two || !is_organisation(digits))
                && self.shape(at, end)?.is_card()
                && !self.touches_letters(at, end)
                && !self.is_figure(at, end);
            fits.then_some(end)
        };
        let end = CARD.iter().find_map(|length| is_card(at + length))?;
        self.take(IdentifierKind::BankCard, at, end, None)
    }

    /// A mobile number, with 86, 0086 or 0 before it or without. If `whole`, it ends where its digits
    /// end; else a numeral of the sentence may follow (…五六七八一直打不通).
    fn phone(&mut self, at: usize, whole: bool) -> Option<usize> {
        let prefix = match *self.values.get(at..)? {
            [8, 6, ..] => 2,
            [0, 8, 6, ..] => 3,
            [0, 0, 8, 6, ..] => 4,
            [0, ..] => 1,
            _ => 0,
        };
        let (begin, end) = (at + prefix, at + prefix + PHONE);
        let mobile = matches!(self.values.get(begin..end)?, [1, 3..=9, ..]);
        if !mobile || !self.is_end(begin, end, whole) || prefix > 0 && !self.is_prefix(at, begin) {
            return None;
        }
        let mut shape = self.shape(begin, end)?;
        if prefix > 0 {
            shape.before = self.gap_before(at);
        }
        let bare = prefix == 0;
        let figure = self.continues(at, shape.is_joined()) || self.is_figure(at, end);
        let other = bare && figure || self.is_in_code(at, end);
        let fits = shape.is_phone() && !other;
        fits.then(|| self.take(IdentifierKind::MobileNumber, at, end, None))?
    }

    /// What is called a number of a person and looks about like one.
    fn named(&mut self, at: usize) -> Option<usize> {
        if !self.gap_before(at).is_break() {
            return None;
        }
        let kind = cue(&self.text[..self.digits[at].start])?;
        let within = |digit: &&Digit| digit.gap.within(LOOSE);
        let rest = self.digits[at + 1..].iter().take(20);
        let end = at + 1 + rest.take_while(within).count();
        let crossed = self
            .cross_after(end)
            .filter(|_| kind == IdentifierKind::IdentityCard);
        let digits = &self.values[at..end];
        let shape = self.shape(at, end)?;
        let fits = may_be(kind, digits) && (kind != IdentifierKind::BankCard || shape.is_card());
        fits.then(|| self.take(kind, at, end, crossed))?
    }

    /// Numbers written one after the other without anything between.
    fn chain(&mut self, at: usize) -> Option<usize> {
        let joined = |digit: &&Digit| digit.gap == Gap::NONE;
        let length = 1 + self.digits[at + 1..].iter().take_while(joined).count();
        let (mut from, end) = (at, at + length);
        let mut parts = Vec::new();
        while from < end {
            let rest = &self.values[from..end];
            let is_identity = |rest: &[u8]| {
                let sure = identity_18(&rest[..17], Some(rest[17]));
                sure == Some(Identity::Certain)
            };
            let (kind, length) = match rest {
                [1, 3..=9, ..] if rest.len() >= PHONE => (IdentifierKind::MobileNumber, PHONE),
                _ if rest.len() >= 18 && is_identity(rest) => (IdentifierKind::IdentityCard, 18),
                _ => return None,
            };
            parts.push((kind, from));
            from += length;
        }
        if parts.len() < 2 {
            return None;
        }
        for (kind, from) in parts.iter().copied() {
            let length = match kind {
                IdentifierKind::MobileNumber => PHONE,
                IdentifierKind::IdentityCard | IdentifierKind::BankCard => 18,
            };
            self.take(kind, from, from + length, None);
        }
        Some(end)
    }

    /// Notes what the digits from `at` to `end` are, and gives back `end`.
    fn take(
        &mut self,
        kind: IdentifierKind,
        at: usize,
        end: usize,
        last: Option<usize>,
    ) -> Option<usize> {
        let stop = last.unwrap_or(self.digits[end - 1].end);
        let mut start = self.digits[at].start;
        let before = self.text[..start].trim_end_matches(is_invisible);
        if kind == IdentifierKind::MobileNumber
            && let Some(before) = before.strip_suffix(['+', '＋'])
        {
            start = before.len();
        }
        // What closes inside was opened before: (+86)138…
        let inside = &self.text[start..stop];
        let count = |brackets: [char; 4]| inside.matches(brackets).count();
        let opening = ['(', '（', '[', '［'];
        if count([')', '）', ']', '］']) > count(opening)
            && let Some(before) = self.text[..start].strip_suffix(opening)
        {
            start = before.len();
        }
        let floor = self.found.last().map_or(0, |last| last.span.end);
        let span = Span::new(start.max(floor), stop);
        self.found.push(Identifier { kind, span });
        self.free = end;
        Some(end)
    }

    /// True if an identifier may begin with this digit: it is the first of its group, of its script, or
    /// the second of a group of numerals (第一一三九…).
    fn begins(&self, at: usize) -> bool {
        let first = |at: usize| {
            at == self.free
                || self.digits[at].gap != Gap::NONE
                || self.digits[at].han != self.digits[at - 1].han
        };
        first(at) || self.digits[at].han && first(at - 1)
    }

    /// True if an identifier that begins with `at` may end before the digit `end`: with its group, or
    /// where figures and numerals meet, unless they are mixed. If not `whole`, up to two numerals and a
    /// word of the sentence may follow.
    fn is_end(&self, at: usize, end: usize, whole: bool) -> bool {
        let digits = &self.digits;
        if end > digits.len() {
            return false;
        }
        let group_ends = |end: usize| digits.get(end).is_none_or(|next| next.gap != Gap::NONE);
        if group_ends(end) {
            return true;
        }
        if digits[end].han != digits[at].han && self.is_plain(at, end) {
            return true;
        }
        let word_follows = |stop: usize| {
            stop <= digits.len()
                && group_ends(stop)
                && digits[end..stop]
                    .iter()
                    .all(|d| d.han && d.gap == Gap::NONE)
                && self.after(stop).starts_with(is_any_han)
        };
        !whole && (word_follows(end + 1) || word_follows(end + 2))
    }

    /// How many digits follow at once behind the digit before `end`; 3 for more.
    fn tail(&self, end: usize) -> usize {
        let rest = self.digits[end..].iter().take(3);
        rest.take_while(|digit| digit.gap == Gap::NONE).count()
    }

    /// True if the digits from `at` to `begin` are a prefix of the number that begins there.
    fn is_prefix(&self, at: usize, begin: usize) -> bool {
        let joined = self.digits[at + 1..begin]
            .iter()
            .all(|d| d.gap == Gap::NONE);
        let allowed = if begin - at == 1 {
            Gap::HYPHEN
        } else {
            LOOSE.and(Gap::BRACKET)
        };
        joined && self.digits[begin].gap.within(allowed)
    }

    /// True if the digits from `at` go on from digits before: a fraction (105.13812345678), or the number
    /// of a hotline (400-138-1234-5678).
    fn continues(&self, at: usize, joined: bool) -> bool {
        if at == self.free {
            return false;
        }
        let gap = self.digits[at].gap;
        let begin = (self.free..at)
            .rev()
            .take(5)
            .find(|i| self.digits[*i].gap != Gap::NONE);
        let Some(begin) = begin.or(Some(self.free)).filter(|begin| at - begin <= 4) else {
            return false;
        };
        match self.values[begin..at] {
            [0] | [_, _] | [_, _, _] if gap == Gap::DOT && joined => true,
            [4 | 8, 0, 0] => !joined && gap.within(LOOSE),
            _ => false,
        }
    }

    /// True for digits inside a code of 18 letters and digits, as organisations have (GB 32100-2015).
    fn is_in_code(&self, at: usize, end: usize) -> bool {
        let is_code = |c: &char| c.is_ascii_alphanumeric();
        let (start, stop) = (self.digits[at].start, self.digits[end - 1].end);
        let before = self.text[..start]
            .chars()
            .rev()
            .take(19)
            .take_while(is_code);
        let after = self.text[stop..].chars().take(19).take_while(is_code);
        let around = before.count() + after.count();
        around > 0 && around + stop - start == 18
    }

    fn touches_letters(&self, at: usize, end: usize) -> bool {
        let letter = |c: char| c.is_ascii_alphabetic();
        self.text[..self.digits[at].start].ends_with(letter) || self.after(end).starts_with(letter)
    }

    fn is_figure(&self, at: usize, end: usize) -> bool {
        let round = self.values[at..end].ends_with(&[0; 4]);
        let before = &self.text[..self.digits[at].start];
        is_figure(before, self.after(end), round)
    }

    /// Where the X ends that follows the digit before `end`, with the two digits behind it that a
    /// certificate of disability has; bytes of the text.
    fn cross_after(&self, end: usize) -> Option<usize> {
        let between = |c: char| is_invisible(c) || Gap::of(c).within(LOOSE);
        let rest = self.after(end).trim_start_matches(between);
        let rest = rest.strip_prefix([
            'X', 'x', 'Ｘ', 'ｘ', 'Ⅹ', 'ⅹ', 'Х', 'х', 'Χ', 'χ', '×', '✕', 'Ⓧ', 'ⓧ',
        ])?;
        let rest = match rest.as_bytes() {
            [b'1'..=b'7', b'1'..=b'4', ..] => &rest[2..],
            _ => rest,
        };
        let far = self.text.len() - self.digits[end - 1].end - rest.len() > 20;
        let ends = !far && !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        ends.then_some(self.text.len() - rest.len())
    }

    /// The text behind the digit before `end`.
    fn after(&self, end: usize) -> &str {
        &self.text[self.digits[end - 1].end..]
    }

    /// True if the digits are all figures or all numerals.
    fn is_plain(&self, at: usize, end: usize) -> bool {
        let digits = self.digits.get(at..end).unwrap_or_default();
        digits.iter().all(|digit| digit.han == digits[0].han)
    }

    fn gap_before(&self, at: usize) -> Gap {
        if at == self.free {
            return Gap::BREAK;
        }
        self.digits[at].gap
    }

    fn shape(&self, at: usize, end: usize) -> Option<Shape<'_>> {
        // From the middle of a group it takes what is written alike: 第一13812345678.
        if self.gap_before(at) == Gap::NONE && !self.is_plain(at, end) {
            return None;
        }
        let after = self.digits.get(end).map_or(Gap::BREAK, |next| next.gap);
        Shape::of(self.digits.get(at..end)?, self.gap_before(at), after)
    }
}
