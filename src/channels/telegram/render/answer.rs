//! The message that answers a question.

use super::{
    html::Html,
    message::{Rendered, keyboard},
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
/// Budget of notices and suggestions together, in UTF-16 units.
const TAIL: usize = 800;

/// The message for `answer`, in the asker's script.
///
/// If the first quote has a period, the first line contains it: 计划 or 已完成 with the year.
pub(in crate::channels::telegram) fn answer(answer: &Answer, deployment: &Deployment) -> Rendered {
    let contents = Blocks::new(answer, deployment);
    let opening = contents.opening.as_deref();
    let room = if contents.quotes.is_empty() {
        ALONE
    } else {
        OPENING
    };
    let opening = opening.map(|opening| escape(&shortened(opening, room)));
    let tail = tail(&contents, answer);
    let mut blocks: Vec<String> = opening.into_iter().collect();
    let around = blocks.iter().chain(&tail).map(|block| units(block) + GAP);
    let room = LIMIT - around.sum::<usize>();
    let html = Html {
        script: answer.script,
    };
    blocks.extend(lay_out(&contents.quotes, room, &html).blocks);
    if blocks.is_empty() {
        blocks.push(escape(&in_script(wording::FAILED, answer.script)));
    }
    blocks.extend(tail);
    Rendered {
        html: blocks.join("\n\n"),
        keyboard: keyboard(answer, deployment),
    }
}

/// Notices and suggestions, escaped.
fn tail(contents: &Blocks<'_>, answer: &Answer) -> Option<String> {
    let mut blocks = Vec::new();
    if !contents.notices.is_empty() {
        blocks.push(contents.notices.join("\n"));
    }
    if !contents.suggestions.is_empty() {
        let line = wording::in_a_line(answer.status, &contents.suggestions);
        blocks.push(in_script(&line, answer.script).into_owned());
    }
    (!blocks.is_empty()).then(|| escape(&shortened(&blocks.join("\n\n"), TAIL)))
}
