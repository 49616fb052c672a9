//! What a dialogue on who qualifies says.
//!
//! There is no sentence here that says that somebody qualifies: the best that comes out is that what could be checked is
//! met, beside what was not.

use wenzheng_rules::{Mark, Unclear};

use super::citation::citation_label;
use crate::answer::{
    Answer, Check, CheckAmount, CheckAmounts, CheckLine, CheckQuestion, CheckQuote, CheckResult,
    CheckStep, CheckSurvey, Finding, Surveyed,
};

/// Below every result.
const FINAL: &str = "按您说的情况，以主管部门审核为准";
/// Below a question where there are no buttons.
const BY_WORD: &str = "（不清楚就回复“不知道”；也可以回复“改”“停”或“直接看条件”）";
/// Below a result where there are no buttons.
const CHANGE_BY_WORD: &str = "说错了可以回复“改”，重答最后一项。";

/// What can be pressed: label, and what the button carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Buttons {
    /// Answers to the question.
    pub choices: Vec<(String, String)>,
    /// What else can be done.
    pub controls: Vec<(String, String)>,
    /// Carried into the private chat; `None` where the dialogue can go on here.
    pub in_private: Option<String>,
}

/// The buttons below what is said; none where nothing is remembered.
#[must_use]
pub fn buttons(check: &Check) -> Buttons {
    let Some(handle) = &check.handle else {
        return Buttons::default();
    };
    let button = |label: &str, what: &str| (label.to_owned(), format!("{handle}.{what}"));
    let change = (!check.told.is_empty()).then(|| button("改", "u"));
    let ends = [button("停", "s"), button("直接看条件", "c")];
    match &check.step {
        CheckStep::Asks(question) => {
            let choices = question.choices.iter().enumerate();
            let choices = choices.map(|(n, (_, label))| button(label, &n.to_string()));
            Buttons {
                choices: choices.chain([button("不知道", "d")]).collect(),
                controls: change.into_iter().chain(ends).collect(),
                in_private: None,
            }
        }
        CheckStep::AsksInPrivate => Buttons {
            choices: Vec::new(),
            controls: change.into_iter().chain(ends).collect(),
            in_private: Some(format!("{handle}.g")),
        },
        CheckStep::Judged(_) | CheckStep::Surveyed(_) => Buttons {
            controls: change.into_iter().collect(),
            ..Buttons::default()
        },
        CheckStep::Conditions(_) | CheckStep::NotInForce | CheckStep::Stopped | CheckStep::Over => {
            Buttons::default()
        }
    }
}

/// What stands below it where there are no buttons: answers to choose from, and the words that steer; `None` for
/// nothing.
#[must_use]
pub fn typed_choices(check: &Check) -> Option<String> {
    check.handle.as_ref()?;
    match &check.step {
        CheckStep::Asks(question) => {
            let choices = question.choices.iter();
            let mut lines: Vec<String> = choices
                .map(|(mark, label)| format!("{mark} {label}"))
                .collect();
            if let [first, ..] = question.choices.as_slice() {
                let by = match first.0.parse::<usize>() {
                    Ok(_) => "序号",
                    Err(_) => "字母",
                };
                lines.push(format!("回复{by}，或者直接回答。"));
            }
            lines.push(BY_WORD.to_owned());
            Some(lines.join("\n"))
        }
        CheckStep::AsksInPrivate => Some("（也可以回复“停”或“直接看条件”）".to_owned()),
        CheckStep::Judged(_) if !check.told.is_empty() => Some(CHANGE_BY_WORD.to_owned()),
        CheckStep::Judged(_)
        | CheckStep::Surveyed(_)
        | CheckStep::Conditions(_)
        | CheckStep::NotInForce
        | CheckStep::Stopped
        | CheckStep::Over => None,
    }
}

/// What is said, without what can be chosen.
#[must_use]
pub fn check(answer: &Answer, check: &Check) -> String {
    match &check.step {
        CheckStep::Asks(question) => asks(check, question),
        CheckStep::AsksInPrivate => {
            let private = "下一个问题涉及个人隐私，不在群里问。请点下面的按钮，到私聊里继续。";
            blocks([told(check), Some(private.to_owned())])
        }
        CheckStep::Judged(result) => judged(answer, check, result),
        CheckStep::Conditions(result) => conditions(answer, check, result),
        CheckStep::NotInForce => not_in_force(answer, check),
        CheckStep::Stopped => "好的，不再问了。您刚才的回答不会保存，需要时再问我就行。".to_owned(),
        CheckStep::Over => "这一步已经过去了。请看最新的一条，或者重新问一次。".to_owned(),
        CheckStep::Surveyed(survey) => surveyed(check, survey),
    }
}

