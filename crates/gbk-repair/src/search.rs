//! Finds what a damaged stretch said, by trying every way in which the bytes can have slipped.
//!
//! A stretch is *read late*: each of its characters is the second byte of one true character and
//! the first byte of the next. Undoing it needs three guesses: where the slip began (a start),
//! which byte went missing there, and where reading fell into step again (an end). Reading on
//! from a start keeps the [`BEAM`] cheapest readings; every step at which a reading could be back
//! in step gives candidates.

use std::collections::HashSet;

use crate::{
    bridges::{Bridge, Bridges},
    candidate::{Candidate, Slips},
    gbk::{self, LEADS, Pair},
    language::{Script, is_han, language},
    likelihood::{IMPLAUSIBLE, Likelihood, Tail},
    reading::{Reading, Trail, best},
};

/// Readings kept at each step.
const BEAM: usize = 256;
/// Readings tried for pairs that vanished without a trace.
const VANISHING: usize = 40;
/// Candidates taken from one end.
const PER_END: usize = 24;
/// Chars on either side that the cost of a candidate includes, so that it must fit in.
const CONTEXT: usize = 8;
/// Longest stretch that is read late, in chars. The longest seen so far has 28.
const LONGEST: usize = 80;

/// A reading is abandoned when it costs this many nats more than the text as it stands.
const HOPELESS: f32 = 12.0;

/// Nats that the last character of a reading may cost on top before it completes a word.
const CHARACTER: f32 = 10.0;

/// The costs of slips, in nats: those that are rarer, or that leave more to guess, need stronger
/// evidence.
mod cost {
    pub(crate) const FOLDED_PAIR: f32 = 3.0;
    pub(crate) const STRAY_LEAD: f32 = 4.0;
    pub(crate) const LOST_BYTE: f32 = 8.0;
    /// Taken off for every restored character: coherent text is likelier than its words taken singly,
    /// so that without this the outcome with fewer characters would win.
    pub(crate) const CHAR: f32 = 1.4;
    pub(crate) const VANISHED_PAIR: f32 = 0.5;
    pub(crate) const VANISHED_BYTE: f32 = 2.0;
    pub(crate) const UNKNOWN_BYTE: f32 = 0.0;
    pub(crate) const NARROWED_MARK: f32 = 1.0;
    /// For a character of the other script than the text is written in.
    pub(crate) const FOREIGN: f32 = 8.0;
}

/// What to search, and for what.
#[derive(Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) judge: &'a Likelihood<'a>,
    pub(crate) text: &'a [char],
    pub(crate) slips: Slips,
    /// Given to look for pairs that vanished, which takes ten times as long.
    pub(crate) bridges: Option<&'a Bridges>,
}

/// Candidates for slips that begin in `from..to` (chars of the text), likeliest first; of
/// candidates that give the same text, only the likeliest.
pub(crate) fn candidates(task: Task<'_>, from: usize, to: usize) -> Vec<Candidate> {
    let Task { judge, text, .. } = task;
    let mut found = Vec::new();
    let script = language().script_of(text);
    for start in from..to.min(text.len()) {
        Search::new(task, start, script).run(&mut found);
    }
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    let last = found.iter().map(|c| c.end).max().unwrap_or(to);
    let mut seen = HashSet::new();
    found.retain(|candidate| seen.insert(candidate.in_context(judge, text, from, last)));
    found
}

struct Search<'a> {
    judge: &'a Likelihood<'a>,
    text: &'a [char],
    start: usize,
    /// The text before the start.
    tail: Tail,
    /// Cost of the text as it stands, from `start` on, relative to `start`'s context.
    as_is: Vec<f32>,
    /// The characters of all readings.
    trail: Trail,
    slips: Slips,
    /// What the text is written in.
    script: Option<Script>,
    /// Given when vanished pairs are looked for.
    bridges: Option<&'a Bridges>,
}

impl<'a> Search<'a> {
    fn new(task: Task<'a>, start: usize, script: Option<Script>) -> Self {
        let Task {
            judge,
            text,
            slips,
            bridges,
        } = task;
        let mut tail = Tail::default();
        for c in &text[start.saturating_sub(CONTEXT)..start] {
            tail.push(judge, *c);
        }
        let mut along = tail;
        let mut as_is = vec![along.cost()];
        for c in text[start..].iter().take(LONGEST + 2 + CONTEXT) {
            along.push(judge, *c);
            as_is.push(along.cost());
        }
        Self {
            judge,
            text,
            start,
            tail,
            as_is,
            trail: Trail::default(),
            slips,
            script,
            bridges,
        }
    }

