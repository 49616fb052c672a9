//! The tantivy index: words, character pairs and headings of every passage, in memory or on disk.
//! Tantivy lives in this file and nowhere else.
//!
//! On disk it is updated by document: each is known by the key of its content
//! ([`DocumentInfo::key`]), the commit says which keys are in. Nothing there is more than a cache: an
//! index of another version, of other word lists or damaged is built anew.
//!
//! A Chinese sentence is never handed to tantivy's query parser (it would search for one long
//! phrase); queries are built term by term.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::Path,
};

use tantivy::{
    DocId, DocSet as _, Index, IndexReader, IndexWriter, InvertedIndexReader, ReloadPolicy,
    TERMINATED, TantivyDocument, Term,
    collector::TopDocs,
    postings::SegmentPostings,
    query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as TantivyQuery, TermQuery},
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};

use super::ranking::Boosts;
use crate::{
    corpus::{self, DocumentInfo, Library, LibraryError, PassageAt},
    retrieval::understand::query::{Query, QueryTerm},
    text::{
        Span, normalize,
        segment::{self, Segmenter},
    },
};

/// Why an index could not be built or searched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The search engine.
    #[error("search index: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A passage that is to be indexed or judged.
    #[error("search index: {0}")]
    Library(#[from] LibraryError),
}

/// A passage that BM25 found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    /// Which passage.
    pub at: PassageAt,
    /// Boosted sum of per-field BM25 (k1 = 1.2, b = 0.75): above 0, comparable within one call.
    pub bm25: f32,
}

#[derive(Debug, Clone, Copy)]
struct Fields {
    words: Field,
    bigrams: Field,
    heading: Field,
    /// Key of the document.
    document: Field,
    /// Index in the document.
    passage: Field,
}

/// Memory of a writer, in bytes a thread; tantivy wants 15 MB at least.
const WRITER_BYTES: usize = 15_000_000;
const LARGE_WRITER_BYTES: usize = 60_000_000;
/// With more passages than this, all cores index, and what is rare is counted among all passages.
const LARGE: usize = 5_000;

/// Passages, ready to be searched.
pub(crate) struct PassageIndex {
    reader: IndexReader,
    fields: Fields,
    /// From keys to indices in the corpus.
    documents: HashMap<u64, usize>,
    /// The other way.
    keys: Vec<u64>,
    /// Passages of each document.
    passages: Vec<usize>,
}

/// The passages among which something is rare or frequent.
#[derive(Debug)]
pub(crate) struct Population {
    /// By segment, ascending; `None` for all.
    members: Option<Vec<Vec<DocId>>>,
    passages: u64,
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
        let (schema, fields) = schema();
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

    /// Opens the index in `folder`, and indexes what is new of `library` and drops what is gone.
    /// `words` names the word lists behind `segmenter`: with others the index is built anew.
    pub(crate) fn on_disk(
        folder: &Path,
        library: &Library,
        segmenter: &Segmenter,
        words: &str,
    ) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let made_by = format!("{} {words}", corpus::program());
        let open = || -> Option<(Index, HashSet<u64>)> {
            let index = Index::open_in_dir(folder).ok()?;
            let payload = index.load_metas().ok()?.payload?;
            let keys = payload.strip_prefix(&made_by)?.split_whitespace();
            let keys = keys.map(|key| u64::from_str_radix(key, 16));
            Some((index, keys.collect::<Result<_, _>>().ok()?))
        };
        let (index, known) = match open() {
            Some(known) => known,
            None => (begin(folder, schema)?, HashSet::new()),
        };
        register(&index, segmenter);
        let documents = library.documents().iter();
        let wanted: HashSet<u64> = documents.clone().map(|document| document.key).collect();
        if wanted != known {
            let fresh = documents.filter(|d| !known.contains(&d.key));
            let mut writer = writer(&index, fresh.clone())?;
            for gone in known.difference(&wanted) {
                writer.delete_term(Term::from_field_u64(fields.document, *gone));
            }
            for document in fresh {
                add(&mut writer, fields, library, document)?;
            }
            let mut payload = made_by;
            for key in &wanted {
                payload.push_str(&format!(" {key:x}"));
            }
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit()?;
            writer.wait_merging_threads()?;
        }
        Self::open(&index, fields, library)
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

