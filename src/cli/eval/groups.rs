//! Questions put together that ask about the same.

use std::process::ExitCode;

use anyhow::bail;

use super::args::EvalArgs;
use crate::{
    cli::context::Context,
    eval::{
        EvalQuestion,
        groups::{GroupRun, Grouped, Topic},
    },
    learning,
};

/// Groups the questions that need none before them, and prints how many with the same gold are together;
/// with `--misses` the pairs that should not be.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(
    questions: &[EvalQuestion],
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    if questions.iter().any(|question| question.document.is_some()) {
        bail!("--groups 只用于同一份语料的问题，不能写明 document");
    }
    let snapshot = context.assistant.snapshot();
    let mut grouped = Vec::new();
    for question in questions
        .iter()
        .filter(|question| question.history.is_empty())
    {
        let Some(features) = learning::read(&context.assistant, &snapshot, &question.q)? else {
            continue;
        };
        grouped.push(Grouped {
            question,
            features,
            topic: Topic::of(&question.gold, &snapshot)?,
        });
    }
    let run = GroupRun::new(&grouped);
    print!("{run}");
    if args.misses {
        for (one, other) in run.wrong(&grouped) {
            println!(
                "{} {} | {} {}",
                one.question.id, one.question.q, other.question.id, other.question.q
            );
        }
        for (label, size) in &run.labels {
            println!("{label} ×{size}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
