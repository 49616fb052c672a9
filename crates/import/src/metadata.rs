//! Extracts the metadata of a report: title, place, speaker, date and years.
//!
//! The file's own title is often wrong about the year: a session in December reports the year that
//! is ending and plans for the next, and is filed under either. So the years named by headings and
//! by the opening sentences of the plan count more, and a title that contradicts them is put right.

use std::{collections::BTreeMap, path::Path};

use regex::Regex;
use time::{Date, Month};

use crate::{paragraph::Paragraph, place, titles::is_title};
use wenzheng_text::{Pattern, han::is_han, normalize::narrow_digits, numerals};

static DATE: Pattern =
    Pattern::new(r"([12]\d{3})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?");
static HAN_DATE: Pattern = Pattern::new(
    "([一二][〇○零Ｏ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日",
);
/// 2024年通渭县政府工作报告
static TITLE_YEAR: Pattern = Pattern::new(
    r"([12]\d{3})年?度?.{0,16}政府工作的?报告|政府工作的?报告[^0-9]{0,4}([12]\d{3})年?[）)]?$",
);
static REVIEW_YEAR: Pattern = Pattern::new(
    r"([12]\d{3})年(?:度)?(?:的)?(?:主要)?(?:政府)?工作(?:的)?(?:回顾|总结|完成情况|情况)|过去的?([12]\d{3})年",
);
static PLAN_YEAR: Pattern = Pattern::new(
    r"([12]\d{3})年(?:[^，。；0-9]{0,14})(?:重点工作|工作(?:的)?(?:安排|打算|任务|部署|建议|重点|计划|思路|要求)|主要任务|重点任务|目标任务|总体要求|预期目标|主要目标|总体思路)|(?:^|[，。！：])(?:做好)?([12]\d{3})年(?:的)?(?:政府|各项)?工作$",
);
/// Running text that names 今年 by number.
static SAYS_PLAN: Pattern = Pattern::new(
    r"做好([12]\d{3})年[^。；]{0,10}工作|([12]\d{3})年[^。；，]{0,10}(?:主要|预期|总体)?(?:预期)?目标(?:是|为|：|建议)|([12]\d{3})年，?我们[将要]|(?:今年|^)，?是?([12]\d{3})年是[^。]{0,40}(?:之年|一年)",
);
static OPENING: Pattern = Pattern::new(
    "^(?:各位代表|各位委员|同志们|现在，我|我(?:代表|受).{0,20}(?:政府|委托))|向大会(?:报告|作)(?:政府)?工作",
);

/// What the text says about the report; fields are empty or `None` where it says nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) speaker: String,
    pub(crate) delivered_on: Option<Date>,
    pub(crate) year: Option<i32>,
    pub(crate) review_year: Option<i32>,
    /// Paragraphs before the address (各位代表：).
    pub(crate) preamble: usize,
}

/// Extracts the metadata from `paragraphs` (clean text). `title` comes from the file's own front
/// matter; the folders of `file` often name the place.
pub(crate) fn read(paragraphs: &[Paragraph], title: Option<&str>, file: Option<&Path>) -> Metadata {
    let preamble = preamble(paragraphs);
    let texts: Vec<_> = paragraphs.iter().map(|p| narrow_digits(&p.text)).collect();
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let head = &texts[..preamble];
    let own_title = head.iter().find(|text| is_title(text)).copied();
    let named = title.filter(|title| !title.is_empty());
    let title = match (own_title, named) {
        // A bare 政府工作报告 says less than the front matter.
        (Some(own), Some(named)) if own.chars().count() <= 8 && is_title(named) => named,
        (Some(own), _) => own,
        (None, named) => named.unwrap_or_default(),
    };
    let fields = || std::iter::once(title).chain(head.iter().copied());
    let delivered_on = fields().find_map(date).or_else(|| {
        texts
            .iter()
            .rev()
            .take(3)
            .filter(|t| t.chars().count() < 30)
            .find_map(|t| date(t))
    });
    let speaker = speaker(head, title);
    let place = place::find(title, &texts, preamble, &speaker, file).unwrap_or_default();
    let (year, review_year) = years(title, &texts, preamble, delivered_on);
    Metadata {
        title: clean_title(title),
        place,
        speaker,
        delivered_on,
        year,
        review_year,
        preamble,
    }
}

/// The year that a title names.
pub(crate) fn year_of_title(title: &str) -> Option<i32> {
    year_of(&TITLE_YEAR, title)
}

/// The year in the first group of `pattern` that takes part in its match.
fn year_of(pattern: &Regex, text: &str) -> Option<i32> {
    let found = pattern.captures(text)?;
    found.iter().skip(1).flatten().next()?.as_str().parse().ok()
}

/// The title without the date and the speaker that follow it in brackets.
fn clean_title(title: &str) -> String {
    let title = title.split(['（', '(']).next().unwrap_or_default().trim();
    let title = title.trim_matches(['《', '》', '—', ' ']);
    if is_title(title) {
        title.to_owned()
    } else {
        String::new()
    }
}

/// Counts the paragraphs before the opening address, which must come early in the file.
fn preamble(paragraphs: &[Paragraph]) -> usize {
    let address = paragraphs
        .iter()
        .take(24)
        .position(|p| OPENING.is_match(&p.text));
    address.unwrap_or_else(|| {
        let is_front = |p: &&Paragraph| {
            let short = p.text.chars().count() <= 40;
            is_title(&p.text) || (short && (date(&p.text).is_some() || place::is_office(&p.text)))
        };
        paragraphs.iter().take_while(is_front).count()
    })
}

