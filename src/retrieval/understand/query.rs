//! From what was typed to what is searched.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

use super::{
    fact::{self, Need},
    lexicon::{Alternative, Lexicon},
    period::{self, PeriodConstraint},
    scope::{Catalog, Scope},
    slogan::{SloganMatch, Slogans},
    vocabulary::Mended,
};
use crate::retrieval::{
    component::{Component, Components},
    meaning::Resemblance,
};
use crate::semantic::Vector;
use crate::text::{
    Span, figures,
    normalize::{self, strip_quotes},
    segment::{self, Segmenter},
};

/// One word or character pair to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// Folded.
    pub text: String,
    /// Relative to the others: 1 for what the question says, less for what it only implies.
    pub weight: f32,
}

/// An everyday word of the question and what officials call it.
#[derive(Debug, Clone, PartialEq)]
pub struct Substitute {
    /// As typed, folded.
    pub typed: String,
    /// Character pairs of the question that the everyday word is made of; itself when it leaves
    /// none.
    pub bigrams: Vec<String>,
    /// Official words, folded, with their weights.
    pub alternatives: Vec<Alternative>,
}

/// A question as the search sees it. Any string gives one; an empty one finds nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Folded, markup and courtesy removed, year words still in.
    pub folded: String,
    /// `folded` without year and question words; blanks in their place. What is asked about.
    pub content: String,
    /// Words of `content`, without repetition.
    pub words: Vec<QueryTerm>,
    /// Character pairs of `content`, without repetition.
    pub bigrams: Vec<QueryTerm>,
    /// Everyday words with what officials call them.
    pub substitutes: Vec<Substitute>,
    /// Which documents are asked.
    pub scope: Scope,
    /// Whose year is asked for.
    pub period: PeriodConstraint,
    /// Relative year words that were resolved.
    pub resolved: Vec<(String, i32)>,
    /// Years named that are neither reviewed nor planned.
    pub other_years: Vec<i32>,
    /// The kind of fact asked for.
    pub need: Option<Need>,
    /// The word right before 多少 (利息 in 利息是多少): what the figure must be of.
    pub attribute: Option<String>,
    /// The word right after 多少 and its unit: what is counted (老师 in 多少个老师).
    pub counted: Option<String>,
    /// The question's vector, when there is a model.
    pub vector: Option<Vector>,
    /// What kind of question it is like; nothing without a model.
    pub resemblance: Resemblance,
    /// What an earlier question was about, for a follow-up.
    pub context: String,
    /// Slogans named, the surest first.
    pub slogans: Vec<SloganMatch>,
    /// True when the question asks what something means.
    pub definitional: bool,
    /// Spellings that were replaced before searching.
    pub mended: Vec<Mended>,
    /// True when nothing but year and question words was said (那今年呢).
    pub bare: bool,
}

/// Weight of words that stand everywhere.
const WEAK: f32 = 0.25;

static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"\[([^\]]*)\]\([^)\s]*(?:\([^)]*\))?\)"));
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"</?[a-zA-Z][^>]{0,200}>"));
static URL: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:https?|javascript|data):\S*"));
static MARKUP: LazyLock<Regex> = LazyLock::new(|| regex(r"[*_`~#>|<\\{}\[\]]+"));
/// A link text that only says “click here”.
static CLICK: LazyLock<Regex> = LazyLock::new(|| regex("^(点|请点|点击|戳)?(这里|此处|我)$"));
static DEFINITIONAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "是?(什么|啥|何)(意思|含义|东西|概念|内容)|(什么|啥)(叫|是)|指的?是?(什么|啥|哪)|是(什么|啥|指)|含义|意思|定义|解释|说的(是)?(什么|啥|哪)|(包括|包含|都有|有)(些)?(哪|啥|什么)|是哪(几|些|[一二三四五六七八九十])|指(什么|啥)|怎么理解|(的|是)哪",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

/// What was typed without markup, links and tags; the words of a link stay unless they only say
/// “click here”.
#[must_use]
pub fn without_markup(text: &str) -> String {
    let text = LINK.replace_all(text, |found: &regex::Captures<'_>| {
        let words = found.get(1).map_or("", |words| words.as_str());
        if CLICK.is_match(words.trim()) {
            " ".to_owned()
        } else {
            format!(" {words} ")
        }
    });
    let text = TAG.replace_all(&text, " ");
    let text = URL.replace_all(&text, " ");
    MARKUP.replace_all(&text, " ").trim().to_owned()
}

