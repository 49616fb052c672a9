//! A store with a million questions: how large it is, and how long the overview takes. By hand, since filling it takes
//! minutes; with `FIGURES_STORE` a copy of the store is left there, for `tests/load/console.py`:
//!
//! ```text
//! FIGURES_STORE=/tmp/million.db cargo test --release --test it -- --ignored --nocapture figures_of_a_million
//! ```

use std::{
    collections::HashMap,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use wenzheng::statistics::{Chosen, Period, read};
use wenzheng_store::{Asked, NewTopic, Person, Placed, SecretKey, Sorted, Store, TopicFilter, now};

const QUESTIONS: usize = 1_000_000;
const DAYS: i64 = 90;
const BATCH: usize = 512;
const PEOPLE: u64 = 50_000;
const RUNS: usize = 20;
const CHINA: i64 = 8 * 3_600_000;

/// Numbers that look random and are the same every time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).expect("small")]
    }
}

/// The questions of the quality tests.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality");
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("it is there") {
        let file = entry.expect("it is read").path();
        if file
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        let lines = fs::read_to_string(file).expect("text");
        let asked = lines.lines().filter_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(line.get("q")?.as_str()?.to_owned())
        });
        texts.extend(asked);
    }
    assert!(texts.len() > 100, "there are questions");
    texts
}

