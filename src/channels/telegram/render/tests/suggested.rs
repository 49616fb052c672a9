//! Suggested questions, and the replies to them.

use insta::assert_snapshot;

use super::shown;
use crate::{
    answer::{Answer, AnswerKind, Script, Status},
    channels::{
        deployment::Deployment,
        fixtures::{answered, citation, deployment},
        telegram::render,
    },
    corpus::{PassageId, Period},
};

/// An answer about roads that leads on to two questions.
fn roads() -> Answer {
    let done = citation(Period::Done(2023), "硬化自然村组道路120公里。");
    let mut answer = answered(vec![done]);
    answer.suggestions = vec![
        "2024年计划硬化自然村组道路多少公里？".into(),
        "2023年新建桥梁多少座？".into(),
    ];
    answer
}

#[test]
fn each_has_a_row_of_its_own_below_the_votes_and_no_line_in_the_text() {
    assert_snapshot!(shown(&render::answer(&roads(), &deployment())), @"
        <b>【2023年已完成】</b>
        <blockquote>硬化自然村组道路120公里。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设
        [查看整节 s:p1]
        [有用 u:p1][没用 d:p1]
        [2024年计划硬化自然村组道路多少公里？ q:0]
        [2023年新建桥梁多少座？ q:1]
    ");
}

#[test]
fn after_a_refusal_they_lead_on() {
    let mut answer = roads();
    answer.citations.clear();
    answer.status = Status::NotFound;
    answer.kind = AnswerKind::None;
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        抱歉，报告里没有找到能回答这个问题的内容。可以换个说法再问，或拨打 12345 咨询。
        [有用 u:-][没用 d:-]
        [2024年计划硬化自然村组道路多少公里？ q:0]
        [2023年新建桥梁多少座？ q:1]
    ");
}

#[test]
fn they_are_asked_in_the_script_of_the_answer() {
    let mut answer = roads();
    answer.script = Script::Traditional;
    let shown = shown(&render::answer(&answer, &deployment()));
    let (_, last) = shown.rsplit_once('\n').expect("rows of buttons");
    assert_eq!(last, "[2023年新建橋樑多少座？ q:1]");
}

#[test]
fn one_too_long_for_a_label_has_no_button() {
    let mut answer = roads();
    answer.suggestions.insert(0, "修路".repeat(51));
    let shown = shown(&render::answer(&answer, &deployment()));
    assert!(!shown.contains("修路"), "{shown}");
    assert!(shown.contains("道路多少公里？ q:0]"), "{shown}");
}

#[test]
fn the_button_for_slogans_stays_above_the_votes() {
    let public = Deployment {
        public_url: Some("https://wz.example.cn".into()),
        ..deployment()
    };
    for deployment in [deployment(), public] {
        let mut message = render::answer(&roads(), &deployment);
        message.offer_terms(&PassageId("p1".into()), Script::Simplified);
        let rows = message.keyboard.iter();
        let labels: Vec<&str> = rows.map(|row| row[0].label.as_str()).collect();
        assert_eq!(labels[..3], ["查看整节", "相关用语", "有用"]);
        assert!(labels[3].starts_with("2024年"), "{labels:?}");
    }
}

#[test]
fn the_reply_to_one_begins_with_the_question() {
    let question = "2023年硬化自然村组道路<多少>公里？";
    let reply = render::pressed_answer(question, &roads(), &deployment());
    assert_snapshot!(shown(&reply), @"
        问：2023年硬化自然村组道路&lt;多少&gt;公里？

        <b>【2023年已完成】</b>
        <blockquote>硬化自然村组道路120公里。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设
        [查看整节 s:p1]
        [有用 u:p1][没用 d:p1]
        [2024年计划硬化自然村组道路多少公里？ q:0]
        [2023年新建桥梁多少座？ q:1]
    ");
}
