//! Questions to a town of a few sentences, from what is typed to hits and confidence in them.

use super::{
    component::{Component, Components},
    search::{QuestionVector, Resemblance},
    testing::{Town, near, report, request, synonyms},
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
    let request = request(town.retriever.understand("硬化道路", None));
    let retrieved = town.retriever.retrieve_one(&request).unwrap();
    assert_eq!(
        town.retriever.rank(&request, &retrieved, 2).unwrap().len(),
        2
    );
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
    let pinyin = town.retriever.understand("senlin fugailv", None);
    assert_eq!(pinyin.folded(), "森林覆盖率");
    assert_eq!(pinyin.corrections()[0].searched, "森林覆盖率");
    let english = town.retriever.understand("road", None);
    assert!(english.folded().contains('路'), "{english:?}");
    assert!(
        english.corrections().is_empty(),
        "a translation is no correction"
    );
    let read = Town::set_up(&[Town::text("修路。", "修路。")], off(Component::Latin));
    assert_eq!(read.retriever.understand("road", None).folded(), "road");
}

#[test]
fn a_misspelt_word_is_replaced_by_one_of_the_corpus() {
    let town = town(Setup::default());
    let mended = town.retriever.understand("劳动者义站", None);
    assert_eq!(mended.folded(), "劳动者驿站");
    assert_eq!(mended.corrections()[0].typed, "劳动者义站");
    assert_eq!(town.retriever.reread(&mended), None, "once is enough");
    let off = self::town(off(Component::Corrections));
    assert_eq!(
        off.retriever.understand("劳动者义站", None).corrections(),
        []
    );
}

#[test]
fn a_component_that_is_off_understands_nothing() {
    let asked = "去年道路修了多少公里";
    let query = town(off(Component::Period))
        .retriever
        .understand(asked, None);
    assert_eq!(query.period(), PeriodConstraint::Any);
    let query = town(off(Component::AnswerType))
        .retriever
        .understand(asked, None);
    assert_eq!(
        (query.answer_type(), query.attribute(), query.counted()),
        (None, None, None)
    );
    let query = town(Setup::default()).retriever.understand(asked, None);
    assert!(query.answer_type().is_some() && query.period().is_named());
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
    town.retriever = town
        .retriever
        .with_dense_index(DenseIndex::of_vectors(vec![rows]));
}

fn embedded(town: &Town, question: &str, numbers: [f32; 4]) -> SearchRequest {
    let vector = QuestionVector {
        vector: Vector::unit(numbers.to_vec()),
        resemblance: Resemblance::default(),
    };
    SearchRequest::new(town.retriever.understand(question, None), Ok(vector))
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

/// Hits for a request, confidence in them, and what it rests on.
fn confident(town: &Town, request: &SearchRequest) -> (Confidence, ConfidenceFeatures) {
    let retriever = &town.retriever;
    let retrieved = retriever.retrieve_one(request).unwrap();
    let hits = retriever.rank(request, &retrieved, 10).unwrap();
    let confidence = retriever.confidence(request, &retrieved, &hits).unwrap();
    let features = retriever.confidence_features(request, &retrieved, &hits);
    let confidence = confidence.expect("there is a hit");
    (confidence, features.unwrap().expect("there is a hit"))
}

fn is_by(
    found: (Confidence, ConfidenceFeatures),
    speaks: &ConfidenceFeatures,
    answers: &ConfidenceFeatures,
) -> bool {
    let (confidence, features) = found;
    near(confidence.speaks, features.probability(speaks))
        && near(confidence.answers, features.probability(answers))
}

#[test]
fn confidence_goes_by_the_model_only_when_something_was_compared() {
    let mut town = town(Setup::default());
    let Decision {
        speaks, answers, ..
    } = *town.retriever.decision();
    let by_words = request(town.retriever.understand("道路", None));
    let embedded = embedded(&town, "道路", [0.0, 0.0, 0.0, 1.0]);
    for request in [&by_words, &embedded] {
        let found = confident(&town, request);
        assert!(
            is_by(found, &speaks.words, &answers.words),
            "nothing was compared"
        );
    }
    with_meaning(&mut town);
    assert!(is_by(
        confident(&town, &by_words),
        &speaks.words,
        &answers.words
    ));
    assert!(is_by(
        confident(&town, &embedded),
        &speaks.model,
        &answers.model
    ));
}

#[test]
fn there_is_no_confidence_without_hits() {
    let town = town(Setup::default());
    let request = request(town.retriever.understand("学校", None));
    let retrieved = town.retriever.retrieve_one(&request).unwrap();
    let confidence = town.retriever.confidence(&request, &retrieved, &[]);
    assert_eq!(confidence.unwrap(), None);
}

#[test]
fn confidence_does_not_depend_on_what_else_is_loaded() {
    let alone = Town::with("实施供水管网工程。\n硬化道路。", "修桥。");
    let body = "## 2023年工作回顾\n\n改造供水设施。\n\n供水。";
    let other = report("邻县", 2024, body);
    let setup = Setup {
        default_place: "测试县".into(),
        ..Setup::default()
    };
    let text = Town::text("实施供水管网工程。\n硬化道路。", "修桥。");
    let beside = Town::set_up(&[text, other], setup);
    let confidence = |town: &Town| {
        let request = request(town.retriever.understand("供水管网", None));
        confident(town, &request).0
    };
    assert_eq!(confidence(&alone), confidence(&beside));
}

#[test]
fn a_request_says_why_it_has_no_vector() {
    let mut town = town(Setup::default());
    let why = |town: &Town| {
        let question = town.retriever.understand("道路", None);
        town.retriever.request(question).embedding().clone().err()
    };
    assert!(matches!(why(&town), Some(NoVector::NoModel)));
    with_meaning(&mut town);
    assert!(
        matches!(why(&town), Some(NoVector::Failed(_))),
        "nobody embeds it"
    );
    assert!(town.retriever.embedding_failure().is_some());
    let mut without = self::town(off(Component::Meaning));
    with_meaning(&mut without);
    assert!(matches!(why(&without), Some(NoVector::LeftOut)));
}

#[test]
fn all_requests_are_retrieved_in_one_call_and_in_their_order() {
    let town = town(Setup::default());
    let questions = ["道路", "供水", "学校"].map(|q| town.retriever.understand(q, None));
    let requests = town.retriever.requests(questions.to_vec());
    let retrieved = town.retriever.retrieve(&requests).unwrap();
    let found: Vec<usize> = retrieved
        .iter()
        .map(|found| found.candidates.len())
        .collect();
    assert_eq!(found, [1, 1, 0]);
    assert_eq!(retrieved[2].frequencies.words, [0]);
}

#[test]
fn places_are_known_by_a_list_and_by_what_they_end_with() {
    let town = crate::town::Town::with("去年新建村道12公里。");
    let places = |question: &str| town.retriever.places(question);
    assert_eq!(places("兰州市和天水今年修路吗"), ["兰州市", "天水"]);
    assert_eq!(places("陇西县的低保多少"), ["陇西县"]);
    assert_eq!(places("陇西今年修路吗"), ["陇西"]);
    for word in [
        "滑坡治理了几处",
        "新建了几座太阳能电站",
        "美丽乡村建了几个",
        "老城区的水好了没",
        "带广东的朋友去古城",
        "我在西安打工",
    ] {
        assert!(places(word).is_empty(), "{word}");
    }
}
