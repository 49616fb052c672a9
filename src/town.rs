//! Tiny invented corpora for unit tests: a few sentences, with everything that is built from them.

use std::sync::Arc;

use time::{Date, Month};

use crate::{
    answer::{self, Answer, Citation, Gap, Missing, PartAnswer},
    corpus::{self, Library, Passage, PassageAt, Period},
    retrieval::{Features, Hit, Message, Retriever, Setup, Understanding},
};

/// Citations at most, as when nothing else is asked for.
const LIMIT: usize = 3;

/// A report made of a few sentences.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    place: String,
    year: i32,
    done: Vec<String>,
    planned: Vec<String>,
    items: Vec<String>,
    terms: Vec<(String, String)>,
    /// Who delivered it, and when.
    delivered: Option<(String, String)>,
}

impl Report {
    /// An empty report of `place` that plans for `year` and reviews the year before.
    pub(crate) fn new(place: &str, year: i32) -> Self {
        Self {
            place: place.to_owned(),
            year,
            done: Vec::new(),
            planned: Vec::new(),
            items: Vec::new(),
            terms: Vec::new(),
            delivered: None,
        }
    }

    /// Says who delivered it (office and name), and on which day (2024-01-21).
    pub(crate) fn delivered(mut self, speaker: &str, on: &str) -> Self {
        self.delivered = Some((speaker.to_owned(), on.to_owned()));
        self
    }

    /// Adds a paragraph to the review.
    pub(crate) fn done(mut self, paragraph: &str) -> Self {
        self.done.push(paragraph.to_owned());
        self
    }

    /// Adds a paragraph to the plan.
    pub(crate) fn planned(mut self, paragraph: &str) -> Self {
        self.planned.push(paragraph.to_owned());
        self
    }

    /// Adds an item to the livelihood list (民生实事).
    pub(crate) fn item(mut self, item: &str) -> Self {
        self.items.push(item.to_owned());
        self
    }

    /// Adds an entry to the glossary.
    pub(crate) fn term(mut self, name: &str, definition: &str) -> Self {
        self.terms.push((name.to_owned(), definition.to_owned()));
        self
    }

    /// As a corpus file.
    pub(crate) fn markdown(&self) -> String {
        let Self { place, year, .. } = self;
        let review = year - 1;
        let mut front = format!(
            "---\ntitle: {year}年{place}政府工作报告\nplace: {place}\nyear: {year}\n\
             review_year: {review}\nissuer: {place}人民政府\n"
        );
        let mut head = Vec::new();
        if let Some((speaker, on)) = &self.delivered {
            front.push_str(&format!("speaker: {speaker}\ndelivered_on: {on}\n"));
            let date: Vec<&str> = on
                .split('-')
                .map(|part| part.trim_start_matches('0'))
                .collect();
            head.push(format!(
                "——{}年{}月{}日在人民代表大会上",
                date[0], date[1], date[2]
            ));
            head.extend(speaker.split(' ').map(str::to_owned));
        }
        let mut blocks = vec![
            format!("{front}---"),
            format!("# {year}年{place}政府工作报告"),
        ];
        blocks.extend(head);
        blocks.push(format!("## {review}年工作回顾"));
        blocks.extend(self.done.iter().cloned());
        blocks.push(format!("## {year}年重点工作"));
        blocks.extend(self.planned.iter().cloned());
        if !self.items.is_empty() {
            blocks.push("办好民生实事：".to_owned());
            let items: Vec<String> = self.items.iter().map(|item| format!("- {item}")).collect();
            blocks.push(items.join("\n"));
        }
        if !self.terms.is_empty() {
            blocks.push("## 有关用语说明：".to_owned());
            let term = |(name, definition)| format!("- **{name}**：{definition}");
            let terms: Vec<String> = self.terms.iter().map(|(n, d)| term((n, d))).collect();
            blocks.push(terms.join("\n"));
        }
        blocks.join("\n\n") + "\n"
    }
}

/// A corpus of such reports, and what answers from it.
pub(crate) struct Town {
    pub(crate) retriever: Retriever,
}

