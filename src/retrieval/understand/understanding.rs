//! A question as understood: what it asks for, and the words to look for.

use super::{
    fact::AnswerType,
    glossary::TermMatch,
    lexicon::Synonym,
    period::PeriodConstraint,
    scope::{Compared, Scope},
    spelling::Correction,
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
pub struct Expansion {
    /// As typed, folded.
    pub typed: String,
    /// Character pairs of the question that the everyday word is made of; itself when it leaves
    /// none.
    pub bigrams: Vec<String>,
    /// Official words, folded, with their weights.
    pub synonyms: Vec<Synonym>,
}

/// What a question was completed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// What the question before was about.
    pub earlier: String,
    /// What is searched for.
    pub read: String,
}

/// What a question is made of; an [`Understanding`] once nothing is added any more.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) folded: String,
    pub(crate) content: String,
    pub(crate) words: Vec<QueryTerm>,
    pub(crate) bigrams: Vec<QueryTerm>,
    pub(crate) expansions: Vec<Expansion>,
    pub(crate) scope: Scope,
    pub(crate) period: PeriodConstraint,
    pub(crate) resolved_years: Vec<(String, i32)>,
    pub(crate) other_years: Vec<i32>,
    pub(crate) answer_type: Option<AnswerType>,
    pub(crate) attribute: Option<String>,
    pub(crate) counted: Option<String>,
    pub(crate) context: String,
    pub(crate) follow_up: Option<FollowUp>,
    pub(crate) terms: Vec<TermMatch>,
    pub(crate) definitional: bool,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) bare: bool,
    pub(crate) asking: String,
}

/// A question as understood. Any string gives one; an empty one finds nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding(Reading);

/// What a question takes over from those before it.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    /// The documents asked, in place of those that the question chose.
    pub scope: Option<&'a Scope>,
    /// The period, unless the question names one.
    pub period: Option<PeriodConstraint>,
    /// The questions that it follows up on, the latest first, and how much their words count beside
    /// its own, nothing at 0; where it is bare, as much.
    pub follows: Vec<(&'a Understanding, f32)>,
}

impl Understanding {
    pub(crate) const fn new(reading: Reading) -> Self {
        Self(reading)
    }

    /// The same question after others.
    #[must_use]
    pub fn in_context(&self, context: &Context<'_>) -> Self {
        let mut reading = self.0.clone();
        if let Some(scope) = context.scope {
            reading.scope = scope.clone();
        }
        if let Some(period) = context.period.filter(|it| it.is_taken_over(reading.period)) {
            reading.period = period;
        }
        for (earlier, weight) in &context.follows {
            reading.inherit(earlier, *weight);
        }
        Self::new(reading)
    }

    /// The same question to these documents alone; all of them when there are none.
    #[must_use]
    pub fn within(&self, documents: Vec<usize>) -> Self {
        let mut reading = self.0.clone();
        reading.scope.documents = documents;
        Self::new(reading)
    }

    /// What the question looks for in one cell of a comparison; its words but those of `without`,
    /// unless nothing would be left.
    #[must_use]
    pub fn for_cell(&self, cell: &Compared, without: &[&str]) -> Self {
        let mut reading = self.0.clone();
        let stays = |term: &QueryTerm| !without.contains(&term.text.as_str());
        if reading.words.iter().any(stays) {
            reading.words.retain(stays);
            reading.bigrams.retain(stays);
        }
        reading.period = cell.constraint();
        reading.scope.documents.clone_from(&cell.documents);
        Self::new(reading)
    }

