//! What the unit tests of this module stand on: a report of a few sentences, questions to it, and
//! questions of which only the words matter.

use std::sync::Arc;

use super::{
    Expansion, Frequencies, Hit, Intents, Lexicon, NoVector, QueryTerm, Retriever, SearchRequest,
    Setup, Synonym, Understanding,
    search::PassageIndex,
    understand::{Reading, answer_type},
};
use crate::{
    corpus::{Library, Passage, load_texts},
    text::segment::{self, Segmenter},
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
        let question = self.retriever.understand(question, None);
        self.find(&request(question))
    }

    /// The same for a request.
    pub(super) fn find(&self, request: &SearchRequest) -> Vec<Hit> {
        let retrieved = self.retriever.retrieve_one(request);
        let retrieved = retrieved.expect("an index in memory");
        let hits = self.retriever.rank(request, &retrieved, 10);
        hits.expect("passages in memory")
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

/// An index of two reports of two passages each.
pub(super) fn two_reports() -> PassageIndex {
    let index = PassageIndex::in_memory(&library_of_two(), &Segmenter::with_words([]));
    index.expect("an index in memory")
}

/// What [`two_reports`] is made of.
pub(super) fn library_of_two() -> Arc<Library> {
    let body = "## 2023年工作回顾\n\n实施供水工程。\n\n## 2024年重点工作\n\n改造供水和管网。";
    let first = Town::text("实施供水工程。", "硬化道路。");
    library(&[first, report("邻县", 2024, body)])
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
pub(super) fn reading(content: &str) -> Reading {
    let term = |text: &str| QueryTerm {
        text: text.to_owned(),
        weight: 1.0,
    };
    Reading {
        folded: content.to_owned(),
        content: content.to_owned(),
        words: content.split_whitespace().map(term).collect(),
        bigrams: segment::bigrams(content)
            .into_iter()
            .map(|pair| term(pair.of(content)))
            .collect(),
        ..Reading::default()
    }
}

/// The same, understood.
pub(super) fn query(content: &str) -> Understanding {
    Understanding::new(reading(content))
}

/// The same, which asks for a fact as `question` does.
pub(super) fn asking(content: &str, question: &str) -> Understanding {
    Understanding::new(Reading {
        answer_type: answer_type(&Intents::default(), question),
        ..reading(content)
    })
}

/// A request that goes by words alone.
pub(super) const fn request(question: Understanding) -> SearchRequest {
    SearchRequest::new(question, Err(NoVector::NoModel))
}

/// Every term of the question is as rare as any other.
pub(super) fn even(question: &Understanding) -> Frequencies {
    Frequencies {
        passages: 4,
        bigrams: vec![1; question.bigrams().len()],
        words: vec![1; question.words().len()],
    }
}

/// The everyday word `typed` with what officials call it.
pub(super) fn everyday(typed: &str, official: &[(&str, f32)]) -> Expansion {
    Expansion {
        typed: typed.to_owned(),
        bigrams: segment::bigrams(typed)
            .into_iter()
            .map(|pair| pair.of(typed).to_owned())
            .collect(),
        synonyms: official
            .iter()
            .map(|(word, weight)| Synonym {
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
