//! Words of a document with their citations, each cited once.

use time::Date;
use wenzheng_rules::Quote;

use super::benefit::Benefit;
use crate::{
    answer::{CheckQuote, Citation, quoted},
    corpus::{Facet, LibraryError, PassageAt, bare_label},
    retrieval::{Field, Retriever},
    text::Span,
};

/// What is told below a result, where the document has it.
const FIELDS: [Facet; 6] = [
    Facet::Materials,
    Facet::Location,
    Facet::Hours,
    Facet::Phone,
    Facet::Time,
    Facet::Deadline,
];

/// Collects citations.
pub(super) struct Cited<'a> {
    retriever: &'a Retriever,
    today: Date,
    pub(super) citations: Vec<Citation>,
}

impl<'a> Cited<'a> {
    /// None yet.
    pub(super) const fn new(retriever: &'a Retriever, today: Date) -> Self {
        Self {
            retriever,
            today,
            citations: Vec::new(),
        }
    }

    /// A quote of the rules of `benefit`, cited where it stands in a passage.
    pub(super) fn quote(
        &mut self,
        benefit: &Benefit,
        quote: &Quote,
    ) -> Result<CheckQuote, LibraryError> {
        let uncited = CheckQuote {
            text: quote.text.clone(),
            section: String::new(),
            citation: None,
        };
        let Some(at) = benefit.place(quote) else {
            return Ok(uncited);
        };
        let passage = self.retriever.library().passage(at)?;
        match Benefit::span(quote, &passage.text) {
            Some(span) => self.words(at, span),
            None => Ok(uncited),
        }
    }

    /// All quotes of these.
    pub(super) fn quotes(
        &mut self,
        benefit: &Benefit,
        quotes: &[Quote],
    ) -> Result<Vec<CheckQuote>, LibraryError> {
        quotes
            .iter()
            .map(|quote| self.quote(benefit, quote))
            .collect()
    }

    fn words(&mut self, at: PassageAt, span: Span) -> Result<CheckQuote, LibraryError> {
        let citation = quoted(self.retriever, at, span, self.today)?;
        let known = self.citations.iter();
        let same =
            |one: &Citation| one.passage_id == citation.passage_id && one.quote == citation.quote;
        let place = known.into_iter().position(same);
        let (text, section) = (
            citation.quote.clone(),
            citation.path.last().cloned().unwrap_or_default(),
        );
        let place = place.unwrap_or(self.citations.len());
        if place == self.citations.len() {
            self.citations.push(citation);
        }
        Ok(CheckQuote {
            text,
            section,
            citation: Some(place),
        })
    }

    /// The title of the document of `benefit`.
    pub(super) fn title(&self, benefit: &Benefit) -> String {
        let document = self.retriever.library().document(benefit.index);
        document.map_or_else(String::new, |document| document.meta.title.clone())
    }

    /// The title of a document, cited: for what is said of all of it.
    pub(super) fn document(&mut self, benefit: &Benefit) -> Result<(), LibraryError> {
        if let Some(first) = benefit.passages.first() {
            let passage = self.retriever.library().passage(*first)?;
            self.words(*first, Span::new(0, passage.text.len()))?;
        }
        Ok(())
    }

    /// What the document of `benefit` says of materials, place, telephone and deadline.
    pub(super) fn fields(
        &mut self,
        benefit: &Benefit,
    ) -> Result<Vec<(String, CheckQuote)>, LibraryError> {
        let services = self.retriever.services().of_document(benefit.index);
        let own = services.iter().find(|service| service.row.is_none());
        let mut told: Vec<(String, CheckQuote)> = Vec::new();
        for facet in FIELDS {
            let fields: Vec<Field> = own
                .into_iter()
                .flat_map(|own| own.told(facet))
                .cloned()
                .collect();
            for field in fields {
                for part in &field.parts {
                    let passage = self.retriever.library().passage(part.at)?;
                    let has_label = passage.path.last().is_some_and(|label| {
                        passage.heading.end > 0 && bare_label(label) == field.label
                    });
                    // The label stands before the words already.
                    let start = match has_label {
                        true => part.span.start.max(passage.heading.end),
                        false => part.span.start,
                    };
                    let span = trimmed(&passage.text, Span::new(start, part.span.end));
                    let words = self.words(part.at, span)?;
                    // Place and telephone below one heading are told once.
                    if !told
                        .iter()
                        .any(|(_, known)| known.citation == words.citation)
                    {
                        told.push((field.label.clone(), words));
                    }
                }
            }
        }
        self.headed(benefit, &mut told)?;
        Ok(told)
    }

    /// What stands below headings on place and telephone that are no labels of fields (办理地点和电话), and the
    /// telephone of the document where its text has none.
    fn headed(
        &mut self,
        benefit: &Benefit,
        told: &mut Vec<(String, CheckQuote)>,
    ) -> Result<(), LibraryError> {
        for word in HEADED {
            if told.iter().any(|(label, _)| label.contains(word)) {
                continue;
            }
            for at in &benefit.passages {
                let passage = self.retriever.library().passage(*at)?;
                let heading = passage.path.last().filter(|heading| heading.contains(word));
                let Some(heading) = heading.filter(|_| passage.heading.end == 0) else {
                    continue;
                };
                let words = self.words(*at, Span::new(0, passage.text.len()))?;
                told.push((bare_label(heading), words));
            }
        }
        let document = self.retriever.library().document(benefit.index);
        let phone = document.map(|document| document.meta.policy.phone.clone());
        let phone = phone.filter(|phone| !phone.is_empty());
        if let Some(phone) = phone.filter(|_| !told.iter().any(|(label, _)| label.contains(PHONE)))
        {
            let text = CheckQuote {
                text: phone,
                section: String::new(),
                citation: None,
            };
            told.push(("咨询电话".to_owned(), text));
        }
        Ok(())
    }
}

/// What a heading on a telephone has.
const PHONE: &str = "电话";
/// What headings on place and telephone have.
const HEADED: [&str; 3] = ["地点", "地址", PHONE];

/// `span` of `text` without blanks and the mark between label and words.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let rest = words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':'));
    let start = span.end - rest.len();
    Span::new(start, start + rest.trim_end().len())
}
