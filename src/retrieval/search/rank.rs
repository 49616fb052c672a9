//! Re-ranks what BM25 found by what BM25 cannot see: how much of the question one *sentence*
//! covers, how near together, under which heading, of which year, and with the kind of figure
//! asked for.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;
use serde::{Deserialize, Serialize};

use crate::{
    corpus::{Library, LibraryError, Passage, PassageAt, PassageKind, Period},
    retrieval::{
        meaning::Cosines,
        understand::{fact::FactKind, lexicon::Alternative, query::Query},
    },
    text::{Span, normalize, sentence},
};

/// Everything a hit is judged by; each between −1 and 1.
///
/// The same names stand in `config/ranking.toml`, where they say what each counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Features {
    /// BM25, divided by the best candidate's.
    pub bm25: f32,
    /// Nearness in meaning of the best sentence: 1 for the nearest candidate, 0 for the farthest.
    pub meaning: f32,
    /// The same for the passage as a whole.
    pub whole: f32,
    /// `meaning` × the share of the question's idf mass that no candidate holds: how near it is
    /// when words are of little help.
    pub doubt: f32,
    /// Cosine of question and sentence as it is; tells how sure the nearness is.
    pub cosine: f32,
    /// Cosine of the sentence and the middle of all sentences: high for what is near to everything
    /// (真抓实干), so that nearness to the question says less.
    pub hub: f32,
    /// Share of the question's pair idf mass that the best sentence covers.
    pub cover: f32,
    /// The same for words.
    pub words: f32,
    /// The same as `cover`, over the whole passage.
    pub passage: f32,
    /// Length of the longest stretch that question and sentence share, of the question's content.
    pub run: f32,
    /// Share of the pair idf mass that the headings cover.
    pub heading: f32,
    /// Whether the sentence is of the period asked for: −1, 0 or 1 (half when only hinted).
    pub period: f32,
    /// Whether the kind of figure asked for stands with the topic: 1 in the same clause, ½ in the
    /// same sentence.
    pub need: f32,
    /// 1 for a sentence that opens with what the question wants explained and then explains it
    /// (术语：…, “术语”是指…).
    pub defines: f32,
    /// 1 for a glossary entry that the question does not name.
    pub entry: f32,
    /// 1 for an item of the livelihood list.
    pub livelihood: f32,
}

/// Number of [`Features`].
pub const FEATURES: usize = 16;

impl Features {
    /// Weighted sum; `weights` holds what each feature counts.
    #[must_use]
    pub fn score(&self, weights: &Self) -> f32 {
        let rows = self.rows();
        let weights = weights.rows();
        rows.iter().zip(weights).map(|((_, f), (_, w))| f * w).sum()
    }

    /// Names and values, in a fixed order.
    #[must_use]
    pub const fn rows(&self) -> [(&'static str, f32); FEATURES] {
        [
            ("bm25", self.bm25),
            ("meaning", self.meaning),
            ("whole", self.whole),
            ("doubt", self.doubt),
            ("cosine", self.cosine),
            ("hub", self.hub),
            ("cover", self.cover),
            ("words", self.words),
            ("passage", self.passage),
            ("run", self.run),
            ("heading", self.heading),
            ("period", self.period),
            ("need", self.need),
            ("defines", self.defines),
            ("entry", self.entry),
            ("livelihood", self.livelihood),
        ]
    }

    /// The reverse of [`Self::rows`].
    #[must_use]
    pub const fn from_values(values: [f32; FEATURES]) -> Self {
        let [
            bm25,
            meaning,
            whole,
            doubt,
            cosine,
            hub,
            cover,
            words,
            passage,
            run,
            heading,
            period,
            need,
            defines,
            entry,
            livelihood,
        ] = values;
        Self {
            bm25,
            meaning,
            whole,
            doubt,
            cosine,
            hub,
            cover,
            words,
            passage,
            run,
            heading,
            period,
            need,
            defines,
            entry,
            livelihood,
        }
    }
}

/// A passage as the re-ranker reads it: folded, sentence by sentence.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// One a sentence of the passage, quotes stripped.
    sentences: Vec<String>,
    /// Headings.
    path: String,
}

impl Prepared {
    pub(crate) fn new(passage: &Passage) -> Self {
        let fold = |text: &str| normalize::fold(&normalize::strip_quotes(text));
        let text = &passage.text;
        Self {
            sentences: passage
                .sentences
                .iter()
                .map(|s| fold(s.span.of(text)))
                .collect(),
            path: fold(&passage.path.join("\n")),
        }
    }
}

