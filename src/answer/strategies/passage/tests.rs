//! What is quoted of the passages found.

use std::sync::LazyLock;

use super::*;
use crate::{
    answer::{Gap, Status},
    retrieval::{Decision, Ranking, Setup},
    town::{Quotes as _, Report, Town},
};

static ROADS: LazyLock<Town> =
    LazyLock::new(|| Town::with("去年新建村道12公里。今年计划新建村道30公里。"));

/// The same roads, judged by other thresholds.
fn judged(change: impl Fn(&mut Decision)) -> Town {
    let mut ranking = Ranking::embedded();
    change(&mut ranking.decision);
    let report = Report::new("石门县", 2024)
        .done("新建村道12公里。")
        .done("新建幼儿园3所。");
    Town::built(
        &[report],
        Setup {
            ranking,
            ..Setup::default()
        },
    )
}

#[test]
fn the_year_asked_for_comes_first_and_the_other_beside_it() {
    let done = ROADS.part("去年修了多少公里村道");
    assert_eq!(done.status, Status::Answered);
    assert_eq!(done.quotes()[0], "去年新建村道12公里。");
    let planned = ROADS.part("今年新建村道多少公里");
    assert_eq!(planned.status, Status::Answered);
    assert_eq!(
        planned.quotes(),
        ["今年计划新建村道30公里。", "去年新建村道12公里。"]
    );
}

#[test]
fn result_and_plan_stand_side_by_side_when_no_year_is_named() {
    let part = ROADS.part("新建村道多少公里");
    assert_eq!(
        (part.status, part.kind),
        (Status::Answered, AnswerKind::Passage)
    );
    assert_eq!(
        part.quotes(),
        ["去年新建村道12公里。", "今年计划新建村道30公里。"]
    );
}

#[test]
fn the_plan_comes_first_when_the_question_leans_to_it() {
    assert_eq!(
        ROADS.part("新建村道的目标是多少公里").quotes(),
        ["今年计划新建村道30公里。", "去年新建村道12公里。"]
    );
}

#[test]
fn what_the_report_does_not_speak_of_is_not_found() {
    let part = ROADS.part("天然气管网入户价格");
    assert_eq!(
        (part.status, part.kind),
        (Status::NotFound, AnswerKind::None)
    );
    assert!(part.citations.is_empty() && part.notices.is_empty() && part.related.is_empty());
}

#[test]
fn what_hardly_speaks_of_it_is_not_found_and_what_just_does_is() {
    let question = "新建村道多少公里";
    let judge = |least: f32| {
        move |decision: &mut Decision| (decision.not_found, decision.nearest) = (least, 1.1)
    };
    let speaks = |least: f32| judged(judge(least)).part(question);
    assert_eq!(speaks(1.1).status, Status::NotFound);
    assert_eq!(speaks(0.0).status, Status::Answered);
}

#[test]
fn what_only_comes_near_is_quoted_as_such() {
    let question = "新建村道多少公里";
    let sure = |least: f32| {
        let judge = |decision: &mut Decision| (decision.unsure, decision.relevant) = (least, 1.1);
        judged(judge).part(question)
    };
    assert_eq!(sure(0.0).missing, None);
    let near = sure(1.1);
    assert_eq!(near.status, Status::Partial);
    assert_eq!(near.lacks().map(|(asked, _)| asked), Some(Gap::Direct));
    assert_eq!(near.quotes(), ["新建村道12公里。"]);
}

#[test]
fn what_an_entry_tells_is_a_definition() {
    let town = Town::of(&[Report::new("石门县", 2024)
        .done("新建村道12公里。")
        .term("“四水四定”", "以水定城、以水定地、以水定人、以水定产。")]);
    let part = town.part("以水定城以水定地以水定人");
    assert_eq!(part.kind, AnswerKind::Definition);
}

#[test]
fn what_else_was_found_is_related_and_never_what_is_cited() {
    let report = (1..=12).fold(Report::new("石门县", 2024), |report, n| {
        report.done(&format!("第{n}条村道新建完工，长{n}公里。"))
    });
    let part = Town::of(&[report]).part("去年新建村道多少公里");
    assert_eq!(part.citations.len(), 3);
    assert_eq!(part.related.len(), RELATED);
    let cited = part.citations.iter().map(|citation| &citation.passage_id);
    assert!(cited.clone().all(|id| !part.related.contains(id)));
}

