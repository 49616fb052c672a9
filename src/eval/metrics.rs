//! Figures over the answers to many questions.

use std::{collections::BTreeMap, fmt, time::Duration};

use super::EvalQuestion;
use crate::{
    answer::{Answer, AnswerKind, Citation, Status},
    corpus::Period,
    text::normalize::{fold, strip_quotes},
};

/// How one question fared.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Whether the report answers it.
    pub answerable: bool,
    /// The status of the reply.
    pub status: Status,
    /// The first citation is gold.
    pub hit1: bool,
    /// One of the first three is gold, and every list of `gold_all` is met among them.
    pub hit3: bool,
    /// Rank of the first gold citation, from 1; 0 when none is.
    pub rank: usize,
    /// hit@1, all answer spans in the reply, not refused.
    pub right: bool,
    /// The period label of the first gold citation is as it should be; `None` when not scored.
    pub period: Option<bool>,
    /// Every quote is a substring of its passage.
    pub verbatim: bool,
    /// Characters of each quote in a reply of kind `passage`.
    pub quote_chars: Vec<usize>,
    /// From question to answer.
    pub took: Duration,
}

impl Row {
    /// For a question that the report does not answer: the reply says so.
    #[must_use]
    pub const fn citations_fit(&self) -> bool {
        !matches!(self.status, Status::Answered)
    }
}

/// Scores one answer; `text` is the reply a person would read.
#[must_use]
pub fn score(question: &EvalQuestion, answer: &Answer, text: &str, took: Duration) -> Row {
    let passages: Vec<String> = answer.citations.iter().map(|c| bare(&c.passage)).collect();
    let gold: Vec<String> = question.gold.iter().map(|gold| bare(gold)).collect();
    let is_gold = |passage: &String| gold.iter().any(|gold| holds(passage, gold));
    let rank = passages.iter().position(is_gold).map_or(0, |n| n + 1);
    let top = &passages[..passages.len().min(3)];
    let all_met = question.gold_all.iter().all(|any| {
        any.iter()
            .any(|gold| top.iter().any(|passage| holds(passage, &bare(gold))))
    });
    let reply = bare(text);
    let told = question
        .answer
        .iter()
        .all(|span| holds(&reply, &bare(span)));
    let refused = matches!(
        answer.status,
        Status::NotFound | Status::Smalltalk | Status::Help
    );
    let period = expected_period(&question.period)
        .map(|expected| rank > 0 && answer.citations[rank - 1].period == expected);
    Row {
        id: question.id.clone(),
        kind: question.kind.clone(),
        answerable: question.answerable,
        status: answer.status,
        hit1: rank == 1,
        hit3: (1..=3).contains(&rank) && all_met,
        rank,
        right: question.answerable && rank == 1 && told && !refused,
        period,
        verbatim: answer
            .citations
            .iter()
            .all(|c| c.passage.contains(&c.quote) && !c.quote.is_empty()),
        quote_chars: if answer.kind == AnswerKind::Passage {
            answer.citations.iter().map(quote_chars).collect()
        } else {
            Vec::new()
        },
        took,
    }
}

fn quote_chars(citation: &Citation) -> usize {
    citation.quote.chars().count()
}

fn expected_period(written: &str) -> Option<Period> {
    let (kind, year) = written.split_once('-')?;
    let year = year.parse().ok()?;
    match kind {
        "done" => Some(Period::Done(year)),
        "plan" => Some(Period::Planned(year)),
        _ => None,
    }
}

/// Folded, without quotes and spaces.
fn bare(text: &str) -> String {
    let folded = fold(&strip_quotes(text));
    folded.chars().filter(|c| !c.is_whitespace()).collect()
}

/// True when `text` holds `span`; one that starts with a digit must not continue a number.
fn holds(text: &str, span: &str) -> bool {
    let starts_with_digit = span.starts_with(|c: char| c.is_ascii_digit());
    text.match_indices(span).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !(starts_with_digit && before.is_some_and(|c| c.is_ascii_digit() || c == '.'))
    })
}

/// Figures over many rows.
#[derive(Debug, Clone)]
pub struct Summary {
    rows: Vec<Row>,
}

impl Summary {
    /// Takes the rows in the order of the questions.
    #[must_use]
    pub const fn new(rows: Vec<Row>) -> Self {
        Self { rows }
    }

