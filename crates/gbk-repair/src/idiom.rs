//! How texts of a kind are worded.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::LazyLock,
};

use rustc_hash::FxBuildHasher;

use crate::{
    gbk,
    grams::{Grams, LONGEST, class},
    language::{DICTIONARY_TOTAL, is_han, is_mark, language, mark_cost, plane},
};

/// Written by `cargo xtask phrases`, counted in twelve work reports.
const PHRASES: &str = include_str!("../data/phrases.txt");

/// A phrase of several characters is kept when it occurs this often …
const LEAST_COUNT: u32 = 3;
/// … in this many texts: what only one place speaks of says nothing about others.
const LEAST_TEXTS: u32 = 2;
/// Nats that a phrase of three or more must save over all texts together to be kept.
const LEAST_USE: f32 = 3.0;

/// The phrases that texts of a kind have in common, with their frequencies.
///
/// [`Display`](fmt::Display) writes, and [`Idiom::read`] reads, lines of `phrase count`; the first
/// line, after `#`, is the number of characters counted.
pub struct Idiom {
    total: u32,
    counts: Vec<(String, u32)>,
    pub(crate) grams: Grams,
    costs: Vec<f32>,
}

impl Idiom {
    /// The idiom that comes with this crate: of the work reports of Chinese local governments.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Idiom> = LazyLock::new(|| Idiom::read(PHRASES));
        &SHIPPED
    }

    /// Counts the idiom of `texts`: phrases of up to eight characters that occur in several of them.
    #[must_use]
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<Vec<char>> = texts.into_iter().map(folded).collect();
        let total = texts.iter().flatten().filter(|c| **c != '\0').count();
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        Self::new(total, count(&texts))
    }

    /// Reads an idiom as [`Display`](fmt::Display) writes it; lines of another form are skipped.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let total = lines.next().unwrap_or_default().trim_start_matches('#');
        let counts = lines.filter_map(|line| {
            let (phrase, count) = line.split_once(' ')?;
            Some((phrase.to_owned(), count.parse().ok()?))
        });
        Self::new(total.trim().parse().unwrap_or(1), counts.collect())
    }

    fn new(total: u32, counts: Vec<(String, u32)>) -> Self {
        let grams = Grams::new(
            counts
                .iter()
                .map(|(text, count)| (text.as_str(), *count as f32)),
        );
        let costs = plane()
            .map(|c| char_cost(grams.count(c) / total as f32, c))
            .collect();
        Self {
            total,
            counts,
            grams,
            costs,
        }
    }

    /// The cost of a single (folded) character outside any word.
    pub(crate) fn char_cost(&self, c: char) -> f32 {
        match self.costs.get(c as usize) {
            Some(cost) => *cost,
            None => char_cost(0.0, c),
        }
    }
}

impl fmt::Display for Idiom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}", self.total)?;
        for (phrase, count) in &self.counts {
            writeln!(f, "{phrase} {count}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Idiom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Idiom({} phrases of {})", self.counts.len(), self.total)
    }
}

fn char_cost(reports: f32, c: char) -> f32 {
    if let Some(cost) = mark_cost(c) {
        return cost;
    }
    if !is_han(c) {
        return 18.0;
    }
    let rarity = match gbk::table().pair(c) {
        Some((0xb0..=0xd7, 0xa1..)) => 1.5,
        Some((0xd8..=0xf7, 0xa1..)) => 4.0,
        _ => 8.0,
    };
    let mut buffer = [0; 4];
    let word: &str = c.encode_utf8(&mut buffer);
    let general = (language().frequency(word).unwrap_or(0.0) + 0.5) / DICTIONARY_TOTAL;
    rarity - (0.3 * general + 0.7 * reports).ln()
}

/// `text` folded and without white space, each digit as `0`.
fn folded(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| class(language().fold(c)))
        .collect()
}

/// True for the characters that phrases are made of.
fn is_counted(c: char) -> bool {
    is_han(c) || is_mark(c) || matches!(c, '0' | '%' | '.' | '《' | '》' | '？')
}

/// How often, and in how many texts, a phrase occurs.
struct Met {
    phrase: u32,
    count: u32,
    texts: u32,
    last: u32,
}

/// Phrases of up to [`LONGEST`] characters that the texts have in common, most frequent first.
fn count(texts: &[Vec<char>]) -> Vec<(String, u32)> {
    // By position, the phrase of the length before that begins there.
    let mut shorter: Vec<Vec<u32>> = texts.iter().map(|text| vec![0; text.len()]).collect();
    let mut all = Vec::new();
    for length in 1..=LONGEST {
        let mut met: HashMap<u64, Met, FxBuildHasher> = HashMap::default();
        let key = |known: &[u32], text: &[char], at: usize| {
            let last = text
                .get(at + length - 1)
                .copied()
                .filter(|c| is_counted(*c))?;
            // Both its parts must be common.
            let parts = length == 1 || known[at] > 0 && known[at + 1] > 0;
            parts.then_some(u64::from(known[at]) << 32 | u64::from(last))
        };
        for (n, (text, known)) in (1..).zip(texts.iter().zip(&shorter)) {
            for at in 0..text.len() {
                if let Some(key) = key(known, text, at) {
                    let met = met.entry(key).or_insert(Met {
                        phrase: 0,
                        count: 0,
                        texts: 0,
                        last: 0,
                    });
                    met.count += 1;
                    met.texts += u32::from(met.last != n);
                    met.last = n;
                }
            }
        }
        if length > 1 {
            met.retain(|_, met| met.count >= LEAST_COUNT && met.texts >= LEAST_TEXTS);
        }
        let mut next = 0;
        for (text, known) in texts.iter().zip(&mut shorter) {
            let here: Vec<u32> = (0..text.len())
                .map(|at| {
                    let Some(met) = key(known, text, at).and_then(|key| met.get_mut(&key)) else {
                        return 0;
                    };
                    if met.phrase == 0 {
                        next += 1;
                        met.phrase = next;
                        all.push((text[at..at + length].iter().collect::<String>(), met.count));
                    }
                    met.phrase
                })
                .collect();
            *known = here;
        }
    }
    let mut all = worthwhile(&all);
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// The phrases whose last character is much likelier after all characters before it than after all
/// but the first, and those that such phrases begin with. `all` is sorted by length.
fn worthwhile(all: &[(String, u32)]) -> Vec<(String, u32)> {
    let counts: HashMap<&str, f32> = all
        .iter()
        .map(|(text, n)| (text.as_str(), *n as f32))
        .collect();
    let count = |text: &str| counts.get(text).copied().unwrap_or(0.0);
    let mut needed: HashSet<&str> = HashSet::new();
    let mut kept = Vec::new();
    for (phrase, n) in all.iter().rev() {
        let (first, last) = match (
            phrase.char_indices().nth(1),
            phrase.char_indices().next_back(),
        ) {
            (Some((first, _)), Some((last, _))) if last > first => (first, last),
            // One or two characters.
            _ => {
                kept.push((phrase.clone(), *n));
                continue;
            }
        };
        let likely = *n as f32 / count(&phrase[..last]);
        let shorter = count(&phrase[first..]) / count(&phrase[first..last]);
        if needed.contains(phrase.as_str()) || *n as f32 * (likely / shorter).ln() > LEAST_USE {
            needed.insert(&phrase[..last]);
            kept.push((phrase.clone(), *n));
        }
    }
    kept
}
