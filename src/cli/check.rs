//! `wenzheng check`: validates a corpus, every problem with file, line and what to do.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use crate::{config::Sources, corpus};

/// Arguments of `wenzheng check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// 报告所在的文件夹（默认按设置）
    dir: Option<PathBuf>,
}

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &CheckArgs, sources: &Sources) -> anyhow::Result<ExitCode> {
    let dir = match &args.dir {
        Some(dir) => dir.clone(),
        None => sources.settings()?.corpus.dir,
    };
    let (problems, refused) = match corpus::load_dir(&dir) {
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
            (loaded.warnings, false)
        }
        Err(error) => (error.problems, true),
    };
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("没有发现问题。");
        return Ok(ExitCode::SUCCESS);
    }
    let verdict = if refused {
        "，改正之前不能加载"
    } else {
        "，可以加载，建议改正"
    };
    println!("共 {} 个问题{verdict}。", problems.len());
    Ok(ExitCode::FAILURE)
}
