//! Who qualifies, by the rules of a snapshot.

use time::Date;
use wenzheng_rules::Validity;

use super::snapshot::Snapshot;
use crate::{
    answer::Answer,
    corpus::LibraryError,
    eligibility::{self, Asked, Dialogue, Said, Step, Subject},
};

impl Snapshot {
    /// What `question` asks to be judged on `today`, see [`eligibility::asked()`].
    #[must_use]
    pub fn asked(&self, question: &str, history: &[String], today: Date) -> Option<Asked> {
        eligibility::asked((&self.retriever, self.rules()), question, history, today)
    }

    /// Whether the rules run on `today`, see [`eligibility::runs_on()`].
    #[must_use]
    pub fn runs(&self, subject: &Subject, today: Date) -> Validity {
        eligibility::runs_on(&self.retriever, subject, today)
    }

    /// What a dialogue says to a reply, see [`Dialogue::hear`].
    pub fn heard(&self, dialogue: &mut Dialogue, said: Said, in_group: bool) -> Option<Step> {
        dialogue.hear(&self.retriever, said, in_group)
    }

    /// What a dialogue says, as an answer, see [`eligibility::present()`].
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn said(
        &self,
        said: (&Dialogue, &Step),
        handle: Option<String>,
        question: (&str, Date),
    ) -> Result<Answer, LibraryError> {
        eligibility::present(&self.retriever, said, None, handle, question)
    }

    /// The answer to a button of a step that is over.
    #[must_use]
    pub fn said_of_old_buttons(&self, today: Date) -> Answer {
        eligibility::over(&self.retriever, today)
    }

    /// How far the result is with what a question or the name of a benefit says and with `answers`, and which of these were
    /// not understood, see [`eligibility::judged_once()`].
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn judged(
        &self,
        question: (&str, &[String]),
        answers: &[(String, String)],
        today: Date,
    ) -> Result<Option<(Answer, Vec<String>)>, LibraryError> {
        let rules = (&self.retriever, self.rules());
        eligibility::judged_once(rules, question, answers, today)
    }

    /// As [`Self::judged`], of what `about` names: a benefit, or a question that asks to be judged.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn judged_by_name(
        &self,
        about: &str,
        answers: &[(String, String)],
        today: Date,
    ) -> Result<Option<(Answer, Vec<String>)>, LibraryError> {
        let rules = (&self.retriever, self.rules());
        let asked = eligibility::asked(rules, about, &[], today);
        let asked = asked.or_else(|| eligibility::asked_by_name(rules, about, today));
        let asked = asked.as_ref();
        asked
            .map(|asked| eligibility::judged(&self.retriever, asked, answers, (about, today)))
            .transpose()
    }
}