impl Town {
    /// The report of 石门县 for 2024, a paragraph a sentence: what begins with 去年 stands in the
    /// review, everything else in the plan.
    pub(crate) fn with(text: &str) -> Self {
        let report =
            text.split_inclusive('。')
                .fold(Report::new("石门县", 2024), |report, sentence| {
                    if sentence.starts_with("去年") {
                        report.done(sentence)
                    } else {
                        report.planned(sentence)
                    }
                });
        Self::of(&[report])
    }

    /// These reports; the first one's place leads.
    pub(crate) fn of(reports: &[Report]) -> Self {
        Self::built(reports, Setup::default())
    }

    /// The same with lists, weights or components of one's own.
    pub(crate) fn built(reports: &[Report], setup: Setup) -> Self {
        let name = |n: usize| format!("{}.md", char::from(b'a' + u8::try_from(n).expect("few")));
        let texts: Vec<(String, String)> = reports
            .iter()
            .enumerate()
            .map(|(n, report)| (name(n), report.markdown()))
            .collect();
        let borrowed: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let loaded = corpus::load_texts(&borrowed).expect("the texts are reports");
        let setup = Setup {
            default_place: reports[0].place.clone(),
            ..setup
        };
        let retriever =
            Retriever::build(Arc::new(Library::new(loaded.corpus)), setup).expect("a small index");
        Self { retriever }
    }

    /// All passages, document by document.
    pub(crate) fn passages(&self) -> Vec<Arc<Passage>> {
        let passages = self.retriever.library().all_passages();
        passages.collect::<Result<_, _>>().expect("in memory")
    }

    /// The address of the passage of the first report that holds `text`.
    pub(crate) fn at(&self, text: &str) -> PassageAt {
        let mut passages = self.passages().into_iter();
        let passage = passages.position(|passage| passage.text.contains(text));
        PassageAt {
            document: 0,
            passage: passage.expect("the report says so"),
        }
    }

    /// What was typed, as it is understood.
    pub(crate) fn query(&self, typed: &str) -> Understanding {
        self.retriever.understand(typed, None)
    }

    /// The answer to a question of one part.
    pub(crate) fn part(&self, typed: &str) -> PartAnswer {
        self.answer_to(self.query(typed), LIMIT)
    }

    /// The answer to a question as understood, with at most `limit` citations.
    pub(crate) fn answer_to(&self, query: Understanding, limit: usize) -> PartAnswer {
        answer::answer_part(&self.retriever, query, limit).expect("in memory")
    }

    /// The whole answer in the calendar year 2024.
    pub(crate) fn ask(&self, typed: &str) -> Answer {
        self.ask_after(&[], typed)
    }

    /// The same after these earlier questions.
    pub(crate) fn ask_after(&self, history: &[&str], typed: &str) -> Answer {
        let history: Vec<String> = history.iter().map(|&text| text.to_owned()).collect();
        self.respond(&history, &Message::new(typed), LIMIT, 2024)
    }

    /// The same with at most `limit` citations, in any calendar year.
    pub(crate) fn respond(
        &self,
        history: &[String],
        message: &Message,
        limit: usize,
        year: i32,
    ) -> Answer {
        let today = Date::from_calendar_date(year, Month::June, 1).unwrap_or(Date::MIN);
        let answer = answer::respond(&self.retriever, message, history, limit, today);
        answer.expect("in memory")
    }
}

/// A hit in passage `n` of the first report, for its first sentence, without features.
pub(crate) fn hit(n: usize, score: f32, period: Period) -> Hit {
    Hit {
        at: PassageAt {
            document: 0,
            passage: n,
        },
        score,
        sentence: 0,
        period,
        features: Features::default(),
        matched: Vec::new(),
    }
}

/// What was quoted, best first.
pub(crate) trait Quotes {
    fn citations(&self) -> &[Citation];
    fn missing(&self) -> Option<&Missing>;

    /// What is missing, and of what.
    fn lacks(&self) -> Option<(Gap, &str)> {
        let missing = self.missing()?;
        Some((missing.asked, missing.topic.as_str()))
    }

    fn quotes(&self) -> Vec<&str> {
        let citations = self.citations().iter();
        citations.map(|citation| citation.quote.as_str()).collect()
    }
}

impl Quotes for PartAnswer {
    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn missing(&self) -> Option<&Missing> {
        self.missing.as_ref()
    }
}

impl Quotes for Answer {
    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn missing(&self) -> Option<&Missing> {
        self.missing.as_ref()
    }
}