fn blocks(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n\n")
}

/// What the answers so far were taken for.
fn told(check: &Check) -> Option<String> {
    let person = check.person.as_ref().map(|person| format!("（{person}）"));
    let told: Vec<String> = check
        .told
        .iter()
        .map(|(label, words)| format!("{label}：{words}"))
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "您说的{}：{}。",
            person.unwrap_or_default(),
            told.join("；")
        )
    })
}

fn asks(check: &Check, question: &CheckQuestion) -> String {
    let opening = check.is_first.then(|| {
        let (how, what) = match check.benefit.as_str() {
            "" => ("现行有效的各份文件", "能享受哪些政策".to_owned()),
            benefit => ("", format!("能不能领{benefit}")),
        };
        let how = match how {
            "" => format!("《{}》", check.document_title),
            how => how.to_owned(),
        };
        let who = check
            .person
            .as_deref()
            .map(|person| format!("“{person}”"))
            .unwrap_or_default();
        format!(
            "按{how}的条件逐条核对{who}{what}。只问会影响结果的，您的回答几分钟后就清除，不作记录。"
        )
    });
    let unclear = question.unclear.as_ref().map(|why| unclear(why).to_owned());
    blocks([opening, told(check), unclear, Some(question.ask.clone())])
}

/// Why an answer was not understood, and what would be.
const fn unclear(why: &Unclear) -> &'static str {
    match why {
        Unclear::Blank | Unclear::NoChoice => "没有听明白，请从选项里选一个。",
        Unclear::NeitherYesNorNo => "没有听明白，请回答“是”或者“不是”。",
        Unclear::NoNumber => "没有听明白，请说一个数。",
        Unclear::SeveralNumbers => "您说了几个数，请只说一个。",
        Unclear::Approximate => "差一点结果就可能不同，请说准确的数。",
        Unclear::OtherUnit => "单位好像不一样，请再说一次。",
        Unclear::Negated => "请直接说是多少。",
        Unclear::NotWhole => "请说一个整数。",
        Unclear::NoDate => "没有看懂日期，请写成“2026年3月5日”这样。",
    }
}

fn judged(answer: &Answer, check: &Check, result: &CheckResult) -> String {
    let lines: Vec<String> = result.lines.iter().map(line).collect();
    let next = result
        .next
        .as_ref()
        .map(|next| format!("还需要知道：{}可以把情况写在问题里再问一次。", next.ask));
    blocks([
        Some(finding(&result.finding)),
        told(check),
        Some(lines.join("\n")),
        amounts(&result.amounts),
        fields(result),
        next,
        Some(foot(answer, check)),
    ])
}

fn conditions(answer: &Answer, check: &Check, result: &CheckResult) -> String {
    let lines = result.lines.iter().map(|line| {
        let name = match (&line.name, line.is_exclusion) {
            (None, _) => "由部门认定：".to_owned(),
            (Some(name), true) => format!("不能有“{name}”的情形："),
            (Some(name), false) => format!("{name}："),
        };
        format!("· {name}{}", quotes(&line.quotes))
    });
    let lines: Vec<String> = lines.collect();
    blocks([
        Some(format!("{}的条件，文件是这样写的：", check.benefit)),
        Some(lines.join("\n")),
        amounts(&result.amounts),
        fields(result),
        Some(source(answer, check)),
    ])
}

/// What came out, in short; never that somebody qualifies.
fn finding(finding: &Finding) -> String {
    match finding {
        Finding::Met { checked, left: 0 } => format!("按您说的情况，符合已核对的{checked}条。"),
        Finding::Met { checked, left } => {
            format!("按您说的情况，符合已核对的{checked}条；另有{left}条要由部门认定。")
        }
        Finding::NotMet(failed) => {
            let failed: Vec<String> = failed
                .iter()
                .map(|(name, is_exclusion)| match is_exclusion {
                    true => format!("有“{name}”的情形"),
                    false => name.clone(),
                })
                .collect();
            let failed = failed.join("、");
            format!("按您说的情况，不符合：{failed}。原文见标 ✗ 的那一行。")
        }
        Finding::Open => "按您说的情况，还不能得出结论：标 ？ 的条件还要核实。".to_owned(),
    }
}

fn line(line: &CheckLine) -> String {
    let quotes = quotes(&line.quotes);
    let Some(name) = &line.name else {
        return format!("？由部门认定：{quotes}");
    };
    match (line.mark, line.is_exclusion) {
        (Mark::Passed, false) => format!("✓ {name}：{quotes}"),
        (Mark::Passed, true) => format!("✓ 没有“{name}”的情形：{quotes}"),
        (Mark::Failed, false) => format!("✗ {name}：{quotes}"),
        (Mark::Failed, true) => format!("✗ 有“{name}”的情形：{quotes}"),
        (Mark::Unknown | Mark::LeftToOffice, false) => format!("？ {name}：{quotes}"),
        (Mark::Unknown | Mark::LeftToOffice, true) => format!("？ 有没有“{name}”的情形：{quotes}"),
    }
}

