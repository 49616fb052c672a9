//! Topics: what was not answered well.

use wenzheng_store::Topic;

use super::lists::clock;
use crate::admin::{ListedTopic, TopicDetail, TopicPage};

/// Topics listed in a chat.
const LISTED: usize = 10;
/// Questions shown of a topic in a chat.
const SHOWN: usize = 8;

/// What people call the state of a topic.
#[must_use]
pub fn topic_state(state: &str) -> &'static str {
    match state {
        "open" => "待处理",
        "in_hand" => "处理中",
        "answered" => "已解决",
        "not_ours" => "不归我们",
        "ignored" => "忽略",
        _ => "",
    }
}

/// How a question ended that was not answered well.
#[must_use]
pub fn asked_status(status: &str) -> &'static str {
    match status {
        "not_found" => "没找到",
        "partial" => "只答了一部分",
        "useless" | "answered" => "被评没用",
        _ => "",
    }
}

/// What a topic is called; a number for a viewer, who reads no single question.
#[must_use]
pub fn topic_label(topic: &Topic) -> String {
    match topic.label.as_str() {
        "" => format!("第 {} 组", topic.number),
        label => label.to_owned(),
    }
}

pub(super) fn page(page: &TopicPage) -> String {
    if page.topics.is_empty() {
        return "没有待处理的问题。".to_owned();
    }
    let lines: Vec<String> = page.topics.iter().take(LISTED).map(line).collect();
    let open = page.states.iter().filter(|(state, _)| state == "open");
    let open: i64 = open.map(|(_, number)| number).sum();
    format!(
        "没答好的问题，按事情归成组（待处理 {open} 组）：\n{}\n\n看一组：/topic 编号。教一个词：/synonym 大家说的 = 文件里的；写一条回答：/faq 问题 = 回答；不归我们：/refer 编号 = 请问谁。",
        lines.join("\n")
    )
}

fn line(listed: &ListedTopic) -> String {
    let topic = &listed.topic;
    let months: Vec<String> = listed
        .months
        .iter()
        .map(|(month, number)| format!("{}月 {number}", month.get(5..).unwrap_or(month)))
        .collect();
    let months = match months.as_slice() {
        [] => String::new(),
        months => format!("（{}）", months.join("，")),
    };
    let anew = match topic.reopened {
        0 => String::new(),
        times => format!("，解决后又问了 {times} 次"),
    };
    format!(
        "{}　{}　×{}{months}　{}{anew}",
        topic.number,
        topic_label(topic),
        topic.asked,
        topic_state(&topic.state)
    )
}

pub(super) fn detail(detail: &TopicDetail) -> String {
    let TopicDetail {
        topic, questions, ..
    } = detail;
    let mut told = format!(
        "第 {} 组：{}（{}，共 {} 次，最近 {}）",
        topic.number,
        topic_label(topic),
        topic_state(&topic.state),
        topic.asked,
        clock(topic.last_at)
    );
    if !topic.person.is_empty() || !topic.note.is_empty() {
        told.push_str(&format!("\n{}：{}", topic.person, topic.note));
    }
    for logged in questions.iter().take(SHOWN) {
        told.push_str(&format!(
            "\n· {}（{}）",
            logged.question,
            asked_status(&logged.status)
        ));
    }
    told.push_str(&format!(
        "\n\n改状态：/topic {} 处理中（已解决、不归我们、忽略、待处理）",
        topic.number
    ));
    told
}

pub(super) fn set(numbers: &[i64], state: &str) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let numbers = numbers.join("、");
    match state {
        "merged" => format!("已并入第 {numbers} 组。"),
        "split" => format!("已拆成新的一组：第 {numbers} 组。"),
        state => format!("第 {numbers} 组：{}。", topic_state(state)),
    }
}
