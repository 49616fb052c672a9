//! A question, as it is asked.

use time::Date;

/// What somebody asked, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// As typed, mention and command already removed by the channel.
    pub text: String,
    /// Earlier questions of the same conversation, oldest first.
    pub history: Vec<String>,
    /// At most this many citations; 0 stands for the default of three.
    pub limit: usize,
    /// The day that it is: of an older report the answer says which years 今年 and 去年 are, of a policy
    /// document whether it holds. `None` leaves that out.
    pub today: Option<Date>,
}

impl Question {
    /// A question on its own, without history.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}
