//! `wenzheng check`: validates a corpus, every problem with file, line and what to do.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Args;

use super::rules;
use crate::{
    config::Sources,
    corpus::{self, Library, check::check},
    service::today,
};

/// Arguments of `wenzheng check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// 报告所在的文件夹（默认按设置）
    dir: Option<PathBuf>,
}

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &CheckArgs, sources: &Sources) -> anyhow::Result<ExitCode> {
    let settings = sources.settings()?;
    let dir = match &args.dir {
        Some(dir) => dir.clone(),
        None => settings.corpus.dir,
    };
    let mut of_rules = None;
    let (problems, findings, refused) = match corpus::load_dir(&dir) {
        Ok(loaded) => {
            for document in &loaded.corpus.documents {
                println!(
                    "{}：《{}》，{} 个章节，{} 段，{} 条用语",
                    document.file.display(),
                    document.meta.title,
                    document.sections.len(),
                    document.passages.len(),
                    document.terms.len(),
                );
            }
            let text_of = |document: &corpus::Document| fs::read_to_string(&document.file).ok();
            let findings = check(&loaded.corpus, today(), text_of);
            let library = Library::new(loaded.corpus);
            let checked = rules::checked(&dir, &settings.lexicon_dir, &library)?;
            for read in &checked.read {
                println!("{read}");
            }
            of_rules = Some(checked);
            (loaded.warnings, findings, false)
        }
        Err(error) => (error.problems, Vec::new(), true),
    };
    for problem in &problems {
        println!("{problem}");
    }
    for finding in &findings {
        println!("{finding}");
    }
    let (wrong_rules, rule_hints) = of_rules.as_ref().map_or((0, 0), told);
    let hints = findings.iter().filter(|finding| finding.doubt.is_hint());
    let hints = hints.count();
    let count = problems.len() + findings.len() - hints + wrong_rules;
    let hints = hints + rule_hints;
    if count > 0 {
        let verdict = if refused {
            "，改正之前不能加载"
        } else {
            "，可以加载，建议改正"
        };
        println!("共 {count} 个问题{verdict}。");
        return Ok(ExitCode::FAILURE);
    }
    if hints > 0 {
        println!("没有必须改正的问题，有 {hints} 条提醒或提示。");
    } else {
        println!("没有发现问题。");
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what is wrong in rules, and what should be looked at; how many lines of each.
#[expect(clippy::print_stdout, reason = "the command's output")]
fn told(rules: &rules::Checked) -> (usize, usize) {
    for line in rules.problems.iter().chain(&rules.hints) {
        println!("{line}");
    }
    (rules.problems.len(), rules.hints.len())
}