    fn run(mut self, found: &mut Vec<Candidate>) {
        let at = self.start;
        let first = self.text[at];
        let pair = gbk::table().pair(first);
        match self.slips {
            Slips::Untraced => {
                if let Some((lead, trail)) = pair
                    && LEADS.contains(&trail)
                {
                    let readings = self.after_lost_byte((lead, trail));
                    self.read(at + 1, readings, found);
                }
            }
            Slips::Traced => {
                if let Some(pending) = folded_mark(first) {
                    let readings = self.after_folded_pair(pending);
                    self.read(at + 1, readings, found);
                }
                let second = self.text.get(at + 1).copied();
                if first == '?'
                    && let Some(pending) = second.and_then(folded_mark)
                {
                    let readings = self.after_folded_pair(pending);
                    self.read(at + 2, readings, found);
                }
                let begins = at == 0 || matches!(self.text[at - 1], ' ' | '\n' | '\u{3000}');
                if let Some((0xa1, trail)) = pair
                    && begins
                    && LEADS.contains(&trail)
                {
                    let reading = self.blank(cost::STRAY_LEAD, trail);
                    self.read(at + 1, vec![reading], found);
                }
            }
        }
    }

    fn blank(&self, penalty: f32, pending: u8) -> Reading {
        Reading {
            node: Trail::ROOT,
            tail: self.tail,
            penalty,
            pending,
            half: false,
        }
    }

    /// ！ ？ or ； was seen across two characters and folded to ASCII: the lead of the first is
    /// lost, its trail is A3, and the second begins with `pending`.
    fn after_folded_pair(&mut self, pending: u8) -> Vec<Reading> {
        let blank = self.blank(cost::FOLDED_PAIR, pending);
        let chars = gbk::table().closed_by(0xa3).iter();
        chars
            .filter_map(|(_, c)| self.guess(&blank, *c, pending, 0.0))
            .collect()
    }

    /// One byte is missing from the first character, either half.
    fn after_lost_byte(&mut self, (lead, pending): Pair) -> Vec<Reading> {
        let blank = self.blank(cost::LOST_BYTE, pending);
        let gbk = gbk::table();
        let chars = gbk.led_by(lead).iter().chain(gbk.closed_by(lead));
        chars
            .filter_map(|(_, c)| self.guess(&blank, *c, pending, 0.0))
            .collect()
    }

    /// `reading` with one more character; `None` when the character is implausible.
    fn extend(&mut self, reading: &Reading, c: char, pending: u8, penalty: f32) -> Option<Reading> {
        if self.judge.char_cost(self.judge.fold(c)) >= IMPLAUSIBLE {
            return None;
        }
        self.judge.count();
        let script = language().script(c);
        let foreign = script.is_some() && self.script.is_some() && script != self.script;
        let penalty = penalty + if foreign { cost::FOREIGN } else { 0.0 };
        let mut next = *reading;
        next.tail.push(self.judge, c);
        next.penalty += penalty - cost::CHAR;
        next.pending = pending;
        next.node = self.trail.push(reading.node, c, reading.half);
        next.half = false;
        Some(next)
    }

    /// [`extend`](Self::extend) with a character that has a byte the text has not.
    fn guess(&mut self, reading: &Reading, c: char, pending: u8, penalty: f32) -> Option<Reading> {
        let reading = Reading {
            half: true,
            ..*reading
        };
        self.extend(&reading, c, pending, penalty)
    }

    /// Reads on from `at`, adding a candidate wherever reading can be back in step.
    fn read(&mut self, at: usize, readings: Vec<Reading>, found: &mut Vec<Candidate>) {
        let mut readings = best(readings, BEAM);
        let first = at;
        for at in first..self.text.len().min(first + LONGEST) + 1 {
            // Until a character was read late, nothing but an ASCII letter speaks for a slip.
            let slipped = self.text[first..at]
                .iter()
                .any(|c| folded_mark(*c).is_none());
            if let Some(bridges) = self.bridges {
                let next = self.text.get(at).and_then(|c| code(*c));
                let next = next.map(|((first, _), _)| first);
                let limit = self.as_is[at - self.start] + HOPELESS;
                self.add_vanished_pairs(&mut readings, next, bridges, limit);
            }
            let Some(&c) = self.text.get(at) else {
                if slipped {
                    self.close_by_vanished_byte(at, &readings, found);
                }
                return;
            };
            if slipped || matches!(c, '\x40'..='\x7e') {
                self.close(at, c, &readings, found);
            }
            let Some(((first, second), penalty)) = code(c) else {
                return;
            };
            let mut next = Vec::new();
            for reading in &readings {
                if let Some(c) = gbk::table().char((reading.pending, first)) {
                    next.extend(self.extend(reading, c, second, penalty));
                }
            }
            readings = best(next, BEAM);
            let hopeless = self.as_is[at + 1 - self.start] + HOPELESS;
            if readings.first().is_none_or(|best| best.cost() > hopeless) {
                return;
            }
        }
    }

