//! `wenzheng eval`: answers questions with gold answers and prints how well; judges whole replies; fits
//! the weights; measures retrieval on public collections; groups questions that ask about the same.

mod args;
mod collections;
mod groups;
mod replies;
mod snapshots;

use std::{fs, process::ExitCode, time::Instant};

use anyhow::{Context as _, bail};

pub(super) use self::args::EvalArgs;

use self::snapshots::Snapshots;
use super::context::{Context, question};
use crate::{
    answer::{Answer, AnswerError, Question, TracedSearch},
    assistant::Snapshot,
    channels::plain,
    eval::{
        self, EvalQuestion, Row, Summary,
        tune::{self, Example},
    },
    gold::Gold,
    retrieval::{
        CandidateFeatures, ConfidenceFeatures, Ranking,
        component::{Component, Components},
    },
};

pub(super) fn run(args: &EvalArgs, context: &Context) -> anyhow::Result<ExitCode> {
    if !args.tune && !args.beir.is_empty() {
        if !args.files.is_empty() {
            bail!("FILES 和 --beir 只能在 --tune 时同用");
        }
        return collections::measure(args, context);
    }
    let (mut questions, mut replies) = (Vec::new(), Vec::new());
    for file in &args.files {
        match eval::replies::read(file)? {
            Some(gold) => replies.extend(gold),
            None => questions.extend(eval::read::<EvalQuestion>(file)?),
        }
    }
    let of_questions = args.tune || args.ablate || args.groups;
    let of_replies = args.by_kind || args.answers.is_some() || !args.floor.is_empty();
    match (questions.is_empty(), replies.is_empty()) {
        (true, false) if of_questions => {
            bail!("整篇答复的标准不能用于 --tune、--ablate 和 --groups")
        }
        (true, false) => return replies::run(&replies, args, context),
        (false, false) => bail!("整篇答复和引文的标准要分开检验"),
        (_, true) if of_replies => bail!("--by-kind、--floor、--answers 只用于整篇答复"),
        (_, true) => {}
    }
    if args.groups {
        return groups::run(&questions, args, context);
    }
    let snapshots = build_snapshots(&questions, Components::default(), args, context)?;
    if args.tune && !args.beir.is_empty() {
        let reports = examples(&questions, &snapshots, context)?;
        return collections::fit(reports, args, context);
    }
    if args.tune {
        return fit(&questions, &snapshots, args, context);
    }
    let summary = measure(&questions, &snapshots, context, args.misses)?;
    report(&summary, args)?;
    if args.ablate {
        ablate(&questions, &summary, args, context)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What is loaded and the reports that questions name, answered from by these components.
fn build_snapshots(
    questions: &[EvalQuestion],
    components: Components,
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<Snapshots> {
    let named = questions.iter().filter_map(|q| q.document.as_deref());
    Snapshots::build(named, args.reports.as_deref(), context, components)
}

fn asked(asked: &EvalQuestion) -> Question {
    question(asked.q.clone(), asked.history.clone())
}

fn measure(
    questions: &[EvalQuestion],
    snapshots: &Snapshots,
    context: &Context,
    misses: bool,
) -> Result<Summary, AnswerError> {
    let rows = questions.iter().map(|question| {
        let snapshot = snapshots.of(question.document.as_deref());
        let start = Instant::now();
        let answer = context.assistant.answer_from(snapshot, &asked(question))?;
        let took = start.elapsed();
        let text = plain::render(&answer, &context.deployment);
        let row = eval::score(question, &answer, snapshot, &text, took)?;
        if misses && !row.good() {
            print_miss(question, &answer, &row);
        }
        Ok(row)
    });
    Ok(Summary {
        rows: rows.collect::<Result<_, AnswerError>>()?,
    })
}

#[expect(clippy::print_stdout, reason = "the command's output")]
fn print_miss(question: &EvalQuestion, answer: &Answer, row: &Row) {
    println!("{} [{}] {}", row.id, row.kind, question.q);
    println!(
        "  status {:?}, rank {}, want {:?} {:?}",
        row.status, row.rank, question.gold, question.answer
    );
    for citation in &answer.citations {
        println!("  {:.2} {}", citation.score, citation.quote);
    }
}

#[expect(clippy::print_stdout, reason = "the command's output")]
fn report(summary: &Summary, args: &EvalArgs) -> anyhow::Result<()> {
    print!("{summary}");
    if let Some(file) = &args.save {
        let json = serde_json::to_string(summary).context("结果转成 JSON")?;
        fs::write(file, json).with_context(|| format!("写不了 {}", file.display()))?;
    }
    if let Some(file) = &args.compare {
        let json =
            fs::read_to_string(file).with_context(|| format!("读不了 {}", file.display()))?;
        let earlier: Summary = serde_json::from_str(&json)
            .with_context(|| format!("{} 不是 --save 存下的结果", file.display()))?;
        print!("\n{}", summary.compare(&earlier));
    }
    Ok(())
}

/// A row for each component: the figures without it, and what it adds to hit@1.
#[expect(clippy::print_stdout, reason = "the command's output")]
fn ablate(
    questions: &[EvalQuestion],
    full: &Summary,
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<()> {
    const SHOWN: [&str; 5] = [
        "hit@1",
        "hit@3",
        "nDCG@10",
        "right",
        "unanswerable-near refused",
    ];
    let cells = |summary: &Summary| -> Vec<f64> {
        let figures = summary.figures();
        let value = |name: &str| figures.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
        SHOWN
            .iter()
            .map(|name| value(name).unwrap_or(f64::NAN))
            .collect()
    };
    let row = |name: &str, cells: &[f64]| {
        let cells: Vec<String> = cells.iter().map(|value| format!("{value:.3}")).collect();
        println!("| {name} | {} |", cells.join(" | "));
    };
    println!("\n| without | {} |", SHOWN.join(" | "));
    println!("|---|{}", "---|".repeat(SHOWN.len()));
    row("(nothing)", &cells(full));
    for (component, name) in Component::ALL {
        let components = Components::without(component);
        let snapshots = build_snapshots(questions, components, args, context)?;
        let summary = measure(questions, &snapshots, context, false)?;
        row(name, &cells(&summary));
    }
    Ok(())
}

/// Fits the weights and prints them as they stand in `config/ranking.toml`.
#[expect(clippy::print_stdout, reason = "the command's output")]
fn fit(
    questions: &[EvalQuestion],
    snapshots: &Snapshots,
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    let examples = examples(questions, snapshots, context)?;
    let start = Ranking::read(&context.settings.ranking_file)?.weights;
    let tuned = tune::tune(&examples, &start, args.ridge, |_| true);
    let line = |name: &str, fit: tune::Fit| {
        println!("# {name:<28} hit@1 {:.3}  MRR {:.3}", fit.hit1, fit.mrr);
    };
    println!("# {} questions with a gold candidate", tuned.examples);
    line("weights in force", tuned.before);
    line("new, on questions held out", tuned.held_out);
    line("new, on all", tuned.after);
    println!("[weights]");
    for (name, value) in tuned.weights.rows() {
        println!("{name} = {value:.2}");
    }
    print_confidences("model", questions, snapshots, context)?;
    let without = Components::without(Component::Meaning);
    let by_words = build_snapshots(questions, without, args, context)?;
    print_confidences("words", questions, &by_words, context)?;
    Ok(ExitCode::SUCCESS)
}

/// Shares of good hits that may be told “not found”, and “nothing direct”.
const REFUSED: f32 = 0.012;
const UNSURE: f32 = 0.04;
/// Hits that confidence rests on: the best and the next.
const CONFIDENCE_HITS: usize = 2;

/// Fits both probabilities to the best hits under the weights in force.
fn print_confidences(
    by: &str,
    questions: &[EvalQuestion],
    snapshots: &Snapshots,
    context: &Context,
) -> anyhow::Result<()> {
    let mut judged: Vec<(&EvalQuestion, ConfidenceFeatures, bool)> = Vec::new();
    for question in questions {
        let snapshot = snapshots.of(question.document.as_deref());
        let trace = context
            .assistant
            .trace(snapshot, &asked(question), CONFIDENCE_HITS)?;
        let Some((at, features)) = trace.only_search().and_then(TracedSearch::best) else {
            continue;
        };
        let passage = snapshot.library().passage(at)?;
        let right = question.answerable && Gold::of(&question.gold).is_in(&passage.text);
        judged.push((question, features, right));
    }
    let examples = |bad: &str| -> Vec<(ConfidenceFeatures, bool)> {
        let chosen = judged
            .iter()
            .filter(|(q, _, right)| *right || q.kind == bad);
        chosen
            .map(|(_, features, right)| (*features, *right))
            .collect()
    };
    print_confidence("speaks", by, &examples("unanswerable-far"), REFUSED);
    print_confidence("answers", by, &examples("unanswerable-near"), UNSURE);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's output")]
fn print_confidence(name: &str, by: &str, examples: &[(ConfidenceFeatures, bool)], lost: f32) {
    let fitted = tune::tune_confidence(examples, lost);
    println!(
        "\n# {} best hits; held out: area under the curve {:.3}; below {:.2} lie {:.3} of the bad",
        examples.len(),
        fitted.area,
        fitted.limit,
        fitted.caught
    );
    println!("[decision.{name}.{by}]");
    for (name, value) in fitted.coefficients.rows() {
        println!("{name} = {value:.2}");
    }
}

/// Of all questions that a report answers.
fn examples(
    questions: &[EvalQuestion],
    snapshots: &Snapshots,
    context: &Context,
) -> anyhow::Result<Vec<Example>> {
    let questions = questions.iter();
    let answerable = questions.filter(|question| question.answerable && !question.gold.is_empty());
    answerable
        .map(|question| {
            let snapshot = snapshots.of(question.document.as_deref());
            example(question, snapshot, context)
        })
        .collect()
}

fn example(
    question: &EvalQuestion,
    snapshot: &Snapshot,
    context: &Context,
) -> anyhow::Result<Example> {
    let gold = Gold::of(&question.gold);
    let trace = context
        .assistant
        .trace(snapshot, &asked(question), CONFIDENCE_HITS)?;
    let candidates = trace.only_search().into_iter();
    let candidates = candidates.flat_map(|search| &search.candidates).map(
        |CandidateFeatures { at, sentences }| {
            let passage = snapshot.library().passage(*at)?;
            let features = sentences.iter();
            let values = features.map(|(_, features)| features.values());
            Ok((gold.is_in(&passage.text), values.collect()))
        },
    );
    Ok(Example {
        candidates: candidates.collect::<anyhow::Result<_>>()?,
    })
}
