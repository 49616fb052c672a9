//! What is asked of a reply, rule by rule.

use std::collections::BTreeSet;

use super::{
    claims::{false_claims, is_talk},
    gold::{GoldReply, Holds},
    label::label_of,
    opening::{OwnWords, said},
    patterns::{APOLOGY, DENIAL, PHONE, QUOTED, WHOLE},
    reply::{Card, Reply},
    stock::Stock,
    text::{ANY_DENIAL, all_bare, bare, holds_any, one_of},
};

/// How a rule that applies was met: `Err` says what is wrong.
pub(super) type Outcome = Result<(), String>;

/// A rule; `None` where it does not apply.
type Rule = fn(&Case<'_>) -> Option<Outcome>;

/// Every rule with its name, in the order in which misses are told.
pub(super) const RULES: [(&str, Rule); 13] = [
    ("lead", lead),
    ("noise", noise),
    ("all", all),
    ("answer", answer),
    ("status", status),
    ("must", must),
    ("first", first),
    ("never", never),
    ("denial", denial),
    ("claims", claims),
    ("numbers", numbers),
    ("leads_on", leads_on),
    ("label", label),
];

/// What of a card is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// What a person sees.
    Quote,
    /// The paragraph behind it.
    Passage,
}

/// A reply beside its gold line, with all that several rules look at; texts are bare.
pub(super) struct Case<'a> {
    gold: &'a GoldReply,
    reply: &'a Reply,
    stock: &'a Stock,
    judged: Judged,
    /// Of each card.
    shown: Vec<String>,
    lead: Vec<String>,
    /// `lead` and `relevant`.
    good: Vec<String>,
    text: String,
    /// As written: claims and denials are looked for in all of it …
    own: OwnWords,
    /// … what has to be said in what is left without [`Stock`].
    opening: String,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        gold: &'a GoldReply,
        reply: &'a Reply,
        stock: &'a Stock,
        judged: Judged,
    ) -> Self {
        let own = OwnWords::of(&reply.text, &reply.citations);
        let shown = |card: &Card| match judged {
            Judged::Quote => bare(&card.quote),
            Judged::Passage => bare(&card.passage),
        };
        let lead = all_bare(&gold.lead);
        Self {
            gold,
            reply,
            stock,
            judged,
            shown: reply.citations.iter().map(shown).collect(),
            good: [lead.clone(), all_bare(&gold.relevant)].concat(),
            lead,
            text: bare(&reply.text),
            opening: stock.without(&own.opening, &gold.q),
            own,
        }
    }

    fn first_is_right(&self) -> bool {
        self.shown
            .first()
            .is_some_and(|card| holds_any(card, &self.lead))
    }

    /// No card is shown, and none need be.
    fn excused(&self) -> bool {
        self.shown.is_empty()
            && match self.gold.holds {
                Holds::Full => false,
                Holds::Part => self.gold.absent || self.lead.is_empty(),
                Holds::No | Holds::Talk => true,
            }
    }

    /// A card is worth reading if it holds a good passage; a quote of more than three sentences if at
    /// least half of them do.
    fn is_worth_reading(&self, card: &str) -> bool {
        let sentences = card.split(['。', '!', '?', '！', '？']);
        let sentences: Vec<&str> = sentences.filter(|s| s.chars().count() > 3).collect();
        let good = sentences
            .iter()
            .filter(|s| holds_any(s, &self.good))
            .count();
        let few = self.judged == Judged::Passage || sentences.len() <= 3;
        holds_any(card, &self.good) && (few || 2 * good >= sentences.len())
    }
}

/// Met, or what is wrong.
fn met(good: bool, wrong: impl FnOnce() -> String) -> Option<Outcome> {
    Some(if good { Ok(()) } else { Err(wrong()) })
}

/// Met when nothing is amiss.
fn none_of(amiss: &[impl AsRef<str>], what: &str, between: &str) -> Option<Outcome> {
    met(amiss.is_empty(), || {
        let amiss: Vec<&str> = amiss.iter().map(AsRef::as_ref).collect();
        format!("{what}{}", amiss.join(between))
    })
}