/// Makes queries of what was typed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parser<'a> {
    pub(crate) catalog: &'a Catalog,
    /// What the question before was about, for a follow-up.
    pub(crate) earlier: Option<&'a Scope>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) segmenter: &'a Segmenter,
    pub(crate) slogans: &'a Slogans,
    pub(crate) components: Components,
}

impl Parser<'_> {
    /// Makes a query of `typed`.
    pub(crate) fn parse(&self, typed: &str) -> Query {
        let Self {
            lexicon, segmenter, ..
        } = *self;
        let folded = normalize::fold(&without_markup(typed));
        let folded = squeeze(&lexicon.without_courtesy(&folded));
        let scope = self.catalog.scope(&folded, segmenter, self.earlier);
        let finding = period::period(&folded, scope.base, scope.covered);
        let spoken = strip_to_blank(&scope.without_places(&finding.rest));
        let spoken_words = segmenter.words(&spoken);
        let content = if self.components.has(Component::QuestionWords) {
            lexicon.without_question_words(&spoken, &spoken_words)
        } else {
            spoken.clone()
        };
        let slogans = if self.components.has(Component::Slogans) {
            in_scope(self.slogans.find(&folded), &scope)
        } else {
            Vec::new()
        };
        let attribute = attribute(&spoken, &spoken_words, lexicon)
            .filter(|(word, subject)| *subject || segmenter.is_noun(word))
            .map(|(word, _)| word);
        let counted =
            counted(&spoken, &spoken_words, lexicon).filter(|word| segmenter.is_noun(word));
        let mut query = Query {
            definitional: DEFINITIONAL.is_match(&folded),
            scope,
            period: finding.wish,
            resolved: finding.resolved,
            other_years: finding.other_years,
            need: fact::need(&folded),
            attribute,
            counted,
            slogans,
            folded,
            ..Query::default()
        };
        self.set_terms(&mut query, &content);
        if self.components.has(Component::Lexicon) {
            query.set_substitutes(&spoken, &spoken_words, lexicon);
        }
        if query.words.is_empty() {
            query.bare = true;
            // Keep the question when nothing is left of it.
            query.set_terms(&spoken, segmenter, &Lexicon::default());
        }
        query
    }

    fn set_terms(&self, query: &mut Query, content: &str) {
        if self.components.has(Component::QuestionWords) {
            query.set_terms(content, self.segmenter, self.lexicon);
        } else {
            query.set_terms(content, self.segmenter, &Lexicon::default());
        }
    }
}

impl Query {
    fn set_terms(&mut self, content: &str, segmenter: &Segmenter, lexicon: &Lexicon) {
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
    fn set_substitutes(&mut self, text: &str, words: &[Span], lexicon: &Lexicon) {
        let pairs = segment::bigrams(&self.content);
        for expansion in lexicon.expansions(text) {
            let starts = words.iter().any(|word| word.start == expansion.span.start);
            let ends = words.iter().any(|word| word.end == expansion.span.end);
            let typed = expansion.span.of(text).to_owned();
            if !(starts && ends) && typed.chars().count() < 3 {
                continue;
            }
            let inside = pairs.iter().filter(|pair| expansion.span.contains(**pair));
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
            self.substitutes.push(Substitute {
                typed,
                bigrams,
                alternatives: expansion.alternatives.to_vec(),
            });
        }
    }

    /// The same question to these documents alone.
    #[must_use]
    pub fn within(mut self, documents: Vec<usize>) -> Self {
        self.scope.documents = documents;
        self
    }

    /// True when nothing is left to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.slogans.is_empty()
    }

    /// Adds the content of an earlier question at a lower weight, and takes over its period when
    /// this one names none.
    pub fn inherit(&mut self, earlier: &Self, weight: f32) {
        let weight = if self.bare { 1.0 } else { weight };
        if self.bare {
            self.words.clear();
            self.bigrams.clear();
            self.content.clone_from(&earlier.content);
            self.slogans.clone_from(&earlier.slogans);
        }
        let add = |own: &mut Vec<QueryTerm>, others: &[QueryTerm]| {
            for other in others {
                if own.iter().all(|term| term.text != other.text) {
                    own.push(QueryTerm {
                        text: other.text.clone(),
                        weight: other.weight * weight,
                    });
                }
            }
        };
        self.context = earlier.topic();
        add(&mut self.words, &earlier.words);
        add(&mut self.bigrams, &earlier.bigrams);
        self.substitutes.extend(earlier.substitutes.iter().cloned());
        if !self.period.is_named() {
            self.period = earlier.period;
        }
        if self.need.is_none() {
            self.need.clone_from(&earlier.need);
        }
    }

