//! Parts that count as a review and hold intentions, and the other way round.
//!
//! A heading that the reader of corpus files takes for the wrong one, or a heading that is missing, files
//! a whole plan under last year's results. The wording tells: over 1,100 parts of 311 reports no review
//! leans to intentions by more than .07, and no plan to results by more than .33 (visions of the next
//! five years: 生态环境得到新改善). With the bounds below nine parts in ten that are misfiled are found.

use super::finding::{Doubt, Extent};
use crate::corpus::{BlockKind, Document, DocumentKind, Passage, PassageKind, Period, tense};

/// Shortest paragraph whose wording counts, in characters.
const SHORTEST: usize = 24;
/// A longer paragraph counts as one of so many characters.
const LONGEST: usize = 400;
/// Fewest paragraphs that are judged by their mean.
const FEW: usize = 3;
/// How far fewer paragraphs must lean to the other side.
const LEAN_OF_FEW: f32 = 0.75;
/// Fewest paragraphs at the end of a review that may be a plan without a heading, and fewest at the start
/// of a plan that may be a review.
const WITHIN: usize = 5;
/// Fewest characters of these, as a share of the part.
const SHARE: f32 = 0.25;
/// Characters of a first paragraph that are shown.
const SHOWN: usize = 14;

/// How far a part leans to the other side, 0 to 1, when it is misfiled as a whole …
struct Bounds {
    whole: f32,
    /// … and when some of it is.
    within: f32,
}

const REVIEW: Bounds = Bounds {
    whole: 0.3,
    within: 0.5,
};
const PLAN: Bounds = Bounds {
    whole: 0.35,
    within: 0.45,
};

/// Consecutive paragraphs of one part and one period.
struct Part<'a> {
    passages: Vec<&'a Passage>,
    period: Period,
}

/// Parts, and paragraphs at their end or start, whose wording is plainly that of the other period; each
/// with its line.
pub(super) fn misfiled(document: &Document) -> Vec<(usize, Doubt)> {
    if document.meta.kind != DocumentKind::WorkReport {
        return Vec::new();
    }
    let parts = parts(document);
    let doubts = parts.iter().filter_map(|part| part.doubt(document));
    doubts.collect()
}

fn parts(document: &Document) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let counts = |passage: &&Passage| {
        passage.kind != PassageKind::Entry
            && passage.period.year().is_some()
            && passage.text.chars().count() >= SHORTEST
    };
    for passage in document.passages.iter().filter(counts) {
        match parts.last_mut() {
            Some(part)
                if part.period == passage.period
                    && part.passages[0].path.first() == passage.path.first() =>
            {
                part.passages.push(passage);
            }
            _ => parts.push(Part {
                passages: vec![passage],
                period: passage.period,
            }),
        }
    }
    parts
}

impl Part<'_> {
    fn doubt(&self, document: &Document) -> Option<(usize, Doubt)> {
        let (bounds, side) = match self.period {
            Period::Done(_) => (REVIEW, -1.0),
            Period::Planned(_) => (PLAN, 1.0),
            Period::Assessment | Period::Undated => return None,
        };
        let weighed: Vec<Weighed> = self
            .passages
            .iter()
            .map(|passage| Weighed::of(&passage.text, side))
            .collect();
        let bound = if weighed.len() < FEW {
            LEAN_OF_FEW
        } else {
            bounds.whole
        };
        if mean(&weighed) >= bound {
            return Some(self.told(document, 0, Extent::Whole));
        }
        let reviews = matches!(self.period, Period::Done(_));
        // A plan follows its review: the lost heading stood before the end of the one, or after the
        // start of the other.
        let at = if reviews {
            let ends = (1..weighed.len()).map(|at| (at, &weighed[at..]));
            surest(ends, &weighed, bounds.within)?
        } else {
            let starts = (1..weighed.len()).map(|end| (0, &weighed[..end]));
            surest(starts, &weighed, bounds.within)?
        };
        let extent = if at == 0 { Extent::Start } else { Extent::From };
        Some(self.told(document, at, extent))
    }

    /// The doubt about the paragraphs from `at` on, at the line of the heading when that is to be marked.
    fn told(&self, document: &Document, at: usize, extent: Extent) -> (usize, Doubt) {
        let first = self.passages[at];
        let heading = first.path.first().filter(|_| extent != Extent::From);
        let (line, words, extent) = match heading {
            Some(heading) => (heading_line(document, first.line), heading.clone(), extent),
            None => {
                let start: String = first.text.chars().take(SHOWN).collect();
                (first.line, format!("{start}…"), Extent::From)
            }
        };
        let years = document.meta.years().unwrap_or_default();
        let (year, review) = (years.plan, years.review);
        let doubt = match self.period {
            Period::Planned(_) => Doubt::ReviewAsPlan {
                words,
                year,
                review,
                extent,
            },
            Period::Done(_) | Period::Assessment | Period::Undated => Doubt::PlanAsReview {
                words,
                year,
                review,
                extent,
            },
        };
        (line, doubt)
    }
}

/// The line of the part's heading that the passage at `line` stands below.
fn heading_line(document: &Document, line: usize) -> usize {
    let above = document.blocks.iter().rev();
    let mut above = above.skip_while(|block| block.line > line);
    let heading = above.find(|block| matches!(block.kind, BlockKind::Heading { level: 1, .. }));
    heading.map_or(line, |heading| heading.line)
}

/// A paragraph by its wording.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    /// Leaning to the other side, −1 to 1.
    lean: f32,
    weight: f32,
}

impl Weighed {
    /// `side` is 1 where results are the other side, −1 where intentions are.
    fn of(text: &str, side: f32) -> Self {
        Self {
            lean: side * tense::lean(text),
            weight: text.chars().count().min(LONGEST) as f32,
        }
    }
}

fn weight(weighed: &[Weighed]) -> f32 {
    weighed.iter().map(|one| one.weight).sum()
}

fn mean(weighed: &[Weighed]) -> f32 {
    let sum: f32 = weighed.iter().map(|one| one.lean * one.weight).sum();
    sum / weight(weighed)
}

/// Where the run begins that leans most in all, of those that lean by `bound` in the mean and are a
/// substantial share of `all`.
fn surest<'a>(
    runs: impl Iterator<Item = (usize, &'a [Weighed])>,
    all: &[Weighed],
    bound: f32,
) -> Option<usize> {
    let least = weight(all) * SHARE;
    let plain =
        runs.filter(|(_, run)| run.len() >= WITHIN && weight(run) >= least && mean(run) >= bound);
    let sum = |run: &[Weighed]| mean(run) * weight(run);
    let surest = plain.max_by(|(_, a), (_, b)| sum(a).total_cmp(&sum(b)));
    surest.map(|(at, _)| at)
}

#[cfg(test)]
mod tests;
