//! Front matter that contradicts the text below it, or itself.

use super::{finding::Doubt, places::is_same};
use crate::{
    corpus::{
        BlockKind, Document, DocumentKind, Meta,
        import::{place::named_above, year_of_title},
        place_names,
    },
    text::{Pattern, normalize::narrow_digits},
};

/// Longest line above a report's text that is read, in characters, and how many of them.
const LINE: usize = 60;
const LINES: usize = 8;

/// 2025年1月10日
static SESSION: Pattern = Pattern::new("([12][0-9]{3})年([0-9]{1,2})月[0-9]{1,2}日");
/// From this month on a session may plan for the next year.
const LATE: u8 = 10;

/// What the front matter of a report says otherwise than the text, each with its line; `front` are the
/// lines of the front matter.
pub(super) fn contradictions(document: &Document, front: &[&str]) -> Vec<(usize, Doubt)> {
    let meta = &document.meta;
    let (DocumentKind::WorkReport, Some(years)) = (meta.kind, meta.years()) else {
        return Vec::new();
    };
    let (year, review) = (years.plan, years.review);
    let mut doubts = Vec::new();
    if review >= year {
        let doubt = Doubt::ReviewNotBefore { review, year };
        doubts.push((line_of(front, "review_year"), doubt));
    }
    if let Some(date) = meta
        .delivered_on
        .filter(|date| !may_plan_for(year, date.year(), u8::from(date.month())))
    {
        let doubt = Doubt::DateUnlikeYear { date, year };
        doubts.push((line_of(front, "delivered_on"), doubt));
    }
    doubts.extend(title_of_another_year(document, front, year));
    let above = Above::of(document);
    doubts.extend(above.session_of_another_year(year));
    let lines: Vec<&str> = above.lines.iter().map(|(_, text)| *text).collect();
    let printed = another_place(&above.titles, &lines, &meta.place);
    let named = printed.or_else(|| another_place(&[&meta.title], &[], &meta.place));
    if let Some(named) = named {
        let place = meta.place.clone();
        let doubt = Doubt::PlaceUnlikeText { place, named };
        doubts.push((line_of(front, "place"), doubt));
    }
    doubts
}

/// The line of a key, counted from 1; that of `---` when it is missing.
pub(super) fn line_of(front: &[&str], key: &str) -> usize {
    let at = front.iter().position(|line| {
        let rest = line.trim_start().strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    });
    at.map_or(1, |at| at + 1)
}

/// True if the report that plans for `year` may be delivered in that month: within the year, or in the
/// last months before. All of 311 reports are.
const fn may_plan_for(year: i32, of: i32, month: u8) -> bool {
    of == year || (of + 1 == year && month >= LATE)
}

/// A title that names another year, of the front matter or of the text.
fn title_of_another_year(document: &Document, front: &[&str], year: i32) -> Option<(usize, Doubt)> {
    let meta = &document.meta;
    let own = (line_of(front, "title"), meta.title.as_str());
    let printed = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Title(title) => Some((block.line, title.as_str())),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph { .. }
            | BlockKind::LivelihoodItem { .. }
            | BlockKind::TableRow { .. }
            | BlockKind::Entry { .. } => None,
        });
    let (line, title) = std::iter::once(own).chain(printed).find(|(_, title)| {
        year_of_title(title).is_some_and(|named| named != year && !is_filed_under(named, meta))
    })?;
    let title = title.to_owned();
    Some((line, Doubt::YearUnlikeTitle { year, title }))
}

/// True for the year of a session in its last months that plans for the next: its report is titled by
/// either.
fn is_filed_under(named: i32, meta: &Meta) -> bool {
    let delivered = meta.delivered_on;
    delivered.is_some_and(|date| date.year() == named && u8::from(date.month()) >= LATE)
}

/// What the text of a report begins with, above its first heading or long paragraph.
struct Above<'a> {
    /// As printed, a line each.
    titles: Vec<&'a str>,
    /// Session, speaker and the like, each with its line.
    lines: Vec<(usize, &'a str)>,
}

impl<'a> Above<'a> {
    fn of(document: &'a Document) -> Self {
        let (mut titles, mut lines) = (Vec::new(), Vec::new());
        for block in &document.blocks {
            match &block.kind {
                BlockKind::Title(title) => titles.push(title.as_str()),
                BlockKind::Paragraph { text, .. }
                    if text.chars().count() <= LINE && lines.len() < LINES =>
                {
                    lines.push((block.line, text.as_str()));
                }
                BlockKind::Heading { .. }
                | BlockKind::Paragraph { .. }
                | BlockKind::LivelihoodItem { .. }
                | BlockKind::TableRow { .. }
                | BlockKind::Entry { .. } => break,
            }
        }
        Self { titles, lines }
    }

    /// The line about a session that the report of `year` cannot have been delivered at.
    fn session_of_another_year(&self, year: i32) -> Option<(usize, Doubt)> {
        let held = |text: &str| -> Option<(i32, u8)> {
            let of_session = text.contains("会议") || text.contains("大会");
            let date = SESSION.captures(text).filter(|_| of_session)?;
            Some((date[1].parse().ok()?, date[2].parse().ok()?))
        };
        let session = self.lines.iter().find(|(_, text)| {
            let held = held(&narrow_digits(text));
            held.is_some_and(|(of, month)| !may_plan_for(year, of, month))
        });
        session.map(|(line, text)| {
            let session = text.trim_start_matches('—').to_owned();
            (*line, Doubt::SessionUnlikeYear { year, session })
        })
    }
}

