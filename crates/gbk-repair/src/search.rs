//! Finds what a damaged stretch said, by trying every way in which the bytes can have slipped.
//!
//! A stretch is *read late*: each of its characters is the second byte of one true character and
//! the first byte of the next. Undoing it needs three guesses: where the slip began (a start),
//! which byte went missing there, and where reading fell into step again (an end). Reading on
//! from a start keeps the [`BEAM`] cheapest readings; every step at which a reading could be back
//! in step gives candidates.

use std::{collections::HashSet, ops::Range};

use crate::{
    bridges::Bridges,
    candidate::{Candidate, Slips},
    gbk::{self, LEADS, Pair},
    language::{Script, language},
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

/// Candidates for slips that begin in `range` (chars of the text), likeliest first; of candidates
/// that give the same text, only the likeliest. `bridges` are given to look for pairs that vanished,
/// which takes ten times as long.
pub(crate) fn candidates(
    judge: &Likelihood<'_>,
    text: &[char],
    slips: Slips,
    bridges: Option<&Bridges>,
    range: Range<usize>,
) -> Vec<Candidate> {
    let Range {
        start: from,
        end: to,
    } = range;
    let mut found = Vec::new();
    let script = language().script_of(text);
    for start in from..to.min(text.len()) {
        let (tail, as_is) = costs_from(judge, text, start);
        let search = Search {
            judge,
            text,
            start,
            tail,
            as_is,
            trail: Trail::default(),
            slips,
            script,
            bridges,
            found: Vec::new(),
        };
        found.extend(search.run());
    }
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    let last = found.iter().map(|c| c.end).max().unwrap_or(to);
    let mut seen = HashSet::new();
    found.retain(|candidate| seen.insert(candidate.in_context(text, from, last)));
    found
}

/// The text before `start`, and what it costs as it stands from there on.
fn costs_from(judge: &Likelihood<'_>, text: &[char], start: usize) -> (Tail, Vec<f32>) {
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
    (tail, as_is)
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
    found: Vec<Candidate>,
}

impl Search<'_> {
    fn run(mut self) -> Vec<Candidate> {
        let at = self.start;
        let first = self.text[at];
        let gbk = gbk::table();
        let pair = gbk.pair(first);
        match self.slips {
            Slips::Untraced => {
                // One byte is missing from the first character, either half.
                if let Some((lead, trail)) = pair
                    && LEADS.contains(&trail)
                {
                    let chars = gbk.led_by(lead).iter().chain(gbk.closed_by(lead));
                    let readings = self.begin(cost::LOST_BYTE, trail, chars);
                    self.read(at + 1, readings);
                }
            }
            Slips::Traced => {
                if let Some(pending) = folded_mark(first) {
                    let readings = self.after_folded_pair(pending);
                    self.read(at + 1, readings);
                }
                let second = self.text.get(at + 1).copied();
                if first == '?'
                    && let Some(pending) = second.and_then(folded_mark)
                {
                    let readings = self.after_folded_pair(pending);
                    self.read(at + 2, readings);
                }
                let begins = at == 0 || matches!(self.text[at - 1], ' ' | '\n' | '\u{3000}');
                if let Some((0xa1, trail)) = pair
                    && begins
                    && LEADS.contains(&trail)
                {
                    let reading = self.blank(cost::STRAY_LEAD, trail);
                    self.read(at + 1, vec![reading]);
                }
            }
        }
        self.found
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
        let chars = gbk::table().closed_by(0xa3).iter();
        self.begin(cost::FOLDED_PAIR, pending, chars)
    }

    /// One of `chars` was first, and the second character begins with `pending`.
    fn begin<'c>(
        &mut self,
        penalty: f32,
        pending: u8,
        chars: impl Iterator<Item = &'c (u8, char)>,
    ) -> Vec<Reading> {
        let blank = self.blank(penalty, pending);
        chars
            .filter_map(|(_, c)| self.guess(&blank, *c, pending, 0.0))
            .collect()
    }

    /// `reading` with one more character; `None` when the character is implausible.
    fn extend(&mut self, reading: &Reading, c: char, pending: u8, penalty: f32) -> Option<Reading> {
        if self.judge.idiom.char_cost(language().fold(c)) >= IMPLAUSIBLE {
            return None;
        }
        self.judge.tried.set(self.judge.tried.get() + 1);
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
    fn read(&mut self, at: usize, readings: Vec<Reading>) {
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
                    self.close_by_vanished_byte(at, &readings);
                }
                return;
            };
            if slipped || matches!(c, '\x40'..='\x7e') {
                self.close(at, c, &readings);
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
                if language().is_everyday(*c) && !gbk.unassigned_after(*lead).is_empty() {
                    halves.extend(self.guess(reading, *c, *lead, cost::VANISHED_PAIR));
                }
            }
        }
        let bridges = next.map_or_else(Vec::new, |next| bridges.before(next, self.judge));
        halves.retain(|half: &Reading| half.cost() < limit + CHARACTER);
        for half in best(halves, VANISHING) {
            for trail in gbk.unassigned_after(half.pending) {
                let next = next.and_then(|next| gbk.char((*trail, next)));
                if LEADS.contains(trail) && next.is_none_or(|c| language().is_everyday(c)) {
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

    /// Back in step at `c`: an ASCII letter is a trail byte of its own, a `?` stands for one.
    fn close(&mut self, at: usize, c: char, readings: &[Reading]) {
        match c {
            '\x40'..='\x7e' => {
                let mut closed = Vec::new();
                for reading in readings {
                    if let Some(c) = gbk::table().char((reading.pending, c as u8)) {
                        closed.extend(self.extend(reading, c, 0, 0.0));
                    }
                }
                self.add(at + 1, closed);
            }
            '?' => {
                let closed = self.with_unknown_trail(readings, cost::UNKNOWN_BYTE);
                self.add(at + 1, closed);
            }
            '\0'..='\x3e' => self.close_by_vanished_byte(at, readings),
            _ => {}
        }
    }

    /// Back in step before `at`: the byte left over vanished without a trace.
    fn close_by_vanished_byte(&mut self, at: usize, readings: &[Reading]) {
        let closed = self.with_unknown_trail(readings, cost::VANISHED_BYTE);
        self.add(at, closed);
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

    fn add(&mut self, end: usize, closed: Vec<Reading>) {
        let last = (end + CONTEXT).min(self.text.len());
        let Some(&as_is) = self.as_is.get(last - self.start) else {
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
                self.found.push(Candidate {
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
