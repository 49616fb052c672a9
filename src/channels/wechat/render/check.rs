//! The pages of a dialogue on who qualifies.

use super::paging::Renderer;
use crate::{
    answer::{Answer, Check},
    channels::{
        blocks::Blocks,
        wechat::{
            memory::{Choice, Reading},
            wording as words,
        },
        wording::{in_script, typed_choices},
    },
};

impl Renderer {
    /// The pages of what a dialogue says. Numbers below a question are answers, which the service reads; those below a
    /// result are choices as below any answer.
    pub(super) fn check(&self, answer: &Answer, check: &Check, blocks: &Blocks<'_>) -> Reading {
        let script = answer.script;
        let choices = typed_choices(check);
        let mut lines: Vec<String> = blocks.opening.iter().cloned().collect();
        lines.extend(choices.map(|choices| in_script(&choices, script).into_owned()));
        let mut numbered = Vec::new();
        if !blocks.suggestions.is_empty() {
            let asked = blocks.suggestions.iter().enumerate();
            let asked = asked.map(|(n, question)| format!("{} {question}", n + 1));
            lines.push(asked.collect::<Vec<_>>().join("\n"));
            numbered.extend(blocks.suggestions.iter().cloned().map(Choice::Ask));
        } else if let Some(first) = answer.citations.first() {
            let section = words::choice(1, words::SECTION);
            lines.push(in_script(&section, script).into_owned());
            numbered.push(Choice::Section(first.passage_id.clone()));
        }
        Reading {
            choices: numbered,
            ..self.text(&lines.join("\n\n"), script)
        }
    }
}
