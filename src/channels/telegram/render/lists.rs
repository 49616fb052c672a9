//! The lists behind 更多相关 and 相关用语.

use super::{
    html::SOURCE,
    message::{Button, Rendered, button},
};
use crate::{
    answer::Script,
    assistant::Snapshot,
    channels::{
        blocks::statement,
        telegram::{
            callback::Action,
            text::{bold, escape, shortened},
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::{DocumentInfo, LibraryError, PassageAt, PassageId, Term},
};

/// Maximum length of an excerpt under 更多相关, in UTF-16 units: about two sentences.
const EXCERPT: usize = 160;
/// Maximum number of passages under 更多相关.
const MORE: usize = 5;
/// Maximum length of a definition under 相关用语, in UTF-16 units; nearly all fit in full.
const DEFINITION: usize = 500;
/// Maximum number of terms under 相关用语.
const TERMS: usize = 6;

/// 更多相关: excerpts of the passages, each with a button that opens its section. `None` if none of
/// them is served any more.
pub(in crate::channels::telegram) fn related(
    snapshot: &Snapshot,
    passages: &[PassageId],
    script: Script,
) -> Result<Option<Rendered>, LibraryError> {
    let mut blocks = Vec::new();
    let mut buttons = Vec::new();
    let found = snapshot.passages(passages, MORE)?;
    for (n, (document, passage)) in found.into_iter().enumerate() {
        let label = wording::bracketed(&wording::passage_label(&passage)).unwrap_or_default();
        let head = in_script(&format!("{}.{label}", n + 1), script).into_owned();
        let stated = in_script(statement(&passage), script);
        let excerpt = escape(&shortened(&stated, EXCERPT));
        let source = wording::source(document, &passage.path);
        let source = escape(&shortened(&in_script(&source, script), SOURCE));
        blocks.push(format!("{}\n{excerpt}\n—— {source}", bold(&head)));
        let label = format!("{} {}", words::SECTION, n + 1);
        buttons.push(button(&label, Action::Section, &passage.id, script));
    }
    Ok((!blocks.is_empty()).then(|| Rendered {
        html: blocks.join("\n\n"),
        keyboard: buttons.chunks(2).map(<[Button]>::to_vec).collect(),
    }))
}

/// True if 相关用语 has something to show for a passage.
pub(in crate::channels::telegram) fn has_terms(
    snapshot: &Snapshot,
    id: &PassageId,
) -> Result<bool, LibraryError> {
    let found = snapshot.find(id)?;
    Ok(found.is_some_and(|(document, at)| used_in(document, at).next().is_some()))
}

/// The glossary entries that a passage uses, other than itself, in glossary order.
fn used_in(document: &DocumentInfo, at: PassageAt) -> impl Iterator<Item = &Term> {
    let at = at.passage;
    let terms = document.terms.iter();
    terms.filter(move |term| at != term.passage && term.used_in.contains(&at))
}

/// 相关用语: the definitions of the terms in a passage, each with a button that opens its entry. `None`
/// if there is no such passage (any more) or it uses no term.
pub(in crate::channels::telegram) fn terms(
    snapshot: &Snapshot,
    id: &PassageId,
    script: Script,
) -> Result<Option<Rendered>, LibraryError> {
    let Some((document, at)) = snapshot.find(id)? else {
        return Ok(None);
    };
    let mut blocks = vec![escape(&in_script(words::TERMS_HEAD, script))];
    let mut buttons = Vec::new();
    for (n, term) in used_in(document, at).take(TERMS).enumerate() {
        let name = in_script(&format!("{}. {}", n + 1, term.name), script).into_owned();
        let definition = shortened(&in_script(&term.definition, script), DEFINITION);
        blocks.push(format!("{}\n{}", bold(&name), escape(&definition)));
        let entry = snapshot.passage_of(document, term.passage)?;
        let label = format!("{} {}", words::SECTION, n + 1);
        buttons.push(button(&label, Action::Section, &entry.id, script));
    }
    if buttons.is_empty() {
        return Ok(None);
    }
    let source = format!("《{}》", document.meta.title);
    let source = shortened(&in_script(&source, script), SOURCE);
    blocks.push(format!("—— {}", escape(&source)));
    Ok(Some(Rendered {
        html: blocks.join("\n\n"),
        keyboard: buttons.chunks(2).map(<[Button]>::to_vec).collect(),
    }))
}