    /// What is embedded: the question as asked, after what it follows up on.
    #[must_use]
    pub fn meaning_text(&self) -> String {
        if self.context.is_empty() {
            self.folded.clone()
        } else {
            format!("{} {}", self.context, self.folded)
        }
    }

    /// The content in one piece, blanks squeezed: what is asked about, for people to read.
    #[must_use]
    pub fn topic(&self) -> String {
        // 看病贵不贵 leaves 看病贵 贵.
        let mut pieces: Vec<&str> = self.content.split_whitespace().collect();
        pieces.dedup_by(|piece, before| before.ends_with(*piece));
        pieces.join(" ")
    }

    /// Contiguous stretches of content, bytes of `content`.
    #[must_use]
    pub fn stretches(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (at, c) in self.content.char_indices() {
            if !c.is_alphanumeric() {
                continue;
            }
            let end = at + c.len_utf8();
            match spans.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => spans.push(Span::new(at, end)),
            }
        }
        spans
    }
}

static ASKS_HOW_MUCH: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        "(?:多少|多[大高长宽深重远]|几)(?:万|亿|千|百)?(?:({})|{})?|(?:贵|便宜)(?:不|吗|么|嘛|没)",
        figures::NOUNS,
        figures::UNITS
    ))
});

/// What turns the word before it into an amount: 开户 费, 收购 价.
const SUFFIXES: [&str; 12] = [
    "费", "价", "率", "金", "额", "税", "租", "量", "数", "分", "龄", "期",
];

/// The word of at least two characters that stands right before 多少, only question words between,
/// and whether one of these is 是 or 有, so that the word can only be a noun (支出是多少); a suffix is
/// taken together with the word before it.
fn attribute(spoken: &str, words: &[Span], lexicon: &Lexicon) -> Option<(String, bool)> {
    let asks = ASKS_HOW_MUCH.find(spoken)?.start();
    let mut before = words
        .iter()
        .rev()
        .filter(|word| word.end <= asks)
        .skip_while(|word| lexicon.is_question_word(word.of(spoken)));
    let mut nearest = *before.next()?;
    let end = nearest.end;
    if SUFFIXES.contains(&nearest.of(spoken))
        && let Some(joined) = before.next().filter(|word| word.end == nearest.start)
    {
        nearest.start = joined.start;
    }
    let nearest = nearest.of(spoken);
    // 能多报 is what somebody may do, no name of an amount.
    let verbal = nearest.starts_with(['能', '要', '会', '可', '想', '再', '还', '多', '少']);
    let named = nearest.chars().count() >= 2 && !verbal && !lexicon.is_weak(nearest);
    let between = &spoken[end..asks];
    named.then(|| (nearest.to_owned(), between.contains(['是', '为', '有'])))
}

/// The word of at least two characters right after 多少 and a unit: what is counted (多少个老师).
fn counted(spoken: &str, words: &[Span], lexicon: &Lexicon) -> Option<String> {
    let asks = ASKS_HOW_MUCH.captures(spoken)?;
    let noun = asks.get(1).map(|noun| noun.start());
    let asks = noun.or_else(|| asks.get(0).map(|whole| whole.end()))?;
    let next = words.iter().find(|word| word.start >= asks)?;
    let text = next.of(spoken);
    let apart = next.start > asks || text.chars().count() < 2;
    (!apart && !lexicon.is_question_word(text) && !lexicon.is_weak(text)).then(|| text.to_owned())
}

/// The slogans that the documents asked explain; those of others when these explain none.
fn in_scope(mut slogans: Vec<SloganMatch>, scope: &Scope) -> Vec<SloganMatch> {
    if slogans.iter().any(|slogan| scope.holds(slogan.document)) {
        slogans.retain(|slogan| scope.holds(slogan.document));
    }
    slogans
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
