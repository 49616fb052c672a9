//! Tells the year planned for and the year reviewed, by weighted vote over all evidence.
//!
//! The file's own title is often wrong about the year: a session in December reports the year that is
//! ending and plans for the next, and is filed under either. The day of the session counts most, then
//! the years that headings and the opening sentences of the plan name.

use std::{collections::BTreeMap, path::Path};

use regex::Regex;
use time::Date;

use crate::paragraph::chars;
use wenzheng_document::tense;
use wenzheng_text::{Pattern, numerals};

/// 2024年通渭县政府工作报告
static TITLE: Pattern = Pattern::new(
    r"([12]\d{3})年?度?.{0,16}政府工作的?报告|政府工作的?报告[^0-9]{0,4}([12]\d{3})年?[）)]?$",
);
/// The years before 回顾 in a heading: 2015年和“十二五”工作回顾.
static REVIEW: Pattern =
    Pattern::new("回顾|总结|(?:工作|任务|目标|计划|规划)的?(?:完成|执行|落实)?情况");
static LAST_YEAR: Pattern = Pattern::new(r"过去的?([12]\d{3})年");
static PLAN: Pattern = Pattern::new(
    r"([12]\d{3})年(?:[^，。；0-9]{0,14})(?:重点工作|工作(?:的)?(?:安排|打算|任务|部署|建议|重点|计划|思路|要求)|主要任务|重点任务|目标任务|总体要求|预期目标|主要目标|总体思路)|(?:^|[，。！：])(?:做好)?([12]\d{3})年(?:的)?(?:政府|各项)?工作$",
);
/// Running text that names 今年 by number.
static SAYS_PLAN: Pattern = Pattern::new(
    r"做好([12]\d{3})年[^。；]{0,10}工作|([12]\d{3})年[^。；，]{0,10}(?:主要|预期|总体)?(?:预期)?目标(?:是|为|：|建议)|([12]\d{3})年，?我们[将要]|(?:今年|^)，?是?([12]\d{3})年是[^。]{0,40}(?:之年|一年)",
);
/// 去年及“九五”工作回顾
static LAST_PLAN: Pattern = Pattern::new("[“\"]([六七八九十]|十[一二三四五六])五[”\"]");
/// Longest heading, in chars.
const HEADING: usize = 40;
/// Weights of the evidence.
const SESSION: i32 = 40;
const HEADINGS: i32 = 10;
const DATE: i32 = 6;
const TITLES: i32 = 4;
const SENTENCE: i32 = 3;

/// What may name the year of a report.
pub(crate) struct Evidence<'a> {
    /// The titles that the file and its front matter give it.
    pub(crate) titles: [&'a str; 2],
    /// The paragraphs below the address.
    pub(crate) body: &'a [&'a str],
    /// When it was delivered, and whether the session or the title says so.
    pub(crate) delivered_on: Option<(Date, bool)>,
    pub(crate) file: Option<&'a Path>,
}

/// The years that were voted for, with their weights.
#[derive(Default)]
struct Votes(BTreeMap<i32, i32>);

impl Votes {
    fn add(&mut self, year: Option<i32>, weight: i32) {
        if let Some(year) = year.filter(|year| (1949..=2200).contains(year)) {
            *self.0.entry(year).or_default() += weight;
        }
    }

    /// Ties go to the later year: that is the one planned for.
    fn best(&self) -> Option<i32> {
        let best = self.0.iter().max_by_key(|(_, weight)| **weight)?;
        Some(*best.0)
    }
}

/// Returns the year planned for and the year reviewed.
pub(crate) fn find(evidence: &Evidence<'_>) -> (Option<i32>, Option<i32>) {
    let mut votes = Votes::default();
    let headings: Vec<String> = evidence
        .body
        .iter()
        .filter(|text| chars(text) <= HEADING)
        .map(|text| text.replace([' ', '\u{3000}'], ""))
        .collect();
    let review = headings.iter().find_map(|text| reviewed(text));
    votes.add(review.map(|year| year + 1), HEADINGS);
    votes.add(headings.iter().find_map(|text| ended(text)), TITLES);
    // A plan further ahead than next year is no plan of this report: 2035年远景目标.
    let latest = match (evidence.delivered_on, review) {
        (Some((date, _)), _) => date.year() + 1,
        (None, Some(review)) => review + 2,
        (None, None) => i32::MAX,
    };
    let planned = headings
        .iter()
        .filter_map(|text| planned(text))
        .find(|year| *year <= latest);
    votes.add(planned, HEADINGS);
    for text in evidence.body {
        let named = year_of(&SAYS_PLAN, text).filter(|year| *year <= latest);
        // 2000年是“九五”的最后一年，完成了…
        if named.is_some() && tense::lean(text) <= 0.0 {
            votes.add(named, SENTENCE);
        }
    }
    if let Some((date, told)) = evidence.delivered_on {
        // Sessions in the last months of a year plan for the next, but not all of them.
        let late = date.month() as u8 >= 10;
        let weight = if told && !late { SESSION } else { DATE };
        votes.add(Some(date.year() + i32::from(late)), weight);
    }
    for title in evidence.titles {
        votes.add(year_of_title(title), TITLES);
    }
    if votes.0.is_empty() {
        votes.add(evidence.file.and_then(year_of_file), 1);
    }
    let year = votes.best();
    (
        year,
        review.filter(|review| year.is_some_and(|year| *review < year)),
    )
}

