//! 查看整节: a section, page by page.

use super::{
    html::{Html, SOURCE},
    message::{Rendered, button},
};
use crate::{
    answer::Script,
    assistant::{CitedSection, Snapshot},
    channels::{
        blocks::pages,
        telegram::{
            callback::Action,
            text::{LIMIT, bold, cost, shortened},
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::{LibraryError, PassageId},
};

/// 查看整节: one page of the section that contains a passage, the passage in bold; by default the page
/// where the passage begins. `None` if there is no such passage (any more).
pub(in crate::channels::telegram) fn section(
    snapshot: &Snapshot,
    id: &PassageId,
    page: Option<usize>,
    script: Script,
) -> Result<Option<Rendered>, LibraryError> {
    let Some(cited) = snapshot.section(id)? else {
        return Ok(None);
    };
    let CitedSection {
        document,
        section,
        passages,
        passage,
    } = cited;
    let label = wording::bracketed(&wording::part_label(passage.period)).unwrap_or_default();
    let source = wording::source(document, &section.path);
    let head = shortened(&in_script(&format!("{label}{source}"), script), SOURCE);
    // （9999/9999） and the blank line take another 13 units, the bold tags 7.
    let room = LIMIT - cost(&head) - 20;
    let texts = passages
        .iter()
        .map(|passage| (in_script(&passage.text, script), passage.id == *id));
    let (pages, first) = pages(texts, room, &Html { script });
    let page = page.unwrap_or(first).min(pages.len() - 1);
    let (position, keyboard) = if pages.len() > 1 {
        let turn = |label, to| button(label, Action::Page(to), id, script);
        let back = (page > 0).then(|| turn(words::BACK, page - 1));
        let on = (page + 1 < pages.len()).then(|| turn(words::ON, page + 1));
        (
            format!("（{}/{}）", page + 1, pages.len()),
            vec![back.into_iter().chain(on).collect()],
        )
    } else {
        (String::new(), Vec::new())
    };
    Ok(Some(Rendered {
        html: format!("{}\n\n{}", bold(&format!("{head}{position}")), pages[page]),
        keyboard,
    }))
}
