//! Amounts: rows, rates, caps.

use wenzheng_rules::{Amount, Outcome, Use, Validity};

use crate::support::{Document, talk};

const TEXT: &str = "种植小麦5亩以上的农户，每亩补贴200元，最高补贴2000元。脱贫户每亩补贴250.5元。";

fn subsidy() -> Document {
    Document::with(
        TEXT,
        r#"
        [variables]
        mu = { type = "number", unit = "亩", ask = "种了几亩小麦？" }
        poor = { type = "yes_no", ask = "是脱贫户吗？" }
        [rules]
        condition = [{ id = "面积", variable = "mu", comparator = ">=", value = 5, quote = "种植小麦5亩以上的农户" }]
        amount = [
          { variable = "poor", comparator = "=", value = true, rate = "250.5元/亩", of = "mu", quote = "脱贫户每亩补贴250.5元" },
          { rate = "200元/亩", of = "mu", cap = "2000元", quote = "每亩补贴200元，最高补贴2000元" },
        ]
        scenario = [
          { given = { mu = 8, poor = false }, expect = { outcome = "met", amount = "1600元" } },
        ]
    "#,
    )
}

fn sum(replies: &[&str]) -> String {
    let rules = subsidy().rules();
    let (_, answers) = talk(&rules, replies);
    let verdict = rules.judge(&answers, Validity::InForce);
    match verdict.amount {
        Amount::Decided(payment) => payment
            .sum
            .map_or_else(|| format!("({})", payment.pays), |sum| sum.to_string()),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_rate_times_a_quantity_is_exact_and_capped() {
    assert_eq!(sum(&["8", "不是"]), "200元/亩 × 8亩 = 1600元");
    assert_eq!(
        sum(&["12.5亩", "不是"]),
        "200元/亩 × 12.5亩，最高2000元 = 2000元"
    );
    assert_eq!(sum(&["12.3", "是"]), "250.5元/亩 × 12.3亩 = 3081.15元");
    assert_eq!(sum(&["10", "不是"]), "200元/亩 × 10亩 = 2000元");
}

#[test]
fn a_range_above_the_cap_decides_the_sum() {
    assert_eq!(sum(&["15亩以上", "不是"]), "200元/亩，最高2000元 = 2000元");
    assert_eq!(sum(&["5亩以上", "不是"]), "(200元/亩)");
}

#[test]
fn the_exact_quantity_is_asked_for_without_choices() {
    let rules = subsidy().rules();
    let (_, answers) = talk(&rules, &[]);
    let question = rules.next_question(&answers).expect("the area");
    assert_eq!(
        (question.ask.as_str(), question.choices.len()),
        ("种了几亩小麦？", 0)
    );
    let (asked, answers) = talk(&rules, &["5亩以上", "不是", "十二亩"]);
    assert_eq!(asked, ["种了几亩小麦？", "是脱贫户吗？", "种了几亩小麦？"]);
    assert_eq!(rules.next_question(&answers), None);
}

#[test]
fn an_amount_is_open_until_its_row_is_decided() {
    let rules = subsidy().rules();
    let (_, answers) = talk(&rules, &["8", "不知道"]);
    let verdict = rules.judge(&answers, Validity::InForce);
    assert!(matches!(verdict.outcome, Outcome::Met(_)));
    assert!(matches!(&verdict.amount, Amount::Open(rows) if rows.len() == 2));
    assert_eq!(rules.next_question(&answers), None);
}

#[test]
fn who_belongs_to_no_row_is_told_so() {
    let text = "老人可以申请。80周岁以上的，每月50元。";
    let rules = r#"
        [variables]
        age = { type = "years", ask = "多少岁？" }
        here = { type = "yes_no", ask = "在吗？" }
        [rules]
        condition = [{ id = "在", variable = "here", comparator = "=", value = true, quote = "老人可以申请" }]
        amount = [{ variable = "age", comparator = ">=", value = 80, pays = "每月50元", quote = "80周岁以上的，每月50元" }]
    "#;
    let rules = Document::with(text, rules).rules();
    let (asked, answers) = talk(&rules, &["是", "70"]);
    assert_eq!(asked, ["在吗？", "多少岁？"]);
    assert_eq!(
        rules.judge(&answers, Validity::InForce).amount,
        Amount::NoRow
    );
}

#[test]
fn several_tests_choose_a_row_and_shares_are_worked_out() {
    let text = "住院的，城镇居民按70%报销，最高5万元；农村居民二级医院按85%报销。";
    let rules = r#"
        [variables]
        inpatient = { type = "yes_no", ask = "住院吗？" }
        kind = { type = "one_of", values = ["城镇", "农村"], ask = "城镇还是农村？" }
        second = { type = "yes_no", ask = "是二级医院吗？" }
        cost = { type = "number", unit = "元", ask = "花了多少钱？" }
        [rules]
        condition = [{ id = "住院", variable = "inpatient", comparator = "=", value = true, quote = "住院的" }]
        amount = [
          { when = [{ variable = "kind", comparator = "=", value = "农村" }, { variable = "second", comparator = "=", value = true }], rate = "85%", of = "cost", quote = "农村居民二级医院按85%报销" },
          { variable = "kind", comparator = "=", value = "城镇", rate = "70%", of = "cost", cap = "5万元", quote = "城镇居民按70%报销，最高5万元" },
        ]
    "#;
    let rules = Document::with(text, rules).rules();
    let total = |replies: &[&str]| {
        let (_, answers) = talk(&rules, replies);
        match rules.judge(&answers, Validity::InForce).amount {
            Amount::Decided(payment) => payment.sum.map(|sum| sum.total()),
            _ => None,
        }
    };
    assert_eq!(
        total(&["是", "农村", "是", "1000"]).as_deref(),
        Some("850元")
    );
    assert_eq!(total(&["是", "城镇", "1.5万"]).as_deref(), Some("10500元"));
    assert_eq!(total(&["是", "城镇", "十万"]).as_deref(), Some("50000元"));
}

#[test]
fn a_rate_that_does_not_fit_its_variable_is_refused() {
    let mut document = subsidy();
    document.rules = document
        .rules
        .replace("200元/亩", "200元/户")
        .replace("cap = \"2000元\"", "cap = \"2000斤\"");
    assert_eq!(
        document.problems(Use::Review),
        ["a.rules.toml:13: rate 写作“200元/亩”这样（金额/变量的单位），按比例的写作“70%”。请改正"]
    );
    let mut document = subsidy();
    document.rules = document
        .rules
        .replace("cap = \"2000元\"", "cap = \"2000斤\"");
    assert_eq!(
        document.problems(Use::Review),
        ["a.rules.toml:13: cap 应为一个数带单位，单位是“元”或“亩”。请改正"]
    );
}
