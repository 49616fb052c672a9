//! Whether questions that are grouped ask about the same: those with the same gold do.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::{Duration, Instant},
};

use super::EvalQuestion;
use crate::{
    assistant::Snapshot,
    corpus::LibraryError,
    gold::{bare, holds},
    learning::{Features, GroupId, Grouper},
};

/// Orders in which questions come, beside that of the file.
const ORDERS: u64 = 8;

/// A question with what is compared of it.
pub struct Grouped<'a> {
    /// The question.
    pub question: &'a EvalQuestion,
    /// What is compared of it.
    pub features: Features,
    /// What it is about, when it has gold.
    pub topic: Option<Topic>,
}

/// What a question with gold is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Gold strings, [`bare`].
    strings: Vec<String>,
    /// Passage and sentence of each passage that holds one of them.
    sentences: BTreeSet<(usize, usize)>,
}

impl Topic {
    /// Of the gold strings of a question to `snapshot`; `None` when there are none.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn of(gold: &[String], snapshot: &Snapshot) -> Result<Option<Self>, LibraryError> {
        let strings: Vec<String> = gold.iter().map(|text| bare(text)).collect();
        let mut sentences = BTreeSet::new();
        for (n, passage) in snapshot.library().all_passages().enumerate() {
            let passage = passage?;
            for (m, sentence) in passage.sentences.iter().enumerate() {
                let text = bare(sentence.span.of(&passage.text));
                if strings.iter().any(|gold| holds(&text, gold)) {
                    sentences.insert((n, m));
                }
            }
        }
        Ok((!strings.is_empty()).then_some(Self { strings, sentences }))
    }

    /// True when a gold string of one is, or holds, one of the other.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let mut strings = self.strings.iter();
        strings.any(|a| other.strings.iter().any(|b| a.contains(b) || b.contains(a)))
    }

    /// True when some sentence holds gold of both.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        self.is_same(other) || !self.sentences.is_disjoint(&other.sentences)
    }
}

/// How well questions are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupFigures {
    /// Questions with gold.
    pub questions: usize,
    /// Groups of them.
    pub groups: usize,
    /// Pairs put together.
    pub together: usize,
    /// … with the same gold.
    pub same: usize,
    /// … with gold in the same sentence.
    pub near: usize,
    /// All pairs with the same gold.
    pub all_same: usize,
    /// Pairs put together of which one question has gold and the other has none.
    pub mixed: usize,
}

impl GroupFigures {
    /// Share of the pairs put together that have the same gold.
    #[must_use]
    pub fn precision(&self) -> f64 {
        ratio(self.same, self.together)
    }

    /// Share of them that have gold in the same sentence.
    #[must_use]
    pub fn near_precision(&self) -> f64 {
        ratio(self.near, self.together)
    }

    /// Share of the pairs with the same gold that were put together.
    #[must_use]
    pub fn recall(&self) -> f64 {
        ratio(self.same, self.all_same)
    }
}

/// Questions grouped in the order of their file and in others.
#[derive(Debug)]
pub struct GroupRun {
    /// The group of each question, in the order of the file.
    pub groups: Vec<Option<GroupId>>,
    /// What people read of the groups with more than one question, with how many those are; largest first.
    pub labels: Vec<(String, usize)>,
    /// In the order of the file.
    pub figures: GroupFigures,
    /// In other orders.
    pub others: Vec<GroupFigures>,
    /// Share of the pairs put together in the order of the file or another that are put together in both.
    pub agreement: f64,
    /// How long assignments took, the quickest first.
    took: Vec<Duration>,
}

impl GroupRun {
    /// Groups `questions` in the order given and in others.
    #[must_use]
    pub fn new(questions: &[Grouped<'_>]) -> Self {
        let order: Vec<usize> = (0..questions.len()).collect();
        let mut took = Vec::new();
        let (groups, grouper) = assign(questions, &order, &mut took);
        took.sort_unstable();
        let together = pairs(&groups);
        let (mut others, mut agreement) = (Vec::new(), 0.0);
        for seed in 1..=ORDERS {
            let (other, _) = assign(questions, &shuffled(order.clone(), seed), &mut Vec::new());
            let pairs = pairs(&other);
            let both = pairs.intersection(&together).count();
            agreement += ratio(both, pairs.union(&together).count()) / ORDERS as f64;
            others.push(figures(questions, &other));
        }
        Self {
            labels: labels(&groups, &grouper),
            figures: figures(questions, &groups),
            groups,
            others,
            agreement,
            took,
        }
    }

    /// Pairs of questions that are together and have other gold.
    pub fn wrong<'a>(
        &'a self,
        questions: &'a [Grouped<'a>],
    ) -> impl Iterator<Item = (&'a Grouped<'a>, &'a Grouped<'a>)> {
        let pairs = pairs(&self.groups).into_iter();
        let pairs = pairs.map(|(a, b)| (&questions[a], &questions[b]));
        pairs.filter(|(a, b)| match (&a.topic, &b.topic) {
            (Some(a), Some(b)) => !a.is_same(b),
            (one, other) => one.is_some() != other.is_some(),
        })
    }
}

