//! Curated answers: which entry answers a question in other words, and what none answers.

use std::{fs, path::Path, sync::LazyLock};

use wenzheng::{
    answer::{Answer, Gap, Question, Status},
    assistant::{Assistant, Options},
    channels::plain,
    corpus::import::{self, import},
    eval::{Row, Summary},
    semantic::Embedder,
};

use crate::answers::{deployment, rows};

/// The list of `tests/quality/faq`, with a report beside it when there is one.
fn office(report: Option<&str>, by_meaning: bool) -> Assistant {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = import::Options {
        place: Some("云岭县".into()),
        year: Some(2025),
        ..import::Options::default()
    };
    let faq = fs::read(root.join("tests/quality/faq/faq.jsonl")).expect("the list");
    let faq = import(&faq, &options).expect("a list of questions");
    let report = report.map(|report| ("report.md", report));
    let files: Vec<(&str, &str)> = [("faq.md", faq.text.as_str())]
        .into_iter()
        .chain(report)
        .collect();
    serving(&files, by_meaning)
}

/// What answers from `files`, each a name and a text.
fn serving(files: &[(&str, &str)], by_meaning: bool) -> Assistant {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let assistant = Assistant::open(Options {
        corpus_dir: Some(folder.path().to_owned()),
        ..Options::default()
    });
    let assistant = assistant.expect("both are valid");
    if by_meaning {
        let embedder = Embedder::builtin().expect("the model is in the program");
        assistant.set_embedder(embedder, folder.path());
        assistant.embed(&|_, _| {});
    }
    assistant
}

const REPORT: &str = "---\ntitle: 2025年云岭县政府工作报告\nplace: 云岭县\nyear: 2025\nreview_year: 2024\n\
    issuer: 云岭县人民政府\n---\n\n# 2025年云岭县政府工作报告\n\n## 2024年工作回顾\n\n\
    新建农村公路120公里。为2300名困难残疾人发放生活补贴。\n\n## 2025年重点工作\n\n\
    新建高标准农田5万亩。改造供水管网40公里。\n";

static OFFICE: LazyLock<Assistant> = LazyLock::new(|| office(Some(REPORT), true));

fn ask(text: &str) -> Answer {
    OFFICE.answer(&Question::new(text)).expect("a search")
}

fn share(rows: &[&Row], of: impl Fn(&Row) -> bool) -> f64 {
    let count = rows.iter().filter(|row| of(row)).count();
    f64::from(u32::try_from(count).expect("a count of questions"))
        / f64::from(u32::try_from(rows.len().max(1)).expect("a count of questions"))
}

/// Bars below what is reached today, with the model and without.
#[test]
fn questions_in_other_words_get_the_whole_entry_and_others_get_none() {
    for (by_meaning, right, refused) in [(true, 0.87, 0.85), (false, 0.70, 0.85)] {
        let rows = rows(
            &office(None, by_meaning),
            "tests/quality/faq/questions.jsonl",
        );
        let answerable: Vec<&Row> = rows.iter().filter(|row| row.answerable).collect();
        let others: Vec<&Row> = rows.iter().filter(|row| !row.answerable).collect();
        let first = share(&answerable, |row| {
            row.hit1 && row.status == Status::Answered
        });
        let not_answered = share(&others, |row| row.status != Status::Answered);
        assert!(
            first >= right && not_answered >= refused,
            "{by_meaning} {first:.3} {not_answered:.3}\n{}",
            Summary { rows: rows.clone() }
        );
    }
}

#[test]
fn an_entry_is_quoted_as_a_whole_and_nothing_is_denied() {
    let answer = ask("公租房可不可以买下来归自己");
    assert_eq!(answer.status, Status::Answered);
    assert_eq!(answer.missing, None);
    let quotes: Vec<&str> = answer
        .citations
        .iter()
        .map(|it| it.quote.as_str())
        .collect();
    assert_eq!(
        quotes,
        ["不能。公租房只租不售，租期最长5年，到期仍符合条件的可以续租。"]
    );
    let text = plain::render(&answer, &deployment());
    assert!(text.starts_with("不能。"), "{text}");
}

