//! Collections in the layout of BEIR: how well their passages are ranked, and weights fitted to several.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context as _, bail};

use super::{
    super::{context::Context, progress},
    args::EvalArgs,
};
use crate::{
    eval::{
        beir::Collection,
        kinds::{Kind, KindFit, tune_kinds},
        tune::{Example, Fit},
    },
    retrieval::{Lexicon, Ranking, Setup},
    semantic::Embedder,
};

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn measure(args: &EvalArgs, context: &Context) -> anyhow::Result<ExitCode> {
    if args.run.is_some() && args.beir.len() > 1 {
        bail!("--run 只能用于一个 --beir");
    }
    for dir in &args.beir {
        let collection = Collection::read(dir)?;
        let embedder = embedder(&collection, args, context)?;
        let cache = embedder.as_ref().map(|e| context.vectors(e));
        let bar = progress::bar("计算向量");
        let with = embedder.zip(cache.as_ref());
        let run = collection.measure(setup(context)?, with, &|done, all| bar.show(done, all))?;
        bar.finish();
        if args.beir.len() > 1 {
            println!("{}", dir.display());
        }
        let (questions, indexed, p50, p99) = run.timing();
        println!("questions {questions}, indexed in {indexed:.1?}, p50 {p50:.2?}, p99 {p99:.2?}");
        for (name, value) in run.figures() {
            println!("{name:<10}{value:.4}");
        }
        if let Some(file) = &args.run {
            fs::write(file, run.trec()).with_context(|| format!("写不了 {}", file.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Fits the weights of loose passages to the collections and to questions over `reports`, and prints
/// them as they stand in `config/ranking.toml`.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn fit(
    reports: Vec<Example>,
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    let mut kinds = Vec::new();
    if !reports.is_empty() {
        kinds.push(Kind {
            name: "reports".to_owned(),
            examples: reports,
        });
    }
    for dir in &args.beir {
        kinds.push(kind(dir, args, context)?);
    }
    let (rows, weights) = tune_kinds(&kinds, &setup(context)?.ranking.loose_weights, args.ridge);
    let told = |Fit { hit1, mrr }: Fit| format!("hit@1 {hit1:.3} MRR {mrr:.3}");
    for KindFit {
        name,
        examples,
        before,
        left_out,
        after,
    } in rows
    {
        println!("# {name}, {examples} questions with a gold candidate");
        println!("#   weights in force    {}", told(before));
        println!("#   fitted without it   {}", told(left_out));
        println!("#   fitted to all       {}", told(after));
    }
    println!("[loose_weights]");
    for (name, value) in weights.rows() {
        println!("{name} = {value:.2}");
    }
    Ok(ExitCode::SUCCESS)
}

fn kind(dir: &Path, args: &EvalArgs, context: &Context) -> anyhow::Result<Kind> {
    let collection = Collection::read(dir)?;
    let embedder = embedder(&collection, args, context)?;
    let cache = embedder.as_ref().map(|e| context.vectors(e));
    let bar = progress::bar("计算向量");
    let with = embedder.zip(cache.as_ref());
    let examples = collection.examples(setup(context)?, with, &|done, all| bar.show(done, all))?;
    bar.finish();
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    Ok(Kind {
        name: name.into_owned(),
        examples,
    })
}

fn setup(context: &Context) -> anyhow::Result<Setup> {
    Ok(Setup {
        lexicon: Lexicon::from_dir(&context.settings.lexicon_dir).0,
        ranking: Ranking::read(&context.settings.ranking_file)?,
        ..Setup::default()
    })
}

/// The model, unless there is too much to embed.
#[expect(clippy::print_stdout, reason = "the command's output")]
fn embedder(
    collection: &Collection,
    args: &EvalArgs,
    context: &Context,
) -> anyhow::Result<Option<Embedder>> {
    let texts = collection.texts()?;
    let embedder = context.embedder()?;
    if embedder.is_some() && texts > args.embed_at_most {
        println!(
            "{texts} 段文字，超过 --embed-at-most {}：只按字词检索",
            args.embed_at_most
        );
        return Ok(None);
    }
    Ok(embedder)
}
