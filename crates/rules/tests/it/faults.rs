//! What is wrong in a file is told with line and remedy; one digit refuses the rules.

use proptest::prelude::*;
use time::macros::date;
use wenzheng_rules::{Policy, Use, Vocabulary, load, sign};

use crate::support::{Document, example};

/// The example with `old` in its rules written as `new`.
fn with(old: &str, new: &str) -> Document {
    let mut document = example();
    assert!(document.rules.contains(old), "{old}");
    document.rules = document.rules.replacen(old, new, 1);
    document
}

#[track_caller]
fn told(document: &Document, problems: &[&str]) {
    assert_eq!(document.problems(Use::Answering), problems);
}

#[test]
fn one_changed_digit_refuses_the_rules_until_they_are_signed_again() {
    let mut document = example();
    document.text = document.text.replace("有效期5年", "有效期3年");
    told(
        &document,
        &["a.rules.toml:4: 文件改过，请重新核对签字。逐条对照后用 wenzheng factcheck --sign 签字"],
    );
    let signed = sign(
        &document.rules,
        &document.text,
        "安和县民政局",
        date!(2026 - 01 - 05),
    );
    document.rules = signed.expect("is TOML");
    told(&document, &[]);
}

#[test]
fn what_was_never_signed_answers_nobody_and_can_be_reviewed() {
    let document = with("signed = ", "# signed = ");
    told(
        &document,
        &["a.rules.toml:4: 还没有签字。请核对后用 wenzheng factcheck --sign 签字"],
    );
    assert_eq!(document.problems(Use::Review), [""; 0]);
}

#[test]
fn a_quote_stands_in_one_passage_once() {
    told(
        &with("quote = \"年满80周岁\"", "quote = \"年满80岁\""),
        &["a.rules.toml:17: 文件里没有“年满80岁”。请从文件里逐字照抄，标点也要一样"],
    );
    told(
        &with("quote = \"年满80周岁\"", "quote = \"80周岁\""),
        &["a.rules.toml:17: “80周岁”在文件里出现2次。请多抄几个字，让它只出现一次"],
    );
}

