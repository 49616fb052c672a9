//! The features and the score of a passage.

use super::*;
use crate::{
    retrieval::{
        testing::{even, first_passage, library, near, query, reading, report},
        understand::{Likeness, PeriodConstraint, Reading, TermMatch},
    },
    text::Span,
};

const HERE: PassageAt = PassageAt {
    document: 0,
    passage: 0,
};

/// The only passage of a report with this paragraph.
fn passage(paragraph: &str) -> Arc<Passage> {
    let text = report("测试县", 2024, &format!("## 2023年工作回顾\n\n{paragraph}"));
    first_passage(text)
}

fn candidate(passage: usize, similarity: Option<PassageSimilarity>) -> Candidate {
    Candidate {
        at: PassageAt { passage, ..HERE },
        bm25: 0.5,
        similarity,
    }
}

/// A scorer of these candidates, with `passages` in their order; every term weighs the same.
fn scorer<'a>(
    question: &'a Understanding,
    candidates: &'a [Candidate],
    passages: &[Arc<Passage>],
) -> Scorer<'a> {
    let loaded = candidates.iter().zip(passages);
    let loaded = loaded.map(|(candidate, passage)| LoadedCandidate {
        candidate,
        passage: Arc::clone(passage),
        folded: Arc::new(FoldedPassage::new(passage)),
        is_loose: false,
    });
    Scorer::new(question, &even(question), loaded.collect())
}

/// The features of sentence `n` of the passage, without a model.
fn judged(question: &Understanding, passage: &Arc<Passage>, n: usize) -> Features {
    let candidates = [candidate(0, None)];
    let passages = [Arc::clone(passage)];
    let features = scorer(question, &candidates, &passages).features();
    let mut of_sentence = features[0].sentences.iter().filter(|(at, _)| *at == n);
    of_sentence.next().expect("a sentence that states").1
}

fn hit(question: &Understanding, passage: &Arc<Passage>, weights: &Features) -> Hit {
    let candidates = [candidate(0, None)];
    let passages = [Arc::clone(passage)];
    scorer(question, &candidates, &passages)
        .hits(weights, weights, usize::MAX)
        .remove(0)
}

#[test]
fn a_cosine_is_placed_between_the_farthest_and_the_nearest() {
    let range = CosineRange::new([0.5, 0.3, 0.7].into_iter());
    assert!(near(range.normalise(0.7), 1.0));
    assert!(near(range.normalise(0.3), 0.0));
    assert!(near(range.normalise(0.4), 0.25));
    assert!(near(range.normalise(0.1), 0.0), "beyond the farthest");
    let one = CosineRange::new([0.5].into_iter());
    assert!(near(one.normalise(0.5), 0.0), "one alone is not near");
}

#[test]
fn a_sentence_is_judged_by_what_it_holds() {
    let passage = passage("实施供水管网工程。硬化道路20公里。");
    let query = query("供水 管网 道路");
    let first = judged(&query, &passage, 0);
    let second = judged(&query, &passage, 1);
    assert!(near(first[Feature::Coverage], 2.0 / 3.0));
    assert!(near(first[Feature::WordCoverage], 2.0 / 3.0));
    assert!(near(second[Feature::Coverage], 1.0 / 3.0));
    for features in [first, second] {
        assert!(near(features[Feature::Bm25], 0.5));
        assert!(
            near(features[Feature::PassageCoverage], 1.0),
            "of all its sentences"
        );
        assert!(near(features[Feature::HeadingCoverage], 0.0));
    }
}

#[test]
fn headings_cover_a_question_beside_the_sentences() {
    let text = report(
        "测试县",
        2024,
        "## 2023年工作回顾\n\n### 一、供水保障有力。\n\n硬化道路20公里。",
    );
    let passage = first_passage(text);
    let query = query("供水 道路");
    let last = passage.sentences.len() - 1;
    let features = judged(&query, &passage, last);
    assert!(
        near(features[Feature::HeadingCoverage], 0.5),
        "{features:?}"
    );
    assert!(near(features[Feature::Coverage], 0.5));
}

