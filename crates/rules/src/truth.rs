//! Kleene's strong logic of three values: what is not known stays unknown until it cannot matter.

/// Whether something holds, as far as is known.
///
/// The order is `False < Unknown < True`, so that *and* is the smaller and *or* the larger of two
/// (S. C. Kleene, *Introduction to Metamathematics*, 1952, § 64).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold, whatever else becomes known.
    False,
    /// It depends on what is not known.
    Unknown,
    /// It holds, whatever else becomes known.
    True,
}

impl Truth {
    /// True when all hold; `True` for none.
    #[must_use]
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().min().unwrap_or(Self::True)
    }

    /// True when one holds; `False` for none.
    #[must_use]
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().max().unwrap_or(Self::False)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    const EACH: [Truth; 3] = [False, Unknown, True];

    #[test]
    fn one_false_decides_a_conjunction_and_one_true_a_disjunction() {
        assert_eq!(Truth::all([Unknown, False, True]), False);
        assert_eq!(Truth::any([Unknown, False, True]), True);
        assert_eq!(Truth::all([Unknown, True]), Unknown);
        assert_eq!(Truth::any([Unknown, False]), Unknown);
    }

    #[test]
    fn de_morgan_holds() {
        for a in EACH {
            for b in EACH {
                assert_eq!(!Truth::all([a, b]), Truth::any([!a, !b]));
                assert_eq!(!!a, a);
            }
        }
    }
}
