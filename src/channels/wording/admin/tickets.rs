//! Tickets: questions that people want a person to answer.

use wenzheng_store::Ticket;

use super::lists::clock;
use crate::admin::TicketDetail;

/// What people call the state of a ticket.
#[must_use]
pub fn ticket_state(state: &str) -> &'static str {
    match state {
        "open" => "等待回复",
        "answered" => "已回复",
        "closed" => "已关闭",
        _ => "",
    }
}

/// What the staff reads of a new ticket in their chat.
#[must_use]
pub fn ticket_post(ticket: &Ticket) -> String {
    let searched = match ticket.searched.as_str() {
        "" => String::new(),
        searched => format!("\n机器人：{searched}"),
    };
    let place = match ticket.place.as_str() {
        "" => String::new(),
        place => format!("（{place}）"),
    };
    format!(
        "【请人工回答】第 {} 号{place}\n{}{searched}\n\n请直接“回复”这条消息，您写的话会转给提问的人。",
        ticket.number, ticket.question
    )
}

pub(super) fn tickets(tickets: &[Ticket]) -> String {
    if tickets.is_empty() {
        return "没有等着人工回答的问题。".to_owned();
    }
    let line = |ticket: &Ticket| {
        format!(
            "{}　{}　{}（{}）",
            ticket.number,
            clock(ticket.opened_at),
            ticket.question,
            ticket_state(&ticket.state)
        )
    };
    let lines: Vec<String> = tickets.iter().map(line).collect();
    format!("{}\n\n回复：/reply 编号 = 您的话", lines.join("\n"))
}

pub(super) fn ticket(detail: &TicketDetail) -> String {
    let TicketDetail { ticket, replies } = detail;
    let mut told = format!(
        "第 {} 号（{}，{}）\n{}",
        ticket.number,
        clock(ticket.opened_at),
        ticket_state(&ticket.state),
        ticket.question
    );
    for reply in replies {
        let given = match reply.delivered_at {
            Some(_) => "已转告",
            None => "还没有转告",
        };
        told.push_str(&format!(
            "\n{} {}：{}（{given}）",
            clock(reply.at),
            reply.author,
            reply.text
        ));
    }
    told
}