#[test]
fn the_period_asked_for_counts_for_or_against_a_sentence() {
    let passage = passage("硬化道路20公里。");
    let of = |period| {
        let question = Understanding::new(Reading {
            period,
            ..reading("道路")
        });
        judged(&question, &passage, 0)[Feature::Period]
    };
    assert!(near(of(PeriodConstraint::Done(2023)), 1.0));
    assert!(near(of(PeriodConstraint::Planned(2024)), -1.0));
    assert!(near(of(PeriodConstraint::Any), 0.0));
}

#[test]
fn an_entry_counts_against_a_question_that_does_not_name_it() {
    let text = report(
        "测试县",
        2024,
        "## 2024年重点工作\n\n各位代表！办好十件民生实事：\n\n- 一是硬化道路20公里。\n- 二是改造供水管网。\n\n\
         ## 有关用语说明：\n\n- **“三抓三促”行动**：抓学习促提升、抓执行促落实、抓效能促发展。",
    );
    let library = library(&[text]);
    let of = |kind| {
        let mut passages = library.all_passages().map(|passage| passage.unwrap());
        passages.find(|p| p.kind == kind).expect("a passage")
    };
    let entry = of(PassageKind::Entry);
    let item = of(PassageKind::LivelihoodItem);
    let unnamed = query("学习");
    let named = |document| {
        Understanding::new(Reading {
            terms: vec![TermMatch {
                document,
                term: 0,
                part: None,
                span: Span::new(0, 6),
                name: "三抓三促".into(),
                likeness: Likeness::Exact,
            }],
            ..reading("学习")
        })
    };
    assert!(near(
        judged(&unnamed, &entry, 0)[Feature::UnnamedEntry],
        1.0
    ));
    assert!(near(
        judged(&named(0), &entry, 0)[Feature::UnnamedEntry],
        0.0
    ));
    assert!(
        near(judged(&named(1), &entry, 0)[Feature::UnnamedEntry], 1.0),
        "another's"
    );
    assert!(near(judged(&unnamed, &item, 0)[Feature::UnnamedEntry], 0.0));
    assert!(near(
        judged(&unnamed, &item, 0)[Feature::LivelihoodItem],
        1.0
    ));
    assert!(near(
        judged(&unnamed, &entry, 0)[Feature::LivelihoodItem],
        0.0
    ));
}

/// Three candidates of one passage of two sentences each, the first as similar as said; words cover
/// a quarter of the question, or all of it.
fn similar(covered: bool) -> [Features; 2] {
    let similarity = |sentences: [f32; 2], passage, hubness: [f32; 2]| {
        Some(PassageSimilarity {
            sentences: sentences.to_vec(),
            passage,
            hubness: hubness.to_vec(),
        })
    };
    let candidates = [
        candidate(0, similarity([0.8, 0.5], 0.6, [0.2, 0.9])),
        candidate(1, similarity([0.1, 0.4], 0.2, [0.0, 0.0])),
        candidate(2, None),
    ];
    let other = passage(if covered {
        "供水管网改造。"
    } else {
        "供水。"
    });
    let first = passage("硬化道路20公里。新建学校。");
    let passages = [first, Arc::clone(&other), other];
    let question = query("供水 管网 改造 喝水");
    let question = if covered { query("供水") } else { question };
    let features = scorer(&question, &candidates, &passages).features();
    [features[0].sentences[0].1, features[0].sentences[1].1]
}

#[test]
fn similarity_counts_more_the_less_words_cover() {
    let [first, second] = similar(false);
    assert!(near(first[Feature::SentenceSimilarity], 1.0));
    assert!(
        near(second[Feature::SentenceSimilarity], 0.25),
        "of 0.4 to 0.8"
    );
    assert!(near(first[Feature::SemanticWhenUncovered], 0.75));
    assert!(near(second[Feature::SemanticWhenUncovered], 0.25 * 0.75));
    let [first, second] = similar(true);
    assert!(
        near(first[Feature::SemanticWhenUncovered], 0.0),
        "all of it"
    );
    assert!(near(second[Feature::SentenceSimilarity], 0.25));
}

