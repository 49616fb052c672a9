//! Puts the rows of documents together to tables.

use std::sync::Arc;

use super::table::{Column, Row, Table, TableIndex};
use crate::{
    corpus::{DocumentInfo, DocumentKind, Facet, Library, LibraryError, Passage, bare_label},
    retrieval::services::{bare, matter},
    text::{Pattern, Span, normalize::fold},
};

/// A figure alone in a cell, with its unit.
static FIGURE: Pattern = Pattern::new("^[^0-9]{0,6}[0-9][0-9,.]*\\s*[%‰]?(?:万|亿)?[^0-9]{0,8}$");
/// A note below a table.
static NOTE: Pattern = Pattern::new("^[（(]?(?:注|备注|说明)(?:[:：]|\\d)");

impl TableIndex {
    /// Of the policy documents of `library`.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub(crate) fn build(library: &Library) -> Result<Self, LibraryError> {
        let mut tables = Vec::new();
        let documents = library.documents().iter();
        for document in documents.filter(|document| document.meta.kind == DocumentKind::Policy) {
            let passages = library.passages_of(document)?;
            tables.extend(of_document(document, &passages));
        }
        Ok(Self::of(tables))
    }
}

fn of_document(document: &DocumentInfo, passages: &[Arc<Passage>]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut start = 0;
    while start < passages.len() {
        let same = |n: &usize| columns(&passages[*n]) == columns(&passages[start]);
        let section = &passages[start].path;
        let end = (start..passages.len())
            .take_while(|n| same(n) && passages[*n].path == *section)
            .last()
            .map_or(start, |last| last + 1);
        let is_table = end > start + 1 && columns(&passages[start]).len() > 1;
        if let Some(mut table) = is_table
            .then(|| table(document, passages, start..end))
            .flatten()
        {
            let below = passages.get(end).filter(|next| NOTE.is_match(&next.text));
            table.note = below.map(|_| document.at(end));
            tables.push(table);
        }
        start = end.max(start + 1);
    }
    tables
}

/// The named columns of a row; a cell may be empty, so that rows of one table differ by those at most.
fn columns(passage: &Passage) -> Vec<(usize, &str)> {
    let named = passage.cells.iter();
    let named = named.filter(|cell| cell.name.start < cell.name.end);
    named
        .map(|cell| (cell.column, cell.name.of(&passage.text)))
        .collect()
}

fn table(
    document: &DocumentInfo,
    passages: &[Arc<Passage>],
    rows: std::ops::Range<usize>,
) -> Option<Table> {
    let heads = columns(&passages[rows.start]);
    let values = |column: usize| -> Vec<String> {
        let rows = passages[rows.clone()].iter();
        let cells = rows.filter_map(|row| {
            let mut cells = row.cells.iter();
            let cell = cells.find(|cell| cell.column == column)?;
            Some(fold(cell.value.of(&row.text)))
        });
        cells.collect()
    };
    let count = rows.len();
    // The first column whose cells tell the rows apart in words.
    let tells_apart = |column: usize| {
        let mut values = values(column);
        let in_words = !values.iter().all(|value| FIGURE.is_match(value));
        values.sort_unstable();
        values.dedup();
        in_words && values.len() == count
    };
    let key = heads.iter().map(|(n, _)| *n).find(|n| tells_apart(*n))?;
    let others = heads.iter().filter(|(number, _)| *number != key);
    let columns = others.map(|(number, name)| {
        let values = values(*number);
        let all =
            |what: &dyn Fn(&str) -> bool| !values.is_empty() && values.iter().all(|v| what(v));
        Column {
            number: *number,
            label: (*name).to_owned(),
            name: told(name, &heads),
            facet: Facet::of_label(&bare_label(name)),
            is_figures: all(&|value| FIGURE.is_match(value)),
            is_percent: all(&|value| value.ends_with('%')),
        }
    });
    let columns = columns.collect();
    let rows = rows.clone().map(|n| row(document, n, &passages[n], key));
    Some(Table {
        document: document.index,
        title: matter(&fold(&document.meta.title), &document.meta.place),
        key,
        key_name: heads
            .iter()
            .find(|(n, _)| *n == key)
            .map_or_else(String::new, |(_, name)| fold(name)),
        columns,
        rows: rows.collect(),
        note: None,
    })
}

/// What tells the name of a column from those of the others: 比例 of 救助比例 beside 救助对象; without a unit in
/// brackets.
fn told(name: &str, heads: &[(usize, &str)]) -> String {
    let without_unit = |name: &str| bare(fold(name).split('(').next().unwrap_or_default());
    let own = without_unit(name);
    let others = heads.iter().map(|(_, other)| without_unit(other));
    let others: Vec<String> = others.filter(|other| *other != own).collect();
    let letters: Vec<char> = own.chars().collect();
    let is_shared = |n: usize| {
        let pair = |at: usize| letters.get(at..at + 2).map(String::from_iter);
        let pairs = [n.checked_sub(1), Some(n)]
            .into_iter()
            .flatten()
            .filter_map(pair);
        pairs
            .into_iter()
            .any(|pair| others.iter().any(|other| other.contains(&pair)))
    };
    let rest: String = (0..letters.len())
        .filter(|n| !is_shared(*n))
        .map(|n| letters[n])
        .collect();
    if rest.chars().count() < 2 { own } else { rest }
}

fn row(document: &DocumentInfo, n: usize, passage: &Passage, key: usize) -> Row {
    let cells = passage.cells.iter().map(|cell| {
        let span = Span::new(cell.name.start, cell.value.end);
        (cell.column, span, fold(cell.value.of(&passage.text)))
    });
    let named = passage.cells.iter().find(|cell| cell.column == key);
    Row {
        at: document.at(n),
        key: named.map_or_else(String::new, |cell| cell.value.of(&passage.text).to_owned()),
        cells: cells.collect(),
    }
}
