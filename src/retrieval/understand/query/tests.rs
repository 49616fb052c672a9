//! What becomes of a question before it is searched.

use super::*;
use crate::retrieval::{
    Setup,
    fact::FactKind,
    slogan::Likeness,
    testing::{Town, query, report, substitute, synonyms},
};

/// Of a town whose glossary explains 三抓三促.
static TOWN: LazyLock<Town> = LazyLock::new(|| {
    let body = "## 2023年工作回顾\n\n实施供水管网工程。硬化道路20公里。\n\n\
                ## 2024年重点工作\n\n建设养老院。\n\n## 有关用语说明：\n\n\
                - **“三抓三促”行动**：抓学习促提升、抓执行促落实、抓效能促发展。";
    Town::set_up(&[report("测试县", 2024, body)], Setup::default())
});

fn parse(typed: &str) -> Query {
    TOWN.retriever.parse(typed)
}

fn words(query: &Query) -> Vec<(&str, f32)> {
    let words = query.words.iter();
    words
        .map(|word| (word.text.as_str(), word.weight))
        .collect()
}

fn texts(terms: &[QueryTerm]) -> Vec<&str> {
    terms.iter().map(|term| term.text.as_str()).collect()
}

/// What a lexicon of these lines makes of `typed` in the town.
fn with_synonyms(lines: &str, typed: &str) -> Query {
    let setup = Setup {
        lexicon: synonyms(lines),
        ..Setup::default()
    };
    let text = Town::text("实施供水管网工程。", "修路。");
    Town::set_up(&[text], setup).retriever.parse(typed)
}

#[test]
fn markup_goes_and_the_words_of_a_link_stay() {
    assert_eq!(without_markup("**今年**修`路`"), "今年 修 路");
    assert_eq!(without_markup("<b>修路</b>"), "修路");
    assert_eq!(without_markup("[供水](https://a.cn/b)管网"), "供水 管网");
    assert_eq!(without_markup("[点击这里](https://a.cn) 修路"), "修路");
    assert_eq!(without_markup("javascript:alert(1) 修路"), "修路");
}

#[test]
fn courtesy_years_and_question_words_are_not_searched_for() {
    let asked = parse("请问今年硬化道路多少公里？");
    assert_eq!(words(&asked), [("硬化", 1.0), ("道路", 1.0), ("公里", 1.0)]);
    assert_eq!(asked.topic(), "硬化道路 公里");
    assert_eq!(asked.period, PeriodConstraint::Planned(2024));
    assert_eq!(asked.resolved, [("今年".to_owned(), 2024)]);
    assert_eq!(asked.need.map(|need| need.asked), Some(FactKind::Number));
    let components = Components::without(Component::QuestionWords);
    let setup = Setup {
        components,
        ..Setup::default()
    };
    let town = Town::set_up(&[Town::text("修路。", "修路。")], setup);
    let kept = town.retriever.parse("硬化道路多少公里");
    assert!(texts(&kept.words).contains(&"多少"), "{kept:?}");
}

#[test]
fn words_that_stand_everywhere_count_a_quarter() {
    let asked = parse("推进道路建设");
    assert_eq!(
        words(&asked),
        [("推进", 0.25), ("道路", 1.0), ("建设", 0.25)]
    );
    let pair = |text: &str| asked.bigrams.iter().find(|pair| pair.text == text);
    assert_eq!(pair("建设").map(|pair| pair.weight), Some(0.25));
    assert_eq!(pair("道路").map(|pair| pair.weight), Some(1.0));
    assert_eq!(pair("路建").map(|pair| pair.weight), Some(1.0));
    let home = parse("测试县道路");
    assert_eq!(words(&home), [("测试县", 0.25), ("道路", 1.0)]);
}

#[test]
fn a_term_is_searched_for_once() {
    let asked = parse("道路和道路");
    assert_eq!(texts(&asked.words), ["道路"]);
    assert_eq!(texts(&asked.bigrams), ["道路"]);
}

#[test]
fn a_question_of_nothing_but_question_words_is_bare() {
    let asked = parse("那今年呢");
    assert!(asked.bare && !asked.words.is_empty(), "{asked:?}");
    assert_eq!(asked.period, PeriodConstraint::Planned(2024));
    assert!(!parse("今年修路").bare);
    assert!(parse("").is_empty() && !parse("修路").is_empty());
    assert!(!parse("三抓三促").is_empty());
}

#[test]
fn some_questions_ask_what_something_means() {
    for typed in ["三抓三促是什么意思", "什么叫三抓三促", "三抓三促包括哪些"]
    {
        assert!(parse(typed).definitional, "{typed}");
    }
    assert!(!parse("道路修了多少").definitional);
    let named = parse("三抓三促是什么意思");
    assert_eq!(named.slogans[0].likeness, Likeness::Exact);
    assert_eq!(named.slogans[0].span.of(&named.folded), "三抓三促");
}

