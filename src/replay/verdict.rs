//! The live edition's outcomes against the candidate's.

use std::collections::{HashMap, hash_map::Entry};

use serde::{Deserialize, Serialize};

use super::{
    outcome::{Cited, Outcome},
    question::{About, Expected, Origin, ReplayQuestion},
};
use crate::{
    answer::Status,
    assistant::Snapshot,
    corpus::{DocumentInfo, Library, LibraryError},
    gold::{Gold, bare, holds},
};

/// An edition and what became of the questions asked of it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The edition.
    pub edition: &'a Snapshot,
    /// As [`super::replay`] gave them, in any order; those of other questions are passed over.
    pub outcomes: &'a [Outcome],
}

/// Why an answer is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The document that answered is not in the candidate.
    DocumentRemoved,
    /// The document is there, but no longer says what was right.
    TextGone,
    /// The candidate answers by a passage that the live edition does not have.
    NewText,
    /// Nothing is quoted any more.
    Refused,
    /// The right passage is not cited any more.
    PassageLost,
    /// Something that the reply should say is not in it any more.
    NotTold,
    /// It is now said that this is not written.
    Partial,
    /// It is answered now although it should not be.
    Answered,
    /// It reads otherwise; nobody said that it must not.
    Reads,
}

/// A question that the live edition answers right, and the candidate does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Worse {
    /// The question.
    pub question: ReplayQuestion,
    /// Why.
    pub reason: Reason,
    /// On the live edition.
    pub before: Outcome,
    /// On the candidate.
    pub after: Outcome,
}

/// A question with another answer, which keeps nothing from going live.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The question.
    pub question: ReplayQuestion,
    /// Why.
    pub reason: Reason,
    /// On the live edition.
    pub before: Outcome,
    /// On the candidate.
    pub after: Outcome,
}

/// How a candidate compares with the live edition; each question that counts is in one of the four.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Those of the office first.
    pub worse: Vec<Worse>,
    /// Those of the office first.
    pub changed: Vec<Changed>,
    /// Questions that the candidate answers right and the live edition does not.
    pub better: usize,
    /// All others.
    pub same: usize,
}

impl Verdict {
    /// Number of questions that counted.
    #[must_use]
    pub const fn asked(&self) -> usize {
        self.worse.len() + self.changed.len() + self.better + self.same
    }

    fn add(
        &mut self,
        question: &ReplayQuestion,
        judged: Judged,
        before: &Outcome,
        after: &Outcome,
    ) {
        let (question, before, after) = (question.clone(), before.clone(), after.clone());
        match judged {
            Judged::Worse(reason) => self.worse.push(Worse {
                question,
                reason,
                before,
                after,
            }),
            Judged::Changed(reason) => self.changed.push(Changed {
                question,
                reason,
                before,
                after,
            }),
            Judged::Better => self.better += 1,
            Judged::Same => self.same += 1,
        }
    }
}

/// What a question says of the candidate.
#[derive(Clone, Copy)]
enum Judged {
    Worse(Reason),
    Changed(Reason),
    Better,
    Same,
}

/// Compares how both editions answer `questions`. A question without an outcome on either side does not count.
///
/// A shipped question does not count either where its document led the live edition (questions that name
/// no place and year went to it) and does not lead the candidate: next year's report answers otherwise, and
/// should.
///
/// # Errors
/// [`LibraryError`] when passages cannot be read.
pub fn compare(
    questions: &[ReplayQuestion],
    live: Side<'_>,
    candidate: Side<'_>,
) -> Result<Verdict, LibraryError> {
    let (before, after) = (by_question(live.outcomes), by_question(candidate.outcomes));
    let mut editions = Editions::new(live.edition, candidate.edition);
    let mut verdict = Verdict::default();
    for question in questions {
        let key = question.key();
        let (Some(before), Some(after)) = (before.get(&*key), after.get(&*key)) else {
            continue;
        };
        if editions.concern(question) {
            let judged = editions.judge(question, before, after)?;
            verdict.add(question, judged, before, after);
        }
    }
    // Stable: otherwise in the order of the questions.
    let of_program = |question: &ReplayQuestion| !question.origin.is_pinned();
    verdict.worse.sort_by_key(|it| of_program(&it.question));
    verdict.changed.sort_by_key(|it| of_program(&it.question));
    Ok(verdict)
}

fn by_question(outcomes: &[Outcome]) -> HashMap<&str, &Outcome> {
    let keyed = outcomes.iter();
    keyed.map(|it| (it.question.as_str(), it)).collect()
}

/// Both editions.
struct Editions<'a> {
    live: &'a Snapshot,
    candidate: &'a Snapshot,
    /// The candidate's documents that were looked at, by index: each passage with its headings, bare.
    read: HashMap<usize, Vec<String>>,
}

impl<'a> Editions<'a> {
    fn new(live: &'a Snapshot, candidate: &'a Snapshot) -> Self {
        Self {
            live,
            candidate,
            read: HashMap::new(),
        }
    }

