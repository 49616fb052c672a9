//! Whether policy documents hold on a day: by what they say of themselves, and by what others repeal, replace,
//! extend or amend.

use std::collections::HashMap;

use time::Date;

use super::{DocumentInfo, DocumentKind};
use crate::text::normalize::fold;

/// Characters of a title at least, to be found within the title of another document.
const LONG_TITLE: usize = 8;

/// How a policy document stands on a day. Documents are indices into the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It holds until this day.
    Until(Date),
    /// It holds until this day, because another document says so.
    Extended {
        /// The last day.
        until: Date,
        /// Which document.
        by: usize,
    },
    /// It does not hold yet.
    NotYet {
        /// The first day.
        from: Date,
    },
    /// It no longer holds.
    Expired {
        /// The last day on which it did.
        on: Date,
    },
    /// Another document repealed it or took its place.
    Replaced {
        /// Which document.
        by: usize,
    },
    /// It is made for a year and does not say how long it holds.
    OfYear(i32),
    /// It does not say how long it holds.
    Unstated,
}

impl Validity {
    /// True when it may be quoted as what applies on `today`; the plan of an earlier year may not.
    #[must_use]
    pub fn holds(self, today: Date) -> bool {
        match self {
            Self::Until(_) | Self::Extended { .. } | Self::Unstated => true,
            Self::OfYear(year) => year >= today.year(),
            Self::NotYet { .. } | Self::Expired { .. } | Self::Replaced { .. } => false,
        }
    }
}

/// What others do to a document.
#[derive(Debug, Default)]
struct Chain {
    /// Documents that repeal or replace it, with the day from which they do.
    replaced: Vec<(usize, Option<Date>)>,
    extended: Option<(Date, usize)>,
    /// Articles that are worded otherwise, and where; without an article the whole.
    amended: Vec<(String, usize)>,
}

/// How the documents of a library refer to each other.
#[derive(Debug, Default)]
pub struct Validities {
    chains: Vec<Chain>,
    /// References to documents that are not loaded: the document, and what it names.
    unknown: Vec<(usize, String)>,
}

impl Validities {
    /// Of these documents.
    #[must_use]
    pub fn of(documents: &[DocumentInfo]) -> Self {
        let names = Names::of(documents);
        let mut all = Self {
            chains: documents.iter().map(|_| Chain::default()).collect(),
            unknown: Vec::new(),
        };
        for (n, document) in documents.iter().enumerate() {
            let policy = &document.meta.policy;
            for name in policy.repeals.iter().chain(&policy.replaces) {
                if let Some(other) = all.found(&names, n, name) {
                    all.chains[other].replaced.push((n, policy.begins_on()));
                }
            }
            for name in &policy.extends {
                if let (Some(other), Some(until)) = (all.found(&names, n, name), policy.expires_on)
                {
                    let longest = all.chains[other]
                        .extended
                        .is_none_or(|(known, _)| known < until);
                    if longest {
                        all.chains[other].extended = Some((until, n));
                    }
                }
            }
            for amendment in &policy.amends {
                if let Some(other) = all.found(&names, n, &amendment.document) {
                    all.chains[other]
                        .amended
                        .push((amendment.article.clone(), n));
                }
            }
        }
        all
    }

    fn found(&mut self, names: &Names, document: usize, name: &str) -> Option<usize> {
        let found = names.find(name).filter(|other| *other != document);
        if found.is_none() {
            self.unknown.push((document, name.to_owned()));
        }
        found
    }

    /// How a document stands on `today`; `None` for what is no policy document.
    #[must_use]
    pub fn on(&self, document: &DocumentInfo, today: Date) -> Option<Validity> {
        if document.meta.kind != DocumentKind::Policy {
            return None;
        }
        let policy = &document.meta.policy;
        let chain = self.chains.get(document.index)?;
        let mut replaced = chain.replaced.iter();
        if let Some((by, _)) = replaced.find(|(_, from)| from.is_none_or(|from| from <= today)) {
            return Some(Validity::Replaced { by: *by });
        }
        if let Some(from) = policy.effective_on.filter(|from| *from > today) {
            return Some(Validity::NotYet { from });
        }
        let own = policy.ends_on();
        let longer = chain
            .extended
            .filter(|(until, _)| own.is_none_or(|own| *until > own));
        let end = longer.map(|(until, _)| until).or(own);
        Some(match (end, longer, policy.for_year) {
            (Some(end), ..) if end < today => Validity::Expired { on: end },
            (Some(until), Some((_, by)), _) => Validity::Extended { until, by },
            (Some(until), None, _) => Validity::Until(until),
            (None, _, Some(year)) => Validity::OfYear(year),
            (None, _, None) => Validity::Unstated,
        })
    }

    /// The document that words an article of another one otherwise; `path` are the headings of a passage.
    #[must_use]
    pub fn amended(&self, document: usize, path: &[String]) -> Option<(&str, usize)> {
        let chain = self.chains.get(document)?;
        let mut amended = chain.amended.iter();
        let own = amended.find(|(article, _)| {
            path.iter()
                .any(|heading| heading.starts_with(article.as_str()))
        });
        own.map(|(article, by)| (article.as_str(), *by))
    }

