//! Finds the term a question names: exactly, with digits for numerals, by ear, or nearly.

use std::collections::HashMap;

use crate::{
    corpus::{DocumentInfo, Term},
    text::{
        Span,
        han::is_han,
        normalize,
        numerals::{to_arabic, to_chinese},
        pinyin,
    },
};

/// How surely a term was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// In another order or with a character more or less.
    Near,
    /// Sounds the same.
    Sound,
    /// Letter by letter, digits for numerals allowed.
    Exact,
}

impl Likeness {
    /// What a character recognised so is worth, in tenths of one that stands there.
    const fn tenths(self) -> usize {
        match self {
            Self::Near => 7,
            Self::Sound => 9,
            Self::Exact => 10,
        }
    }
}

/// A term of the glossary that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermMatch {
    /// Index of the document in the corpus.
    pub document: usize,
    /// Index of the term in the document.
    pub term: usize,
    /// Index of the part asked for; `None` for the whole term.
    pub part: Option<usize>,
    /// What the question said, bytes of the searched text; all of it when matched by letters.
    pub span: Span,
    /// The alias or part that matched, without quotes.
    pub name: String,
    /// How surely.
    pub likeness: Likeness,
}

/// Fewer first letters than this (GDP) may stand for anything.
const INITIALS: usize = 4;

/// One name that terms can be called by, in however many glossaries.
#[derive(Debug, Clone)]
struct Name {
    /// Folded, digits for numerals.
    key: Vec<char>,
    /// Blurred syllables, one a character of `key`.
    sound: Vec<String>,
    /// All syllables in a row, as typed on a keyboard: yihesandai.
    letters: String,
    /// The first letter of each: yhsd.
    initials: String,
    /// Of `key`.
    mask: u128,
    bearers: Vec<Bearer>,
}

/// A term that is called so.
#[derive(Debug, Clone)]
struct Bearer {
    /// Its place among all names of all glossaries.
    order: usize,
    document: usize,
    term: usize,
    part: Option<usize>,
    /// Without quotes, as in the report.
    shown: String,
}

/// One bit for each character, several characters a bit: rules out at a glance most of the
/// thousands of names that a question cannot mean.
fn mask<'a>(chars: impl IntoIterator<Item = &'a char>) -> u128 {
    chars.into_iter().fold(0, |mask, c| {
        mask | 1 << (u32::from(*c).wrapping_mul(0x9E37_79B1) >> 25)
    })
}

impl Name {
    fn new(key: &[char]) -> Self {
        let spoken = numerals(&key.iter().collect::<String>());
        let syllables = pinyin::syllables(&spoken);
        Self {
            key: key.to_vec(),
            sound: pinyin::blurred(&spoken),
            initials: syllables.iter().filter_map(|s| s.chars().next()).collect(),
            letters: syllables.concat(),
            mask: mask(key),
            bearers: Vec::new(),
        }
    }

    /// True unless more characters are missing from a question than any of the ways to recognise
    /// the name allows: more than half of them, or one of two.
    const fn plausible(&self, question: u128) -> bool {
        let (here, all) = ((self.mask & question).count_ones(), self.mask.count_ones());
        here * 2 >= all && (self.key.len() > 2 || here == all)
    }
}

/// All names of all terms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Glossary {
    names: Vec<Name>,
}

impl Glossary {
    /// Collects the names, aliases and parts of every glossary.
    #[must_use]
    pub(crate) fn new(documents: &[DocumentInfo]) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let mut known: HashMap<Vec<char>, usize> = HashMap::new();
        let mut order = 0;
        for (d, document) in documents.iter().enumerate() {
            for (t, term) in document.terms.iter().enumerate() {
                for (part, shown) in names_of(term) {
                    let key: Vec<char> = key(&normalize::fold(&shown))
                        .into_iter()
                        .map(|(c, _)| c)
                        .collect();
                    if key.is_empty() {
                        continue;
                    }
                    let at = *known.entry(key).or_insert_with_key(|key| {
                        names.push(Name::new(key));
                        names.len() - 1
                    });
                    names[at].bearers.push(Bearer {
                        order,
                        document: d,
                        term: t,
                        part,
                        shown,
                    });
                    order += 1;
                }
            }
        }
        Self { names }
    }

    /// Words for the segmenter, folded.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let bearers = self.names.iter().flat_map(|name| &name.bearers);
        bearers.map(|bearer| bearer.shown.as_str())
    }

    /// The terms that `folded` names, the surest and longest first, one match a term.
    #[must_use]
    pub(crate) fn find(&self, folded: &str) -> Vec<TermMatch> {
        let question = key(folded);
        let text: String = question.iter().map(|(c, _)| *c).collect();
        let sound = pinyin::blurred(&numerals(&text));
        let letters: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
        let all_latin = !folded.chars().any(is_han);
        let question_mask = mask(question.iter().map(|(c, _)| c));
        let mut matches: Vec<(usize, usize, TermMatch)> = Vec::new();
        for name in &self.names {
            let found = if all_latin {
                let spelt = name.letters.len() >= 5 && letters.contains(&name.letters);
                let short = name.initials.len() >= INITIALS && letters == name.initials;
                (spelt || short).then(|| (Likeness::Sound, Span::new(0, folded.len())))
            } else if !name.plausible(question_mask) {
                None
            } else {
                find_exact(name, &question)
                    .map(|span| (Likeness::Exact, span))
                    .or_else(|| {
                        find_sound(name, &question, &sound).map(|span| (Likeness::Sound, span))
                    })
                    .or_else(|| find_near(name, &question).map(|span| (Likeness::Near, span)))
            };
            let Some((likeness, span)) = found else {
                continue;
            };
            matches.extend(name.bearers.iter().map(|bearer| {
                let found = TermMatch {
                    document: bearer.document,
                    term: bearer.term,
                    part: bearer.part,
                    span,
                    name: bearer.shown.clone(),
                    likeness,
                };
                (bearer.order, name.key.len(), found)
            }));
        }
        // Long before short, sure before unsure, the term before its part, glossary order.
        matches.sort_by(|(order_a, len_a, a), (order_b, len_b, b)| {
            let evidence = |len: usize, found: &TermMatch| len * found.likeness.tenths();
            evidence(*len_b, b)
                .cmp(&evidence(*len_a, a))
                .then(b.likeness.cmp(&a.likeness))
                .then(a.part.is_some().cmp(&b.part.is_some()))
                .then(order_a.cmp(order_b))
        });
        let mut kept: Vec<TermMatch> = Vec::new();
        for (_, _, found) in matches {
            let known = kept.iter().any(|other| {
                (other.document, other.term) == (found.document, found.term)
                    || (other.span.contains(found.span) && other.name != found.name)
            });
            if !known {
                kept.push(found);
            }
        }
        kept
    }
}

