//! What the corpus and the word lists say of words: places, glossary terms, everyday words, and how
//! text falls into words.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use super::{
    corpus_words::CorpusWords, glossary::Glossary, lexicon::Lexicon, scope::Catalog,
    vocabulary::Vocabulary,
};
use crate::{
    corpus::DocumentInfo,
    retrieval::services::matter,
    text::{
        normalize::{self, fold},
        segment::Segmenter,
    },
};

/// Words beyond this number are not corrected to and not read from pinyin: the rarest.
pub(crate) const VOCABULARY: usize = 60_000;

/// What is known of words.
#[derive(Debug)]
pub(crate) struct Language {
    /// Places and years.
    pub(crate) catalog: Arc<Catalog>,
    /// Word lists.
    pub(crate) lexicon: Lexicon,
    /// Cuts text into words; knows those of the corpus and of the lists.
    pub(crate) segmenter: Segmenter,
    /// Glossary terms by name.
    pub(crate) glossary: Arc<Glossary>,
    /// What people call policies, with what their titles call them; folded.
    policies: Arc<Vec<(String, String)>>,
}

impl Language {
    /// Of these documents and lists; `default_place` leads when a question names none.
    pub(crate) fn new(documents: &[DocumentInfo], lexicon: Lexicon, default_place: &str) -> Self {
        let glossary = Arc::new(Glossary::new(documents));
        let catalog = Arc::new(Catalog::new(documents, default_place));
        Self::of(catalog, glossary, policies(documents), lexicon, None)
    }

    /// As [`Self::new`], sharing what is the same in `other`: the glossary if there are the `same_glossaries`,
    /// the segmenter if it cuts alike.
    pub(crate) fn beside(
        other: &Self,
        same_glossaries: bool,
        documents: &[DocumentInfo],
        lexicon: Lexicon,
        default_place: &str,
    ) -> Self {
        let glossary = match same_glossaries {
            true => Arc::clone(&other.glossary),
            false => Arc::new(Glossary::new(documents)),
        };
        let catalog = Arc::new(Catalog::new(documents, default_place));
        let known = Some(&other.segmenter);
        Self::of(catalog, glossary, policies(documents), lexicon, known)
    }

    /// Of the same documents and these lists.
    pub(crate) fn with_lexicon(&self, lexicon: Lexicon) -> Self {
        Self::of(
            Arc::clone(&self.catalog),
            Arc::clone(&self.glossary),
            Arc::clone(&self.policies),
            lexicon,
            Some(&self.segmenter),
        )
    }

    fn of(
        catalog: Arc<Catalog>,
        glossary: Arc<Glossary>,
        policies: Arc<Vec<(String, String)>>,
        mut lexicon: Lexicon,
        known: Option<&Segmenter>,
    ) -> Self {
        lexicon.weaken(catalog.default_names());
        lexicon.name(policies.iter());
        let words = own_words(&catalog, &glossary, &lexicon);
        let words = words.iter().map(String::as_str);
        let known = known.and_then(|segmenter| segmenter.that_knows_just(words.clone()));
        if known.is_some() {
            Segmenter::forget_ahead();
        }
        Self {
            segmenter: known.unwrap_or_else(|| Segmenter::with_words(words)),
            catalog,
            lexicon,
            glossary,
            policies,
        }
    }

    /// The words of the corpus and those inside of them (报销 in 报销比例), the most frequent ones
    /// when there are many; and the words of questions, so that those in pinyin can be read.
    pub(super) fn vocabulary(&self, mut counts: Vec<(String, u32)>) -> Vocabulary {
        keep_most_frequent(&mut counts, VOCABULARY);
        counts.sort_by(by_frequency);
        let known: HashSet<&str> = counts.iter().map(|(word, _)| word.as_str()).collect();
        let mut inside: BTreeMap<String, u32> = BTreeMap::new();
        for (word, count) in &counts {
            let is_new = |part: &&str| !known.contains(part) && self.segmenter.knows(part);
            for part in parts(word).filter(is_new) {
                *inside.entry(part.to_owned()).or_insert(0) += count;
            }
        }
        let words = counts.iter().cloned().chain(inside);
        self.vocabulary_of(Arc::new(CorpusWords::new(words)))
    }

    /// The same with the words of a corpus that are known already.
    pub(super) fn vocabulary_of(&self, corpus: Arc<CorpusWords>) -> Vocabulary {
        let asked = self
            .lexicon
            .question_words()
            .chain(["今年", "去年", "明年"]);
        Vocabulary::new(corpus, self.lexicon.words(), asked)
    }
}

/// What people call the policies of documents, each with what the title calls it (公租房, 公共租赁住房申请).
fn policies(documents: &[DocumentInfo]) -> Arc<Vec<(String, String)>> {
    let named = documents.iter().flat_map(|document| {
        let official = matter(&fold(&document.meta.title), &document.meta.place);
        let names = document.meta.policy.also_called.iter();
        names.map(move |name| (fold(name), official.clone()))
    });
    Arc::new(named.collect())
}

/// Leaves the `limit` most frequent words, of equally frequent ones the first by character.
pub(crate) fn keep_most_frequent(words: &mut Vec<(String, u32)>, limit: usize) {
    if words.len() > limit {
        words.select_nth_unstable_by(limit, by_frequency);
        words.truncate(limit);
    }
}

fn by_frequency(a: &(String, u32), b: &(String, u32)) -> Ordering {
    b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))
}

/// Terms, places and the lexicon's words, folded, for the segmenter.
fn own_words(catalog: &Catalog, glossary: &Glossary, lexicon: &Lexicon) -> Vec<String> {
    let mut words: Vec<String> = glossary.words().map(normalize::fold).collect();
    words.extend(catalog.words().map(str::to_owned));
    words.extend(lexicon.words().map(str::to_owned));
    words.retain(|word| (2..=8).contains(&word.chars().count()));
    words.sort();
    words.dedup();
    words
}

/// Neighbouring characters within a word of three or more, two at a time.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let longer = starts.len() > 2;
    (0..starts.len().saturating_sub(1))
        .filter(move |_| longer)
        .map(move |n| &word[starts[n]..starts.get(n + 2).copied().unwrap_or(word.len())])
}
