//! The record of one file that `wenzheng import --json` prints on a line.

use std::path::Path;

use serde::Serialize;

use crate::{
    corpus::{Period, import::Imported},
    intake::At,
};

/// What became of one file, for programs to read. Nothing is cut short.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    /// The file that was imported.
    pub(super) file: String,
    /// The corpus file that was written.
    pub(super) out: String,
    kind: &'static str,
    title: String,
    place: String,
    year: Option<i32>,
    review_year: Option<i32>,
    /// `2024-01-21`
    delivered_on: Option<String>,
    speaker: String,
    periods: Vec<Passages>,
    left_out: Vec<LeftOut>,
    pub(super) warnings: Vec<String>,
}

/// A file that was not imported.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    pub(super) file: String,
    pub(super) error: String,
}

/// How many passages speak of one time.
#[derive(Debug, Serialize)]
struct Passages {
    /// `done`, `planned`, `assessment` or `undated`
    period: &'static str,
    year: Option<i32>,
    passages: usize,
}

/// A line that is not part of the report, with the place it has in the file.
#[derive(Debug, Serialize)]
struct LeftOut {
    #[serde(flatten)]
    at: At,
    text: String,
}

impl Record {
    /// The record of a file that is still to be written.
    pub(super) fn new(
        file: &Path,
        imported: &Imported,
        periods: &[(Period, usize)],
        warnings: Vec<String>,
    ) -> Self {
        let meta = &imported.meta;
        let periods = periods.iter().map(|(period, passages)| {
            let (period, year) = match period {
                Period::Done(year) => ("done", Some(*year)),
                Period::Planned(year) => ("planned", Some(*year)),
                Period::Assessment => ("assessment", None),
                Period::Undated => ("undated", None),
            };
            Passages {
                period,
                year,
                passages: *passages,
            }
        });
        let left_out = imported.left_out.iter().map(|left_out| LeftOut {
            at: At::of(left_out.line, imported.encoding),
            text: left_out.text.clone(),
        });
        Self {
            file: file.display().to_string(),
            out: String::new(),
            kind: meta.kind.name(),
            title: meta.title.clone(),
            place: meta.place.clone(),
            year: meta.year,
            review_year: meta.review_year,
            delivered_on: meta.delivered_on.map(|date| date.to_string()),
            speaker: meta.speaker.clone(),
            periods: periods.collect(),
            left_out: left_out.collect(),
            warnings,
        }
    }
}

/// A record on one line.
pub(super) fn line(record: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(record)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::import::{Options, import},
        intake::{count, read_back},
    };

    #[test]
    fn a_record_names_what_was_read_and_what_was_left_out() {
        let raw = "2024年某市政府工作报告\n——2024年1月10日在某市第五届人民代表大会第二次会议上\n各位代表：\n2023年工作回顾\n一年来，完成了任务。\n|\n2024年重点任务\n今年要加快建设。\n";
        let imported = import(raw.as_bytes(), &Options::default()).expect("both are named");
        let periods = count(read_back(&imported).as_ref());
        let record = Record::new(Path::new("a.txt"), &imported, &periods, Vec::new());
        let value = serde_json::to_value(&record).expect("plain values");
        assert_eq!(value["kind"], "work-report");
        assert_eq!(
            (&value["place"], &value["year"]),
            (&"某市".into(), &2024.into())
        );
        assert_eq!(value["delivered_on"], "2024-01-10");
        let done = serde_json::json!({"period": "done", "year": 2023, "passages": 1});
        assert!(
            value["periods"]
                .as_array()
                .is_some_and(|all| all.contains(&done))
        );
        assert_eq!(
            value["left_out"],
            serde_json::json!([{"line": 6, "text": "|"}])
        );
    }
}
