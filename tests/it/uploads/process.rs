use std::{
    fs::{self, File},
    io::Write as _,
    os::fd::OwnedFd,
    path::PathBuf,
    time::Duration,
};

use tokio::{task::JoinHandle, time::sleep};
use wenzheng::upload::{ConvertError, ConvertLimits, Converted, Converter, Upload, convert};

use super::{labelled, program};

/// The process that converts the file labelled `label`, once there is one.
async fn process(label: &str) -> PathBuf {
    for _ in 0..3_000 {
        if let Some(process) = find(label) {
            return process;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("no process converts {label}");
}

/// Its folder below `/proc`; none once it has ended, even if nobody has asked how yet.
fn find(label: &str) -> Option<PathBuf> {
    let processes = fs::read_dir("/proc").expect("a system with /proc");
    let mut processes = processes.flatten().map(|entry| entry.path());
    processes.find(|process| {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        line.contains("convert-upload") && line.contains(label)
    })
}

async fn has_ended(label: &str) -> bool {
    for _ in 0..3_000 {
        if find(label).is_none() {
            return true;
        }
        sleep(Duration::from_millis(20)).await;
    }
    false
}

type Converting = JoinHandle<Result<Converted, ConvertError>>;

/// A conversion whose file is not written yet: whoever holds the other end of the pipe ends it.
fn begin(label: &'static str, limits: ConvertLimits) -> (std::io::PipeWriter, Converting) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let file = File::from(OwnedFd::from(reader));
    let upload = Upload {
        file,
        hints: labelled(label),
    };
    let converting = async move { convert(program(), upload, &limits).await };
    (writer, tokio::spawn(converting))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_process_has_no_environment_no_files_and_little_room() {
    let (mut writer, converting) = begin("空环境.txt", ConvertLimits::default());
    let process = process("空环境.txt").await;
    // Limits come after the start.
    let limit = |name: &str| {
        let limits = fs::read_to_string(process.join("limits")).expect("it waits");
        let line = limits.lines().find(|line| line.starts_with(name));
        let rest = &line.expect("the system has it")[name.len()..];
        let mut values = rest.split_whitespace().map(str::to_owned);
        (
            values.next().unwrap_or_default(),
            values.next().unwrap_or_default(),
        )
    };
    let both = |value: &str| (value.to_owned(), value.to_owned());
    for _ in 0..3_000 {
        if limit("Max cpu time") == both("60") {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    for (name, value) in [
        ("Max cpu time", "60"),
        ("Max address space", "805306368"),
        ("Max core file size", "0"),
        ("Max file size", "0"),
        ("Max open files", "3"),
        ("Max processes", "0"),
    ] {
        assert_eq!(limit(name), both(value), "{name}");
    }
    assert_eq!(fs::read(process.join("environ")).expect("ours"), b"");
    assert_eq!(
        fs::read_link(process.join("cwd")).expect("ours"),
        PathBuf::from("/")
    );
    let open = fs::read_dir(process.join("fd")).expect("ours").flatten();
    let mut open: Vec<_> = open.map(|entry| entry.file_name()).collect();
    open.sort();
    assert_eq!(open, ["0", "1", "2"]);
    let threads = fs::read_dir(process.join("task")).expect("ours");
    assert_eq!(threads.count(), 1);
    let stat = fs::read_to_string(process.join("stat")).expect("ours");
    let (_, after_name) = stat.rsplit_once(')').expect("a name");
    let nice: i64 = after_name
        .split_whitespace()
        .nth(16)
        .expect("nice")
        .parse()
        .expect("a number");
    assert!(nice >= 10, "{nice}");
    let ready = fs::read_to_string(process.join("oom_score_adj")).expect("ours");
    assert_eq!(ready.trim(), "1000");

    writer
        .write_all("2025年通渭县政府工作报告\n各位代表：\n2025年重点工作\n加快建设。\n".as_bytes())
        .expect("it reads");
    drop(writer);
    let converted = converting.await.expect("no panic").expect("it is a report");
    assert_eq!(converted.place, "通渭县");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_that_is_given_up_leaves_no_process() {
    let (_writer, converting) = begin("不要了.txt", ConvertLimits::default());
    process("不要了.txt").await;
    converting.abort();
    assert!(has_ended("不要了.txt").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_that_never_ends_is_ended() {
    let limits = ConvertLimits {
        wall: Duration::from_millis(800),
        ..ConvertLimits::default()
    };
    let (_writer, converting) = begin("没有完.txt", limits);
    let ended = converting.await.expect("no panic");
    assert!(matches!(ended, Err(ConvertError::TookLong)), "{ended:?}");
    assert!(has_ended("没有完.txt").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn conversions_take_turns_and_a_waiting_one_can_be_given_up() {
    let converter = Converter::new(program().to_owned(), ConvertLimits::default());
    let pipe = |label: &'static str| {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let upload = Upload {
            file: File::from(OwnedFd::from(reader)),
            hints: labelled(label),
        };
        let converter = converter.clone();
        (
            writer,
            tokio::spawn(async move { converter.convert(upload).await }),
        )
    };
    let (first_end, first) = pipe("甲先.txt");
    process("甲先.txt").await;
    let (_second_end, second) = pipe("乙后.txt");
    let (third_end, third) = pipe("丙后.txt");
    sleep(Duration::from_millis(200)).await;
    assert!(find("乙后.txt").is_none() && find("丙后.txt").is_none());
    second.abort();
    drop(first_end);
    let first = first.await.expect("no panic");
    assert!(matches!(first, Err(ConvertError::Refused(_))), "{first:?}");
    process("丙后.txt").await;
    drop(third_end);
    let third = third.await.expect("no panic");
    assert!(matches!(third, Err(ConvertError::Refused(_))), "{third:?}");
}
