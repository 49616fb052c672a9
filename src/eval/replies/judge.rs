//! The verdict on each reply.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::{
    gold::GoldReply,
    reply::Reply,
    rules::{Case, Judged, RULES},
    stock::Stock,
    text::{all_bare, bare, holds_any},
};

/// How one reply was judged.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// What it was judged by.
    pub gold: &'a GoldReply,
    /// Each rule that applies, in the order in which they are told, and whether it was met.
    pub components: Vec<(&'static str, bool)>,
    /// Two or more good passages are shown; `None` where the gold line does not speak of several.
    pub beside: Option<bool>,
    /// Every rule is met, where cards are judged by their passages.
    pub by_passage: bool,
    /// Number of cards.
    pub cards: usize,
    /// What is wrong; empty when satisfied.
    pub why: String,
}

impl Verdict<'_> {
    /// Every rule that applies is met.
    #[must_use]
    pub fn satisfied(&self) -> bool {
        self.components.iter().all(|(_, met)| *met)
    }

    /// Names of the rules that are not met.
    pub fn missed(&self) -> impl Iterator<Item = &'static str> {
        let missed = self.components.iter().filter(|(_, met)| !met);
        missed.map(|(name, _)| *name)
    }

    /// As one object: `id`, `satisfied`, every component, `why` and, where it applies, `beside`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut line = json!({"id": self.gold.id, "satisfied": self.satisfied(), "why": self.why});
        for (name, met) in &self.components {
            line[*name] = json!(met);
        }
        if let Some(beside) = self.beside {
            line["beside"] = json!(beside);
        }
        line
    }
}

/// A gold line with its reply; `None` where there is none.
pub type Replied<'a> = (&'a GoldReply, Option<&'a Reply>);

/// Each gold line with the reply of the same id, of several the last. Replies without a gold line are
/// left aside.
#[must_use]
pub fn matched<'a>(gold: &'a [GoldReply], replies: &'a [Reply]) -> Vec<Replied<'a>> {
    let by_id: HashMap<&str, &Reply> = replies.iter().map(|r| (r.id.as_str(), r)).collect();
    let reply = |gold: &GoldReply| by_id.get(gold.id.as_str()).copied();
    gold.iter().map(|gold| (gold, reply(gold))).collect()
}

/// Judges the replies, all of one program: what they share counts as said whatever is asked.
#[must_use]
pub fn judge<'a>(replied: &[Replied<'a>]) -> Vec<Verdict<'a>> {
    let given = replied
        .iter()
        .filter_map(|(gold, reply)| Some((gold.q.as_str(), (*reply)?)));
    let stock = Stock::of(&given.collect::<Vec<_>>());
    let verdict = |(gold, reply): &Replied<'a>| match reply {
        Some(reply) => verdict(gold, reply, &stock),
        None => Verdict {
            gold,
            components: vec![("answered_at_all", false)],
            beside: None,
            by_passage: false,
            cards: 0,
            why: "no output".to_owned(),
        },
    };
    replied.iter().map(verdict).collect()
}

fn verdict<'a>(gold: &'a GoldReply, reply: &Reply, stock: &Stock) -> Verdict<'a> {
    let case = Case::new(gold, reply, stock, Judged::Quote);
    let outcomes = RULES
        .iter()
        .filter_map(|(name, rule)| Some((*name, rule(&case)?)));
    let (mut components, mut why) = (Vec::new(), Vec::new());
    for (name, outcome) in outcomes {
        components.push((name, outcome.is_ok()));
        why.extend(outcome.err());
    }
    let paragraphs = Case::new(gold, reply, stock, Judged::Passage);
    Verdict {
        gold,
        components,
        beside: gold.several.then(|| shows_several(gold, reply)),
        by_passage: RULES
            .iter()
            .all(|(_, rule)| rule(&paragraphs).is_none_or(|met| met.is_ok())),
        cards: reply.citations.len(),
        why: why.join("; "),
    }
}

/// Two or more different sentences or clauses of the quotes hold a good passage.
fn shows_several(gold: &GoldReply, reply: &Reply) -> bool {
    let good = [all_bare(&gold.lead), all_bare(&gold.relevant)].concat();
    let quotes: Vec<String> = reply
        .citations
        .iter()
        .map(|card| bare(&card.quote))
        .collect();
    let pieces = quotes
        .iter()
        .flat_map(|quote| quote.split(['。', ';', '；', '\n']));
    let shown: BTreeSet<&str> = pieces.filter(|piece| holds_any(piece, &good)).collect();
    shown.len() >= 2
}
