//! What is shown of the report beside whom to call.

use std::sync::LazyLock;

use crate::{
    answer::{Concern, Status},
    town::{Quotes as _, Report, Town},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    Town::of(&[Report::new("石门县", 2024)
        .done("实施农网改造工程12公里。")
        .done("新建公厕3座，新装路灯200盏。")
        .done("新建幼儿园2所。")
        .planned("深入开展根治欠薪行动，保障农民工工资按时发放。")
        .planned("严厉打击电信诈骗犯罪。")
        .planned("加强心理健康服务。")])
});

#[test]
fn a_fault_shows_at_most_one_passage_on_that_very_thing() {
    let answer = TOWN.ask("我们巷子路灯坏了");
    assert_eq!(answer.quotes(), ["新建公厕3座，新装路灯200盏。"]);
    assert_eq!((answer.status, answer.missing), (Status::Partial, None));
}

#[test]
fn a_fault_of_which_the_report_does_not_speak_shows_none() {
    for text in [
        "楼里电梯老卡",
        "村口桥栏杆断了",
        "路烂得没法走",
        "办事的人态度不好",
    ] {
        let answer = TOWN.ask(text);
        assert_eq!(
            (answer.status, answer.quotes().len()),
            (Status::NotFound, 0),
            "{text}"
        );
        assert!(answer.referral.is_some(), "{text}");
    }
}

#[test]
fn wages_and_power_cuts_are_known_by_what_reports_call_them() {
    let wages = TOWN.ask("工头半年不给工钱");
    assert_eq!(
        wages.quotes(),
        ["深入开展根治欠薪行动，保障农民工工资按时发放。"]
    );
    let power = TOWN.ask("庄里三天两头停电");
    assert_eq!(power.quotes(), ["实施农网改造工程12公里。"]);
}

#[test]
fn danger_shows_nothing_of_the_report_unless_it_asks_for_it() {
    for (text, concern) in [
        ("我妈叫人骗了钱", Concern::Fraud),
        ("我不想活了", Concern::Despair),
        ("支书贪污了修路钱", Concern::Corruption),
    ] {
        let answer = TOWN.ask(text);
        assert_eq!(
            (answer.status, answer.citations.len()),
            (Status::Smalltalk, 0),
            "{text}"
        );
        let told = answer.referral.map(|referral| referral.concern);
        assert_eq!(told, Some(concern), "{text}");
    }
    let asks = TOWN.ask("我不想活了，县里有心理健康服务吗");
    assert_eq!(asks.quotes(), ["加强心理健康服务。"]);
    assert!(asks.referral.is_some());
}
