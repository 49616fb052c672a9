//! What differs between two editions, for people.

use std::{
    collections::{BTreeMap, BTreeSet},
    ptr,
};

use wenzheng_store::{Change, Manifest};

use super::{
    paths::{CORPUS, LEXICON},
    rewritten::{self, Rewritten},
};
use crate::corpus::{DocumentInfo, Library, RULES_ENDING};

/// What differs between two editions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Titles of documents that are new.
    pub added: Vec<String>,
    /// Titles of documents that have changed.
    pub changed: Vec<String>,
    /// Titles of documents that are gone.
    pub removed: Vec<String>,
    /// Passages that are new.
    pub passages_added: usize,
    /// Passages that are gone.
    pub passages_removed: usize,
    /// The first paragraphs that changed documents have gained and lost.
    pub rewritten: Vec<Rewritten>,
    /// Names of glossary entries that are new.
    pub terms_added: Vec<String>,
    /// Names of glossary entries that are gone.
    pub terms_removed: Vec<String>,
    /// Names of word lists and settings that have changed, are new or gone.
    pub lists: Vec<String>,
}

impl Diff {
    /// Of two editions by their files and documents.
    #[must_use]
    pub fn between(
        (old_files, old): (&Manifest, &Library),
        (new_files, new): (&Manifest, &Library),
    ) -> Self {
        if ptr::eq(old, new) {
            return Self {
                lists: lists(old_files, new_files),
                ..Self::default()
            };
        }
        let (before, after) = (by_id(old), by_id(new));
        let mut diff = Self {
            passages_added: new.missing_from(old),
            passages_removed: old.missing_from(new),
            lists: lists(old_files, new_files),
            ..Self::default()
        };
        let title = |document: &DocumentInfo| document.meta.title.clone();
        let mut changed = Vec::new();
        for (id, document) in &after {
            match before.get(id) {
                None => diff.added.push(title(document)),
                Some(before) if before.key != document.key => changed.push((*before, *document)),
                Some(_) => {}
            }
        }
        diff.changed = changed.iter().map(|(_, after)| title(after)).collect();
        diff.rewritten = rewritten::all(old, new, changed.into_iter());
        let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
        diff.removed.extend(gone.map(|(_, gone)| title(gone)));
        let (old_terms, new_terms) = (terms(old), terms(new));
        let names = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
        diff.terms_added = names(new_terms.difference(&old_terms).copied().collect());
        diff.terms_removed = names(old_terms.difference(&new_terms).copied().collect());
        diff
    }

    /// True when nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn by_id(library: &Library) -> BTreeMap<&str, &DocumentInfo> {
    let documents = library.documents().iter();
    documents.map(|d| (d.id.0.as_str(), d)).collect()
}

fn terms(library: &Library) -> BTreeSet<&str> {
    library
        .terms()
        .map(|(_, term)| term.name.as_str())
        .collect()
}

fn lists(old: &Manifest, new: &Manifest) -> Vec<String> {
    let changes = old.changes_to(new);
    let others = changes
        .keys()
        .filter(|path| !path.starts_with(CORPUS) || path.ends_with(RULES_ENDING));
    others
        .map(|path| path.strip_prefix(LEXICON).unwrap_or(path).to_owned())
        .collect()
}

/// The files that differ, by what became of them, for an administrator who has to choose.
#[must_use]
pub(super) fn files(old: &Manifest, new: &Manifest) -> Vec<String> {
    let changes = old.changes_to(new);
    let line = |(path, change): (&String, &Change)| {
        let what = match change {
            Change::Added(_) => "新增",
            Change::Changed(..) => "改动",
            Change::Removed(_) => "删去",
        };
        format!("{what} {path}")
    };
    changes.iter().map(line).collect()
}
