//! The tantivy index: words, character pairs and headings of every passage, in memory or on disk.
//! Tantivy lives here, in `commit`, `schema` and `frequency`, and nowhere else.
//!
//! On disk it is updated by document: each is known by the key of its content
//! ([`DocumentInfo::key`]), the commit says which keys are in, and which words the segmenter knew: with
//! others, what holds one of those is cut again (`commit`). Nothing there is more than a cache: an index of
//! another version or damaged (`checks`) is built again.
//!
//! A Chinese sentence is never handed to tantivy's query parser (it would search for one long
//! phrase); queries are built term by term.

use std::{collections::HashMap, fs, io, path::Path};

use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    collector::TopDocs,
    directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory},
    query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as TantivyQuery, TermQuery},
    schema::{Field, IndexRecordOption, Schema},
};

use super::{
    checks,
    commit::Commit,
    ranking::Boosts,
    schema::{Fields, register, schema},
};
use crate::{
    corpus::{DocumentInfo, Library, LibraryError, PassageAt},
    retrieval::understand::{Synonym, Understanding},
    storage::{self, Kept},
    text::{
        normalize,
        segment::{self, Segmenter},
    },
};

/// Why an index could not be built or searched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The search engine.
    #[error("检索索引出错，请检查磁盘空间后重新启动（{0}）")]
    Engine(#[from] tantivy::TantivyError),
    /// A passage that is to be indexed or scored.
    #[error("检索索引出错，请检查磁盘空间后重新启动（{0}）")]
    Library(#[from] LibraryError),
    /// There is another number of passages in it than was put in.
    #[error("检索索引不完整，请检查磁盘空间后重新启动")]
    Incomplete,
    /// It found a passage that is none of those it was made of.
    #[error("检索索引与文件不一致，请重新启动")]
    Foreign,
}

impl IndexError {
    /// True when another process writes to the same folder.
    const fn is_locked(&self) -> bool {
        matches!(self, Self::Engine(tantivy::TantivyError::LockFailure(..)))
    }
}

/// A passage that BM25 found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LexicalCandidate {
    /// Which passage.
    pub at: PassageAt,
    /// Boosted sum of per-field BM25 (k1 = 1.2, b = 0.75): above 0, comparable within one call.
    pub bm25: f32,
}

/// Memory of a writer, in bytes a thread; tantivy wants 15 MB at least.
const WRITER_BYTES: usize = 15_000_000;
const LARGE_WRITER_BYTES: usize = 60_000_000;
/// With more passages than this, all cores index, and what is rare is counted among all passages.
pub(super) const LARGE: usize = 5_000;

/// Passages, ready to be searched.
pub(crate) struct PassageIndex {
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    /// From keys to indices in the corpus.
    documents: HashMap<u64, usize>,
    /// The other way.
    pub(super) keys: Vec<u64>,
    /// Passages of each document.
    pub(super) passages: Vec<usize>,
}

impl std::fmt::Debug for PassageIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassageIndex")
            .field("documents", &self.keys.len())
            .finish_non_exhaustive()
    }
}

impl PassageIndex {
    /// Indexes every passage in memory.
    pub(crate) fn in_memory(library: &Library, segmenter: &Segmenter) -> Result<Self, IndexError> {
        Self::by_schema(schema(), library, segmenter)
    }

    /// One whose every search fails: it does not know which passages it found.
    #[cfg(test)]
    pub(crate) fn failing(library: &Library, segmenter: &Segmenter) -> Self {
        let schema = super::schema::with_passages(tantivy::schema::INDEXED);
        Self::by_schema(schema, library, segmenter).expect("in memory")
    }

