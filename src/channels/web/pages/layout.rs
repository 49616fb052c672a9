//! The layout of all pages: frame, navigation, links.

use maud::{DOCTYPE, Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    assistant::Snapshot,
    channels::{
        deployment::Deployment,
        web::{
            assets::{self, Asset},
            state::Web,
            wording,
        },
    },
};

/// Everything but unreserved characters (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address that asks `question`.
pub(super) fn ask_href(deployment: &Deployment, question: &str) -> String {
    deployment.path(&format!(
        "/ask?q={}",
        utf8_percent_encode(question, RESERVED)
    ))
}

/// The navigation tab of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Chat,
    Report,
    Terms,
    Nowhere,
}

/// Properties of a page other than its content.
pub(super) struct Page<'a> {
    /// Shown before the product name in the window title; may be empty.
    pub(super) title: &'a str,
    /// `chat`, `chat talking`, `reading`
    pub(super) class: &'a str,
    /// False for pages that search engines should not index.
    pub(super) indexed: bool,
    pub(super) tab: Tab,
    /// True inside a frame of another site: no navigation, no footer.
    pub(super) embedded: bool,
}

impl<'a> Page<'a> {
    pub(super) fn plain(title: &'a str) -> Self {
        Self {
            title,
            class: "reading",
            indexed: false,
            tab: Tab::Nowhere,
            embedded: false,
        }
    }

    /// A page to read, which search engines may index.
    pub(super) fn indexed(title: &'a str, tab: Tab) -> Self {
        Self {
            indexed: true,
            tab,
            ..Self::plain(title)
        }
    }
}

/// The frame of every page.
pub(super) fn layout(web: &Web, snapshot: &Snapshot, page: &Page<'_>, content: &Markup) -> Markup {
    let subtitle = wording::subtitle(snapshot);
    let basis = wording::basis(snapshot);
    let deployment = &web.settings.deployment;
    let asset = |asset: &Asset| deployment.path(&asset.page());
    let words = serde_json::to_string(&wording::SCRIPT).expect("words are strings");
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title {
                    @if !page.title.is_empty() { (page.title) " · " }
                    (wording::NAME) " · " (subtitle)
                }
                meta name="description" content=(wording::PROMISE);
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#faf6f0" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#191614" media="(prefers-color-scheme: dark)";
                @if !page.indexed { meta name="robots" content="noindex"; }
                link rel="icon" type="image/svg+xml" href=(asset(&assets::ICON));
                link rel="stylesheet" href=(asset(&assets::STYLE));
                // Before the first paint: applies the theme chosen on an earlier visit.
                script src=(asset(&assets::EARLY)) {}
                script src=(asset(&assets::SCRIPT)) defer {}
                @if page.tab == Tab::Chat {
                    script src=(asset(&assets::PANEL)) defer {}
                    script src=(asset(&assets::MINE)) defer {}
                    script src=(asset(&assets::CHAT)) defer {}
                }
            }
            body class=(page.class) data-words=(words) data-base=(deployment.prefix())
                data-embedded[page.embedded] {
                a.skip href="#main" { (wording::SKIP) }
                (header(deployment, &subtitle, basis.as_ref(), page))
                main #main tabindex="-1" { (content) }
                @if !page.embedded { (footer(web, snapshot)) }
                p #status .unseen role="status" {}
            }
        }
    }
}

fn header(
    deployment: &Deployment,
    subtitle: &str,
    basis: Option<&[String; 2]>,
    page: &Page<'_>,
) -> Markup {
    let tabs = [
        (Tab::Chat, "/", wording::TAB_CHAT),
        (Tab::Report, "/report", wording::TAB_REPORT),
        (Tab::Terms, "/terms", wording::TAB_TERMS),
    ];
    let elsewhere = page.embedded.then_some("_blank");
    html! {
        header.top {
            div.wide.bar {
                a.brand href=(deployment.path("/")) target=[elsewhere] {
                    span.seal aria-hidden="true" { (wording::NAME) }
                    span.unseen { (wording::NAME) }
                    " "
                    span.subtitle { (subtitle) }
                }
                div.looks.scripted {
                    button #size .quiet type="button" aria-pressed="false" { (wording::LARGE) }
                    button #theme .quiet type="button" aria-pressed="false" { (wording::DARK) }
                    @if page.embedded {
                        button #close-widget .quiet type="button" { (wording::CLOSE) }
                    }
                }
            }
            @if !page.embedded {
                nav.tabs.wide aria-label=(wording::TABS) {
                    @for (tab, href, label) in tabs {
                        a href=(deployment.path(href)) aria-current=[(tab == page.tab).then_some("page")] { (label) }
                    }
                }
            }
            @if let Some(basis) = basis {
                div.basis { p.wide { @for piece in basis { span { (piece) } } } }
            }
        }
    }
}

fn footer(web: &Web, snapshot: &Snapshot) -> Markup {
    let hotline = web.settings.deployment.hotline();
    html! {
        footer.foot {
            div.narrow {
                p { (wording::loaded(snapshot)) }
                p {
                    (wording::DISCLAIMER)
                    a href={ "tel:" (hotline) } aria-label=(wording::call(&hotline)) { (hotline) }
                    "。"
                }
            }
        }
    }
}

/// A badge such as 2024年计划; nothing for an empty label.
pub(super) fn badge(progress: &str, label: &str) -> Markup {
    html! {
        span.badge data-slot="label" data-progress=(progress) hidden[label.is_empty()] { (label) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_a_link_is_encoded() {
        assert_eq!(
            ask_href(&Deployment::default(), "a&b=修"),
            "/ask?q=a%26b%3D%E4%BF%AE"
        );
    }
}
