//! The front matter of a corpus file: YAML between two lines `---`.

use std::path::Path;

use serde::Deserialize;
use time::{Date, macros::format_description};

use crate::{
    model::{DocumentKind, Meta},
    problem::{Fault, Problem},
};

/// The front matter of a file.
pub(super) struct FrontMatter {
    /// `None` if it is unusable.
    pub(super) meta: Option<Meta>,
    /// Its number of lines.
    pub(super) lines: usize,
}

/// Parses the front matter at the start of `lines` and adds its problems to `problems`.
pub(super) fn read(file: &Path, lines: &[&str], problems: &mut Vec<Problem>) -> FrontMatter {
    let mut complain = |line: usize, fault: Fault| problems.push(Problem::new(file, line, fault));
    let closing = lines
        .iter()
        .skip(1)
        .position(|line| line.trim_end() == "---");
    let opening = lines.first().map(|line| line.trim_end());
    let (Some("---"), Some(closing)) = (opening, closing) else {
        complain(1, Fault::NoFrontMatter);
        return FrontMatter {
            meta: None,
            lines: 0,
        };
    };
    let yaml = lines[1..=closing].join("\n");
    let meta = if yaml.trim().is_empty() {
        complain(1, Fault::NoFrontMatter);
        None
    } else {
        match serde_saphyr::from_str::<Keys>(&yaml) {
            Ok(keys) => Reader { lines, complain }.meta(keys),
            Err(error) => {
                // The first line of the message is the error; the rest is a code frame.
                let message = error.to_string();
                let message = message.lines().next().unwrap_or_default().to_owned();
                let line = error
                    .location()
                    .map_or(1, |at| usize::try_from(at.line()).unwrap_or(0) + 1);
                complain(line, Fault::BadFrontMatter(message));
                None
            }
        }
    };
    FrontMatter {
        meta,
        lines: closing + 2,
    }
}

/// The keys as written; all optional, so that every missing key is reported.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Keys {
    title: Option<String>,
    place: Option<String>,
    year: Option<i32>,
    review_year: Option<i32>,
    issuer: Option<String>,
    speaker: Option<String>,
    delivered_on: Option<String>,
    source: Option<String>,
    kind: Option<String>,
}

/// Validates the keys.
struct Reader<'a, F> {
    lines: &'a [&'a str],
    /// Called with the line and the fault of each problem.
    complain: F,
}

impl<F: FnMut(usize, Fault)> Reader<'_, F> {
    fn meta(&mut self, keys: Keys) -> Option<Meta> {
        let title = self.required("title", keys.title);
        let place = self.required("place", keys.place);
        let year = self.required("year", keys.year.map(|year| year.to_string()));
        let year = year.and_then(|year| year.parse::<i32>().ok());
        if let Some(year) = year
            && !(1949..=2200).contains(&year)
        {
            self.bad("year", &year.to_string(), "四位数的年份，例如 2024");
            return None;
        }
        let delivered_on = self.date(keys.delivered_on.as_deref());
        let kind = self.kind(keys.kind.as_deref());
        let year = year?;
        Some(Meta {
            title: title?,
            issuer: keys.issuer.unwrap_or_default(),
            speaker: keys.speaker.unwrap_or_default(),
            place: place?,
            year,
            review_year: keys.review_year.unwrap_or(year - 1),
            delivered_on,
            source: keys.source.unwrap_or_default(),
            kind,
        })
    }

    fn required(&mut self, key: &'static str, value: Option<String>) -> Option<String> {
        let value = value.filter(|value| !value.trim().is_empty());
        if value.is_none() {
            let line = self.line_of(key);
            (self.complain)(line, Fault::MissingKey(key));
        }
        value
    }

    fn date(&mut self, written: Option<&str>) -> Option<Date> {
        let written = written.map(str::trim).filter(|text| !text.is_empty())?;
        let date = Date::parse(written, format_description!("[year]-[month]-[day]")).ok();
        if date.is_none() {
            self.bad("delivered_on", written, "日期，例如 2024-01-21");
        }
        date
    }

    fn kind(&mut self, written: Option<&str>) -> DocumentKind {
        match written {
            None | Some("" | "work-report") => DocumentKind::WorkReport,
            Some("faq") => DocumentKind::Faq,
            Some(other) => {
                self.bad("kind", other, "work-report 或 faq");
                DocumentKind::WorkReport
            }
        }
    }

    fn bad(&mut self, key: &'static str, value: &str, expected: &'static str) {
        let fault = Fault::BadValue {
            key,
            value: value.to_owned(),
            expected,
        };
        let line = self.line_of(key);
        (self.complain)(line, fault);
    }

    /// Line of a key; 1 if it is missing.
    fn line_of(&self, key: &str) -> usize {
        let at = self.lines.iter().position(|line| line.starts_with(key));
        at.map_or(1, |at| at + 1)
    }
}
