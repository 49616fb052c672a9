//! The message that answers a question.

use super::{
    check::check_keyboard,
    html::Html,
    message::{Rendered, keyboard},
    suggested::{named, suggested},
};
use crate::{
    answer::Answer,
    channels::{
        blocks::{Blocks, GAP, lay_out},
        deployment::Deployment,
        telegram::text::{LIMIT, escape, shortened, units},
        wording::{self, in_script},
    },
};

/// Budget of the opening, in UTF-16 units.
const OPENING: usize = 600;
/// Budget of an opening that no quote follows.
const ALONE: usize = 3000;
/// Budget of what a dialogue on who qualifies says: next to nothing stands beside it.
const CHECK: usize = 3600;
/// Budget of notices together, in UTF-16 units.
const TAIL: usize = 800;

/// The message for `answer`, in the asker's script.
///
/// If the first quote has a period, the first line contains it: 计划 or 已完成 with the year.
pub(in crate::channels::telegram) fn answer(answer: &Answer, deployment: &Deployment) -> Rendered {
    below(None, answer, deployment)
}

/// The message for `answer` to a question that was pressed, not typed: below a line that names it.
pub(in crate::channels::telegram) fn pressed_answer(
    question: &str,
    answer: &Answer,
    deployment: &Deployment,
) -> Rendered {
    below(Some(named(question, answer.script)), answer, deployment)
}

/// The message for `answer` below a first line in HTML.
fn below(first: Option<String>, answer: &Answer, deployment: &Deployment) -> Rendered {
    let contents = Blocks::new(answer, deployment);
    let opening = contents.opening.as_deref();
    let room = if answer.check.is_some() {
        CHECK
    } else if contents.quotes.is_empty() {
        ALONE
    } else {
        OPENING
    };
    let opening = opening.map(|opening| escape(&shortened(opening, room)));
    let tail = tail(&contents);
    let named = first.is_some();
    let mut blocks: Vec<String> = first.into_iter().chain(opening).collect();
    let around = blocks.iter().chain(&tail).map(|block| units(block) + GAP);
    let room = LIMIT - around.sum::<usize>();
    let html = Html {
        script: answer.script,
    };
    blocks.extend(lay_out(&contents.quotes, room, &html).blocks);
    if blocks.len() == usize::from(named) {
        blocks.push(escape(&in_script(wording::FAILED, answer.script)));
    }
    blocks.extend(tail);
    let mut keyboard = match &answer.check {
        Some(check) => check_keyboard(check, answer.script),
        None => keyboard(answer, deployment),
    };
    keyboard.extend(suggested(&contents.suggestions));
    Rendered {
        html: blocks.join("\n\n"),
        keyboard,
    }
}

/// Notices, escaped.
fn tail(contents: &Blocks<'_>) -> Option<String> {
    let notices = contents.notices.join("\n");
    (!notices.is_empty()).then(|| escape(&shortened(&notices, TAIL)))
}
