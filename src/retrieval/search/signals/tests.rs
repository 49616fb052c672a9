//! What a sentence states.

use super::*;
use crate::retrieval::{
    testing::{asking, even, first_passage, near, reading, report},
    understand::Reading,
};

/// The feature for `text`, every term of the question weighing the same.
fn fit(content: &str, question: &str, text: &str) -> f32 {
    let question = asking(content, question);
    let coverage = Coverage::new(&question, &even(&question));
    fact_with_topic(&question, &coverage, text)
}

/// Indices of the sentences of a paragraph that state something.
fn stating(paragraph: &str) -> Vec<usize> {
    let body = format!("## 2023年工作回顾\n\n{paragraph}");
    statements(&first_passage(report("测试县", 2024, &body)))
}

#[test]
fn a_heading_states_nothing_unless_it_stands_alone() {
    let lead = "**加快健康城市建设。**深化医药改革。扩大医保范围。";
    assert_eq!(stating(lead), [1, 2]);
    assert_eq!(stating("**全面加强自身建设。**"), [0]);
}

#[test]
fn a_sentence_defines_what_it_opens_with_and_then_explains() {
    let asked = |content: &str, definitional| {
        Understanding::new(Reading {
            definitional,
            ..reading(content)
        })
    };
    let defines = |text: &str| defines(&asked("三抓三促", true), text) > 0.5;
    assert!(defines("三抓三促:抓学习促提升"));
    assert!(defines("三抓三促是指抓学习促提升"));
    assert!(defines("(1) 三抓三促 即抓学习促提升"));
    assert!(!defines("三抓三促取得成效"), "nothing explains");
    assert!(!defines("开展三抓三促是为了落实"), "it opens otherwise");
    let of = |content: &str, definitional, text: &str| {
        super::defines(&asked(content, definitional), text) > 0.5
    };
    assert!(!of("三抓三促", false, "三抓三促:抓学习促提升"));
    assert!(!of("水", true, "水是指自来水"), "too short");
}

#[test]
fn a_fact_counts_whole_in_the_clause_of_its_topic() {
    let amount = |text: &str| fit("低保标准", "低保标准是多少钱", text);
    assert!(near(amount("低保标准提高到680元"), 1.0));
    assert!(near(amount("低保标准提高"), 0.0), "no fact");
    assert!(near(amount("发放50元"), 0.4), "the topic is elsewhere");
    // 低保 保标 标准: two of three stand with the figure, and are enough for it.
    assert!(near(
        amount("保标准680元,低保标准提高"),
        0.4 + 0.6 * 2.0 / 3.0
    ));
}

#[test]
fn a_figure_may_follow_its_topic_in_the_next_clause_and_no_later() {
    let amount = |text: &str| fit("低保标准", "低保标准是多少钱", text);
    assert!(near(amount("低保标准提高,每人680元"), 0.4));
    assert!(near(amount("低保标准提高、每人680元"), 0.4));
    assert!(near(amount("低保标准提高,救助加强,每人680元"), 0.0));
    assert!(near(amount("每人680元,低保标准提高"), 0.0), "before it");
    // One pair of three is less than half of what the topic's own clause holds.
    assert!(near(amount("低保扩面100元,低保标准提高"), 0.0));
    let count = |text: &str| fit("淤地坝", "新建多少座淤地坝", text);
    assert!(near(count("新建淤地坝,共6座"), 0.4));
    assert!(near(count("新建淤地坝,加固河堤,共6座"), 0.0));
    let share = |text: &str| fit("森林覆盖", "森林覆盖率是多少", text);
    assert!(near(share("森林覆盖提高,达到15%"), 0.4));
    assert!(near(share("森林覆盖提高,绿化加快,达到15%"), 0.0));
}

#[test]
fn a_place_and_a_completion_stand_in_the_clause_of_their_topic() {
    let place = |text: &str| fit("养老院", "养老院在哪", text);
    assert!(near(place("养老院位于城关镇"), 1.0));
    assert!(near(place("养老院开工,公园位于城关镇"), 0.0));
    let finished = |text: &str| fit("养老院", "养老院啥时候建成", text);
    assert!(near(finished("养老院建成"), 1.0));
    assert!(near(finished("养老院开工,大桥建成"), 0.0));
    let date = |text: &str| fit("养老院", "养老院几月几号开门", text);
    assert!(
        near(date("养老院开工,加快建设,12月5日开门"), 0.4),
        "anywhere"
    );
}

#[test]
fn a_question_that_asks_for_no_fact_is_not_met() {
    assert!(near(fit("低保", "低保怎么样", "低保680元"), 0.0));
}
