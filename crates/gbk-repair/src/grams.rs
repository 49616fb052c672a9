//! Runs of characters and how often they occur: what is likely to come next.
//!
//! The cost of a character after others is interpolated from the counts of all runs that it
//! continues, longest first, with absolute discounting (Ney, Essen and Kneser 1994).

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Longest run that is counted, in chars.
pub(crate) const LONGEST: usize = 8;

/// A run of characters that occurs.
pub(crate) type Gram = u32;

/// Subtracted from every count in favour of unseen runs.
const DISCOUNT: f32 = 0.75;
/// Share of unseen continuations at least assumed after any gram.
const LEAST_REST: f32 = 0.02;

/// Counts of runs, looked up from the last character backwards.
#[derive(Debug)]
pub(crate) struct Grams {
    /// Gram and character before it → gram.
    steps: HashMap<u64, Gram, FxBuildHasher>,
    counts: Vec<f32>,
    /// For each gram, the share of what follows it that is not among the grams.
    rest: Vec<f32>,
}

impl Grams {
    /// Where every gram ends.
    const ROOT: Gram = 0;
    /// An unknown run.
    pub(crate) const NONE: Gram = u32::MAX;

    /// Grams with their counts. A gram is used only when its beginning is among them, too.
    pub(crate) fn new<'a>(counts: impl Iterator<Item = (&'a str, f32)> + Clone) -> Self {
        let mut grams = Self {
            steps: HashMap::default(),
            counts: vec![0.0],
            rest: vec![1.0],
        };
        for (text, count) in counts.clone() {
            let mut gram = Self::ROOT;
            for c in text.chars().rev() {
                let next = grams.counts.len() as Gram;
                gram = *grams.steps.entry(Self::key(gram, c)).or_insert(next);
                if gram == next {
                    grams.counts.push(0.0);
                    grams.rest.push(1.0);
                }
            }
            grams.counts[gram as usize] = count;
        }
        for (text, count) in counts {
            let mut before = text.chars().rev();
            before.next();
            let context = before.try_fold(Self::ROOT, |gram, c| grams.before(gram, c));
            if let Some(context) = context.filter(|gram| *gram != Self::ROOT) {
                let known = grams.counts[context as usize];
                if known > 0.0 {
                    grams.rest[context as usize] -= (count - DISCOUNT) / known;
                }
            }
        }
        for rest in &mut grams.rest {
            *rest = rest.max(LEAST_REST);
        }
        grams
    }

    const fn key(gram: Gram, c: char) -> u64 {
        (gram as u64) << 32 | c as u64
    }

    fn before(&self, gram: Gram, c: char) -> Option<Gram> {
        self.steps.get(&Self::key(gram, c)).copied()
    }

    /// True when two characters stand side by side somewhere.
    pub(crate) fn has_pair(&self, first: char, second: char) -> bool {
        let gram = self.before(Self::ROOT, second);
        let gram = gram.and_then(|gram| self.before(gram, first));
        gram.is_some_and(|gram| self.counts[gram as usize] > 0.0)
    }

    /// How often a character occurs.
    pub(crate) fn count(&self, c: char) -> f32 {
        self.before(Self::ROOT, c)
            .map_or(0.0, |gram| self.counts[gram as usize])
    }

    /// The cost of the last of `chars` after the others. `grams` holds, by where it begins, each run
    /// that ends before the last character, and is updated to those that end with it. `alone` is the
    /// cost of the character without context.
    pub(crate) fn extend(&self, chars: &[char], grams: &mut [Gram], alone: f32) -> f32 {
        let Some((c, before)) = chars.split_last() else {
            return 0.0;
        };
        // Any digit is as likely as any other.
        let of_class = if c.is_ascii_digit() { 0.1 } else { 1.0 };
        let mut likely = (-alone).exp();
        let mut gram = self.before(Self::ROOT, class(*c));
        for (at, c) in before.iter().enumerate().rev() {
            gram = gram.and_then(|gram| self.before(gram, class(*c)));
            // The run up to the last character takes the place of the one up to that before it.
            let context = std::mem::replace(&mut grams[at], gram.unwrap_or(Self::NONE));
            if let Some(known) = self.known(context) {
                let count = gram.map_or(0.0, |gram| self.counts[gram as usize] - DISCOUNT);
                likely = likely * self.rest[context as usize] + of_class * count.max(0.0) / known;
            }
            if context == Self::NONE && gram.is_none() {
                grams[..at].fill(Self::NONE);
                break;
            }
        }
        if let Some(last) = grams.last_mut() {
            *last = self.before(Self::ROOT, class(*c)).unwrap_or(Self::NONE);
        }
        -likely.ln()
    }

    fn known(&self, gram: Gram) -> Option<f32> {
        let count = self.counts.get(gram as usize)?;
        (*count > 0.0).then_some(*count)
    }
}

/// `0` for any digit, any other character itself.
pub(crate) fn class(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the last character of a text costs, when it costs 9 nats alone.
    fn last(grams: &Grams, text: &str) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        let mut runs = vec![Grams::NONE; chars.len()];
        (1..=chars.len())
            .map(|end| grams.extend(&chars[..end], &mut runs[..end], 9.0))
            .last()
            .expect("a text")
    }

    #[test]
    fn the_longest_run_known_decides() {
        let counts = [
            ("振", 40.0),
            ("兴", 60.0),
            ("乡村", 30.0),
            ("村", 30.0),
            ("乡", 30.0),
        ];
        let longer = [
            ("村振", 30.0),
            ("振兴", 38.0),
            ("村振兴", 30.0),
            ("乡村振", 30.0),
        ];
        let grams = Grams::new(counts.into_iter().chain(longer));
        let (after_run, after_one, after_none) = (
            last(&grams, "乡村振兴"),
            last(&grams, "大振兴"),
            last(&grams, "大兴"),
        );
        assert!(
            after_run < after_one && after_one < 0.5,
            "{after_run} {after_one}"
        );
        assert_eq!(after_none, 9.0);
    }

    #[test]
    fn what_never_follows_costs_more_than_alone() {
        let grams = Grams::new([("振", 40.0), ("振兴", 38.0)].into_iter());
        assert!(last(&grams, "振民") > 9.0);
    }

    #[test]
    fn digits_stand_for_one_another() {
        let grams = Grams::new([("0", 50.0), ("万", 20.0), ("0万", 20.0)].into_iter());
        assert!(last(&grams, "7万") < 1.5);
    }
}
