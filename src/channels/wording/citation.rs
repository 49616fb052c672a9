//! Labels and sources of quotes.

use time::Date;

use crate::{
    answer::{Citation, Standing},
    corpus::{DocumentInfo, Passage, Period, Progress, Validity, progress, spans_a_term},
};

/// 2024年计划, 2023年已完成, 2023年推进中, 2023年预计 or 报告指出的问题; empty for what stands outside of
/// time.
#[must_use]
pub fn label(period: Period, progress: Progress) -> String {
    let of_review = matches!(period, Period::Done(_));
    // What a plan tells as begun or finished is not of the year that it plans for.
    let year = match period.year() {
        Some(year) if of_review || progress == Progress::Planned => format!("{year}年"),
        _ => String::new(),
    };
    match progress {
        Progress::Done => format!("{year}已完成"),
        Progress::Planned => format!("{year}计划"),
        Progress::Ongoing => format!("{year}推进中"),
        Progress::Expected => format!("{year}预计"),
        Progress::Assessment => "报告指出的问题".to_owned(),
        Progress::None => String::new(),
    }
}

/// The label of a quote.
#[must_use]
pub fn citation_label(citation: &Citation) -> String {
    if let Some(standing) = &citation.standing {
        return self::standing(standing);
    }
    let of_term = spans_a_term(&citation.path, &citation.passage);
    of_years(
        label(citation.period, citation.progress),
        citation.period,
        of_term,
    )
}

/// 有效至2030年3月31日, 已被安政办发〔2026〕3号替代: how a policy document stands.
#[must_use]
pub fn standing(standing: &Standing) -> String {
    let by = &standing.by;
    let validity = match standing.validity {
        Validity::Until(day) => format!("有效至{}", date(day)),
        Validity::Extended { until, .. } => format!("已延期至{}（{by}）", date(until)),
        Validity::NotYet { from } => format!("尚未施行，自{}起", date(from)),
        Validity::Expired { on } => format!("已于{}过期", date(on)),
        Validity::Replaced { .. } => format!("已被{by}替代"),
        Validity::OfYear(year) => format!("文件为{year}年度，未写有效期"),
        Validity::Unstated => "文件未写有效期".to_owned(),
    };
    match standing.amended.as_str() {
        "" => validity,
        article => format!("{validity}，{article}已被{by}修改"),
    }
}

fn date(day: Date) -> String {
    let (year, month, day) = day.to_calendar_date();
    format!("{year}年{}月{day}日", u8::from(month))
}

/// `label` of what tells of a whole term of office: 今后五年计划 for 2022年计划.
fn of_years(label: String, period: Period, of_term: bool) -> String {
    let year = period.year().filter(|_| of_term);
    let rest = year.and_then(|year| label.strip_prefix(&format!("{year}年")));
    match (rest, period) {
        (Some(rest), Period::Planned(_)) => format!("今后五年{rest}"),
        (Some(rest), _) => format!("五年来{rest}"),
        (None, _) => label,
    }
}

/// The label of a whole passage: that of its statements where they share one, else only the year.
#[must_use]
pub fn passage_label(passage: &Passage) -> String {
    match progress::of_whole(passage.period, &passage.text) {
        Some(progress) => {
            let of_term = spans_a_term(&passage.path, &passage.text);
            of_years(label(passage.period, progress), passage.period, of_term)
        }
        None => part_label(passage.period),
    }
}

/// 2023年工作, the label of what holds statements of every kind; claims nothing of any.
#[must_use]
pub fn part_label(period: Period) -> String {
    match period {
        Period::Done(year) => format!("{year}年工作"),
        Period::Planned(_) => label(period, Progress::Planned),
        Period::Assessment => label(period, Progress::Assessment),
        Period::Undated => String::new(),
    }
}

/// 【2024年计划】, a label before a quote; `None` if it is empty.
#[must_use]
pub fn bracketed(label: &str) -> Option<String> {
    (!label.is_empty()).then(|| format!("【{label}】"))
}

/// 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 加快健康通渭建设
#[must_use]
pub fn source_line(citation: &Citation) -> String {
    let Citation {
        document_title,
        place,
        year,
        path,
        ..
    } = citation;
    format!(
        "{}{}",
        titled(document_title, place, *year),
        path.join(" › ")
    )
}

/// Like [`source_line`], for a path in a document.
#[must_use]
pub fn source(document: &DocumentInfo, path: &[String]) -> String {
    let meta = &document.meta;
    let title = titled(&meta.title, &meta.place, meta.year);
    format!("{title}{}", document.headings(path).join(" › "))
}

/// 《2024年通渭县政府工作报告》; with place and year if the title lacks them: 定西市《政府工作报告》（2023年）.
pub(super) fn titled(title: &str, place: &str, year: Option<i32>) -> String {
    // 甘南州 suffices for 甘南藏族自治州.
    let short: String = place.chars().take(2).collect();
    let before = if title.contains(&short) || title.contains("答") {
        ""
    } else {
        place
    };
    let after = match year {
        Some(year) if !title.contains(&year.to_string()) => format!("（{year}年）"),
        _ => String::new(),
    };
    format!("{before}《{title}》{after}")
}

/// 〔1〕, the number of a quote.
#[must_use]
pub fn number(n: usize) -> String {
    format!("〔{}〕", n + 1)
}

/// 定西市2023年目标 or 定西市2023年结果, the title of a cell of a comparison.
#[must_use]
pub fn column(citation: &Citation) -> String {
    let place = &citation.place;
    match citation.period {
        Period::Done(year) if citation.progress == Progress::Expected => {
            format!("{place}{year}年预计")
        }
        Period::Done(year) => format!("{place}{year}年结果"),
        Period::Planned(year) => format!("{place}{year}年目标"),
        Period::Assessment | Period::Undated => place.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_of_five_years_where_the_report_does() {
        let plan = Period::Planned(2022);
        let years = |period, of_term| of_years(part_label(period), period, of_term);
        assert_eq!(years(plan, true), "今后五年计划");
        assert_eq!(years(Period::Done(2021), true), "五年来工作");
        assert_eq!(years(plan, false), "2022年计划");
    }

    #[test]
    fn a_label_tells_the_year_and_how_far_the_thing_is() {
        let (review, plan) = (Period::Done(2023), Period::Planned(2024));
        for (period, progress, expected) in [
            (review, Progress::Done, "2023年已完成"),
            (review, Progress::Ongoing, "2023年推进中"),
            (review, Progress::Expected, "2023年预计"),
            (review, Progress::Assessment, "报告指出的问题"),
            (review, Progress::None, ""),
            (plan, Progress::Planned, "2024年计划"),
            // Not in the year that is planned for.
            (plan, Progress::Done, "已完成"),
            (plan, Progress::Ongoing, "推进中"),
            (Period::Undated, Progress::None, ""),
        ] {
            assert_eq!(label(period, progress), expected);
        }
    }

    #[test]
    fn over_statements_of_every_kind_stands_the_year_alone() {
        assert_eq!(part_label(Period::Done(2023)), "2023年工作");
        assert_eq!(part_label(Period::Planned(2024)), "2024年计划");
        assert_eq!(part_label(Period::Undated), "");
    }
}
