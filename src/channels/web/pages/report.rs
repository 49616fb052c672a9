//! The list of reports, and a whole report with its table of contents.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    layout::{Page, Tab, badge, layout},
    text,
};
use crate::{
    assistant::Snapshot,
    channels::{
        web::{state::Web, wording},
        wording::{by_kind, part_label, standing as standing_label},
    },
    corpus::{DocumentId, DocumentInfo, LibraryError, Passage, Period, Section},
};

/// Anchor of the section with this index in [`DocumentInfo::sections`].
pub(super) fn section_anchor(section: usize) -> String {
    format!("s-{section}")
}

/// All documents by kind, newest first; policy documents with how they stand.
pub(super) fn list(web: &Web, snapshot: &Snapshot) -> Markup {
    let kinds = by_kind(snapshot.library().documents());
    let today = web.service.today();
    let at = |page: String| web.settings.deployment.path(&page);
    let content = html! {
        div.narrow.section {
            h1 { (wording::listed(snapshot)) }
            @for (kind, documents) in &kinds {
                @if kinds.len() > 1 {
                    h2 { (wording::of_kind(*kind, documents.len())) }
                }
                ul.reports {
                    @for document in documents {
                        li {
                            a.report-title href=(at(format!("/report/{}", document.id))) { (document.meta.title) }
                            p.meta { (wording::issued(&document.meta)) }
                            @if let Some(standing) = snapshot.standing(document, today) {
                                p.meta { (standing_label(&standing)) }
                            }
                            @if !document.terms.is_empty() {
                                p.actions {
                                    a.quiet href=(at(format!("/terms?document={}", document.id))) {
                                        (wording::terms_of(document.terms.len()))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let page = Page::indexed(wording::listed(snapshot), Tab::Report);
    layout(web, snapshot, &page, &content)
}

/// A whole report; `None` if no document has this id (any more).
pub(super) fn page(
    web: &Web,
    snapshot: &Snapshot,
    id: &DocumentId,
) -> Result<Option<Markup>, LibraryError> {
    let Some(document) = snapshot.library().document_by_id(id) else {
        return Ok(None);
    };
    let passages = snapshot.library().passages_of(document)?;
    let content = html! {
        div.wide.report {
            header.report-head {
                h1 { (document.meta.title) }
                p.meta { (wording::issued(&document.meta)) }
            }
            nav.contents aria-label=(wording::CONTENTS) {
                details data-open-when-wide {
                    summary { (wording::CONTENTS) }
                    (contents(document))
                }
            }
            article.section {
                @for (at, section) in document.sections.iter().enumerate() {
                    section id=(section_anchor(at)) {
                        (headings(document, at, section, passages.get(section.first)))
                        (text::section(document, section, &passages[section.first..section.end], None))
                    }
                }
            }
        }
    };
    let page = Page::indexed(&document.meta.title, Tab::Report);
    Ok(Some(layout(web, snapshot, &page, &content)))
}

fn contents(document: &DocumentInfo) -> Markup {
    html! {
        ol {
            @for (at, section) in document.sections.iter().enumerate() {
                @for (depth, heading) in new_headings(document, at, section) {
                    li data-depth=(depth) { a href={ "#" (section_anchor(at)) } { (heading) } }
                }
            }
        }
    }
}

/// The headings that start with a section, each with its depth, from 0.
fn new_headings<'a>(
    document: &'a DocumentInfo,
    at: usize,
    section: &'a Section,
) -> impl Iterator<Item = (usize, &'a str)> {
    let before: &[String] = at
        .checked_sub(1)
        .and_then(|at| document.sections.get(at))
        .map_or(&[], |section| &section.path);
    let shared = before
        .iter()
        .zip(&section.path)
        .take_while(|(a, b)| a == b)
        .count();
    let headings = section.path.iter().map(String::as_str).enumerate();
    headings.skip(shared)
}

/// The results of a review are not all finished.
const fn part_progress(period: Period) -> &'static str {
    match period {
        Period::Planned(_) => "planned",
        Period::Assessment => "assessment",
        Period::Done(_) | Period::Undated => "none",
    }
}

fn headings(
    document: &DocumentInfo,
    at: usize,
    section: &Section,
    first: Option<&Arc<Passage>>,
) -> Markup {
    let period = first.map(|passage| passage.period);
    html! {
        @for (depth, heading) in new_headings(document, at, section) {
            @match depth {
                0 => h2 {
                    (heading)
                    @if let Some(period) = period {
                        " " (badge(part_progress(period), &part_label(period)))
                    }
                },
                1 => h3 { (heading) },
                _ => h4 { (heading) },
            }
        }
    }
}
