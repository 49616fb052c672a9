//! The front matter of a corpus file: YAML between two lines `---`.

use serde::Deserialize;
use time::{Date, macros::format_description};

use crate::{
    model::{DocumentKind, Meta},
    problem::Fault,
};

/// Parses the front matter at the start of `lines` and adds what is wrong in it, each with its line,
/// to `faults`. Returns `None` if it is unusable, and its number of lines.
pub(super) fn read(lines: &[&str], faults: &mut Vec<(usize, Fault)>) -> (Option<Meta>, usize) {
    let closing = lines
        .iter()
        .skip(1)
        .position(|line| line.trim_end() == "---");
    let opening = lines.first().map(|line| line.trim_end());
    let (Some("---"), Some(closing)) = (opening, closing) else {
        faults.push((1, Fault::NoFrontMatter));
        return (None, 0);
    };
    let yaml = lines[1..=closing].join("\n");
    let meta = if yaml.trim().is_empty() {
        faults.push((1, Fault::NoFrontMatter));
        None
    } else {
        match serde_saphyr::from_str::<Keys>(&yaml) {
            Ok(keys) => Reader { lines, faults }.meta(keys),
            Err(error) => {
                // The first line of the message is the error, after "error: line 1 column 9: ",
                // which counts from below `---`; the rest is a code frame.
                let message = error.to_string();
                let message = message.lines().next().unwrap_or_default();
                let message = match message.splitn(3, ": ").collect::<Vec<_>>()[..] {
                    ["error", _, what] => what.to_owned(),
                    _ => message.to_owned(),
                };
                let line = error
                    .location()
                    .map_or(1, |at| usize::try_from(at.line()).unwrap_or(0) + 1);
                faults.push((line, Fault::BadFrontMatter(message)));
                None
            }
        }
    };
    (meta, closing + 2)
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
struct Reader<'a> {
    lines: &'a [&'a str],
    faults: &'a mut Vec<(usize, Fault)>,
}

impl Reader<'_> {
    fn meta(&mut self, keys: Keys) -> Option<Meta> {
        let filled = |text: &String| !text.trim().is_empty();
        let kind = self.kind(keys.kind.as_deref());
        let title = self.required("title", keys.title.filter(filled));
        let (mut place, mut year) = (keys.place.filter(filled), keys.year);
        if kind == DocumentKind::Document {
            place = Some(place.unwrap_or_default());
        } else {
            place = self.required("place", place);
            year = self.required("year", year);
            year?;
        }
        if let Some(year) = year
            && !(1949..=2200).contains(&year)
        {
            self.bad("year", &year.to_string(), "四位数的年份，例如 2024");
            return None;
        }
        let delivered_on = self.date(keys.delivered_on.as_deref());
        let reviewed = keys.review_year.or(year.map(|year| year - 1));
        Some(Meta {
            title: title?,
            issuer: keys.issuer.unwrap_or_default(),
            speaker: keys.speaker.unwrap_or_default(),
            place: place?,
            year,
            review_year: reviewed.filter(|_| kind != DocumentKind::Document),
            delivered_on,
            source: keys.source.unwrap_or_default(),
            kind,
        })
    }

    fn required<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.complain(key, Fault::MissingKey(key));
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
        let Some(written) = written.map(str::trim).filter(|kind| !kind.is_empty()) else {
            return DocumentKind::WorkReport;
        };
        DocumentKind::named(written).unwrap_or_else(|| {
            self.bad(
                "kind",
                written,
                "work-report（政府工作报告）、document（其他文件）或 faq（问答）",
            );
            DocumentKind::WorkReport
        })
    }

    fn bad(&mut self, key: &'static str, value: &str, expected: &'static str) {
        let value = value.to_owned();
        self.complain(
            key,
            Fault::BadValue {
                key,
                value,
                expected,
            },
        );
    }

    /// Tells a fault at the line of a key; at 1 if the key is missing.
    fn complain(&mut self, key: &str, fault: Fault) {
        let at = self.lines.iter().position(|line| line.starts_with(key));
        self.faults.push((at.map_or(1, |at| at + 1), fault));
    }
}