    fn share(rows: &[&Row], holds: impl Fn(&Row) -> bool) -> f64 {
        ratio(rows.iter().filter(|row| holds(row)).count(), rows.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        f64::NAN
    } else {
        part as f64 / whole as f64
    }
}

/// The value below which `share` of the sorted `values` lie.
fn percentile<T: Copy + Ord>(values: &mut [T], share: f64) -> Option<T> {
    values.sort_unstable();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index into a short list"
    )]
    let at = ((values.len() as f64 * share).ceil() as usize).saturating_sub(1);
    values.get(at).copied()
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<&Row> = self.rows.iter().collect();
        let answerable: Vec<&Row> = all.iter().copied().filter(|row| row.answerable).collect();
        let refused = |row: &Row| {
            matches!(
                row.status,
                Status::NotFound | Status::Smalltalk | Status::Help
            )
        };
        let of_kind = |kind: &str| -> Vec<&Row> {
            all.iter().copied().filter(|row| row.kind == kind).collect()
        };
        writeln!(
            f,
            "questions        {} ({} answerable)",
            all.len(),
            answerable.len()
        )?;
        writeln!(
            f,
            "hit@1            {:.3}",
            Self::share(&answerable, |row| row.hit1)
        )?;
        writeln!(
            f,
            "hit@3            {:.3}",
            Self::share(&answerable, |row| row.hit3)
        )?;
        let reciprocal: f64 = answerable
            .iter()
            .map(|row| ratio(usize::from(row.rank > 0), row.rank.max(1)))
            .sum();
        writeln!(
            f,
            "MRR              {:.3}",
            reciprocal / ratio(answerable.len(), 1)
        )?;
        writeln!(
            f,
            "right            {:.3}",
            Self::share(&answerable, |row| row.right)
        )?;
        writeln!(
            f,
            "answerable refused {:.3}, partial {:.3}",
            Self::share(&answerable, refused),
            Self::share(&answerable, |row| row.status == Status::Partial)
        )?;
        let declined = |row: &Row| {
            matches!(
                row.status,
                Status::NotFound | Status::Partial | Status::Smalltalk
            )
        };
        writeln!(
            f,
            "unanswerable-near refused {:.3}",
            Self::share(&of_kind("unanswerable-near"), declined)
        )?;
        writeln!(
            f,
            "unanswerable-far refused  {:.3}",
            Self::share(&of_kind("unanswerable-far"), |row| declined(row)
                && row.status != Status::Partial)
        )?;
        writeln!(
            f,
            "chitchat         {:.3}",
            Self::share(&of_kind("chitchat"), |row| row.status == Status::Smalltalk)
        )?;
        let dated: Vec<&Row> = all
            .iter()
            .copied()
            .filter(|row| row.period.is_some() && row.rank > 0)
            .collect();
        writeln!(
            f,
            "period label     {:.3}",
            Self::share(&dated, |row| row.period == Some(true))
        )?;
        writeln!(
            f,
            "quotes verbatim  {:.3}",
            Self::share(&all, |row| row.verbatim)
        )?;
        let mut lengths: Vec<usize> = all
            .iter()
            .flat_map(|row| row.quote_chars.iter().copied())
            .collect();
        let mut first: Vec<usize> = all
            .iter()
            .filter_map(|row| row.quote_chars.first().copied())
            .collect();
        let mut sums: Vec<usize> = all
            .iter()
            .filter(|r| !r.quote_chars.is_empty())
            .map(|row| row.quote_chars.iter().sum())
            .collect();
        for (name, values) in [
            ("each quote", &mut lengths),
            ("first quote", &mut first),
            ("quotes of a reply", &mut sums),
        ] {
            let median = percentile(values, 0.5).unwrap_or(0);
            writeln!(
                f,
                "{name}: median {median}, p95 {} characters",
                percentile(values, 0.95).unwrap_or(0)
            )?;
        }
        let mut times: Vec<Duration> = all.iter().map(|row| row.took).collect();
        let p50 = percentile(&mut times, 0.5).unwrap_or_default();
        writeln!(
            f,
            "time             p50 {p50:.2?}, p99 {:.2?}",
            percentile(&mut times, 0.99).unwrap_or_default()
        )?;
        let mut kinds: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &all {
            kinds.entry(&row.kind).or_default().push(row);
        }
        writeln!(
            f,
            "\n{:<24}{:>4}{:>8}{:>8}{:>8}{:>9}{:>9}",
            "kind", "n", "hit@1", "hit@3", "right", "partial", "refused"
        )?;
        for (kind, rows) in kinds {
            writeln!(
                f,
                "{kind:<24}{:>4}{:>8.2}{:>8.2}{:>8.2}{:>9.2}{:>9.2}",
                rows.len(),
                Self::share(&rows, |row| row.hit1),
                Self::share(&rows, |row| row.hit3),
                Self::share(&rows, |row| row.right),
                Self::share(&rows, |row| row.status == Status::Partial),
                Self::share(&rows, refused),
            )?;
        }
        Ok(())
    }
}
