//! Extracts the metadata of a report: title, place, speaker, date and years.

use std::path::Path;

use time::{Date, Month};

use crate::{
    paragraph::Paragraph,
    place, speaker,
    titles::{self, is_title},
    years::{self, Evidence},
};
use wenzheng_text::{Pattern, normalize::narrow_digits, numerals};

static DATE: Pattern =
    Pattern::new(r"([12]\d{3})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?");
static HAN_DATE: Pattern = Pattern::new(
    "([一二][〇○零Ｏ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日",
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
    let delivered_on = delivered_on(title, named.unwrap_or_default(), &texts, preamble);
    let in_title = if title.contains(['（', '(']) {
        title
    } else {
        named.unwrap_or_default()
    };
    let speaker = speaker(head, in_title);
    let titles = [title, named.unwrap_or_default()];
    let titles = if titles[0] == titles[1] {
        [title, ""]
    } else {
        titles
    };
    let place = place::find(titles, &texts, preamble, &speaker, file).unwrap_or_default();
    let (year, review_year) = years::find(&Evidence {
        titles,
        body: &texts[preamble..],
        delivered_on,
        file,
    });
    Metadata {
        title: titles::clean(title),
        place,
        speaker,
        delivered_on: delivered_on.map(|(date, _)| date),
        year,
        review_year,
        preamble,
    }
}

/// When the report was delivered, and whether the session or the title says so; a date at the end of
/// the text may be that of its publication.
fn delivered_on(title: &str, named: &str, texts: &[&str], preamble: usize) -> Option<(Date, bool)> {
    let head = &texts[..preamble];
    let session = head
        .iter()
        .filter(|text| text.contains("会议") || text.contains("大会"));
    let told = session.copied().chain([title, named]).find_map(date);
    let dated = || head.iter().find_map(|text| date(text));
    let last = || {
        let last = texts.iter().rev().take(3);
        last.filter(|text| text.chars().count() < 30)
            .find_map(|text| date(text))
    };
    told.map(|date| (date, true))
        .or_else(|| dated().or_else(last).map(|date| (date, false)))
}

/// Counts the paragraphs before the opening address, which must come early in the file.
fn preamble(paragraphs: &[Paragraph]) -> usize {
    let address = paragraphs
        .iter()
        .take(24)
        .position(|p| OPENING.is_match(&p.text));
    address.unwrap_or_else(|| {
        let is_front = |n: usize| {
            let text = paragraphs[n].text.as_str();
            let short = text.chars().count() <= 40;
            let below_office = || n > 0 && speaker::is_office(&paragraphs[n - 1].text);
            is_title(text)
                || (short && (date(text).is_some() || speaker::is_office(text)))
                || (below_office() && speaker::is_name(text))
        };
        let front = (0..paragraphs.len()).take_while(|n| is_front(*n));
        front.count()
    })
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

/// Office and name: on lines of their own, or in the title's brackets after the date.
fn speaker(preamble: &[&str], title: &str) -> String {
    let found = speaker::find(preamble);
    if !found.is_empty() {
        return found;
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