    fn by_schema(
        (schema, fields): (Schema, Fields),
        library: &Library,
        segmenter: &Segmenter,
    ) -> Result<Self, IndexError> {
        let index = Index::create_in_ram(schema);
        register(&index, segmenter);
        let mut writer = writer(&index, library.documents())?;
        for document in library.documents() {
            add(&mut writer, fields, library, document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Self::open(&index, fields, library)
    }

    /// The index in `folder`, as [`Self::on_disk`]; in memory when the folder cannot be used.
    pub(crate) fn kept(
        folder: &Path,
        library: &Library,
        segmenter: &Segmenter,
    ) -> Result<Self, IndexError> {
        Self::on_disk(folder, library, segmenter).or_else(|error| {
            storage::refused(Kept::Index, &error);
            Self::in_memory(library, segmenter)
        })
    }

    /// Opens the index in `folder`, indexes what is new of `library` or falls into other words by
    /// `segmenter`, and drops what is gone. When anything there is not as it was written, the index is
    /// built again.
    pub(crate) fn on_disk(
        folder: &Path,
        library: &Library,
        segmenter: &Segmenter,
    ) -> Result<Self, IndexError> {
        if let Some((index, known)) = known(folder) {
            match Self::updated(folder, (index, known), library, segmenter) {
                Ok(Some(whole)) => return Ok(whole),
                Ok(None) => tracing::warn!("the index lacks passages: it is built again"),
                // Another process is at it.
                Err(error) if error.is_locked() => return Err(error),
                Err(error) => tracing::warn!(%error, "index not usable: it is built again"),
            }
        }
        let empty = (begin(folder, schema().0)?, Commit::default());
        Self::updated(folder, empty, library, segmenter)?.ok_or(IndexError::Incomplete)
    }

    /// The index that holds what `known` says brought up to `library`; `None` when it holds another number
    /// of passages then.
    fn updated(
        folder: &Path,
        (index, known): (Index, Commit),
        library: &Library,
        segmenter: &Segmenter,
    ) -> Result<Option<Self>, IndexError> {
        let fields = schema().1;
        register(&index, segmenter);
        let documents = library.documents().iter();
        let wanted = Commit {
            documents: documents.clone().map(|document| document.key).collect(),
            words: segmenter.added().to_vec(),
        };
        // Also the first time: an index without documents has a list of its files as well.
        if wanted != known || known.documents.is_empty() {
            let stays = known.cut_alike(&wanted, &index, fields, library)?;
            let fresh = documents.filter(|d| !stays.contains(&d.key));
            let mut writer = writer(&index, fresh.clone())?;
            for gone in known.documents.difference(&stays) {
                writer.delete_term(Term::from_field_u64(fields.document, *gone));
            }
            for document in fresh {
                add(&mut writer, fields, library, document)?;
            }
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&wanted.payload());
            commit.commit()?;
            writer.wait_merging_threads()?;
            checks::write(folder, &index)?;
            storage::close_files(folder).map_err(tantivy::TantivyError::from)?;
        }
        let opened = Self::open(&index, fields, library)?;
        let passages = opened.reader.searcher().num_docs();
        Ok((passages == library.passage_count() as u64).then_some(opened))
    }

    fn open(index: &Index, fields: Fields, library: &Library) -> Result<Self, IndexError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let documents = library.documents().iter();
        let keys: Vec<u64> = documents.clone().map(|document| document.key).collect();
        Ok(Self {
            reader,
            fields,
            documents: keys.iter().enumerate().map(|(n, key)| (*key, n)).collect(),
            keys,
            passages: documents.map(|document| document.passages).collect(),
        })
    }

    /// The best passages for the words and pairs of `question` among the documents it is about, best
    /// first, at most `limit`; ties keep document order.
    pub(crate) fn candidates(
        &self,
        question: &Understanding,
        boosts: &Boosts,
        limit: usize,
    ) -> Result<Vec<LexicalCandidate>, IndexError> {
        let clauses = self.clauses(question, boosts);
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut wanted: Box<dyn TantivyQuery> = Box::new(BooleanQuery::new(clauses));
        if !question.scope().documents.is_empty() {
            let within = Box::new(self.within(&question.scope().documents));
            wanted = Box::new(BooleanQuery::new(vec![
                (Occur::Must, wanted),
                (Occur::Must, within),
            ]));
        }
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = searcher.search(&wanted, &top)?;
        let columns = searcher.segment_readers().iter().map(|segment| {
            let fast = segment.fast_fields();
            Ok((fast.u64("document")?, fast.u64("passage")?))
        });
        let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
        let mut candidates = Vec::with_capacity(found.len());
        for (bm25, address) in found {
            let (documents, passages) = &columns[address.segment_ord as usize];
            let document = documents.first(address.doc_id);
            let document = document.and_then(|key| self.documents.get(&key).copied());
            let passage = passages.first(address.doc_id);
            let passage = passage.and_then(|n| usize::try_from(n).ok());
            let at = document.zip(passage).filter(|(document, passage)| {
                let of = self.passages.get(*document);
                of.is_some_and(|count| passage < count)
            });
            // To leave it out would be to say that there is nothing.
            let (document, passage) = at.ok_or(IndexError::Foreign)?;
            let at = PassageAt { document, passage };
            candidates.push(LexicalCandidate { at, bm25 });
        }
        candidates.sort_by(|a, b| b.bm25.total_cmp(&a.bm25).then(a.at.cmp(&b.at)));
        Ok(candidates)
    }