/// Names of a term: aliases for the whole, then its parts.
fn names_of(term: &Term) -> Vec<(Option<usize>, String)> {
    let mut names: Vec<(Option<usize>, String)> = Vec::new();
    for (n, part) in term.parts.iter().enumerate() {
        let whole = term.aliases.contains(&part.name) && term.parts.len() < 2;
        if part.name.chars().count() >= 2 && !whole {
            names.push((Some(n), part.name.clone()));
        }
    }
    for alias in &term.aliases {
        // An alias that is one of several parts (“包抓联”“六必访”) asks for that part.
        let is_part = term.parts.len() > 1 && term.parts.iter().any(|part| part.name == *alias);
        if alias.chars().count() >= 2 && !is_part {
            names.push((None, alias.clone()));
        }
    }
    names
}

/// Alphanumeric characters with digits for single numerals, and the bytes each stands at.
fn key(folded: &str) -> Vec<(char, Span)> {
    folded
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, c)| (to_arabic(c), Span::new(at, at + c.len_utf8())))
        .collect()
}

/// 1 → 一 …, so that digits have a sound.
pub(crate) fn numerals(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .map(to_chinese)
        .collect()
}

fn cover(question: &[(char, Span)], start: usize, len: usize) -> Span {
    Span::new(question[start].1.start, question[start + len - 1].1.end)
}

fn find_exact(name: &Name, question: &[(char, Span)]) -> Option<Span> {
    let len = name.key.len();
    let at = question
        .windows(len)
        .position(|window| window.iter().map(|(c, _)| *c).eq(name.key.iter().copied()))?;
    // 5 within 2085 is no term.
    let is_digit = |n: usize| question.get(n).is_some_and(|(c, _)| c.is_ascii_digit());
    let first_digit = name.key[0].is_ascii_digit();
    let last_digit = name.key[len - 1].is_ascii_digit();
    let cut = (first_digit && at > 0 && is_digit(at - 1)) || (last_digit && is_digit(at + len));
    (!cut).then(|| cover(question, at, len))
}

/// By ear, from three characters on; at most half of the characters may differ in writing.
fn find_sound(name: &Name, question: &[(char, Span)], sound: &[String]) -> Option<Span> {
    let len = name.sound.len();
    if len < 3 || sound.len() != question.len() || name.key.len() != len {
        return None;
    }
    let at = sound.windows(len).position(|window| window == name.sound)?;
    let same = (0..len)
        .filter(|n| question[at + n].0 == name.key[*n])
        .count();
    (same * 2 >= len).then(|| cover(question, at, len))
}

/// With a character added in between (三个聚焦), left out (碳双控), or parts exchanged.
fn find_near(name: &Name, question: &[(char, Span)]) -> Option<Span> {
    let len = name.key.len();
    if len < 3 {
        return None;
    }
    // One character more than the term has.
    for window in question.windows(len + 1) {
        let inner = 1..len;
        for skip in inner {
            let without = window
                .iter()
                .enumerate()
                .filter(|(n, _)| *n != skip)
                .map(|(_, (c, _))| *c);
            if without.eq(name.key.iter().copied()) {
                return Some(Span::new(window[0].1.start, window[len].1.end));
            }
        }
    }
    // One character written wrongly in a long one.
    if len >= 5 {
        for (at, window) in question.windows(len).enumerate() {
            let same = window.iter().zip(&name.key).filter(|((a, _), b)| a == *b);
            if same.count() == len - 1 {
                return Some(cover(question, at, len));
            }
        }
    }
    // Characters left out: the head of the term and its end, at least three characters of it.
    if len >= 4 {
        for short in (3..len).rev() {
            if short * 2 < len {
                break;
            }
            for (at, window) in question.windows(short).enumerate() {
                let chars: Vec<char> = window.iter().map(|(c, _)| *c).collect();
                let ends = chars[0] == name.key[0]
                    && chars[short - 1] == name.key[len - 1]
                    && chars[short - 2] == name.key[len - 2];
                if ends && is_subsequence(&chars, &name.key) {
                    return Some(cover(question, at, short));
                }
            }
        }
    }
    None
}

fn is_subsequence(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests;
