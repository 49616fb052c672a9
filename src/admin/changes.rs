//! What commands propose: a document removed, a word or an answer added or taken away.

use wenzheng_store::StoreError;

use super::{
    answers,
    office::Office,
    outcome::Outcome,
    words::{self, WordLine},
};
use crate::{
    corpus::{DocumentInfo, Library, RULES_ENDING},
    editions::{FileChange, Proposal, Unpublished},
    retrieval::Lexicon,
    staff::Actor,
};

/// What an office has added to the lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Everyday words and short forms.
    pub lines: Vec<WordLine>,
    /// Words that are not cut in two.
    pub user_words: Vec<String>,
    /// Questions with their answers: place, question, answer.
    pub answers: Vec<(String, String, String)>,
}

impl Office {
    /// The removal of the document that is called so.
    pub(super) fn removed(&self, named: &str, by: &Actor) -> Result<Proposal, Box<Outcome>> {
        let snapshot = self.publisher.assistant().snapshot();
        let documents = snapshot.library().documents().iter();
        let found: Vec<&DocumentInfo> = documents
            .filter(|d| d.id.0 == named || d.meta.title == named.trim_matches(['《', '》']))
            .collect();
        let document = match found.as_slice() {
            [] => return Err(Box::new(Outcome::Nothing)),
            [one] => *one,
            several => {
                let ids = several.iter().map(|document| document.id.0.clone());
                return Err(Box::new(Outcome::Several(ids.collect())));
            }
        };
        if !by.grant.covers(&document.meta.place) {
            return Err(Box::new(Outcome::NotTheirs(document.meta.place.clone())));
        }
        if snapshot.library().documents().len() == 1 {
            return Err(Box::new(Outcome::LastDocument));
        }
        let (_, live) = self.publisher.live_edition();
        let id = &document.id.0;
        let path = live.files.keys().find(|path| is_of(path, id));
        let path = path.ok_or_else(|| Box::new(Outcome::Nothing))?;
        // Its rules are about nothing else.
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let rules = Some(format!("{stem}{RULES_ENDING}"));
        let rules = rules.filter(|rules| live.files.contains_key(rules));
        let removed = [path.clone()].into_iter().chain(rules);
        let removed = removed.map(|path| FileChange { path, bytes: None });
        let note = format!("删去《{}》", document.meta.title);
        Ok(self.publisher.changed(removed.collect(), "remove", note))
    }

    /// Words put into the list of everyday words, one or many.
    pub(super) fn word_lines(&self, lines: &[WordLine]) -> Result<Proposal, Unpublished> {
        let text = self.publisher.text(words::SYNONYMS)?.unwrap_or_default();
        let text = lines
            .iter()
            .fold(text, |text, line| words::with(&text, line));
        if let Some(problem) = wrong_line(words::SYNONYMS, &text) {
            return Err(Unpublished::Word(problem));
        }
        let note = match lines {
            [line] => format!("{} = {}", line.everyday, line.official.join("、")),
            lines => format!("{} 个词", lines.len()),
        };
        let change = FileChange {
            path: words::SYNONYMS.to_owned(),
            bytes: Some(text.into_bytes()),
        };
        Ok(self.publisher.changed(vec![change], "synonym", note))
    }

    /// A word that is not cut in two, put into the list or taken out of it; `None` when there is nothing to
    /// take out.
    pub(super) fn user_word(&self, word: &str, put: bool) -> Result<Option<Proposal>, Unpublished> {
        let text = self.publisher.text(words::USER_WORDS)?.unwrap_or_default();
        let mut all = words::plain(&text);
        let is_there = all.iter().any(|other| other == word);
        if !put && !is_there {
            return Ok(None);
        }
        all.retain(|other| other != word);
        if put {
            all.push(word.to_owned());
        }
        let text: String = all.iter().flat_map(|word| [word.as_str(), "\n"]).collect();
        if let Some(problem) = wrong_line(words::USER_WORDS, &text) {
            return Err(Unpublished::Word(problem));
        }
        let change = FileChange {
            path: words::USER_WORDS.to_owned(),
            bytes: (!text.is_empty()).then(|| text.into_bytes()),
        };
        let note = match put {
            true => format!("不拆开的词：{word}"),
            false => format!("删去不拆开的词：{word}"),
        };
        Ok(Some(self.publisher.changed(vec![change], "word", note)))
    }

