//! Answers, which are all that a dialogue has to keep.

use serde::{Deserialize, Serialize};

use crate::{interval::Interval, variable::VariableId};

/// What somebody says of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// Of `yes_no`.
    YesNo(bool),
    /// Of `one_of`: the value.
    Choice(String),
    /// Of a number or date: the numbers among which the right one is. Whole numbers have an end on the
    /// outermost two ([`Interval::whole`]).
    Range(Interval),
    /// The person does not know. The variable stays unknown and is not asked again.
    DontKnow,
}

/// The answers given so far: a plain value, which the caller keeps for minutes and logs nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// In the order in which they were given.
    given: Vec<(VariableId, Answer)>,
}

impl Answers {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes `answer`, in place of an earlier one.
    pub fn give(&mut self, variable: VariableId, answer: Answer) {
        self.forget(&variable);
        self.given.push((variable, answer));
    }

    /// What was said of `variable`.
    #[must_use]
    pub fn get(&self, variable: &VariableId) -> Option<&Answer> {
        let mut given = self.given.iter();
        given
            .find(|(known, _)| known == variable)
            .map(|(_, answer)| answer)
    }

    /// Takes one answer back (改).
    pub fn forget(&mut self, variable: &VariableId) {
        self.given.retain(|(known, _)| known != variable);
    }

    /// Takes the last answer back and returns it.
    pub fn undo(&mut self) -> Option<(VariableId, Answer)> {
        self.given.pop()
    }

    /// All answers, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&VariableId, &Answer)> {
        self.given
            .iter()
            .map(|(variable, answer)| (variable, answer))
    }
}

impl FromIterator<(VariableId, Answer)> for Answers {
    fn from_iter<T: IntoIterator<Item = (VariableId, Answer)>>(given: T) -> Self {
        let mut answers = Self::new();
        for (variable, answer) in given {
            answers.give(variable, answer);
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_answer_takes_the_place_of_an_earlier_one_and_can_be_taken_back() {
        let id = |name: &str| VariableId(name.to_owned());
        let mut answers = Answers::new();
        answers.give(id("a"), Answer::YesNo(true));
        answers.give(id("b"), Answer::DontKnow);
        answers.give(id("a"), Answer::YesNo(false));
        assert_eq!(answers.get(&id("a")), Some(&Answer::YesNo(false)));
        assert_eq!(answers.undo(), Some((id("a"), Answer::YesNo(false))));
        assert_eq!(answers.iter().count(), 1);
        let stored = serde_json::to_string(&answers).expect("plain data");
        assert_eq!(
            serde_json::from_str::<Answers>(&stored).expect("as written"),
            answers
        );
    }
}
