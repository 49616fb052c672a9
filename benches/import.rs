//! How long `wenzheng import` takes over a folder of 3,000 reports, and its peak resident memory.
//!
//! Run with `cargo bench --bench import`, or `-- 500` for that many; `-- 500 DIR` leaves raw reports
//! and corpus files in a new folder. The reports are recombined of real ones
//! (`support/recombine.rs`). The command runs as a process of its own, on all processors.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

#[path = "support/recombine.rs"]
mod recombine;

/// What a province loads.
const REPORTS: usize = 3_000;
/// Time between two looks at the memory of the process.
const PAUSE: Duration = Duration::from_millis(20);

#[expect(clippy::print_stdout, reason = "the bench's output")]
fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let count = arguments.first().map_or(REPORTS, |count| {
        count.parse().expect("the number of reports")
    });
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = arguments
        .get(1)
        .map_or(temporary.path().to_owned(), PathBuf::from);
    let raw = folder.join("raw");
    let out = folder.join("corpus");
    let start = Instant::now();
    let bytes = generate(&raw, count);
    println!(
        "made    {count} reports, {} MB, in {:.1?}",
        bytes / 1_000_000,
        start.elapsed()
    );

    let start = Instant::now();
    let import = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
        .arg("import")
        .arg(&raw)
        .arg("--out")
        .arg(&out)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program runs");
    let peak = watch(import);
    println!(
        "import  {:.1?}  peak {} MB  on {} processors",
        start.elapsed(),
        peak / 1000,
        thread::available_parallelism().map_or(1, usize::from)
    );
    assert_eq!(files(&out), count, "every report is imported");
}

/// Writes `count` reports; gives their bytes.
fn generate(folder: &Path, count: usize) -> usize {
    fs::create_dir_all(folder).expect("a folder of our own");
    let recombiner = recombine::Recombiner::new();
    let mut bytes = 0;
    for n in 0..count {
        let report = recombiner.report(n);
        bytes += report.text.len();
        fs::write(folder.join(report.file_name()), report.text).expect("written");
    }
    bytes
}

/// Waits for the end of `child`; gives its peak resident memory in kB, 0 where `/proc` is missing.
fn watch(mut child: Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let high = high.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(high.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("our own child") {
            assert!(status.success(), "a report was refused");
            return peak;
        }
        thread::sleep(PAUSE);
    }
}

/// Files below a folder.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => files(&entry.path()),
            _ => 1,
        })
        .sum()
}
