//! What was not answered well, by topic, and what is done about it.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use maud::{Markup, html};
use serde::Deserialize;
use wenzheng_store::TopicFilter;

use super::{
    act::{ask, carry_out},
    filter::{self, Unclear},
};
use crate::{
    admin::{Command, ListedTopic, Outcome, TOPICS_SHOWN, TopicDetail, TopicPage},
    channels::{
        console::{
            layout::{self, Page, token},
            sent::Sent,
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::{asked_status, clock, topic_label, topic_state},
    },
    staff::Role,
};

/// States by which topics are listed; the first is what is to be done.
const STATES: [&str; 6] = ["", "open", "in_hand", "answered", "not_ours", "ignored"];

/// Which topics.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::channels::console) struct Shown {
    state: String,
    place: String,
    channel: String,
    from: String,
    until: String,
    offset: String,
}

impl Shown {
    /// Which topics, and from which one on.
    fn filter(&self) -> Result<(TopicFilter, usize), Unclear> {
        let (since, until) = filter::days(&self.from, &self.until)?;
        let state = STATES.into_iter().find(|state| *state == self.state);
        let offset = filter::number(&self.offset)?.unwrap_or(0);
        let filter = TopicFilter {
            place: self.place.clone(),
            state: state.ok_or(wording::NO_STATE)?.to_owned(),
            channel: filter::known_channel(&self.channel)?.to_owned(),
            since,
            until,
        };
        let offset = usize::try_from(offset).map_err(|_| wording::NO_PAGE)?;
        Ok((filter, offset))
    }

    /// The address of those in `state`, from the `offset`th on, chosen alike.
    fn address(&self, console: &Console, state: &str, offset: usize) -> String {
        let offset = match offset {
            0 => String::new(),
            offset => offset.to_string(),
        };
        let chosen = [
            ("state", state),
            ("place", &*self.place),
            ("channel", &*self.channel),
            ("from", &*self.from),
            ("until", &*self.until),
            ("offset", &*offset),
        ];
        filter::address(console, "/admin/questions", &chosen)
    }

    const fn narrows(&self) -> bool {
        !(self.channel.is_empty() && self.from.is_empty() && self.until.is_empty())
    }
}

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
    shown: Result<Query<Shown>, QueryRejection>,
) -> Result<(StatusCode, Markup), Trouble> {
    let Query(mut shown) = shown.map_err(|_| Trouble::Unfiltered)?;
    shown.place = who.place(shown.place.trim());
    let by = who.actor().clone();
    let (status, places, listed) = match shown.filter() {
        Ok((filter, offset)) => {
            let read = console.service.with_office(move |office| {
                Ok((office.places(&by), office.topic_page(&filter, offset, &by)?))
            });
            let (places, topics) = read.await?.ok_or(Trouble::NoStore)?;
            let listed = html! {
                (states(&console, &shown, &topics))
                @if shown.narrows() { p.soft { "次数是每一组问题从头到现在的全部。" } }
                (list(&console, &who, &topics))
                (further(&console, &shown, offset, &topics))
            };
            (StatusCode::OK, places, listed)
        }
        Err(unclear) => {
            let read = console
                .service
                .with_office(move |office| Ok(office.places(&by)));
            let places = read.await?.ok_or(Trouble::NoStore)?;
            let told = html! { p.warning role="alert" { (unclear) } };
            (StatusCode::BAD_REQUEST, places, told)
        }
    };
    let content = html! {
        p { "没有找到、只答了一部分、或被评“没用”的问题，按问的事情归成组。教一个词、写一条回答，或者说明该问谁。" }
        (form(&console, &who, &shown, &places))
        (listed)
    };
    let title = wording::QUESTIONS;
    let page = layout::page(&console, &who, Page::Questions, title, &content);
    Ok((status, page))
}

fn form(console: &Console, who: &Who, shown: &Shown, places: &[String]) -> Markup {
    let has_all = who.place("").is_empty();
    html! {
        form.row.filters method="get" action=(console.path("/admin/questions")) {
            @if STATES[1..].contains(&&*shown.state) { input type="hidden" name="state" value=(shown.state); }
            @if has_all || places.len() > 1 { (filter::names("place", "地方", "所有地方", places, &shown.place)) }
            (filter::channels(&shown.channel))
            (filter::from_until(&shown.from, &shown.until))
            button.button type="submit" { "查看" }
            a href=(console.path("/admin/questions")) { "全部问题" }
        }
    }
}