    /// Everyday words taken away that were added here; `None` when there are none.
    pub(super) fn no_synonym(&self, everyday: &str) -> Result<Option<Proposal>, Unpublished> {
        let text = self.publisher.text(words::SYNONYMS)?.unwrap_or_default();
        let Some(text) = words::without(&text, everyday) else {
            return Ok(None);
        };
        let change = FileChange {
            path: words::SYNONYMS.to_owned(),
            bytes: (!text.is_empty()).then(|| text.into_bytes()),
        };
        let note = format!("删去同义词 {everyday}");
        Ok(Some(self.publisher.changed(vec![change], "synonym", note)))
    }

    /// An answer in the words of the office.
    pub(super) fn faq(
        &self,
        question: &str,
        answer: &str,
        place: Option<&str>,
    ) -> Result<Proposal, Box<Outcome>> {
        let snapshot = self.publisher.assistant().snapshot();
        let newest = newest_of(snapshot.library(), place)?;
        let this_year = || time::OffsetDateTime::now_utc().year();
        let of = (
            newest.meta.place.as_str(),
            newest.meta.year.unwrap_or_else(this_year),
        );
        let (_, live) = self.publisher.live_edition();
        let beside = live.files.keys().find(|path| is_of(path, &newest.id.0));
        let path = answers::path_beside(beside.map_or("", String::as_str));
        let text = self.publisher.text(&path).map_err(boxed)?;
        let text = answers::with(text.as_deref(), of, question, answer);
        let change = FileChange {
            path,
            bytes: Some(text.into_bytes()),
        };
        let note = format!("问答：{question}");
        Ok(self.publisher.changed(vec![change], "faq", note))
    }

    /// The words and answers that the office has added.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn own_words(&self) -> Result<OwnWords, StoreError> {
        let synonyms = self.publisher.text(words::SYNONYMS)?.unwrap_or_default();
        let user_words = self.publisher.text(words::USER_WORDS)?.unwrap_or_default();
        let (_, live) = self.publisher.live_edition();
        let mut answers = Vec::new();
        for path in live.files.keys().filter(|path| answers::is_one(path)) {
            let text = self.publisher.text(path)?.unwrap_or_default();
            answers.extend(answers::entries(&text));
        }
        Ok(OwnWords {
            lines: words::lines(&synonyms),
            user_words: words::plain(&user_words),
            answers,
        })
    }

    /// An answer taken away that was given here; `None` when there is none.
    pub(super) fn no_faq(&self, question: &str) -> Result<Option<Proposal>, Unpublished> {
        let (_, live) = self.publisher.live_edition();
        for path in live.files.keys().filter(|path| answers::is_one(path)) {
            let text = self.publisher.text(path)?.unwrap_or_default();
            let Some(left) = answers::without(&text, question) else {
                continue;
            };
            let change = FileChange {
                path: path.clone(),
                bytes: left.map(String::into_bytes),
            };
            let note = format!("删去问答：{question}");
            return Ok(Some(self.publisher.changed(vec![change], "faq", note)));
        }
        Ok(None)
    }
}

fn boxed(error: StoreError) -> Box<Outcome> {
    Box::new(Outcome::Store(error))
}

/// What is wrong with the list at `path`, if anything is.
fn wrong_line(path: &str, text: &str) -> Option<String> {
    let name = path.trim_start_matches("lexicon/").to_owned();
    let lists = [(name, text.to_owned())].into_iter().collect();
    let (_, problems) = Lexicon::from_texts(&lists);
    problems.first().map(ToString::to_string)
}

/// True when the corpus file at `path` is the document `id`, see the loader.
pub(super) fn is_of(path: &str, id: &str) -> bool {
    let below = path.strip_prefix("corpus/");
    let name = below.and_then(|below| below.strip_suffix(".md"));
    name.is_some_and(|name| name.replace('/', "-") == id)
}

/// The newest document of the place that is named, or of the only one there is.
fn newest_of<'a>(
    library: &'a Library,
    named: Option<&str>,
) -> Result<&'a DocumentInfo, Box<Outcome>> {
    let of_place = |document: &&DocumentInfo| {
        let place = document.meta.place.as_str();
        !place.is_empty() && named.is_none_or(|named| place == named)
    };
    let documents: Vec<&DocumentInfo> = library.documents().iter().filter(of_place).collect();
    let mut places: Vec<&str> = documents.iter().map(|d| d.meta.place.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    if places.len() > 1 {
        let places = places.into_iter().map(str::to_owned).collect();
        return Err(Box::new(Outcome::Several(places)));
    }
    let newest = documents
        .into_iter()
        .max_by_key(|document| document.meta.year);
    newest.ok_or_else(|| Box::new(Outcome::Nothing))
}
