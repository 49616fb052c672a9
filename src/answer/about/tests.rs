//! What is answered from the front matter.

use std::sync::LazyLock;

use crate::{
    answer::{Answer, ReportTopic, Status},
    town::{Quotes as _, Report, Town},
};

static TOWN: LazyLock<Town> = LazyLock::new(|| {
    let report = |year: i32, on: &str| {
        Report::new("石门县", year)
            .delivered("石门县人民政府县长 王小明", on)
            .done("新建村道12公里。")
            .planned("新建幼儿园2所。")
    };
    Town::of(&[report(2024, "2024-01-21"), report(2023, "2023-01-08")])
});

fn about(answer: &Answer) -> Option<ReportTopic> {
    answer.about.as_ref().map(|about| about.topic)
}

#[test]
fn who_delivered_the_newest_report_is_quoted_from_its_head() {
    let answer = TOWN.ask("县长是谁");
    assert_eq!(answer.status, Status::Answered);
    assert_eq!(answer.quotes(), ["石门县人民政府县长 王小明"]);
    assert_eq!(answer.citations[0].year, Some(2024));
    assert_eq!(about(&answer), Some(ReportTopic::Speaker));
}

#[test]
fn when_it_was_delivered_is_quoted_from_its_head() {
    let answer = TOWN.ask("报告哪天作的");
    assert_eq!(answer.status, Status::Answered);
    assert_eq!(answer.quotes(), ["——2024年1月21日在人民代表大会上"]);
}

#[test]
fn nobody_is_named_for_another_office_place_or_year() {
    for text in ["市长是谁", "平凉市长是谁", "县委书记是谁", "2030年县长是谁"]
    {
        let answer = TOWN.ask(text);
        assert_eq!(about(&answer), None, "{text}");
    }
}

#[test]
fn headings_and_addresses_of_a_report_are_given_without_a_quote() {
    let outline = TOWN.ask("报告目录");
    let headings = outline.about.map(|about| about.reports[0].headings.clone());
    let headings: Vec<String> = headings
        .into_iter()
        .flatten()
        .map(|(_, text)| text)
        .collect();
    assert!(
        headings.contains(&"2024年重点工作".to_owned()),
        "{headings:?}"
    );
    let whole = TOWN.ask("报告全文");
    assert_eq!(
        (whole.status, whole.citations.len()),
        (Status::Smalltalk, 0)
    );
    let about = whole.about.expect("asked for");
    let years: Vec<&str> = about.reports.iter().map(|r| &*r.title).collect();
    assert_eq!(years[0], "2024年石门县政府工作报告");
}

#[test]
fn a_year_without_a_report_is_named() {
    let about = TOWN.ask("怎么添加2030年的报告").about.expect("asked for");
    assert_eq!(
        (about.topic, about.missing_year),
        (ReportTopic::Reload, Some(2030))
    );
}
