//! A test of one variable, the atom of all rules.

use crate::{
    answer::{Answer, Answers},
    interval::{Cut, Interval},
    truth::Truth,
    variable::VariableId,
};

/// The values with which a test holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepts {
    /// Of `yes_no`: this answer.
    Is(bool),
    /// Of `one_of`: these values.
    Among(Vec<String>),
    /// Of a number or date: what lies within one of these, which do not overlap.
    Within(Vec<Interval>),
}

impl Accepts {
    /// Whether the test holds after `answer`. An answer of another kind decides nothing.
    #[must_use]
    pub fn truth(&self, answer: Option<&Answer>) -> Truth {
        match (self, answer) {
            (Self::Is(wanted), Some(Answer::YesNo(said))) => (wanted == said).into(),
            (Self::Among(values), Some(Answer::Choice(said))) => values.contains(said).into(),
            (Self::Within(ranges), Some(Answer::Range(said))) => {
                if ranges.iter().any(|range| range.contains(said)) {
                    Truth::True
                } else if ranges.iter().any(|range| range.overlap(said).is_some()) {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            _ => Truth::Unknown,
        }
    }

    /// Where the truth of the test changes along the line of numbers.
    pub(crate) fn cuts(&self) -> impl Iterator<Item = Cut> {
        let ranges = match self {
            Self::Within(ranges) => ranges.as_slice(),
            Self::Is(_) | Self::Among(_) => &[],
        };
        ranges
            .iter()
            .flat_map(|range| range.from().into_iter().chain(range.to()))
    }
}

/// A test of one variable, with the words of the document that demand it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What is tested.
    pub variable: VariableId,
    /// The values with which it holds.
    pub accepts: Accepts,
    /// The words of the document.
    pub quote: String,
}

impl Test {
    /// Whether it holds, as far as is known.
    #[must_use]
    pub fn truth(&self, answers: &Answers) -> Truth {
        self.accepts.truth(answers.get(&self.variable))
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn range(low: i64, high: i64) -> Interval {
        Interval::closed(Decimal::from(low), Decimal::from(high)).expect("low <= high")
    }

    #[test]
    fn a_range_decides_a_test_when_all_of_it_lies_on_one_side() {
        let test = Accepts::Within(vec![range(80, 89)]);
        let truth = |low, high| test.truth(Some(&Answer::Range(range(low, high))));
        assert_eq!(truth(80, 85), Truth::True);
        assert_eq!(truth(79, 85), Truth::Unknown);
        assert_eq!(truth(90, 99), Truth::False);
        assert_eq!(test.truth(None), Truth::Unknown);
        assert_eq!(test.truth(Some(&Answer::DontKnow)), Truth::Unknown);
    }

    #[test]
    fn a_range_with_a_hole_is_decided_beside_the_hole() {
        let three = Decimal::from(3);
        let other = Accepts::Within(vec![
            Interval::below(Cut::before(three)),
            Interval::above(Cut::after(three)),
        ]);
        let truth = |low, high| other.truth(Some(&Answer::Range(range(low, high))));
        assert_eq!(
            [truth(1, 2), truth(2, 4), truth(3, 3)],
            [Truth::True, Truth::Unknown, Truth::False]
        );
    }
}
