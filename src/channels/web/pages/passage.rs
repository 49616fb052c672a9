//! The permalink page: a whole section with one passage of it highlighted.

use maud::{Markup, html};

use super::{Page, badge, layout};
use crate::{
    assistant::Snapshot,
    channels::{
        record::PeriodRecord,
        web::{Web, display::copy_text, wording},
        wording::period_label,
    },
    corpus::{Document, Passage, PassageId, PassageKind, Section},
};

/// `None` when no passage has this id (any more).
pub(super) fn page(web: &Web, snapshot: &Snapshot, id: &PassageId) -> Option<Markup> {
    let (document, section, passages) = snapshot.section(id)?;
    let (_, cited) = snapshot.passage(id)?;
    let report = &document.meta.title;
    let heading = section
        .path
        .last()
        .map_or(wording::BEGINNING, String::as_str);
    let title = format!(
        "{} · {report}",
        cited.path.last().map_or(heading, String::as_str)
    );
    let content = html! {
        article.narrow.section {
            nav.crumbs aria-label=(wording::PATH) {
                ol {
                    li { "《" (report) "》" }
                    @for step in section.path.iter().rev().skip(1).rev() { li { (step) } }
                }
            }
            h1 { (heading) }
            @if passages.first().is_some_and(|first| first.id != cited.id) {
                p.jump { a href={ "#p-" (cited.id) } { (wording::TO_CITED) } }
            }
            @for piece in pieces(passages) { (show(&piece, document, cited)) }
            (neighbours(document, section))
        }
    };
    let page = Page {
        indexed: true,
        action: html! { a.quiet href="/" { (wording::BACK) } },
        ..Page::plain(&title)
    };
    Some(layout(web, snapshot, &page, &content))
}

/// A stretch of a passage that is printed in one go.
struct Piece<'a> {
    passage: &'a Passage,
    text: &'a str,
    /// False for what follows a list that stands in the middle of its passage.
    first: bool,
}

/// The text as printed. A passage whose list (民生实事) stands in its middle, with passages of
/// their own for the items, is shown in two pieces around it.
fn pieces(passages: &[Passage]) -> Vec<Piece<'_>> {
    let mut ordered: Vec<&Passage> = passages.iter().collect();
    ordered.sort_by_key(|passage| passage.line);
    let mut pieces = Vec::new();
    let mut rest: Option<Piece<'_>> = None;
    for passage in ordered {
        if passage.kind != PassageKind::LivelihoodItem {
            pieces.extend(rest.take());
        }
        let (text, after) = match passage.text.split_once('\n') {
            Some((text, after)) => (text, Some(after)),
            None => (passage.text.as_str(), None),
        };
        pieces.push(Piece {
            passage,
            text,
            first: true,
        });
        if let Some(text) = after {
            rest = Some(Piece {
                passage,
                text,
                first: false,
            });
        }
    }
    pieces.extend(rest);
    pieces
}

fn show(piece: &Piece<'_>, document: &Document, cited: &Passage) -> Markup {
    let passage = piece.passage;
    let is_cited = passage.id == cited.id;
    let kind = match passage.kind {
        PassageKind::Paragraph => "",
        PassageKind::LivelihoodItem => " item",
        PassageKind::Entry => " entry",
    };
    let class = format!("passage{kind}{}", if is_cited { " cited" } else { "" });
    let anchor = piece.first.then(|| format!("p-{}", passage.id));
    let heading = if piece.first { passage.heading.end } else { 0 };
    let (lead, statement) = piece
        .text
        .split_at_checked(heading)
        .unwrap_or(("", piece.text));
    html! {
        div class=(class) id=[anchor] tabindex=[(is_cited && piece.first).then_some("-1")] {
            @if is_cited && piece.first { (cited_head(document, passage)) }
            @for (n, line) in statement.lines().enumerate() {
                p {
                    @if n == 0 && !lead.is_empty() { strong { (lead) } }
                    (line)
                }
            }
            @if statement.is_empty() { p { strong { (lead) } } }
        }
    }
}

fn cited_head(document: &Document, passage: &Passage) -> Markup {
    let source = format!("《{}》{}", document.meta.title, passage.path.join(" › "));
    html! {
        div.cited-head {
            span.cited-label { (wording::CITED) }
            (badge(PeriodRecord::from(passage.period).kind, &period_label(passage.period)))
            button.quiet.scripted type="button"
                data-copy=(copy_text(&passage.text, &source, passage.period))
                data-href={ "/p/" (passage.id) } data-done=(wording::COPIED)
                data-failed=(wording::NOT_COPIED) { (wording::COPY) }
        }
    }
}

fn neighbours(document: &Document, section: &Section) -> Markup {
    let before = section.first.checked_sub(1);
    let after = Some(section.end);
    let link = |at: Option<usize>| {
        let passage = document.passages.get(at?)?;
        let section = document.sections.get(passage.section)?;
        let first = document.passages.get(section.first)?;
        let heading = section
            .path
            .last()
            .map_or(wording::BEGINNING, String::as_str);
        Some((format!("/p/{}", first.id), heading))
    };
    html! {
        nav.neighbours aria-label=(wording::NEIGHBOURS) {
            @if let Some((href, heading)) = link(before) {
                a.previous href=(href) rel="prev" { span { (wording::PREVIOUS) } (heading) }
            }
            @if let Some((href, heading)) = link(after) {
                a.next href=(href) rel="next" { span { (wording::NEXT) } (heading) }
            }
        }
    }
}
