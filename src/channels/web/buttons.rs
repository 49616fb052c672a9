//! What can be pressed in a dialogue on who qualifies, and where its quotes stand.

use serde::Serialize;
use utoipa::ToSchema;

use super::{press::Press, wording};
use crate::{
    answer::{Answer, Check, Script},
    channels::{
        deployment::Deployment,
        permalink,
        wording::{buttons, in_script},
    },
};

/// The buttons of a dialogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Buttons {
    /// True for what was said within a dialogue: it is no question for others to follow on.
    pub(super) within: bool,
    /// Answers to the question.
    pub(super) choices: Vec<Choice>,
    /// What else can be done.
    pub(super) controls: Vec<Choice>,
}

/// A button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Choice {
    /// 是, 80–89岁, 停
    pub(super) label: String,
    /// To be sent as `pick`.
    pub(super) pick: String,
}

impl Buttons {
    /// Those below what is said.
    pub(super) fn new(check: &Check, script: Script) -> Self {
        let all = buttons(check);
        let choice = |(label, pick): (String, String)| Choice {
            label: in_script(&label, script).into_owned(),
            pick,
        };
        Self {
            within: !check.is_first,
            choices: all.choices.into_iter().map(choice).collect(),
            controls: all.controls.into_iter().map(choice).collect(),
        }
    }

    /// True when there is nothing to press.
    pub(super) fn is_empty(&self) -> bool {
        self.choices.is_empty() && self.controls.is_empty()
    }

    /// One of everything, without text.
    pub(super) fn blank() -> Self {
        Self {
            within: false,
            choices: vec![Choice::default()],
            controls: vec![Choice::default()],
        }
    }
}

/// The pages on which the quotes of a result stand, one a section.
pub(super) fn originals(answer: &Answer, deployment: &Deployment) -> Vec<Press> {
    let mut pages: Vec<Press> = Vec::new();
    let cited = answer.citations.iter().filter(|_| answer.check.is_some());
    for citation in cited {
        let section = citation.path.last().unwrap_or(&citation.document_title);
        let text = wording::original_of(section);
        let text = in_script(&text, answer.script).into_owned();
        if !pages.iter().any(|page| page.text == text) {
            pages.push(Press {
                text,
                href: deployment.path(&permalink::of_citation(citation)),
            });
        }
    }
    pages
}