    /// False for a shipped question about a document that led and leads no more; and for one about none,
    /// which must be refused, where the documents are others: how often words occur in them is no matter
    /// of how questions are understood.
    fn concern(&self, question: &ReplayQuestion) -> bool {
        match (&question.origin, &question.document) {
            (Origin::Pinned(_), _) => true,
            (Origin::Shipped(_), Some(about)) => {
                leads(about, self.candidate) || !leads(about, self.live)
            }
            (Origin::Shipped(_), None) => {
                self.live.library().version() == self.candidate.library().version()
            }
        }
    }

    fn judge(
        &mut self,
        question: &ReplayQuestion,
        before: &Outcome,
        after: &Outcome,
    ) -> Result<Judged, LibraryError> {
        let differs = before.reply != after.reply;
        let pinned = question.origin.is_pinned();
        let (was, is) = (before.is_right(question), after.is_right(question));
        if question.says_what_is_right() && was && (!is || doubts(before, after)) {
            let cause = self.cause(question, before, after)?;
            let reason = cause.unwrap_or_else(|| symptom(question, after));
            return Ok(match cause {
                // Text that the office changed is no fault of how questions are understood.
                Some(_) if !pinned => Judged::Changed(reason),
                _ => Judged::Worse(reason),
            });
        }
        if question.says_what_is_right() && !was && is {
            return Ok(Judged::Better);
        }
        if differs && (pinned || !question.says_what_is_right()) {
            let cause = self.cause(question, before, after)?;
            return Ok(Judged::Changed(cause.unwrap_or(Reason::Reads)));
        }
        Ok(Judged::Same)
    }

    /// What in the documents made the answer another one; `None` when the text that answered is there
    /// still, and no new text answers.
    fn cause(
        &mut self,
        question: &ReplayQuestion,
        before: &Outcome,
        after: &Outcome,
    ) -> Result<Option<Reason>, LibraryError> {
        let library = self.candidate.library();
        let home = match (&question.document, before.shown()) {
            (Some(about), _) => Some(about.find(library)),
            (None, Some(cited)) => Some(library.document_by_id(&cited.document)),
            (None, None) => None,
        };
        match home {
            Some(None) => return Ok(Some(Reason::DocumentRemoved)),
            Some(Some(document)) if !self.stands(question, before, document)? => {
                return Ok(Some(Reason::TextGone));
            }
            Some(Some(_)) | None => {}
        }
        let is_new = match after.cited.first() {
            Some(cited) => self.live.find(&cited.passage)?.is_none(),
            None => false,
        };
        Ok(is_new.then_some(Reason::NewText))
    }

    /// True when `document` of the candidate still says what is right: a passage of it holds gold, and
    /// each string that the reply should say stands in one. Where the question says neither, the passage
    /// that was cited is looked for.
    fn stands(
        &mut self,
        question: &ReplayQuestion,
        before: &Outcome,
        document: &DocumentInfo,
    ) -> Result<bool, LibraryError> {
        let (gold, strings) = (question.wanted_passage(), question.wanted_strings());
        if gold.is_none() && strings.is_empty() {
            return match before.cited.first() {
                Some(Cited { passage, .. }) => Ok(self.candidate.find(passage)?.is_some()),
                None => Ok(true),
            };
        }
        let texts = match self.read.entry(document.index) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(free) => free.insert(read(document, self.candidate.library())?),
        };
        let says = |string: &String| {
            let string = bare(string);
            texts.iter().any(|text| holds(text, &string))
        };
        let holds_gold = |gold: Gold| texts.iter().any(|text| gold.is_in_bare(text));
        Ok(gold.is_none_or(holds_gold) && strings.iter().all(says))
    }
}

/// What a reply may quote of `document`, piece by piece, bare.
fn read(document: &DocumentInfo, library: &Library) -> Result<Vec<String>, LibraryError> {
    let passages = library.passages_of(document)?;
    let pieces = passages.iter().map(|passage| {
        let headings = passage.path.join("|");
        bare(&format!("{headings}|{}", passage.text))
    });
    Ok(std::iter::once(bare(&document.meta.title))
        .chain(pieces)
        .collect())
}

fn leads(about: &About, edition: &Snapshot) -> bool {
    let document = about.find(edition.library());
    let leading = edition.leading();
    document.is_some_and(|document| leading.is_some_and(|leading| leading.id == document.id))
}

/// The same is found, but it is no longer said to answer.
fn doubts(before: &Outcome, after: &Outcome) -> bool {
    before.status == Status::Answered && after.status == Status::Partial
}

/// What is wrong with the candidate's answer, which the documents do not explain.
fn symptom(question: &ReplayQuestion, after: &Outcome) -> Reason {
    match (question.expected, Expected::of(after.status)) {
        (Some(Expected::Refused), _) | (Some(Expected::Partial), Expected::Answered) => {
            Reason::Answered
        }
        (_, Expected::Refused) => Reason::Refused,
        _ if after.gold.is_none() && question.wanted_passage().is_some() => Reason::PassageLost,
        _ if !after.told => Reason::NotTold,
        _ => Reason::Partial,
    }
}
