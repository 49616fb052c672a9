//! Which fields of a passage are indexed, and how text becomes tokens.

use tantivy::{
    Index,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
        TextFieldIndexing, TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};

use crate::text::{
    Span,
    segment::{self, Segmenter},
};

/// The fields of a passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) words: Field,
    pub(super) bigrams: Field,
    pub(super) heading: Field,
    /// Key of the document.
    pub(super) document: Field,
    /// Index in the document.
    pub(super) passage: Field,
}

/// Tells `index` how to cut text: by `segmenter`, and in pairs.
pub(super) fn register(index: &Index, segmenter: &Segmenter) {
    let segmenter = segmenter.clone();
    let words = Cut(move |text: &str| segmenter.words(text));
    let words = TextAnalyzer::builder(words).build();
    index.tokenizers().register("words", words);
    let bigrams = TextAnalyzer::builder(Cut(segment::bigrams)).build();
    index.tokenizers().register("bigrams", bigrams);
}

/// All fields.
pub(super) fn schema() -> (Schema, Fields) {
    with_passages(FAST)
}

/// All fields, the number of a passage kept as `passages` say.
pub(super) fn with_passages(passages: impl Into<NumericOptions>) -> (Schema, Fields) {
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
        passage: builder.add_u64_field("passage", passages),
    };
    (builder.build(), fields)
}

/// A tokenizer by a function that cuts text.
#[derive(Clone)]
struct Cut<F>(F);

impl<F: Fn(&str) -> Vec<Span> + Clone + Send + Sync + 'static> Tokenizer for Cut<F> {
    type TokenStream<'a> = Spans<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spans<'a> {
        Spans {
            text,
            spans: (self.0)(text).into_iter(),
            token: Token::default(),
        }
    }
}

struct Spans<'a> {
    text: &'a str,
    spans: std::vec::IntoIter<Span>,
    token: Token,
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