fn states(console: &Console, shown: &Shown, page: &TopicPage) -> Markup {
    let number = |state: &str| -> i64 {
        let of = page.states.iter().filter(|(name, _)| match state {
            "" => name == "open" || name == "in_hand",
            state => name == state,
        });
        of.map(|(_, number)| number).sum()
    };
    html! {
        nav.chips aria-label="状态" {
            @for state in STATES {
                @let label = if state.is_empty() { "要做的" } else { topic_state(state) };
                a.chip href=(shown.address(console, state, 0)) aria-current=[(shown.state == state).then_some("true")] {
                    (label) " " (number(state))
                }
            }
        }
    }
}

fn list(console: &Console, who: &Who, page: &TopicPage) -> Markup {
    let may = who.role() >= Role::Editor;
    html! {
        @if page.topics.is_empty() { p { "没有。" } } @else {
            form method="post" action=(console.path("/admin/questions")) {
                (token(who))
                table {
                    thead { tr { @if may { th { "选" } } th { "问的事" } th { "次数" } th { "最近几个月" } th { "最近一次" } th { "状态" } } }
                    tbody { @for listed in &page.topics { (row(console, may, listed)) } }
                }
                @if may { (together()) }
            }
        }
    }
}

fn row(console: &Console, may: bool, listed: &ListedTopic) -> Markup {
    let topic = &listed.topic;
    let label = topic_label(topic);
    html! {
        tr {
            @if may { td { input type="checkbox" name={ "topic_" (topic.number) } aria-label={ "选择：" (label) }; } }
            td { a href=(console.path(&format!("/admin/questions/{}", topic.number))) { (label) }
                @if topic.label != topic.question && !topic.question.is_empty() { p.soft { "例如：" (topic.question) } } }
            td { (topic.asked) }
            td { @for (month, number) in &listed.months { span.month { (month.get(5..).unwrap_or(month)) "月 " (number) } " " } }
            td { (clock(topic.last_at)) }
            td { (topic_state(&topic.state)) @if !topic.person.is_empty() { "，" (topic.person) }
                @if topic.reopened > 0 { "，解决后又问 " (topic.reopened) " 次" } }
        }
    }
}

fn together() -> Markup {
    html! {
        div.row {
            label { "把选中的 "
                select name="state" {
                    option value="in_hand" { "标为处理中" }
                    option value="answered" { "标为已解决" }
                    option value="ignored" { "忽略" }
                    option value="not_ours" { "标为不归我们" }
                    option value="open" { "标为待处理" }
                    option value="merge" { "合并成一组" }
                }
            }
            label { "说明 " input name="note" maxlength="200"; }
            button.button type="submit" { "确定" }
        }
    }
}

fn further(console: &Console, shown: &Shown, offset: usize, page: &TopicPage) -> Markup {
    let state = &shown.state;
    html! {
        p.row {
            @if offset > 0 {
                a href=(shown.address(console, state, offset.saturating_sub(TOPICS_SHOWN))) { "前一页" }
            }
            @if page.topics.len() == TOPICS_SHOWN {
                a href=(shown.address(console, state, offset + TOPICS_SHOWN)) { "后一页" }
            }
        }
    }
}

/// Topics that were chosen, and what is to become of them.
#[derive(Deserialize)]
pub(in crate::channels::console) struct Chosen {
    state: String,
    #[serde(default)]
    note: String,
    #[serde(flatten)]
    topics: BTreeMap<String, String>,
}

/// `POST /admin/questions`: several at once.
pub(in crate::channels::console) async fn change(
    State(console): Shared,
    sent: Sent<Chosen>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let numbers = form
        .topics
        .keys()
        .filter_map(|name| name.strip_prefix("topic_")?.parse().ok());
    let topics: Vec<i64> = numbers.collect();
    if form.state == "merge" {
        let Some((first, others)) = topics.split_first() else {
            return Err(Trouble::Unreadable);
        };
        let mut told = Err(Trouble::Unreadable);
        for other in others {
            let command = Command::MergeTopics(*first, *other);
            told = carry_out(&console, &who, command, Page::Questions).await;
        }
        return told;
    }
    if topics.is_empty() {
        return Err(Trouble::Unreadable);
    }
    let command = Command::SetTopics {
        topics,
        state: form.state,
        note: form.note.trim().to_owned(),
    };
    carry_out(&console, &who, command, Page::Questions).await
}

