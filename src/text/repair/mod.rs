//! Restores text that lost its step while it was read as GBK.
//!
//! GBK writes a Chinese character in two bytes. Some tool folded the pairs A3A1 ！, A3BF ？ and
//! A3BB ； to ASCII without looking where characters begin, so it also hit the second byte of one
//! character and the first of the next:
//!
//! ```text
//! 。   “   通   渭   黃   芪      A1[A3 A1]B0 CDA8 CEBC FC53 DCCE
//! ?  !  巴   ㄎ   键   S   芪      A1  21  B0CD A8CE BCFC 53 DCCE
//! ```
//!
//! Every byte but the first is still there. So the stretch is encoded again, the byte put back,
//! and decoded: what remains to be guessed is that first byte, where the stretch ends, and pairs
//! that GBK does not assign and that vanished. [`repair`] tries all of it and takes what reads
//! best; where two outcomes read about equally well it marks the character □ instead of choosing.
//!
//! The text is judged in Simplified script but repaired in its own, for the bytes are those of
//! the script it was damaged in: 黃 has an `S` in it, 黄 has not.

mod agree;
mod gbk;
mod grams;
mod idiom;
mod language;
mod likelihood;
mod phrases;
mod search;

use self::{
    agree::agreement,
    language::is_han,
    likelihood::{Likelihood, Tail},
    phrases::Phrases,
    search::{Candidate, Slips},
};
use super::Span;

pub use self::idiom::Idiom;

/// Stands for a character that could not be restored.
pub const LOST: char = '□';

/// How sure a [`Repair`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The bytes left no choice.
    Certain,
    /// A byte was lost; the dictionary chose.
    Chosen,
    /// Beyond repair, or not safe to choose: `after` holds [`LOST`] marks.
    Lost,
}

/// One stretch that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Bytes of the text as it came.
    pub span: Span,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// How sure that is.
    pub certainty: Certainty,
}

/// A text after [`repair`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The whole text; the same as before when nothing was damaged.
    pub text: String,
    /// What was changed, in order.
    pub repairs: Vec<Repair>,
}

/// Chars over which the cost of a text is averaged to find damage.
const WINDOW: usize = 8;
/// Nats a char from which a window is looked into. Clean reports stay below but for rare names.
const SUSPECT: f32 = 7.9;
/// Nats a char from which a window is searched in depth. Clean reports reach this with a few
/// lists of proper names.
const ALARMING: f32 = 9.1;
/// A slip may begin this many chars before the window that shows it.
const REACH: usize = 4;
/// Nats that a repair must gain: about two words.
const LEAST_GAIN: f32 = 12.0;
/// Nats a char that a repaired stretch may cost at most.
const DEAREST: f32 = 7.5;
/// Readings that a look counts for at least.
const LOOK: usize = 1_000;
/// Odd characters from which pairs that vanished are looked for. Misread text has one in two or
/// three, a clean one has single ones in names.
const ODD: usize = 2;
/// Chars of a slip that is taken for repaired as soon as it reads well; in a longer one pairs may
/// have vanished even so (保、娠醫 for 保、生物醫).
const SHORT: usize = 3;
/// Nats a char below which [`FLUENCY`] characters read well.
const FLUENT: f32 = 6.5;
/// Chars looked at to tell whether a restored stretch reads well.
const FLUENCY: usize = 4;
/// Nats by which a guess must read better than [`LOST`] in its place. Names that no vocabulary
/// knows make every guess a poor one: 重点。科 for 重点专科.
const SURE: f32 = 4.2;
/// The same for the first character of a slip.
const SURE_FIRST: f32 = 6.5;
/// Nats by which the best outcome must beat the next to be chosen.
fn margin(best: &Candidate) -> f32 {
    match best.slips {
        // The bytes of the first character are all there.
        Slips::Traced if best.guesses.first() == Some(&false) => 1.3,
        Slips::Traced => 2.0,
        // Where the byte is missing is a guess of its own.
        Slips::Untraced => 2.5,
    }
}

/// What texts around a damaged one say: proper names and slogans are repeated.
#[derive(Debug)]
pub struct Surroundings(Phrases);

