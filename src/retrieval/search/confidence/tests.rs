//! What confidence in the best hit rests on.

use super::*;
use crate::{
    corpus::{PassageAt, Period},
    retrieval::{
        search::{Features, QuestionVector, Resemblance},
        testing::{asking, even, everyday, first_passage, near, query, reading, report, request},
        understand::Reading,
    },
    semantic::Vector,
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

/// Of these hits, whose best passage is `paragraph`; every word weighs the same.
fn features(question: Understanding, hits: &[Hit], paragraph: &str) -> ConfidenceFeatures {
    let passage = folded("2023年工作回顾", paragraph);
    let frequencies = even(&question);
    let features = ConfidenceFeatures::new(&request(question), &frequencies, hits, &passage);
    features.expect("there is a hit")
}

fn of_hits(hits: &[Hit]) -> ConfidenceFeatures {
    features(query("修路"), hits, "修路。")
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
    let trace = |question: &Understanding, text: &str| {
        trace(question, &question.words()[0].text, TextMatch::new(text))
    };
    assert!(near(trace(&query("供水"), "实施供水工程"), 1.0));
    assert!(near(trace(&query("供水"), "水利"), 0.0));
    assert!(near(trace(&query("供水站"), "实施供水工程"), 0.5));
    let with = |official: &[(&str, f32)]| {
        Understanding::new(Reading {
            expansions: vec![everyday("自来水", official)],
            ..reading("自来水")
        })
    };
    let official = |weight| trace(&with(&[("供水", weight)]), "实施供水工程");
    assert!(near(official(0.8), 0.8));
    assert!(near(official(0.6), 0.6), "the least that means the same");
    assert!(near(official(0.59), 0.0), "it only helps to find");
    let both = with(&[("供水", 0.7), ("饮水", 0.9)]);
    assert!(near(trace(&both, "供水和饮水"), 0.9), "the best");
    let one = with(&[("供水", 0.6)]);
    assert!(near(trace(&one, "来水和供水"), 0.6), "more than a pair");
}

#[test]
fn a_passage_holds_a_share_of_the_question_and_lacks_its_heaviest_word() {
    let frequencies = Frequencies {
        passages: 8,
        bigrams: Vec::new(),
        words: vec![0, 1, 5, 5],
    };
    let idf = [0, 1, 2, 3].map(|n| frequencies.word_idf(n));
    let all: f32 = idf.iter().sum();
    let hits = [hit(1.0, Features::default())];
    let of = |paragraph: &str| {
        let request = request(query("供水 道路 学校 医院"));
        let passage = folded("2023年工作回顾", paragraph);
        let features = ConfidenceFeatures::new(&request, &frequencies, &hits, &passage);
        let features = features.expect("there is a hit");
        let [covered, absent] = [
            ConfidenceFeature::PassageCoverage,
            ConfidenceFeature::AbsentWord,
        ];
        (features[covered], features[absent])
    };
    let (covered, absent) = of("硬化道路。新建学校。");
    assert!(near(covered, (idf[1] + idf[2]) / all));
    assert!(near(absent, idf[0] / all), "供水 is not there");
    let (covered, absent) = of("供水和道路。");
    assert!(near(covered, (idf[0] + idf[1]) / all) && near(absent, idf[2] / all));
    let (covered, absent) = of("供水、道路、学校、医院。");
    assert!(near(covered, 1.0) && near(absent, 0.0));
}

#[test]
fn headings_belong_to_the_passage_and_weak_words_count_less() {
    let mut weak = reading("供水 道路");
    weak.words[1].weight = 0.25;
    let question = Understanding::new(weak);
    let passage = folded("供水", "修桥。");
    let hits = [hit(1.0, Features::default())];
    let frequencies = even(&question);
    let found = ConfidenceFeatures::new(&request(question), &frequencies, &hits, &passage);
    let found = found.expect("there is a hit");
    assert!(near(found[ConfidenceFeature::PassageCoverage], 1.0 / 1.25));
    assert!(near(found[ConfidenceFeature::AbsentWord], 0.25 / 1.25));
    let nothing = features(query(""), &hits, "修桥。");
    assert!(near(nothing[ConfidenceFeature::PassageCoverage], 0.0));
    assert!(near(nothing[ConfidenceFeature::AbsentWord], 0.0));
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
fn a_fact_is_missing_when_the_best_sentence_does_not_hold_it() {
    let missing = |question: &str, fact| {
        let hits = [hit(1.0, Features::of([(Feature::FactType, fact)]))];
        features(asking("低保", question), &hits, "修路。")[ConfidenceFeature::FactMissing]
    };
    assert!(near(missing("低保是多少钱", 0.0), 1.0));
    assert!(near(missing("低保是多少钱", 0.4), 0.0));
    assert!(near(missing("低保怎么样", 0.0), 0.0), "none is asked for");
}

#[test]
fn the_cosine_and_what_the_question_is_like_are_taken_over() {
    let hits = [hit(1.0, Features::of([(Feature::Cosine, 0.7)]))];
    let vector = QuestionVector {
        vector: Vector::unit(vec![1.0]),
        resemblance: Resemblance {
            on_topic: 0.4,
            off_topic: 0.6,
        },
    };
    let question = query("修路");
    let frequencies = even(&question);
    let request = SearchRequest::new(question, Ok(vector));
    let passage = folded("2023年工作回顾", "修路。");
    let found = ConfidenceFeatures::new(&request, &frequencies, &hits, &passage);
    let found = found.expect("there is a hit");
    assert!(near(found[ConfidenceFeature::Cosine], 0.7));
    assert!(near(found[ConfidenceFeature::Bias], 1.0));
    assert!(near(found[ConfidenceFeature::OnTopic], 0.4));
    assert!(near(found[ConfidenceFeature::OffTopic], 0.6));
    let by_words = of_hits(&hits);
    assert!(near(by_words[ConfidenceFeature::OnTopic], 0.0));
}

#[test]
fn nothing_rests_on_no_hits() {
    let passage = folded("2023年工作回顾", "修路。");
    let question = query("修路");
    let frequencies = even(&question);
    let found = ConfidenceFeatures::new(&request(question), &frequencies, &[], &passage);
    assert_eq!(found, None);
}
