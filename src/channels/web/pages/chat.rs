//! The chat page: welcome, conversation, question field.
//!
//! The markup of an answer is defined only here. The server fills it for a question sent by the
//! plain form; `chat.js` fills the same markup from `<template>`, in elements with a `data-slot`.

use maud::{Markup, html};

use super::{
    layout::{Page, Tab, ask_href, badge, layout},
    mine,
};
use crate::{
    assistant::Snapshot,
    channels::{
        deployment::Deployment,
        web::{
            buttons::Buttons,
            card::Card,
            display::{Display, Related},
            problem::Problem,
            state::Web,
            wording,
        },
        wording as shared,
    },
    service::Reason,
};

/// The conversation in the initial page.
pub(super) enum PageState<'a> {
    /// The welcome page.
    Nothing,
    /// A question and its answer.
    Answer {
        question: &'a str,
        before: &'a [String],
        display: &'a Display,
    },
    /// A question that failed.
    Problem {
        question: &'a str,
        problem: &'a Problem,
    },
}

/// Renders the page; `embedded` in the widget, a frame of another site.
pub(super) fn page(
    web: &Web,
    snapshot: &Snapshot,
    state: &PageState<'_>,
    embedded: bool,
) -> Markup {
    let deployment = &web.settings.deployment;
    let notices = web.service.notices();
    let content = html! {
        div.narrow {
            @for notice in &notices { p.notice role="status" { (notice.text) } }
            div.intro {
                h1 { @for piece in wording::WELCOME { span { (piece) } } }
                p { (wording::PROMISE) }
            }
            p.log-head.scripted {
                (wording::kept_here(deployment.kept_days))
                button #clear .quiet type="button" { (wording::CLEAR) }
            }
            section #log .log aria-label=(wording::CONVERSATION) {
                @match state {
                    PageState::Nothing => {}
                    PageState::Answer { question, display, .. } => {
                        (turn(question, &answer(deployment, display)))
                    }
                    PageState::Problem { question, problem } => (turn(question, &apology(problem.detail))),
                }
            }
            (composer(deployment, state))
            (examples(deployment, snapshot))
            @if let Some(days) = deployment.kept_days { (mine::notice(days)) }
        }
        template #turn-template { (turn("", &answer(deployment, &Display::blank()))) }
        template #apology-template { (apology("")) }
        (panel(deployment))
        @if deployment.kept_days.is_some() { (mine::dialog()) }
    };
    let talking = !matches!(state, PageState::Nothing);
    let page = Page {
        title: match state {
            PageState::Nothing => "",
            PageState::Answer { question, .. } | PageState::Problem { question, .. } => question,
        },
        class: if talking { "chat talking" } else { "chat" },
        indexed: !talking && !embedded,
        tab: Tab::Chat,
        embedded,
    };
    layout(web, snapshot, &page, &content)
}

fn composer(deployment: &Deployment, state: &PageState<'_>) -> Markup {
    // A question that failed stays in the field; one that was answered is remembered.
    let (field, before) = match state {
        PageState::Nothing => ("", String::new()),
        PageState::Problem { question, .. } => (*question, String::new()),
        PageState::Answer {
            question, before, ..
        } => ("", format!("{}\n{question}", before.join("\n"))),
    };
    html! {
        form #ask .composer action=(deployment.path("/ask")) method="get" role="search" {
            label.unseen for="q" { (wording::FIELD) }
            @if !before.trim().is_empty() {
                input type="hidden" name="before" value=(before.trim());
            }
            // Suggested terms while typing; filled by the script.
            ul #hints .chips.hints aria-label=(wording::HINTS) hidden {}
            div.field {
                textarea #q name="q" rows="1" required enterkeyhint="send" autocomplete="off"
                    placeholder=(wording::PLACEHOLDER) { (field) }
                button type="submit" { (wording::SEND) }
            }
        }
    }
}

/// The panel in which the script shows a section of a report beside the conversation.
fn panel(deployment: &Deployment) -> Markup {
    html! {
        dialog #panel .panel aria-labelledby="panel-title" {
            div.panel-head {
                h2 #panel-title tabindex="-1" { (wording::ORIGINAL) }
                a #panel-page .quiet href=(deployment.path("/report")) target="_blank" rel="noopener" {
                    (wording::OWN_PAGE)
                }
                button #panel-close .quiet type="button" { (wording::CLOSE) }
            }
            div #panel-body .panel-body tabindex="0" role="region" aria-labelledby="panel-title" {}
        }
    }
}

fn examples(deployment: &Deployment, snapshot: &Snapshot) -> Markup {
    html! {
        section.examples aria-labelledby="examples" {
            h2 #examples { (wording::EXAMPLES) }
            ul.chips {
                @for question in wording::examples(snapshot) {
                    li { (chip(deployment, &question)) }
                }
            }
        }
    }
}

