//! Sections, related passages and other texts.

use super::{
    medium::{Bytes, SOURCE, short},
    paging::{FOOT, Renderer, number, packed},
};
use crate::{
    answer::Script,
    assistant::{CitedSection, Snapshot},
    channels::{
        blocks::{GAP, pages, statement},
        wechat::{
            memory::{Choice, Reading},
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::{LibraryError, PassageId},
};

/// Maximum length of an excerpt under 相关内容, in bytes: about two sentences.
const EXCERPT: usize = 300;
/// Maximum number of passages under 相关内容.
const RELATED: usize = 5;

impl Renderer {
    /// The section that contains a passage, opened where the passage begins; `None` if there is no
    /// such passage (any more).
    pub(in crate::channels::wechat) fn section(
        &self,
        snapshot: &Snapshot,
        id: &PassageId,
        script: Script,
    ) -> Result<Option<Reading>, LibraryError> {
        let Some(cited) = snapshot.section(id)? else {
            return Ok(None);
        };
        let CitedSection {
            document,
            section,
            passages,
            ..
        } = cited;
        let head = wording::source(document, &section.path);
        let head = short(&in_script(&head, script), SOURCE);
        let room = self.bytes.saturating_sub(head.len() + GAP + FOOT);
        let texts = passages
            .iter()
            .map(|passage| (in_script(&passage.text, script), passage.id == *id));
        let (bodies, at) = pages(texts, room, &Bytes);
        let mut pages: Vec<String> = bodies
            .into_iter()
            .map(|body| format!("{head}\n\n{body}"))
            .collect();
        number(&mut pages, 1, script, words::MORE_OR_BACK, words::BACK);
        Ok(Some(Reading {
            at,
            ..Reading::new(pages, script)
        }))
    }

    /// Excerpts of passages, each with its citation and a number that opens its section; `None` if
    /// none of them is served any more.
    pub(in crate::channels::wechat) fn related(
        &self,
        snapshot: &Snapshot,
        passages: &[PassageId],
        script: Script,
    ) -> Result<Option<Reading>, LibraryError> {
        let mut entries = Vec::new();
        let mut choices = Vec::new();
        let found = snapshot.passages(passages, RELATED)?;
        for (n, (document, passage)) in found.into_iter().enumerate() {
            let label = wording::bracketed(&wording::passage_label(&passage)).unwrap_or_default();
            let excerpt = short(&in_script(statement(&passage), script), EXCERPT);
            let source = wording::source(document, &passage.path);
            let source = short(&in_script(&source, script), SOURCE);
            let label = in_script(&label, script);
            entries.push(format!("{}. {label}{excerpt}\n—— {source}", n + 1));
            choices.push(Choice::Section(passage.id.clone()));
        }
        if entries.is_empty() {
            return Ok(None);
        }
        entries.push(in_script(words::CHOOSE_SECTION, script).into_owned());
        let mut pages = packed(&entries, "\n\n", self.bytes.saturating_sub(FOOT));
        number(&mut pages, 1, script, words::MORE, "");
        Ok(Some(Reading {
            choices,
            ..Reading::new(pages, script)
        }))
    }

    /// Text other than answers, in pages of whole lines.
    pub(in crate::channels::wechat) fn text(&self, text: &str, script: Script) -> Reading {
        let text = in_script(text, script);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut pages = packed(&lines, "\n", self.bytes.saturating_sub(FOOT));
        number(&mut pages, 1, script, words::MORE, "");
        Reading::new(pages, script)
    }
}
