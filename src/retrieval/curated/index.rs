//! The entries of a corpus.

use super::{
    document_number::DocumentNumber,
    named::Named,
    polarity::Polarity,
    score::{Evidence, Side},
};
use crate::{
    corpus::{DocumentInfo, DocumentKind, Library, LibraryError, Passage, PassageAt},
    retrieval::understand::{Message, Parser, Understanding, rarity},
    text::{
        Pattern,
        normalize::{fold, strip_quotes},
    },
};

/// Entries of one corpus at most; passages beyond them are searched like any other.
const ENTRIES: usize = 20_000;
/// Entries compared word by word at most: of more, those that come nearest by the cosine and by the
/// words that they hold as they are.
const COMPARED: usize = 200;
/// What the cosine counts beside one rare word.
const COSINE_WEIGHT: f32 = 4.0;
/// From here on an entry is the one asked for …
const MATCHES: f32 = 0.4;
/// … and from here on it comes near.
const NEAR: f32 = 0.25;

/// What a question may end with and ask the same.
const PARTICLES: [char; 7] = ['吗', '呢', '啊', '呀', '吧', '嘛', '么'];

static ASKS: Pattern = Pattern::new(
    "[?？吗呢么]$|怎么|如何|咋|什么|啥|哪|多少|多久|几|谁|能否|能不能|可否|是否|有没有|要不要",
);

/// A question with its answer.
#[derive(Debug)]
struct Entry {
    at: PassageAt,
    question: String,
    /// The question's [`letters`].
    letters: String,
    asked: Understanding,
    answer: String,
    polarity: Polarity,
    named: Named,
    numbers: Vec<DocumentNumber>,
}

/// An entry that may be the one asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CuratedMatch {
    /// Its answer.
    pub at: PassageAt,
    /// How surely, 0 to 1.
    pub probability: f32,
}

impl CuratedMatch {
    /// True for the entry asked for.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.probability >= MATCHES
    }
}

/// All questions with curated answers.
#[derive(Debug, Default)]
pub struct CuratedIndex {
    entries: Vec<Entry>,
    /// Indices of the documents that they are of, ascending.
    documents: Vec<usize>,
}