#[test]
fn beside_the_answer_only_the_clauses_that_matter_are_quoted() {
    let long = format!(
        "完成投资{}，新建村道12公里，{}。",
        "很多".repeat(30),
        "其他".repeat(30)
    );
    let town = Town::of(&[Report::new("石门县", 2024)
        .done("新建村道总长40公里。")
        .done(&long)]);
    let part = town.part("去年新建村道多少公里");
    assert_eq!(part.citations[0].quote, "新建村道总长40公里。");
    let beside = &part.citations[1].quote;
    assert!(beside.contains("新建村道12公里"), "{beside}");
    assert!(beside.chars().count() <= 90, "{beside}");
}

static BESIDE: LazyLock<Town> = LazyLock::new(|| {
    Town::with("去年新建村道12公里。今年计划新建敬老院3所。今年与张掖加强旅游协作。")
});

#[test]
fn a_place_at_the_start_that_is_not_loaded_may_have_its_own_report() {
    let notices = |question: &str| BESIDE.part(question).notices;
    let loads = |what: &str| vec![Notice::NotLoaded { what: what.into() }];
    assert_eq!(notices("兰州丹霞地貌门票"), loads("兰州"));
    assert_eq!(notices("请问兰州丹霞地貌门票"), loads("兰州"));
    // Neither elsewhere in the question, nor a river, nor a place that is loaded.
    assert_eq!(notices("丹霞地貌门票是兰州的吗"), []);
    assert_eq!(notices("黄河丹霞地貌门票"), []);
    assert_eq!(notices("石门丹霞地貌门票"), []);
}

#[test]
fn a_passage_that_shares_only_the_place_s_name_tells_nothing_of_it() {
    let part = BESIDE.part("张掖丹霞地貌");
    assert_eq!(part.status, Status::NotFound);
    assert_eq!(
        part.notices,
        [Notice::NotLoaded {
            what: "张掖".into()
        }]
    );
    assert_ne!(BESIDE.part("张掖旅游协作").status, Status::NotFound);
}

#[test]
fn what_is_told_of_the_place_served_is_not_told_of_another() {
    let town = Town::with("去年地区生产总值70亿元，增长7%。");
    for asked in ["兰州去年地区生产总值多少", "隔壁兰州去年地区生产总值多少"]
    {
        let part = town.part(asked);
        assert_eq!(part.status, Status::NotFound, "{asked}");
        assert_eq!(
            part.notices,
            [Notice::NotLoaded {
                what: "兰州".into()
            }]
        );
    }
    assert_eq!(town.part("去年地区生产总值多少").status, Status::Answered);
}

#[test]
fn what_lacks_the_fact_and_hardly_comes_near_is_not_shown() {
    let nearest = |least: f32| {
        let judge = |decision: &mut Decision| decision.nearest = least;
        judged(judge).part("新建村道要花多少钱")
    };
    assert_eq!(nearest(0.0).status, Status::Partial);
    let nothing = nearest(1.1);
    assert_eq!(nothing.status, Status::NotFound);
    assert!(nothing.missing.is_some() && nothing.citations.is_empty());
    let told = |decision: &mut Decision| decision.nearest = 1.1;
    assert_eq!(
        judged(told).part("新建村道多少公里").status,
        Status::Answered
    );
}

#[test]
fn what_is_worth_reading_may_speak_of_it_half_as_surely() {
    let decision = *ROADS.retriever.decision();
    let confidence = |speaks: f32| Confidence {
        speaks,
        answers: 1.0,
    };
    let spoken = |share: f32, relevance: f32| {
        speaks(&decision, confidence(decision.not_found * share), relevance)
    };
    assert!(spoken(1.0, 0.0));
    assert!(spoken(0.6, decision.nearest) && !spoken(0.6, decision.nearest - 0.1));
    assert!(!spoken(0.4, 1.0));
}

#[test]
fn what_the_report_writes_is_not_said_to_be_missing() {
    let judge = |decision: &mut Decision| decision.stands = 2.0;
    let part = judged(judge).part("去年新建村道多少公里");
    assert_eq!(part.status, Status::NotFound);
    let missing = part.missing.expect("a refusal names what it lacks");
    assert!(!missing.topic.is_empty(), "{missing:?}");
    assert_eq!(missing.words, "");
}
