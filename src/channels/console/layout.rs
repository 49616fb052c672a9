//! The frame of every page of the console.

use axum::http::uri::PathAndQuery;
use maud::{DOCTYPE, Markup, html};

use super::{
    assets::{self, Asset},
    state::Console,
    who::Who,
    wording,
};
use crate::staff::Role;

/// A page of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Overview,
    Questions,
    Tickets,
    Try,
    Documents,
    Import,
    Words,
    Pins,
    Editions,
    Texts,
    Notices,
    People,
    Audit,
    Settings,
    Me,
}

/// A page with its address, what it is called, and who may see it.
type Item = (Page, &'static str, &'static str, Role);

/// The menu: groups of pages.
const MENU: [(&str, &[Item]); 3] = [
    (
        wording::GROUP_ASKED,
        &[
            (Page::Overview, "/admin", wording::OVERVIEW, Role::Viewer),
            (
                Page::Questions,
                "/admin/questions",
                wording::QUESTIONS,
                Role::Viewer,
            ),
            (
                Page::Tickets,
                "/admin/tickets",
                wording::TICKETS,
                Role::Editor,
            ),
            (Page::Try, "/admin/try", wording::TRY, Role::Viewer),
        ],
    ),
    (
        wording::GROUP_CONTENT,
        &[
            (
                Page::Documents,
                "/admin/documents",
                wording::DOCUMENTS,
                Role::Viewer,
            ),
            (Page::Import, "/admin/import", wording::IMPORT, Role::Editor),
            (Page::Words, "/admin/words", wording::WORDS, Role::Viewer),
            (Page::Pins, "/admin/pins", wording::PINS, Role::Viewer),
            (
                Page::Editions,
                "/admin/editions",
                wording::EDITIONS,
                Role::Viewer,
            ),
        ],
    ),
    (
        wording::GROUP_OFFICE,
        &[
            (Page::Texts, "/admin/texts", wording::TEXTS, Role::Viewer),
            (
                Page::Notices,
                "/admin/notices",
                wording::NOTICES,
                Role::Viewer,
            ),
            (Page::People, "/admin/people", wording::PEOPLE, Role::Owner),
            (Page::Audit, "/admin/audit", wording::AUDIT, Role::Owner),
            (
                Page::Settings,
                "/admin/settings",
                wording::SETTINGS,
                Role::Owner,
            ),
            (Page::Me, "/admin/me", wording::ME, Role::Viewer),
        ],
    ),
];

/// A page for whoever is signed in.
pub(super) fn page(
    console: &Console,
    who: &Who,
    page: Page,
    title: &str,
    content: &Markup,
) -> Markup {
    let body = html! {
        a.skip href="#main" { (wording::SKIP) }
        header.top {
            a.brand href=(console.path("/admin")) {
                span.seal aria-hidden="true" { (wording::SEAL) }
                span { (wording::CONSOLE) }
            }
            div.me {
                @if !who.alerts.is_empty() {
                    a.bell href={ (console.path("/admin")) "#alerts" } { (wording::alerts(who.alerts.len())) }
                }
                a href=(console.path("/admin/me")) { (who.actor().name) "（" (who.role().called()) "）" }
                form method="post" action=(console.path("/admin/out")) {
                    (token(who))
                    button.quiet type="submit" { (wording::SIGN_OUT) }
                }
            }
        }
        @if !console.is_encrypted() && console.settings.plain_http {
            p.warning role="note" { (wording::PLAIN_HTTP) }
        }
        div.frame {
            (menu(console, who, page))
            main #main tabindex="-1" {
                h1 { (title) }
                (content)
            }
        }
    };
    document(console, title, &body)
}

/// The address of a page of the menu.
pub(super) fn address(page: Page) -> &'static str {
    let mut pages = MENU.iter().flat_map(|(_, pages)| pages.iter());
    pages
        .find(|(this, ..)| *this == page)
        .map_or("/admin", |(_, address, ..)| *address)
}

fn menu(console: &Console, who: &Who, page: Page) -> Markup {
    html! {
        // Folded on a phone; without a script it unfolds all the same.
        details.menu open {
            summary { (wording::MENU) }
            nav aria-label=(wording::MENU) {
                @for (group, pages) in MENU {
                    @let theirs = pages.iter().filter(|(.., least)| who.role() >= *least);
                    h2 { (group) }
                    ul {
                        @for (this, href, label, _) in theirs {
                            li { a href=(console.path(href)) aria-current=[(*this == page).then_some("page")] { (label) } }
                        }
                    }
                }
            }
        }
    }
}

/// The hidden field that every form carries.
pub(super) fn token(who: &Who) -> Markup {
    html! { input type="hidden" name="token" value=(who.token); }
}

/// A page of one sentence, for whoever is not signed in.
pub(super) fn bare(told: &str, detail: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (wording::CONSOLE) }
            }
            body { main { h1 { (wording::CONSOLE) } p { (told) } @if !detail.is_empty() { p { (detail) } } } }
        }
    }
}

/// A page for whoever is not signed in.
pub(super) fn bare_with(console: &Console, title: &str, content: &Markup) -> Markup {
    let body = html! {
        header.top {
            span.brand {
                span.seal aria-hidden="true" { (wording::SEAL) }
                span { (wording::CONSOLE) }
            }
        }
        @if !console.is_encrypted() && console.settings.plain_http {
            p.warning role="note" { (wording::PLAIN_HTTP) }
        }
        main.small #main { h1 { (title) } (content) }
    };
    document(console, title, &body)
}

/// A page that asks for itself again.
pub(super) fn once_more(console: &Console, address: Option<&PathAndQuery>) -> Markup {
    let address = console.path(address.map_or("/admin", PathAndQuery::as_str));
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                link rel="icon" href="data:,";
                meta http-equiv="refresh" content={ "0;url=" (address) };
                title { (wording::CONSOLE) }
            }
            body { main { p { a href=(address) { (wording::GO_ON) } } } }
        }
    }
}

fn document(console: &Console, title: &str, body: &Markup) -> Markup {
    let asset = |asset: &Asset| console.path(&asset.page());
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                title { (title) " · " (wording::CONSOLE) }
                link rel="icon" type="image/svg+xml" href=(asset(&assets::ICON));
                link rel="stylesheet" href=(asset(&assets::STYLE));
                script src=(asset(&assets::SCRIPT)) defer {}
            }
            body { (body) }
        }
    }
}
