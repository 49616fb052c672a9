//! The permalink page: a whole section with the cited sentence highlighted.

use maud::{Markup, html};

use super::{
    layout::{Page, Tab, layout},
    report::section_anchor,
    text::{self, Cited},
};
use crate::{
    assistant::{CitedSection, Snapshot},
    channels::{
        permalink,
        web::{state::Web, wording},
    },
    corpus::{DocumentInfo, LibraryError, PassageId, Section},
    text::Span,
};

/// Renders the page of a passage; `None` if no passage has this id (any more). `at` is the value of
/// `?at=`.
pub(super) fn page(
    web: &Web,
    snapshot: &Snapshot,
    id: &PassageId,
    at: &str,
) -> Result<Option<Markup>, LibraryError> {
    let Some(found) = snapshot.section(id)? else {
        return Ok(None);
    };
    let CitedSection {
        document,
        section,
        passages,
        passage,
    } = found;
    let deployment = &web.settings.deployment;
    let cited = Cited {
        href: &deployment.path(&permalink::of_passage(&passage.id)),
        passage: &passage,
        quote: quoted(&passage.text, at),
    };
    let report = &document.meta.title;
    let heading = section
        .path
        .last()
        .map_or(wording::BEGINNING, String::as_str);
    let title = format!(
        "{} · {report}",
        passage.path.last().map_or(heading, String::as_str)
    );
    let anchor = section_anchor(passage.section);
    let whole = deployment.path(&format!("/report/{}#{anchor}", document.id));
    let content = html! {
        article.narrow.section data-section {
            nav.crumbs aria-label=(wording::PATH) {
                ol {
                    li { a href=(whole) { "《" (report) "》" } }
                    @for step in section.path.iter().rev().skip(1).rev() { li { (step) } }
                }
            }
            h1 { (heading) }
            (text::section(document, section, &passages, Some(cited)))
            (neighbours(web, snapshot, document, section)?)
        }
    };
    let page = Page::indexed(&title, Tab::Report);
    Ok(Some(layout(web, snapshot, &page, &content)))
}

/// Converts a half-open range of characters such as `12-80` to bytes of `text`; `None` if it is
/// invalid or out of range.
fn quoted(text: &str, at: &str) -> Option<Span> {
    let (from, to) = at.split_once('-')?;
    let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let start = starts.nth(from)?;
    let end = starts.nth(to.checked_sub(from + 1)?)?;
    Some(Span::new(start, end))
}

fn neighbours(
    web: &Web,
    snapshot: &Snapshot,
    document: &DocumentInfo,
    section: &Section,
) -> Result<Markup, LibraryError> {
    let before = section.first.checked_sub(1);
    let after = Some(section.end).filter(|after| *after < document.passages);
    let link = |at: Option<usize>| {
        let Some(at) = at else {
            return Ok(None);
        };
        let passage = snapshot.passage_of(document, at)?;
        let Some(section) = document.sections.get(passage.section) else {
            return Ok(None);
        };
        let first = snapshot.passage_of(document, section.first)?;
        let heading = section
            .path
            .last()
            .map_or(wording::BEGINNING, String::as_str);
        let page = permalink::of_passage(&first.id);
        Ok(Some((web.settings.deployment.path(&page), heading)))
    };
    let (before, after) = (link(before)?, link(after)?);
    Ok(html! {
        nav.neighbours aria-label=(wording::NEIGHBOURS) {
            @if let Some((href, heading)) = before {
                a.previous href=(href) rel="prev" { span { (wording::PREVIOUS) } (heading) }
            }
            @if let Some((href, heading)) = after {
                a.next href=(href) rel="next" { span { (wording::NEXT) } (heading) }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_nonsense_marks_nothing() {
        let text = "修路。架桥。";
        let marked = |at| quoted(text, at).map(|span| span.of(text));
        assert_eq!(marked("3-6"), Some("架桥。"));
        assert_eq!(marked("0-1"), Some("修"));
        for nonsense in ["", "3", "3-3", "6-3", "3-7", "-1-2", "a-b", "99-100"] {
            assert_eq!(marked(nonsense), None, "{nonsense}");
        }
    }
}
