//! What an administrator should look at before a report is served.

use crate::corpus::{
    DocumentKind, Period, Years,
    import::{Imported, Question},
};

/// Something that an administrator should look at. The words are those of the command or page that tells it:
/// each has its own way to put things right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// What the importer took for no report may be one.
    NoReport,
    /// What a policy document leaves open about itself.
    Asks(Question),
    /// A report without a plan (安排) for these years.
    NoPlan(Years),
    /// A report without a review (回顾) of these years.
    NoReview(Years),
    /// A report with neither.
    NeitherReviewNorPlan,
    /// The title in the file names another year than the text.
    OtherYear {
        /// In the file.
        named: String,
        /// Of the corpus file.
        given: String,
    },
}

/// The warnings of an import, most important first.
#[must_use]
pub fn warnings(imported: &Imported, periods: &[(Period, usize)]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    match imported.meta.kind {
        DocumentKind::WorkReport => warnings.extend(missing_period(imported, periods)),
        DocumentKind::Document => warnings.push(Warning::NoReport),
        DocumentKind::Policy => {
            warnings.extend(imported.questions.iter().copied().map(Warning::Asks))
        }
        DocumentKind::Faq => {}
    }
    if let Some(title) = &imported.wrong_title {
        warnings.push(Warning::OtherYear {
            named: title.clone(),
            given: imported.meta.title.clone(),
        });
    }
    warnings
}

/// A whole report has a review and a plan; where one of them is missing, a heading was not understood.
fn missing_period(imported: &Imported, periods: &[(Period, usize)]) -> Option<Warning> {
    let years = imported.meta.years()?;
    let has = |wanted: fn(&Period) -> bool| periods.iter().any(|(period, _)| wanted(period));
    let review = has(|period| matches!(period, Period::Done(_)));
    let plan = has(|period| matches!(period, Period::Planned(_)));
    match (review, plan) {
        (true, true) => None,
        (true, false) => Some(Warning::NoPlan(years)),
        (false, true) => Some(Warning::NoReview(years)),
        (false, false) => Some(Warning::NeitherReviewNorPlan),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::import::{Options, import},
        intake::{count, read_back},
    };

    fn of(raw: &str) -> Vec<Warning> {
        let imported = import(raw.as_bytes(), &Options::default()).expect("both are named");
        warnings(&imported, &count(read_back(&imported).as_ref()))
    }

    #[test]
    fn a_title_of_another_year_is_put_right_and_told() {
        let raw = "2022年某市政府工作报告\n——2022年12月13日在某市第五届人民代表大会第二次会议上\n各位代表：\n2022年工作回顾\n完成了任务。\n2023年重点任务\n加快建设。\n";
        let other_year = Warning::OtherYear {
            named: "2022年某市政府工作报告".to_owned(),
            given: "2023年某市政府工作报告".to_owned(),
        };
        assert_eq!(of(raw), [other_year]);
    }

    #[test]
    fn a_report_without_review_or_plan_is_told() {
        let years = Years {
            review: 2022,
            plan: 2023,
        };
        let raw = "2023年某市政府工作报告\n各位代表：\n2023年重点任务\n今年要加快建设，确保粮食产量稳定。\n";
        assert_eq!(of(raw), [Warning::NoReview(years)]);
        let raw = "2023年某市政府工作报告\n各位代表：\n2022年工作回顾\n一年来，全面完成了各项任务，生产总值增长6.1%。\n";
        assert_eq!(of(raw), [Warning::NoPlan(years)]);
    }
}
