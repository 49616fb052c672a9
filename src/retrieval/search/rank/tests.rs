//! What each feature says of a sentence.

use super::*;
use crate::retrieval::{
    fact,
    period::PeriodConstraint,
    slogan::{Likeness, SloganMatch},
    testing::{Town, first_passage, library, near, query, report, substitute},
};

const HERE: PassageAt = PassageAt {
    document: 0,
    passage: 0,
};

/// Every term weighs the same.
fn even(query: &Query) -> Mass {
    Mass::new(query, |_| 1.0, |_| 1.0)
}

fn asking(content: &str, question: &str) -> Query {
    Query {
        need: fact::need(question),
        ..query(content)
    }
}

fn fact_with_topic(content: &str, question: &str, text: &str) -> f32 {
    let query = asking(content, question);
    need_fit(&query, &even(&query), text)
}

/// The only passage of a report with this paragraph.
fn passage(paragraph: &str) -> Arc<Passage> {
    let text = report("测试县", 2024, &format!("## 2023年工作回顾\n\n{paragraph}"));
    first_passage(text)
}

/// What sentence `n` of the passage is judged by, without a model.
fn judged(query: &Query, passage: &Arc<Passage>, n: usize) -> Features {
    judged_near(query, passage, n, None, 1.0)
}

fn judged_near(
    query: &Query,
    passage: &Arc<Passage>,
    n: usize,
    near: Option<Near<'_>>,
    trust: f32,
) -> Features {
    let mass = even(query);
    let prepared = Arc::new(Prepared::new(passage));
    let candidate = Judged {
        at: HERE,
        passage: Arc::clone(passage),
        bm25: 0.5,
        cover: mass.cover(&prepared.whole()),
        prepared,
        near,
    };
    let judge = Judge {
        query,
        mass: &mass,
        trust,
    };
    let sentences = judge.sentences(&candidate).into_iter();
    let mut of_sentence = sentences.filter(|(at, _)| *at == n);
    of_sentence.next().expect("a sentence that states").1
}

fn hit(query: &Query, passage: &Arc<Passage>, weights: &Features) -> Hit {
    let mass = even(query);
    let prepared = Arc::new(Prepared::new(passage));
    let candidate = Judged {
        at: HERE,
        passage: Arc::clone(passage),
        bm25: 0.0,
        cover: 0.0,
        prepared,
        near: None,
    };
    let judge = Judge {
        query,
        mass: &mass,
        trust: 1.0,
    };
    judge.hit(&candidate, weights)
}

#[test]
fn a_score_is_the_sum_of_features_by_their_weights() {
    let features = Features {
        bm25: 0.5,
        cover: 0.25,
        entry: 1.0,
        ..Features::default()
    };
    let weights = Features {
        bm25: 2.0,
        cover: 4.0,
        entry: -3.0,
        run: 7.0,
        ..Features::default()
    };
    assert!(near(features.score(&weights), 1.0 + 1.0 - 3.0));
}

#[test]
fn coverage_is_the_share_of_the_idf_that_a_text_holds() {
    let query = query("供水管网");
    let idf = |pair: &str| if pair == "供水" { 3.0 } else { 1.0 };
    let mass = Mass::new(&query, idf, |_| 1.0);
    assert!(near(mass.cover("改造供水设施"), 3.0 / 5.0));
    assert!(near(mass.cover("改造管网"), 1.0 / 5.0));
    assert!(near(mass.cover("改造供水管网"), 1.0));
    assert!(near(mass.cover("修路"), 0.0));
}

#[test]
fn a_term_counts_by_its_weight_and_a_question_without_terms_is_not_covered() {
    let mut weak = query("供水 建设");
    weak.bigrams[1].weight = 0.25;
    assert!(near(even(&weak).cover("供水"), 1.0 / 1.25));
    assert!(near(even(&weak).cover("建设"), 0.25 / 1.25));
    assert!(near(even(&query("")).cover("供水"), 0.0));
}

#[test]
fn words_are_covered_apart_from_pairs() {
    let query = query("供水管网 改造");
    let word_idf = |word: &str| if word == "改造" { 1.0 } else { 4.0 };
    let mass = Mass::new(&query, |_| 1.0, word_idf);
    assert!(near(mass.word_cover("改造供水设施"), 1.0 / 5.0));
    assert!(near(mass.cover("改造供水设施"), 2.0 / 4.0));
}

#[test]
fn an_official_word_covers_the_everyday_one_by_its_weight() {
    let mut query = query("门票");
    query.substitutes = vec![substitute("门票", &[("景区", 0.4), ("票价", 0.8)])];
    let mass = even(&query);
    assert!(near(mass.cover("景区开放"), 0.4));
    assert!(near(mass.cover("景区票价"), 0.8), "the best one, once");
    assert!(near(mass.cover("门票和票价"), 1.0), "the word itself");
    assert!(near(mass.word_cover("票价"), 0.8));
}