#[test]
fn an_amount_is_of_the_word_before_it() {
    let attribute = |typed: &str| parse(typed).attribute;
    assert_eq!(attribute("贷款利息是多少").as_deref(), Some("贷款利息"));
    assert_eq!(attribute("开户费是多少").as_deref(), Some("开户费"));
    assert_eq!(attribute("教育支出是多少").as_deref(), Some("支出"));
    assert_eq!(attribute("教育支出多少"), None, "it may be a verb");
    assert_eq!(attribute("项目是多少"), None, "it stands everywhere");
    assert_eq!(attribute("道路怎么样"), None);
}

#[test]
fn what_is_counted_follows_the_unit() {
    let counted = |typed: &str| parse(typed).counted;
    assert_eq!(counted("招了多少个老师").as_deref(), Some("老师"));
    assert_eq!(counted("全县多少人口").as_deref(), Some("人口"));
    assert_eq!(counted("硬化多少公里"), None);
    assert_eq!(counted("实施多少个项目"), None, "it stands everywhere");
}

#[test]
fn an_everyday_word_begins_and_ends_with_words_of_the_question() {
    let typed = |query: &Query| -> Vec<String> {
        query.substitutes.iter().map(|s| s.typed.clone()).collect()
    };
    let lines = "水管 → 供水设施 ; 0.5\n自来水 → 供水 ; 0.8";
    let inside = with_synonyms(lines, "供水管网");
    assert_eq!(typed(&inside), [""; 0], "水管 is none in it");
    let own = with_synonyms(lines, "水管 坏了");
    assert_eq!(typed(&own), ["水管"]);
    assert_eq!(own.substitutes[0].bigrams, ["水管"]);
    assert_eq!(own.substitutes[0].alternatives[0].weight, 0.5);
    let long = with_synonyms(lines, "自来水管网");
    assert_eq!(
        typed(&long),
        ["自来水"],
        "three are rarely there by accident"
    );
    assert_eq!(long.substitutes[0].bigrams, ["自来", "来水"]);
}

#[test]
fn a_follow_up_takes_over_what_it_does_not_name() {
    let mut earlier = query("硬化 道路");
    earlier.period = PeriodConstraint::Done(2023);
    earlier.need = fact::need("多少公里");
    earlier.substitutes = vec![substitute("道路", &[("公路", 0.8)])];
    let mut next = query("道路 桥梁");
    next.inherit(&earlier, 0.4);
    assert_eq!(words(&next), [("道路", 1.0), ("桥梁", 1.0), ("硬化", 0.4)]);
    assert_eq!(texts(&next.bigrams), ["道路", "桥梁", "硬化"]);
    assert_eq!(next.period, PeriodConstraint::Done(2023));
    assert_eq!(next.need, earlier.need);
    assert_eq!(next.substitutes, earlier.substitutes);
    assert_eq!(next.content, "道路 桥梁");
    assert_eq!(next.meaning_text(), "硬化 道路 道路 桥梁");
}

#[test]
fn a_follow_up_keeps_the_period_and_the_fact_that_it_names() {
    let mut earlier = query("道路");
    earlier.period = PeriodConstraint::Done(2023);
    earlier.need = fact::need("多少公里");
    let mut next = query("桥梁");
    next.period = PeriodConstraint::Planned(2024);
    next.need = fact::need("桥梁在哪");
    next.inherit(&earlier, 0.4);
    assert_eq!(next.period, PeriodConstraint::Planned(2024));
    assert_eq!(next.need.map(|need| need.asked), Some(FactKind::Where));
    let mut leans = query("桥梁");
    leans.period = PeriodConstraint::LeansPlanned;
    leans.inherit(&earlier, 0.4);
    assert_eq!(
        leans.period,
        PeriodConstraint::Done(2023),
        "leaning is no naming"
    );
}

#[test]
fn a_bare_follow_up_is_about_what_the_earlier_one_was() {
    let earlier = query("硬化 道路");
    let mut next = Query {
        bare: true,
        ..query("今年")
    };
    next.inherit(&earlier, 0.4);
    assert_eq!(words(&next), [("硬化", 1.0), ("道路", 1.0)]);
    assert_eq!(next.content, "硬化 道路");
}

#[test]
fn a_question_on_its_own_is_embedded_as_asked() {
    assert_eq!(parse("今年修路吗？").meaning_text(), "今年修路吗?");
}

#[test]
fn a_topic_names_nothing_twice_in_a_row() {
    assert_eq!(query("看病贵 贵").topic(), "看病贵");
    assert_eq!(query(" 供水   管网 ").topic(), "供水 管网");
}

#[test]
fn slogans_of_the_documents_asked_go_before_those_of_others() {
    let found = |document| SloganMatch {
        document,
        term: 0,
        part: None,
        span: Span::new(0, 3),
        name: String::new(),
        likeness: Likeness::Exact,
    };
    let documents = |scope: &[usize]| -> Vec<usize> {
        let scope = query("").within(scope.to_vec()).scope;
        let slogans = in_scope(vec![found(0), found(1), found(2)], &scope);
        slogans.iter().map(|slogan| slogan.document).collect()
    };
    assert_eq!(documents(&[1]), [1]);
    assert_eq!(documents(&[3]), [0, 1, 2], "these explain none");
    assert_eq!(documents(&[]), [0, 1, 2]);
}
