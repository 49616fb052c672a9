//! Why an answer could not be read.

/// Why an answer could not be read. The caller words what to say to the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// Nothing was said.
    #[error("a blank answer")]
    Blank,
    /// Neither yes nor no.
    #[error("neither yes nor no")]
    NeitherYesNorNo,
    /// A number was asked for, and there is none.
    #[error("no number")]
    NoNumber,
    /// Several numbers that make no range.
    #[error("several numbers")]
    SeveralNumbers,
    /// 大概80, 80左右, 快80: which side of a threshold is not certain.
    #[error("an approximate number")]
    Approximate,
    /// The number counts something else: 80斤 of an age.
    #[error("a number in another unit")]
    OtherUnit,
    /// 不是80: says what is not so.
    #[error("a negation")]
    Negated,
    /// Only whole numbers make sense.
    #[error("no whole number")]
    NotWhole,
    /// No day, month or year of the calendar.
    #[error("no date")]
    NoDate,
    /// None of the choices, or several of them.
    #[error("none of the choices, or several")]
    NoChoice,
}