#[test]
fn a_word_within_an_everyday_word_is_covered_by_its_official_word() {
    let mut query = query("看病");
    query.substitutes = vec![substitute("看病贵", &[("医疗费用", 0.7)])];
    assert!(near(even(&query).word_cover("降低医疗费用"), 0.7));
    query.substitutes = vec![substitute("病", &[("医疗费用", 0.7)])];
    assert!(near(even(&query).word_cover("降低医疗费用"), 0.0));
}

#[test]
fn the_run_is_the_longest_stretch_in_common() {
    let mass = even(&query("供水管网改造"));
    assert!(near(mass.run("实施供水管网工程"), 4.0 / 6.0));
    assert!(near(mass.run("网改造"), 3.0 / 6.0));
    assert!(near(mass.run("供水 管网"), 2.0 / 6.0));
    assert!(near(mass.run("水"), 0.0), "one character says nothing");
    let parted = even(&query("供水 管网改造"));
    assert!(
        near(parted.run("供水"), 2.0 / 4.0),
        "of the longest there is"
    );
    assert!(near(parted.run("供水管网改造"), 1.0));
    assert!(near(even(&query("")).run("供水"), 0.0));
}

#[test]
fn pairs_are_held_in_themselves_or_by_an_official_word() {
    let mut query = query("门票 供水");
    query.substitutes = vec![substitute("门票", &[("景区", 0.1)])];
    assert_eq!(even(&query).matched("景区改造供水"), [0, 1]);
    assert_eq!(even(&query).matched("供水"), [1]);
}

#[test]
fn a_cosine_is_placed_between_the_farthest_and_the_nearest() {
    let scale = Scale::new([0.5, 0.3, 0.7].into_iter());
    assert!(near(scale.place(0.7), 1.0));
    assert!(near(scale.place(0.3), 0.0));
    assert!(near(scale.place(0.4), 0.25));
    assert!(near(scale.place(0.1), 0.0), "beyond the farthest");
    let one = Scale::new([0.5].into_iter());
    assert!(near(one.place(0.5), 0.0), "one alone is not near");
}

