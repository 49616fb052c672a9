//! What becomes of a question before it is searched.

use std::sync::LazyLock;

use super::*;
use crate::retrieval::{
    Setup,
    testing::{Town, query, report, synonyms},
    understand::{FactKind, Likeness},
};

/// Of a town whose glossary explains 三抓三促.
static TOWN: LazyLock<Town> = LazyLock::new(|| {
    let body = "## 2023年工作回顾\n\n实施供水管网工程。硬化道路20公里。\n\n\
                ## 2024年重点工作\n\n建设养老院。\n\n## 有关用语说明：\n\n\
                - **“三抓三促”行动**：抓学习促提升、抓执行促落实、抓效能促发展。";
    Town::set_up(&[report("测试县", 2024, body)], Setup::default())
});

fn parse(typed: &str) -> Understanding {
    TOWN.retriever.understand(typed, None)
}

fn words(query: &Understanding) -> Vec<(&str, f32)> {
    let words = query.words().iter();
    words
        .map(|word| (word.text.as_str(), word.weight))
        .collect()
}

fn texts(terms: &[QueryTerm]) -> Vec<&str> {
    terms.iter().map(|term| term.text.as_str()).collect()
}

/// What a lexicon of these lines makes of `typed` in the town.
fn with_synonyms(lines: &str, typed: &str) -> Understanding {
    let setup = Setup {
        lexicon: synonyms(lines),
        ..Setup::default()
    };
    let text = Town::text("实施供水管网工程。", "修路。");
    Town::set_up(&[text], setup)
        .retriever
        .understand(typed, None)
}

#[test]
fn courtesy_years_and_question_words_are_not_searched_for() {
    let asked = parse("请问今年硬化道路多少公里？");
    assert_eq!(words(&asked), [("硬化", 1.0), ("道路", 1.0), ("公里", 1.0)]);
    assert_eq!(asked.topic(), "硬化道路 公里");
    assert_eq!(asked.period(), PeriodConstraint::Planned(2024));
    assert_eq!(asked.resolved_years(), [("今年".to_owned(), 2024)]);
    assert_eq!(
        asked.answer_type().map(|answer| answer.kind),
        Some(FactKind::Number)
    );
    let components = Components::without(Component::QuestionWords);
    let setup = Setup {
        components,
        ..Setup::default()
    };
    let town = Town::set_up(&[Town::text("修路。", "修路。")], setup);
    let kept = town.retriever.understand("硬化道路多少公里", None);
    assert!(texts(kept.words()).contains(&"多少"), "{kept:?}");
}

#[test]
fn words_that_stand_everywhere_count_a_quarter() {
    let asked = parse("推进道路建设");
    assert_eq!(
        words(&asked),
        [("推进", 0.25), ("道路", 1.0), ("建设", 0.25)]
    );
    let pair = |text: &str| asked.bigrams().iter().find(|pair| pair.text == text);
    assert_eq!(pair("建设").map(|pair| pair.weight), Some(0.25));
    assert_eq!(pair("道路").map(|pair| pair.weight), Some(1.0));
    assert_eq!(pair("路建").map(|pair| pair.weight), Some(1.0));
    let home = parse("测试县道路");
    assert_eq!(words(&home), [("测试县", 0.25), ("道路", 1.0)]);
}

#[test]
fn a_term_is_searched_for_once() {
    let asked = parse("道路和道路");
    assert_eq!(texts(asked.words()), ["道路"]);
    assert_eq!(texts(asked.bigrams()), ["道路"]);
}

#[test]
fn a_question_of_nothing_but_question_words_is_bare() {
    let asked = parse("那今年呢");
    assert!(asked.is_bare() && !asked.words().is_empty(), "{asked:?}");
    assert_eq!(asked.period(), PeriodConstraint::Planned(2024));
    assert!(!parse("今年修路").is_bare());
    assert!(parse("").is_empty() && !parse("修路").is_empty());
    assert!(!parse("三抓三促").is_empty());
}

#[test]
fn some_questions_ask_what_something_means() {
    for typed in ["三抓三促是什么意思", "什么叫三抓三促", "三抓三促包括哪些"]
    {
        assert!(parse(typed).is_definitional(), "{typed}");
    }
    assert!(!parse("道路修了多少").is_definitional());
    let named = parse("三抓三促是什么意思");
    assert_eq!(named.terms()[0].likeness, Likeness::Exact);
    assert_eq!(named.terms()[0].span.of(named.folded()), "三抓三促");
}

#[test]
fn an_amount_is_of_the_word_before_it() {
    let attribute = |typed: &str| parse(typed).attribute().map(str::to_owned);
    assert_eq!(attribute("贷款利息是多少").as_deref(), Some("贷款利息"));
    assert_eq!(attribute("开户费是多少").as_deref(), Some("开户费"));
    assert_eq!(attribute("教育支出是多少").as_deref(), Some("支出"));
    assert_eq!(attribute("教育支出多少"), None, "it may be a verb");
    assert_eq!(attribute("项目是多少"), None, "it stands everywhere");
    assert_eq!(attribute("道路怎么样"), None);
}

#[test]
fn what_is_counted_follows_the_unit() {
    let counted = |typed: &str| parse(typed).counted().map(str::to_owned);
    assert_eq!(counted("招了多少个老师").as_deref(), Some("老师"));
    assert_eq!(counted("全县多少人口").as_deref(), Some("人口"));
    assert_eq!(counted("硬化多少公里"), None);
    assert_eq!(counted("实施多少个项目"), None, "it stands everywhere");
}

#[test]
fn an_everyday_word_begins_and_ends_with_words_of_the_question() {
    let typed = |query: &Understanding| -> Vec<String> {
        query.expansions().iter().map(|s| s.typed.clone()).collect()
    };
    let lines = "水管 → 供水设施 ; 0.5\n自来水 → 供水 ; 0.8";
    let inside = with_synonyms(lines, "供水管网");
    assert_eq!(typed(&inside), [""; 0], "水管 is none in it");
    let own = with_synonyms(lines, "水管 坏了");
    assert_eq!(typed(&own), ["水管"]);
    assert_eq!(own.expansions()[0].bigrams, ["水管"]);
    assert_eq!(own.expansions()[0].synonyms[0].weight, 0.5);
    let long = with_synonyms(lines, "自来水管网");
    assert_eq!(
        typed(&long),
        ["自来水"],
        "three are rarely there by accident"
    );
    assert_eq!(long.expansions()[0].bigrams, ["自来", "来水"]);
}

#[test]
fn terms_of_the_documents_asked_go_before_those_of_others() {
    let found = |document| TermMatch {
        document,
        term: 0,
        part: None,
        span: Span::new(0, 3),
        name: String::new(),
        likeness: Likeness::Exact,
    };
    let documents = |scope: &[usize]| -> Vec<usize> {
        let scope = query("").within(scope.to_vec()).scope().clone();
        let terms = in_scope(vec![found(0), found(1), found(2)], &scope);
        terms.iter().map(|term| term.document).collect()
    };
    assert_eq!(documents(&[1]), [1]);
    assert_eq!(documents(&[3]), [0, 1, 2], "these explain none");
    assert_eq!(documents(&[]), [0, 1, 2]);
}