#[test]
fn what_is_allowed_and_what_is_not_are_different_questions() {
    for (question, opening) in [
        ("哪些情形不准转学", "毕业年级"),
        ("什么情况可以转学", "因家庭户籍迁移"),
        ("哪些人家不得享受低保", "家庭成员有机动车"),
        ("哪些人家能申请低保", "共同生活的"),
    ] {
        let answer = ask(question);
        let quote = &answer.citations[0].quote;
        assert!(quote.starts_with(opening), "{question}: {quote}");
    }
}

#[test]
fn a_document_number_is_found_exactly_or_not_at_all() {
    for same in [
        "云政办发[2025]21号",
        "云政办发（2025）21号讲什么",
        "请问云政办发2025年21号",
    ] {
        let answer = ask(same);
        assert_eq!(answer.status, Status::Answered, "{same}");
        assert!(answer.citations[0].quote.contains("〔2025〕21号"), "{same}");
    }
    for other in [
        "云政办发〔2025〕20号",
        "云政办发〔2022〕21号",
        "云政发〔2025〕21号",
    ] {
        let answer = ask(other);
        assert_eq!(answer.status, Status::NotFound, "{other}");
        let missing = answer.missing.as_ref().expect("it says what");
        assert_eq!(missing.asked, Gap::DocumentNumber);
        let text = plain::render(&answer, &deployment());
        assert!(
            text.starts_with(&format!("没有找到这个文号：{other}")),
            "{text}"
        );
    }
}

#[test]
fn hours_a_number_and_an_address_are_answers() {
    for (question, told) in [
        ("政务服务大厅几点上班", "8:30"),
        ("婚姻登记处电话是多少", "0939-6225520"),
        ("不动产登记在哪儿办", "文昌路18号"),
        ("停水了打什么电话", "0939-6212349"),
    ] {
        let answer = ask(question);
        assert_eq!(answer.status, Status::Answered, "{question}");
        assert!(answer.citations[0].quote.contains(told), "{question}");
    }
}

#[test]
fn the_very_question_of_an_entry_is_answered_whatever_the_answer_says() {
    let own = "---\ntitle: 云岭县办公室解答\nplace: 云岭县\nyear: 2025\nkind: faq\n---\n\n# 云岭县办公室解答\n\n\
        ## 怎么修理安卓手机的屏幕\n\n东街有一家。\n\n## 办事大厅的电话是多少\n\n正在装，请先来窗口。\n";
    for by_meaning in [false, true] {
        let office = serving(&[("own.md", own), ("report.md", REPORT)], by_meaning);
        for (question, told) in [
            ("怎么修理安卓手机的屏幕", "东街有一家。"),
            ("请问怎么修理安卓手机的屏幕呢？", "东街有一家。"),
            ("怎麼修理安卓手機的屏幕", "东街有一家。"),
            ("办事大厅的电话是多少", "正在装，请先来窗口。"),
        ] {
            let answer = office.answer(&Question::new(question)).expect("a search");
            assert_eq!(answer.status, Status::Answered, "{question}");
            assert_eq!(answer.citations[0].quote, told, "{question}");
        }
    }
}

#[test]
fn what_no_entry_answers_goes_to_the_report() {
    let with_list = ask("今年新建高标准农田多少亩");
    assert!(with_list.citations[0].quote.contains("高标准农田5万亩"));
    let entry = ask("困难残疾人生活补贴标准是多少");
    assert!(entry.citations[0].quote.starts_with("低保家庭中的残疾人"));
    assert_eq!(entry.citations.len(), 1);
}

#[test]
fn nothing_of_a_list_comes_into_the_answers_of_a_report() {
    let alone = |text: &str| {
        let assistant = Assistant::open(Options::default()).expect("the bundled corpus is valid");
        assistant.answer(&Question::new(text)).expect("a search")
    };
    assert_eq!(alone("通政办发〔2024〕3号").status, Status::NotFound);
}