impl CuratedIndex {
    /// Of the documents of `library` that are lists of questions.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub(crate) fn build(library: &Library, parser: &Parser) -> Result<Self, LibraryError> {
        let mut index = Self::default();
        for (at, question, passage) in curated(library)? {
            if index.documents.last() != Some(&at.document) {
                index.documents.push(at.document);
            }
            let message = Message::new(question);
            let folded = strip_quotes(message.folded());
            let asked = parser.understand(&message, None);
            index.entries.push(Entry {
                at,
                letters: letters(asked.folded()),
                asked,
                polarity: Polarity::of(&folded),
                named: Named::of(&folded),
                numbers: DocumentNumber::all(&fold(&format!("{folded}\n{}", passage.text))),
                answer: strip_quotes(&fold(&passage.text)),
                question: folded,
            });
        }
        Ok(index)
    }

    /// True when there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// True for a document whose passages are all curated answers.
    #[must_use]
    pub fn holds(&self, document: usize) -> bool {
        self.documents.binary_search(&document).is_ok()
    }

    /// The entries that `question` may ask for, the surest first; `cosines` with each entry, none
    /// without a model.
    #[must_use]
    pub fn find(&self, question: &Understanding, cosines: &[f32]) -> Vec<CuratedMatch> {
        let folded = strip_quotes(question.folded());
        let numbers = DocumentNumber::all(&folded);
        let in_scope = |entry: &Entry| question.scope().holds(entry.at.document);
        let asked = letters(question.folded());
        let mut own = self.entries.iter();
        if let Some(own) = own.find(|entry| entry.letters == asked && in_scope(entry)) {
            return vec![CuratedMatch {
                at: own.at,
                probability: 1.0,
            }];
        }
        if !numbers.is_empty() {
            let same = |entry: &&Entry| {
                let mut own = entry.numbers.iter();
                own.any(|own| numbers.iter().any(|number| own.is_same(number)))
            };
            let named = self.entries.iter().filter(|entry| in_scope(entry));
            let named = named.filter(same).map(|entry| CuratedMatch {
                at: entry.at,
                probability: 1.0,
            });
            return named.collect();
        }
        let compared = self.compare(question, &folded, cosines);
        let best = |of: fn(&Evidence) -> f32| {
            let mut all: Vec<f32> = compared.iter().map(|(_, evidence)| of(evidence)).collect();
            all.sort_by(|a, b| b.total_cmp(a));
            [0, 1].map(|n| all.get(n).copied().unwrap_or(0.0))
        };
        let (shares, cosines) = (best(|it| it.share), best(|it| it.cosine));
        // The best of all others.
        let rival = |[first, second]: [f32; 2], own: f32| if own >= first { second } else { first };
        let likely = compared.iter().map(|(at, evidence)| CuratedMatch {
            at: *at,
            probability: evidence.probability((
                rival(shares, evidence.share),
                rival(cosines, evidence.cosine),
            )),
        });
        let mut found: Vec<CuratedMatch> =
            likely.filter(|found| found.probability >= NEAR).collect();
        found.sort_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then(a.at.cmp(&b.at))
        });
        found
    }

    /// The entries to compare, in order.
    fn nearest(&self, question: &Understanding, cosines: &[f32]) -> Vec<usize> {
        let mut nearest: Vec<usize> = (0..self.entries.len()).collect();
        if nearest.len() <= COMPARED {
            return nearest;
        }
        let words = question.words().iter().map(|word| word.text.as_str());
        let official = question.expansions().iter().flat_map(|it| &it.synonyms);
        let words: Vec<&str> = words.chain(official.map(|it| it.word.as_str())).collect();
        let near = |(n, entry): (usize, &Entry)| {
            let held = words
                .iter()
                .filter(|word| entry.question.contains(**word) || entry.answer.contains(**word));
            let held: f32 = held.map(|word| rarity(word)).sum();
            COSINE_WEIGHT.mul_add(cosines.get(n).copied().unwrap_or(0.0), held)
        };
        let near: Vec<f32> = self.entries.iter().enumerate().map(near).collect();
        nearest.sort_by(|a, b| near[*b].total_cmp(&near[*a]));
        nearest.truncate(COMPARED);
        nearest.sort_unstable();
        nearest
    }

    /// What speaks for each entry that may be asked for.
    fn compare(
        &self,
        question: &Understanding,
        folded: &str,
        cosines: &[f32],
    ) -> Vec<(PassageAt, Evidence)> {
        let side = Side {
            asked: question,
            folded,
        };
        let polarity = Polarity::of(folded);
        let named = Named::of(folded);
        let nearest = self.nearest(question, cosines).into_iter();
        let entries = nearest.map(|n| (n, &self.entries[n]));
        let asked = entries.filter(|(_, entry)| {
            question.scope().holds(entry.at.document)
                && !polarity.is_opposite(entry.polarity)
                && !named.differ(&entry.named, &entry.answer)
        });
        let compared = asked.map(|(n, entry)| {
            let own = Side {
                asked: &entry.asked,
                folded: &entry.question,
            };
            let cosine = cosines.get(n).copied().unwrap_or(0.0);
            let evidence = Evidence::of(&side, &own, &entry.answer, cosine);
            (entry.at, evidence)
        });
        compared
            .filter(|(_, evidence)| !evidence.excludes())
            .collect()
    }
}

/// A folded question without what is no letter and the particles that it ends with: the same for a question
/// and an entry's when nothing else differs, whatever the answer says.
fn letters(folded: &str) -> String {
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    match letters.trim_end_matches(PARTICLES) {
        "" => letters,
        bare => bare.to_owned(),
    }
}

/// The questions of the entries of `library`, in order.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub(crate) fn curated_questions(library: &Library) -> Result<Vec<String>, LibraryError> {
    let entries = curated(library)?.into_iter();
    let questions = entries.map(|(_, question, _)| Message::new(question).folded().to_owned());
    Ok(questions.collect())
}

type Curated = (PassageAt, String, std::sync::Arc<Passage>);

/// The entries of `library`, in order.
fn curated(library: &Library) -> Result<Vec<Curated>, LibraryError> {
    let mut entries = Vec::new();
    let faqs = library.documents().iter();
    for document in faqs.filter(|document| document.meta.kind == DocumentKind::Faq) {
        let of_document = entries_of(library, document)?;
        if entries.len() + of_document.len() <= ENTRIES {
            entries.extend(of_document);
        }
    }
    Ok(entries)
}

/// The entries of a document; none unless most of its passages stand below questions.
fn entries_of(library: &Library, document: &DocumentInfo) -> Result<Vec<Curated>, LibraryError> {
    let passages = library.passages_of(document)?;
    let asks = |passage: &&std::sync::Arc<Passage>| {
        let heading = passage.path.get(1);
        heading.is_some_and(|heading| ASKS.is_match(&fold(heading)))
    };
    if passages.iter().filter(asks).count() * 2 <= passages.len() {
        return Ok(Vec::new());
    }
    let entries = passages.into_iter().enumerate().map(|(n, passage)| {
        let heading = passage.path.get(1).or(passage.path.first());
        let question = heading.cloned().unwrap_or_default();
        (document.at(n), question, passage)
    });
    Ok(entries.collect())
}
