//! How long an answer takes inside the process: p50, p95, p99 over the questions of
//! `tests/quality/tongwei.jsonl`, each asked several times, rendering included.
//!
//! Run with `cargo bench --bench ask`. Opening the corpus and a reload are timed as well.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use wenzheng::{
    answer::Question,
    assistant::{Assistant, Options},
    channels::{deployment::Deployment, plain},
    eval,
    service::today,
};

const ROUNDS: usize = 5;

#[expect(clippy::print_stdout, reason = "the bench's output")]
fn main() {
    let start = Instant::now();
    let assistant = Assistant::open(Options::default()).expect("the bundled corpus is valid");
    println!("open    {:.1?}", start.elapsed());

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/tongwei.jsonl");
    let questions = eval::read::<eval::EvalQuestion>(&file).expect("the questions are valid");
    let deployment = Deployment::default();
    let mut times: Vec<Duration> = Vec::new();
    let mut cited = 0;
    for _ in 0..ROUNDS {
        for question in &questions {
            let asked = Question {
                text: question.q.clone(),
                history: question.history.clone(),
                limit: 0,
                today: Some(today()),
            };
            let start = Instant::now();
            let answer = assistant
                .answer(&asked)
                .expect("the corpus can be searched");
            let text = plain::render(&answer, &deployment);
            times.push(start.elapsed());
            assert!(!text.is_empty(), "an answer has words");
            cited += usize::from(!answer.citations.is_empty());
        }
    }
    // A bench of a broken engine would be fast.
    assert!(
        cited * 2 > times.len(),
        "most questions are answered with a citation"
    );
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "ask     p50 {:.1?}  p95 {:.1?}  p99 {:.1?}  ({} questions × {ROUNDS})",
        at(50),
        at(95),
        at(99),
        questions.len(),
    );

    let start = Instant::now();
    assistant.reload().expect("the corpus is still valid");
    println!("reload  {:.1?}", start.elapsed());
}
