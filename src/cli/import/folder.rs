//! `wenzheng import DIR`: every report below a folder, one bad file never stopping the others.

use std::{
    collections::BTreeMap,
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

use anyhow::{anyhow, bail};

use super::{
    super::progress::{self, Bar},
    args::ImportArgs,
    one::{Ready, Told, destination, recognise, write},
    record::{self, Failure},
    same_year::{Place, Written},
};
use crate::intake::Folders;

/// Files that may be reports, by the end of their names; those that cannot be read are named with
/// what to do.
const KINDS: [&str; 33] = [
    "txt", "text", "md", "markdown", "html", "htm", "shtml", "mht", "mhtml", "docx", "doc", "docm",
    "pdf", "jsonl", "wps", "wpt", "dot", "rtf", "ofd", "odt", "xlsx", "xlsm", "xlsb", "ods", "xls",
    "et", "csv", "json", "eml", "caj", "ceb", "pptx", "ppt",
];
/// Folders within folders that are followed.
const DEEPEST: usize = 32;

/// The number of a file and what came of it: where it was written and what was recognised.
type Outcome = (usize, anyhow::Result<(PathBuf, Told)>);

/// Imports every report below the folder that `args` names.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    if args.out.extension().is_some_and(|kind| kind == "md") {
        bail!("导入文件夹时 --out 应是文件夹，不能是一个 .md 文件");
    }
    let mut files = Vec::new();
    list(&args.file, 0, &mut files);
    files.sort();
    if files.is_empty() {
        bail!(
            "{} 里没有可以导入的文件（TXT、Markdown、HTML、DOCX、XLSX、XLS、PDF、OFD、JSONL）",
            args.file.display()
        );
    }
    let bar = progress::bar("导入");
    let mut outcomes = import_all(args, &files, &bar);
    bar.finish();
    outcomes.sort_by_key(|(n, _)| *n);
    if args.json {
        return records(&files, outcomes);
    }
    for (n, result) in &outcomes {
        if let Ok((out, told)) = result {
            let file = files[*n].display();
            println!("{file} → {}\n{}\n", out.display(), told.report);
        }
    }
    let failed: Vec<String> = outcomes
        .iter()
        .filter_map(|(n, result)| {
            let error = result.as_ref().err()?;
            Some(format!("  {}：{error:#}", files[*n].display()))
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

/// Prints a record a line, of the files that were not imported too.
#[expect(clippy::print_stdout, reason = "the command's output")]
fn records(files: &[PathBuf], outcomes: Vec<Outcome>) -> anyhow::Result<ExitCode> {
    let mut all = true;
    for (n, result) in outcomes {
        let line = match result {
            Ok((out, mut told)) => {
                told.record.out = out.display().to_string();
                record::line(&told.record)?
            }
            Err(error) => {
                all = false;
                record::line(&Failure {
                    file: files[n].display().to_string(),
                    error: format!("{error:#}"),
                })?
            }
        };
        println!("{line}");
    }
    Ok(if all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What is written goes by the order of the files, so that the same folder gives the same corpus.
struct Queue {
    folders: Folders,
    /// The next file to be written.
    next: usize,
    /// Files that are ready before one that comes first.
    waiting: BTreeMap<usize, anyhow::Result<Ready>>,
    written: Written,
}

impl Queue {
    /// Takes file `n`; gives all files whose turn it is, with their places in the corpus.
    fn take(
        &mut self,
        n: usize,
        ready: anyhow::Result<Ready>,
        args: &ImportArgs,
        files: &[PathBuf],
    ) -> Vec<(usize, anyhow::Result<(PathBuf, Ready)>)> {
        self.waiting.insert(n, ready);
        let mut turn = Vec::new();
        while let Some(ready) = self.waiting.remove(&self.next) {
            let placed = ready.and_then(|mut ready| {
                let out = destination(&args.out, &ready, &mut self.folders);
                match self.written.place(&out, &files[self.next], &ready.text) {
                    Place::First(out) => Ok((out, ready)),
                    Place::Further(out, other) => {
                        ready.told.warn(format!(
                            "与 {} 的地方、年份相同，两份都保留了；如果地方或年份认错了，请用 --place、--year 单独导入；如果是同一份报告，请删去一份",
                            other.display()
                        ));
                        Ok((out, ready))
                    }
                    Place::Same(other) => {
                        bail!("与 {} 内容相同，没有再写一份", other.display())
                    }
                }
            });
            turn.push((self.next, placed));
            self.next += 1;
        }
        turn
    }
}

/// Imports on as many threads as there are processors.
fn import_all(args: &ImportArgs, files: &[PathBuf], bar: &Bar) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let queue = Mutex::new(Queue {
        folders: Folders::below(&args.out),
        next: 0,
        waiting: BTreeMap::new(),
        written: Written::default(),
    });
    let work = || {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(n) else { return };
            let shown = file.strip_prefix(&args.file).unwrap_or(file);
            // A file that makes the program panic is a bad file like any other.
            let ready = catch_unwind(AssertUnwindSafe(|| recognise(args, file, shown)))
                .unwrap_or_else(|_| Err(anyhow!("程序出错，请把这个文件报告给开发者")));
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = queue.take(n, ready, args, files);
            drop(queue);
            for (n, placed) in turn {
                let result = placed.and_then(|(out, ready)| {
                    write(args, &out, &ready.text)?;
                    Ok((out, ready.told))
                });
                let mut done = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                done.push((n, result));
                bar.show(done.len(), files.len());
            }
        }
    };
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
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
        // ~$… is what Word keeps beside a document while that is open.
        if name.starts_with('.') || name.starts_with("~$") || name == "readme.md" {
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
