//! What confidence in the best hit rests on.

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

fn folded(heading: &str, paragraph: &str) -> FoldedPassage {
    let body = format!("## {heading}\n\n{paragraph}");
    FoldedPassage::new(&first_passage(report("测试县", 2024, &body)))
}

/// Of one hit whose passage is `paragraph`; every word weighs the same.
fn features(query: &Query, paragraph: &str) -> ConfidenceFeatures {
    let passage = folded("2023年工作回顾", paragraph);
    let hits = [hit(1.0, Features::default())];
    ConfidenceFeatures::new(query, &hits, &passage, |_| 1.0).expect("there is a hit")
}

fn of_hits(hits: &[Hit]) -> ConfidenceFeatures {
    let passage = folded("2023年工作回顾", "修路。");
    ConfidenceFeatures::new(&query("修路"), hits, &passage, |_| 1.0).expect("there is a hit")
}

#[test]
fn confidence_is_a_logistic_function_of_its_features() {
    let features = ConfidenceFeatures::of([
        (ConfidenceFeature::Bias, 1.0),
        (ConfidenceFeature::Coverage, 0.5),
    ]);
    let probability = |bias, coverage| {
        features.probability(&ConfidenceFeatures::of([
            (ConfidenceFeature::Bias, bias),
            (ConfidenceFeature::Coverage, coverage),
            (ConfidenceFeature::Lead, 9.0),
        ]))
    };
    assert!(near(probability(0.0, 0.0), 0.5));
    assert!(near(probability(-1.0, 4.0), 1.0 / (1.0 + (-1.0_f32).exp())));
    assert!(probability(0.0, 2.0) > 0.5 && probability(0.0, -2.0) < 0.5);
}

#[test]
fn coverage_is_that_of_sentence_words_or_headings_whichever_is_most() {
    let of = |cover, words, heading| {
        let features = Features::of([
            (Feature::Coverage, cover),
            (Feature::WordCoverage, words),
            (Feature::HeadingCoverage, heading),
        ]);
        of_hits(&[hit(1.0, features)])[ConfidenceFeature::Coverage]
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
        let passage = folded("2023年工作回顾", paragraph);
        let query = query("供水 道路 学校 医院");
        ConfidenceFeatures::new(&query, &hits, &passage, idf).expect("there is a hit")
    };
    let some = of("硬化道路。新建学校。");
    assert!(
        near(some[ConfidenceFeature::PassageCoverage], 3.0 / 7.0),
        "{some:?}"
    );
    assert!(
        near(some[ConfidenceFeature::AbsentWord], 3.0 / 7.0),
        "供水 is not there"
    );
    let most = of("供水和道路。");
    assert!(
        near(most[ConfidenceFeature::PassageCoverage], 5.0 / 7.0)
            && near(most[ConfidenceFeature::AbsentWord], 1.0 / 7.0)
    );
    let all = of("供水、道路、学校、医院。");
    assert!(
        near(all[ConfidenceFeature::PassageCoverage], 1.0)
            && near(all[ConfidenceFeature::AbsentWord], 0.0)
    );
}

#[test]
fn headings_belong_to_the_passage_and_weak_words_count_less() {
    let mut question = query("供水 道路");
    question.words[1].weight = 0.25;
    let passage = folded("供水", "修桥。");
    let hits = [hit(1.0, Features::default())];
    let found =
        ConfidenceFeatures::new(&question, &hits, &passage, |_| 1.0).expect("there is a hit");
    assert!(near(found[ConfidenceFeature::PassageCoverage], 1.0 / 1.25));
    assert!(near(found[ConfidenceFeature::AbsentWord], 0.25 / 1.25));
    let nothing = features(&query(""), "修桥。");
    assert!(
        near(nothing[ConfidenceFeature::PassageCoverage], 0.0)
            && near(nothing[ConfidenceFeature::AbsentWord], 0.0)
    );
}

#[test]
fn the_lead_is_a_share_of_the_best_score() {
    let lead = |scores: &[f32]| {
        let hits: Vec<Hit> = scores
            .iter()
            .map(|s| hit(*s, Features::default()))
            .collect();
        of_hits(&hits)[ConfidenceFeature::Lead]
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
        let features = Features::of([(Feature::FactType, need)]);
        let passage = folded("2023年工作回顾", "修路。");
        let query = Query {
            need: fact::need(question),
            ..query("低保")
        };
        let hits = [hit(1.0, features)];
        let found = ConfidenceFeatures::new(&query, &hits, &passage, |_| 1.0);
        found.expect("there is a hit")[ConfidenceFeature::FactMissing]
    };
    assert!(near(unmet("低保是多少钱", 0.0), 1.0));
    assert!(near(unmet("低保是多少钱", 0.4), 0.0));
    assert!(near(unmet("低保怎么样", 0.0), 0.0), "none is asked for");
}

#[test]
fn the_cosine_and_what_the_question_is_like_are_taken_over() {
    let features = Features::of([(Feature::Cosine, 0.7)]);
    let question = Query {
        resemblance: Resemblance {
            on_topic: 0.4,
            off_topic: 0.6,
        },
        ..query("修路")
    };
    let passage = folded("2023年工作回顾", "修路。");
    let hits = [hit(1.0, features)];
    let found =
        ConfidenceFeatures::new(&question, &hits, &passage, |_| 1.0).expect("there is a hit");
    assert!(
        near(found[ConfidenceFeature::Cosine], 0.7) && near(found[ConfidenceFeature::Bias], 1.0)
    );
    assert!(
        near(found[ConfidenceFeature::OnTopic], 0.4)
            && near(found[ConfidenceFeature::OffTopic], 0.6)
    );
}

#[test]
fn nothing_rests_on_no_hits() {
    let passage = folded("2023年工作回顾", "修路。");
    assert_eq!(
        ConfidenceFeatures::new(&query("修路"), &[], &passage, |_| 1.0),
        None
    );
}
