//! Whether a text mentions a word of the question.

use super::*;
use crate::town::{Report, Town};

#[test]
fn a_word_is_mentioned_by_a_pair_of_its_characters_or_by_what_officials_call_it() {
    let town = Town::with("今年新建敬老院3所。");
    let query = town.query("养老院");
    assert!(mentions(&query, "新建敬老院", "养老院"));
    assert!(!mentions(&query, "新建村道", "养老院"));
    assert!(mentions(&town.query("娃没学上"), "新增学位", "没学上"));
    // A word of less weight helps to find and means something else.
    assert!(!mentions(&town.query("单亲"), "社会救助", "单亲"));
}

#[test]
fn what_stands_below_headings_is_read_with_them() {
    let town = Town::of(&[Report::new("石门县", 2024).done("**“养老”服务。**新建敬老院3所。")]);
    let passage = &town.passages()[0];
    let read = below_headings(passage, "新建ＡＢ");
    assert_eq!(read, "2023年工作回顾\n养老服务\n新建ab");
}

#[test]
fn a_place_is_loaded_by_its_short_name_too() {
    let town = Town::with("今年新建敬老院3所。");
    let library = town.retriever.library();
    assert!(is_loaded(library, "石门") && is_loaded(library, "石门县"));
    assert!(!is_loaded(library, "兰州"));
}
