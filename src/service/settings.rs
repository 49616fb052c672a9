//! Settings of the service.

use super::request::Caller;

/// What the service needs to know.
#[derive(Debug, Clone)]
pub struct ServiceSettings {
    /// Questions a caller may ask within a minute.
    pub questions_per_minute: u32,
    /// Searches and earlier questions are cut off after this many characters, like questions.
    pub question_chars: usize,
    /// Who may give the commands of administrators.
    pub administrators: Vec<Caller>,
    /// The calendar year; `None` takes it from the clock.
    pub this_year: Option<i32>,
}

impl Default for ServiceSettings {
    fn default() -> Self {
        Self {
            questions_per_minute: 20,
            question_chars: 500,
            administrators: Vec::new(),
            this_year: None,
        }
    }
}
