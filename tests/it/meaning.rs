//! What the bot answers when it goes by meaning as well: the model, the examples of questions, and
//! the figures that must be reached on questions whose writers had not seen the program.

use std::sync::LazyLock;

use wenzheng::{
    answer::{Answer, Gap, Missing, Notice, Question, Status},
    assistant::{Assistant, MeaningState, Options},
    eval::{Row, Summary},
    semantic::Embedder,
};

use crate::answers::rows;

static ASSISTANT: LazyLock<Assistant> = LazyLock::new(|| {
    let assistant = Assistant::open(Options::default()).expect("the bundled corpus is valid");
    let folder = tempfile::tempdir().expect("a folder");
    let embedder = Embedder::builtin().expect("the model is in the program");
    assistant.set_embedder(embedder, folder.path());
    assistant.embed(&|_, _| {});
    assert_eq!(*assistant.meaning_state(), MeaningState::Ready);
    assistant
});

fn ask(text: &str) -> Answer {
    ASSISTANT.answer(&Question::new(text)).expect("a search")
}

fn missing(text: &str) -> Missing {
    let answer = ask(text);
    assert_eq!(answer.status, Status::Partial, "{text}");
    answer
        .missing
        .expect("a partial answer says what is missing")
}

fn share(rows: &[&Row], of: impl Fn(&Row) -> bool) -> f64 {
    let count = rows.iter().filter(|row| of(row)).count();
    f64::from(u32::try_from(count).expect("a count of questions"))
        / f64::from(u32::try_from(rows.len().max(1)).expect("a count of questions"))
}

#[test]
fn what_no_report_speaks_of_is_not_found_though_some_sentence_is_always_nearest() {
    for asked in ["哪款手机拍照好", "属虎的人今年运势咋样", "粽子咋包不漏米"]
    {
        let answer = ask(asked);
        assert_eq!(answer.status, Status::NotFound, "{asked}");
        assert!(answer.citations.is_empty());
    }
}

#[test]
fn everyday_words_are_no_reason_to_say_not_found() {
    for asked in ["夜里摆个小吃摊支持不", "村里电压不稳老跳闸"] {
        assert_ne!(ask(asked).status, Status::NotFound, "{asked}");
    }
}

#[test]
fn a_figure_that_stands_beside_something_else_is_no_answer() {
    assert_eq!(missing("石咀水库能蓄多少水").asked, Gap::Number);
    assert_eq!(
        missing("2023年一般公共预算支出是多少亿元").words,
        "一般公共预算支出"
    );
    assert_eq!(missing("2023年底全县有多少人口").words, "人口");
    assert_eq!(
        missing("2023年城镇居民人均可支配收入是多少元").asked,
        Gap::Money
    );
}

#[test]
fn a_house_for_boys_is_none_for_girls() {
    assert_eq!(missing("县一中的女生公寓今年修不修").words, "女生公寓");
    assert_eq!(ask("县一中的男生公寓今年修不修").missing, None);
}

#[test]
fn a_figure_may_follow_its_topic_in_the_next_clause() {
    let answer = ask("2023年固定资产投资增长多少");
    assert_eq!(answer.status, Status::Answered);
    assert!(answer.citations[0].quote.contains("增长7.4%"));
}

#[test]
fn a_word_that_the_report_lacks_may_be_a_misspelt_one_that_it_has() {
    let answer = ask("公测今年建成几座");
    assert!(answer.citations[0].quote.contains("建成公厕2座"));
    let corrected = |notice: &Notice| matches!(notice, Notice::Corrected(it) if it.typed == "公测" && it.searched == "公厕");
    assert!(answer.notices.iter().any(corrected));
}

#[test]
fn an_entry_is_no_explanation_of_what_it_is_not_called() {
    let answer = ask("三大攻坚是啥");
    assert_ne!(answer.status, Status::Answered);
    let lacks = answer.missing.expect("what is missing");
    assert_eq!(
        (lacks.asked, lacks.words.as_str()),
        (Gap::Direct, "三大攻坚")
    );
}

/// Bars below what is reached today, so that a real loss shows and a tie does not.
#[test]
fn blind_questions_are_answered_as_well_as_before() {
    let rows = rows(&ASSISTANT, "tests/quality/tongwei-blind.jsonl");
    let answerable: Vec<&Row> = rows.iter().filter(|row| row.answerable).collect();
    let near = |row: &&Row| row.kind == "unanswerable-near";
    let near: Vec<&Row> = rows.iter().filter(near).collect();
    let figures = [
        ("hit@1", share(&answerable, |row| row.hit1), 0.93),
        ("hit@3", share(&answerable, |row| row.hit3), 0.96),
        ("right", share(&answerable, |row| row.right), 0.915),
        (
            "not refused",
            share(&answerable, |row| !row.refused()),
            0.965,
        ),
        ("near refused", share(&near, Row::good), 0.90),
    ];
    for (name, figure, bar) in figures {
        assert!(
            figure >= bar,
            "{name} {figure:.3}\n{}",
            Summary { rows: rows.clone() }
        );
    }
    assert!(rows.iter().all(|row| row.verbatim));
}

#[test]
fn far_questions_are_refused() {
    let rows = rows(&ASSISTANT, "tests/quality/far.jsonl");
    let far: Vec<&Row> = rows.iter().collect();
    let refused = share(&far, Row::refused);
    assert!(
        refused >= 0.85,
        "{refused:.3}\n{}",
        Summary { rows: rows.clone() }
    );
}
