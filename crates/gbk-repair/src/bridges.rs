//! Characters between two pairs that vanished.

use std::sync::OnceLock;

use crate::{
    gbk::{self, LEADS},
    idiom::Idiom,
    language::{is_han, language},
    likelihood::Likelihood,
};

/// A character between two vanished pairs: its first byte, itself, and the byte that the second
/// pair leaves over.
pub(crate) type Bridge = (u8, char, u8);

/// The bridges that do not depend on surroundings, by the byte they stand before; made when asked
/// for, which takes some milliseconds, for one idiom.
#[derive(Debug)]
pub(crate) struct Bridges(Vec<OnceLock<Vec<Bridge>>>);

impl Default for Bridges {
    fn default() -> Self {
        Self((0..256).map(|_| OnceLock::new()).collect())
    }
}

impl Bridges {
    /// Characters that can stand between two vanished pairs before the byte `next`: those that
    /// any text may have there, and those that make a word of the surroundings.
    pub(crate) fn before(&self, next: u8, judge: &Likelihood<'_>) -> Vec<Bridge> {
        let general = self.0[usize::from(next)].get_or_init(|| general(judge.idiom, next));
        let mut bridges = general.clone();
        let gbk = gbk::table();
        for (first, second) in &judge.surroundings.pairs {
            for pending in language().variants(*second).filter_map(|c| {
                let (lead, trail) = gbk.pair(c)?;
                (trail == next).then_some(lead)
            }) {
                bridges.extend(language().variants(*first).filter_map(|c| {
                    let (lead, half) = gbk.pair(c)?;
                    let vanishes = LEADS.contains(&half) && gbk.is_unassigned((half, pending));
                    vanishes.then_some((lead, c, pending))
                }));
            }
        }
        bridges
    }
}

/// The bridges before the byte `next` that do not depend on the surroundings.
fn general(idiom: &Idiom, next: u8) -> Vec<Bridge> {
    let gbk = gbk::table();
    let judge = Likelihood::alone(idiom);
    let mut bridges = Vec::new();
    for lead in LEADS {
        for (half, c) in gbk.led_by(lead) {
            let is_mark = matches!(c, '，' | '、' | '。' | '；' | '“' | '”');
            if !is_mark && (!is_han(*c) || !language().is_everyday(*c)) {
                continue;
            }
            for pending in gbk.unassigned_after(*half) {
                let fits = |next| {
                    if is_mark {
                        language().is_everyday(next)
                    } else {
                        judge.knows_word(*c, next)
                    }
                };
                if LEADS.contains(pending) && gbk.char((*pending, next)).is_some_and(fits) {
                    bridges.push((lead, *c, *pending));
                }
            }
        }
    }
    bridges
}
