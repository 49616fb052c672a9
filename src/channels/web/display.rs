//! An answer as shown on the page, in the asker's script.
//!
//! The record's `quote` and `passage` are always as stored; the texts here may be converted and are
//! for display only.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    buttons::{Buttons, originals},
    card::Card,
    press::Press,
    wording,
};
use crate::{
    answer::{Answer, Citation, Notice, Script, Smalltalk, Status},
    assistant::Snapshot,
    channels::{
        answer_json::PeriodRecord,
        blocks::statement,
        deployment::Deployment,
        permalink,
        wording::{self as shared, in_script, passage_label},
    },
    corpus::{DocumentInfo, LibraryError, Passage, Progress, progress},
};

/// Maximum length of an excerpt of a related passage, in characters.
const EXCERPT: usize = 60;

/// Everything the page shows of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Display {
    /// Language tag: `zh-Hans` or `zh-Hant`.
    pub(super) lang: &'static str,
    /// Where to turn at once when life is in danger; null nearly always.
    pub(super) alert: Option<String>,
    /// What is said before the first quote; null when the quote speaks for itself.
    pub(super) opening: Option<String>,
    /// Numbers that the reply names to be called, the most important first.
    pub(super) numbers: Vec<Press>,
    /// Pages that the reply leads to.
    pub(super) links: Vec<Press>,
    /// Hotline to call when the report does not say what was asked, unless `numbers` has it.
    pub(super) call: Option<String>,
    /// Lines beside the answer, but for those that the page's header makes needless.
    pub(super) notices: Vec<String>,
    /// The cells of a comparison, in the order of time; the quotes behind them are the cards. Empty for
    /// any other answer.
    pub(super) table: Vec<Cell>,
    /// Above the cards: what they are.
    pub(super) caption: String,
    /// One for each citation.
    pub(super) cards: Vec<Card>,
    /// Passages beyond the citations, best first.
    pub(super) related: Vec<Related>,
    /// Above the suggestions: what they are.
    pub(super) suggested: String,
    /// Questions to go on with.
    pub(super) suggestions: Vec<String>,
    /// What can be pressed in a dialogue on who qualifies; null for any other answer.
    pub(super) check: Option<Buttons>,
    /// The `answer_id` that a vote names.
    pub(super) vote_on: String,
}

/// A cell of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Cell {
    /// 定西市2023年目标
    pub(super) column: String,
    /// The clause of the quote that tells it.
    pub(super) text: String,
    /// Address of the page where it stands, without scheme and host.
    pub(super) href: String,
}

/// A passage beyond the citations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Related {
    pub(super) passage_id: String,
    /// Address of the page where it stands, without scheme and host.
    pub(super) href: String,
    /// `done`, `planned`, `assessment`, `undated`
    pub(super) period: &'static str,
    /// `done`, `planned`, `ongoing`, `expected`, `assessment`, `none`
    pub(super) progress: &'static str,
    /// 2024年计划; may be empty.
    pub(super) label: String,
    /// Its innermost heading, or the title of its document.
    pub(super) heading: String,
    /// How its statement begins.
    pub(super) excerpt: String,
}

impl Display {
    /// Lays out `answer`; related passages that are not in `snapshot` are left out.
    ///
    /// # Errors
    /// [`LibraryError`] when a related passage cannot be read.
    pub(super) fn new(
        answer: &Answer,
        snapshot: &Snapshot,
        deployment: &Deployment,
    ) -> Result<Self, LibraryError> {
        let script = answer.script;
        let shown = |text: &str| in_script(text, script).into_owned();
        let caption = if answer.kind.defines() {
            wording::DEFINITION.to_owned()
        } else {
            wording::quotes(answer.sources)
        };
        let urgent = answer.referral.as_ref();
        let urgent = urgent.is_some_and(|referral| referral.concern.is_urgent());
        let (alert, opening) = if urgent {
            let alert = shared::referral(answer, deployment);
            (alert, shared::after_numbers(answer, deployment))
        } else {
            (None, shared::opening(answer, deployment))
        };
        let mut opening = opening.map(|opening| shown(&opening));
        let numbers = shared::numbers(answer, deployment);
        let compares = answer.kind.compares();
        if compares {
            // The lines of a comparison are shown as a table here.
            opening = Some(shown(shared::COMPARISON));
        }
        Ok(Self {
            lang: match script {
                Script::Simplified => "zh-Hans",
                Script::Traditional => "zh-Hant",
            },
            alert: alert.map(|alert| shown(&alert)),
            opening,
            call: (matches!(answer.status, Status::NotFound | Status::Partial)
                && numbers.is_empty())
            .then(|| deployment.hotline()),
            numbers: numbers
                .iter()
                .map(|number| Press::call(number, script))
                .collect(),
            links: shared::links(answer)
                .into_iter()
                .map(|link| Press::page(&link, script, deployment))
                .chain(ticket(answer, deployment))
                .chain(originals(answer, deployment))
                .collect(),
            notices: shared::notices(answer)
                // Every page's header names the newest report and its day.
                .filter(|notice| !matches!(notice, Notice::OlderReport { newest: true, .. }))
                .map(|notice| shown(&shared::notice(notice)))
                .collect(),
            table: answer
                .citations
                .iter()
                .filter(|_| compares)
                .map(|citation| Cell::new(citation, script, deployment))
                .collect(),
            caption: shown(&caption),
            cards: answer
                .citations
                .iter()
                .filter(|_| answer.check.is_none())
                .map(|citation| Card::new(citation, script, deployment))
                .collect(),
            related: snapshot
                .passages(&answer.related, answer.related.len())?
                .iter()
                .map(|(document, passage)| Related::new(document, passage, script, deployment))
                .collect(),
            suggested: shown(shared::suggested(answer.status)),
            suggestions: answer.suggestions.iter().map(|text| shown(text)).collect(),
            check: answer
                .check
                .as_ref()
                .map(|check| Buttons::new(check, script)),
            vote_on: String::new(),
        })
    }

