//! `wenzheng ask --batch`: one JSON object a line in, one a line out, in input order.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::context::{Context, question};
use crate::channels::answer_json::AnswerRecord;

#[derive(Debug, Deserialize)]
struct BatchLine {
    id: String,
    q: String,
    #[serde(default)]
    history: Vec<String>,
}

pub(super) fn run(file: &Path, context: &Context) -> anyhow::Result<ExitCode> {
    let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(file).with_context(|| format!("打不开 {}", file.display()))?;
        Box::new(BufReader::new(opened))
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let mut lines = input.split(b'\n');
    let mut n = 0;
    while let Some(line) = lines.next().transpose().context("读取问题")? {
        n += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        writeln!(output, "{}", answer_line(&line, n, context))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A line that cannot be read yields an error object, and the batch goes on.
fn answer_line(line: &[u8], n: usize, context: &Context) -> Value {
    let start = Instant::now();
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => return json!({"id": null, "error": format!("not JSON: {error}"), "line": n}),
    };
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let parsed: BatchLine = match serde_json::from_value(value) {
        Ok(parsed) => parsed,
        Err(error) => return json!({"id": id, "error": error.to_string(), "line": n}),
    };
    let question = question(parsed.q, parsed.history);
    let answer = match context.assistant.answer(&question) {
        Ok(answer) => answer,
        Err(error) => return json!({"id": id, "error": error.to_string(), "line": n}),
    };
    let mut record = AnswerRecord::new(&answer, &context.deployment, start.elapsed());
    record.id = Some(parsed.id);
    serde_json::to_value(record)
        .unwrap_or_else(|error| json!({"id": id, "error": error.to_string(), "line": n}))
}