    /// References to documents that are not loaded: the document, and what it names.
    pub fn unknown(&self) -> impl Iterator<Item = (usize, &str)> {
        self.unknown
            .iter()
            .map(|(document, name)| (*document, name.as_str()))
    }

    /// Documents that replace each other in a ring, each ring once.
    #[must_use]
    pub fn rings(&self) -> Vec<Vec<usize>> {
        let mut rings: Vec<Vec<usize>> = Vec::new();
        for first in 0..self.chains.len() {
            let mut path = vec![first];
            while let Some((next, _)) = self.chains[path[path.len() - 1]].replaced.first() {
                if *next == first {
                    if path.iter().all(|document| *document >= first) {
                        rings.push(path);
                    }
                    break;
                }
                if path.contains(next) {
                    break;
                }
                path.push(*next);
            }
        }
        rings
    }
}

/// Documents by number and title.
struct Names(HashMap<String, usize>);

impl Names {
    fn of(documents: &[DocumentInfo]) -> Self {
        let mut names = HashMap::new();
        for (n, document) in documents.iter().enumerate() {
            let meta = &document.meta;
            for name in [&meta.policy.doc_number, &meta.title] {
                let key = key(name);
                if !key.is_empty() {
                    names.entry(key).or_insert(n);
                }
            }
        }
        Self(names)
    }

    /// By number or title; a long title may be part of a longer one (关于印发…的通知).
    fn find(&self, name: &str) -> Option<usize> {
        let key = key(name);
        if let Some(found) = self.0.get(&key) {
            return Some(*found);
        }
        if key.chars().count() < LONG_TITLE || key.ends_with('号') {
            return None;
        }
        let mut within = self.0.iter().filter(|(title, _)| title.contains(&key));
        let (_, only) = within.next()?;
        within.next().is_none().then_some(*only)
    }
}

/// Letters and digits of a number or title: 〔2025〕15号, `[2025]15号` and 2025年15号 are the same.
fn key(name: &str) -> String {
    let letters = fold(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>();
    letters.replace(['第', '年'], "")
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::corpus::load_texts;

    const TODAY: Date = date!(2026 - 11 - 30);

    /// How documents with these front matters stand, in the order of their names.
    fn standing(keys: &[&str]) -> Vec<Option<Validity>> {
        let texts: Vec<(String, String)> = keys
            .iter()
            .enumerate()
            .map(|(n, keys)| {
                let text = format!("---\nkind: policy\ntitle: 安和县第{n}号办法全文\n{keys}\n---\n\n## 对象\n\n老人。\n");
                (format!("{n}.md"), text)
            })
            .collect();
        let texts: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let library = crate::corpus::Library::new(load_texts(&texts).expect("in order").corpus);
        let validities = Validities::of(library.documents());
        let documents = library.documents().iter();
        documents
            .map(|document| validities.on(document, TODAY))
            .collect()
    }

    #[test]
    fn a_document_holds_by_what_it_says_of_itself() {
        use Validity::*;
        for (keys, validity) in [
            (
                "effective_on: 2025-04-01\nvalid_years: 5",
                Until(date!(2030 - 03 - 31)),
            ),
            ("expires_on: 2026-11-30", Until(TODAY)),
            (
                "expires_on: 2026-11-29",
                Expired {
                    on: date!(2026 - 11 - 29),
                },
            ),
            (
                "effective_on: 2027-01-01",
                NotYet {
                    from: date!(2027 - 01 - 01),
                },
            ),
            ("for_year: 2025", OfYear(2025)),
            ("issued_on: 2025-01-01", Unstated),
        ] {
            assert_eq!(standing(&[keys]), [Some(validity)], "{keys}");
        }
        assert!(!OfYear(2025).holds(TODAY) && OfYear(2026).holds(TODAY) && Unstated.holds(TODAY));
    }

    #[test]
    fn others_replace_and_extend_it() {
        let old = "doc_number: 安政发〔2020〕8号\nexpires_on: 2025-12-31";
        let all = standing(&[old, "repeals: 安政发[2020]8号\neffective_on: 2026-01-01"]);
        assert_eq!(all[0], Some(Validity::Replaced { by: 1 }));
        // Not before it holds itself.
        let all = standing(&[old, "repeals: 安政发[2020]8号\neffective_on: 2027-01-01"]);
        assert_eq!(
            all[0],
            Some(Validity::Expired {
                on: date!(2025 - 12 - 31)
            })
        );
        let all = standing(&[old, "extends: 安政发2020年8号\nexpires_on: 2028-06-30"]);
        let until = date!(2028 - 06 - 30);
        assert_eq!(all[0], Some(Validity::Extended { until, by: 1 }));
        assert_eq!(all[1], Some(Validity::Unstated));
        // By its title alone.
        let all = standing(&["", "replaces: 安和县第0号办法全文"]);
        assert_eq!(all[0], Some(Validity::Replaced { by: 1 }));
    }
}
