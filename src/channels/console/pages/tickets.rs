//! Questions that people want a person to answer.

use axum::extract::{Path, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::act::{ask, carry_out};
use crate::{
    admin::{Command, Outcome, TicketDetail},
    channels::{
        console::{
            layout::{self, Page, token},
            outcome::act,
            sent::Sent,
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::{clock, ticket_state},
    },
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    who.needs(Role::Editor)?;
    let Outcome::Tickets(tickets) = ask(&console, &who, Command::Tickets).await? else {
        return Err(Trouble::NoStore);
    };
    let content = html! {
        p { "大家发送“转人工”留下的问题。您的回复会转给提问的人；联系方式加密保存，关闭后或七天后删除。" }
        @if !console.service.takes_tickets() { p.warning { (wording::NO_TICKETS) } }
        @if tickets.is_empty() { p { "没有等着回答的问题。" } } @else {
            table {
                thead { tr { th { "编号" } th { "时间" } th { "渠道" } th { "问题" } th { "状态" } } }
                tbody {
                    @for ticket in &tickets {
                        tr {
                            td { a href=(console.path(&format!("/admin/tickets/{}", ticket.number))) { "第 " (ticket.number) " 号" } }
                            td { (clock(ticket.opened_at)) }
                            td { (ticket.channel) }
                            td { (ticket.question) }
                            td { (ticket_state(&ticket.state)) @if !ticket.assigned.is_empty() { "，" (ticket.assigned) } }
                        }
                    }
                }
            }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Tickets,
        wording::TICKETS,
        &content,
    ))
}

pub(in crate::channels::console) async fn one(
    State(console): Shared,
    who: Who,
    Path(number): Path<i64>,
) -> Result<Markup, Trouble> {
    who.needs(Role::Editor)?;
    let Outcome::Ticket(detail) = ask(&console, &who, Command::Ticket(number)).await? else {
        return Err(Trouble::NotFound);
    };
    let title = format!("第 {number} 号");
    let content = html! {
        (asked(&detail))
        @if detail.ticket.state != "closed" { (reply_form(&console, &who, number)) }
        div.row {
            @if !detail.replies.is_empty() { (act(&console, &who, &format!("/keep {number}"), "把这条回复留作以后的回答", false)) }
            @if detail.ticket.state != "closed" { (act(&console, &who, &format!("/close {number}"), "关闭", false)) }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Tickets,
        &title,
        &content,
    ))
}

fn asked(detail: &TicketDetail) -> Markup {
    let TicketDetail { ticket, replies } = detail;
    html! {
        section.card {
            h2 { "问题" }
            p.lines { (ticket.question) }
            p.soft { (clock(ticket.opened_at)) "，" (ticket.channel) "，" (ticket_state(&ticket.state)) @if !ticket.place.is_empty() { "，" (ticket.place) } }
            @if !ticket.searched.is_empty() { p.soft { "机器人找到的：" (ticket.searched) } }
        }
        @for reply in replies {
            section.card {
                h2 { (reply.author) "的回复" }
                p.lines { (reply.text) }
                p.soft { (clock(reply.at)) "，" @if reply.delivered_at.is_some() { "已转告" } @else { "还没有转告（对方下次来时会看到）" } }
            }
        }
    }
}

fn reply_form(console: &Console, who: &Who, number: i64) -> Markup {
    html! {
        form.stack.card method="post" action=(console.path(&format!("/admin/tickets/{number}"))) {
            (token(who))
            label { "回复" textarea name="text" rows="4" required maxlength="1000" {} }
            button.button type="submit" { "回复" }
        }
    }
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    text: String,
}

pub(in crate::channels::console) async fn reply(
    State(console): Shared,
    Path(number): Path<i64>,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let text = form.text.trim().to_owned();
    if text.is_empty() {
        return Err(Trouble::Unreadable);
    }
    let command = Command::Reply {
        ticket: number,
        text,
    };
    carry_out(&console, &who, command, Page::Tickets).await
}
