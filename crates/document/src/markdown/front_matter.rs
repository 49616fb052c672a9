//! The front matter of a corpus file: YAML between two lines `---`.

use serde::Deserialize;
use time::{Date, macros::format_description};

use crate::{
    model::{DocumentKind, Meta},
    policy::{Amendment, Policy},
    problem::Fault,
};

/// Keys that only policy documents have.
const POLICY_KEYS: [&str; 14] = [
    "doc_number",
    "issued_on",
    "effective_on",
    "expires_on",
    "valid_years",
    "for_year",
    "repeals",
    "replaces",
    "extends",
    "amends",
    "based_on",
    "department",
    "phone",
    "also_called",
];

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
    doc_number: Option<String>,
    issued_on: Option<String>,
    effective_on: Option<String>,
    expires_on: Option<String>,
    valid_years: Option<u8>,
    for_year: Option<i32>,
    repeals: Names,
    replaces: Names,
    extends: Names,
    amends: Names,
    based_on: Names,
    department: Option<String>,
    phone: Option<String>,
    also_called: Names,
}

/// A list, which may be a single value.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    Many(Vec<String>),
    One(String),
}

impl Default for Names {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Names {
    /// Those that say something.
    fn filled(self) -> Vec<String> {
        let names = match self {
            Self::Many(names) => names,
            Self::One(name) => vec![name],
        };
        let names = names.into_iter().map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    }
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
        if kind.is_titled() {
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
        let delivered_on = self.date("delivered_on", keys.delivered_on.as_deref());
        let policy = Policy {
            issued_on: self.date("issued_on", keys.issued_on.as_deref()),
            effective_on: self.date("effective_on", keys.effective_on.as_deref()),
            expires_on: self.date("expires_on", keys.expires_on.as_deref()),
            doc_number: keys.doc_number.unwrap_or_default().trim().to_owned(),
            valid_years: keys.valid_years,
            for_year: keys.for_year,
            repeals: keys.repeals.filled(),
            replaces: keys.replaces.filled(),
            extends: keys.extends.filled(),
            amends: keys
                .amends
                .filled()
                .iter()
                .map(|it| Amendment::parse(it))
                .collect(),
            based_on: keys.based_on.filled(),
            department: keys.department.unwrap_or_default().trim().to_owned(),
            phone: keys.phone.unwrap_or_default().trim().to_owned(),
            also_called: keys.also_called.filled(),
        };
        self.check(&policy, kind);
        let reviewed = keys.review_year.or(year.map(|year| year - 1));
        Some(Meta {
            title: title?,
            issuer: keys.issuer.unwrap_or_default(),
            speaker: keys.speaker.unwrap_or_default(),
            place: place?,
            year,
            review_year: reviewed.filter(|_| !kind.is_titled()),
            delivered_on,
            source: keys.source.unwrap_or_default(),
            kind,
            policy,
        })
    }

    /// What a policy document says of itself must fit together, and nothing else says it.
    fn check(&mut self, policy: &Policy, kind: DocumentKind) {
        if kind != DocumentKind::Policy && *policy != Policy::default() {
            let keys = self.lines.iter().copied();
            let own = keys
                .filter_map(|line| line.split_once(':'))
                .map(|(key, _)| key.trim());
            let own = own
                .into_iter()
                .find_map(|key| POLICY_KEYS.iter().find(|it| **it == key));
            let key = own.copied().unwrap_or("doc_number");
            self.complain(key, Fault::OnlyOfPolicies(key));
        }
        if policy.valid_years == Some(0) {
            self.bad(
                "valid_years",
                "0",
                "有效的年数，例如 5；没有写有效期就删去这一行",
            );
        }
        let (begins, ends) = (policy.begins_on(), policy.ends_on());
        if let (Some(begins), Some(ends)) = (begins, ends)
            && ends < begins
        {
            let expected = "施行日期以后的日期";
            self.bad("expires_on", &ends.to_string(), expected);
        }
    }

    fn required<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.complain(key, Fault::MissingKey(key));
        }
        value
    }

    fn date(&mut self, key: &'static str, written: Option<&str>) -> Option<Date> {
        let written = written.map(str::trim).filter(|text| !text.is_empty())?;
        let date = Date::parse(written, format_description!("[year]-[month]-[day]")).ok();
        if date.is_none() {
            self.bad(key, written, "日期，例如 2024-01-21");
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
                "work-report（政府工作报告）、policy（通知、办事指南等政策文件）、document（其他文件）或 faq（问答）",
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
