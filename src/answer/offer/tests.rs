//! What is offered after a refusal in a small town.

use std::sync::LazyLock;

use super::*;
use crate::town::{Report, Town};

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
    let answer = Offers::default().respond(&TOWN.retriever, &message, &[], 3, 2024);
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