/// A question to click on; a link, so that it works without JavaScript.
fn chip(deployment: &Deployment, question: &str) -> Markup {
    html! {
        a.chip data-slot="suggestion" data-ask href=(ask_href(deployment, question)) {
            (question)
        }
    }
}

fn turn(question: &str, answer: &Markup) -> Markup {
    html! {
        article.turn {
            h2.question {
                span.unseen { (wording::ASKED) }
                span data-slot="question" { (question) }
            }
            div.reply data-slot="reply" tabindex="-1" { (answer) }
        }
    }
}

/// An answer as the page shows it.
pub(super) fn answer(deployment: &Deployment, display: &Display) -> Markup {
    html! {
        div.answer data-slot="answer" lang=(display.lang) {
            @if let Some(alert) = &display.alert {
                p.alert data-slot="alert" { (alert) }
            }
            @if let Some(opening) = &display.opening {
                p.opening data-slot="opening" { (opening) }
            }
            @if !display.numbers.is_empty() {
                ul.chips.call data-slot="numbers" {
                    @for number in &display.numbers {
                        li { a.chip data-slot="number" href=(number.href) { (number.text) } }
                    }
                }
            }
            @if !display.links.is_empty() {
                ul.chips data-slot="pages" {
                    @for link in &display.links {
                        li { a.chip data-slot="page" href=(link.href) { (link.text) } }
                    }
                }
            }
            @if !display.table.is_empty() {
                table.comparison data-slot="comparison" {
                    tbody data-slot="cells" {
                        @for cell in &display.table {
                            tr {
                                th scope="row" data-slot="column" { (cell.column) }
                                td { a data-slot="cell" href=(cell.href) { (cell.text) } }
                            }
                        }
                    }
                }
            }
            @if let Some(check) = display.check.as_ref().filter(|check| !check.is_empty()) {
                (buttons(check))
            }
            @if !display.cards.is_empty() {
                h3.caption data-slot="caption" { (display.caption) }
                ol.cards data-slot="cards" {
                    @for card in &display.cards { (self::card(card)) }
                }
            }
            @if !display.notices.is_empty() {
                ul.notices data-slot="notices" {
                    @for notice in &display.notices { li { (notice) } }
                }
            }
            @if let Some(hotline) = &display.call {
                p.call data-slot="call" {
                    a.chip data-slot="hotline" href={ "tel:" (hotline) } { (wording::call(hotline)) }
                }
            }
            @if !display.related.is_empty() {
                details.more data-slot="more" {
                    summary { (wording::MORE) }
                    ul data-slot="related" {
                        @for related in &display.related { (self::related(related)) }
                    }
                }
            }
            @if !display.suggestions.is_empty() {
                div.suggestions data-slot="suggestions" {
                    h3.caption data-slot="suggested" { (display.suggested) }
                    ul.chips data-slot="chips" {
                        @for suggestion in &display.suggestions { li { (chip(deployment, suggestion)) } }
                    }
                }
            }
            // A refusal is voted on as well: it has a hotline and no card.
            @if !display.cards.is_empty() || display.call.is_some() {
                @let cited = display.cards.first().map_or("", |first| first.passage_id.as_str());
                div.vote.scripted data-slot="vote" data-passage=(cited) data-answer=(display.vote_on) role="group"
                    aria-label=(wording::USEFUL_QUESTION) {
                    span aria-hidden="true" { (wording::USEFUL_QUESTION) }
                    button.quiet type="button" data-vote="up" { (wording::USEFUL) }
                    button.quiet type="button" data-vote="down" { (wording::USELESS) }
                    span.reasons data-slot="reasons" hidden {
                        span { (wording::WHY_USELESS) }
                        @for reason in Reason::ALL {
                            button.quiet type="button" data-vote="down" data-reason=(reason.name()) {
                                (shared::reason(reason))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The buttons of a dialogue, which only the script can press.
fn buttons(check: &Buttons) -> Markup {
    html! {
        div.picks.scripted data-slot="check" role="group" aria-label=(wording::CHOICES) {
            ul.chips data-slot="choices" {
                @for choice in &check.choices {
                    li { button.chip type="button" data-slot="choice" data-pick=(choice.pick) { (choice.label) } }
                }
            }
            ul.chips data-slot="controls" {
                @for control in &check.controls {
                    li { button.quiet type="button" data-slot="control" data-pick=(control.pick) { (control.label) } }
                }
            }
        }
    }
}

fn card(card: &Card) -> Markup {
    let href = &card.href;
    html! {
        li.card {
            (badge(card.progress, &card.label))
            blockquote data-slot="quote" hidden[!card.row.is_empty()] {
                p {
                    @for part in &card.quote {
                        @if part.mark { mark { (part.text) } } @else { (part.text) }
                    }
                }
            }
            @if !card.row.is_empty() {
                div.row data-slot="row" tabindex="0" role="region" aria-label=(wording::ROW) {
                    table {
                        thead { tr { @for cell in &card.row { th scope="col" { (cell.name) } } } }
                        tbody { tr { @for cell in &card.row { td { (cell.value) } } } }
                    }
                    p data-slot="unit" { (card.unit) }
                }
            }
            @if let Some(sentence) = &card.sentence {
                details.sentence data-slot="cut" {
                    summary { (wording::WHOLE_SENTENCE) }
                    p data-slot="sentence" { (sentence) }
                }
            }
            p.source {
                a data-slot="source" data-link href=(href) { (card.source) }
            }
            p.actions {
                a.quiet data-link href=(href) { (wording::SECTION) }
                button.quiet.scripted type="button" data-slot="copy" data-copy=(card.copy)
                    data-href=(href) data-done=(wording::COPIED)
                    data-failed=(wording::NOT_COPIED) { (wording::COPY) }
                button.quiet.scripted type="button" data-share hidden { (wording::SHARE) }
            }
        }
    }
}

fn related(related: &Related) -> Markup {
    html! {
        li {
            a data-link href=(related.href) {
                span data-slot="heading" { (related.heading) }
            }
            " "
            (badge(related.progress, &related.label))
            p data-slot="excerpt" { (related.excerpt) }
        }
    }
}

/// Why there is no answer.
fn apology(detail: &str) -> Markup {
    html! {
        div.answer.apology data-slot="answer" {
            p.opening data-slot="opening" { (detail) }
            p.actions.scripted {
                button.quiet type="button" data-retry { (wording::RETRY) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::web::card::QuotePart;

    fn display() -> Display {
        Display {
            alert: None,
            opening: None,
            call: None,
            numbers: Vec::new(),
            links: Vec::new(),
            table: Vec::new(),
            notices: Vec::new(),
            suggestions: Vec::new(),
            related: Vec::new(),
            caption: "报告原文".into(),
            check: None,
            vote_on: "an-answer_1".into(),
            cards: vec![Card {
                passage_id: "p1".into(),
                period: "planned",
                progress: "planned",
                label: "2024年计划".into(),
                quote: vec![
                    QuotePart {
                        text: "硬化".into(),
                        mark: false,
                    },
                    QuotePart {
                        text: "<道路>".into(),
                        mark: true,
                    },
                ],
                href: "/p/p1?at=0-4#quote".into(),
                source: "《报告》民生".into(),
                copy: "“硬化<道路>”".into(),
                ..Card::default()
            }],
            ..Display::blank()
        }
    }

    #[test]
    fn a_card_shows_period_quote_with_marks_and_a_link_to_the_passage() {
        let page = answer(&Deployment::default(), &display()).into_string();
        assert!(page.contains("data-progress=\"planned\">2024年计划</span>"));
        assert!(page.contains("<p>硬化<mark>&lt;道路&gt;</mark></p>"));
        assert!(page.contains("href=\"/p/p1?at=0-4#quote\">《报告》民生</a>"));
    }

    #[test]
    fn the_sentence_that_a_quote_was_cut_out_of_is_folded_below_it() {
        let mut display = display();
        display.cards[0].sentence = Some("硬化<道路>，架桥。".into());
        let page = answer(&Deployment::default(), &display).into_string();
        let fold = "</blockquote><details class=\"sentence\" data-slot=\"cut\">\
                    <summary>完整句子</summary>\
                    <p data-slot=\"sentence\">硬化&lt;道路&gt;，架桥。</p></details>";
        assert!(page.contains(fold));
    }

    #[test]
    fn what_an_answer_lacks_leaves_no_empty_box() {
        let page = answer(&Deployment::default(), &display()).into_string();
        for absent in [
            "alert",
            "opening",
            "numbers",
            "pages",
            "call",
            "notices",
            "suggestions",
            "more",
            "comparison",
            "cut",
            "check",
        ] {
            assert!(
                !page.contains(&format!("data-slot=\"{absent}\"")),
                "{absent}"
            );
        }
    }

    #[test]
    fn the_template_has_a_place_for_everything_the_script_fills() {
        let template = turn("", &answer(&Deployment::default(), &Display::blank())).into_string();
        for line in include_str!("../assets/chat.js").lines() {
            for slot in line.split("slot(\"").skip(1) {
                let slot = slot.split('"').next().unwrap_or_default();
                assert!(
                    template.contains(&format!("data-slot=\"{slot}\"")),
                    "{slot}"
                );
            }
        }
    }
}
