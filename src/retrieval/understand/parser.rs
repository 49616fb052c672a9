//! Makes an understanding of what was typed.

use std::{collections::HashSet, sync::Arc};

use super::{
    amount,
    corpus_terms::CorpusTerms,
    fact,
    glossary::TermMatch,
    language::Language,
    lexicon::Lexicon,
    message::Message,
    period::{self, PeriodConstraint},
    scope::Scope,
    spelling::Correction,
    story,
    understanding::{Expansion, QueryTerm, Reading, Understanding},
    vocabulary::Vocabulary,
};
use crate::{
    retrieval::component::{Component, Components},
    text::{
        Pattern, Span,
        han::is_han,
        normalize::strip_quotes,
        segment::{self, Segmenter},
    },
};

/// Weight of words that stand everywhere.
const WEAK: f32 = 0.25;
/// An everyday word of at least this many characters is rarely within others by accident.
const LONG_EVERYDAY_WORD: usize = 3;

static DEFINITIONAL: Pattern = Pattern::new(
    "是?(什么|啥|何)(意思|含义|东西|概念|内容)|(什么|啥)(叫|是)|指的?是?(什么|啥|哪)|是(什么|啥|指)|含义|意思|定义|解释|说的(是)?(什么|啥|哪)|(包括|包含|都有|有)(些)?(哪|啥|什么)|(是|指)的?(具体|分别|都)?哪(几|些|[一二三四五六七八九十两])|指(什么|啥)|怎么理解|(的|是)哪",
);

/// Understands questions to one corpus.
#[derive(Debug)]
pub(crate) struct Parser {
    language: Language,
    vocabulary: Vocabulary,
    corpus: Arc<CorpusTerms>,
    components: Components,
}

impl Parser {
    /// For the corpus whose words, with the number of passages that hold each, and character pairs
    /// these are.
    pub(crate) fn new(
        language: Language,
        words: Vec<(String, u32)>,
        corpus: CorpusTerms,
        components: Components,
    ) -> Self {
        Self {
            vocabulary: language.vocabulary(words),
            language,
            corpus: Arc::new(corpus),
            components,
        }
    }

    /// For the same corpus, by what `language` says.
    pub(crate) fn with_language(&self, language: Language) -> Self {
        Self {
            vocabulary: language.vocabulary_of(Arc::clone(&self.vocabulary.corpus)),
            language,
            corpus: Arc::clone(&self.corpus),
            components: self.components,
        }
    }

    /// What the corpus and the lists say of words.
    pub(crate) const fn language(&self) -> &Language {
        &self.language
    }

    /// The words and pairs of the corpus.
    pub(crate) fn corpus(&self) -> &CorpusTerms {
        &self.corpus
    }

    /// Understands a message: pinyin is read, English translated, misspelt words corrected. After a
    /// question about `earlier`, it keeps that place unless it names another.
    pub(crate) fn understand(&self, message: &Message, earlier: Option<&Scope>) -> Understanding {
        let mut reading = self.read(message.folded(), earlier);
        self.leave_out(&mut reading);
        Understanding::new(reading)
    }

    /// Reads a question that found nothing once more: a word that the dictionary knows and the
    /// corpus lacks may be a misspelt one that the corpus has (公测 for 公厕). `None` when there is
    /// none.
    pub(crate) fn reread(&self, question: &Understanding) -> Option<Understanding> {
        let once = question.corrections().is_empty()
            && question.terms().is_empty()
            && question.context().is_empty();
        if !once || !self.components.has(Component::Corrections) {
            return None;
        }
        let corrected = self.corrected(question.folded(), None, |_| false);
        corrected.map(Understanding::new)
    }

    /// Forgets what the components that are off would have found.
    fn leave_out(&self, reading: &mut Reading) {
        if !self.components.has(Component::Period) {
            reading.period = PeriodConstraint::Any;
        }
        if !self.components.has(Component::AnswerType) {
            reading.answer_type = None;
            reading.attribute = None;
            reading.counted = None;
        }
    }