#[test]
fn cosine_and_hubness_are_the_sentences_own_and_the_rest_the_passages() {
    let [first, second] = similar(false);
    assert!(near(first[Feature::Cosine], 0.8) && near(second[Feature::Cosine], 0.5));
    assert!(near(first[Feature::Hubness], 0.2) && near(second[Feature::Hubness], 0.9));
    for features in [first, second] {
        assert!(near(features[Feature::PassageSimilarity], 1.0));
    }
    let without = judged(&query("喝水"), &passage("修路。"), 0);
    let by_model = [
        Feature::SentenceSimilarity,
        Feature::PassageSimilarity,
        Feature::SemanticWhenUncovered,
        Feature::Cosine,
        Feature::Hubness,
    ];
    assert!(by_model.iter().all(|feature| near(without[*feature], 0.0)));
}

#[test]
fn hits_are_sorted_by_score_and_equals_by_their_place() {
    let passages = [passage("修桥。"), passage("修路。"), passage("修路。")];
    let candidates = [candidate(0, None), candidate(1, None), candidate(2, None)];
    let question = query("修路");
    let weights = Features::of([(Feature::Coverage, 1.0)]);
    let hits = scorer(&question, &candidates, &passages).hits(&weights, &weights, usize::MAX);
    let order: Vec<usize> = hits.iter().map(|hit| hit.at.passage).collect();
    assert_eq!(order, [1, 2, 0]);
}

#[test]
fn a_loose_passage_is_read_below_its_title_and_has_weights_of_its_own() {
    let text = report("测试县", 2024, "## 残疾人证换领\n\n需要带上照片和原证。");
    let passage = first_passage(text);
    let question = query("残疾人证怎么换领");
    let found = candidate(0, None);
    let hit = |is_loose: bool| {
        let loaded = LoadedCandidate {
            candidate: &found,
            passage: Arc::clone(&passage),
            folded: Arc::new(FoldedPassage::new(&passage)),
            is_loose,
        };
        let scorer = Scorer::new(&question, &even(&question), vec![loaded]);
        let of_reports = Features::of([(Feature::Coverage, 1.0)]);
        let of_loose = Features::of([(Feature::LongestMatch, 3.0)]);
        scorer.hits(&of_reports, &of_loose, usize::MAX).remove(0)
    };
    let (in_report, loose) = (hit(false), hit(true));
    assert!(near(
        in_report.features[Feature::PassageCoverage],
        in_report.features[Feature::Coverage]
    ));
    for feature in [
        Feature::Coverage,
        Feature::PassageCoverage,
        Feature::LongestMatch,
    ] {
        assert!(
            loose.features[feature] > in_report.features[feature],
            "{feature:?}"
        );
    }
    assert!(near(in_report.score, in_report.features[Feature::Coverage]));
    assert!(near(
        loose.score,
        3.0 * loose.features[Feature::LongestMatch]
    ));
}

#[test]
fn a_passage_scores_as_its_best_sentence() {
    let passage = passage("硬化道路20公里。实施供水管网工程。改造供水设施。");
    let weights = Features::of([(Feature::Coverage, 1.0)]);
    let best = hit(&query("供水管网"), &passage, &weights);
    assert_eq!(best.sentence, 1);
    assert_eq!(best.period, Period::Done(2023));
    assert!(near(best.score, 1.0));
    assert_eq!(best.matched, [0, 1, 2]);
    let tied = hit(&query("供水"), &passage, &weights);
    assert_eq!(tied.sentence, 1, "the first of equals");
    let against = Features::of([(Feature::Coverage, -1.0)]);
    assert_eq!(hit(&query("供水"), &passage, &against).sentence, 0);
}

#[test]
fn what_a_hit_matches_stands_in_the_sentence_or_its_headings() {
    let text = report(
        "测试县",
        2024,
        "## 2023年工作回顾\n\n### 一、供水保障有力。\n\n硬化道路20公里。改造管网。",
    );
    let passage = first_passage(text);
    let weights = Features::of([(Feature::WordCoverage, 1.0)]);
    let found = hit(&query("供水 道路 管网"), &passage, &weights);
    assert_eq!(found.matched, [0, 1], "not what the next sentence holds");
}
