//! Whose year a question asks for.

use super::*;
use crate::retrieval::testing::near;

const YEARS: Years = Years {
    review: 2023,
    plan: 2024,
};

fn found(folded: &str) -> PeriodFinding {
    super::find(&Intents::default(), folded, YEARS, YEARS)
}

#[test]
fn relative_years_are_the_reports() {
    let resolved = |text: &str| found(text).resolved;
    assert_eq!(
        found("去年修了多少路").constraint,
        PeriodConstraint::Done(2023)
    );
    assert_eq!(found("上一年修路").constraint, PeriodConstraint::Done(2023));
    assert_eq!(
        found("今年修多少路").constraint,
        PeriodConstraint::Planned(2024)
    );
    assert_eq!(
        found("本年度修路").constraint,
        PeriodConstraint::Planned(2024)
    );
    assert_eq!(resolved("去年呢"), [("去年".to_owned(), 2023)]);
    assert_eq!(resolved("前一年呢"), [("前一年".to_owned(), 2023)]);
    assert_eq!(resolved("前年呢"), [("前年".to_owned(), 2022)]);
    assert_eq!(found("前年呢").other_years, [2022]);
    assert_eq!(found("明年呢").other_years, [2025]);
}

#[test]
fn years_in_figures_are_taken_out_when_the_report_is_of_them() {
    assert_eq!(
        found("2023年和2024年各多少").constraint,
        PeriodConstraint::Both
    );
    assert_eq!(found("修2024公里").rest, "修    公里");
    assert_eq!(found("24年修路").rest, "     修路");
    assert_eq!(
        found("24年修路").constraint,
        PeriodConstraint::Planned(2024)
    );
    assert_eq!(found("2019年修路").other_years, [2019]);
    assert_eq!(found("2019年修路").rest, "2019年修路");
    assert_eq!(found("2085人就业").other_years, [0; 0], "no year");
    assert_eq!(found("10年来修路").other_years, [0; 0], "nobody means 2010");
}

#[test]
fn words_without_a_year_lean_to_a_result_or_a_plan() {
    assert_eq!(found("路修了没").constraint, PeriodConstraint::LeansDone);
    assert_eq!(found("会修路吗").constraint, PeriodConstraint::LeansPlanned);
    assert_eq!(
        found("目标完成了吗").constraint,
        PeriodConstraint::LeansDone,
        "both"
    );
    assert_eq!(found("修路").constraint, PeriodConstraint::Any);
    assert_eq!(
        found("今年路修了没").constraint,
        PeriodConstraint::Planned(2024)
    );
    let plan = |folded| wants_plan(&Intents::default(), folded);
    assert!(plan("目标是多少") && !plan("目标完成了吗"));
}

#[test]
fn a_sentence_fits_the_period_asked_for_or_speaks_against_it() {
    let (done, planned) = (Period::Done(2023), Period::Planned(2024));
    let fits = [
        (PeriodConstraint::Done(2023), done, 1.0),
        (PeriodConstraint::Done(2022), done, -0.5),
        (PeriodConstraint::Done(2023), planned, -1.0),
        (PeriodConstraint::Planned(2024), planned, 1.0),
        (PeriodConstraint::Planned(2025), planned, -0.5),
        (PeriodConstraint::Planned(2024), done, -1.0),
        (PeriodConstraint::LeansDone, done, 0.5),
        (PeriodConstraint::LeansDone, planned, -0.5),
        (PeriodConstraint::LeansPlanned, planned, 0.5),
        (PeriodConstraint::LeansPlanned, done, -0.5),
        (PeriodConstraint::Any, done, 0.0),
        (PeriodConstraint::Both, planned, 0.0),
        (PeriodConstraint::Done(2023), Period::Undated, 0.0),
        (PeriodConstraint::Planned(2024), Period::Assessment, 0.0),
    ];
    for (asked, period, fit) in fits {
        assert!(near(asked.fit(period), fit), "{asked:?} {period:?}");
    }
}

#[test]
fn a_period_is_named_only_by_its_year() {
    assert!(PeriodConstraint::Done(2023).is_named() && PeriodConstraint::Both.is_named());
    assert!(PeriodConstraint::Planned(2024).is_named() && !PeriodConstraint::Any.is_named());
    assert!(!PeriodConstraint::LeansDone.is_named() && !PeriodConstraint::LeansPlanned.is_named());
    assert_eq!(PeriodConstraint::Planned(2024).year(), Some(2024));
    assert_eq!(PeriodConstraint::Done(2023).year(), Some(2023));
    assert_eq!(PeriodConstraint::Both.year(), None);
}

#[test]
fn a_result_and_a_plan_may_be_asked_for_without_both_years() {
    for question in [
        "就业的完成情况和今年目标",
        "治污工作成效及下步打算",
        "去年治了几座矿山下一步治几座",
    ] {
        assert_eq!(
            found(question).constraint,
            PeriodConstraint::Both,
            "{question}"
        );
    }
    let elsewhere = found("2019年的完成情况和目标").constraint;
    assert_ne!(elsewhere, PeriodConstraint::Both, "no report tells of it");
}

#[test]
fn what_leans_the_other_way_takes_no_period_over() {
    use PeriodConstraint::{Any, Both, Done, LeansDone, LeansPlanned, Planned};
    assert!(Done(2023).is_taken_over(Any) && Done(2023).is_taken_over(LeansDone));
    assert!(!Done(2023).is_taken_over(LeansPlanned) && !LeansDone.is_taken_over(LeansPlanned));
    assert!(!Planned(2024).is_taken_over(LeansDone) && Planned(2024).is_taken_over(LeansPlanned));
    assert!(!Done(2023).is_taken_over(Planned(2024)) && !Any.is_taken_over(Both));
}
