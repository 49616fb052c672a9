//! Questions about the report as a whole.

use super::*;

#[test]
fn a_numbered_heading_counts_off_a_part() {
    for (heading, number) in [
        ("一、聚焦巩固成果", Some(1)),
        ("（二）建设宜居城市", Some(2)),
        ("十二、改善民生", Some(12)),
        ("十件民生实事", None),
        ("加强政府自身建设", None),
    ] {
        assert_eq!(number_of(heading), number, "{heading}");
    }
}

#[test]
fn a_part_of_the_work_is_asked_for_by_its_number() {
    assert_eq!(work_number("今年第七项重点工作讲什么"), Some(7));
    assert_eq!(work_number("第3个方面是啥"), Some(3));
    assert_eq!(work_number("第七件民生实事"), None);
    assert_eq!(work_number("第一产业的工作"), None);
}

#[test]
fn what_stands_around_the_problems_is_none() {
    for sentence in [
        "各位代表!",
        "对此,我们将采取有力措施,切实加以解决。",
        "在总结成绩的同时,我们也清醒地看到还存在不少问题和挑战。",
    ] {
        assert!(AROUND.is_match(sentence), "{sentence}");
    }
    for sentence in [
        "土地、技术、人才等资源要素不足。",
        "优化营商环境任务依然繁重。",
        "产业链条短,农产品加工率低。",
    ] {
        assert!(!AROUND.is_match(sentence), "{sentence}");
    }
}

#[test]
fn a_proverb_lacks_nothing() {
    assert!(!LACKS.is_match("居安当思危,知责更奋进。"));
    for problem in [
        "产业链条短,加工率低。",
        "营商环境还需优化。",
        "财政收支矛盾突出。",
    ] {
        assert!(LACKS.is_match(problem), "{problem}");
    }
}