fn asked(number: usize, begun: i64, texts: &[String], numbers: &mut Numbers) -> Asked {
    let step = DAYS * 86_400_000 / QUESTIONS as i64;
    // Few people ask much, many a little.
    let person = numbers.below(PEOPLE).min(numbers.below(PEOPLE));
    let mut id = [0; 16];
    id[..8].copy_from_slice(&person.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    id[8..].copy_from_slice(&person.to_be_bytes());
    let status = match numbers.below(100) {
        0..70 => "answered",
        70..80 => "partial",
        80..92 => "not_found",
        92..98 => "smalltalk",
        _ => "help",
    };
    let is_answered = matches!(status, "answered" | "partial");
    let place = numbers.one_of(&[
        "通渭县",
        "陇西县",
        "安定区",
        "临洮县",
        "渭源县",
        "漳县",
        "岷县",
        "定西市",
    ]);
    let passage = format!(
        "{:016x}",
        numbers.below(4_000).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    );
    let text = numbers.below(texts.len() as u64);
    Asked {
        at: begun + number as i64 * step,
        channel: numbers
            .one_of(&["telegram", "wechat_oa", "wechat_oa", "web", "wecom"])
            .into(),
        person: Some(Person(id)),
        answer: format!("{:022x}", numbers.next()),
        kind: "ask".into(),
        status: status.into(),
        question: texts[usize::try_from(text).expect("small")].clone(),
        document: is_answered.then(|| format!("{place}-2024-work-report")),
        passage: is_answered.then_some(passage),
        place: place.into(),
        section: match is_answered {
            true => format!(
                "（{}）统筹推进第{}项重点工作",
                numbers.below(12),
                numbers.below(20)
            ),
            false => String::new(),
        },
        missing: String::new(),
        edition: 12,
        version: "2026-11-30-3f2a9c".into(),
        took_us: (2_000_i64 << numbers.below(5)) + 137,
    }
}

/// Sorts what was not answered into topics, one for each text of each place, as the sorter does it in
/// batches.
async fn sort_all(store: &Store) {
    let mut known: HashMap<(String, String), i64> = HashMap::new();
    let sorting = Instant::now();
    loop {
        let from = store.sorted().await.expect("it is read");
        let (rows, last) = store
            .unsorted(from.row, now(), 2_000)
            .await
            .expect("it is read");
        let Some(row) = last else { break };
        let (mut placed, mut new, mut fresh) = (Vec::new(), Vec::new(), HashMap::new());
        for logged in rows {
            let key = (logged.place.clone(), logged.question.clone());
            let topic = match known.get(&key) {
                Some(number) => Ok(*number),
                None => Err(*fresh.entry(key).or_insert_with(|| {
                    new.push(NewTopic {
                        place: logged.place.clone(),
                        label: logged.question.clone(),
                        missing: String::new(),
                    });
                    new.len() - 1
                })),
            };
            placed.push(Placed { logged, topic });
        }
        let until = Sorted { row, ..from };
        let numbers = store.sort(&placed, &new, from, until, CHINA).await;
        let numbers = numbers.expect("it writes").expect("nobody was faster");
        known.extend(fresh.into_iter().map(|(key, at)| (key, numbers[at])));
    }
    let seconds = sorting.elapsed().as_secs_f64();
    eprintln!("sorted into {} topics in {seconds:.0} s", known.len());
}

/// How long what the page of topics reads takes, for the first pages.
async fn page_of_topics(store: &Store, filter: &TopicFilter) -> Vec<Duration> {
    let mut runs = Vec::new();
    for offset in 0..i64::try_from(RUNS).expect("small") {
        let run = Instant::now();
        let topics = store.topics(filter, 50, 50 * offset).await;
        topics.expect("listed");
        store.topic_states(filter).await.expect("counted");
        store.recent_months("2000-01").await.expect("counted");
        runs.push(run.elapsed());
    }
    runs
}

/// Where a copy of the store is wanted.
#[expect(clippy::disallowed_methods, reason = "no setting of the program")]
fn wanted_copy() -> Option<std::ffi::OsString> {
    std::env::var_os("FIGURES_STORE")
}

/// Milliseconds of the middle run and of the slowest.
fn measured(mut runs: Vec<Duration>) -> (u128, u128) {
    runs.sort();
    let ms = |run: &Duration| run.as_millis();
    (ms(&runs[runs.len() / 2]), runs.last().map_or(0, ms))
}

#[tokio::test]
#[ignore = "takes minutes"]
async fn figures_of_a_million_questions_are_there_within_half_a_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("store.db");
    let store = Store::open_file(&file, SecretKey::passing()).await;
    let store = store.expect("it opens");
    let (texts, mut numbers) = (texts(), Numbers(1));
    let begun = now() - DAYS * 86_400_000;
    let filling = Instant::now();
    let all: Vec<usize> = (0..QUESTIONS).collect();
    for batch in all.chunks(BATCH) {
        let batch = batch.iter();
        let batch: Vec<Asked> = batch
            .map(|number| asked(*number, begun, &texts, &mut numbers))
            .collect();
        let written = store.add_asked(&batch, &[], CHINA).await;
        written.expect("it is written");
    }
    let seconds = filling.elapsed().as_secs_f64();
    store.close().await;
    // It holds the lock of the file.
    drop(store);
    let megabytes = fs::metadata(&file).expect("it is there").len() / 1_000_000;
    eprintln!("filled in {seconds:.0} s, {megabytes} MB");
    let store = Store::open_file(&file, SecretKey::passing()).await;
    let store = store.expect("it opens");
    let mut slowest = 0;
    for (days, place, channel) in [
        (7, "", ""),
        (30, "", ""),
        (90, "", ""),
        (365, "", ""),
        (90, "通渭县", ""),
        (90, "", "web"),
    ] {
        let chosen = Chosen {
            period: Period::until_now(now(), days),
            place: place.into(),
            channel: channel.into(),
        };
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let run = Instant::now();
            let figures = read(&store, &chosen).await.expect("it is read");
            runs.push(run.elapsed());
            assert!(figures.total.counts.asked() > 0);
        }
        let (p50, max) = measured(runs);
        eprintln!("{days} days {place}{channel}: p50 {p50} ms, max {max} ms");
        slowest = slowest.max(max);
    }
    sort_all(&store).await;
    let middle = now() - DAYS / 2 * 86_400_000;
    for (name, channel, since, until) in [
        ("all", "", None, None),
        ("of a channel", "web", None, None),
        ("of a channel that nobody used", "mcp", None, None),
        ("of half the days", "", None, Some(middle)),
        ("of both", "web", Some(middle), None),
    ] {
        let filter = TopicFilter {
            channel: channel.into(),
            since,
            until,
            ..TopicFilter::default()
        };
        let (p50, max) = measured(page_of_topics(&store, &filter).await);
        eprintln!("a page of topics, {name}: p50 {p50} ms, max {max} ms");
        slowest = slowest.max(max);
    }
    let megabytes = megabytes.max(fs::metadata(&file).expect("it is there").len() / 1_000_000);
    store.close().await;
    if let Some(copy) = wanted_copy() {
        fs::copy(&file, copy).expect("it is copied");
    }
    assert!(slowest <= 500, "{slowest} ms");
    assert!(megabytes <= 1000, "{megabytes} MB");
}
