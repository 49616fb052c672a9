//! What a rule file says: requirements, amounts, scenarios.

use rust_decimal::Decimal;
use time::Date;

use crate::{answer::Answers, test::Test, truth::Truth, variable::VariableId};

/// Whether a requirement lets people in or keeps them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `condition`: has to hold.
    Condition,
    /// `exclusion`: must not hold.
    Exclusion,
}

/// One line of the result: a condition or an exclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// A word or two in Chinese that name it.
    pub id: String,
    /// Condition or exclusion.
    pub role: Role,
    /// The tests, of which one has to hold (and for an exclusion, none may); never empty.
    pub any: Vec<Test>,
}

impl Requirement {
    /// True for a condition.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        self.role == Role::Condition
    }

    /// Whether the person passes: a condition holds, an exclusion does not.
    #[must_use]
    pub fn passed(&self, answers: &Answers) -> Truth {
        let holds = Truth::any(self.any.iter().map(|test| test.truth(answers)));
        match self.role {
            Role::Condition => holds,
            Role::Exclusion => !holds,
        }
    }
}

/// An amount, and when it is paid. The first row that holds counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// All of these have to hold; none for an amount that is always paid.
    pub when: Vec<Test>,
    /// What is paid.
    pub pays: Pays,
    /// The words of the document.
    pub quote: String,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pays {
    /// `pays`: a fixed amount, in words (每人每月50元).
    Fixed(String),
    /// `rate`: an amount for each unit of a variable.
    Rate(Rate),
}

/// An amount for each unit of a variable, or a share of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// As the file writes it: 200元/亩, 70%.
    pub text: String,
    /// By which the quantity is multiplied: 200, 0.7.
    pub factor: Decimal,
    /// The unit of the sum: 元.
    pub unit: String,
    /// The variable that is multiplied.
    pub of: VariableId,
    /// The most that is paid, or the most that counts.
    pub cap: Option<Cap>,
}

/// An upper limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// As the file writes it: 2000元, 10亩.
    pub text: String,
    /// The number.
    pub limit: Decimal,
    /// True if it limits the quantity (10亩), false if the sum (2000元).
    pub is_of_quantity: bool,
}

/// Who has signed the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The office.
    pub by: String,
    /// The day.
    pub on: Date,
}

/// What an official expects of given answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its line in the file, counted from 1.
    pub line: usize,
    /// The answers.
    pub given: Answers,
    /// The day on which it is judged; `None` for a day on which the document is in force.
    pub on: Option<Date>,
    /// What should come out.
    pub expect: Expected,
}

/// What should come out of a scenario. What is `None` may be anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// `met`, `not_met`, `undecided`, `expired`, `not_yet_effective` or `replaced`.
    pub outcome: String,
    /// The amount in words, or the sum (2400元).
    pub amount: Option<String>,
    /// How many clauses are left to the office.
    pub judged: Option<usize>,
    /// The id of the requirement that is not met.
    pub by: Option<String>,
    /// The name of the variable that is asked next.
    pub asks: Option<String>,
}
