//! Who delivered the report, where, when, and for which year.

use std::sync::LazyLock;

use regex::Regex;
use time::{Date, Month};

use super::layout;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d{4})年(\d{1,2})月(\d{1,2})日"));
/// ——2024年1月21日在通渭县第十九届人民代表大会第四次会议上
static SESSION: LazyLock<Regex> =
    LazyLock::new(|| regex("在([^，。在]{1,16}?(?:省|市|县|区|州|旗|盟))第[^，。]{1,6}届"));
/// 2024年通渭县政府工作报告
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:关于)?(?:(\d{4})年度?)?(.{0,16}?)(?:人民)?政府工作报告"));
/// 通渭县人民政府县长, 甘肃省省长
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(.{1,16}?(?:省|市|县|区|州|旗|盟))(?:人民政府)?.{0,4}(?:省长|市长|县长|区长|州长|旗长|盟长|主席)",
    )
});
static REVIEW_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^(?:[一二三]、)?(?:过去的?)?(\d{4})年(?:的)?工作(?:回顾|总结|完成情况)")
});
static PLAN_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:[一二三四]、)?(\d{4})年.{0,12}(?:重点工作|工作安排|工作打算|主要任务|工作任务|目标任务|工作部署|总体要求)",
    )
});

/// What the text itself says about the report; empty or `None` when it does not.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Front {
    pub(super) title: String,
    pub(super) place: String,
    pub(super) speaker: String,
    pub(super) delivered_on: Option<Date>,
    pub(super) year: Option<i32>,
    pub(super) review_year: Option<i32>,
    /// Paragraphs before the address (各位代表：).
    pub(super) preamble: usize,
}

/// Reads `paragraphs` (clean text); `title` is that of the file's own front matter.
pub(super) fn read(paragraphs: &[String], title: Option<&str>) -> Front {
    let preamble = preamble(paragraphs);
    let own_title = paragraphs.first().filter(|text| layout::is_title(text));
    let title = own_title.map(String::as_str).or(title).unwrap_or_default();
    let head = || std::iter::once(title).chain(paragraphs[..preamble].iter().map(String::as_str));
    let delivered_on = head().find_map(date);
    let speaker = speaker(&paragraphs[..preamble]);
    let place = place(title, head(), &speaker);
    let named = |pattern: &Regex| {
        let mut years = paragraphs.iter().filter(|text| text.chars().count() <= 40);
        years.find_map(|text| pattern.captures(text)?[1].parse::<i32>().ok())
    };
    let review_year = named(&REVIEW_YEAR);
    let of_title = TITLE
        .captures(title)
        .and_then(|found| found.get(1)?.as_str().parse().ok());
    let of_date = |date: Date| {
        // Sessions in the last months of a year plan for the next.
        date.year() + i32::from(date.month() as u8 >= 10)
    };
    Front {
        title: title
            .split(['（', '('])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        place,
        speaker,
        delivered_on,
        year: of_title
            .or_else(|| named(&PLAN_YEAR))
            .or_else(|| review_year.map(|year| year + 1))
            .or_else(|| delivered_on.map(of_date)),
        review_year,
        preamble,
    }
}

/// How many paragraphs stand before 各位代表, if it comes within the first few.
fn preamble(paragraphs: &[String]) -> usize {
    let address = paragraphs
        .iter()
        .take(12)
        .position(|text| text.starts_with("各位代表"));
    address.unwrap_or_else(|| {
        usize::from(
            paragraphs
                .first()
                .is_some_and(|text| layout::is_title(text)),
        )
    })
}

fn date(text: &str) -> Option<Date> {
    let found = DATE.captures(text)?;
    let month = Month::try_from(found[2].parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(found[1].parse().ok()?, month, found[3].parse().ok()?).ok()
}

/// Office and name: the short lines that follow the title and the session.
fn speaker(preamble: &[String]) -> String {
    let is_speaker = |text: &&String| {
        let short = text.chars().count() <= 24;
        short
            && !layout::is_title(text)
            && !text.contains(['。', '，', '：', '《', '□'])
            && date(text).is_none()
    };
    let lines: Vec<&str> = preamble
        .iter()
        .filter(is_speaker)
        .map(String::as_str)
        .collect();
    lines.join(" ")
}

fn place<'a>(title: &str, mut head: impl Iterator<Item = &'a str>, speaker: &str) -> String {
    let of_title = TITLE
        .captures(title)
        .map(|found| found[2].trim().to_owned());
    of_title
        .filter(|place| !place.is_empty())
        .or_else(|| head.find_map(|text| Some(SESSION.captures(text)?[1].to_owned())))
        .or_else(|| Some(OFFICE.captures(speaker)?[1].to_owned()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn front(paragraphs: &[&str], title: Option<&str>) -> Front {
        let paragraphs: Vec<String> = paragraphs.iter().map(|p| (*p).to_owned()).collect();
        read(&paragraphs, title)
    }

    #[test]
    fn a_title_a_session_and_a_speaker_are_read() {
        let front = front(
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
        assert_eq!(front.title, "2024年通渭县政府工作报告");
        assert_eq!(front.place, "通渭县");
        assert_eq!((front.year, front.review_year), (Some(2024), Some(2023)));
        assert_eq!(front.speaker, "通渭县人民政府县长 宗学谦");
        assert_eq!(front.delivered_on, Some(date!(2024 - 01 - 21)));
        assert_eq!(front.preamble, 4);
    }

    #[test]
    fn a_december_session_plans_for_the_next_year() {
        let front = front(
            &[
                "——2021年12月7日在定西市第五届人民代表大会第一次会议上",
                "汪尚学",
                "各位代表：",
            ],
            Some("定西市政府工作报告（2021年12月7日 汪尚学）"),
        );
        assert_eq!(front.title, "定西市政府工作报告");
        assert_eq!(front.place, "定西市");
        assert_eq!(front.year, Some(2022));
    }

    #[test]
    fn the_speakers_office_names_the_place() {
        let front = front(
            &["甘肃省省长 任振鹤", "各位代表："],
            Some("2022年政府工作报告"),
        );
        assert_eq!(front.place, "甘肃省");
        assert_eq!(front.year, Some(2022));
    }
}
