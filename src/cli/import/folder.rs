//! `wenzheng import DIR`: every report below a folder, one bad file never stopping the others.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    super::progress::{self, Bar},
    ImportArgs, Imported, import_file, report,
};
use anyhow::{anyhow, bail};

/// Files that may be reports, by the end of their names.
const KINDS: [&str; 11] = [
    "txt", "text", "md", "markdown", "html", "htm", "mht", "docx", "doc", "pdf", "jsonl",
];
/// Folders within folders that are followed.
const DEEPEST: usize = 32;

/// One file and what came of it.
struct Outcome {
    file: PathBuf,
    result: anyhow::Result<(PathBuf, Imported)>,
}

/// Imports every report below the folder that `args` names.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    if args
        .out
        .extension()
        .is_some_and(|extension| extension == "md")
    {
        bail!("导入文件夹时 --out 应是文件夹，不能是一个 .md 文件");
    }
    let mut files = Vec::new();
    list(&args.file, 0, &mut files);
    files.sort();
    if files.is_empty() {
        bail!(
            "{} 里没有可以导入的文件（TXT、Markdown、HTML、DOCX、PDF、JSONL）",
            args.file.display()
        );
    }
    let bar = progress::bar("导入");
    let mut outcomes = import_all(args, &files, &bar);
    bar.finish();
    outcomes.sort_by(|a, b| a.file.cmp(&b.file));
    for outcome in &outcomes {
        if let Ok((out, imported)) = &outcome.result {
            println!(
                "{} → {}\n{}\n",
                outcome.file.display(),
                out.display(),
                report(imported)
            );
        }
    }
    let failed: Vec<String> = outcomes
        .iter()
        .filter_map(|outcome| {
            let error = outcome.result.as_ref().err()?;
            Some(format!("  {}：{error:#}", outcome.file.display()))
        })
        .collect();
    println!(
        "共 {} 个文件，导入 {} 个，失败 {} 个",
        outcomes.len(),
        outcomes.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", failed.join("\n"));
    Ok(ExitCode::FAILURE)
}

/// Imports on as many threads as there are processors.
fn import_all(args: &ImportArgs, files: &[PathBuf], bar: &Bar) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let shown = file.strip_prefix(&args.file).unwrap_or(file);
                    // A file that makes the program panic is a bad file like any other.
                    let result = catch_unwind(AssertUnwindSafe(|| import_file(args, file, shown)))
                        .unwrap_or_else(|_| Err(anyhow!("程序出错，请把这个文件报告给开发者")));
                    let outcome = Outcome {
                        file: file.clone(),
                        result,
                    };
                    let mut done = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push(outcome);
                    bar.show(done.len(), files.len());
                }
            });
        }
    });
    outcomes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

/// Files below `folder` that may be reports; links to folders are not followed.
fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if name.starts_with('.') || name == "readme.md" {
            continue;
        }
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && depth < DEEPEST {
            list(&path, depth + 1, files);
        } else if kind.is_file() && KINDS.iter().any(|kind| name.ends_with(&format!(".{kind}"))) {
            files.push(path);
        }
    }
}
