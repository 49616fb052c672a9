//! Services by what they are called.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::{bare, letters};
use crate::{
    corpus::{Facet, PassageAt},
    text::{Span, normalize::fold},
};

/// A document with so many fields is a guide.
const FIELDS: usize = 3;

/// A name shortened to fewer letters may be anything.
const SHORTENED: usize = 4;
/// What shortens so many titles is the name of none.
const MANY: usize = 4;

/// Where a field, or part of it, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its passage.
    pub at: PassageAt,
    /// Bytes of the passage's text: label and value of a line, name of the column and cell of a row.
    pub span: Span,
}

/// What a document tells of one facet of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it tells.
    pub facet: Facet,
    /// As in the document, without its number: 申请材料
    pub label: String,
    /// Where it stands, in order; several paragraphs below one heading are one field.
    pub parts: Vec<Part>,
    /// True when nothing follows the label, or a dash: as good as no field.
    pub is_empty: bool,
}

/// A service, or what else a policy document tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Index of its document.
    pub document: usize,
    /// As people read it: the title of a guide, the first cell of a row.
    pub name: String,
    /// Its row, where it is one of a list.
    pub row: Option<PassageAt>,
    /// Its fields, in the order of the document.
    pub fields: Vec<Field>,
}

impl Service {
    /// The fields with this facet that say something.
    pub fn told(&self, facet: Facet) -> impl Iterator<Item = &Field> {
        let fields = self.fields.iter();
        fields.filter(move |field| field.facet == facet && !field.is_empty)
    }
}

/// A service that a question names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Index of the service.
    pub service: usize,
    /// Bytes of the folded question that name it.
    pub span: Span,
}

/// All services of a corpus.
#[derive(Debug, Default)]
pub struct ServiceIndex {
    pub(super) services: Vec<Service>,
    /// The titles of documents, without punctuation.
    titles: Vec<(usize, String)>,
    names: Option<AhoCorasick>,
    /// The services that each name may mean.
    of_name: Vec<Vec<usize>>,
    /// Those of a document, which stand together: index of the first and one past the last.
    of_document: HashMap<usize, (usize, usize)>,
}

impl ServiceIndex {
    /// Of services in the order of their documents, each with its names, folded.
    pub(super) fn new(services: Vec<(Service, Vec<String>)>) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let (mut names, mut of_name): (Vec<String>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        let mut index = Self::default();
        for (n, (service, own)) in services.into_iter().enumerate() {
            if service.row.is_none() && service.fields.len() >= FIELDS {
                index.titles.push((n, bare(&fold(&service.name))));
            }
            for name in own {
                let number = *numbers.entry(name.clone()).or_insert_with(|| {
                    names.push(name);
                    of_name.push(Vec::new());
                    of_name.len() - 1
                });
                if !of_name[number].contains(&n) {
                    of_name[number].push(n);
                }
            }
            let range = index.of_document.entry(service.document).or_insert((n, n));
            range.1 = n + 1;
            index.services.push(service);
        }
        // Too many names for an automaton are no names: nothing of the program depends on them alone.
        index.names = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&names)
            .ok()
            .filter(|_| !names.is_empty());
        index.of_name = of_name;
        index
    }

    /// True when there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    /// The service at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Service> {
        self.services.get(index)
    }

    /// The service that a passage tells of: its row of a list, or the guide that it is a field of.
    #[must_use]
    pub fn told_at(&self, document: usize, at: PassageAt) -> Option<&Service> {
        let own = self.of_document(document);
        let mut rows = own.iter().filter(|service| service.row == Some(at));
        let guide = || {
            let whole = own.first().filter(|service| service.row.is_none())?;
            let mut parts = whole.fields.iter().map(|field| field.parts.as_slice());
            let is_field = parts.any(|parts| matches!(parts, [part] if part.at == at));
            (whole.fields.len() >= FIELDS && is_field).then_some(whole)
        };
        rows.next().or_else(guide)
    }

    /// The few services whose title a folded text shortens by leaving out letters (法援律师执业 for 法律援助律师执业许可),
    /// that with the shortest title first; none when it may be many, or has fewer than four letters.
    #[must_use]
    pub fn shortened(&self, folded: &str) -> Vec<&Service> {
        let letters: Vec<char> = letters(folded).map(|(_, letter)| letter).collect();
        if letters.len() < SHORTENED {
            return Vec::new();
        }
        let titles = self.titles.iter().filter(|(_, title)| {
            let mut title = title.chars();
            letters.iter().all(|letter| title.any(|own| own == *letter))
        });
        let mut few: Vec<&(usize, String)> = titles.take(MANY).collect();
        if few.len() == MANY {
            return Vec::new();
        }
        few.sort_by_key(|(_, title)| title.chars().count());
        few.into_iter().filter_map(|(n, _)| self.get(*n)).collect()
    }

    /// The services of a document.
    #[must_use]
    pub fn of_document(&self, document: usize) -> &[Service] {
        let range = self.of_document.get(&document);
        range.map_or(&[], |(first, end)| &self.services[*first..*end])
    }

    /// The services that a folded question names by its longest name, with where it does.
    #[must_use]
    pub fn named(&self, folded: &str) -> Vec<Named> {
        let Some(names) = &self.names else {
            return Vec::new();
        };
        // Marks between its letters do not keep a name from being one.
        let (mut bare, mut begins) = (String::with_capacity(folded.len()), Vec::new());
        for (at, letter) in letters(folded) {
            begins.extend((0..letter.len_utf8()).map(|n| at + n));
            bare.push(letter);
        }
        let longest = names.find_iter(&bare).max_by_key(|found| found.len());
        let Some(found) = longest else {
            return Vec::new();
        };
        let span = Span::new(begins[found.start()], begins[found.end() - 1] + 1);
        let services = self.of_name[found.pattern().as_usize()].iter();
        services
            .map(|service| Named {
                service: *service,
                span,
            })
            .collect()
    }
}
