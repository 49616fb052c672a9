//! Questions to a town of a few sentences, from what is typed to hits and confidence in them.

use super::{
    testing::{Town, near, report, synonyms},
    *,
};
use crate::semantic::Vector;

fn off(component: Component) -> Setup {
    Setup {
        components: Components::without(component),
        ..Setup::default()
    }
}

fn town(setup: Setup) -> Town {
    let done = "实施供水管网工程。\n森林覆盖率达到15%。\n打造劳动者驿站。";
    Town::set_up(&[Town::text(done, "硬化道路20公里。")], setup)
}

#[test]
fn the_passage_that_covers_more_of_a_question_comes_first() {
    let town = Town::with("改造供水设施。\n实施供水管网工程。\n修桥。", "修路。");
    assert_eq!(
        town.sentences("供水管网"),
        ["实施供水管网工程。", "改造供水设施。"]
    );
}

#[test]
fn equals_keep_their_order_and_no_more_than_the_limit_are_given() {
    let town = Town::with("硬化甲村道路。\n硬化乙村道路。\n硬化丙村道路。", "修桥。");
    assert_eq!(
        town.sentences("硬化道路"),
        ["硬化甲村道路。", "硬化乙村道路。", "硬化丙村道路。"]
    );
    let query = town.retriever.parse("硬化道路");
    let hits = town.retriever.search(&query, 2);
    assert_eq!(hits.expect("an index in memory").len(), 2);
    assert!(town.search("").is_empty());
}

#[test]
fn the_year_asked_for_chooses_between_result_and_plan() {
    let town = Town::with("硬化道路150公里。", "硬化道路20公里。");
    assert_eq!(town.sentences("去年硬化道路")[0], "硬化道路150公里。");
    assert_eq!(town.sentences("今年硬化道路")[0], "硬化道路20公里。");
}

#[test]
fn a_question_in_pinyin_or_english_is_read() {
    let town = town(Setup::default());
    let pinyin = town.retriever.parse("senlin fugailv");
    assert_eq!(pinyin.folded, "森林覆盖率");
    assert_eq!(pinyin.mended[0].searched, "森林覆盖率");
    let english = town.retriever.parse("road");
    assert!(english.folded.contains('路'), "{english:?}");
    assert!(english.mended.is_empty(), "a translation is no correction");
    let read = Town::set_up(&[Town::text("修路。", "修路。")], off(Component::Latin));
    assert_eq!(read.retriever.parse("road").folded, "road");
}

#[test]
fn a_misspelt_word_is_replaced_by_one_of_the_corpus() {
    let town = town(Setup::default());
    let mended = town.retriever.parse("劳动者义站");
    assert_eq!(mended.folded, "劳动者驿站");
    assert_eq!(mended.mended[0].typed, "义站");
    assert_eq!(town.retriever.reread(&mended), None, "once is enough");
    let off = self::town(off(Component::Typos));
    assert_eq!(off.retriever.parse("劳动者义站").mended, []);
}

#[test]
fn a_component_that_is_off_understands_nothing() {
    let asked = "去年道路修了多少公里";
    let query = town(off(Component::Period)).retriever.parse(asked);
    assert_eq!(query.period, period::PeriodConstraint::Any);
    let query = town(off(Component::AnswerType)).retriever.parse(asked);
    assert_eq!(
        (query.need, query.attribute, query.counted),
        (None, None, None)
    );
    let query = town(Setup::default()).retriever.parse(asked);
    assert!(query.need.is_some() && query.period.is_named());
}

#[test]
fn a_report_speaks_of_what_it_holds_pair_by_pair() {
    let town = town(Setup::default());
    assert!(town.retriever.speaks_of("供水管网"));
    assert!(!town.retriever.speaks_of("供水工程"), "水工 stands nowhere");
    assert!(!town.retriever.speaks_of("供水学校"));
}

#[test]
fn everyday_words_find_official_ones() {
    let lexicon = synonyms("马路 → 道路 ; 0.8");
    let town = town(Setup {
        lexicon,
        ..Setup::default()
    });
    assert_eq!(town.sentences("马路")[0], "硬化道路20公里。");
}