/// The year that the title of a report names.
///
/// ```
/// assert_eq!(wenzheng_import::year_of_title("2024年通渭县政府工作报告"), Some(2024));
/// assert_eq!(wenzheng_import::year_of_title("通渭县政府工作报告"), None);
/// ```
#[must_use]
pub fn year_of_title(title: &str) -> Option<i32> {
    year_of(&TITLE, title)
}

/// The year in the first group of `pattern` that takes part in its match.
fn year_of(pattern: &Regex, text: &str) -> Option<i32> {
    let found = pattern.captures(text)?;
    found.iter().skip(1).flatten().next()?.as_str().parse().ok()
}

/// The last year that a heading names before the word for looking back.
fn reviewed(heading: &str) -> Option<i32> {
    let before = match REVIEW.find(heading) {
        Some(word) => &heading[..word.start()],
        None => return year_of(&LAST_YEAR, heading),
    };
    let years = before.split(|c: char| !c.is_ascii_digit());
    let years = years.filter(|digits| digits.len() == 4);
    years.filter_map(|digits| digits.parse().ok()).max()
}

/// The year that a heading plans for; what stands before 回顾 is past.
fn planned(heading: &str) -> Option<i32> {
    let after = REVIEW.find_iter(heading).last();
    let rest = after.map_or(heading, |word| &heading[word.end()..]);
    year_of(&PLAN, rest)
}

/// The year after the five-year plan that ended last year: 去年及“九五”工作回顾.
fn ended(heading: &str) -> Option<i32> {
    let looks_back = heading.contains("去年") && heading.contains("回顾");
    let plan = LAST_PLAN.captures(heading).filter(|_| looks_back)?;
    let order = i32::try_from(numerals::parse(&plan[1])?).ok()?;
    Some(1956 + 5 * order)
}

/// The year that the name of a file begins with or holds: 2004.md, 通渭县2004年.txt.
fn year_of_file(file: &Path) -> Option<i32> {
    let stem = file.file_stem()?.to_string_lossy();
    let mut years = stem
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok());
    years.next().filter(|year| (1949..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn year(titles: [&str; 2], body: &[&str], delivered_on: Option<(Date, bool)>) -> Option<i32> {
        let evidence = Evidence {
            titles,
            body,
            delivered_on,
            file: None,
        };
        find(&evidence).0
    }

    #[test]
    fn the_day_of_the_session_comes_before_headings() {
        let session = Some((date!(2021 - 03 - 24), true));
        let body = [
            "一、2020年及“十三五”时期发展回顾",
            "二、“十四五”发展规划和2035年主要目标",
            "三、2021年重点工作",
        ];
        assert_eq!(year(["", ""], &body, session), Some(2021));
        let session = Some((date!(2022 - 01 - 11), true));
        let body = ["一、2021年重点工作和过去五年工作回顾", "二、今年的重点工作"];
        assert_eq!(year(["", ""], &body, session), Some(2022));
        let session = Some((date!(2024 - 01 - 10), true));
        let body = [
            "二、“十四五”规划和2035年远景目标",
            "到2035年基本实现现代化。",
        ];
        assert_eq!(year(["", ""], &body, session), Some(2024));
    }

    #[test]
    fn headings_name_the_year_before_回顾() {
        for (heading, of) in [
            ("一、2015年和“十二五”工作回顾", 2016),
            ("一、 2003 年政府工作回顾", 2004),
            ("一、2004年政府工作的简要回顾", 2005),
            ("一、2020年和“十三五”时期重点工作回顾", 2021),
            ("一、去年及“九五”工作回顾", 2001),
            ("2020年工作回顾和2021年工作安排", 2021),
        ] {
            assert_eq!(year(["", ""], &[heading], None), Some(of), "{heading}");
        }
    }

    #[test]
    fn either_title_may_name_the_year() {
        let titles = ["青禾市政府工作报告", "2024年青禾市政府工作报告"];
        assert_eq!(year(titles, &[], None), Some(2024));
    }

    #[test]
    fn the_last_year_of_a_plan_is_no_plan() {
        let body = [
            "一、去年及“九五”工作回顾",
            "2000年是实施“九五”计划的最后一年，全省人民努力工作，完成了各项任务，生产总值增长9.4%，取得了显著成绩。",
        ];
        assert_eq!(year(["", ""], &body, None), Some(2001));
    }

    #[test]
    fn a_file_names_the_year_where_nothing_else_does() {
        let evidence = Evidence {
            titles: ["", ""],
            body: &["各位代表："],
            delivered_on: None,
            file: Some(Path::new("a/通渭县2004年.txt")),
        };
        assert_eq!(find(&evidence).0, Some(2004));
    }
}