#[test]
fn numbers_stand_in_their_quotes_in_any_writing() {
    told(
        &with("value = 80, quote", "value = 81, quote"),
        &["a.rules.toml:17: “81”在引文“年满80周岁”里找不到。请核对数字，或换一段写有它的引文"],
    );
    told(
        &with("pays = \"每人每月300元\"", "pays = \"每人每月350元\""),
        &[
            "a.rules.toml:30: “350”在引文“100周岁以上的，每人每月300元”里找不到。请核对数字，或换一段写有它的引文",
        ],
    );
    told(
        &with("pays = \"每人每月300元\"", "pays = \"每人每年300元\""),
        &[
            "a.rules.toml:30: 标准写的是“每年”，引文“100周岁以上的，每人每月300元”里却没有。请照引文改正",
        ],
    );
    let mut document = with("quote = \"年满80周岁\"", "quote = \"年满八十周岁\"");
    document.text = document.text.replace("年满80周岁", "年满八十周岁");
    assert_eq!(document.problems(Use::Review), [""; 0]);
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_lines() {
    let rules = r#"
        colour = "red"
        [variables]
        age = { type = "years" }
        Land = { type = "number", ask = "几亩？" }
        level = { type = "one_of", values = ["一级"], ask = "几级？" }
        spare = { type = "yes_no", ask = "？", private = "yes" }
        [rules]
        condition = [
          { id = "甲", variable = "nobody", comparator = ">=", value = 80, quote = "甲" },
          { variable = "spare", comparator = ">=", value = true, quote = "甲" },
          { id = "乙", variable = "spare", comparator = "=", value = 3, quote = "乙" },
        ]
        amount = [{ pays = "50元", rate = "50元/亩", quote = "甲" }]
        scenario = [{ given = { unknown = 1 }, expect = { outcome = "maybe" } }]
    "#;
    let problems = Document::with("甲50元。", rules).problems(Use::Review);
    assert_eq!(
        problems,
        [
            "a.rules.toml:6: 不认识的名称“colour”。这里可以用：benefit、digest、document、format、person、rules、signed、variables",
            "a.rules.toml:8: 缺少 ask。请补上",
            "a.rules.toml:9: 变量名“Land”不能用。请只用小写字母、数字和下划线，以字母开头",
            "a.rules.toml:9: 缺少 unit。请补上",
            "a.rules.toml:10: values 的内容不对。应为两个以上互不相同的值",
            "a.rules.toml:11: private 的内容不对。应为true 或 false",
            "a.rules.toml:14: 没有变量“nobody”。请在 [variables] 里写明，或改用公共词表里的名称",
            "a.rules.toml:15: 缺少 id。请补上",
            "a.rules.toml:15: 变量“spare”不能用“>=”比较。可以用：=、!=",
            "a.rules.toml:16: value 的内容不对。应为true（是）或 false（不是）",
            "a.rules.toml:18: 标准要么写 pays，要么写 rate 和 of。请保留一种",
            "a.rules.toml:19: 没有变量“unknown”。请在 [variables] 里写明，或改用公共词表里的名称",
            "a.rules.toml:19: outcome 的内容不对。应为met、not_met、undecided、expired、not_yet_effective、replaced",
        ]
    );
}

#[test]
fn rules_may_be_written_as_tables_of_their_own() {
    let rules = r#"
        [variables.age]
        type = "years"
        ask = "多少岁？"
        [[rules.condition]]
        id = "年龄"
        variable = "age"
        comparator = ">="
        value = 60
        quote = "年满60周岁"
        [[rules.amount]]
        pays = "70元"
        quote = "80元"
    "#;
    assert_eq!(
        Document::with("年满60周岁的，80元。", rules).problems(Use::Review),
        ["a.rules.toml:15: “70”在引文“80元”里找不到。请核对数字，或换一段写有它的引文"]
    );
}

#[test]
fn rules_of_another_document_are_refused() {
    let document = example();
    let policy = |number| Policy {
        number: Some(number),
        text: &document.text,
        passages: &[],
        restricting: &[],
    };
    let vocabulary = Vocabulary::default();
    let told = |number| {
        let loaded = load(
            "a",
            &document.rules,
            &vocabulary,
            policy(number),
            Use::Answering,
        );
        loaded.expect_err("it has no passages").to_string()
    };
    assert!(!told("安政办发[2025]15号").contains("是否配错了文件"));
    assert!(told("安政办发〔2025〕16号").starts_with("a:3: document 是“安政办发〔2025〕15号”"));
}

#[test]
fn what_is_no_toml_is_told_by_line() {
    let problems = with("benefit = \"高龄津贴\"", "benefit = 高龄津贴").problems(Use::Review);
    assert!(
        problems[0].starts_with("a.rules.toml:6: 写法有错（"),
        "{problems:?}"
    );
    assert!(problems[0].ends_with("请检查引号、逗号和括号是否成对、是否为半角"));
}

#[test]
fn names_lead_somewhere() {
    told(
        &with("by = \"特困供养\"", "by = \"五保\""),
        &["a.rules.toml:36: expect 里的“五保”不存在。请写条件的 id 或变量名"],
    );
    told(
        &with("id = \"特困供养\"", "id = \"年龄\""),
        &[
            "a.rules.toml:23: id“年龄”用了两次。请改其中一个",
            "a.rules.toml:36: expect 里的“特困供养”不存在。请写条件的 id 或变量名",
        ],
    );
    told(
        &with(
            "[variables]",
            "[variables]\nspare = { type = \"date\", ask = \"哪天？\" }",
        ),
        &["a.rules.toml:10: 变量“spare”没有用到。请补上用它的条件，或删去这个变量"],
    );
}

#[test]
fn a_condition_that_nobody_copied_is_left_to_the_office() {
    let mut document = example();
    let age = "  { id = \"年龄\", variable = \"age\", comparator = \">=\", value = 80, quote = \"年满80周岁\" },\n";
    document.rules = document.rules.replace(age, "");
    document.rules = document.rules.replace(", by = \"年龄\"", "");
    assert_eq!(document.rules().uncovered(), ["年满80周岁"]);
}

#[test]
fn one_changed_digit_of_a_rule_refuses_it() {
    let document = example();
    let rules = document.rules.find("condition").expect("there are rules")
        ..document.rules.find("scenario").expect("and scenarios");
    let mut changed = 0;
    for at in rules.filter(|at| document.rules.as_bytes()[*at].is_ascii_digit()) {
        let mut document = document.clone();
        let other = if document.rules.as_bytes()[at] == b'7' {
            "6"
        } else {
            "7"
        };
        document.rules.replace_range(at..=at, other);
        assert_ne!(
            document.problems(Use::Review),
            [""; 0],
            "{}",
            &document.rules[at..]
        );
        changed += 1;
    }
    assert_eq!(changed, 44);
}

#[test]
fn a_requirement_that_is_left_out_leaves_its_clause_to_the_office() {
    let quotes = [
        "年满80周岁",
        "具有安和县户籍",
        "在安和县连续居住满3年",
        "已享受特困人员救助供养的",
        "无法核实健在情况的，暂停发放",
    ];
    let left = |kept: &[&str]| {
        let conditions = kept.iter().enumerate().map(|(at, quote)| {
            format!(
                "{{ id = \"{at}\", variable = \"v\", comparator = \"=\", value = true, quote = \"{quote}\" }},"
            )
        });
        let rules = format!(
            "[variables]\nv = {{ type = \"yes_no\", ask = \"？\" }}\n[rules]\ncondition = [{}]",
            conditions.collect::<String>()
        );
        let text = example().text;
        let rules = Document::with(&text, &rules).rules();
        rules.uncovered().to_vec()
    };
    assert_eq!(left(&quotes), [""; 0]);
    for (at, clause) in [
        "年满80周岁",
        "并且具有安和县户籍",
        "或者在安和县连续居住满3年的老年人",
        "已享受特困人员救助供养的",
        "无法核实健在情况的",
    ]
    .into_iter()
    .enumerate()
    {
        let mut kept = quotes.to_vec();
        kept.remove(at);
        assert_eq!(left(&kept)[0], clause);
    }
}

proptest! {
    #[test]
    fn no_file_is_too_strange_to_be_told_of(cut in 0_usize..3000, put in "[\\[\\]{}=\",.a1\n]{0,6}") {
        let mut document = example();
        let cut = document.rules.floor_char_boundary(cut);
        document.rules.insert_str(cut, &put);
        let _ = document.problems(Use::Review);
        document.rules.truncate(cut);
        let _ = document.problems(Use::Review);
    }
}
