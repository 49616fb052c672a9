//! The tantivy index: words, character pairs and headings of every passage. Tantivy lives in this
//! file and nowhere else.
//!
//! A Chinese sentence is never handed to tantivy's query parser (it would search for one long
//! phrase); queries are built term by term.

use tantivy::{
    Index, IndexReader, ReloadPolicy, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery},
    schema::{
        FAST, Field, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};

use super::{
    query::{Query, QueryTerm},
    ranking::Boosts,
};
use crate::{
    corpus::Document,
    text::{
        Span, normalize,
        segment::{self, Segmenter},
    },
};

/// Why an index could not be built or searched.
#[derive(Debug, thiserror::Error)]
#[error("search index: {0}")]
pub struct IndexError(#[from] tantivy::TantivyError);

/// Where a passage stands: indices of the document and of the passage in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageAt {
    /// Index in the corpus.
    pub document: usize,
    /// Index in the document.
    pub passage: usize,
}

/// A passage that BM25 found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
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
    position: Field,
}

/// Passages, ready to be searched.
pub(super) struct PassageIndex {
    reader: IndexReader,
    fields: Fields,
    positions: Vec<PassageAt>,
}

impl std::fmt::Debug for PassageIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassageIndex")
            .field("passages", &self.positions.len())
            .finish_non_exhaustive()
    }
}

impl PassageIndex {
    /// Indexes every passage in memory.
    pub(super) fn build(documents: &[Document], segmenter: &Segmenter) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        let words = TextAnalyzer::builder(Words(segmenter.clone())).build();
        index.tokenizers().register("words", words);
        let bigrams = TextAnalyzer::builder(Bigrams).build();
        index.tokenizers().register("bigrams", bigrams);
        // One thread keeps passages in document order, so that ties do.
        let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
        let mut positions = Vec::new();
        for (d, document) in documents.iter().enumerate() {
            for (p, passage) in document.passages.iter().enumerate() {
                let text = normalize::fold(&normalize::strip_quotes(&passage.text));
                let path = normalize::fold(&normalize::strip_quotes(&passage.path.join("\n")));
                let mut row = TantivyDocument::default();
                row.add_text(fields.words, &text);
                row.add_text(fields.bigrams, &text);
                row.add_text(fields.heading, &path);
                row.add_u64(fields.position, positions.len() as u64);
                writer.add_document(row)?;
                positions.push(PassageAt {
                    document: d,
                    passage: p,
                });
            }
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            reader,
            fields,
            positions,
        })
    }

    /// The best passages for the words and pairs of `query`, best first, at most `limit`; ties keep
    /// document order.
    pub(super) fn candidates(
        &self,
        query: &Query,
        boosts: &Boosts,
        limit: usize,
    ) -> Result<Vec<Candidate>, IndexError> {
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
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = searcher.search(&BooleanQuery::new(clauses), &top)?;
        let mut candidates = Vec::with_capacity(found.len());
        for (bm25, address) in found {
            let segment = searcher.segment_reader(address.segment_ord);
            let column = segment.fast_fields().u64("position")?;
            if let Some(position) = column.first(address.doc_id)
                && let Some(at) = usize::try_from(position)
                    .ok()
                    .and_then(|n| self.positions.get(n))
            {
                candidates.push(Candidate { at: *at, bm25 });
            }
        }
        candidates.sort_by(|a, b| b.bm25.total_cmp(&a.bm25).then(a.at.cmp(&b.at)));
        Ok(candidates)
    }

    /// Inverse document frequency of a character pair, ln(1 + (N − n + ½) / (n + ½)) as in BM25;
    /// above 0, highest for what the corpus does not hold.
    pub(super) fn bigram_idf(&self, bigram: &str) -> f32 {
        self.idf(self.fields.bigrams, bigram)
    }

    /// The same for a word.
    pub(super) fn word_idf(&self, word: &str) -> f32 {
        self.idf(self.fields.words, word)
    }

    /// True when some passage holds the word or the pair.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.frequency(self.fields.words, text) > 0 || self.frequency(self.fields.bigrams, text) > 0
    }

    fn frequency(&self, field: Field, text: &str) -> u64 {
        let term = Term::from_field_text(field, text);
        self.reader.searcher().doc_freq(&term).unwrap_or(0)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of passages are far below 2^24"
    )]
    fn idf(&self, field: Field, text: &str) -> f32 {
        let n = self.frequency(field, text) as f32;
        let all = self.positions.len() as f32;
        (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
    }
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
        position: builder.add_u64_field("position", FAST),
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
