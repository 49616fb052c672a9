//! `wenzheng embed`: makes the vectors of every sentence and passage beforehand.

use std::{
    collections::HashSet,
    fs,
    path::PathBuf,
    process::ExitCode,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use anyhow::{Context as _, bail};
use clap::Args;

use super::{context::Context, progress};
use crate::{
    corpus::LibraryError,
    retrieval::{keys_of, texts_of},
    semantic::{self, VectorCache},
};

/// Arguments of `wenzheng embed`.
#[derive(Debug, Args)]
pub(super) struct EmbedArgs {
    /// 把向量另外写成一个文件（随程序发布的 models/wenzheng-e5-small/bundled.vectors 就是这样生成的）
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// 不用已有的向量，全部重新计算
    #[arg(long)]
    all: bool,
}

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &EmbedArgs, context: &Context) -> anyhow::Result<ExitCode> {
    let Some(embedder) = context.embedder()? else {
        bail!("没有启用语义检索（semantic.backend = \"off\"），无须计算向量");
    };
    let scratch = args.all.then(scratch_folder).transpose()?;
    let folder = scratch.as_deref().unwrap_or(&context.settings.data_dir);
    let known: &[u8] = if args.all { &[] } else { semantic::BUNDLED };
    let cache = Mutex::new(VectorCache::open(folder, embedder.id(), known));
    let snapshot = context.assistant.snapshot();
    let library = snapshot.library();
    let read = |document| Ok((document, library.passages_of(document)?));
    let documents = library.documents().iter().map(read);
    let documents: Vec<_> = documents.collect::<Result<_, LibraryError>>()?;
    let mut seen = HashSet::new();
    let texts: Vec<&str> = documents
        .iter()
        .flat_map(|(document, passages)| {
            passages
                .iter()
                .flat_map(|passage| texts_of(document, passage))
        })
        .filter(|text| seen.insert(*text))
        .collect();
    let start = Instant::now();
    let bar = progress::bar("计算向量");
    semantic::embed(&embedder, &cache, &texts, &|done, all| bar.show(done, all))
        .context("计算向量")?;
    bar.finish();
    let questions: Vec<&str> = snapshot.examples().iter().collect();
    semantic::embed_questions(&embedder, &cache, &questions).context("计算向量")?;
    println!(
        "{} 段文字的向量已备好，用时 {:.1?}",
        texts.len() + questions.len(),
        start.elapsed()
    );
    if let Some(file) = &args.bundle {
        let keys = keys_of(snapshot.library(), snapshot.examples())?;
        let cache = cache.into_inner().unwrap_or_else(PoisonError::into_inner);
        fs::write(file, cache.bundle(keys))
            .with_context(|| format!("写不了 {}", file.display()))?;
        println!("已写入 {}", file.display());
    }
    if let Some(scratch) = scratch {
        // The vectors are in the bundle; the folder was only somewhere to put it.
        let _ = fs::remove_dir_all(scratch);
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder of this process' own, when nothing known may be used.
fn scratch_folder() -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("wenzheng-embed-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("建不了 {}", folder.display()))?;
    Ok(folder)
}
