//! Several documents over shared variables.

use wenzheng_rules::{Answers, Rules, read_reply, survey};

use crate::support::Document;

const VOCABULARY: &str = r#"
    format = 1
    [variables]
    age = { type = "years", ask = "{person}今年满多少周岁？", label = "年龄" }
    hukou = { type = "yes_no", ask = "{person}的户口在安和县吗？" }
    poor = { type = "yes_no", ask = "{person}是低保对象吗？", private = true }
    mu = { type = "number", unit = "亩", ask = "种了几亩地？" }
"#;

fn condition(variable: &str, comparator: &str, value: &str, quote: &str) -> String {
    format!(
        "{{ id = \"{quote}\", variable = \"{variable}\", comparator = \"{comparator}\", value = {value}, quote = \"{quote}\" }},"
    )
}

/// Three documents: for the old, for the old and poor, for farmers.
fn three() -> [Rules; 3] {
    let rules = |text: &str, conditions: &[String]| {
        let rules = format!("[rules]\ncondition = [{}]", conditions.concat());
        Document::with(text, &rules).sharing(VOCABULARY).rules()
    };
    [
        rules(
            "种地5亩以上的安和户籍人员。",
            &[
                condition("mu", ">=", "5", "种地5亩以上"),
                condition("hukou", "=", "true", "安和户籍人员"),
            ],
        ),
        rules(
            "低保对象中年满60周岁的。",
            &[
                condition("poor", "=", "true", "低保对象中"),
                condition("age", ">=", "60", "年满60周岁"),
            ],
        ),
        rules(
            "年满80周岁、本县户籍。",
            &[
                condition("age", ">=", "80", "年满80周岁"),
                condition("hukou", "=", "true", "本县户籍"),
            ],
        ),
    ]
}

fn talk(rules: &[Rules], replies: &[&str]) -> (Vec<String>, Answers) {
    let rules: Vec<&Rules> = rules.iter().collect();
    let mut answers = Answers::new();
    let mut asked = Vec::new();
    for reply in replies {
        let question = survey::next_question(&rules, &answers, "您").expect("a question");
        let answer = read_reply(&question, reply).expect("clear");
        asked.push(question.ask);
        answers.give(question.variable.id, answer);
    }
    (asked, answers)
}

#[test]
fn the_most_shared_question_comes_first_and_private_ones_last() {
    let rules = three();
    let (asked, answers) = talk(&rules, &["在", "65", "6亩", "是"]);
    assert_eq!(
        asked,
        [
            "您的户口在安和县吗？",
            "您今年满多少周岁？",
            "种了几亩地？",
            "您是低保对象吗？"
        ]
    );
    let all: Vec<&Rules> = rules.iter().collect();
    assert_eq!(survey::next_question(&all, &answers, "您"), None);
    let findings = survey::findings(&all, &answers);
    let places = |found: &[(usize, _)]| -> Vec<usize> { found.iter().map(|one| one.0).collect() };
    assert_eq!(places(&findings.possible), [0, 1]);
    assert_eq!(places(&findings.not_met), [2]);
    assert_eq!(places(&findings.open), [0; 0]);
}

#[test]
fn what_is_not_known_when_it_is_stopped_is_still_to_be_verified() {
    let rules = three();
    let (_, answers) = talk(&rules, &["不在", "65"]);
    let all: Vec<&Rules> = rules.iter().collect();
    let findings = survey::findings(&all, &answers);
    assert_eq!(findings.not_met.len(), 2);
    assert_eq!(findings.open[0].0, 1);
}

#[test]
fn ranges_are_cut_where_any_of_the_documents_does() {
    let rules = three();
    let all: Vec<&Rules> = rules.iter().collect();
    let (_, answers) = talk(&rules, &["在"]);
    let age = survey::next_question(&all, &answers, "您").expect("age");
    let labels: Vec<&str> = age.choices.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["不满60岁", "60–79岁", "80岁以上"]);
}

#[test]
fn a_files_own_variable_is_shared_only_under_a_shared_name_and_kind() {
    let with = |variables: &str| {
        let rules = format!(
            "[variables]\n{variables}\n[rules]\ncondition = [{}]",
            condition("age", ">=", "80", "年满80周岁")
        );
        Document::with("年满80周岁的。", &rules)
    };
    let own = with("age = { type = \"years\", ask = \"老人几岁？\" }");
    let id = |document: &Document| document.rules().variables()[0].id.to_string();
    assert_eq!(id(&own), "甲 补贴#age");
    assert_eq!(id(&own.sharing(VOCABULARY)), "age");
    let other = with("age = { type = \"number\", unit = \"岁\", ask = \"老人几岁？\" }");
    let problems = other
        .sharing(VOCABULARY)
        .problems(wenzheng_rules::Use::Review);
    assert_eq!(
        problems,
        ["a.rules.toml:6: 变量“age”与公共词表里的同名变量类型不同。请改名，或照公共词表写"]
    );
}

#[test]
fn the_shipped_vocabulary_is_right_and_the_example_uses_it() {
    let shipped = include_str!("../../../../config/lexicon/variables.toml");
    let rules = crate::support::example().sharing(shipped).rules();
    let ids: Vec<String> = rules
        .variables()
        .iter()
        .map(|one| one.id.to_string())
        .collect();
    assert_eq!(ids, ["age", "hukou", "lived", "tekun"]);
    let heard = |question: &str| -> Vec<String> {
        let vocabulary = wenzheng_rules::Vocabulary::read("variables.toml", shipped);
        let vocabulary = vocabulary.expect("as shipped");
        let names = [
            "age", "hukou", "rural", "lived", "people", "land", "income", "relief",
        ];
        let variables = names.map(|name| vocabulary.get(name).expect("shipped"));
        let heard = wenzheng_rules::hear(variables, question).into_iter();
        heard.map(|one| one.variable.to_string()).collect()
    };
    assert_eq!(heard("我妈82岁农村户口能领高龄补贴不"), ["age", "rural"]);
    assert_eq!(heard("我家12亩地能领多少"), ["land"]);
    assert_eq!(heard("低保户每月领多少元"), ["relief"]);
    assert_eq!(heard("家里4口人，人均收入800元"), ["people", "income"]);
}