impl Prepared {
    /// Folded headings, one a line, quotes stripped.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// All sentences in a row.
    pub(crate) fn whole(&self) -> String {
        self.sentences.concat()
    }
}

/// One term of the question, ready to be looked for in many sentences.
#[derive(Debug)]
struct Massed {
    text: String,
    /// Inverse document frequency × weight.
    mass: f32,
    /// Index into [`Mass::substitutes`].
    substitute: Option<usize>,
}

/// The question's terms with their idf.
#[derive(Debug)]
pub(crate) struct Mass {
    bigrams: Vec<Massed>,
    words: Vec<Massed>,
    substitutes: Vec<Vec<Alternative>>,
    content: Vec<char>,
}

impl Mass {
    pub(crate) fn new(
        query: &Query,
        bigram_idf: impl Fn(&str) -> f32,
        word_idf: impl Fn(&str) -> f32,
    ) -> Self {
        let bigrams = query.bigrams.iter().map(|term| Massed {
            mass: bigram_idf(&term.text) * term.weight,
            substitute: query
                .substitutes
                .iter()
                .position(|s| s.bigrams.contains(&term.text)),
            text: term.text.clone(),
        });
        let words = query.words.iter().map(|term| Massed {
            mass: word_idf(&term.text) * term.weight,
            substitute: query
                .substitutes
                .iter()
                .position(|s| s.typed.contains(&term.text)),
            text: term.text.clone(),
        });
        Self {
            bigrams: bigrams.collect(),
            words: words.collect(),
            substitutes: query
                .substitutes
                .iter()
                .map(|s| s.alternatives.clone())
                .collect(),
            content: query.content.chars().collect(),
        }
    }

    /// Share of the idf mass of the question's pairs that `text` holds, 0 to 1.
    pub(crate) fn cover(&self, text: &str) -> f32 {
        self.share(&self.bigrams, text)
    }

    fn word_cover(&self, text: &str) -> f32 {
        self.share(&self.words, text)
    }

    /// Share of the mass of `terms` that `text` holds; an official word in place of the everyday
    /// one counts by its weight.
    fn share(&self, terms: &[Massed], text: &str) -> f32 {
        let total: f32 = terms.iter().map(|term| term.mass).sum();
        if total <= 0.0 {
            return 0.0;
        }
        let credits: Vec<f32> = self
            .substitutes
            .iter()
            .map(|words| credit(words, text))
            .collect();
        let held: f32 = terms
            .iter()
            .map(|term| {
                let by_substitute = term.substitute.map_or(0.0, |n| credits[n]);
                let held = if text.contains(term.text.as_str()) {
                    1.0
                } else {
                    by_substitute
                };
                held * term.mass
            })
            .sum();
        held / total
    }

    /// Length in characters of the longest stretch of content that `text` holds, as a share of the
    /// longest stretch there is.
    fn run(&self, text: &str) -> f32 {
        let mut best = 0;
        let mut longest = 0;
        for stretch in self.content.split(|c| !c.is_alphanumeric()) {
            longest = longest.max(stretch.len());
            for start in 0..stretch.len() {
                while start + best < stretch.len() {
                    let piece: String = stretch[start..=start + best].iter().collect();
                    if !text.contains(&piece) {
                        break;
                    }
                    best += 1;
                }
            }
        }
        // One shared character says nothing.
        if best < 2 { 0.0 } else { ratio(best, longest) }
    }

    /// Indices of the pairs that `text` holds, in themselves or by an official word.
    pub(crate) fn matched(&self, text: &str) -> Vec<usize> {
        let held = |term: &Massed| {
            text.contains(term.text.as_str())
                || term
                    .substitute
                    .is_some_and(|n| credit(&self.substitutes[n], text) > 0.0)
        };
        (0..self.bigrams.len())
            .filter(|n| held(&self.bigrams[*n]))
            .collect()
    }
}

/// The weight of the best official word that `text` holds; 0 when it holds none.
fn credit(alternatives: &[Alternative], text: &str) -> f32 {
    alternatives
        .iter()
        .filter(|alternative| text.contains(alternative.word.as_str()))
        .map(|alternative| alternative.weight)
        .fold(0.0, f32::max)
}

#[expect(clippy::cast_precision_loss, reason = "lengths of questions")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        part as f32 / whole as f32
    }
}

