//! Whose progress is told.

use super::*;
use crate::town::Town;

const PROJECTS: &str = "重大项目建设提速增效，东山高速正式通车，第二批风电项目开工建设，\
    西岭储能电站项目签约推进，文化馆项目主体完工，污水处理厂、北河公路等项目加快推进。";

/// The progress that `question` is told of a quote from the review.
fn told(quote: &str, question: &str) -> Progress {
    let town = Town::with("去年新建村道12公里。");
    let span = Span::new(0, quote.len());
    of(Period::Done(2023), quote, span, &town.query(question))
}

#[test]
fn of_a_list_the_clause_that_is_asked_for_tells() {
    for (question, progress) in [
        ("东山高速通了没有", Progress::Done),
        ("风电项目啥进度", Progress::Ongoing),
        ("储能电站项目建好了没", Progress::Ongoing),
        ("文化馆项目能进去了吗", Progress::Ongoing),
        ("北河公路项目", Progress::Ongoing),
    ] {
        assert_eq!(told(PROJECTS, question), progress, "{question}");
    }
}

#[test]
fn of_equals_the_clause_with_the_fact_asked_for_tells() {
    let quote = "加快推进道路建设，硬化道路150公里。";
    assert_eq!(told(quote, "道路多少公里"), Progress::Done);
    assert_eq!(told(quote, "道路"), Progress::Ongoing);
}

#[test]
fn an_attitude_is_followed_by_what_was_done() {
    let quote = "围绕养老需求，建成敬老院3所。坚持为民。";
    assert_eq!(told(quote, "养老需求"), Progress::Done);
    assert_eq!(told("坚持为民。", "为民"), Progress::None);
}

#[test]
fn only_what_is_quoted_tells() {
    let town = Town::with("去年新建村道12公里。");
    let text = "水库开工建设，敬老院建成投用。";
    let quote = Span::new("水库开工建设，".len(), text.len());
    let query = town.query("水库");
    assert_eq!(of(Period::Done(2023), text, quote, &query), Progress::Done);
}