    /// One of everything, without text: the markup that the script fills.
    pub(super) fn blank() -> Self {
        Self {
            lang: "zh-Hans",
            alert: Some(String::new()),
            opening: Some(String::new()),
            numbers: vec![Press::default()],
            links: vec![Press::default()],
            call: Some(String::new()),
            notices: vec![String::new()],
            table: vec![Cell::default()],
            caption: String::new(),
            cards: vec![Card::blank()],
            related: vec![Related::default()],
            suggested: shared::suggested(Status::Answered).to_owned(),
            suggestions: vec![String::new()],
            check: Some(Buttons::blank()),
            vote_on: String::new(),
        }
    }
}

impl Cell {
    fn new(citation: &Citation, script: Script, deployment: &Deployment) -> Self {
        let cell = citation.cell.of(&citation.quote);
        Self {
            column: in_script(&shared::column(citation), script).into_owned(),
            text: in_script(cell, script).into_owned(),
            href: deployment.path(&permalink::of_citation(citation)),
        }
    }
}

/// Where the question can be left for a person: where nothing was found, or a person was asked for.
fn ticket(answer: &Answer, deployment: &Deployment) -> Option<Press> {
    let asks_for_one = answer.smalltalk == Some(Smalltalk::Human);
    let wanted = asks_for_one || answer.status == Status::NotFound;
    (wanted && deployment.takes_tickets).then(|| {
        let question = match asks_for_one {
            true => "",
            false => &answer.question,
        };
        Press::ticket(question, answer.script, deployment)
    })
}

impl Related {
    fn new(
        document: &DocumentInfo,
        passage: &Passage,
        script: Script,
        deployment: &Deployment,
    ) -> Self {
        let shown = |text: &str| in_script(text, script).into_owned();
        let statement = statement(passage);
        let mut excerpt: String = statement.chars().take(EXCERPT).collect();
        if excerpt.len() < statement.len() {
            excerpt.push('…');
        }
        Self {
            passage_id: passage.id.to_string(),
            href: deployment.path(&permalink::of_passage(&passage.id)),
            period: PeriodRecord::from(passage.period).kind,
            progress: progress_of(passage),
            label: shown(&passage_label(passage)),
            heading: shown(passage.path.last().unwrap_or(&document.meta.title)),
            excerpt: shown(&excerpt),
        }
    }
}

/// The name of the progress that all of a passage shares, for its badge.
pub(super) fn progress_of(passage: &Passage) -> &'static str {
    let shared = progress::of_whole(passage.period, &passage.text);
    shared.unwrap_or(Progress::None).name()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::channels::fixtures::deployment;

    fn asked(question: &str) -> Display {
        let options = crate::assistant::Options::default();
        let assistant = crate::assistant::Assistant::open(options).expect("the corpus loads");
        let answer = assistant.answer(&crate::answer::Question::new(question));
        let answer = answer.expect("the corpus is in memory");
        let display = Display::new(&answer, &assistant.snapshot(), &deployment());
        display.expect("the corpus is in memory")
    }

    #[test]
    fn whoever_is_in_danger_is_told_first_and_loudly_where_to_turn() {
        let display = asked("我不想活了");
        assert!(display.alert.is_some_and(|alert| alert.contains("120")));
        assert_eq!((display.opening, display.cards.len()), (None, 0));
        let hrefs: Vec<&str> = display.numbers.iter().map(|call| &*call.href).collect();
        assert_eq!(hrefs, ["tel:12356", "tel:110", "tel:120"]);
    }

    #[test]
    fn the_pages_of_the_reports_are_one_press_away() {
        let display = asked("报告全文");
        assert_eq!(display.links[0].href, "/report/tongwei-2024-work-report");
        assert_eq!((display.cards.len(), display.call), (0, None));
    }

    #[test]
    fn where_the_report_does_not_say_the_hotline_is_one_press_away() {
        assert_eq!(
            asked("怎么修理安卓手机的屏幕").call.as_deref(),
            Some("12345")
        );
        assert_eq!(asked("今年修哪几条高速").call, None);
    }

    #[test]
    fn the_year_that_the_header_names_is_not_repeated_under_the_answer() {
        let options = crate::assistant::Options::default();
        let assistant = crate::assistant::Assistant::open(options).expect("the corpus loads");
        let snapshot = assistant.snapshot();
        let header = wording::basis(&snapshot).expect("a report is loaded");
        assert_eq!(
            header.concat(),
            "依据：《2024年通渭县政府工作报告》，2024年1月21日"
        );
        let mut question = crate::answer::Question::new("今年要修几条高速公路");
        question.today = Some(date!(2026 - 06 - 01));
        let mut answer = assistant
            .answer(&question)
            .expect("the corpus is in memory");
        let lines = |answer: &Answer| {
            let display = Display::new(answer, &snapshot, &deployment());
            let notices = display.expect("the corpus is in memory").notices;
            notices
                .iter()
                .filter(|line| line.contains("2024 年的"))
                .count()
        };
        let age = answer
            .notices
            .iter()
            .position(|notice| matches!(notice, Notice::OlderReport { .. }));
        let age = age.expect("the report is older than the year");
        assert_eq!(lines(&answer), 0);
        // Another report than the one in the header is cited.
        if let Notice::OlderReport { newest, .. } = &mut answer.notices[age] {
            *newest = false;
        }
        assert_eq!(lines(&answer), 1);
    }
}