    fn read(&self, folded: &str, earlier: Option<&Scope>) -> Reading {
        let reading = self.read_plainly(folded, earlier);
        if !reading.folded.chars().any(is_han) {
            return self.read_latin(reading, earlier);
        }
        let named = !reading.terms.is_empty();
        if named || !self.components.has(Component::Corrections) {
            // A term by ear is recognised as one; its words must not be corrected away.
            return reading;
        }
        let is_word = |word: &str| self.language.segmenter.knows(word);
        self.corrected(&reading.folded, earlier, is_word)
            .unwrap_or(reading)
    }

    /// A question without Han characters: in pinyin or English, if it can be read so.
    fn read_latin(&self, reading: Reading, earlier: Option<&Scope>) -> Reading {
        if !reading.terms.is_empty() || !self.components.has(Component::Latin) {
            return reading;
        }
        let read = self.vocabulary.read_pinyin(&reading.folded);
        let is_pinyin = read.is_some();
        let translated = || self.language.lexicon.translate(&reading.folded);
        let Some(text) = read.or_else(translated) else {
            return reading;
        };
        let correction = Correction {
            typed: reading.folded,
            searched: text.clone(),
        };
        Reading {
            // A translation is not a correction: the asker wrote no mistake.
            corrections: if is_pinyin {
                vec![correction]
            } else {
                Vec::new()
            },
            ..self.read_plainly(Message::new(text).folded(), earlier)
        }
    }

    /// The question with misspelt words replaced; `None` when there are none.
    fn corrected(
        &self,
        folded: &str,
        earlier: Option<&Scope>,
        is_word: impl Fn(&str) -> bool,
    ) -> Option<Reading> {
        let Language {
            lexicon, segmenter, ..
        } = &self.language;
        let segments: Vec<(Span, bool)> = segmenter
            .words(folded)
            .into_iter()
            .map(|word| (word, segmenter.knows(word.of(folded))))
            .collect();
        let (text, corrections) = self.vocabulary.correct(
            folded,
            &segments,
            |pair| self.corpus.hold(pair),
            is_word,
            |word| lexicon.is_question_word(word),
            |word| segmenter.is_noun(word),
        );
        (!corrections.is_empty()).then(|| Reading {
            corrections,
            ..self.read_plainly(Message::new(text).folded(), earlier)
        })
    }

    /// A folded message, letter by letter as it stands.
    fn read_plainly(&self, folded: &str, earlier: Option<&Scope>) -> Reading {
        let Language {
            catalog,
            lexicon,
            segmenter,
            glossary,
            ..
        } = &self.language;
        let folded = squeeze(&lexicon.without_courtesy(folded));
        let scope = catalog.scope(&folded, lexicon.intents(), segmenter, earlier);
        let found = period::find(lexicon.intents(), &folded, scope.base, scope.covered);
        let spoken = strip_to_blank(&scope.without_places(&found.rest));
        let spoken_words = segmenter.words(&spoken);
        let content = if self.components.has(Component::QuestionWords) {
            lexicon.without_question_words(&spoken, &spoken_words)
        } else {
            spoken.clone()
        };
        let terms = if self.components.has(Component::Terms) {
            in_scope(glossary.find(&folded), &scope)
        } else {
            Vec::new()
        };
        let mut reading = Reading {
            definitional: DEFINITIONAL.is_match(&folded),
            scope,
            period: found.constraint,
            resolved_years: found.resolved,
            other_years: found.other_years,
            answer_type: fact::answer_type(lexicon.intents(), &folded),
            attribute: amount::attribute(&spoken, &spoken_words, lexicon, segmenter),
            counted: amount::counted(&spoken, &spoken_words, lexicon, segmenter),
            terms,
            folded,
            ..Reading::default()
        };
        if self.components.has(Component::QuestionWords) {
            reading.set_words(&content, segmenter, lexicon);
        } else {
            reading.set_words(&content, segmenter, &Lexicon::default());
        }
        if self.components.has(Component::Lexicon) {
            reading.set_expansions(&spoken, &spoken_words, lexicon);
        }
        let told = |word: &str| self.corpus.speak_of(word);
        let asking = story::asking_part(&reading.folded, lexicon, segmenter, told);
        if let Some(asking) = asking {
            reading.look_first_for(&asking);
            reading.asking = asking;
        }
        if reading.words.is_empty() {
            reading.bare = true;
            // Keep the question when nothing is left of it.
            reading.set_words(&spoken, segmenter, &Lexicon::default());
        }
        reading
    }
}