/// A passage with its score and its best sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which passage.
    pub at: PassageAt,
    /// Weighted sum of `features`; comparable within one search.
    pub score: f32,
    /// Index of the best sentence of the passage.
    pub sentence: usize,
    /// Period of that sentence.
    pub period: Period,
    /// What the score is made of.
    pub features: Features,
    /// Indices of the question's character pairs that the sentence or its headings hold.
    pub matched: Vec<usize>,
}

/// The range of cosines among the candidates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    lowest: f32,
    highest: f32,
}

impl Scale {
    /// Of one cosine a candidate.
    pub(crate) fn new(cosines: impl Iterator<Item = f32>) -> Self {
        let mut scale = Self {
            lowest: f32::MAX,
            highest: f32::MIN,
        };
        for cosine in cosines {
            scale.lowest = scale.lowest.min(cosine);
            scale.highest = scale.highest.max(cosine);
        }
        scale
    }

    /// 1 for the nearest candidate, 0 for the farthest and beyond.
    fn place(self, cosine: f32) -> f32 {
        let width = self.highest - self.lowest;
        if width > f32::EPSILON {
            ((cosine - self.lowest) / width).max(0.0)
        } else {
            0.0
        }
    }
}

/// How near a passage is, among how near the candidates are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near<'a> {
    pub(crate) cosines: Cosines<'a>,
    pub(crate) sentences: Scale,
    pub(crate) wholes: Scale,
}

/// A candidate with everything it is judged by.
#[derive(Debug)]
pub(crate) struct Judged<'a> {
    pub(crate) at: PassageAt,
    pub(crate) passage: Arc<Passage>,
    pub(crate) prepared: Arc<Prepared>,
    /// Divided by the best candidate's.
    pub(crate) bm25: f32,
    /// Share of the question's idf mass that the whole passage covers.
    pub(crate) cover: f32,
    /// `None` without a model.
    pub(crate) near: Option<Near<'a>>,
}

/// A question as candidates are judged by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) query: &'a Query,
    pub(crate) mass: &'a Mass,
    /// Share of the question's idf mass that the best candidate covers, 0 to 1: how far words can
    /// be trusted.
    pub(crate) trust: f32,
}

impl Judge<'_> {
    /// What the sentences of a passage are judged by, by index of the sentence.
    pub(crate) fn sentences(&self, candidate: &Judged<'_>) -> Vec<(usize, Features)> {
        let Self { query, mass, trust } = *self;
        let Judged {
            passage, prepared, ..
        } = candidate;
        let named = query
            .slogans
            .iter()
            .any(|slogan| slogan.document == candidate.at.document);
        let shared = Features {
            bm25: candidate.bm25,
            passage: candidate.cover,
            heading: mass.cover(&prepared.path),
            whole: candidate
                .near
                .map_or(0.0, |near| near.wholes.place(near.cosines.whole)),
            entry: f32::from(u8::from(passage.kind == PassageKind::Entry && !named)),
            livelihood: f32::from(u8::from(passage.kind == PassageKind::LivelihoodItem)),
            ..Features::default()
        };
        let judge = |n: usize| {
            let text = &prepared.sentences[n];
            let cosine = candidate
                .near
                .and_then(|near| near.cosines.sentences.get(n).copied());
            let meaning = match (candidate.near, cosine) {
                (Some(near), Some(cosine)) => near.sentences.place(cosine),
                _ => 0.0,
            };
            let features = Features {
                cover: mass.cover(text),
                words: mass.word_cover(text),
                run: mass.run(text),
                period: query.period.fit(passage.sentences[n].period),
                need: need_fit(query, mass, text),
                defines: defines(query, text),
                meaning,
                doubt: meaning * (1.0 - trust),
                cosine: cosine.unwrap_or(0.0),
                hub: candidate
                    .near
                    .and_then(|near| near.cosines.hubs.get(n).copied())
                    .unwrap_or(0.0),
                ..shared
            };
            (n, features)
        };
        statements(passage).into_iter().map(judge).collect()
    }

    /// Scores one passage by its best sentence.
    pub(crate) fn hit(&self, candidate: &Judged<'_>, weights: &Features) -> Hit {
        let Judged {
            passage, prepared, ..
        } = candidate;
        let mut best = (f32::MIN, 0, Features::default());
        for (n, features) in self.sentences(candidate) {
            let score = features.score(weights);
            if score > best.0 {
                best = (score, n, features);
            }
        }
        let (score, sentence, features) = best;
        let text = prepared.sentences.get(sentence).map_or("", String::as_str);
        Hit {
            at: candidate.at,
            score,
            sentence,
            period: passage
                .sentences
                .get(sentence)
                .map_or(passage.period, |s| s.period),
            features,
            matched: self.mass.matched(&format!("{text}\n{}", prepared.path)),
        }
    }
}