fn beginning(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// The first card holds one of `lead`.
fn lead(case: &Case<'_>) -> Option<Outcome> {
    if case.lead.is_empty() || case.excused() {
        return None;
    }
    met(case.first_is_right(), || {
        let first = case.reply.citations.first();
        let first = first.map_or("(none)".to_owned(), |card| beginning(&card.quote, 50));
        format!("first card: {first}")
    })
}

/// Every card is worth reading.
fn noise(case: &Case<'_>) -> Option<Outcome> {
    let cards = case.shown.iter().zip(&case.reply.citations).enumerate();
    let noise = cards.filter(|(_, (shown, _))| !case.is_worth_reading(shown));
    let noise: Vec<String> = noise
        .map(|(n, (_, card))| format!("#{} {}", n + 1, beginning(&card.quote, 28)))
        .collect();
    none_of(&noise, "noise: ", " | ")
}

/// Every list is met among the cards.
fn all(case: &Case<'_>) -> Option<Outcome> {
    if case.gold.all.is_empty() || case.excused() {
        return None;
    }
    let lacking = case.gold.all.iter().filter(|list| {
        let list = all_bare(list);
        !case.shown.iter().any(|card| holds_any(card, &list))
    });
    let lacking: Vec<&String> = lacking.filter_map(|list| list.first()).collect();
    none_of(&lacking, "lacks: ", " | ")
}

/// The spans stand in the text.
fn answer(case: &Case<'_>) -> Option<Outcome> {
    if case.gold.answer.is_empty() || case.excused() {
        return None;
    }
    let lacking = case
        .gold
        .answer
        .iter()
        .filter(|wanted| !one_of(&case.text, wanted));
    none_of(&lacking.collect::<Vec<_>>(), "answer lacks: ", ", ")
}

/// The status is one of those allowed; a part line that has a `lead` wants its card.
fn status(case: &Case<'_>) -> Option<Outcome> {
    let gold = case.gold;
    if gold.status.is_empty() {
        return None;
    }
    let wants_card = gold.holds == Holds::Part && !case.lead.is_empty() && !gold.absent;
    let allowed = gold.status.iter().map(String::as_str);
    let allowed: Vec<&str> = allowed
        .filter(|s| !(wants_card && *s == "not_found"))
        .collect();
    let status = case.reply.status.as_str();
    met(allowed.contains(&status), || {
        format!("status {status}, allowed {}", allowed.join("/"))
    })
}

/// The opening says what it has to. A denial is looked for outside quotation marks, all else anywhere.
fn must(case: &Case<'_>) -> Option<Outcome> {
    if case.gold.must.is_empty() {
        return None;
    }
    let (words, said) = (bare(&case.opening), said(&case.opening));
    let lacking = case.gold.must.iter().filter(|wanted| {
        let told = |one: &str| one_of(if one == ANY_DENIAL { &said } else { &words }, one);
        !wanted.split('|').any(told)
    });
    none_of(&lacking.collect::<Vec<_>>(), "the opening must say: ", ", ")
}

/// A number or office comes at once, before any denial.
fn first(case: &Case<'_>) -> Option<Outcome> {
    let wanted = case.gold.first.as_deref()?;
    let start = beginning(&said(&case.opening), 60);
    let before = DENIAL
        .find(&start)
        .map_or(start.len(), |denial| denial.start());
    met(one_of(&bare(&start[..before]), wanted), || {
        format!("must say first: {wanted}")
    })
}

/// The strings do not stand in the text.
fn never(case: &Case<'_>) -> Option<Outcome> {
    if case.gold.never.is_empty() {
        return None;
    }
    let held = case
        .gold
        .never
        .iter()
        .filter(|wrong| one_of(&case.text, wrong));
    none_of(&held.collect::<Vec<_>>(), "must not say: ", ", ")
}

/// What the report answers is not denied; talk is not answered with an apology for the report.
fn denial(case: &Case<'_>) -> Option<Outcome> {
    let wrong = match (case.gold.holds, case.gold.denial) {
        (Holds::Full, false) => &DENIAL,
        (Holds::Full, true) => &WHOLE,
        (Holds::Talk, false) => &APOLOGY,
        _ => return None,
    };
    let said = said(&case.own.opening);
    let found = wrong.find(&said);
    let found: Vec<&str> = found.iter().map(|found| found.as_str()).collect();
    none_of(&found, "denies: ", "")
}

/// What the opening says of the report is true.
fn claims(case: &Case<'_>) -> Option<Outcome> {
    let opening = &case.own.opening;
    let wrong = false_claims(opening, case.gold, case.reply);
    let claims = QUOTED.is_in(opening) && !is_talk(case.reply);
    if wrong.is_empty() && !claims {
        return None;
    }
    none_of(&wrong, "claims: ", ", ")
}

/// No more than two telephone numbers outside quotes.
fn numbers(case: &Case<'_>) -> Option<Outcome> {
    if case.gold.numbers {
        return None;
    }
    let given = PHONE
        .find_all(&case.own.everywhere)
        .map(|number| number.as_str());
    let given: BTreeSet<&str> = given.collect();
    met(given.len() <= 2, || {
        let given: Vec<&str> = given.into_iter().collect();
        format!("numbers: {}", given.join(", "))
    })
}

/// A refusal without a card names the thing asked or offers something else.
fn leads_on(case: &Case<'_>) -> Option<Outcome> {
    let gold = case.gold;
    let refuses = gold.holds == Holds::No || (gold.holds == Holds::Part && gold.absent);
    if !case.shown.is_empty() || gold.first.is_some() || !refuses {
        return None;
    }
    let leads_on = case.stock.leads_on(case.reply)
        || case.stock.names_the_matter(&bare(&case.opening), &gold.q);
    met(leads_on, || {
        "a dead end: neither names the thing asked nor leads on".to_owned()
    })
}

/// The first card says rightly how far the thing is.
fn label(case: &Case<'_>) -> Option<Outcome> {
    let right = case.gold.label.as_deref()?;
    let card = case.reply.citations.first()?;
    if !case.first_is_right() && !case.lead.is_empty() {
        return None;
    }
    let label = label_of(card, &case.reply.text);
    met(right.split('|').any(|one| one == label), || {
        format!("label {label}, right {right}")
    })
}