#[test]
fn a_sentence_is_judged_by_what_it_holds() {
    let passage = passage("实施供水管网工程。硬化道路20公里。");
    let query = query("供水 管网 道路");
    let first = judged(&query, &passage, 0);
    let second = judged(&query, &passage, 1);
    assert!(near(first.cover, 2.0 / 3.0));
    assert!(near(first.words, 2.0 / 3.0));
    assert!(near(second.cover, 1.0 / 3.0));
    for features in [first, second] {
        assert!(near(features.bm25, 0.5));
        assert!(near(features.passage, 1.0), "of all its sentences");
        assert!(near(features.heading, 0.0));
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
    assert!(near(features.heading, 0.5), "{features:?}");
    assert!(near(features.cover, 0.5));
}

#[test]
fn the_period_asked_for_counts_for_or_against_a_sentence() {
    let passage = passage("硬化道路20公里。");
    let of = |period| {
        let query = Query {
            period,
            ..query("道路")
        };
        judged(&query, &passage, 0).period
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
    assert!(near(judged(&unnamed, &entry, 0).entry, 1.0));
    assert!(near(judged(&named(0), &entry, 0).entry, 0.0));
    assert!(near(judged(&named(1), &entry, 0).entry, 1.0), "another's");
    assert!(near(judged(&unnamed, &item, 0).entry, 0.0));
    assert!(near(judged(&unnamed, &item, 0).livelihood, 1.0));
    assert!(near(judged(&unnamed, &entry, 0).livelihood, 0.0));
}

#[test]
fn nearness_in_meaning_counts_more_the_less_words_cover() {
    let passage = passage("实施供水管网工程。硬化道路20公里。");
    let near_to = Near {
        cosines: Cosines {
            sentences: &[0.8, 0.5],
            whole: 0.6,
            hubs: &[0.2, 0.9],
        },
        sentences: Scale::new([0.4, 0.8].into_iter()),
        wholes: Scale::new([0.2, 0.6].into_iter()),
    };
    let of = |n, trust| judged_near(&query("喝水"), &passage, n, Some(near_to), trust);
    let (first, second) = (of(0, 0.25), of(1, 0.25));
    assert!(near(first.meaning, 1.0) && near(second.meaning, 0.25));
    assert!(near(first.doubt, 0.75) && near(second.doubt, 0.25 * 0.75));
    assert!(near(of(0, 1.0).doubt, 0.0), "words cover all of it");
    assert!(near(first.cosine, 0.8) && near(second.cosine, 0.5));
    assert!(near(first.hub, 0.2) && near(second.hub, 0.9));
    assert!(near(first.whole, 1.0) && near(second.whole, 1.0));
    let without = judged(&query("喝水"), &passage, 0);
    let by_model = [without.meaning, without.doubt, without.cosine, without.hub];
    assert!(by_model.iter().all(|feature| near(*feature, 0.0)));
}

#[test]
fn a_passage_scores_as_its_best_sentence() {
    let passage = passage("硬化道路20公里。实施供水管网工程。改造供水设施。");
    let weights = Features {
        cover: 1.0,
        ..Features::default()
    };
    let best = hit(&query("供水管网"), &passage, &weights);
    assert_eq!(best.sentence, 1);
    assert_eq!(best.period, Period::Done(2023));
    assert!(near(best.score, 1.0));
    assert_eq!(best.matched, [0, 1, 2]);
    let tied = hit(&query("供水"), &passage, &weights);
    assert_eq!(tied.sentence, 1, "the first of equals");
    let against = Features {
        cover: -1.0,
        ..Features::default()
    };
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
    let weights = Features {
        words: 1.0,
        ..Features::default()
    };
    let found = hit(&query("供水 道路 管网"), &passage, &weights);
    assert_eq!(found.matched, [0, 1], "not what the next sentence holds");
}

#[test]
fn a_heading_states_nothing_unless_it_stands_alone() {
    let lead = passage("**加快健康城市建设。**深化医药改革。扩大医保范围。");
    assert_eq!(statements(&lead), [1, 2]);
    assert_eq!(statements(&passage("**全面加强自身建设。**")), [0]);
}

#[test]
fn a_sentence_defines_what_it_opens_with_and_then_explains() {
    let asked = |content: &str, definitional| Query {
        definitional,
        ..query(content)
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
    let fit = |text: &str| fact_with_topic("低保标准", "低保标准是多少钱", text);
    assert!(near(fit("低保标准提高到680元"), 1.0));
    assert!(near(fit("低保标准提高"), 0.0), "no fact");
    assert!(near(fit("发放50元"), 0.4), "the topic is elsewhere");
    // 低保 保标 标准: two of three stand with the figure, and are enough for it.
    assert!(near(fit("保标准680元,低保标准提高"), 0.4 + 0.6 * 2.0 / 3.0));
}

#[test]
fn a_figure_may_follow_its_topic_in_the_next_clause_and_no_later() {
    let fit = |text: &str| fact_with_topic("低保标准", "低保标准是多少钱", text);
    assert!(near(fit("低保标准提高,每人680元"), 0.4));
    assert!(near(fit("低保标准提高、每人680元"), 0.4));
    assert!(near(fit("低保标准提高,救助加强,每人680元"), 0.0));
    assert!(near(fit("每人680元,低保标准提高"), 0.0), "before it");
    // One pair of three is less than half of what the topic's own clause holds.
    assert!(near(fit("低保扩面100元,低保标准提高"), 0.0));
    let count = |text: &str| fact_with_topic("淤地坝", "新建多少座淤地坝", text);
    assert!(near(count("新建淤地坝,共6座"), 0.4));
    assert!(near(count("新建淤地坝,加固河堤,共6座"), 0.0));
    let share = |text: &str| fact_with_topic("森林覆盖", "森林覆盖率是多少", text);
    assert!(near(share("森林覆盖提高,达到15%"), 0.4));
    assert!(near(share("森林覆盖提高,绿化加快,达到15%"), 0.0));
}

#[test]
fn a_place_and_a_completion_stand_in_the_clause_of_their_topic() {
    let place = |text: &str| fact_with_topic("养老院", "养老院在哪", text);
    assert!(near(place("养老院位于城关镇"), 1.0));
    assert!(near(place("养老院开工,公园位于城关镇"), 0.0));
    let finished = |text: &str| fact_with_topic("养老院", "养老院啥时候建成", text);
    assert!(near(finished("养老院建成"), 1.0));
    assert!(near(finished("养老院开工,大桥建成"), 0.0));
    let date = |text: &str| fact_with_topic("养老院", "养老院几月几号开门", text);
    assert!(
        near(date("养老院开工,加快建设,12月5日开门"), 0.4),
        "anywhere"
    );
}

#[test]
fn a_question_that_asks_for_no_fact_is_not_met() {
    assert!(near(
        fact_with_topic("低保", "低保怎么样", "低保680元"),
        0.0
    ));
}

#[test]
fn a_passage_is_folded_once_and_read_without_quotes() {
    let text = Town::text("开展“三抓三促”行動。", "修路。");
    let library = library(&[text]);
    let kept = PreparedPassages::default();
    let first = kept.get(HERE, &library).unwrap();
    assert_eq!(first.whole(), "开展三抓三促行动。");
    assert!(Arc::ptr_eq(&first, &kept.get(HERE, &library).unwrap()));
}
