//! Ranges of numbers, cut where the thresholds of a rule file lie.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Which side of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Side {
    Before,
    After,
}

/// A place between numbers, just before or just after one. Cuts are ordered along the line of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cut(Decimal, Side);

impl Cut {
    /// Just before `number`, which lies above the cut.
    #[must_use]
    pub const fn before(number: Decimal) -> Self {
        Self(number, Side::Before)
    }

    /// Just after `number`, which lies below the cut.
    #[must_use]
    pub const fn after(number: Decimal) -> Self {
        Self(number, Side::After)
    }

    /// The number beside the cut.
    #[must_use]
    pub const fn number(self) -> Decimal {
        self.0
    }

    /// True if the number beside the cut lies above it.
    #[must_use]
    pub const fn is_before(self) -> bool {
        matches!(self.1, Side::Before)
    }
}

/// All numbers between two cuts; never empty. `None` for an end that is open for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Interval {
    from: Option<Cut>,
    to: Option<Cut>,
}

/// An interval as it is stored.
type Ends = (Option<Cut>, Option<Cut>);

impl Interval {
    /// All numbers.
    pub const ALL: Self = Self {
        from: None,
        to: None,
    };

    /// The numbers between two cuts; `None` when there are none.
    #[must_use]
    pub fn between(from: Option<Cut>, to: Option<Cut>) -> Option<Self> {
        let empty = matches!((from, to), (Some(from), Some(to)) if from >= to);
        (!empty).then_some(Self { from, to })
    }

    /// One number alone.
    #[must_use]
    pub const fn point(number: Decimal) -> Self {
        Self {
            from: Some(Cut::before(number)),
            to: Some(Cut::after(number)),
        }
    }

    /// `low`, `high` and what lies between; `None` when `low` is the larger.
    #[must_use]
    pub fn closed(low: Decimal, high: Decimal) -> Option<Self> {
        Self::between(Some(Cut::before(low)), Some(Cut::after(high)))
    }

    /// Everything above `cut`.
    #[must_use]
    pub const fn above(cut: Cut) -> Self {
        Self {
            from: Some(cut),
            to: None,
        }
    }

    /// Everything below `cut`.
    #[must_use]
    pub const fn below(cut: Cut) -> Self {
        Self {
            from: None,
            to: Some(cut),
        }
    }

    /// The lower end.
    #[must_use]
    pub const fn from(&self) -> Option<Cut> {
        self.from
    }

    /// The upper end.
    #[must_use]
    pub const fn to(&self) -> Option<Cut> {
        self.to
    }

    /// The number, if it holds a single one.
    #[must_use]
    pub fn as_point(&self) -> Option<Decimal> {
        let number = self.from?.number();
        (*self == Self::point(number)).then_some(number)
    }

    /// True if all of `other` lies within.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.overlap(other) == Some(*other)
    }

    /// What both have; `None` when that is nothing.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Option<Self> {
        let from = self.from.max(other.from); // `None` is the smallest: open below
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self::between(from, to)
    }

    /// The same whole numbers with an end on each of the outermost two: more than 79 and less than 90 is
    /// 80 to 89. `None` when no whole number lies within.
    ///
    /// Two such intervals of the same whole numbers are equal.
    #[must_use]
    pub fn whole(&self) -> Option<Self> {
        let lowest = |cut: Cut| match cut.1 {
            Side::Before => cut.0.ceil(),
            Side::After => cut.0.floor() + Decimal::ONE,
        };
        let highest = |cut: Cut| match cut.1 {
            Side::Before => cut.0.ceil() - Decimal::ONE,
            Side::After => cut.0.floor(),
        };
        Self::between(
            self.from.map(|cut| Cut::before(lowest(cut))),
            self.to.map(|cut| Cut::after(highest(cut))),
        )
    }

    /// The parts into which `cuts` divide all numbers, in order. Any order and repetition will do.
    pub(crate) fn parts(cuts: impl IntoIterator<Item = Cut>) -> Vec<Self> {
        let mut cuts: Vec<Cut> = cuts.into_iter().collect();
        cuts.sort_unstable();
        cuts.dedup();
        let lower = std::iter::once(None).chain(cuts.iter().copied().map(Some));
        let upper = cuts.iter().copied().map(Some).chain([None]);
        let parts = lower.zip(upper);
        parts
            .filter_map(|(from, to)| Self::between(from, to))
            .collect()
    }
}

impl TryFrom<Ends> for Interval {
    type Error = EmptyInterval;

    fn try_from((from, to): Ends) -> Result<Self, EmptyInterval> {
        Self::between(from, to).ok_or(EmptyInterval)
    }
}

impl From<Interval> for Ends {
    fn from(interval: Interval) -> Self {
        (interval.from, interval.to)
    }
}

/// What was stored as an interval holds no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an interval without a number")]
pub struct EmptyInterval;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(n: i64) -> Decimal {
        Decimal::new(n, 1)
    }

    fn interval() -> impl Strategy<Value = Interval> {
        let cut = || {
            prop::option::of((-40i64..40, any::<bool>()).prop_map(|(n, before)| {
                if before {
                    Cut::before(number(n))
                } else {
                    Cut::after(number(n))
                }
            }))
        };
        (cut(), cut()).prop_filter_map("empty", |(from, to)| Interval::between(from, to))
    }

    fn holds(interval: &Interval, number: Decimal) -> bool {
        interval.contains(&Interval::point(number))
    }

    #[test]
    fn whole_numbers_above_79_and_below_90_are_80_to_89() {
        let open = Interval::between(
            Some(Cut::after(Decimal::from(79))),
            Some(Cut::before(Decimal::from(90))),
        );
        let closed = Interval::closed(Decimal::from(80), Decimal::from(89));
        assert_eq!(open.and_then(|open| open.whole()), closed);
    }

    #[test]
    fn nothing_lies_between_neighbours_in_wrong_order() {
        assert_eq!(Interval::closed(number(2), number(1)), None);
        let half = Interval::between(Some(Cut::after(number(0))), Some(Cut::before(number(10))));
        assert_eq!(half.expect("0 < 1").whole(), None);
        assert!(serde_json::from_str::<Interval>(r#"[["2","Before"],["1","After"]]"#).is_err());
    }

    proptest! {
        #[test]
        fn overlap_holds_what_both_hold(a in interval(), b in interval(), n in -45i64..45) {
            let n = number(n);
            let both = a.overlap(&b).is_some_and(|both| holds(&both, n));
            prop_assert_eq!(both, holds(&a, n) && holds(&b, n));
        }

        #[test]
        fn whole_keeps_the_whole_numbers(a in interval(), n in -6i64..6) {
            let n = Decimal::from(n);
            prop_assert_eq!(a.whole().is_some_and(|whole| holds(&whole, n)), holds(&a, n));
        }

        #[test]
        fn parts_hold_every_number_once(cuts in prop::collection::vec(-40i64..40, 0..6), n in -45i64..45) {
            let parts = Interval::parts(cuts.into_iter().map(|cut| Cut::before(number(cut))));
            prop_assert_eq!(parts.iter().filter(|part| holds(part, number(n))).count(), 1);
        }

        #[test]
        fn what_is_stored_is_read(a in interval()) {
            let stored = serde_json::to_string(&a).expect("plain data");
            prop_assert_eq!(serde_json::from_str::<Interval>(&stored).expect("as written"), a);
        }
    }
}