impl Surroundings {
    /// The phrases of `texts` that do not look damaged.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let judge = Likelihood::alone(Idiom::shipped());
        let is_clean = |text: &&str| {
            let text: Vec<char> = text.chars().collect();
            damages(&judge, &text).all(|damage| damage.alarm.is_none())
        };
        Self(Phrases::of(texts.into_iter().filter(is_clean)))
    }
}

/// True when [`repair_within`] might change `text`, whatever surrounds it.
///
/// Surroundings only make a text likelier, so what looks sound without them is.
#[must_use]
pub fn is_suspect(text: &str) -> bool {
    let judge = Likelihood::alone(Idiom::shipped());
    text.lines()
        .filter(|line| line.chars().any(is_han))
        .any(|line| {
            let line: Vec<char> = line.chars().collect();
            find_damage(&judge, &line, 0).is_some()
        })
}

/// `text` with slips undone where the bytes or the dictionary tell how, and [`LOST`] where not.
///
/// Clean text comes back as it is.
#[must_use]
pub fn repair(text: &str) -> Repaired {
    repair_within(text, &Surroundings(Phrases::none()))
}

/// [`repair`] for a text whose `surroundings` help to decide.
#[must_use]
pub fn repair_within(text: &str, surroundings: &Surroundings) -> Repaired {
    repair_at_most(text, surroundings, &mut { usize::MAX })
}

/// [`repair_within`] with at most `readings` of what seems damaged tried; it is lowered by those
/// tried, and what is surely damaged after the last is marked [`LOST`].
///
/// A damaged spot takes a million readings, about 100 ms. A clean report has a few spots that need
/// a look, a text made of rare characters has one for every eight characters.
#[must_use]
pub fn repair_at_most(text: &str, surroundings: &Surroundings, readings: &mut usize) -> Repaired {
    let judge = Likelihood::new(Idiom::shipped(), &surroundings.0);
    repair_as(&judge, text, readings)
}

/// [`repair`] for texts that talk like `idiom`.
#[must_use]
pub fn repair_by(text: &str, idiom: &Idiom) -> Repaired {
    repair_as(&Likelihood::alone(idiom), text, &mut { usize::MAX })
}

fn repair_as(judge: &Likelihood<'_>, text: &str, readings: &mut usize) -> Repaired {
    let mut out = Repaired {
        text: String::with_capacity(text.len()),
        repairs: Vec::new(),
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        // Slips happen to Chinese; the rest need not wait for the dictionary.
        if body.chars().any(is_han) {
            repair_line(judge, body, at, readings, &mut out);
        } else {
            out.text.push_str(body);
        }
        out.text.push_str(&line[body.len()..]);
        at += line.len();
    }
    out
}

/// Repairs one line that begins at byte `offset` of the whole text.
fn repair_line(
    judge: &Likelihood<'_>,
    line: &str,
    offset: usize,
    readings: &mut usize,
    out: &mut Repaired,
) {
    let mut text: Vec<char> = line.chars().collect();
    // Chars before `done` are settled; their originals took `read` bytes.
    let (mut done, mut read) = (0, 0);
    while let Some(damage) = find_damage(judge, &text, done) {
        let fix = if *readings > 0 {
            decide(judge, &text, &damage)
        } else {
            damage
                .sure
                .then(|| give_up(judge, &text, &damage))
                .flatten()
        };
        *readings = readings.saturating_sub(judge.take_count().max(LOOK));
        let Some(fix) = fix else {
            read += bytes(&text[done..damage.end]);
            done = damage.end;
            continue;
        };
        let start = offset + read + bytes(&text[done..fix.start]);
        let before: String = text[fix.start..fix.end].iter().collect();
        read = start - offset + before.len();
        done = fix.start + fix.text.len();
        out.repairs.push(Repair {
            span: Span::new(start, start + before.len()),
            before,
            after: fix.text.iter().collect(),
            certainty: fix.certainty,
        });
        text.splice(fix.start..fix.end, fix.text);
    }
    out.text.extend(text);
}

fn bytes(chars: &[char]) -> usize {
    chars.iter().map(|c| c.len_utf8()).sum()
}

