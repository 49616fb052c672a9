//! Variables: what is asked of people.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names a variable across rule files: a shared one by its name, any other by document, benefit
/// and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VariableId(pub(crate) String);

impl fmt::Display for VariableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of answer a variable takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `yes_no`: 是 or 不是.
    YesNo,
    /// `years`: completed years, a whole number; a person of 82 years and 11 months is 82.
    Years {
        /// 岁 or 年.
        unit: String,
    },
    /// `number`: an exact decimal.
    Number {
        /// What is counted: 亩, 口人, 元, 万元.
        unit: String,
        /// True if only whole numbers make sense.
        whole: bool,
    },
    /// `one_of`: one of these values, in the order of the file.
    OneOf(Vec<String>),
    /// `date`: a day, computed with as the number of its day
    /// ([`time::Date::to_julian_day`]).
    Date,
}

impl Kind {
    /// True if only whole numbers make sense.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        match self {
            Self::Years { .. } | Self::Date => true,
            Self::Number { whole, .. } => *whole,
            Self::YesNo | Self::OneOf(_) => false,
        }
    }

    /// The unit of a number; `None` for what is no number.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::Years { unit } | Self::Number { unit, .. } => Some(unit),
            Self::YesNo | Self::OneOf(_) | Self::Date => None,
        }
    }
}

/// Words by which a variable is heard in a question; none of them is needed to ask it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cues {
    /// `yes`: phrases that say yes (农村户口).
    pub yes: Vec<String>,
    /// `no`: phrases that say no (城镇户口).
    pub no: Vec<String>,
    /// `hear`: words one of which must stand in the clause of a number before it counts (住, 收入).
    pub hear: Vec<String>,
    /// `also`: a value of `one_of` and another word for it.
    pub also: Vec<(String, String)>,
}

/// What is asked of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Names it across rule files.
    pub id: VariableId,
    /// Its name in the file, which is ASCII.
    pub name: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question in Chinese; `{person}` stands for who is judged.
    pub ask: String,
    /// A word or two for reading an answer back (年龄).
    pub label: Option<String>,
    /// True if it is asked last, and never in a group.
    pub private: bool,
    /// Words by which it is heard.
    pub cues: Cues,
    /// True if its wording is that of the shared vocabulary.
    pub is_shared_wording: bool,
}

impl Variable {
    /// The question, with `person` for who is judged.
    #[must_use]
    pub fn asked_of(&self, person: &str) -> String {
        self.ask.replace("{person}", person)
    }
}