impl fmt::Display for GroupRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = &self.figures;
        writeln!(
            f,
            "questions with gold {}, groups {}, pairs together {}, with the same gold {}, beside one without gold {}",
            of.questions, of.groups, of.together, of.all_same, of.mixed
        )?;
        let mut row = |name: &str, value: fn(&GroupFigures) -> f64| {
            let others = self.others.iter().map(value);
            let least = others.clone().fold(1.0, f64::min);
            let mean = others.sum::<f64>() / self.others.len().max(1) as f64;
            writeln!(
                f,
                "{name:<28}{:>8.3}  in {ORDERS} other orders: mean {mean:.3}, lowest {least:.3}",
                value(of)
            )
        };
        row("pair precision", GroupFigures::precision)?;
        row("… by sentence", GroupFigures::near_precision)?;
        row("pair recall", GroupFigures::recall)?;
        writeln!(f, "{:<28}{:>8.3}", "same in any order", self.agreement)?;
        let at = |share: usize| {
            let n = self.took.len() * share / 100;
            self.took.get(n).copied().unwrap_or_default()
        };
        writeln!(f, "assignment p50 {:.2?}, p99 {:.2?}", at(50), at(99))
    }
}

fn assign(
    questions: &[Grouped<'_>],
    order: &[usize],
    took: &mut Vec<Duration>,
) -> (Vec<Option<GroupId>>, Grouper) {
    let mut grouper = Grouper::default();
    let mut groups = vec![None; questions.len()];
    for n in order {
        let start = Instant::now();
        groups[*n] = grouper.assign(&questions[*n].features);
        took.push(start.elapsed());
    }
    (groups, grouper)
}

/// `order` in another order, which depends on `seed` alone.
fn shuffled(mut order: Vec<usize>, seed: u64) -> Vec<usize> {
    let mut state = seed;
    order.sort_by_cached_key(|_| {
        // splitmix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    });
    order
}

/// Pairs of questions that are in one group.
fn pairs(groups: &[Option<GroupId>]) -> BTreeSet<(usize, usize)> {
    let mut members: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
    for (n, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            members.entry(*group).or_default().push(n);
        }
    }
    let pairs = members.values().flat_map(|members| {
        let later = move |n: usize| members[n + 1..].iter().map(move |b| (members[n], *b));
        (0..members.len()).flat_map(later)
    });
    pairs.collect()
}

fn figures(questions: &[Grouped<'_>], groups: &[Option<GroupId>]) -> GroupFigures {
    let with_gold = || {
        questions
            .iter()
            .zip(groups)
            .filter(|(q, _)| q.topic.is_some())
    };
    let distinct: BTreeSet<GroupId> = with_gold().filter_map(|(_, group)| *group).collect();
    let mut figures = GroupFigures {
        questions: with_gold().count(),
        groups: distinct.len(),
        ..GroupFigures::default()
    };
    for (n, one) in questions.iter().enumerate() {
        for (m, other) in questions.iter().enumerate().skip(n + 1) {
            let together = groups[n].is_some() && groups[n] == groups[m];
            let (Some(a), Some(b)) = (&one.topic, &other.topic) else {
                let mixed = one.topic.is_some() != other.topic.is_some();
                figures.mixed += usize::from(together && mixed);
                continue;
            };
            let same = a.is_same(b);
            figures.all_same += usize::from(same);
            if together {
                figures.together += 1;
                figures.same += usize::from(same);
                figures.near += usize::from(a.is_near(b));
            }
        }
    }
    figures
}

fn labels(groups: &[Option<GroupId>], grouper: &Grouper) -> Vec<(String, usize)> {
    let mut sizes: BTreeMap<GroupId, usize> = BTreeMap::new();
    for group in groups.iter().flatten() {
        *sizes.entry(*group).or_default() += 1;
    }
    let mut labels: Vec<(String, usize)> = sizes
        .into_iter()
        .filter(|(_, size)| *size > 1)
        .map(|(group, size)| (grouper.label(group).unwrap_or_default().to_owned(), size))
        .collect();
    labels.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    labels
}

fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 {
        return f64::NAN;
    }
    part as f64 / all as f64
}
