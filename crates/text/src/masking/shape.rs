//! How people break numbers into groups: 138-1234-5678, 6217 0012 3456 7890.

use super::digit::{Digit, Gap, LOOSE};

/// The groups of a number, and what surrounds it.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    digits: &'a [Digit],
    /// Digits of each group; 20 at most.
    lengths: Vec<usize>,
    /// What stands between the groups, taken together.
    gaps: Gap,
    /// True if it is the same everywhere.
    uniform: bool,
    /// What stands before and after, as far as more digits follow there.
    pub(super) before: Gap,
    after: Gap,
}

impl<'a> Shape<'a> {
    /// The shape of `digits`; none if something stands among them that no number has inside.
    pub(super) fn of(digits: &'a [Digit], before: Gap, after: Gap) -> Option<Self> {
        let (mut lengths, mut gaps, mut uniform) = (vec![1], Gap::NONE, true);
        for digit in digits.get(1..)? {
            match lengths.last_mut() {
                Some(length) if digit.gap == Gap::NONE => *length += 1,
                _ => {
                    uniform &= gaps == Gap::NONE || gaps == digit.gap;
                    gaps = gaps.and(digit.gap);
                    lengths.push(1);
                }
            }
        }
        gaps.within(LOOSE.and(Gap::DOT).and(Gap::OTHER).and(Gap::BRACKET))
            .then_some(Self {
                digits,
                lengths,
                gaps,
                uniform,
                before,
                after,
            })
    }

    /// True if nothing stands between the digits.
    pub(super) fn is_joined(&self) -> bool {
        self.lengths.len() == 1
    }

    /// True for the groups of a mobile number.
    pub(super) fn is_phone(&self) -> bool {
        let usual = matches!(*self.lengths, [3, 4, 4] | [3, 8]);
        if self.is_joined() {
            return true;
        }
        if !self.gaps.within(LOOSE.and(Gap::BRACKET)) {
            // 138.1234.5678 and nothing like it on either side: versions have dots as well.
            let usual = usual || *self.lengths == [4, 3, 4];
            return usual && self.uniform && !self.is_part_of_more();
        }
        if usual {
            return self.before == Gap::SPACE || self.before != self.gaps;
        }
        if !self.uniform || self.is_round(2) {
            return false;
        }
        let rare = self.lengths[0] == 3 || self.lengths.starts_with(&[2; 5]) || self.is_spelt();
        match *self.lengths {
            [3, 3, 5] | [3, 5, 3] | [3, 2, 2, 2, 2] => true,
            [7, 4] | [4, 3, 4] | [5, 6] | [6, 5] | [1, 10] | [1, 2, 4, 4] => true,
            [4, 4, 3] => !self.has_years(),
            _ => rare && !self.is_round(1) && !self.is_part_of_more(),
        }
    }

    /// True for the groups of a bank card: of four digits, or six first; single digits.
    pub(super) fn is_card(&self) -> bool {
        let Some((last, groups)) = self.lengths.split_last() else {
            return false;
        };
        let six_two = value(&self.digits[..2]) == 62;
        let usual = matches!(groups.first(), Some(4 | 6 | 8)) || six_two;
        let long = groups.iter().all(|group| *group >= 3) && *last <= 13;
        self.is_joined()
            || (self.gaps.within(LOOSE)
                && self.uniform
                && !(self.is_round(2) && self.lengths.iter().all(|length| *length < 6))
                && (usual && long || self.is_spelt())
                && (self.before == Gap::SPACE || !self.is_part_of_more()))
    }

    /// True for the groups of an identity card whose check digit does not speak for it: region, day of
    /// birth and the rest; fours; single digits.
    pub(super) fn is_identity(&self) -> bool {
        let fours = self.lengths.iter().rev().skip(1).all(|length| *length == 4);
        let loose = self.gaps.within(LOOSE);
        self.is_joined()
            || loose && (fours || self.breaks_at(6) || self.is_spelt()) && (!self.is_part_of_more())
    }

    /// True if every group is a single digit.
    fn is_spelt(&self) -> bool {
        self.lengths.len() == self.digits.len()
    }

    fn breaks_at(&self, place: usize) -> bool {
        self.digits.get(place).is_some_and(|d| d.gap != Gap::NONE)
    }

    /// True if more digits stand beside it in the same manner.
    fn is_part_of_more(&self) -> bool {
        self.before == self.gaps || self.after == self.gaps
    }

    /// True if every group ends in so many zeros (3000 4000 5000 6000).
    fn is_round(&self, zeros: usize) -> bool {
        self.groups().all(|group| {
            let end = group.len().checked_sub(zeros);
            end.is_some_and(|end| end > 0 && group[end..].iter().all(|d| d.value == 0))
        })
    }

    /// True if it begins with a span of years (1998-2003).
    fn has_years(&self) -> bool {
        let mut years = self.groups().take(2);
        years.all(|group| group.len() == 4 && (1949..2050).contains(&value(group)))
    }

    fn groups(&self) -> impl Iterator<Item = &'a [Digit]> {
        let mut rest = self.digits;
        self.lengths.iter().map(move |length| {
            let (group, behind) = rest.split_at(*length);
            rest = behind;
            group
        })
    }
}

/// The number that a few digits make.
fn value(digits: &[Digit]) -> u32 {
    let next = |n: u32, digit: &Digit| n.saturating_mul(10).saturating_add(u32::from(digit.value));
    digits.iter().fold(0, next)
}
