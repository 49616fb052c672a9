//! From answers to a verdict.

use crate::{
    answer::Answers,
    model::Requirement,
    outcome::{Line, Mark, Met, Outcome, Quote, Validity, Verdict},
    payment,
    question::{self, Purpose},
    rules::Rules,
    truth::Truth,
};

impl Rules {
    /// Judges `answers`. The rules run only while the document is in force.
    ///
    /// One condition that does not hold, or one exclusion that does, decides [`Outcome::NotMet`], whatever
    /// else is unknown. [`Outcome::Met`] comes out only when nothing that is unknown could change it, and
    /// carries what no rule has checked.
    #[must_use]
    pub fn judge(&self, answers: &Answers, validity: Validity) -> Verdict {
        let outcome = match validity {
            Validity::InForce => self.outcome(answers),
            Validity::Expired => Outcome::Expired,
            Validity::NotYetEffective => Outcome::NotYetEffective,
            Validity::Replaced => Outcome::Replaced,
        };
        let lines = match validity {
            Validity::InForce => self.lines(answers),
            Validity::Expired | Validity::NotYetEffective | Validity::Replaced => Vec::new(),
        };
        let amount = payment::amount(self, answers, &outcome);
        Verdict {
            outcome,
            lines,
            amount,
        }
    }

    fn outcome(&self, answers: &Answers) -> Outcome {
        let failed = |one: &&Requirement| one.passed(answers) == Truth::False;
        if let Some(one) = self.requirements.iter().find(failed) {
            return Outcome::NotMet {
                by: one.id.clone(),
                quotes: self.deciding_quotes(one, answers),
            };
        }
        match self.passed(answers) {
            Truth::True => {
                let left = self.left_to_office().map(|clause| self.quote(clause));
                Outcome::Met(Met::new(self.requirements.len(), left.collect()))
            }
            Truth::Unknown | Truth::False => Outcome::Undecided {
                asks: question::next_variable(self, answers, Purpose::OutcomeAndAmount).cloned(),
            },
        }
    }

    fn lines(&self, answers: &Answers) -> Vec<Line> {
        let required = self.requirements.iter().map(|one| Line {
            id: Some(one.id.clone()),
            role: Some(one.role),
            mark: one.passed(answers).into(),
            quotes: self.deciding_quotes(one, answers),
        });
        let left = self.left_to_office().map(|clause| Line {
            id: None,
            role: None,
            mark: Mark::LeftToOffice,
            quotes: vec![self.quote(clause)],
        });
        required.chain(left).collect()
    }

    /// The quotes of the tests that hold, if one does, and of all otherwise: of 具有户籍 or 居住满3年 the one
    /// that is so.
    fn deciding_quotes(&self, one: &Requirement, answers: &Answers) -> Vec<Quote> {
        let held = one.any.iter();
        let mut quotes: Vec<&str> = held
            .filter(|test| test.truth(answers) == Truth::True)
            .map(|test| test.quote.as_str())
            .collect();
        if quotes.is_empty() {
            quotes = one.any.iter().map(|test| test.quote.as_str()).collect();
        }
        quotes.dedup();
        quotes.into_iter().map(|text| self.quote(text)).collect()
    }
}