    /// One clause a term, weighted.
    fn clauses(
        &self,
        question: &Understanding,
        boosts: &Boosts,
    ) -> Vec<(Occur, Box<dyn TantivyQuery>)> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        let mut add = |field: Field, text: &str, weight: f32, boost: f32| {
            if boost <= 0.0 {
                return;
            }
            let exact = TermQuery::new(
                Term::from_field_text(field, text),
                IndexRecordOption::WithFreqs,
            );
            let boosted = BoostQuery::new(Box::new(exact), boost * weight);
            clauses.push((Occur::Should, Box::new(boosted)));
        };
        for word in question.words() {
            add(self.fields.words, &word.text, word.weight, boosts.words);
            add(
                self.fields.heading,
                &word.text,
                word.weight,
                boosts.headings,
            );
        }
        for bigram in question.bigrams() {
            add(
                self.fields.bigrams,
                &bigram.text,
                bigram.weight,
                boosts.pairs,
            );
        }
        for everyday in question.expansions() {
            for Synonym { word, weight } in &everyday.synonyms {
                add(self.fields.words, word, *weight, boosts.words);
                for pair in segment::bigrams(word) {
                    add(self.fields.bigrams, pair.of(word), *weight, boosts.pairs);
                }
            }
        }
        clauses
    }

    /// Passages of these documents, without weight.
    fn within(&self, documents: &[usize]) -> ConstScoreQuery {
        let keys = documents.iter().filter_map(|n| self.keys.get(*n));
        let any = keys.map(|key| -> (Occur, Box<dyn TantivyQuery>) {
            let term = Term::from_field_u64(self.fields.document, *key);
            let exact = TermQuery::new(term, IndexRecordOption::Basic);
            (Occur::Should, Box::new(exact))
        });
        ConstScoreQuery::new(Box::new(BooleanQuery::new(any.collect())), 0.0)
    }
}

/// The index in `folder` and what is in it; `None` when there is none that was made by this program, or it
/// is not as it was written.
fn known(folder: &Path) -> Option<(Index, Commit)> {
    if !folder.exists() {
        return None;
    }
    if !checks::hold(folder) {
        tracing::warn!("the index on disk is not as it was written: it is built again");
        return None;
    }
    let index = Index::open_in_dir(folder).ok()?;
    let payload = index.load_metas().ok()?.payload?;
    Some((index, Commit::read(&payload)?))
}

/// An empty index in `folder`, whatever was there.
fn begin(folder: &Path, schema: Schema) -> Result<Index, IndexError> {
    let io = |error: io::Error| tantivy::TantivyError::from(error);
    if folder.exists() {
        let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        // What looks damaged may be half of what another process writes right now.
        let _lock = directory
            .acquire_lock(&INDEX_WRITER_LOCK)
            .map_err(|error| tantivy::TantivyError::LockFailure(error, None))?;
        fs::remove_dir_all(folder).map_err(io)?;
    }
    storage::create_folder(folder).map_err(io)?;
    Ok(Index::create_in_dir(folder, schema)?)
}

/// A writer that suits the number of passages. One thread keeps passages in document order, so that
/// ties do.
fn writer<'a>(
    index: &Index,
    documents: impl IntoIterator<Item = &'a DocumentInfo>,
) -> Result<IndexWriter, IndexError> {
    let passages: usize = documents.into_iter().map(|d| d.passages).sum();
    Ok(if passages > LARGE {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        index.writer_with_num_threads(threads, threads * LARGE_WRITER_BYTES)?
    } else {
        index.writer_with_num_threads(1, WRITER_BYTES)?
    })
}

fn add(
    writer: &mut IndexWriter,
    fields: Fields,
    library: &Library,
    document: &DocumentInfo,
) -> Result<(), IndexError> {
    for (n, passage) in library.passages_of(document)?.into_iter().enumerate() {
        let text = normalize::fold(&normalize::strip_quotes(&passage.text));
        let path = normalize::fold(&normalize::strip_quotes(&passage.path.join("\n")));
        let mut row = TantivyDocument::default();
        row.add_text(fields.words, &text);
        row.add_text(fields.bigrams, &text);
        row.add_text(fields.heading, &path);
        row.add_u64(fields.document, document.key);
        row.add_u64(fields.passage, n as u64);
        writer.add_document(row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
