//! Chooses among the candidates for a damaged stretch, or says which characters are lost.

use crate::{
    agree::agreement,
    bridges::Bridges,
    candidate::{Candidate, Slips},
    damage::{Damage, WINDOW, bears_trace, is_implausible, suspicious_count},
    language::{is_han, language},
    likelihood::Likelihood,
    repairs::{Certainty, LOST},
    search,
};

/// A slip may begin this many chars before the window that shows it.
const REACH: usize = 4;
/// Nats that a repair must gain: about two words.
const MIN_GAIN: f32 = 12.0;
/// Upper bound on the cost of a repaired stretch, in nats per char.
const MAX_COST_PER_CHAR: f32 = 7.5;
/// Suspicious characters from which pairs that vanished are looked for.
const SUSPICIOUS: usize = 2;
/// Chars of a slip that counts as repaired as soon as it reads well; in a longer one pairs may
/// have vanished even so (保、娠醫 for 保、生物醫).
const SHORT: usize = 3;
/// Nats per char below which [`FLUENCY`] characters read well.
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

/// A stretch of chars and what replaces it.
pub(crate) struct Fix {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: Vec<char>,
    pub(crate) certainty: Certainty,
}

/// The fix for a damage; `None` when it is better left alone, as it is where no trace proves a slip.
pub(crate) fn decide(
    judge: &Likelihood<'_>,
    bridges: &Bridges,
    text: &[char],
    damage: &Damage,
) -> Option<Fix> {
    let from = damage.start.saturating_sub(REACH).max(damage.settled);
    bears_trace(judge, text, from..damage.end)
        .then(|| likeliest(judge, bridges, text, damage))
        .flatten()
        .filter(|fix| bears_trace(judge, text, fix.start..fix.end))
}

fn likeliest(
    judge: &Likelihood<'_>,
    bridges: &Bridges,
    text: &[char],
    damage: &Damage,
) -> Option<Fix> {
    for slips in [Slips::Traced, Slips::Untraced] {
        let plain = convincing(judge, None, text, damage, slips);
        if let Some(best) = plain.first()
            && rivals(&plain).is_empty()
            && best.end - best.start <= SHORT
            && best.is_common()
            && is_fluent(judge, text, best)
        {
            return Some(outcome(judge, text, &plain));
        }
        let in_depth = damage.alarm.is_some()
            && (damage.certain || suspicious_count(judge, text, damage) >= SUSPICIOUS);
        let all = if in_depth {
            convincing(judge, Some(bridges), text, damage, slips)
        } else {
            plain
        };
        if !all.is_empty() {
            return Some(outcome(judge, text, &all));
        }
    }
    damage
        .certain
        .then(|| give_up(judge, text, damage))
        .flatten()
}

/// Candidates that read well enough, best first. `bridges` are given to look for pairs that
/// vanished, too.
fn convincing(
    judge: &Likelihood<'_>,
    bridges: Option<&Bridges>,
    text: &[char],
    damage: &Damage,
    slips: Slips,
) -> Vec<Candidate> {
    let from = damage.start.saturating_sub(REACH).max(damage.settled);
    // What shows first is where the slip begins, or soon after.
    let shows = damage.alarm.unwrap_or(damage.start);
    let to = damage.end.min(shows + WINDOW + REACH);
    let mut candidates = search::candidates(judge, text, slips, bridges, from..to);
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

/// The fix that follows from the candidates, of which there must be one: the best of them, with
/// [`LOST`] where its rivals disagree.
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
    let whole = best.in_context(text, start, end);
    let mut agreed = vec![true; whole.len()];
    for (agreed, unsure) in agreed[best.start - start..].iter_mut().zip(unsure) {
        *agreed = !unsure;
    }
    for rival in rivals {
        let other = rival.in_context(text, start, end);
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

/// For every character of a candidate, whether it is a guess that reads hardly better than a
/// missing character.
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
        // Only what follows supports the first character.
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
    candidate.gain >= MIN_GAIN && cost_per_char(judge, text, candidate) < MAX_COST_PER_CHAR
}

/// What the restored stretch costs where it stands, in nats per char.
fn cost_per_char(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> f32 {
    let costs = costs_in_place(judge, text, candidate);
    let chars = costs.len() - 1;
    costs[chars] / (chars as f32)
}

/// True when every part of the stretch reads so well that nothing seems to be missing from it.
fn is_fluent(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> bool {
    let costs = costs_in_place(judge, text, candidate);
    let windows = costs.windows(FLUENCY + 1);
    windows
        .map(|costs| costs[FLUENCY] - costs[0])
        .all(|cost| cost < FLUENT * FLUENCY as f32)
}

/// The cost up to each character of the restored stretch and two on either side.
fn costs_in_place(judge: &Likelihood<'_>, text: &[char], candidate: &Candidate) -> Vec<f32> {
    let before = &text[candidate.start.saturating_sub(2)..candidate.start];
    let after = &text[candidate.end..(candidate.end + 2).min(text.len())];
    let whole = before.iter().chain(&candidate.text).chain(after);
    judge.costs(&whole.copied().collect::<Vec<char>>())
}

/// Marks what is certainly damaged and cannot be restored: one [`LOST`] per character.
pub(crate) fn give_up(judge: &Likelihood<'_>, text: &[char], damage: &Damage) -> Option<Fix> {
    let is_damaged = |at: usize| {
        let c = language().fold(text[at]);
        let rare = is_han(c) && judge.idiom.char_cost(c) > 11.0 && !language().is_common(c);
        text[at] == '?' || rare || is_implausible(judge, c)
    };
    let start = (damage.start..damage.end).find(|at| is_damaged(*at))?;
    let last = (start..damage.end).rev().find(|at| is_damaged(*at))?;
    let end = last + 1;
    // `??` is one character of which both bytes were refused.
    let orphans = text[start..end].iter().filter(|c| **c == '?').count();
    let lost = (end - start - orphans) + orphans.div_ceil(2);
    Some(Fix {
        start,
        end,
        text: vec![LOST; lost],
        certainty: Certainty::Lost,
    })
}