/// Returns the year planned for and the year reviewed, by weighted vote over all evidence.
fn years(
    title: &str,
    texts: &[&str],
    preamble: usize,
    delivered_on: Option<Date>,
) -> (Option<i32>, Option<i32>) {
    let mut votes: BTreeMap<i32, i32> = BTreeMap::new();
    let mut vote = |year: Option<i32>, weight: i32| {
        if let Some(year) = year.filter(|year| (1949..=2200).contains(year)) {
            *votes.entry(year).or_default() += weight;
        }
    };
    let short = || {
        texts[preamble..]
            .iter()
            .filter(|text| text.chars().count() <= 40)
    };
    let review = short().find_map(|text| year_of(&REVIEW_YEAR, text));
    vote(review.map(|year| year + 1), 10);
    vote(short().find_map(|text| year_of(&PLAN_YEAR, text)), 10);
    for text in &texts[preamble..] {
        vote(year_of(&SAYS_PLAN, text), 3);
    }
    // Sessions in the last months of a year plan for the next.
    vote(
        delivered_on.map(|date| date.year() + i32::from(date.month() as u8 >= 10)),
        6,
    );
    vote(year_of_title(title), 4);
    // Ties go to the later year: that is the one planned for.
    let year = votes
        .iter()
        .max_by_key(|(_, votes)| **votes)
        .map(|(year, _)| *year);
    (
        year,
        review.filter(|review| year.is_some_and(|year| *review < year)),
    )
}

fn date(text: &str) -> Option<Date> {
    let (year, month, day) = if let Some(found) = DATE.captures(text) {
        (
            found[1].parse().ok()?,
            found[2].parse().ok()?,
            found[3].parse().ok()?,
        )
    } else {
        let found = HAN_DATE.captures(text)?;
        let year = numerals::parse_digits(&found[1])?;
        let month = numerals::parse(&found[2])?;
        (
            i32::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(numerals::parse(&found[3])?).ok()?,
        )
    };
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Office and name: the short lines that follow the title and the session, or what stands in the
/// title's brackets after the date.
fn speaker(preamble: &[&str], title: &str) -> String {
    let is_speaker = |text: &&&str| {
        let short = text.chars().count() <= 24;
        short
            && !text.contains("工作报告")
            && !is_title(text)
            && !text.contains(['。', '，', '：', '《', '□', '“'])
            && text.chars().any(is_han)
            && date(text).is_none()
            && !text.contains("会议")
            && !text.contains(['届', '目'])
    };
    let lines: Vec<&str> = preamble
        .iter()
        .filter(is_speaker)
        .map(|text| text.trim_matches(['（', '）', '(', ')', '—', ' ']))
        .collect();
    if !lines.is_empty() {
        return lines.join(" ");
    }
    // 白银市政府工作报告（2021年2月2日 张旭晨）
    let inside = title.split(['（', '(']).nth(1).unwrap_or_default();
    let inside = inside.trim_end_matches(['）', ')']);
    let name = DATE.replace(inside, "");
    let name = name.trim();
    let is_name =
        (2..=12).contains(&name.chars().count()) && !name.contains(|c: char| c.is_ascii());
    if is_name {
        name.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn metadata(lines: &[&str], title: Option<&str>) -> Metadata {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
        read(&paragraphs, title, None)
    }

    #[test]
    fn a_title_a_session_and_a_speaker_are_read() {
        let metadata = metadata(
            &[
                "2024年通渭县政府工作报告",
                "——2024年1月21日在通渭县第十九届人民代表大会第四次会议上",
                "通渭县人民政府县长",
                "宗学谦",
                "各位代表：",
                "2023年工作回顾",
            ],
            None,
        );
        assert_eq!(metadata.title, "2024年通渭县政府工作报告");
        assert_eq!(metadata.place, "通渭县");
        assert_eq!(
            (metadata.year, metadata.review_year),
            (Some(2024), Some(2023))
        );
        assert_eq!(metadata.speaker, "通渭县人民政府县长 宗学谦");
        assert_eq!(metadata.delivered_on, Some(date!(2024 - 01 - 21)));
        assert_eq!(metadata.preamble, 4);
    }

    #[test]
    fn a_december_session_plans_for_the_next_year_whatever_the_title_says() {
        let metadata = metadata(
            &[
                "——2021年12月7日在定西市第五届人民代表大会第一次会议上",
                "汪尚学",
                "各位代表：",
                "做好2022年工作，意义重大。",
            ],
            Some("2021年定西市政府工作报告（2021年12月7日 汪尚学）"),
        );
        assert_eq!(metadata.title, "2021年定西市政府工作报告");
        assert_eq!(metadata.place, "定西市");
        assert_eq!(metadata.year, Some(2022));
    }

    #[test]
    fn the_speakers_office_names_the_place() {
        let metadata = metadata(
            &["甘肃省省长 任振鹤", "各位代表："],
            Some("2022年政府工作报告"),
        );
        assert_eq!(metadata.place, "甘肃省");
        assert_eq!(metadata.year, Some(2022));
    }

    #[test]
    fn dates_are_read_in_figures_and_in_characters() {
        assert_eq!(date("（2021年2月2日）"), Some(date!(2021 - 02 - 02)));
        assert_eq!(date("二〇二一年十二月十三日"), Some(date!(2021 - 12 - 13)));
        assert_eq!(date("2021-02-30"), None);
    }

    #[test]
    fn the_speaker_may_stand_in_the_title() {
        let metadata = metadata(
            &["各位代表："],
            Some("白银市政府工作报告（2021年2月2日 张旭晨）"),
        );
        assert_eq!(metadata.speaker, "张旭晨");
        assert_eq!(metadata.delivered_on, Some(date!(2021 - 02 - 02)));
    }
}
