//! The process that converts a file: limits itself, reads the file, says what became of it, ends.
//!
//! It has no runtime, no threads, no settings and no log; it runs as `wenzheng convert-upload`, which nobody types.

use std::{
    io::{self, BufWriter, Read, Write},
    path::PathBuf,
};

use super::{
    confine::confine,
    converted::{Converted, Outcome},
    job::{Hints, Job},
    preview, wording,
};
use crate::{
    corpus::import::{Options, import},
    intake,
};

/// Characters of a line that is told.
const LINE: usize = 300;

/// Converts the file in `input` and writes the outcome to `output`, one JSON document.
///
/// The process is limited from here on: it can open no file and no socket, and ends when it takes too much
/// memory or processor time. To be called where nothing else runs.
///
/// # Errors
/// When the process cannot be limited, `input` not read or `output` not written. A file that the importer
/// refuses is no error: that is the outcome.
pub fn run(job: &Job, input: impl Read, output: impl Write) -> io::Result<()> {
    confine(job.memory_bytes, job.cpu_seconds)?;
    let mut bytes = Vec::new();
    // One more than allowed, for the importer to see that there is more.
    input.take(job.input_bytes + 1).read_to_end(&mut bytes)?;
    let mut output = BufWriter::new(output);
    serde_json::to_writer(&mut output, &outcome(&bytes, &job.hints))?;
    output.flush()
}

fn outcome(bytes: &[u8], hints: &Hints) -> Outcome {
    let options = Options {
        place: hints.place.clone(),
        year: hints.year,
        source: hints.source.clone(),
        file: Some(PathBuf::from(&hints.label)),
        kind: hints.kind,
    };
    let imported = match import(bytes, &options) {
        Ok(imported) => imported,
        Err(error) => return Outcome::Refused(wording::refused(&error)),
    };
    let document = intake::read_back(&imported);
    let periods = intake::count(document.as_ref());
    let warnings = intake::warnings(&imported, &periods);
    let warnings = warnings.iter().map(wording::warning);
    let report = intake::lines(&imported, &periods, &[]).into_iter();
    let converted = Converted {
        folder: intake::folder_name(&imported.meta.place),
        name: intake::file_name(&imported.meta),
        kind: imported.meta.kind,
        warnings: warnings.map(|line| preview::cut(&line, LINE)).collect(),
        report: report.map(|line| preview::cut(&line, LINE)).collect(),
        passages: document.as_ref().map_or(0, |d| d.passages.len()),
        preview: document.as_ref().map(preview::of).unwrap_or_default(),
        text: imported.text,
        title: imported.meta.title,
        place: imported.meta.place,
        year: imported.meta.year,
    };
    Outcome::Converted(Box::new(converted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(raw: &str, label: &str) -> Outcome {
        let hints = Hints {
            label: label.to_owned(),
            ..Hints::default()
        };
        outcome(raw.as_bytes(), &hints)
    }

    #[test]
    fn a_report_is_told_with_its_place_and_what_should_be_looked_at() {
        let raw = "2025年通渭县政府工作报告\n各位代表：\n2025年重点工作\n今年要加快建设。\n";
        let Outcome::Converted(converted) = converted(raw, "a.txt") else {
            panic!("it is a report");
        };
        assert_eq!(
            converted.path().to_str(),
            Some("tongwei/2025-work-report.md")
        );
        assert_eq!(
            (converted.place.as_str(), converted.year),
            ("通渭县", Some(2025))
        );
        assert!(converted.text.contains("# 2025年通渭县政府工作报告"));
        assert_eq!(converted.warnings.len(), 1, "{:?}", converted.warnings);
        assert!(converted.report[0].contains("标题：2025年通渭县政府工作报告"));
        assert!(converted.passages >= 1 && !converted.preview.is_empty());
        assert!(converted.is_sound());
    }

    #[test]
    fn the_label_tells_what_the_text_does_not() {
        let raw = "各位代表：\n现在我代表县人民政府报告工作。\n重点工作\n今年要加快建设。\n";
        let Outcome::Refused(words) = converted(raw, "a.txt") else {
            panic!("it names no place");
        };
        assert!(words.contains("请在文件名里写明"), "{words}");
        let named = converted(raw, "通渭县2024年政府工作报告.txt");
        let Outcome::Converted(converted) = named else {
            panic!("the label names both: {named:?}");
        };
        assert_eq!(
            (converted.place.as_str(), converted.year),
            ("通渭县", Some(2024))
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_in_the_words_of_the_importer() {
        let Outcome::Refused(words) = converted("", "a.txt") else {
            panic!("it is empty");
        };
        assert_eq!(words, "文件里没有文字");
    }
}
