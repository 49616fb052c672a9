//! A second document, of another make: items of a list, values to choose from, a day, one clause forgotten.

use wenzheng_rules::{Amount, Answers, Counts, Outcome, Validity, enumerate};

use crate::support::{Document, talk};

const TEXT: &str = "
## 一、补贴对象

具有安和县户籍，持有残疾人证，残疾等级被评定为一级或者二级，且需要长期照护的残疾人。2025年1月1日以后迁入的除外。

## 二、不予发放

（一）已享受工伤护理费的；
（二）正在服刑的，不予发放；
（三）由公办福利机构集中供养的。

## 三、补贴标准

一级每人每月130元，二级每人每月110元。
";

const RULES: &str = r#"
[variables]
hukou = { type = "yes_no", ask = "{person}的户口在安和县吗？" }
moved = { type = "date", ask = "{person}的户口是哪天迁入的？" }
level = { type = "one_of", values = ["一级", "二级", "三级", "四级", "没有"], private = true, ask = "{person}的残疾证是几级？" }
injury = { type = "yes_no", ask = "{person}享受工伤护理费吗？", private = true }
prison = { type = "yes_no", ask = "{person}正在服刑吗？", private = true }

[rules]
condition = [
  { id = "户籍", variable = "hukou", comparator = "=", value = true, quote = "具有安和县户籍" },
  { id = "残疾等级", variable = "level", comparator = "in", value = ["一级", "二级"], quote = "持有残疾人证，残疾等级被评定为一级或者二级" },
]
exclusion = [
  { id = "迁入", variable = "moved", comparator = ">=", value = 2025-01-01, quote = "2025年1月1日以后迁入的除外" },
  { id = "工伤", variable = "injury", comparator = "=", value = true, quote = "已享受工伤护理费的" },
  { id = "服刑", variable = "prison", comparator = "=", value = true, quote = "正在服刑的" },
]
judged = ["且需要长期照护的残疾人"]
amount = [
  { variable = "level", comparator = "=", value = "一级", pays = "每人每月130元", quote = "一级每人每月130元" },
  { variable = "level", comparator = "=", value = "二级", pays = "每人每月110元", quote = "二级每人每月110元" },
]
"#;

#[test]
fn only_the_forgotten_clause_is_uncovered() {
    let rules = Document::with(TEXT, RULES).rules();
    assert_eq!(rules.uncovered(), ["由公办福利机构集中供养的"]);
    let left: Vec<&str> = rules.left_to_office().collect();
    assert_eq!(left, ["且需要长期照护的残疾人", "由公办福利机构集中供养的"]);
}

#[test]
fn its_combinations_are_as_many_as_can_be_worked_out_by_hand() {
    let rules = Document::with(TEXT, RULES).rules();
    let all = enumerate(&rules).expect("few");
    // three variables of yes and no and one of two ranges, each with the unknown; five levels and the unknown
    let total = 3 * 3 * 3 * 3 * 6;
    let none_against = 2 * 2 * 2 * 2 * 3;
    assert_eq!(all.rows.len(), total);
    let counts = Counts {
        met: 2,
        not_met: total - none_against,
        undecided: none_against - 2,
    };
    assert_eq!(all.counts(), counts);
    for row in all.rows {
        if let Outcome::Met(met) = row.verdict.outcome {
            assert_eq!((met.checked(), met.left_to_office().len()), (5, 2));
            assert!(matches!(row.verdict.amount, Amount::Decided(_)));
        }
    }
}

#[test]
fn private_questions_follow_all_others() {
    let rules = Document::with(TEXT, RULES).rules();
    let (asked, answers) = talk(&rules, &["是", "2019年", "2", "没有", "不是"]);
    assert_eq!(
        asked,
        [
            "老人的户口在安和县吗？",
            "老人的户口是哪天迁入的？",
            "老人的残疾证是几级？",
            "老人享受工伤护理费吗？",
            "老人正在服刑吗？",
        ]
    );
    let verdict = rules.judge(&answers, Validity::InForce);
    assert!(matches!(&verdict.amount, Amount::Decided(row) if row.pays == "每人每月110元"));
    let moved = rules
        .next_question(&talk(&rules, &["是"]).1)
        .expect("the day");
    let labels: Vec<&str> = moved.choices.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["2024年12月31日及以前", "2025年1月1日及以后"]);
}

#[test]
fn one_exclusion_decides_whatever_else_is_unknown() {
    let rules = Document::with(TEXT, RULES).rules();
    let prison = rules.named("prison").expect("defined").id.clone();
    let answers = Answers::from_iter([(prison, wenzheng_rules::Answer::YesNo(true))]);
    let verdict = rules.judge(&answers, Validity::InForce);
    let Outcome::NotMet { by, quotes } = verdict.outcome else {
        panic!("decided");
    };
    assert_eq!(
        (by.as_str(), quotes[0].text.as_str()),
        ("服刑", "正在服刑的")
    );
    assert_eq!(rules.next_question(&answers), None);
}

#[test]
fn too_many_combinations_are_refused_with_the_variable_to_cut() {
    let values: Vec<String> = (0..900).map(|n| format!("\"值{n}\"")).collect();
    let levels = "[\"一级\", \"二级\", \"三级\", \"四级\", \"没有\"]";
    let more = RULES.replace(
        levels,
        &levels.replace(']', &format!(", {}]", values.join(", "))),
    );
    let told = enumerate(&Document::with(TEXT, &more).rules()).expect_err("too many");
    assert_eq!(
        told.to_string(),
        "共73386种组合，超过20000种，核对不过来。变量“level”有905种回答，请先减少它的取值，或去掉用它的条件改列入 judged"
    );
}
