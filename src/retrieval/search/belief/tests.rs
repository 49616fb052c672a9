//! What belief in the best hit rests on.

use super::*;
use crate::{
    corpus::Period,
    retrieval::{
        Features, PassageAt, Resemblance, fact,
        testing::{first_passage, near, query, report, substitute},
    },
};

fn hit(score: f32, features: Features) -> Hit {
    Hit {
        at: PassageAt {
            document: 0,
            passage: 0,
        },
        score,
        sentence: 0,
        period: Period::Undated,
        features,
        matched: Vec::new(),
    }
}

fn prepared(heading: &str, paragraph: &str) -> Prepared {
    let body = format!("## {heading}\n\n{paragraph}");
    Prepared::new(&first_passage(report("测试县", 2024, &body)))
}

/// Of one hit whose passage is `paragraph`; every word weighs the same.
fn evidence(query: &Query, paragraph: &str) -> Evidence {
    let passage = prepared("2023年工作回顾", paragraph);
    let hits = [hit(1.0, Features::default())];
    Evidence::new(query, &hits, &passage, |_| 1.0).expect("there is a hit")
}

fn of_hits(hits: &[Hit]) -> Evidence {
    let passage = prepared("2023年工作回顾", "修路。");
    Evidence::new(&query("修路"), hits, &passage, |_| 1.0).expect("there is a hit")
}

#[test]
fn belief_is_a_logistic_function_of_the_evidence() {
    let evidence = Evidence {
        bias: 1.0,
        coverage: 0.5,
        ..Evidence::default()
    };
    let belief = |bias, coverage| {
        evidence.belief(&Evidence {
            bias,
            coverage,
            lead: 9.0,
            ..Evidence::default()
        })
    };
    assert!(near(belief(0.0, 0.0), 0.5));
    assert!(near(belief(-1.0, 4.0), 1.0 / (1.0 + (-1.0_f32).exp())));
    assert!(belief(0.0, 2.0) > 0.5 && belief(0.0, -2.0) < 0.5);
}

#[test]
fn coverage_is_that_of_sentence_words_or_headings_whichever_is_most() {
    let of = |cover, words, heading| {
        let features = Features {
            cover,
            words,
            heading,
            ..Features::default()
        };
        of_hits(&[hit(1.0, features)]).coverage
    };
    assert!(near(of(0.3, 0.2, 0.1), 0.3));
    assert!(near(of(0.1, 0.3, 0.2), 0.3));
    assert!(near(of(0.2, 0.1, 0.3), 0.3));
}

#[test]
fn a_word_stands_in_a_passage_whole_by_an_official_word_or_by_a_pair() {
    let trace = |query: &Query, text: &str| trace(query, &query.words[0].text, text);
    assert!(near(trace(&query("供水"), "实施供水工程"), 1.0));
    assert!(near(trace(&query("供水"), "水利"), 0.0));
    assert!(near(trace(&query("供水站"), "实施供水工程"), 0.5));
    let official = |weight| {
        let mut query = query("自来水");
        query.substitutes = vec![substitute("自来水", &[("供水", weight)])];
        trace(&query, "实施供水工程")
    };
    assert!(near(official(0.8), 0.8));
    assert!(near(official(0.6), 0.6), "the least that means the same");
    assert!(near(official(0.59), 0.0), "it only helps to find");
    let mut both = query("自来水");
    both.substitutes = vec![substitute("自来水", &[("供水", 0.7), ("饮水", 0.9)])];
    assert!(near(trace(&both, "供水和饮水"), 0.9), "the best");
    both.substitutes[0].alternatives[0].weight = 0.6;
    assert!(near(trace(&both, "来水和供水"), 0.6), "more than a pair");
}

#[test]
fn a_passage_holds_a_share_of_the_question_and_lacks_its_heaviest_word() {
    let idf = |word: &str| match word {
        "供水" => 3.0,
        "道路" => 2.0,
        _ => 1.0,
    };
    let of = |paragraph: &str| {
        let hits = [hit(1.0, Features::default())];
        let passage = prepared("2023年工作回顾", paragraph);
        let query = query("供水 道路 学校 医院");
        Evidence::new(&query, &hits, &passage, idf).expect("there is a hit")
    };
    let some = of("硬化道路。新建学校。");
    assert!(near(some.passage, 3.0 / 7.0), "{some:?}");
    assert!(near(some.absent, 3.0 / 7.0), "供水 is not there");
    let most = of("供水和道路。");
    assert!(near(most.passage, 5.0 / 7.0) && near(most.absent, 1.0 / 7.0));
    let all = of("供水、道路、学校、医院。");
    assert!(near(all.passage, 1.0) && near(all.absent, 0.0));
}

#[test]
fn headings_belong_to_the_passage_and_weak_words_count_less() {
    let mut question = query("供水 道路");
    question.words[1].weight = 0.25;
    let passage = prepared("供水", "修桥。");
    let hits = [hit(1.0, Features::default())];
    let found = Evidence::new(&question, &hits, &passage, |_| 1.0).expect("there is a hit");
    assert!(near(found.passage, 1.0 / 1.25));
    assert!(near(found.absent, 0.25 / 1.25));
    let nothing = evidence(&query(""), "修桥。");
    assert!(near(nothing.passage, 0.0) && near(nothing.absent, 0.0));
}

#[test]
fn the_lead_is_a_share_of_the_best_score() {
    let lead = |scores: &[f32]| {
        let hits: Vec<Hit> = scores
            .iter()
            .map(|s| hit(*s, Features::default()))
            .collect();
        of_hits(&hits).lead
    };
    assert!(near(lead(&[4.0, 3.0, 1.0]), 0.25));
    assert!(near(lead(&[4.0]), 1.0), "nobody follows");
    assert!(near(lead(&[4.0, -4.0]), 1.0), "at most all of it");
    assert!(near(lead(&[-1.0, -2.0]), 0.0), "a bad hit leads nobody");
    assert!(near(lead(&[0.0, -2.0]), 0.0));
}

#[test]
fn a_fact_asked_for_is_unmet_when_the_best_sentence_does_not_hold_it() {
    let unmet = |question: &str, need| {
        let features = Features {
            need,
            ..Features::default()
        };
        let passage = prepared("2023年工作回顾", "修路。");
        let query = Query {
            need: fact::need(question),
            ..query("低保")
        };
        let hits = [hit(1.0, features)];
        let found = Evidence::new(&query, &hits, &passage, |_| 1.0);
        found.expect("there is a hit").unmet
    };
    assert!(near(unmet("低保是多少钱", 0.0), 1.0));
    assert!(near(unmet("低保是多少钱", 0.4), 0.0));
    assert!(near(unmet("低保怎么样", 0.0), 0.0), "none is asked for");
}

#[test]
fn the_cosine_and_what_the_question_is_like_are_taken_over() {
    let features = Features {
        cosine: 0.7,
        ..Features::default()
    };
    let question = Query {
        resemblance: Resemblance {
            on_topic: 0.4,
            off_topic: 0.6,
        },
        ..query("修路")
    };
    let passage = prepared("2023年工作回顾", "修路。");
    let hits = [hit(1.0, features)];
    let found = Evidence::new(&question, &hits, &passage, |_| 1.0).expect("there is a hit");
    assert!(near(found.cosine, 0.7) && near(found.bias, 1.0));
    assert!(near(found.on_topic, 0.4) && near(found.off_topic, 0.6));
}

#[test]
fn nothing_rests_on_no_hits() {
    let passage = prepared("2023年工作回顾", "修路。");
    assert_eq!(Evidence::new(&query("修路"), &[], &passage, |_| 1.0), None);
}