/// Chars that read as if they were damaged.
#[derive(Debug)]
struct Damage {
    /// What stands before this is settled.
    settled: usize,
    start: usize,
    end: usize,
    /// Where a clean text hardly ever looks like this, if anywhere.
    alarm: Option<usize>,
    /// True when a clean text never looks like this.
    sure: bool,
}

/// All damages of a text.
fn damages<'a>(judge: &'a Likelihood<'_>, text: &'a [char]) -> impl Iterator<Item = Damage> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let damage = find_damage(judge, text, from)?;
        from = damage.end;
        Some(damage)
    })
}

/// The first damage at or after `from`.
fn find_damage(judge: &Likelihood<'_>, text: &[char], from: usize) -> Option<Damage> {
    let context = from.saturating_sub(WINDOW);
    let mut costs = Costs::new(judge, &text[context..]);
    let mut mean = |at: usize| {
        let end = (at + WINDOW).min(text.len());
        let length = (end - at).max(WINDOW / 2);
        (costs.before(end - context) - costs.before(at - context)) / length as f32
    };
    let start = (from..text.len()).find(|at| mean(*at) > SUSPECT || is_widow(text, *at))?;
    let mut damage = Damage {
        settled: from,
        start,
        end: start + 1,
        alarm: None,
        sure: false,
    };
    let mut at = start;
    while at < text.len() && at <= damage.end {
        let widow = is_widow(text, at);
        if widow || mean(at) > SUSPECT {
            let reach = if widow { 2 } else { WINDOW };
            damage.end = damage.end.max(at + reach).min(text.len());
            if damage.alarm.is_none() && (widow || mean(at) > ALARMING) {
                damage.alarm = Some(at);
            }
            damage.sure |= widow;
        }
        at += 1;
    }
    damage.sure |=
        damage.alarm.is_some() && is_beyond_names(judge, &text[damage.start..damage.end]);
    Some(damage)
}

/// True for characters that misreading brings about and no list of rare names does (郏县、鄄城、莒县):
/// signs nobody writes, or many rare characters with no mark between them.
fn is_beyond_names(judge: &Likelihood<'_>, text: &[char]) -> bool {
    let aliens = |text: &[char]| text.iter().filter(|c| is_alien(judge, **c)).count();
    let signs = text.iter().filter(|c| !is_han(**c) && is_alien(judge, **c));
    let unmarked = text.split(|c| !is_han(*c));
    aliens(text) >= 2
        && (signs.count() > 0
            || unmarked
                .map(|run| (aliens(run), run.len()))
                .any(|(aliens, length)| {
                    length >= 5 && (aliens >= 3 || (aliens == 2 && length <= 6))
                }))
}

/// What a text costs up to each of its characters, no further than asked for.
struct Costs<'a> {
    judge: &'a Likelihood<'a>,
    text: &'a [char],
    tail: Tail,
    known: Vec<f32>,
}

impl<'a> Costs<'a> {
    fn new(judge: &'a Likelihood<'a>, text: &'a [char]) -> Self {
        Self {
            judge,
            text,
            tail: Tail::default(),
            known: vec![0.0],
        }
    }

    /// The cost of the first `chars` characters.
    fn before(&mut self, chars: usize) -> f32 {
        while self.known.len() <= chars {
            self.tail.push(self.judge, self.text[self.known.len() - 1]);
            self.known.push(self.tail.cost());
        }
        self.known[chars]
    }
}

/// A character that misreading brings about and people do not write: ㄒ, ┨, ⒀, 嵙. What GBK does
/// not write (•, 😀) was never misread.
fn is_alien(judge: &Likelihood<'_>, c: char) -> bool {
    let misread = c == char::REPLACEMENT_CHARACTER || gbk::table().pair(c).is_some();
    !c.is_ascii()
        && c != LOST
        && misread
        && !is_sign(c)
        && judge.char_cost(judge.fold(c)) >= likelihood::IMPLAUSIBLE
}

