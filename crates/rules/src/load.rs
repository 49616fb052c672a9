//! Loading: a rule file is read, and held against its document.

use std::collections::BTreeMap;

use wenzheng_text::normalize;

use crate::{
    clause,
    digest::digest,
    number,
    problem::{Fault, Faults, Problems},
    rules::Rules,
    source::{self, Claim, Draft, Vocabulary},
};

/// The document that rules belong to.
#[derive(Debug, Clone, Copy)]
pub struct Policy<'a> {
    /// Its number (文号), if it has one: the rules have to name the same, in any spelling.
    pub number: Option<&'a str>,
    /// Its whole text, with or without front matter.
    pub text: &'a str,
    /// The texts of its passages, in which quotes are looked for. Their order is what
    /// [`Quote::passage`](crate::Quote) counts.
    pub passages: &'a [&'a str],
    /// The texts of its sections on 对象, 条件 and 例外, without headings: what has to be covered.
    /// Without any, all passages have to be.
    pub restricting: &'a [&'a str],
}

/// What rules are loaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To answer people: somebody has signed them for the document's present text.
    Answering,
    /// To be looked through before signing: signature and digest are not asked for.
    Review,
}

/// Reads the rule file `text` and holds it against its document: every quote stands in exactly one passage
/// exactly once, every number of a rule in its quote, and the signature belongs to the present text. `file`
/// is the name that problems carry.
///
/// Clauses that nobody has written a rule for are no problem: they are left to the office in every result
/// ([`Rules::uncovered`]).
///
/// # Errors
/// Everything that is wrong in the file, at once. Other files are not concerned.
pub fn load(
    file: &str,
    text: &str,
    vocabulary: &Vocabulary,
    policy: Policy<'_>,
    purpose: Use,
) -> Result<Rules, Problems> {
    let mut faults = Faults::of(file, text);
    let draft = source::read(text, vocabulary, &mut faults);
    if purpose == Use::Answering {
        check_signature(&draft, policy, &mut faults);
    }
    check_number(&draft, policy, &mut faults);
    let mut passages = BTreeMap::new();
    for claim in &draft.claims {
        if let Some(passage) = check_claim(claim, policy, &mut faults) {
            passages.insert(claim.quote.clone(), passage);
        }
    }
    faults.result()?;
    let quotes: Vec<&str> = draft.claims.iter().map(|one| one.quote.as_str()).collect();
    let uncovered = uncovered(policy, &quotes);
    for clause in &uncovered {
        let passage = policy.passages.iter().position(|one| one.contains(clause));
        passages.extend(passage.map(|passage| (clause.clone(), passage)));
    }
    Ok(Rules {
        document: draft.document.map(|(number, _)| number).unwrap_or_default(),
        benefit: draft.benefit.unwrap_or_default(),
        person: draft.person.unwrap_or_default(),
        signature: draft.signature,
        variables: draft.variables,
        requirements: draft.requirements,
        rows: draft.rows,
        judged: draft.judged,
        uncovered,
        scenarios: draft.scenarios,
        passages,
    })
}

/// The clauses that no quote touches.
fn uncovered(policy: Policy<'_>, quotes: &[&str]) -> Vec<String> {
    let sections = match policy.restricting {
        [] => policy.passages,
        sections => sections,
    };
    let clauses = sections
        .iter()
        .flat_map(|section| clause::uncovered(section, quotes));
    clauses.map(str::to_owned).collect()
}

fn check_signature(draft: &Draft, policy: Policy<'_>, faults: &mut Faults) {
    match (&draft.digest, &draft.signature) {
        (Some((signed, line)), Some(_)) if *signed != digest(policy.text) => {
            faults.on(*line, Fault::Changed);
        }
        (Some(_), Some(_)) => {}
        (digest, _) => {
            let line = digest.as_ref().map_or(1, |(_, line)| *line);
            faults.on(line, Fault::NotSigned);
        }
    }
}

fn check_number(draft: &Draft, policy: Policy<'_>, faults: &mut Faults) {
    if let (Some((written, line)), Some(actual)) = (&draft.document, policy.number)
        && bare_number(written) != bare_number(actual)
    {
        let fault = Fault::OtherDocument {
            written: written.clone(),
            actual: actual.to_owned(),
        };
        faults.on(*line, fault);
    }
}

/// A number of a document without the signs that differ between spellings: 〔2025〕15号, （2025）15号,
/// 2025年15号.
fn bare_number(number: &str) -> String {
    let folded = normalize::fold(number);
    let counts = |c: &char| c.is_alphanumeric() && *c != '年';
    folded.chars().filter(counts).collect()
}

/// The passage in which the quote of `claim` stands; a fault if that is not one, and for every number
/// and period that it lacks.
fn check_claim(claim: &Claim, policy: Policy<'_>, faults: &mut Faults) -> Option<usize> {
    let quote = &claim.quote;
    let held = number::find(quote);
    for number in &claim.numbers {
        if !held.iter().any(|held| held.value == *number) {
            let fault = Fault::NumberNotQuoted {
                number: number.normalize().to_string(),
                quote: quote.clone(),
            };
            faults.on(claim.line, fault);
        }
    }
    for period in claim
        .periods
        .iter()
        .filter(|period| !quote.contains(**period))
    {
        let fault = Fault::OtherPeriod {
            period: (*period).to_owned(),
            quote: quote.clone(),
        };
        faults.on(claim.line, fault);
    }
    let passages = policy.passages.iter().enumerate();
    let places: Vec<usize> = passages
        .flat_map(|(at, passage)| passage.matches(quote.as_str()).map(move |_| at))
        .collect();
    match places.as_slice() {
        [passage] => Some(*passage),
        [] => {
            faults.on(claim.line, Fault::NoSuchQuote(quote.clone()));
            None
        }
        several => {
            let fault = Fault::AmbiguousQuote(quote.clone(), several.len());
            faults.on(claim.line, fault);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_one_number_in_all_spellings() {
        let spellings = [
            "安政办发〔2025〕15号",
            "安政办发[2025]15号",
            "安政办发 2025年15号",
            "安政办发（２０２５）15号",
        ];
        for spelling in spellings {
            assert_eq!(bare_number(spelling), "安政办发202515号");
        }
        assert_ne!(
            bare_number(spellings[0]),
            bare_number("安政办发〔2025〕16号")
        );
    }
}
