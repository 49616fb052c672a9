//! The glossary of a report, with an anchor for each term.

use maud::{Markup, html};

use super::layout::{Page, Tab, ask_href, layout};
use crate::{
    assistant::Snapshot,
    channels::{
        deployment::Deployment,
        permalink,
        web::{state::Web, wording},
    },
    corpus::{DocumentId, DocumentInfo, LibraryError, Term},
    text::pinyin,
};

/// Maximum number of linked uses of a term.
const USES: usize = 6;

/// The glossary of the document with this id, or of the newest document that has one; `None` if
/// there is no such document.
pub(super) fn page(
    web: &Web,
    snapshot: &Snapshot,
    id: Option<&DocumentId>,
) -> Result<Option<Markup>, LibraryError> {
    let document = match id {
        Some(id) => match snapshot.library().document_by_id(id) {
            Some(document) => Some(document),
            None => return Ok(None),
        },
        None => {
            let documents = snapshot.library().documents().iter();
            documents
                .filter(|document| !document.terms.is_empty())
                .max_by_key(|document| document.meta.year)
        }
    };
    let content = html! {
        div.narrow.section.glossary {
            h1 { (wording::TERMS) }
            @match document.filter(|document| !document.terms.is_empty()) {
                Some(document) => (glossary(&web.settings.deployment, snapshot, document)?),
                None => { p { (wording::NO_TERMS) } }
            }
            @if snapshot.library().documents().len() > 1 {
                p { a href=(web.settings.deployment.path("/report")) { (wording::OTHER_REPORTS) } }
            }
        }
    };
    let page = Page::indexed(wording::TERMS, Tab::Terms);
    Ok(Some(layout(web, snapshot, &page, &content)))
}

fn glossary(
    deployment: &Deployment,
    snapshot: &Snapshot,
    document: &DocumentInfo,
) -> Result<Markup, LibraryError> {
    Ok(html! {
        p.meta { (wording::glossary_of(&document.meta.title, document.terms.len())) }
        p.filter.scripted {
            label for="filter" { (wording::FILTER) }
            input #filter type="search" autocomplete="off" placeholder=(wording::FILTER_HINT)
                aria-describedby="found";
            span #found role="status" {}
        }
        dl.terms {
            @for term in document.terms.iter() { (entry(deployment, snapshot, document, term)?) }
        }
    })
}

fn entry(
    deployment: &Deployment,
    snapshot: &Snapshot,
    document: &DocumentInfo,
    term: &Term,
) -> Result<Markup, LibraryError> {
    let passage = snapshot.passage_of(document, term.passage)?;
    let bare = term.aliases.first().unwrap_or(&term.name);
    let ask = ask_href(deployment, &wording::meaning_of(bare));
    let uses = term
        .used_in
        .iter()
        .take(USES)
        .map(|at| snapshot.passage_of(document, *at))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        div.term id={ "t-" (passage.id) } data-keys=(keys(term)) {
            dt {
                a.anchor href={ "#t-" (passage.id) } { (term.name) }
            }
            dd {
                p { (term.definition) }
                p.uses {
                    @if !term.used_in.is_empty() { (wording::USED_IN) }
                    @for (n, passage) in uses.iter().enumerate() {
                        @if n > 0 { "、" }
                        a href=(deployment.path(&permalink::of_passage(&passage.id))) {
                            (passage.path.last().map_or(wording::BEGINNING, String::as_str))
                        }
                    }
                    @if term.used_in.len() > USES { (wording::and_more(term.used_in.len() - USES)) }
                }
                p.actions { a.quiet href=(ask) { (wording::ASK_THIS) } }
            }
        }
    })
}

/// The text that the filter searches: names and their pinyin.
fn keys(term: &Term) -> String {
    let mut keys = term.aliases.clone();
    if let Some(bare) = term.aliases.first() {
        let syllables = pinyin::syllables(bare);
        keys.push(syllables.concat());
        keys.push(syllables.iter().filter_map(|s| s.chars().next()).collect());
    }
    keys.join(" ").to_lowercase()
}
