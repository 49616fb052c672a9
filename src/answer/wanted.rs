//! What a message wants of the bot, before any passage is looked for.

use super::{
    concern::{self, Heard},
    intent::{self, Intent},
    likely::{self, Likely},
};
use crate::retrieval::{DocumentNumber, Message, Retriever};

/// What a message wants, and what it tells of: by its form, or else by what it is likely to be.
pub(super) fn wanted(retriever: &Retriever, read: &Message) -> (Intent, Option<Heard>) {
    let (intents, folded) = (retriever.intents(), read.folded());
    let concern = concern::heard(intents, folded);
    match (intent::classify(intents, folded), concern) {
        (Intent::Ask, None) if !DocumentNumber::all(folded).is_empty() => (Intent::Ask, None),
        (Intent::Ask, None) => match likely::likely(intents, folded) {
            Some(Likely::Wants(intent)) => {
                let told = intent.may_ask_of_the_report() && names_what_is_told(retriever, read);
                (if told { Intent::Ask } else { intent }, None)
            }
            Some(Likely::Tells(concern)) => {
                let name = || retriever.matter(&retriever.understand_message(read, None));
                let heard = concern::likely(intents, folded, concern, name);
                (Intent::Ask, Some(heard))
            }
            None => (Intent::Ask, None),
        },
        known => known,
    }
}

/// True for a message that names something that passages tell of: what 两聚力四强化 means is asked of
/// the report.
fn names_what_is_told(retriever: &Retriever, read: &Message) -> bool {
    let query = retriever.understand_message(read, None);
    let named = retriever
        .has_matter(&query)
        .then(|| retriever.matter(&query));
    !query.terms().is_empty()
        || named
            .flatten()
            .is_some_and(|name| retriever.speaks_of(&name))
}
