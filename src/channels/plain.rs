//! Answers as plain text, for the terminal and the JSON field `text`.

use super::{
    blocks::{Blocks, Quote},
    deployment::Deployment,
    wording::{self, in_script},
};
use crate::answer::Answer;

/// Renders an answer as plain text, in the asker's script.
///
/// If the first quote has a period, the first line contains it: 计划 or 已完成 with the year.
#[must_use]
pub fn render(answer: &Answer, deployment: &Deployment) -> String {
    let pieces = Blocks::new(answer, deployment);
    let mut blocks: Vec<String> = pieces.opening.into_iter().collect();
    blocks.extend(pieces.quotes.iter().map(quote));
    if !pieces.notices.is_empty() {
        blocks.push(pieces.notices.join("\n"));
    }
    if let Some(choices) = answer.check.as_deref().and_then(wording::typed_choices) {
        blocks.push(in_script(&choices, answer.script).into_owned());
    }
    if !pieces.suggestions.is_empty() {
        let line = wording::in_a_line(answer.status, &pieces.suggestions);
        blocks.push(in_script(&line, answer.script).into_owned());
    }
    blocks.join("\n\n")
}

fn quote(quote: &Quote<'_>) -> String {
    let label = quote.label.as_deref().unwrap_or_default();
    let mut block = format!("{label}{}\n—— {}", quote.text, quote.source);
    if let Some(link) = &quote.link {
        block.push('\n');
        block.push_str(link);
    }
    block
}
