//! Whole replies, judged as a person reads them.

use std::{collections::HashMap, fs, path::Path, process::ExitCode, time::Instant};

use anyhow::Context as _;
use serde_json::Value;

use super::{args::EvalArgs, snapshots::Snapshots};
use crate::{
    channels::answer_json::AnswerRecord,
    cli::context::{Context, question},
    eval::{
        self,
        replies::{Figures, GoldReply, Replied, Reply, Verdict, judge, matched},
    },
    retrieval::component::Components,
};

/// Judges the replies to these questions and prints the figures; exit code 1 where one is below its
/// floor.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(
    gold: &[GoldReply],
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    let replies = match &args.answers {
        Some(file) => eval::read(file)?,
        None => ask(gold, args.reports.as_deref(), context)?,
    };
    let replied: Vec<Replied<'_>> = match &args.answers {
        Some(_) => matched(gold, &replies),
        // In the order of the questions: ids may return in another file.
        None => gold.iter().zip(replies.iter().map(Some)).collect(),
    };
    let verdicts = judge(&replied);
    let figures = Figures::new(&verdicts);
    print!("{}", figures.render(args.by_kind));
    if args.misses {
        verdicts
            .iter()
            .filter(|verdict| !verdict.satisfied())
            .for_each(print_miss);
    }
    if let Some(file) = &args.save {
        save(&verdicts, file)?;
    }
    if let Some(file) = &args.compare {
        print!("{}", compare(&verdicts, file)?);
    }
    let short = args
        .floor
        .iter()
        .filter(|floor| figures.value(&floor.figure) < floor.least);
    let short: Vec<String> = short
        .map(|floor| {
            let (name, least) = (&floor.figure, floor.least);
            format!("{name}={:.3}<{least}", figures.value(name))
        })
        .collect();
    if !short.is_empty() {
        println!("falls short: {}", short.join(" "));
        return Ok(ExitCode::FAILURE);
    }
    println!("{}", figures.summary());
    Ok(ExitCode::SUCCESS)
}

/// Asks the questions; a reply is what `ask --batch` prints.
fn ask(
    gold: &[GoldReply],
    reports: Option<&Path>,
    context: &Context,
) -> anyhow::Result<Vec<Reply>> {
    let documents = gold.iter().filter_map(|gold| gold.document.as_deref());
    let snapshots = Snapshots::build(documents, reports, context, Components::default())?;
    let replies = gold.iter().map(|gold| {
        let start = Instant::now();
        let question = question(gold.q.clone(), gold.history.clone());
        let snapshot = snapshots.of(gold.document.as_deref());
        let answer = context.assistant.answer_from(snapshot, &question)?;
        let mut record = AnswerRecord::new(&answer, &context.deployment, start.elapsed());
        record.id = Some(gold.id.clone());
        Ok(serde_json::from_value(serde_json::to_value(record)?)?)
    });
    replies.collect()
}

#[expect(clippy::print_stdout, reason = "the command's output")]
fn print_miss(verdict: &Verdict<'_>) {
    let GoldReply {
        id,
        role,
        holds,
        kind,
        q,
        ..
    } = verdict.gold;
    let missed: Vec<&str> = verdict.missed().collect();
    let (holds, missed, why) = (holds.name(), missed.join(","), &verdict.why);
    println!("MISS {id} [{role}/{holds}/{kind}] {q} :: {missed} :: {why}");
}

/// One object a line.
fn save(verdicts: &[Verdict<'_>], file: &Path) -> anyhow::Result<()> {
    let lines: String = verdicts
        .iter()
        .map(|verdict| format!("{}\n", verdict.to_json()))
        .collect();
    fs::write(file, lines).with_context(|| format!("写不了 {}", file.display()))
}

/// The questions that fare better or worse than in a file that was saved.
fn compare(verdicts: &[Verdict<'_>], file: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("读不了 {}", file.display()))?;
    let lines: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
    let lines = lines.with_context(|| format!("{} 不是 --save 存下的结果", file.display()))?;
    let earlier = lines
        .iter()
        .filter_map(|line| Some((line["id"].as_str()?, line["satisfied"].as_bool()?)));
    let earlier: HashMap<&str, bool> = earlier.collect();
    let changed = |now: bool| {
        let changed = verdicts.iter().filter(|verdict| {
            verdict.satisfied() == now && earlier.get(verdict.gold.id.as_str()) == Some(&!now)
        });
        changed.map(|verdict| verdict.gold.id.as_str()).collect()
    };
    Ok(eval::better_and_worse(changed))
}