/// `GET /admin/questions/{number}`
pub(in crate::channels::console) async fn one(
    State(console): Shared,
    who: Who,
    Path(number): Path<i64>,
) -> Result<Markup, Trouble> {
    let Outcome::Topic(detail) = ask(&console, &who, Command::Topic(number)).await? else {
        return Err(Trouble::NotFound);
    };
    let topic = &detail.topic;
    let may = who.role() >= Role::Editor;
    let content = html! {
        p { (topic_state(&topic.state)) "，共 " (topic.asked) " 次，最近 " (clock(topic.last_at)) "。"
            @if !topic.person.is_empty() { (topic.person) @if !topic.note.is_empty() { "：" (topic.note) } } }
        @if may {
            (remedies(&console, &who, &detail))
            (state_form(&console, &who, topic.number))
        }
        (months(&detail))
        @if may { (questions(&console, &who, &detail)) }
    };
    let title = topic_label(topic);
    Ok(layout::page(
        &console,
        &who,
        Page::Questions,
        &title,
        &content,
    ))
}

/// What an editor can do so that the questions are answered.
fn remedies(console: &Console, who: &Who, detail: &TopicDetail) -> Markup {
    let topic = &detail.topic;
    let words = console.path("/admin/words");
    html! {
        section.card {
            h2 { "让它能回答" }
            p.soft { "每一种改动都先检验，变差就不会生效；能回答了，这一组会自动标为已解决。" }
            form.row method="post" action=(words) {
                (token(who))
                input type="hidden" name="what" value="line";
                label { "大家说 " input name="left" value=(topic.missing) required maxlength="40"; }
                label { "关系 " select name="relation" { option value="everyday" { "文件里写作" } option value="same" { "是简称，全称是" } } }
                label { "文件里的词 " input name="right" required maxlength="200"; }
                button.button type="submit" { "教这个词" }
            }
            form.row method="post" action=(words) {
                (token(who))
                input type="hidden" name="what" value="word";
                label { "不要拆开的词 " input name="left" value=(topic.missing) required maxlength="20" pattern="\\S+"; }
                button.quiet type="submit" { "加上" }
            }
            form.stack method="post" action=(words) {
                (token(who))
                input type="hidden" name="what" value="answer";
                input type="hidden" name="place" value=(topic.place);
                label { "问题" input name="left" value=(topic.question) required maxlength="200"; }
                label { "办公室的回答" textarea name="right" rows="3" required maxlength="2000" {} }
                button.button type="submit" { "这样回答" }
            }
            form.stack method="post" action=(console.path("/admin/do")) {
                (token(who))
                input type="hidden" name="command" value={ "/refer " (topic.number) " =" };
                label { "不归我们：请大家问谁" input name="rest" required maxlength="300" placeholder="例如：请拨打 0932-5551234 问公安局户政科"; }
                button.quiet type="submit" { "以后这样转告" }
            }
        }
    }
}

fn state_form(console: &Console, who: &Who, number: i64) -> Markup {
    html! {
        form.row.card method="post" action=(console.path("/admin/questions")) {
            (token(who))
            input type="hidden" name={ "topic_" (number) } value="on";
            label { "状态 "
                select name="state" {
                    @for state in &STATES[1..] { option value=(state) { (topic_state(state)) } }
                }
            }
            label { "说明 " input name="note" maxlength="200"; }
            button.quiet type="submit" { "保存状态" }
        }
    }
}

fn months(detail: &TopicDetail) -> Markup {
    html! {
        section.card {
            h2 { "每月" }
            table {
                thead { tr { th { "月份" } th { "怎样" } th { "次数" } } }
                tbody {
                    @for (month, status, number) in detail.months.iter().filter(|(.., number)| *number > 0) {
                        tr { td { (month) } td { (asked_status(status)) } td { (number) } }
                    }
                }
            }
        }
    }
}

fn questions(console: &Console, who: &Who, detail: &TopicDetail) -> Markup {
    html! {
        section.card {
            h2 { "大家怎么问的" }
            p.soft { "手机号、身份证号和银行卡号已经去掉；看过的人记在操作记录里。" }
            ul.list {
                @for logged in &detail.questions {
                    li.row {
                        span { (logged.question) }
                        span.soft { (asked_status(&logged.status)) "，" (clock(logged.at)) "，" (logged.channel) }
                        a href=(try_address(console, &logged.question)) { "试一试" }
                        form method="post" action=(console.path("/admin/do")) {
                            (token(who))
                            input type="hidden" name="command" value={ "/topic " (detail.topic.number) " 拆 " (logged.id) };
                            button.quiet type="submit" { "拆出去" }
                        }
                    }
                }
            }
        }
    }
}

fn try_address(console: &Console, question: &str) -> String {
    let question =
        percent_encoding::utf8_percent_encode(question, percent_encoding::NON_ALPHANUMERIC);
    console.path(&format!("/admin/try?q={question}"))
}
