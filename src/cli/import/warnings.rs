//! What an administrator should look at before a report is served.

use crate::corpus::{DocumentKind, Period, import::Imported};

/// What the importer took for no report may be one.
const NO_REPORT: &str = "没有认出是政府工作报告，按一般文件收入：不编年份，不分回顾和计划；如果确实是政府工作报告，请加 --kind work-report --force 再导入一次";

/// The warnings of an import, most important first.
pub(super) fn of(imported: &Imported, periods: &[(Period, usize)]) -> Vec<String> {
    let mut warnings = Vec::new();
    match imported.meta.kind {
        DocumentKind::WorkReport => warnings.extend(missing_period(imported, periods)),
        DocumentKind::Document => warnings.push(NO_REPORT.to_owned()),
        DocumentKind::Faq => {}
    }
    if let Some(title) = &imported.wrong_title {
        warnings.push(format!(
            "文件里的标题是“{title}”，与正文说的年份不符，已改为“{}”，请核对",
            imported.meta.title
        ));
    }
    warnings
}

/// A whole report has a review and a plan; where one of them is missing, a heading was not understood.
fn missing_period(imported: &Imported, periods: &[(Period, usize)]) -> Option<String> {
    let years = imported.meta.years()?;
    let has = |wanted: fn(&Period) -> bool| periods.iter().any(|(period, _)| wanted(period));
    let review = has(|period| matches!(period, Period::Done(_)));
    let plan = has(|period| matches!(period, Period::Planned(_)));
    let example = |part: &str, period: &str, year: i32| {
        format!(
            "整份报告没有认出{part}；如果原文有，请在那一部分的标题后面写上 <!-- period: {period} {year} -->"
        )
    };
    match (review, plan) {
        (true, true) => None,
        (true, false) => Some(example("安排（今年要做的工作）", "planned", years.plan)),
        (false, true) => Some(example("回顾（已经做了的工作）", "done", years.review)),
        (false, false) => {
            Some("整份报告既没有认出回顾，也没有认出安排，请核对是不是政府工作报告".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::import::{Options, import};

    fn warnings(raw: &str) -> Vec<String> {
        let imported = import(raw.as_bytes(), &Options::default()).expect("both are named");
        of(&imported, &super::super::periods::count(&imported))
    }

    #[test]
    fn a_title_of_another_year_is_put_right_and_told() {
        let raw = "2022年某市政府工作报告\n——2022年12月13日在某市第五届人民代表大会第二次会议上\n各位代表：\n2022年工作回顾\n完成了任务。\n2023年重点任务\n加快建设。\n";
        let warnings = warnings(raw);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].starts_with("文件里的标题是“2022年某市政府工作报告”"));
        assert!(warnings[0].contains("已改为“2023年某市政府工作报告”"));
    }

    #[test]
    fn a_report_without_review_or_plan_is_told() {
        let raw = "2023年某市政府工作报告\n各位代表：\n2023年重点任务\n今年要加快建设，确保粮食产量稳定。\n";
        assert!(warnings(raw)[0].contains("<!-- period: done 2022 -->"));
        let raw = "2023年某市政府工作报告\n各位代表：\n2022年工作回顾\n一年来，全面完成了各项任务，生产总值增长6.1%。\n";
        assert!(warnings(raw)[0].contains("<!-- period: planned 2023 -->"));
    }
}
