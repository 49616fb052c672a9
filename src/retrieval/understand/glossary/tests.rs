//! How terms are recognised.

use super::*;
use crate::retrieval::testing::{library, report};

const ENTRIES: &str = "## 2024年重点工作\n\n开展“三抓三促”行动。\n\n## 有关用语说明：\n\n\
    - **“三抓三促”行动**：抓学习促提升、抓执行促落实、抓效能促发展。\n\
    - **“一总六分”项目清单**：“一总”即总清单；“六分”即六张分清单。\n\
    - **“五比五看”**：比学习看觉悟、比执行看效率。\n\
    - **“碳达峰碳中和”**：排放先达到最高，再归于零。";

fn glossary() -> Glossary {
    Glossary::new(library(&[report("测试县", 2024, ENTRIES)]).documents())
}

/// Name and likeness of what `folded` names.
fn found(folded: &str) -> Vec<(String, Likeness)> {
    let found = glossary().find(folded).into_iter();
    found.map(|found| (found.name, found.likeness)).collect()
}

fn first(folded: &str) -> Option<(String, Likeness)> {
    found(folded).into_iter().next()
}

#[test]
fn a_term_is_recognised_letter_by_letter() {
    assert_eq!(
        first("什么是三抓三促"),
        Some(("三抓三促".into(), Likeness::Exact))
    );
    assert_eq!(
        first("3抓3促指什么"),
        Some(("三抓三促".into(), Likeness::Exact)),
        "digits for numerals"
    );
    let spans = glossary().find("什么是三抓三促");
    assert_eq!(spans[0].span.of("什么是三抓三促"), "三抓三促");
}

#[test]
fn a_number_within_a_number_names_no_term() {
    let within = first("25比5看").map(|found| found.1);
    assert_ne!(within, Some(Likeness::Exact));
    assert_eq!(first("5比5看"), Some(("五比五看".into(), Likeness::Exact)));
}

#[test]
fn a_term_is_recognised_by_ear() {
    assert_eq!(
        first("什么是三抓三醋"),
        Some(("三抓三促".into(), Likeness::Sound))
    );
    assert_eq!(
        first("sanzhuasancu"),
        Some(("三抓三促".into(), Likeness::Sound)),
        "all in letters"
    );
    assert_eq!(
        first("szsc"),
        Some(("三抓三促".into(), Likeness::Sound)),
        "by first letters"
    );
    assert_eq!(first("szs"), None);
    assert_ne!(
        first("什么是伞爪伞促").map(|found| found.1),
        Some(Likeness::Sound),
        "more than half is written otherwise"
    );
}

#[test]
fn a_term_is_recognised_with_a_character_more_or_less() {
    assert_eq!(
        first("三个抓三促"),
        Some(("三抓三促".into(), Likeness::Near))
    );
    assert_eq!(
        first("碳峰碳中和"),
        Some(("碳达峰碳中和".into(), Likeness::Near))
    );
    assert_eq!(
        first("碳达峰碳中立"),
        Some(("碳达峰碳中和".into(), Likeness::Near)),
        "one written wrongly in a long one"
    );
    assert!(found("三年抓学习").is_empty());
    assert!(found("修路").is_empty());
}

#[test]
fn a_part_is_found_by_its_own_name() {
    let parts: Vec<Option<usize>> = glossary()
        .find("六分指什么")
        .iter()
        .map(|s| s.part)
        .collect();
    assert_eq!(parts, [Some(1)]);
    let whole = glossary().find("一总六分是什么");
    assert_eq!(whole.len(), 1, "one match a term");
    assert_eq!(whole[0].part, None, "the whole before its parts");
}

#[test]
fn a_long_term_goes_before_a_short_one_and_each_is_named_once() {
    let named = found("三抓三促和碳达峰碳中和");
    let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["碳达峰碳中和", "三抓三促"]);
}

#[test]
fn the_same_term_in_two_glossaries_is_found_in_both() {
    let texts = [report("甲县", 2024, ENTRIES), report("乙县", 2024, ENTRIES)];
    let glossary = Glossary::new(library(&texts).documents());
    let documents: Vec<usize> = glossary
        .find("三抓三促")
        .iter()
        .map(|s| s.document)
        .collect();
    assert_eq!(documents, [0, 1]);
}