/// One dimension for each of the town's four passages.
fn with_meaning(town: &mut Town) {
    let axis = |n: usize| Vector::unit((0..4).map(|m| f32::from(u8::from(m == n))).collect());
    let rows = (0..4).map(|n| vec![axis(n)]).collect();
    town.retriever = town.retriever.with_meaning(Meaning::of_vectors(vec![rows]));
}

fn embedded(town: &Town, question: &str, numbers: [f32; 4]) -> Query {
    Query {
        vector: Some(Vector::unit(numbers.to_vec())),
        ..town.retriever.parse(question)
    }
}

#[test]
fn what_is_near_in_meaning_is_found_without_a_word_in_common() {
    let mut town = town(Setup::default());
    with_meaning(&mut town);
    let query = embedded(&town, "喝", [1.0, 0.2, 0.1, 0.0]);
    let hits = town.find(&query);
    assert_eq!(town.sentence(&hits[0]), "实施供水管网工程。");
    assert!(near(hits[0].features[Feature::SentenceSimilarity], 1.0));
    assert!(
        near(hits[0].features[Feature::Bm25], 0.0),
        "words did not find it"
    );
    assert!(
        near(hits[0].features[Feature::SemanticWhenUncovered], 1.0),
        "nor cover any of it"
    );
    assert!(town.search("喝").is_empty(), "without its vector");
}

#[test]
fn bm25_is_a_share_of_the_best() {
    let town = Town::with("改造供水设施。\n实施供水管网工程。", "修路。");
    let hits = town.search("供水管网");
    assert!(near(hits[0].features[Feature::Bm25], 1.0));
    let second = hits[1].features[Feature::Bm25];
    assert!(second > 0.0 && second < 1.0, "{second}");
}

#[test]
fn confidence_goes_by_the_model_only_when_something_was_compared() {
    let mut town = town(Setup::default());
    let confidence = |town: &Town, query: &Query, hits: &[Hit]| {
        let found = town.retriever.confidence(query, hits);
        found.unwrap().expect("there is a hit")
    };
    let query = town.retriever.parse("道路");
    let hits = town.find(&query);
    let features = town.retriever.confidence_features(&query, &hits);
    let features = features.unwrap().expect("there is a hit");
    let decision = *town.retriever.decision();
    let by_words = confidence(&town, &query, &hits);
    assert!(near(
        by_words.speaks,
        features.probability(&decision.speaks.words)
    ));
    assert!(near(
        by_words.answers,
        features.probability(&decision.answers.words)
    ));
    let embedded = embedded(&town, "道路", [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(
        confidence(&town, &embedded, &hits),
        by_words,
        "no cosine: not compared"
    );
    with_meaning(&mut town);
    let compared = town.find(&embedded);
    let features = town.retriever.confidence_features(&embedded, &compared);
    let features = features.unwrap().expect("there is a hit");
    let by_model = confidence(&town, &embedded, &compared);
    assert!(near(
        by_model.speaks,
        features.probability(&decision.speaks.model)
    ));
    assert!(near(
        by_model.answers,
        features.probability(&decision.answers.model)
    ));
}

#[test]
fn there_is_no_confidence_without_hits() {
    let town = town(Setup::default());
    let query = town.retriever.parse("学校");
    assert_eq!(town.retriever.confidence(&query, &[]).unwrap(), None);
}

#[test]
fn confidence_does_not_depend_on_what_else_is_loaded() {
    let alone = Town::with("实施供水管网工程。\n硬化道路。", "修桥。");
    let other = report(
        "邻县",
        2024,
        "## 2023年工作回顾\n\n改造供水设施。\n\n供水。",
    );
    let setup = Setup {
        default_place: "测试县".into(),
        ..Setup::default()
    };
    let text = Town::text("实施供水管网工程。\n硬化道路。", "修桥。");
    let beside = Town::set_up(&[text, other], setup);
    let confidence = |town: &Town| {
        let query = town.retriever.parse("供水管网");
        let hits = town.find(&query);
        town.retriever.confidence(&query, &hits).unwrap()
    };
    assert_eq!(confidence(&alone), confidence(&beside));
}