    /// Folded, markup and courtesy removed, year words still in.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.0.folded
    }

    /// The part of [`Self::folded`] that asks, where the rest only tells (我在石门打工，公租房咋申请).
    #[must_use]
    pub fn asking(&self) -> &str {
        match self.0.asking.as_str() {
            "" => &self.0.folded,
            asking => asking,
        }
    }

    /// [`Self::folded`] without year and question words; blanks in their place. What is asked about.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.0.content
    }

    /// Words of [`Self::content`], without repetition.
    #[must_use]
    pub fn words(&self) -> &[QueryTerm] {
        &self.0.words
    }

    /// Character pairs of [`Self::content`], without repetition.
    #[must_use]
    pub fn bigrams(&self) -> &[QueryTerm] {
        &self.0.bigrams
    }

    /// Everyday words with what officials call them.
    #[must_use]
    pub fn expansions(&self) -> &[Expansion] {
        &self.0.expansions
    }

    /// Which documents are asked.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.0.scope
    }

    /// Whose year is asked for.
    #[must_use]
    pub const fn period(&self) -> PeriodConstraint {
        self.0.period
    }

    /// Relative year words that were resolved, with the year that each stands for.
    #[must_use]
    pub fn resolved_years(&self) -> &[(String, i32)] {
        &self.0.resolved_years
    }

    /// Years named that are neither reviewed nor planned.
    #[must_use]
    pub fn other_years(&self) -> &[i32] {
        &self.0.other_years
    }

    /// The kind of fact asked for.
    #[must_use]
    pub const fn answer_type(&self) -> Option<&AnswerType> {
        self.0.answer_type.as_ref()
    }

    /// The word right before 多少 (利息 in 利息是多少): what the figure must be of.
    #[must_use]
    pub fn attribute(&self) -> Option<&str> {
        self.0.attribute.as_deref()
    }

    /// The word right after 多少 and its unit: what is counted (老师 in 多少个老师).
    #[must_use]
    pub fn counted(&self) -> Option<&str> {
        self.0.counted.as_deref()
    }

    /// What an earlier question was about, for a follow-up.
    #[must_use]
    pub fn context(&self) -> &str {
        &self.0.context
    }

    /// What the question was completed with, for a follow-up.
    #[must_use]
    pub const fn follow_up(&self) -> Option<&FollowUp> {
        self.0.follow_up.as_ref()
    }

    /// The same question, completed as `follow_up` says.
    #[must_use]
    pub fn following(&self, follow_up: FollowUp) -> Self {
        Self::new(Reading {
            follow_up: Some(follow_up),
            ..self.0.clone()
        })
    }

    /// Glossary terms named, the surest first.
    #[must_use]
    pub fn terms(&self) -> &[TermMatch] {
        &self.0.terms
    }

    /// True when the question asks what something means.
    #[must_use]
    pub const fn is_definitional(&self) -> bool {
        self.0.definitional
    }

    /// Spellings that were replaced before searching.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        &self.0.corrections
    }

    /// True when nothing but year and question words was said (那今年呢).
    #[must_use]
    pub const fn is_bare(&self) -> bool {
        self.0.bare
    }

    /// True when nothing is left to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.words.is_empty() && self.0.terms.is_empty()
    }

    /// What is embedded: the question as asked, after what it follows up on.
    #[must_use]
    pub fn embedded_text(&self) -> String {
        if self.0.context.is_empty() {
            self.0.folded.clone()
        } else {
            format!("{} {}", self.0.context, self.0.folded)
        }
    }

    /// The content in one piece, blanks squeezed: what is asked about, for people to read.
    #[must_use]
    pub fn topic(&self) -> String {
        // 看病贵不贵 leaves 看病贵 贵.
        let mut pieces: Vec<&str> = self.0.content.split_whitespace().collect();
        pieces.dedup_by(|piece, before| before.ends_with(*piece));
        pieces.join(" ")
    }
}

impl Reading {
    /// Adds the content of an earlier question at a lower weight, and takes over its period and the
    /// kind of fact when this one names none.
    fn inherit(&mut self, earlier: &Understanding, weight: f32) {
        let earlier_topic = earlier.topic();
        let earlier = &earlier.0;
        let weight = if self.bare { 1.0 } else { weight };
        if self.bare {
            self.words.clear();
            self.bigrams.clear();
            self.content.clone_from(&earlier.content);
            self.terms.clone_from(&earlier.terms);
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
        self.context = earlier_topic;
        if weight > 0.0 {
            add(&mut self.words, &earlier.words);
            add(&mut self.bigrams, &earlier.bigrams);
            self.expansions.extend(earlier.expansions.iter().cloned());
        }
        if !self.period.is_named() {
            self.period = earlier.period;
        }
        if self.answer_type.is_none() {
            self.answer_type.clone_from(&earlier.answer_type);
        }
    }
}

#[cfg(test)]
mod tests;
