//! What a commit of the index holds, and which documents fall into other words once the segmenter has
//! learnt or forgotten some.
//!
//! A word is cut as one only where it stands; a text without it falls into the words it did. So a synonym
//! of the office costs the documents that hold it, not all.

use std::collections::HashSet;

use tantivy::{
    Index, Term,
    collector::DocSetCollector,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};

use super::schema::Fields;
use crate::{
    corpus::{self, DocumentInfo, Library},
    text::{
        han::is_han,
        normalize::{fold, strip_quotes},
        segment,
    },
};

/// What a commit holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Commit {
    /// Keys of documents.
    pub(super) documents: HashSet<u64>,
    /// [`Segmenter::added`](crate::text::segment::Segmenter::added) of the segmenter that cut them.
    pub(super) words: Vec<String>,
}

impl Commit {
    /// Lines: the program, the keys, the words.
    pub(super) fn payload(&self) -> String {
        let keys = self.documents.iter().map(|key| format!("{key:x}"));
        let keys: Vec<String> = keys.collect();
        format!(
            "{}\n{}\n{}",
            corpus::program(),
            keys.join(" "),
            self.words.join("\t")
        )
    }

    /// `None` of a payload of another program.
    pub(super) fn read(payload: &str) -> Option<Self> {
        let mut lines = payload.split('\n');
        if lines.next()? != corpus::program() {
            return None;
        }
        let keys = lines.next()?.split_whitespace();
        let keys = keys.map(|key| u64::from_str_radix(key, 16));
        let words = lines.next()?.split('\t').filter(|word| !word.is_empty());
        Some(Self {
            documents: keys.collect::<Result<_, _>>().ok()?,
            words: words.map(str::to_owned).collect(),
        })
    }

    /// The documents of both that fall into the same words by both.
    pub(super) fn cut_alike(
        &self,
        wanted: &Self,
        index: &Index,
        fields: Fields,
        library: &Library,
    ) -> tantivy::Result<HashSet<u64>> {
        let mut stays = self.documents.clone();
        stays.retain(|key| wanted.documents.contains(key));
        let words = difference(&self.words, &wanted.words);
        if stays.is_empty() || words.is_empty() {
            return Ok(stays);
        }
        match holding(index, fields, library.documents(), &words)? {
            Some(recut) => stays.retain(|key| !recut.contains(key)),
            None => stays.clear(),
        }
        Ok(stays)
    }
}

/// The words that only one of two lists has.
fn difference<'a>(old: &'a [String], new: &'a [String]) -> Vec<&'a str> {
    let [old, new] = [old, new].map(|list| list.iter().map(String::as_str).collect());
    let (old, new): (HashSet<&str>, HashSet<&str>) = (old, new);
    old.symmetric_difference(&new).copied().collect()
}

/// The keys of the documents in `index` that may hold one of `words`; `None` for all of them, where a word
/// has no two Han characters side by side. `documents` tell what stands in headings.
///
/// # Errors
/// When the index cannot be read.
fn holding(
    index: &Index,
    fields: Fields,
    documents: &[DocumentInfo],
    words: &[&str],
) -> tantivy::Result<Option<HashSet<u64>>> {
    let mut keys = HashSet::new();
    let searcher = index.reader()?.searcher();
    for word in words {
        // What stands beside the word makes one unit with its letters and figures, not with its Han.
        let pairs = segment::bigrams(word);
        let pairs = pairs.iter().map(|pair| pair.of(word));
        let pairs = pairs.filter(|pair| pair.chars().count() == 2 && pair.chars().all(is_han));
        let clauses: Vec<(Occur, Box<dyn Query>)> = pairs
            .map(|pair| -> (Occur, Box<dyn Query>) {
                let term = Term::from_field_text(fields.bigrams, pair);
                let exact = TermQuery::new(term, IndexRecordOption::Basic);
                (Occur::Must, Box::new(exact))
            })
            .collect();
        if clauses.is_empty() {
            return Ok(None);
        }
        let found = searcher.search(&BooleanQuery::new(clauses), &DocSetCollector)?;
        for address in found {
            let segment = searcher.segment_reader(address.segment_ord);
            let column = segment.fast_fields().u64("document")?;
            keys.extend(column.first(address.doc_id));
        }
    }
    let headed = documents.iter().filter(|document| {
        let paths = document.sections.iter().flat_map(|section| &section.path);
        let mut headings = paths.chain([&document.meta.title]);
        headings.any(|heading| {
            let heading = fold(&strip_quotes(heading));
            words.iter().any(|word| heading.contains(word))
        })
    });
    keys.extend(headed.map(|document| document.key));
    Ok(Some(keys))
}