    /// The best passages for the words and pairs of `query` among the documents it is about, best
    /// first, at most `limit`; ties keep document order.
    pub(crate) fn candidates(
        &self,
        query: &Query,
        boosts: &Boosts,
        limit: usize,
    ) -> Result<Vec<Candidate>, IndexError> {
        let clauses = self.clauses(query, boosts);
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut wanted: Box<dyn TantivyQuery> = Box::new(BooleanQuery::new(clauses));
        if !query.scope.documents.is_empty() {
            let within = Box::new(self.within(&query.scope.documents));
            wanted = Box::new(BooleanQuery::new(vec![
                (Occur::Must, wanted),
                (Occur::Must, within),
            ]));
        }
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = searcher.search(&wanted, &top)?;
        let mut candidates = Vec::with_capacity(found.len());
        for (bm25, address) in found {
            let fast = searcher.segment_reader(address.segment_ord).fast_fields();
            let value = |column: &str| -> Result<Option<u64>, IndexError> {
                Ok(fast.u64(column)?.first(address.doc_id))
            };
            let document = value("document")?.and_then(|key| self.documents.get(&key));
            let passage = value("passage")?.and_then(|n| usize::try_from(n).ok());
            if let (Some(document), Some(passage)) = (document, passage) {
                let at = PassageAt {
                    document: *document,
                    passage,
                };
                candidates.push(Candidate { at, bm25 });
            }
        }
        candidates.sort_by(|a, b| b.bm25.total_cmp(&a.bm25).then(a.at.cmp(&b.at)));
        Ok(candidates)
    }

    /// One clause a term, weighted.
    fn clauses(&self, query: &Query, boosts: &Boosts) -> Vec<(Occur, Box<dyn TantivyQuery>)> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        let mut add = |field: Field, term: &QueryTerm, boost: f32| {
            if boost <= 0.0 {
                return;
            }
            let exact = TermQuery::new(
                Term::from_field_text(field, &term.text),
                IndexRecordOption::WithFreqs,
            );
            let boosted = BoostQuery::new(Box::new(exact), boost * term.weight);
            clauses.push((Occur::Should, Box::new(boosted)));
        };
        for word in &query.words {
            add(self.fields.words, word, boosts.words);
            add(self.fields.heading, word, boosts.headings);
        }
        for bigram in &query.bigrams {
            add(self.fields.bigrams, bigram, boosts.pairs);
        }
        for substitute in &query.substitutes {
            for alternative in &substitute.alternatives {
                let word = QueryTerm {
                    text: alternative.word.clone(),
                    weight: alternative.weight,
                };
                add(self.fields.words, &word, boosts.words);
                let pairs = segment::bigrams(&alternative.word);
                for pair in &pairs {
                    let pair = QueryTerm {
                        text: pair.of(&alternative.word).to_owned(),
                        weight: alternative.weight,
                    };
                    add(self.fields.bigrams, &pair, boosts.pairs);
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

    /// The passages of these documents: what is rare among them does not depend on what else is
    /// loaded. All passages when no documents are given, or so many that it makes no difference.
    pub(crate) fn population(&self, documents: &[usize]) -> Result<Population, IndexError> {
        let searcher = self.reader.searcher();
        let own: usize = documents.iter().filter_map(|n| self.passages.get(*n)).sum();
        if documents.is_empty() || own > LARGE {
            return Ok(Population {
                members: None,
                passages: searcher.num_docs(),
            });
        }
        let mut members = Vec::with_capacity(searcher.segment_readers().len());
        let mut passages = 0;
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.document)?;
            let mut own: Vec<DocId> = Vec::new();
            for key in documents.iter().filter_map(|n| self.keys.get(*n)) {
                let term = Term::from_field_u64(self.fields.document, *key);
                let postings = postings(&inverted, &term)?;
                if let Some(mut postings) = postings {
                    while postings.doc() != TERMINATED {
                        own.push(postings.doc());
                        postings.advance();
                    }
                }
            }
            own.sort_unstable();
            passages += own.len() as u64;
            members.push(own);
        }
        Ok(Population {
            members: Some(members),
            passages,
        })
    }

    /// Inverse document frequency of a character pair, ln(1 + (N − n + ½) / (n + ½)) as in BM25;
    /// above 0, highest for what no passage of `population` holds.
    pub(crate) fn bigram_idf(&self, bigram: &str, population: &Population) -> f32 {
        self.idf(self.fields.bigrams, bigram, population)
    }

    /// The same for a word.
    pub(crate) fn word_idf(&self, word: &str, population: &Population) -> f32 {
        self.idf(self.fields.words, word, population)
    }

    /// True when some passage holds the word or the pair.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.frequency(self.fields.words, text) > 0 || self.frequency(self.fields.bigrams, text) > 0
    }

