//! Suggested questions: the buttons that ask them, and the line that names one in its reply.

use super::message::{Button, ButtonKind};
use crate::{
    answer::Script,
    channels::{
        telegram::{
            callback::Suggested,
            text::{escape, shortened, units},
            wording as words,
        },
        wording::in_script,
    },
};

/// Maximum length of a label, in UTF-16 units. A longer question gets no button: cut, it would be
/// another one.
const LABEL: usize = 100;
/// Maximum length of a question named in its reply, in UTF-16 units.
const NAMED: usize = 200;

/// A row for each question. The label is the question: it is read back from there.
pub(super) fn suggested(questions: &[String]) -> Vec<Vec<Button>> {
    let questions = questions.iter().map(|question| question.trim());
    let fitting = questions.filter(|question| (1..=LABEL).contains(&units(question)));
    Suggested::all()
        .zip(fitting)
        .map(|(suggested, question)| {
            vec![Button {
                label: question.to_owned(),
                kind: ButtonKind::Suggested(suggested),
            }]
        })
        .collect()
}

/// The line above the reply to a question that was pressed.
pub(super) fn named(question: &str, script: Script) -> String {
    let line = format!("{}{question}", in_script(words::ASKED, script));
    escape(&shortened(&line, NAMED))
}
