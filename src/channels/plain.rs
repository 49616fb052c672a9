//! An answer as plain text: the terminal, the JSON field `text`.

use super::wording::{self, Deployment, in_script};
use crate::{answer::Answer, corpus::Period};

/// The reply a person would read, in the asker's script.
///
/// The first line carries 计划 or 已完成 with the year when the first quote has a period.
#[must_use]
pub fn render(answer: &Answer, deployment: &Deployment) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let opening = wording::opening(answer, deployment);
    let has_opening = opening.is_some();
    blocks.extend(opening);
    for (n, citation) in answer.citations.iter().enumerate() {
        let label = wording::period_label(citation.period);
        let label = match citation.period {
            Period::Undated => String::new(),
            // The opening of a partial answer has already said it.
            _ if n == 0 && has_opening => String::new(),
            _ => format!("【{label}】"),
        };
        let mut block = format!(
            "{label}{}\n—— {}",
            citation.quote,
            wording::source_line(citation)
        );
        if let Some(link) = deployment.permalink(citation) {
            block.push('\n');
            block.push_str(&link);
        }
        blocks.push(block);
    }
    let notices: Vec<String> = answer.notices.iter().map(wording::notice).collect();
    if !notices.is_empty() {
        blocks.push(notices.join("\n"));
    }
    if !answer.suggestions.is_empty() {
        blocks.push(format!("您还可以问：{}", answer.suggestions.join("；")));
    }
    in_script(&blocks.join("\n\n"), answer.script).into_owned()
}
