//! What is offered after a refusal and after an answer in a small town.

use std::sync::LazyLock;

use time::macros::date;

use super::*;
use crate::{
    answer::Citation,
    town::{Report, Town},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[Report::new("石门县", 2024)
        .done("新建幼儿园3所，改造公厕12座。")
        .done("粮食总产量达到37万吨。")
        .done("停车场收费更加规范。")
        .planned("新建停车场5个，培训养老护理员300人。")
        .item("一是硬化村组道路150公里。")
        .term("飞地经济", "两个地区合作发展的一种模式。")])
});

fn offered(question: &str) -> Vec<String> {
    let message = Message::new(question);
    let answer =
        Offers::default().respond(&TOWN.retriever, &message, &[], 3, date!(2024 - 06 - 01));
    answer.expect("in memory").suggestions
}

#[test]
fn a_refusal_leads_to_questions_that_share_its_matter() {
    let near = offered("停车场一个小时收多少钱");
    assert_eq!(near, ["2024年计划新建停车场多少个？"]);
}

#[test]
fn nothing_is_offered_when_nothing_is_near_or_when_it_was_answered() {
    assert!(offered("电影院几点开门").is_empty());
    assert!(offered("今年新建几个停车场").is_empty());
    assert!(offered("有人跳河了快来救人").is_empty());
}

/// A town whose report tells of some things twice.
static TWICE: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[Report::new("石门县", 2024)
        .done("改造提升幼儿园12所。城市建成区面积达到18平方公里。")
        .done("县财政科技投入比例达到1.8%。")
        .done("发放高龄补贴300万元。")
        .planned("新建幼儿园2所。")
        .planned("落实消费补贴政策。新建农贸市场3处。")
        .term("飞地经济", "两个地区合作发展的一种模式。")])
});

fn asked(question: &str) -> Answer {
    let message = Message::new(question);
    let answer =
        Offers::default().respond(&TWICE.retriever, &message, &[], 3, date!(2024 - 06 - 01));
    answer.expect("in memory")
}

#[test]
fn after_an_answer_what_else_is_told_of_the_same_thing_can_be_asked() {
    let answer = asked("去年改造了几所幼儿园");
    assert_eq!(answer.status, Status::Answered);
    assert_eq!(answer.suggestions, ["2024年计划新建幼儿园多少所？"]);
}

#[test]
fn a_related_question_shows_another_card() {
    for question in ["去年改造了几所幼儿园", "今年新建几所幼儿园"] {
        let answer = asked(question);
        for related in &answer.suggestions {
            let reply = asked(related);
            assert_eq!(reply.status, Status::Answered, "{related}");
            let shown = |cited: &Citation| cited.quote == reply.citations[0].quote;
            assert!(!answer.citations.iter().any(shown), "{question} {related}");
        }
    }
}

#[test]
fn beside_an_answer_nothing_stands_that_shares_a_word_of_every_report_alone() {
    // 建成 and 新建, 面积, 补贴 join no two things.
    for question in ["建成区面积有多大", "高龄补贴发了多少", "飞地经济是什么意思"]
    {
        let answer = asked(question);
        assert_eq!(answer.status, Status::Answered, "{question}");
        assert!(answer.suggestions.is_empty(), "{:?}", answer.suggestions);
    }
}

#[test]
fn a_word_that_is_told_of_anything_leads_a_refusal_to_no_question() {
    for question in ["看病报销的比例是多少", "上高中有补贴吗", "鱼塘面积多大"]
    {
        let answer = asked(question);
        assert_ne!(answer.status, Status::Answered, "{question}");
        assert!(answer.suggestions.is_empty(), "{:?}", answer.suggestions);
    }
}

#[test]
fn small_talk_and_emergencies_have_no_related_questions() {
    for message in ["你好", "谢谢", "幼儿园着火了快来救人"] {
        assert!(asked(message).suggestions.is_empty(), "{message}");
    }
}

#[test]
fn every_question_of_the_report_is_answered_by_what_it_was_made_of() {
    let document = TOWN.retriever.library().document(0).expect("it is loaded");
    let offers = Offers::default();
    let all = offers.all_of(&TOWN.retriever, document).expect("in memory");
    assert!(all.len() >= 5, "{all:#?}");
    for offer in all {
        let answer = TOWN.ask(&offer.question);
        assert_eq!(answer.status, Status::Answered, "{}", offer.question);
        assert_eq!(answer.citations[0].passage_id, offer.passage);
    }
}

#[test]
fn a_topic_is_completed_by_a_part_of_it_by_pinyin_and_by_first_letters() {
    let offers = Offers::default();
    for typed in ["停车", "tingche", "tcc"] {
        let found = offers.complete(&TOWN.retriever, typed, 3);
        let found = found.expect("in memory");
        assert_eq!(found[0].topic, "停车场", "{typed}");
    }
}
