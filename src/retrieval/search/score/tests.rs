//! The features and the score of a passage.

use super::*;
use crate::{
    retrieval::{
        testing::{first_passage, library, near, query, report},
        understand::{
            period::PeriodConstraint,
            slogan::{Likeness, SloganMatch},
        },
    },
    text::Span,
};

const HERE: PassageAt = PassageAt {
    document: 0,
    passage: 0,
};

/// Every term weighs the same.
fn even(query: &Query) -> Coverage {
    Coverage::new(query, |_| 1.0, |_| 1.0)
}

/// The only passage of a report with this paragraph.
fn passage(paragraph: &str) -> Arc<Passage> {
    let text = report("测试县", 2024, &format!("## 2023年工作回顾\n\n{paragraph}"));
    first_passage(text)
}

/// What sentence `n` of the passage is judged by, without a model.
fn judged(query: &Query, passage: &Arc<Passage>, n: usize) -> Features {
    judged_by_model(query, passage, n, None, 1.0)
}

fn judged_by_model(
    query: &Query,
    passage: &Arc<Passage>,
    n: usize,
    similarity: Option<Similarity<'_>>,
    max_coverage: f32,
) -> Features {
    let coverage = even(query);
    let folded = Arc::new(FoldedPassage::new(passage));
    let candidate = Candidate {
        at: HERE,
        passage: Arc::clone(passage),
        bm25: 0.5,
        coverage: coverage.of_pairs(&folded.whole()),
        folded,
        similarity,
    };
    let scorer = Scorer {
        query,
        coverage: &coverage,
        max_coverage,
    };
    let sentences = scorer.sentences(&candidate).into_iter();
    let mut of_sentence = sentences.filter(|(at, _)| *at == n);
    of_sentence.next().expect("a sentence that states").1
}

fn hit(query: &Query, passage: &Arc<Passage>, weights: &Features) -> Hit {
    let coverage = even(query);
    let folded = Arc::new(FoldedPassage::new(passage));
    let candidate = Candidate {
        at: HERE,
        passage: Arc::clone(passage),
        bm25: 0.0,
        coverage: 0.0,
        folded,
        similarity: None,
    };
    let scorer = Scorer {
        query,
        coverage: &coverage,
        max_coverage: 1.0,
    };
    scorer.hit(&candidate, weights)
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
        let query = Query {
            period,
            ..query("道路")
        };
        judged(&query, &passage, 0)[Feature::Period]
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
    let named = |document| Query {
        slogans: vec![SloganMatch {
            document,
            term: 0,
            part: None,
            span: Span::new(0, 6),
            name: "三抓三促".into(),
            likeness: Likeness::Exact,
        }],
        ..query("学习")
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

#[test]
fn nearness_in_meaning_counts_more_the_less_words_cover() {
    let passage = passage("实施供水管网工程。硬化道路20公里。");
    let similarity = Similarity {
        cosines: Cosines {
            sentences: &[0.8, 0.5],
            whole: 0.6,
            hubs: &[0.2, 0.9],
        },
        sentences: CosineRange::new([0.4, 0.8].into_iter()),
        passages: CosineRange::new([0.2, 0.6].into_iter()),
    };
    let of = |n, max_coverage| {
        judged_by_model(&query("喝水"), &passage, n, Some(similarity), max_coverage)
    };
    let (first, second) = (of(0, 0.25), of(1, 0.25));
    assert!(
        near(first[Feature::SentenceSimilarity], 1.0)
            && near(second[Feature::SentenceSimilarity], 0.25)
    );
    assert!(
        near(first[Feature::SemanticWhenUncovered], 0.75)
            && near(second[Feature::SemanticWhenUncovered], 0.25 * 0.75)
    );
    assert!(
        near(of(0, 1.0)[Feature::SemanticWhenUncovered], 0.0),
        "words cover all of it"
    );
    assert!(near(first[Feature::Cosine], 0.8) && near(second[Feature::Cosine], 0.5));
    assert!(near(first[Feature::Hubness], 0.2) && near(second[Feature::Hubness], 0.9));
    assert!(
        near(first[Feature::PassageSimilarity], 1.0)
            && near(second[Feature::PassageSimilarity], 1.0)
    );
    let without = judged(&query("喝水"), &passage, 0);
    let by_model = [
        without[Feature::SentenceSimilarity],
        without[Feature::SemanticWhenUncovered],
        without[Feature::Cosine],
        without[Feature::Hubness],
    ];
    assert!(by_model.iter().all(|feature| near(*feature, 0.0)));
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