/// 1 when the sentence opens with what is to be explained, numbering aside, and a word that
/// explains follows.
fn defines(query: &Query, text: &str) -> f32 {
    let topic = query.topic();
    if !query.definitional || topic.chars().count() < 2 {
        return 0.0;
    }
    let opening = text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || ".、()[]①②③④⑤⑥⑦⑧⑨⑩*".contains(c)
    });
    let explains = opening.strip_prefix(topic.as_str()).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
        [":", "是指", "指", "即", "是", "-", "—", "就是"]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    f32::from(u8::from(explains))
}

/// Sentences that state something; the heading's own when there is no other.
fn statements(passage: &Passage) -> Vec<usize> {
    let heading = passage.heading;
    let stated: Vec<usize> = (0..passage.sentences.len())
        .filter(|n| {
            passage.kind == PassageKind::Entry || passage.sentences[*n].span.end > heading.end
        })
        .collect();
    if stated.is_empty() {
        (0..passage.sentences.len()).collect()
    } else {
        stated
    }
}

/// 1 when a clause holds both a part of the topic and the fact asked for, ½ when the sentence does.
fn need_fit(query: &Query, mass: &Mass, text: &str) -> f32 {
    let Some(need) = &query.need else { return 0.0 };
    if !need.is_met_by(text) {
        return 0.0;
    }
    let covers: Vec<(bool, f32)> = clauses(text, Span::new(0, text.len()))
        .iter()
        .map(|clause| (need.is_met_by(clause.of(text)), mass.cover(clause.of(text))))
        .collect();
    let best = |only_met: bool| {
        let counted = covers.iter().filter(|(met, _)| *met || !only_met);
        counted.map(|(_, cover)| *cover).fold(0.0_f32, f32::max)
    };
    // 四条高速开工 is not dated by another road's 全线通车 in the same sentence, nor placed by it; and
    // 人均可支配收入 is not 2.92亿元 because the revenue is. A figure may follow its topic in the next
    // clause (固定资产投资56.1亿元、增长7.4%).
    let clauses_before = match need.asked {
        FactKind::Money | FactKind::Number | FactKind::Percentage => Some(1),
        FactKind::Where => Some(0),
        _ if need.completion => Some(0),
        _ => None,
    };
    if let Some(before) = clauses_before {
        let enough = 0.5 * best(false);
        let of_topic = |n: usize| {
            let mut near = covers[n.saturating_sub(before)..=n].iter();
            near.any(|(_, cover)| *cover >= enough)
        };
        if !(0..covers.len()).any(|n| covers[n].0 && of_topic(n)) {
            return 0.0;
        }
    }
    let all = mass.cover(text);
    if all > 0.0 {
        0.4 + 0.6 * (best(true) / all)
    } else {
        0.4
    }
}

/// Clauses of a folded sentence, where ，；、 have become their half-width forms.
fn clauses(text: &str, whole: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    for coarse in sentence::clauses(text, whole, true) {
        let mut start = coarse.start;
        for (at, c) in coarse.of(text).char_indices() {
            if matches!(c, ',' | '、') {
                spans.push(Span::new(start, coarse.start + at));
                start = coarse.start + at + c.len_utf8();
            }
        }
        spans.push(Span::new(start, coarse.end));
    }
    spans
}

/// Passages kept folded at most; about 20 MB.
const KEPT: usize = 16_000;

/// Folded passages, made when they are first judged; the last used are kept.
pub(crate) struct PreparedPassages(Mutex<LruCache<PassageAt, Arc<Prepared>>>);

impl Default for PreparedPassages {
    fn default() -> Self {
        let kept = NonZeroUsize::new(KEPT).unwrap_or(NonZeroUsize::MIN);
        Self(Mutex::new(LruCache::new(kept)))
    }
}

impl std::fmt::Debug for PreparedPassages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreparedPassages").finish_non_exhaustive()
    }
}

impl PreparedPassages {
    /// The passage of `library` at `at`, as the re-ranker reads it.
    pub(crate) fn get(
        &self,
        at: PassageAt,
        library: &Library,
    ) -> Result<Arc<Prepared>, LibraryError> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(prepared) = kept().get(&at) {
            return Ok(Arc::clone(prepared));
        }
        let passage = library.passage(at)?;
        let prepared = Arc::new(Prepared::new(&passage));
        kept().put(at, Arc::clone(&prepared));
        Ok(prepared)
    }
}

#[cfg(test)]
mod tests;