impl Reading {
    /// Makes less of the words that stand outside `asking`.
    fn look_first_for(&mut self, asking: &str) {
        for term in self.words.iter_mut().chain(&mut self.bigrams) {
            if !asking.contains(&term.text) {
                term.weight *= story::TOLD;
            }
        }
        let told = self.expansions.iter_mut();
        let told = told.filter(|everyday| !asking.contains(&everyday.typed));
        for synonym in told.flat_map(|everyday| &mut everyday.synonyms) {
            synonym.weight *= story::TOLD;
        }
    }

    /// Words and pairs of `content`, and `content` itself without question words.
    fn set_words(&mut self, content: &str, segmenter: &Segmenter, lexicon: &Lexicon) {
        let mut content = content.to_owned();
        let mut words = Vec::new();
        let mut weak: Vec<Span> = Vec::new();
        for span in segmenter.words(&content.clone()) {
            let word = span.of(&content).to_owned();
            if lexicon.is_question_word(&word) {
                content.replace_range(span.start..span.end, &" ".repeat(span.len()));
            } else if lexicon.is_weak(&word) {
                weak.push(span);
                words.push((word, WEAK));
            } else {
                words.push((word, 1.0));
            }
        }
        let bigrams = segment::bigrams(&content).into_iter().map(|span| {
            let is_weak = weak.iter().any(|weak| weak.contains(span));
            let weight = if is_weak { WEAK } else { 1.0 };
            (span.of(&content).to_owned(), weight)
        });
        self.bigrams = unique(bigrams);
        self.words = unique(words);
        self.content = content;
    }

    /// `text` is `content` before question words were blanked, so positions are the same.
    ///
    /// A short everyday word must begin and end where a segment does: 水管 is none in 供水管网. Three
    /// characters (自来水 in 自来水管网) are rarely there by accident.
    fn set_expansions(&mut self, text: &str, words: &[Span], lexicon: &Lexicon) {
        let pairs = segment::bigrams(&self.content);
        for everyday in lexicon.everyday_words(text) {
            let starts = words.iter().any(|word| word.start == everyday.span.start);
            let ends = words.iter().any(|word| word.end == everyday.span.end);
            let typed = everyday.span.of(text).to_owned();
            if !(starts && ends) && typed.chars().count() < LONG_EVERYDAY_WORD {
                continue;
            }
            let inside = pairs.iter().filter(|pair| everyday.span.contains(**pair));
            let mut bigrams: Vec<String> = inside
                .map(|pair| pair.of(&self.content).to_owned())
                .collect();
            if bigrams.is_empty() {
                bigrams.push(typed.clone());
                self.bigrams.push(QueryTerm {
                    text: typed.clone(),
                    weight: 1.0,
                });
            }
            self.expansions.push(Expansion {
                typed,
                bigrams,
                synonyms: everyday.synonyms.to_vec(),
            });
        }
    }
}

/// The terms that the documents asked explain; those of others when these explain none.
fn in_scope(mut terms: Vec<TermMatch>, scope: &Scope) -> Vec<TermMatch> {
    if terms.iter().any(|term| scope.holds(term.document)) {
        terms.retain(|term| scope.holds(term.document));
    }
    terms
}

fn unique(terms: impl IntoIterator<Item = (String, f32)>) -> Vec<QueryTerm> {
    let mut seen = HashSet::new();
    terms
        .into_iter()
        .filter(|(text, _)| seen.insert(text.clone()))
        .map(|(text, weight)| QueryTerm { text, weight })
        .collect()
}

/// Quotes vanish (“六必访”的 → 六必访的); other punctuation parts words.
fn strip_to_blank(text: &str) -> String {
    strip_quotes(text)
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '%' || c == '.' {
                c
            } else {
                ' '
            }
        })
        .collect()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
