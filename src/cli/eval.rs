//! `wenzheng eval`: answers questions with gold answers and prints how well.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::Args;

use super::Context;
use crate::{
    answer::Question,
    channels::plain,
    eval::{self, Summary},
};

/// Arguments of `wenzheng eval`.
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// 带标准答案的问题，每行一个 JSON
    file: PathBuf,
    /// 列出没答对的问题和第一条引文
    #[arg(long)]
    misses: bool,
}

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &EvalArgs, context: &Context) -> anyhow::Result<ExitCode> {
    let questions = eval::read(&args.file)?;
    let mut rows = Vec::with_capacity(questions.len());
    for question in &questions {
        let asked = Question {
            text: question.q.clone(),
            history: question.history.clone(),
            limit: 0,
        };
        let start = Instant::now();
        let answer = context.assistant.answer(&asked);
        let took = start.elapsed();
        let text = plain::render(&answer, &context.deployment);
        let row = eval::score(question, &answer, &text, took);
        let good = if row.answerable {
            row.right && row.hit3
        } else {
            row.citations_fit()
        };
        if args.misses && !good {
            println!("{} [{}] {}", row.id, row.kind, question.q);
            println!(
                "  status {:?}, rank {}, want {:?}",
                row.status, row.rank, question.gold
            );
            for citation in &answer.citations {
                println!("  {:.2} {}", citation.score, citation.quote);
            }
        }
        rows.push(row);
    }
    print!("{}", Summary::new(rows));
    Ok(ExitCode::SUCCESS)
}