/// A sign that is rare but that people do write: ① Ⅲ ㎡ → ● ５Ｇ ﹐ –.
fn is_sign(c: char) -> bool {
    matches!(c,
        '①'..='⑳' | 'Ⅰ'..='Ⅻ' | '←'..='↓' | '\u{ff01}'..='\u{ff5e}' | '\u{fe50}'..='\u{fe6b}' | '\u{3008}'..='\u{3017}'
        | '\u{3000}' | '\u{a0}' | '㎡' | '㎞' | '㎏' | '■' | '□' | '▲' | '△' | '●' | '◎' | '◆' | '◇'
        | '★' | '☆' | '※' | '≥' | '≤' | '±' | '÷' | '°' | '№' | '§' | '–' | '―' | '‥' | '′' | '″' | '〝' | '〞' | '─' | '━' | '│' | '┃' | 'α' | 'β' | 'γ' | 'μ' | 'µ')
}

/// A `?` that stands for half a character: before another mark (`??`, `?!`, `?;`), or where no
/// question ends (`植?1571万株`).
fn is_widow(text: &[char], at: usize) -> bool {
    let next = text.get(at + 1).copied().unwrap_or(' ');
    let inside = at > 0 && is_han(text[at - 1]) && next.is_ascii_alphanumeric();
    text[at] == '?' && (inside || matches!(next, '?' | '!' | ';' | '？' | '！' | '；'))
}

/// A stretch to replace.
struct Fix {
    start: usize,
    end: usize,
    text: Vec<char>,
    certainty: Certainty,
}

fn decide(judge: &Likelihood<'_>, text: &[char], damage: &Damage) -> Option<Fix> {
    for slips in [Slips::Traced, Slips::Untraced] {
        let plain = convincing(judge, text, damage, slips, false);
        if let Some(best) = plain.first()
            && rivals(&plain).is_empty()
            && best.end - best.start <= SHORT
            && best.is_common(judge)
            && is_fluent(judge, text, best)
        {
            return Some(outcome(judge, text, &plain));
        }
        let all = if damage.alarm.is_some() && (damage.sure || odd(judge, text, damage) >= ODD) {
            convincing(judge, text, damage, slips, true)
        } else {
            plain
        };
        if !all.is_empty() {
            return Some(outcome(judge, text, &all));
        }
    }
    damage.sure.then(|| give_up(judge, text, damage)).flatten()
}

/// How many characters of a damage are such as misreading brings about: rare, of no use in Chinese,
/// or a letter between two characters.
fn odd(judge: &Likelihood<'_>, text: &[char], damage: &Damage) -> usize {
    let is_odd = |at: &usize| {
        let c = text[*at];
        let is_han_at = |at: usize| text.get(at).copied().is_some_and(is_han);
        let between = || *at > 0 && is_han_at(at - 1) && is_han_at(at + 1);
        if is_han(c) {
            !judge.is_common(judge.fold(c))
        } else if c.is_ascii_alphabetic() {
            between()
        } else {
            is_alien(judge, c)
        }
    };
    (damage.start..damage.end).filter(is_odd).count()
}

/// Candidates that read well enough, best first.
fn convincing(
    judge: &Likelihood<'_>,
    text: &[char],
    damage: &Damage,
    slips: Slips,
    vanishing: bool,
) -> Vec<Candidate> {
    let from = damage.start.saturating_sub(REACH).max(damage.settled);
    // What shows first is where the slip begins, or soon after.
    let shows = damage.alarm.unwrap_or(damage.start);
    let to = damage.end.min(shows + WINDOW + REACH);
    let mut candidates = search::candidates(judge, text, from, to, slips, vanishing);
    candidates.retain(|candidate| is_convincing(judge, text, candidate));
    candidates
}

/// Candidates about as good as the first.
fn rivals(candidates: &[Candidate]) -> &[Candidate] {
    let Some((best, others)) = candidates.split_first() else {
        return &[];
    };
    let close = others.partition_point(|rival| rival.gain > best.gain - margin(best));
    &others[..close]
}

