//! What thousands of reports cost once they are imported: index, start, questions, one more report;
//! by words alone.
//!
//! Run with `cargo bench --bench scale`, or `-- 500` for that many; `-- 3000 DIR` uses the corpus that
//! `cargo bench --bench import -- 3000 DIR` left in `DIR/corpus`. Each step runs in a process of its
//! own, so that its peak memory is its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use wenzheng::{
    answer::{Question, Status},
    assistant::{Assistant, Options},
    eval,
    service::today,
};

#[path = "support/recombine.rs"]
mod recombine;

const REPORTS: usize = 3_000;
/// Places that questions are asked of.
const PLACES: usize = 40;

#[expect(clippy::print_stdout, reason = "the bench's output")]
fn main() {
    let arguments: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if let [step, folder] = arguments.as_slice()
        && ["index", "ask", "add"].contains(&step.as_str())
    {
        return run(step, Path::new(folder));
    }
    let count = arguments.first().map_or(REPORTS, |count| {
        count.parse().expect("the number of reports")
    });
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = match arguments.get(1) {
        Some(folder) => PathBuf::from(folder),
        None => {
            import(temporary.path(), count);
            temporary.path().to_owned()
        }
    };
    let _ = fs::remove_dir_all(folder.join("data"));
    for step in ["index", "ask", "add"] {
        let status = Command::new(env::current_exe().expect("this program"))
            .args([step.as_ref(), folder.as_os_str()])
            .status()
            .expect("this program runs");
        assert!(status.success(), "{step}");
    }
    println!("disk    {} MB", bytes(&folder.join("data")) / 1_000_000);
}

/// Makes `count` reports and imports them.
fn import(folder: &Path, count: usize) {
    let raw = folder.join("raw");
    fs::create_dir_all(&raw).expect("a folder of our own");
    let recombiner = recombine::Recombiner::new();
    for n in 0..count {
        let report = recombiner.report(n);
        fs::write(raw.join(report.file_name()), report.text).expect("written");
    }
    let status = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
        .arg("import")
        .arg(&raw)
        .arg("--out")
        .arg(folder.join("corpus"))
        .stdout(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(status.success(), "every report is imported");
}

fn open(folder: &Path) -> Assistant {
    Assistant::open(Options {
        corpus_dir: Some(folder.join("corpus")),
        data_dir: Some(folder.join("data")),
        ..Options::default()
    })
    .expect("a corpus that was imported can be served")
}

#[expect(clippy::print_stdout, reason = "the bench's output")]
fn run(step: &str, folder: &Path) {
    let start = Instant::now();
    let assistant = open(folder);
    let opened = start.elapsed();
    let snapshot = assistant.snapshot();
    let documents = snapshot.library().documents();
    let passages = snapshot.library().passage_count();
    match step {
        "index" => println!(
            "index   {opened:.1?}  {} reports, {passages} passages  peak {} MB",
            documents.len(),
            memory("VmHWM:") / 1000
        ),
        "ask" => {
            println!("open    {opened:.2?}");
            let step = (documents.len() / PLACES).max(1);
            let places: Vec<&str> = documents
                .iter()
                .step_by(step)
                .map(|document| document.meta.place.as_str())
                .collect();
            ask(&assistant, "ask, a place named", |q, n| {
                format!("{}{q}", places[n % places.len()])
            });
            ask(&assistant, "ask, of all reports", |q, _| q.to_owned());
            println!(
                "resident {} MB after the questions, {} MB of it anonymous",
                memory("VmRSS:") / 1000,
                memory("RssAnon:") / 1000
            );
        }
        _ => {
            let text = fs::read_to_string(&documents[0].file).expect("a corpus file");
            let place = &documents[0].meta.place;
            let own = folder.join("corpus/one-more");
            fs::create_dir_all(&own).expect("the corpus folder");
            fs::write(own.join("report.md"), text.replace(place, "新添县")).expect("written");
            let start = Instant::now();
            let reloaded = assistant.reload().expect("a good report more");
            println!(
                "add     {:.2?}  {} passages more",
                start.elapsed(),
                reloaded.added
            );
            fs::remove_dir_all(own).expect("our own folder");
        }
    }
}

#[expect(clippy::print_stdout, reason = "the bench's output")]
fn ask(assistant: &Assistant, what: &str, word: impl Fn(&str, usize) -> String) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/tongwei.jsonl");
    let questions = eval::read::<eval::EvalQuestion>(&file).expect("the questions are valid");
    let mut cited = 0;
    let mut times: Vec<Duration> = Vec::new();
    for (n, question) in questions.iter().enumerate() {
        let asked = Question {
            today: Some(today()),
            ..Question::new(word(&question.q, n))
        };
        let start = Instant::now();
        let answer = assistant
            .answer(&asked)
            .expect("the corpus can be searched");
        times.push(start.elapsed());
        cited += usize::from(matches!(answer.status, Status::Answered | Status::Partial));
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{what}: p50 {:.1?}  p95 {:.1?}  p99 {:.1?}  ({} questions, {cited} with a quote)",
        at(50),
        at(95),
        at(99),
        times.len()
    );
}

/// A line of `/proc/self/status`, in kB; 0 where that is missing.
fn memory(line: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = text.lines().find_map(|found| found.strip_prefix(line));
    let value = value.and_then(|value| value.trim().trim_end_matches(" kB").parse().ok());
    value.unwrap_or(0)
}

/// Bytes of all files below a folder.
fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => bytes(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
