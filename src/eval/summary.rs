//! Figures over many rows, and how two runs differ.

use std::{collections::BTreeMap, fmt, time::Duration};

use serde::{Deserialize, Serialize};

use super::Row;
use crate::answer::Status;

/// A run: every row, in the order of the questions. What `--save` writes and `--compare` reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// A row a question.
    pub rows: Vec<Row>,
}

/// One figure: its name and value; NaN where nothing was measured.
pub type Figure = (&'static str, f64);

impl Summary {
    /// Shares between 0 and 1, in a fixed order.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        let all: Vec<&Row> = self.rows.iter().collect();
        let answerable = of(&all, |row| row.answerable);
        let near = of(&all, |row| row.kind == "unanswerable-near");
        let far = of(&all, |row| row.kind == "unanswerable-far");
        let chat = of(&all, |row| row.kind == "chitchat");
        let dated = of(&all, |row| row.period.is_some() && row.rank > 0);
        let declined = |row: &Row| !matches!(row.status, Status::Answered | Status::Help);
        vec![
            ("hit@1", share(&answerable, |row| row.hit1)),
            ("hit@3", share(&answerable, |row| row.hit3)),
            (
                "MRR",
                mean(&answerable, |row| {
                    ratio(usize::from(row.rank > 0), row.rank.max(1))
                }),
            ),
            ("nDCG@10", mean(&answerable, |row| row.ndcg)),
            ("right", share(&answerable, |row| row.right)),
            ("answerable refused", share(&answerable, Row::refused)),
            (
                "answerable partial",
                share(&answerable, |row| row.status == Status::Partial),
            ),
            ("unanswerable-near refused", share(&near, declined)),
            (
                "unanswerable-far refused",
                share(&far, |row| declined(row) && row.status != Status::Partial),
            ),
            (
                "chitchat",
                share(&chat, |row| row.status == Status::Smalltalk),
            ),
            (
                "period label",
                share(&dated, |row| row.period == Some(true)),
            ),
            ("quotes verbatim", share(&all, |row| row.verbatim)),
        ]
    }

    /// What changed since an earlier run: the figures side by side, then the questions that fare
    /// better or worse.
    #[must_use]
    pub fn compare(&self, earlier: &Self) -> String {
        let mut text = format!("{:<28}{:>8}{:>8}{:>9}\n", "", "before", "now", "change");
        for ((name, now), (_, before)) in self.figures().into_iter().zip(earlier.figures()) {
            text += &format!("{name:<28}{before:>8.3}{now:>8.3}{:>+9.3}\n", now - before);
        }
        let before: BTreeMap<&str, &Row> = earlier
            .rows
            .iter()
            .map(|row| (row.id.as_str(), row))
            .collect();
        text += &better_and_worse(|better| {
            let rows = self.rows.iter().filter(|row| {
                let before = before.get(row.id.as_str());
                before.is_some_and(|before| row.good() == better && before.good() != better)
            });
            rows.map(|row| row.id.as_str()).collect()
        });
        text
    }
}

/// Names what has become better and what worse; `changed` gives the ids of either.
#[must_use]
pub fn better_and_worse<'a>(changed: impl Fn(bool) -> Vec<&'a str>) -> String {
    let (better, worse) = (changed(true).join(" "), changed(false).join(" "));
    format!("better: {better}\nworse:  {worse}\n")
}

fn of<'a>(rows: &[&'a Row], holds: impl Fn(&Row) -> bool) -> Vec<&'a Row> {
    rows.iter().copied().filter(|row| holds(row)).collect()
}

fn share(rows: &[&Row], holds: impl Fn(&Row) -> bool) -> f64 {
    ratio(rows.iter().filter(|row| holds(row)).count(), rows.len())
}

fn mean(rows: &[&Row], value: impl Fn(&Row) -> f64) -> f64 {
    let sum: f64 = rows.iter().map(|row| value(row)).sum();
    sum / ratio(rows.len(), 1)
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        f64::NAN
    } else {
        part as f64 / whole as f64
    }
}

/// The values below which these shares of all lie; 0 where there are none.
pub(super) fn percentiles<T: Copy + Ord + Default>(values: &mut [T], shares: [f64; 2]) -> [T; 2] {
    values.sort_unstable();
    shares.map(|share| {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index into a short list"
        )]
        let at = ((values.len() as f64 * share).ceil() as usize).saturating_sub(1);
        values.get(at).copied().unwrap_or_default()
    })
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answerable = self.rows.iter().filter(|row| row.answerable).count();
        let all = self.rows.len();
        writeln!(f, "{:<28}{all} ({answerable} answerable)", "questions")?;
        for (name, value) in self.figures() {
            writeln!(f, "{name:<28}{value:.3}")?;
        }
        self.quote_lengths(f)?;
        let mut times: Vec<Duration> = self.rows.iter().map(|row| row.took).collect();
        let [p50, p99] = percentiles(&mut times, [0.5, 0.99]);
        writeln!(f, "{:<28}p50 {p50:.2?}, p99 {p99:.2?}", "time")?;
        self.kinds(f)
    }
}

impl Summary {
    fn quote_lengths(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quotes = || self.rows.iter().map(|row| &row.quote_chars);
        let mut each: Vec<usize> = quotes().flatten().copied().collect();
        let mut first: Vec<usize> = quotes().filter_map(|row| row.first().copied()).collect();
        let mut reply: Vec<usize> = quotes()
            .filter(|row| !row.is_empty())
            .map(|row| row.iter().sum())
            .collect();
        for (name, values) in [
            ("each quote", &mut each),
            ("first quote", &mut first),
            ("quotes of a reply", &mut reply),
        ] {
            let [median, p95] = percentiles(values, [0.5, 0.95]);
            writeln!(f, "{name:<28}median {median}, p95 {p95} characters")?;
        }
        Ok(())
    }

    fn kinds(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &self.rows {
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
                share(&rows, |row| row.hit1),
                share(&rows, |row| row.hit3),
                share(&rows, |row| row.right),
                share(&rows, |row| row.status == Status::Partial),
                share(&rows, Row::refused),
            )?;
        }
        Ok(())
    }
}