/// The fix that the candidates, of which there must be one, amount to: the best of them, with
/// [`LOST`] where its rivals say otherwise.
fn outcome(judge: &Likelihood<'_>, text: &[char], candidates: &[Candidate]) -> Fix {
    let best = &candidates[0];
    let rivals = rivals(candidates);
    let unsure = unsure(judge, text, best);
    if rivals.is_empty() && !unsure.contains(&true) {
        return Fix {
            start: best.start,
            end: best.end,
            text: best.text.clone(),
            certainty: if best.guesses.contains(&true) {
                Certainty::Chosen
            } else {
                Certainty::Certain
            },
        };
    }
    // Rivals may begin earlier or end later than the best: then what they share is wider.
    let start = rivals.iter().map(|c| c.start).fold(best.start, usize::min);
    let end = rivals.iter().map(|c| c.end).fold(best.end, usize::max);
    let whole = best.in_context(judge, text, start, end);
    let mut agreed = vec![true; whole.len()];
    for (agreed, unsure) in agreed[best.start - start..].iter_mut().zip(unsure) {
        *agreed = !unsure;
    }
    for rival in rivals {
        let other = rival.in_context(judge, text, start, end);
        for (all, this) in agreed.iter_mut().zip(agreement(&whole, &other)) {
            *all &= this;
        }
    }
    let before = &text[start..best.start];
    let after = &text[best.end..end];
    let outcome = before.iter().chain(&best.text).chain(after).zip(agreed);
    Fix {
        start,
        end,
        text: outcome
            .map(|(c, agreed)| if agreed { *c } else { LOST })
            .collect(),
        certainty: Certainty::Lost,
    }
}

/// For every character of a candidate, whether it is a guess that says hardly more than that a
/// character is missing.
fn unsure(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> Vec<bool> {
    let from = candidate.start.saturating_sub(WINDOW);
    let to = (candidate.end + WINDOW).min(text.len());
    let cost = |lost: Option<usize>| {
        let mut whole = text[from..candidate.start].to_vec();
        whole.extend(&candidate.text);
        if let Some(at) = lost {
            whole[candidate.start - from + at] = LOST;
        }
        whole.extend(&text[candidate.end..to]);
        judge.costs(&whole)[whole.len()]
    };
    let known = cost(None);
    let is_unsure = |(at, guessed): (usize, &bool)| {
        // Nothing but what follows bears witness to the first.
        let least = if at == 0 { SURE_FIRST } else { SURE };
        *guessed && cost(Some(at)) - known < least
    };
    candidate
        .guesses
        .iter()
        .enumerate()
        .map(is_unsure)
        .collect()
}

fn is_convincing(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> bool {
    candidate.gain >= LEAST_GAIN && dearness(judge, text, candidate) < DEAREST
}

/// Nats a char that the restored stretch costs where it stands.
fn dearness(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> f32 {
    let before = &text[candidate.start.saturating_sub(2)..candidate.start];
    let after = &text[candidate.end..(candidate.end + 2).min(text.len())];
    let whole: Vec<char> = before
        .iter()
        .chain(&candidate.text)
        .chain(after)
        .copied()
        .collect();
    judge.costs(&whole)[whole.len()] / (whole.len() as f32)
}

/// True when every part of the stretch reads so well that nothing seems to be missing from it.
fn is_fluent(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> bool {
    let before = &text[candidate.start.saturating_sub(2)..candidate.start];
    let after = &text[candidate.end..(candidate.end + 2).min(text.len())];
    let whole: Vec<char> = before
        .iter()
        .chain(&candidate.text)
        .chain(after)
        .copied()
        .collect();
    let costs = judge.costs(&whole);
    let windows = costs.windows(FLUENCY + 1);
    windows
        .map(|costs| costs[FLUENCY] - costs[0])
        .all(|cost| cost < FLUENT * FLUENCY as f32)
}

/// Marks what is surely damaged and cannot be restored: one [`LOST`] a character.
fn give_up(judge: &Likelihood<'_>, text: &[char], damage: &Damage) -> Option<Fix> {
    let alien = |at: usize| {
        let c = judge.fold(text[at]);
        let rare = is_han(c) && judge.char_cost(c) > 11.0 && !judge.is_common(c);
        text[at] == '?' || rare || is_alien(judge, c)
    };
    let start = (damage.start..damage.end).find(|at| alien(*at))?;
    let last = (start..damage.end).rev().find(|at| alien(*at))?;
    let end = last + 1;
    // `??` is one character of which both bytes were refused.
    let widows = text[start..end].iter().filter(|c| **c == '?').count();
    let lost = (end - start - widows) + widows.div_ceil(2);
    Some(Fix {
        start,
        end,
        text: vec![LOST; lost],
        certainty: Certainty::Lost,
    })
}

#[cfg(test)]
mod tests;