/// The place that titles and lines above the text name, when none of them holds any name of the
/// document's.
fn another_place(titles: &[&str], lines: &[&str], place: &str) -> Option<String> {
    let said = titles.iter().chain(lines).copied().collect::<String>();
    if place_names(place).iter().any(|name| said.contains(name)) {
        return None;
    }
    let title = titles.first().copied().unwrap_or_default();
    named_above(title, lines).filter(|named| !is_same(named, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    const TITLE: &str = "2025年安和县政府工作报告";
    const SESSION: &str = "——2025年1月10日在安和县第十九届人民代表大会第五次会议上";

    /// What is told of front matter with these keys above this text.
    fn told(keys: &str, above: &[&str]) -> Vec<String> {
        let text = format!(
            "---\n{keys}\n---\n\n{}\n\n## 2025年重点工作\n\n修路。\n",
            above.join("\n\n")
        );
        let documents = load_texts(&[("a.md", &text)])
            .expect("sound")
            .corpus
            .documents;
        let front: Vec<&str> = text.lines().collect();
        let doubts = contradictions(&documents[0], &front);
        doubts
            .iter()
            .map(|(line, doubt)| format!("{line}: {doubt}"))
            .collect()
    }

    fn keys(title: &str, place: &str, year: i32) -> String {
        format!("title: {title}\nplace: {place}\nyear: {year}")
    }

    #[test]
    fn front_matter_that_agrees_with_its_text_is_left_alone() {
        let title = format!("# {TITLE}");
        let keys = keys(TITLE, "安和县", 2025);
        assert_eq!(told(&keys, &[&title, SESSION]), [""; 0]);
        assert_eq!(
            told(&format!("{keys}\ndelivered_on: 2025-01-10"), &[]),
            [""; 0]
        );
        assert_eq!(
            told(&format!("{keys}\ndelivered_on: 2024-12-28"), &[]),
            [""; 0]
        );
    }

    #[test]
    fn a_title_of_another_year_is_told_with_its_line() {
        assert_eq!(
            told(&keys(TITLE, "安和县", 2024), &[]),
            [
                "2: year 是 2024，标题却写“2025年安和县政府工作报告”。请核对报告是哪一年的，改正其中一处"
            ]
        );
        let title = format!("# {TITLE}");
        let found = told(&keys("安和县政府工作报告", "安和县", 2024), &[&title]);
        assert!(found[0].starts_with("7: year 是 2024"), "{found:?}");
        // A session in December is titled by its own year or by the next.
        let late = format!("{}\ndelivered_on: 2025-12-28", keys(TITLE, "安和县", 2026));
        assert_eq!(told(&late, &[&title]), [""; 0]);
    }

    #[test]
    fn a_date_far_from_the_year_is_told() {
        let keys = format!("{}\ndelivered_on: 2020-01-10", keys(TITLE, "安和县", 2025));
        assert_eq!(
            told(&keys, &[]),
            [
                "5: delivered_on 是 2020-01-10，与 year（2025）对不上。请核对作报告的日期和报告的年份"
            ]
        );
    }

    #[test]
    fn a_session_far_from_the_year_is_told() {
        // In January the year before is reviewed, not planned for.
        let early = told(&keys("安和县政府工作报告", "安和县", 2026), &[SESSION]);
        assert_eq!(early.len(), 1, "{early:?}");
        assert_eq!(
            told(&keys("安和县政府工作报告", "安和县", 2023), &[SESSION]),
            [
                "7: year 是 2023，这一行却写“2025年1月10日在安和县第十九届人民代表大会第五次会议上”。\
                 请核对报告是哪一年的，改正其中一处"
            ]
        );
    }

    #[test]
    fn the_year_reviewed_comes_before_the_year_planned_for() {
        let keys = format!("{}\nreview_year: 2025", keys(TITLE, "安和县", 2025));
        assert_eq!(
            told(&keys, &[]),
            ["5: review_year（2025）应早于 year（2025），一般是前一年。请改正"]
        );
    }

    #[test]
    fn another_place_above_the_text_is_told() {
        let keys_of = |place| keys("政府工作报告", place, 2025);
        assert_eq!(
            told(&keys_of("通渭县"), &["# 政府工作报告", SESSION]),
            [
                "3: place 是“通渭县”，报告的标题或开头却写“安和县”。请核对是哪个地方的报告，改正其中一处"
            ]
        );
        // Either title may name it.
        let title = format!("# {TITLE}");
        for (own, printed) in [
            (TITLE, "# 政府工作报告"),
            ("2025年通渭县政府工作报告", &title),
        ] {
            assert_eq!(
                told(&keys(own, "通渭县", 2025), &[printed]).len(),
                1,
                "{own}"
            );
        }
        for place in ["安和县", "安和", "甘肃省安和县"] {
            assert_eq!(told(&keys_of(place), &[SESSION]), [""; 0], "{place}");
        }
        // Nothing names any place.
        assert_eq!(told(&keys_of("通渭县"), &["各位代表："]), [""; 0]);
    }
}