/// “年满80周岁”（一、发放对象）
fn quotes(quotes: &[CheckQuote]) -> String {
    let mut said = String::new();
    for (n, quote) in quotes.iter().enumerate() {
        if n > 0 {
            said.push_str("；或者");
        }
        said.push_str(&format!("“{}”", quote.text));
        let same_next = quotes
            .get(n + 1)
            .is_some_and(|next| next.section == quote.section);
        if !quote.section.is_empty() && !same_next {
            said.push_str(&format!("（{}）", quote.section));
        }
    }
    said
}

fn amounts(amounts: &CheckAmounts) -> Option<String> {
    match amounts {
        CheckAmounts::None => None,
        CheckAmounts::NoRow => Some("标准：文件没有写这种情况的标准。".to_owned()),
        CheckAmounts::Decided(one) => Some(format!("标准：{}", amount(one))),
        CheckAmounts::Open(all) if all.len() == 1 => Some(format!("标准：{}", amount(&all[0]))),
        CheckAmounts::Open(all) => {
            let all: Vec<String> = all.iter().map(|one| format!("· {}", amount(one))).collect();
            Some(format!(
                "标准（还不能确定是哪一档，全部列出）：\n{}",
                all.join("\n")
            ))
        }
    }
}

fn amount(amount: &CheckAmount) -> String {
    let quote = quotes(std::slice::from_ref(&amount.quote));
    match &amount.sum {
        Some(sum) => format!("{quote}\n按文件标准计算：{sum}"),
        None => quote,
    }
}

/// 办理材料：居民身份证…
fn fields(result: &CheckResult) -> Option<String> {
    let fields = result.fields.iter();
    let fields: Vec<String> = fields
        .map(|(label, quote)| format!("{label}：{}", quote.text))
        .collect();
    (!fields.is_empty()).then(|| fields.join("\n"))
}

fn foot(answer: &Answer, check: &Check) -> String {
    let department = match check.department.as_str() {
        "" => String::new(),
        department => format!("（{department}）"),
    };
    format!("{}\n{FINAL}{department}。", source(answer, check))
}

/// —— 《安和县高龄津贴发放办法》（有效至2030年3月31日）
fn source(answer: &Answer, check: &Check) -> String {
    let standing = answer
        .citations
        .first()
        .map(citation_label)
        .unwrap_or_default();
    let standing = match standing.as_str() {
        "" => String::new(),
        standing => format!("（{standing}）"),
    };
    format!("—— 《{}》{standing}", check.document_title)
}

fn not_in_force(answer: &Answer, check: &Check) -> String {
    let standing = answer
        .citations
        .first()
        .map(citation_label)
        .unwrap_or_default();
    let ask = match check.department.as_str() {
        "" => "主管部门".to_owned(),
        department => format!("主管部门（{department}）"),
    };
    format!(
        "不能按《{}》核对能不能领{}：{standing}。现在的规定请向{ask}询问。",
        check.document_title, check.benefit
    )
}

fn surveyed(check: &Check, survey: &CheckSurvey) -> String {
    let list = |title: &str, found: &[Surveyed], each: &dyn Fn(&Surveyed) -> String| {
        let lines: Vec<String> = found.iter().map(|one| format!("· {}", each(one))).collect();
        (!lines.is_empty()).then(|| format!("{title}：\n{}", lines.join("\n")))
    };
    let named = |one: &Surveyed| format!("{}（《{}》）", one.benefit, one.document_title);
    let possible = |one: &Surveyed| format!("{}：符合已核对的{}条", named(one), one.checked);
    let failed = |one: &Surveyed| match &one.failed {
        Some((name, quote)) => {
            format!(
                "{}：{name}，{}",
                named(one),
                quotes(std::slice::from_ref(quote))
            )
        }
        None => named(one),
    };
    let opening = match survey.is_cut_short {
        true => "还没有问完，先按您说的情况列出来：",
        false => "按您说的情况，逐份核对的结果：",
    };
    blocks([
        Some(opening.to_owned()),
        told(check),
        list("可能符合", &survey.possible, &possible),
        list("还要核实", &survey.open, &named),
        list("不符合", &survey.not_met, &failed),
        Some(format!("{FINAL}。只核对了写有规则的现行文件。")),
    ])
}