    /// Every word with the number of passages that hold it, those of passages just deleted
    /// included.
    pub(crate) fn words(&self) -> Result<HashMap<String, u32>, IndexError> {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let terms = segment.inverted_index(self.fields.words)?;
            let mut stream = terms
                .terms()
                .stream()
                .map_err(tantivy::TantivyError::from)?;
            while let Some((term, info)) = stream.next() {
                if let Ok(word) = std::str::from_utf8(term) {
                    let count = counts.entry(word.to_owned()).or_insert(0);
                    *count = count.saturating_add(info.doc_freq);
                }
            }
        }
        Ok(counts)
    }

    fn frequency(&self, field: Field, text: &str) -> u64 {
        let term = Term::from_field_text(field, text);
        self.reader.searcher().doc_freq(&term).unwrap_or(0)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of passages are far below 2^24"
    )]
    fn idf(&self, field: Field, text: &str, population: &Population) -> f32 {
        let n = match &population.members {
            None => self.frequency(field, text),
            // What cannot be read is held by none.
            Some(members) => self.among(members, field, text).unwrap_or(0),
        } as f32;
        let all = (population.passages as f32).max(n);
        (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
    }

    /// How many of `members` hold a term.
    fn among(&self, members: &[Vec<DocId>], field: Field, text: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(field, text);
        let searcher = self.reader.searcher();
        let mut count = 0;
        for (segment, members) in searcher.segment_readers().iter().zip(members) {
            let inverted = segment.inverted_index(field)?;
            let Some(mut postings) = postings(&inverted, &term)? else {
                continue;
            };
            for member in members {
                if postings.doc() < *member {
                    postings.seek(*member);
                }
                count += u64::from(postings.doc() == *member);
            }
        }
        Ok(count)
    }
}

fn postings(
    inverted: &InvertedIndexReader,
    term: &Term,
) -> Result<Option<SegmentPostings>, IndexError> {
    let read = inverted.read_postings(term, IndexRecordOption::Basic);
    Ok(read.map_err(tantivy::TantivyError::from)?)
}

/// An empty index in `folder`, whatever was there.
fn begin(folder: &Path, schema: Schema) -> Result<Index, IndexError> {
    let io = |error: io::Error| tantivy::TantivyError::from(error);
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(io)?;
    }
    fs::create_dir_all(folder).map_err(io)?;
    Ok(Index::create_in_dir(folder, schema)?)
}

fn register(index: &Index, segmenter: &Segmenter) {
    let words = TextAnalyzer::builder(Words(segmenter.clone())).build();
    index.tokenizers().register("words", words);
    let bigrams = TextAnalyzer::builder(Bigrams).build();
    index.tokenizers().register("bigrams", bigrams);
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

fn schema() -> (Schema, Fields) {
    fn text(builder: &mut SchemaBuilder, name: &str, tokenizer: &str) -> Field {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqs);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    }
    let mut builder = Schema::builder();
    let fields = Fields {
        words: text(&mut builder, "words", "words"),
        bigrams: text(&mut builder, "bigrams", "bigrams"),
        heading: text(&mut builder, "heading", "words"),
        document: builder.add_u64_field("document", INDEXED | FAST),
        passage: builder.add_u64_field("passage", FAST),
    };
    (builder.build(), fields)
}

/// Tantivy's view of [`Segmenter::words`].
#[derive(Debug, Clone)]
struct Words(Segmenter);

/// Tantivy's view of [`segment::bigrams`].
#[derive(Debug, Clone, Copy)]
struct Bigrams;

impl Tokenizer for Words {
    type TokenStream<'a> = Spans<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spans<'a> {
        Spans::new(text, self.0.words(text))
    }
}

impl Tokenizer for Bigrams {
    type TokenStream<'a> = Spans<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spans<'a> {
        Spans::new(text, segment::bigrams(text))
    }
}

struct Spans<'a> {
    text: &'a str,
    spans: std::vec::IntoIter<Span>,
    token: Token,
}

impl<'a> Spans<'a> {
    fn new(text: &'a str, spans: Vec<Span>) -> Self {
        Self {
            text,
            spans: spans.into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for Spans<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.spans.next() else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = span.start;
        self.token.offset_to = span.end;
        self.token.text.clear();
        self.token.text.push_str(span.of(self.text));
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests;