    /// Adds readings in which pairs vanished before the byte `next`.
    ///
    /// Pairs that GBK does not assign left nothing behind: between any two characters there may
    /// have been one or two. As that leaves much to guess, only common characters are guessed,
    /// and between two lost pairs only marks and what makes a word with the next. Readings that
    /// cost more than `limit` are not continued like this.
    fn add_vanished_pairs(
        &mut self,
        readings: &mut Vec<Reading>,
        next: Option<u8>,
        bridges: &Bridges,
        limit: f32,
    ) {
        let gbk = gbk::table();
        let mut halves = Vec::new();
        let known = readings.iter().take(VANISHING);
        for reading in known.take_while(|reading| reading.cost() < limit) {
            for (lead, c) in gbk.led_by(reading.pending) {
                if self.is_common(*c) && !gbk.unassigned_after(*lead).is_empty() {
                    halves.extend(self.guess(reading, *c, *lead, cost::VANISHED_PAIR));
                }
            }
        }
        let bridges: Vec<Bridge> =
            next.map_or_else(Vec::new, |next| bridges.before(next, self.judge));
        halves.retain(|half: &Reading| half.cost() < limit + CHARACTER);
        for half in best(halves, VANISHING) {
            for trail in gbk.unassigned_after(half.pending) {
                let next = next.and_then(|next| gbk.char((*trail, next)));
                if LEADS.contains(trail) && next.is_none_or(|c| self.is_common(c)) {
                    readings.push(Reading {
                        pending: *trail,
                        half: true,
                        ..half
                    });
                }
            }
            for &(lead, c, pending) in &bridges {
                if gbk.is_unassigned((half.pending, lead)) {
                    let bridged = self.guess(&half, c, pending, cost::VANISHED_PAIR);
                    readings.extend(bridged.map(|reading| Reading {
                        half: true,
                        ..reading
                    }));
                }
            }
        }
    }

    fn is_common(&self, c: char) -> bool {
        !is_han(c) || self.judge.is_common(self.judge.fold(c))
    }

    /// Back in step at `c`: an ASCII letter is a trail byte of its own, a `?` stands for one.
    fn close(&mut self, at: usize, c: char, readings: &[Reading], found: &mut Vec<Candidate>) {
        match c {
            '\x40'..='\x7e' => {
                let mut closed = Vec::new();
                for reading in readings {
                    if let Some(c) = gbk::table().char((reading.pending, c as u8)) {
                        closed.extend(self.extend(reading, c, 0, 0.0));
                    }
                }
                self.add(at + 1, closed, found);
            }
            '?' => {
                let closed = self.with_unknown_trail(readings, cost::UNKNOWN_BYTE);
                self.add(at + 1, closed, found);
            }
            '\0'..='\x3e' => self.close_by_vanished_byte(at, readings, found),
            _ => {}
        }
    }

    /// Back in step before `at`: the byte left over vanished without a trace.
    fn close_by_vanished_byte(
        &mut self,
        at: usize,
        readings: &[Reading],
        found: &mut Vec<Candidate>,
    ) {
        let closed = self.with_unknown_trail(readings, cost::VANISHED_BYTE);
        self.add(at, closed, found);
    }

    fn with_unknown_trail(&mut self, readings: &[Reading], penalty: f32) -> Vec<Reading> {
        let mut closed = Vec::new();
        for reading in &best(readings.to_vec(), BEAM) {
            for (trail, c) in gbk::table().led_by(reading.pending) {
                // A smaller trail byte is ASCII and would still be there.
                if LEADS.contains(trail) {
                    closed.extend(self.guess(reading, *c, 0, penalty));
                }
            }
        }
        closed
    }

    fn add(&self, end: usize, closed: Vec<Reading>, found: &mut Vec<Candidate>) {
        let last = (end + CONTEXT).min(self.text.len());
        let Some(as_is) = self.as_is.get(last - self.start) else {
            return;
        };
        for reading in best(closed, PER_END) {
            let mut tail = reading.tail;
            for c in &self.text[end..last] {
                tail.push(self.judge, *c);
            }
            let gain = as_is - tail.cost() - reading.penalty;
            if gain > 0.0 {
                let (text, guesses) = self.trail.text_of(reading.node);
                found.push(Candidate {
                    start: self.start,
                    end,
                    text,
                    gain,
                    guesses,
                    slips: self.slips,
                });
            }
        }
    }
}

/// The trail byte of ！ ？ ；, whose pairs (A3 + trail) were folded to ASCII.
fn folded_mark(c: char) -> Option<u8> {
    match c {
        '!' | '！' => Some(0xa1),
        '?' | '？' => Some(0xbf),
        ';' | '；' => Some(0xbb),
        _ => None,
    }
}

/// The bytes of a character that was read late, and what believing it costs: a half-width mark
/// was narrowed after the damage, so it too stands for two bytes.
fn code(c: char) -> Option<(Pair, f32)> {
    match c {
        ',' | ':' | ';' | '!' | '?' | '(' | ')' => {
            Some(((0xa3, c as u8 + 0x80), cost::NARROWED_MARK))
        }
        _ => gbk::table().pair(c).map(|pair| (pair, 0.0)),
    }
}
