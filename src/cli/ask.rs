//! `wenzheng ask`: one question, or a batch.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::Context as _;
use clap::Args;

use super::{
    batch,
    context::{Context, question},
};
use crate::{
    answer::explain,
    channels::{answer_json::AnswerRecord, plain},
};

/// Arguments of `wenzheng ask`.
#[derive(Debug, Args)]
pub(super) struct AskArgs {
    /// 问题
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    question: Vec<String>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 说明这个问题是怎样理解的，每条原文的得分由哪些部分组成
    #[arg(long, conflicts_with_all = ["json", "batch"])]
    explain: bool,
    /// 从文件（或 - 表示标准输入）逐行读取 {"id","q"}，逐行输出 JSON
    #[arg(long, value_name = "FILE|-")]
    batch: Option<PathBuf>,
}

/// Hits that `--explain` shows for each part of the question.
const EXPLAINED: usize = 5;

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &AskArgs, context: &Context) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.batch {
        return batch::run(file, context);
    }
    let question = question(args.question.join(" "), Vec::new());
    if args.explain {
        let snapshot = context.assistant.snapshot();
        let trace = context.assistant.trace(&snapshot, &question, EXPLAINED)?;
        print!("{}", explain(&trace));
        return Ok(ExitCode::SUCCESS);
    }
    let start = Instant::now();
    let answer = context.assistant.answer(&question)?;
    if args.json {
        let record = AnswerRecord::new(&answer, &context.deployment, start.elapsed());
        println!(
            "{}",
            serde_json::to_string(&record).context("answer as JSON")?
        );
    } else {
        println!("{}", plain::render(&answer, &context.deployment));
    }
    Ok(ExitCode::SUCCESS)
}
