//! Whether policy documents hold on a day: by what they say of themselves, and by what others repeal, replace,
//! extend or amend.

use std::collections::HashMap;

use time::Date;

use super::{DocumentInfo, DocumentKind, Policy};
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

impl Chain {
    /// Adds what document `by` does to this one, as its front matter `policy` says.
    fn add(&mut self, relation: Relation, by: usize, policy: &Policy, article: &str) {
        match relation {
            Relation::Repeals | Relation::Replaces => self.replaced.push((by, policy.begins_on())),
            Relation::Extends => {
                let known = self.extended.map(|(known, _)| known);
                if let Some(until) = policy.expires_on
                    && known.is_none_or(|known| known < until)
                {
                    self.extended = Some((until, by));
                }
            }
            Relation::Amends => self.amended.push((article.to_owned(), by)),
            Relation::BasedOn => {}
        }
    }
}

/// What a document does to the one that it names. All of these name an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// 废止
    Repeals,
    /// 替代
    Replaces,
    /// 延长有效期
    Extends,
    /// 修改
    Amends,
    /// 依据
    BasedOn,
}

impl Relation {
    /// The key of the front matter that says so.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Repeals => "repeals",
            Self::Replaces => "replaces",
            Self::Extends => "extends",
            Self::Amends => "amends",
            Self::BasedOn => "based_on",
        }
    }
}

/// A document that another one names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Which document names it.
    pub document: usize,
    /// What it does to it.
    pub relation: Relation,
    /// Its number or title, as written.
    pub name: String,
    /// Which document that is; `None` when it is not loaded.
    pub to: Option<usize>,
}

/// How the documents of a library refer to each other.
#[derive(Debug, Default)]
pub struct Validities {
    chains: Vec<Chain>,
    /// In the order of documents.
    references: Vec<Reference>,
}

impl Validities {
    /// Of these documents.
    #[must_use]
    pub fn of(documents: &[DocumentInfo]) -> Self {
        let names = Names::of(documents);
        let mut chains: Vec<Chain> = documents.iter().map(|_| Chain::default()).collect();
        let mut references = Vec::new();
        for (n, document) in documents.iter().enumerate() {
            let policy = &document.meta.policy;
            for (relation, name, article) in named(policy) {
                let to = names.find(name);
                if let Some(other) = to.filter(|other| *other != n) {
                    chains[other].add(relation, n, policy, article);
                }
                references.push(Reference {
                    document: n,
                    relation,
                    name: name.to_owned(),
                    to,
                });
            }
        }
        Self { chains, references }
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

    /// References to documents that are not loaded.
    pub fn unknown(&self) -> impl Iterator<Item = &Reference> {
        let references = self.references.iter();
        references.filter(|reference| reference.to.is_none())
    }

    /// References of documents to one that refers back to them, directly or by others: whatever a document
    /// names is older, so that one of these is wrong. In the order of documents.
    pub fn circular(&self) -> impl Iterator<Item = &Reference> {
        let references = self.references.iter();
        references.filter(|reference| {
            let back = |to| self.leads(to, reference.document);
            reference.to.is_some_and(back)
        })
    }

    /// True when references lead from a document to another one, or when both are the same.
    fn leads(&self, from: usize, to: usize) -> bool {
        let (mut reached, mut at) = (vec![from], 0);
        while at < reached.len() {
            let here = reached[at];
            if here == to {
                return true;
            }
            let first = self
                .references
                .partition_point(|known| known.document < here);
            let own = self.references[first..].iter();
            let own = own.take_while(|known| known.document == here);
            for next in own.filter_map(|known| known.to) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        false
    }
}

/// The documents that a policy document names: what it does to them, their numbers or titles, and the articles
/// that it amends.
fn named(policy: &Policy) -> impl Iterator<Item = (Relation, &str, &str)> {
    let amends = policy.amends.iter();
    let amends = amends.map(|it| (Relation::Amends, it.document.as_str(), it.article.as_str()));
    whole(Relation::Repeals, &policy.repeals)
        .chain(whole(Relation::Replaces, &policy.replaces))
        .chain(whole(Relation::Extends, &policy.extends))
        .chain(amends)
        .chain(whole(Relation::BasedOn, &policy.based_on))
}

/// What is done to documents as a whole.
fn whole(relation: Relation, names: &[String]) -> impl Iterator<Item = (Relation, &str, &str)> {
    names.iter().map(move |name| (relation, name.as_str(), ""))
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
    use crate::corpus::{Library, load_texts};

    const TODAY: Date = date!(2026 - 11 - 30);

    /// Documents with these front matters, in the order of their names.
    fn library(keys: &[&str]) -> Library {
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
        Library::new(load_texts(&texts).expect("in order").corpus)
    }

    /// How documents with these front matters stand.
    fn standing(keys: &[&str]) -> Vec<Option<Validity>> {
        let library = library(keys);
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

    #[test]
    fn references_that_lead_nowhere_or_in_a_circle_are_known() {
        let library = library(&[
            "doc_number: 安政发〔2024〕1号\nrepeals: 安政发〔2020〕9号\nbased_on: 安政发〔2024〕2号",
            "doc_number: 安政发〔2024〕2号\nreplaces: 安政发〔2024〕3号",
            "doc_number: 安政发〔2024〕3号\namends: 安政发〔2024〕1号 第五条",
            "doc_number: 安政发〔2024〕4号\nextends: 安政发〔2024〕4号\nbased_on: 安政发〔2024〕1号",
        ]);
        let validities = Validities::of(library.documents());
        let unknown: Vec<(usize, Relation, &str)> = validities
            .unknown()
            .map(|it| (it.document, it.relation, it.name.as_str()))
            .collect();
        assert_eq!(unknown, [(0, Relation::Repeals, "安政发〔2020〕9号")]);
        let circular: Vec<(usize, Relation)> = validities
            .circular()
            .map(|it| (it.document, it.relation))
            .collect();
        assert_eq!(
            circular,
            [
                (0, Relation::BasedOn),
                (1, Relation::Replaces),
                (2, Relation::Amends),
                (3, Relation::Extends)
            ]
        );
    }
}
