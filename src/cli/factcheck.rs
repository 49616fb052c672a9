//! `wenzheng factcheck`: all combinations of a rule file with what comes out, for an official to look through and sign.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::Args;
use wenzheng_rules::{Amount, Enumeration, Outcome, Rules, Use, Verdict, enumerate, sign};

use super::rules::{FoundRules, scenarios};
use crate::{config::Sources, service::today};

/// Arguments of `wenzheng factcheck`.
#[derive(Debug, Args)]
pub(super) struct FactcheckArgs {
    /// 规则文件（*.rules.toml），旁边要有同名的政策文件（.md）
    file: PathBuf,
    /// 核对无误后签字：写明签字的单位
    #[arg(long, value_name = "NAME")]
    sign: Option<String>,
}

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &FactcheckArgs, sources: &Sources) -> anyhow::Result<ExitCode> {
    let lexicon = sources.settings()?.lexicon_dir;
    let found = FoundRules::of_file(&args.file, &lexicon)?;
    let benefit = match found.bind(Use::Review)? {
        Ok(benefit) => benefit,
        Err(problems) => {
            for problem in &problems {
                println!("{problem}");
            }
            println!("共 {} 个问题，改正之前不能使用。", problems.len());
            return Ok(ExitCode::FAILURE);
        }
    };
    let rules = &benefit.rules;
    let enumeration = match enumerate(rules) {
        Ok(enumeration) => enumeration,
        Err(error) => bail!("{error}"),
    };
    print!("{}", told(rules, &enumeration));
    let mismatches = scenarios(rules, |day| found.runs(day));
    for mismatch in &mismatches {
        println!("{}: {mismatch}", args.file.display());
    }
    if !mismatches.is_empty() {
        println!("有 {} 个情形和预期不符，请先改正。", mismatches.len());
        return Ok(ExitCode::FAILURE);
    }
    if let Some(by) = &args.sign {
        signed(&args.file, &found, by)?;
        println!("已由“{by}”签字。政策文件的正文以后改动一个字，规则就停用，要重新核对签字。");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "核对无误后签字：wenzheng factcheck {} --sign 单位名称",
        args.file.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Writes digest and signature into the rule file.
fn signed(file: &Path, found: &FoundRules, by: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("读不了 {}", file.display()))?;
    let signed = sign(&text, found.policy(), by, today())?;
    fs::write(file, signed).with_context(|| format!("写不了 {}", file.display()))
}

/// All combinations, a line each, below the variables and above how many come to what.
fn told(rules: &Rules, enumeration: &Enumeration) -> String {
    let mut told = format!("{}：{}\n\n", rules.document(), rules.benefit());
    told.push_str("问的内容：\n");
    for (n, (variable, choices)) in enumeration.variables.iter().enumerate() {
        let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
        let private = if variable.private {
            "（只在私聊里问）"
        } else {
            ""
        };
        told.push_str(&format!(
            "{}. {}{private}　{}\n",
            n + 1,
            variable.asked_of(rules.person()),
            labels.join(" / ")
        ));
    }
    for clause in rules.left_to_office() {
        told.push_str(&format!("？由部门认定：{clause}\n"));
    }
    told.push_str("\n全部组合：\n");
    for row in &enumeration.rows {
        let said = enumeration.variables.iter().zip(&row.chosen);
        let said: Vec<&str> = said
            .map(
                |((_, choices), at)| match at.and_then(|at| choices.get(at)) {
                    Some(choice) => choice.label.as_str(),
                    None => "不知道",
                },
            )
            .collect();
        told.push_str(&format!(
            "{} → {}\n",
            said.join("，"),
            outcome(&row.verdict)
        ));
    }
    let counts = enumeration.counts();
    told.push_str(&format!(
        "\n共 {} 种组合：符合已核对的条件 {} 种，不符合 {} 种，不能下结论 {} 种。\n",
        enumeration.rows.len(),
        counts.met,
        counts.not_met,
        counts.undecided
    ));
    told
}

/// What a combination comes to, with what is paid.
fn outcome(verdict: &Verdict) -> String {
    let found = match &verdict.outcome {
        Outcome::Met(met) => format!(
            "符合已核对的{}条，{}条由部门认定",
            met.checked(),
            met.left_to_office().len()
        ),
        Outcome::NotMet { by, .. } => format!("不符合：{by}"),
        Outcome::Undecided { .. }
        | Outcome::Expired
        | Outcome::NotYetEffective
        | Outcome::Replaced => "不能下结论".to_owned(),
    };
    let amount = match &verdict.amount {
        Amount::Decided(payment) => match &payment.sum {
            Some(sum) => format!("；{sum}"),
            None => format!("；{}", payment.pays),
        },
        Amount::Open(_) => "；标准未定".to_owned(),
        Amount::NoRow => "；没有对应的标准".to_owned(),
        Amount::None => String::new(),
    };
    format!("{found}{amount}")
}
