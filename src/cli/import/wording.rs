//! What `wenzheng import` says of a file that should be looked at.

use crate::intake::Warning;

/// A warning with what to type or to write.
pub(super) fn warning(warning: &Warning) -> String {
    let missing = |part: &str, period: &str, year: i32| {
        format!(
            "整份报告没有认出{part}；如果原文有，请在那一部分的标题后面写上 <!-- period: {period} {year} -->"
        )
    };
    match warning {
        Warning::Asks(question) => question.to_string(),
        Warning::NoReport => "没有认出是政府工作报告，按一般文件收入：不编年份，不分回顾和计划；如果确实是政府工作报告，请加 --kind work-report --force 再导入一次".to_owned(),
        Warning::NoPlan(years) => missing("安排（今年要做的工作）", "planned", years.plan),
        Warning::NoReview(years) => missing("回顾（已经做了的工作）", "done", years.review),
        Warning::NeitherReviewNorPlan => {
            "整份报告既没有认出回顾，也没有认出安排，请核对是不是政府工作报告".to_owned()
        }
        Warning::OtherYear { named, given } => format!(
            "文件里的标题是“{named}”，与正文说的年份不符，已改为“{given}”，请核对"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Years;

    #[test]
    fn a_missing_part_is_told_with_what_to_write() {
        let years = Years {
            review: 2022,
            plan: 2023,
        };
        assert!(warning(&Warning::NoReview(years)).contains("<!-- period: done 2022 -->"));
        assert!(warning(&Warning::NoPlan(years)).contains("<!-- period: planned 2023 -->"));
    }
}
