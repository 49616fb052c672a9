//! Which benefit a question names: by the title of its document, by what people call that, by its own name.

use std::sync::Arc;

use time::Date;

use super::{benefit::Benefit, book::Book, validity::holds};
use crate::{corpus::Validity, retrieval::Retriever, text::normalize::fold};

/// Words for money from the government that people take one for the other, all of the same length: 高龄补贴 asks for
/// 高龄津贴.
const ALIKE: [&str; 3] = ["津贴", "补贴", "补助"];

/// The benefit that a folded question names, and the words that do; of several those that hold, of the place that leads,
/// and the newest of them. A document that another one took the place of stands for that.
pub(super) fn named(
    (retriever, book): (&Retriever, &Book),
    folded: &str,
    today: Date,
) -> Option<(Arc<Benefit>, Option<String>)> {
    let exactly = found((retriever, book), folded, today);
    exactly.or_else(|| {
        let ways = ALIKE.iter().filter_map(|word| {
            let spelt = ALIKE
                .iter()
                .fold(folded.to_owned(), |text, other| text.replace(other, word));
            (spelt != folded).then_some(spelt)
        });
        let mut ways = ways.filter_map(|spelt| found((retriever, book), &spelt, today));
        ways.next().map(|(benefit, name)| {
            // As it was typed, as far as it is.
            let typed = name.filter(|name| folded.contains(name.as_str()));
            (benefit, typed)
        })
    })
}

fn found(
    (retriever, book): (&Retriever, &Book),
    folded: &str,
    today: Date,
) -> Option<(Arc<Benefit>, Option<String>)> {
    let services = retriever.services();
    let named = services.named(folded);
    let of_services = named.iter().filter_map(|named| {
        let service = services.get(named.service)?;
        let benefit = of_document((retriever, book), service.document, today)?;
        Some((benefit, named.span.of(folded).to_owned()))
    });
    let by_name = book.benefits().iter().flat_map(|benefit| {
        let document = retriever.library().document(benefit.index);
        let called = document.map_or(&[][..], |one| &one.meta.policy.also_called);
        let own = benefit.rules.benefit();
        let names = called.iter().map(String::as_str).chain([own]).map(fold);
        let names = names.filter(|name| folded.contains(name.as_str()));
        names.map(|name| (Arc::clone(benefit), name))
    });
    let all: Vec<(Arc<Benefit>, String)> = of_services.chain(by_name).collect();
    if all.is_empty() {
        return None;
    }
    // Of another place than the question names, a benefit is another one.
    let question = retriever.understand(folded, None);
    let all = all
        .into_iter()
        .filter(|(benefit, _)| question.scope().holds(benefit.index));
    let best = all.max_by_key(|(benefit, name)| {
        (
            name.chars().count(),
            holds(retriever, benefit, today),
            retriever.catalog().leads(benefit.index),
            begins(retriever, benefit),
        )
    });
    best.map(|(benefit, name)| (benefit, Some(name)))
}

/// What the document at `index` grants, or what took its place.
fn of_document(
    (retriever, book): (&Retriever, &Book),
    index: usize,
    today: Date,
) -> Option<Arc<Benefit>> {
    let document = retriever.library().document(index)?;
    match retriever.validities().on(document, today) {
        Some(Validity::Replaced { by }) => book.at(by).or_else(|| book.at(index)),
        _ => book.at(index),
    }
    .cloned()
}

fn begins(retriever: &Retriever, benefit: &Benefit) -> Option<Date> {
    let document = retriever.library().document(benefit.index)?;
    document.meta.policy.begins_on()
}
