//! Figures over many verdicts.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use super::judge::Verdict;

/// Figures in the order in which they are printed.
const PRINTED: [&str; 21] = [
    "macro",
    "lowest",
    "satisfied",
    "shown",
    "noise_free",
    "lead",
    "beside",
    "all",
    "claims",
    "label",
    "never",
    "must",
    "first",
    "answer",
    "denial",
    "status",
    "numbers",
    "leads_on",
    "by_passage",
    "cards",
    "answered_at_all",
];

/// Those of the last line.
const SUMMARY: [&str; 8] = [
    "macro",
    "satisfied",
    "shown",
    "noise_free",
    "lead",
    "beside",
    "claims",
    "label",
];

/// How much of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    sum: usize,
    of: usize,
}

impl Share {
    fn add(&mut self, count: usize) {
        self.sum += count;
        self.of += 1;
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of questions")]
    fn value(self) -> f64 {
        self.sum as f64 / self.of as f64
    }
}

/// Satisfied replies by the value of a field.
type Groups<'a> = BTreeMap<&'a str, Share>;

/// What the verdicts come to.
#[derive(Debug, Clone, Default)]
pub struct Figures<'a> {
    shares: HashMap<&'static str, Share>,
    roles: Groups<'a>,
    holds: Groups<'a>,
    kinds: Groups<'a>,
}

impl<'a> Figures<'a> {
    /// Counts.
    #[must_use]
    pub fn new(verdicts: &[Verdict<'a>]) -> Self {
        let mut figures = Self::default();
        for verdict in verdicts {
            figures.count(verdict);
        }
        figures
    }

    fn count(&mut self, verdict: &Verdict<'a>) {
        let satisfied = usize::from(verdict.satisfied());
        let mut add = |name, count| self.shares.entry(name).or_default().add(count);
        for (name, met) in &verdict.components {
            if *name != "noise" {
                add(*name, usize::from(*met));
            } else if verdict.cards > 0 {
                add("noise_free", usize::from(*met));
                add("shown", satisfied);
            }
        }
        if let Some(beside) = verdict.beside {
            add("beside", usize::from(beside));
        }
        add("satisfied", satisfied);
        add("by_passage", usize::from(verdict.by_passage));
        add("cards", verdict.cards);
        let gold = verdict.gold;
        self.roles.entry(&gold.role).or_default().add(satisfied);
        self.holds
            .entry(gold.holds.name())
            .or_default()
            .add(satisfied);
        self.kinds.entry(&gold.kind).or_default().add(satisfied);
    }

    /// The figure of that name, between 0 and 1 (`cards`: a mean), and what it is a share of. `full`,
    /// `part`, `no` and `talk` are the satisfied among such lines, `macro` their mean and `lowest` the
    /// lowest of them. `None` where nothing was measured.
    fn figure(&self, name: &str) -> Option<(f64, usize)> {
        let shares = || self.holds.values().map(|share| share.value());
        let kinds = self.holds.len();
        #[expect(clippy::cast_precision_loss, reason = "at most four")]
        match name {
            "macro" => Some((shares().sum::<f64>() / kinds as f64, kinds)),
            "lowest" => Some((shares().reduce(f64::min)?, kinds)),
            _ => {
                let share = self.shares.get(name).or_else(|| self.holds.get(name))?;
                Some((share.value(), share.of))
            }
        }
    }

    /// The figure of that name, 0 where nothing was measured: one of those printed first, or `full`,
    /// `part`, `no` or `talk`.
    #[must_use]
    pub fn value(&self, name: &str) -> f64 {
        self.figure(name).map_or(0.0, |(value, _)| value)
    }

    /// The figures to look at first, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        SUMMARY
            .map(|name| format!("{name}={:.3}", self.value(name)))
            .join(" ")
    }

    /// One figure a line, then the satisfied by role, by what the report holds and, when wanted, by
    /// kind of question.
    #[must_use]
    pub fn render(&self, by_kind: bool) -> String {
        let mut text = String::new();
        for name in PRINTED {
            if let Some((value, of)) = self.figure(name) {
                let _ = writeln!(text, "{name:16} {value:7.3}  n={of}");
            }
        }
        let groups = [
            ("role", &self.roles),
            ("holds", &self.holds),
            ("kind", &self.kinds),
        ];
        for (field, groups) in &groups[..if by_kind { 3 } else { 2 }] {
            let _ = writeln!(text, "-- satisfied, by {field}");
            for (name, share) in *groups {
                let (value, Share { sum, of }) = (share.value(), share);
                let _ = writeln!(text, "{name:16} {value:7.3}  {sum}/{of}");
            }
        }
        text
    }
}
