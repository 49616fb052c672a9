//! Replies about the reports themselves.

use time::Date;

use super::{citation, sources::counted};
use crate::{
    answer::{AboutReports, Answer, ReportHead, ReportTopic},
    channels::deployment::Deployment,
};

/// A page that a reply leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub text: String,
    /// Its address without scheme and host.
    pub path: String,
}

/// The pages that a reply about reports leads to.
#[must_use]
pub fn links(answer: &Answer) -> Vec<Link> {
    let about = answer.about.as_ref();
    let reports = about.map_or(&[][..], |about| &about.reports);
    let link = |report: &ReportHead| Link {
        text: format!("《{}》全文", report.title),
        path: page(report),
    };
    reports.iter().map(link).collect()
}

fn page(report: &ReportHead) -> String {
    format!("/report/{}", report.id)
}

/// The reply about the reports.
#[must_use]
pub(super) fn about(about: &AboutReports, deployment: &Deployment) -> String {
    let reply = match about.topic {
        ReportTopic::Versions => {
            format!("{}程序版本 {}。", loaded(about), env!("CARGO_PKG_VERSION"))
        }
        ReportTopic::Reload => format!(
            "添加、更新、重新加载报告由管理员来做：把报告导入报告文件夹，再发送 /reload。{}",
            loaded(about)
        ),
        ReportTopic::FullText => format!(
            "报告全文在这里：\n{}\n没有另外的下载文件，在网页上可以打印，或另存为 PDF。",
            pages(about, deployment)
        ),
        ReportTopic::Outline => outlines(about, deployment),
        ReportTopic::Speaker | ReportTopic::DeliveredOn => head(about),
    };
    match about.missing_year {
        Some(year) => format!("目前没有收录 {year}年的报告。{reply}"),
        None => reply,
    }
}

/// 目前收录了 1 份报告：《2024年通渭县政府工作报告》。
fn loaded(about: &AboutReports) -> String {
    let titles: Vec<String> = about.reports.iter().map(titled).collect();
    let rest = if about.inventory.documents() > titles.len() {
        "等"
    } else {
        ""
    };
    format!(
        "目前收录了 {}：{}{rest}。",
        counted(&about.inventory),
        titles.concat()
    )
}

fn titled(report: &ReportHead) -> String {
    let source = match report.source.as_str() {
        "" => String::new(),
        source => format!("（来源：{source}）"),
    };
    let title = citation::titled(&report.title, &report.place, report.year);
    format!("{title}{source}")
}

/// Title and address of each report, one a line.
fn pages(about: &AboutReports, deployment: &Deployment) -> String {
    let line = |report: &ReportHead| format!("《{}》{}", report.title, address(report, deployment));
    let lines: Vec<String> = about.reports.iter().map(line).collect();
    lines.join("\n")
}

/// The whole address if it is known, else the page of this server.
fn address(report: &ReportHead, deployment: &Deployment) -> String {
    let page = page(report);
    let whole = deployment.link(&page);
    whole.map_or_else(
        || format!("网页“报告全文”（{page}）"),
        |whole| format!(" {whole}"),
    )
}

/// The headings of the newest report.
fn outlines(about: &AboutReports, deployment: &Deployment) -> String {
    let Some(report) = about.reports.first() else {
        return loaded(about);
    };
    let mut lines = vec![format!(
        "《{}》的目录（全文：{}）：",
        report.title,
        address(report, deployment).trim()
    )];
    let headings = report.headings.iter();
    lines.extend(headings.map(|(depth, heading)| format!("{}{heading}", "　".repeat(*depth))));
    lines.join("\n")
}

/// Who delivered the report, and when.
fn head(about: &AboutReports) -> String {
    let Some(report) = about.reports.first() else {
        return loaded(about);
    };
    let date = report.delivered_on.map(in_words);
    let on = date.map(|date| format!("{date}，")).unwrap_or_default();
    let by = report.speaker.replace(' ', "");
    match about.topic {
        ReportTopic::Speaker => format!("{on}作《{}》的是{by}。报告开头写着：", report.title),
        _ => {
            let by = if by.is_empty() {
                by
            } else {
                format!("由{by}")
            };
            format!("《{}》{on}{by}作报告。报告开头写着：", report.title)
        }
    }
}

/// 2024年1月21日
fn in_words(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year}年{}月{day}日", u8::from(month))
}
