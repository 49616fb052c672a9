//! What the unit tests of this module stand on: a report of a few sentences, questions to it, and
//! questions of which only the words matter.

use std::sync::Arc;

use super::{
    Hit, Query, Retriever, Setup,
    lexicon::{Alternative, Lexicon},
    query::{QueryTerm, Substitute},
};
use crate::{
    corpus::{Library, Passage, load_texts},
    text::segment,
};

/// A corpus file for `place` and `year`; `body` is Markdown below the front matter.
pub(super) fn report(place: &str, year: i32, body: &str) -> String {
    format!(
        "---\ntitle: {place}政府工作报告\nplace: {place}\nyear: {year}\nreview_year: {}\n\
         issuer: {place}人民政府\n---\n\n{body}\n",
        year - 1
    )
}

/// The library of corpus files, named a, b, c …
pub(super) fn library(texts: &[String]) -> Arc<Library> {
    let names: Vec<String> = ('a'..='z').map(|name| format!("{name}.md")).collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(texts.iter().map(String::as_str))
        .collect();
    let loaded = load_texts(&files).expect("the texts are reports");
    Arc::new(Library::new(loaded.corpus))
}

/// The first passage of a corpus file.
pub(super) fn first_passage(text: String) -> Arc<Passage> {
    let library = library(&[text]);
    let mut all = library.all_passages();
    all.next().expect("a passage").expect("it is in memory")
}

/// One report, for 2024, of a town that was done and planned what is said, ready to be searched.
pub(super) struct Town {
    pub(super) retriever: Retriever,
}

impl Town {
    /// Each line of `done` and `planned` is a paragraph.
    pub(super) fn with(done: &str, planned: &str) -> Self {
        Self::set_up(&[Self::text(done, planned)], Setup::default())
    }

    /// A corpus file that says so.
    pub(super) fn text(done: &str, planned: &str) -> String {
        let paragraphs = |text: &str| text.replace('\n', "\n\n");
        let (done, planned) = (paragraphs(done), paragraphs(planned));
        let body = format!("## 2023年工作回顾\n\n{done}\n\n## 2024年重点工作\n\n{planned}");
        report("测试县", 2024, &body)
    }

    pub(super) fn set_up(texts: &[String], setup: Setup) -> Self {
        let retriever = Retriever::build(library(texts), setup);
        Self {
            retriever: retriever.expect("an index in memory"),
        }
    }

    /// What is found for `question`, best first.
    pub(super) fn search(&self, question: &str) -> Vec<Hit> {
        self.find(&self.retriever.parse(question))
    }

    pub(super) fn find(&self, query: &Query) -> Vec<Hit> {
        let found = self.retriever.search(query, 10);
        found.expect("an index in memory")
    }

    /// The best sentence of a hit.
    pub(super) fn sentence(&self, hit: &Hit) -> String {
        let passage = self.retriever.library().passage(hit.at);
        let passage = passage.expect("it was found");
        let sentence = passage.sentences[hit.sentence].span;
        sentence.of(&passage.text).to_owned()
    }

    /// The best sentences for `question`, best first.
    pub(super) fn sentences(&self, question: &str) -> Vec<String> {
        let hits = self.search(question).into_iter();
        hits.map(|hit| self.sentence(&hit)).collect()
    }
}

/// A lexicon of these lines of `synonyms.txt` and nothing else.
pub(super) fn synonyms(lines: &str) -> Lexicon {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    for name in ["courtesy", "question-words", "abbreviations", "user-words"] {
        write(&format!("{name}.txt"), "");
    }
    write("weak-words.txt", "");
    write("english.txt", "");
    write("synonyms.txt", lines);
    Lexicon::from_dir(folder.path()).0
}

/// A question of these words, blanks between them, and of their character pairs; nothing else is
/// known of it.
pub(super) fn query(content: &str) -> Query {
    let term = |text: &str| QueryTerm {
        text: text.to_owned(),
        weight: 1.0,
    };
    Query {
        folded: content.to_owned(),
        content: content.to_owned(),
        words: content.split_whitespace().map(term).collect(),
        bigrams: segment::bigrams(content)
            .into_iter()
            .map(|pair| term(pair.of(content)))
            .collect(),
        ..Query::default()
    }
}

/// The everyday word `typed` with what officials call it.
pub(super) fn substitute(typed: &str, official: &[(&str, f32)]) -> Substitute {
    Substitute {
        typed: typed.to_owned(),
        bigrams: segment::bigrams(typed)
            .into_iter()
            .map(|pair| pair.of(typed).to_owned())
            .collect(),
        alternatives: official
            .iter()
            .map(|(word, weight)| Alternative {
                word: (*word).to_owned(),
                weight: *weight,
            })
            .collect(),
    }
}

/// Equal but for rounding.
pub(super) fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-5
}
