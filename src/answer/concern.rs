//! What a message tells of that somebody else has to deal with: danger, a crime, unpaid wages, a
//! fault.
//!
//! A fault is told by its form: a concrete thing, how it is broken or missing, and no question but
//! whom to turn to. What asks for a plan, a policy or a figure stays a question.

use regex::Match;

use super::{
    parts,
    referral::{Concern, Referral},
};
use crate::retrieval::{IntentList, Intents};

/// What a message tells of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// Whom it is referred to.
    pub(super) referral: Referral,
    /// True when the message also asks what the government does.
    pub(super) asks: bool,
}

/// Where a minute may count, in the order in which they are tried.
const URGENT: [(IntentList, Concern); 5] = [
    (IntentList::Medical, Concern::Medical),
    (IntentList::Fire, Concern::Fire),
    (IntentList::Despair, Concern::Despair),
    (IntentList::Crime, Concern::Crime),
    (IntentList::Fraud, Concern::Fraud),
];

/// Who speaks of themselves.
const SELF: [char; 3] = ['我', '俺', '咱'];

/// Faults that have a number of their own.
const PARTICULAR: [(IntentList, Concern); 3] = [
    (IntentList::TrafficLight, Concern::TrafficLight),
    (IntentList::PowerCut, Concern::PowerCut),
    (IntentList::Hazard, Concern::Hazard),
];

/// What a folded message tells of; `None` for a question on policy and for small talk.
pub(super) fn heard(intents: &Intents, folded: &str) -> Option<Heard> {
    let of = |list| intents.matches(list, folded);
    let told = |concern| told(concern, "");
    // An accident at work that the employer does not pay for.
    let owed = of(IntentList::Wages);
    let urgent = URGENT.iter().find(|(list, _)| of(*list));
    let on_policy = of(IntentList::Prevention);
    match urgent {
        Some((_, Concern::Medical)) if owed => {}
        // Who is in despair is heard whatever else is asked.
        Some((_, concern))
            if on_policy && (*concern != Concern::Despair || !folded.contains(SELF)) =>
        {
            return None;
        }
        Some((_, concern)) => {
            return Some(Heard {
                asks: on_policy || of(IntentList::DistressQuestion),
                ..told(*concern)
            });
        }
        None => {}
    }
    if of(IntentList::Corruption) && !on_policy {
        return Some(told(Concern::Corruption));
    }
    if owed && !on_policy && !of(IntentList::PolicyQuestion) {
        return Some(told(Concern::Wages));
    }
    fault(intents, folded)
}

/// The fault that a folded message tells of.
fn fault(intents: &Intents, folded: &str) -> Option<Heard> {
    let of = |list| intents.matches(list, folded);
    let matter = matter(intents, folded)?;
    if of(IntentList::PolicyQuestion) {
        return None;
    }
    let seeking = intents.pattern(IntentList::Seeking);
    let rest = seeking.replace_all(folded, "");
    let rest = rest.trim_end_matches(['?', '!', '。', '.', ',', ' ']);
    if parts::asks(intents, rest) {
        return None;
    }
    let particular = PARTICULAR.iter().find(|(list, _)| of(*list));
    let concern = particular.map_or(Concern::Fault, |(_, concern)| *concern);
    Some(told(concern, matter))
}

/// What a folded message tells of that is likely of `concern`; the matter is what it names by itself,
/// or else `name`.
pub(super) fn likely(
    intents: &Intents,
    folded: &str,
    concern: Concern,
    name: impl FnOnce() -> Option<String>,
) -> Heard {
    let matter = concern.is_fault().then(|| {
        let matter = matter(intents, folded).map(str::to_owned);
        matter.or_else(name).unwrap_or_default()
    });
    told(concern, &matter.unwrap_or_default())
}

/// That a message tells of `concern`, of `matter` if it names a thing, and asks nothing.
fn told(concern: Concern, matter: &str) -> Heard {
    let matter = matter.to_owned();
    Heard {
        referral: Referral { concern, matter },
        asks: false,
    }
}

/// The thing that is broken or missing: what is missing stands behind the word that says so (宿舍没暖气),
/// what is broken is named last before it (巷子里的路灯坏了). A name of one character (路, 水) only where
/// there is no longer one.
fn matter<'a>(intents: &Intents, folded: &'a str) -> Option<&'a str> {
    let state = intents.pattern(IntentList::FaultState).find(folded)?;
    let state = state.range();
    let things = intents.pattern(IntentList::FaultThing).find_iter(folded);
    let things: Vec<_> = things.collect();
    let long = |thing: &&Match<'_>| thing.as_str().chars().count() > 1;
    let missing = |thing: &&Match<'_>| state.start < thing.start() && thing.end() <= state.end;
    let start = state.start;
    let before = || {
        things
            .iter()
            .rev()
            .filter(move |thing| thing.start() <= start)
    };
    let matter = things
        .iter()
        .find(|thing| missing(thing) && long(thing))
        .or_else(|| before().find(long))
        .or_else(|| things.iter().find(long))
        .or_else(|| before().next())
        .or(things.first());
    matter.map(Match::as_str)
}

#[cfg(test)]
mod tests;
