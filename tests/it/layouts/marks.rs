//! Signs that offices set for one another, none of which is damage.

use wenzheng::corpus::import::Mend;

use super::{REPORTS, Report, imported};

/// What offices and their editors set for another mark.
const SET_AS: [(&str, &str); 22] = [
    ("，", "﹐"),
    ("、", "﹑"),
    ("、", "､"),
    ("、", "•"),
    ("、", "・"),
    ("、", "●"),
    ("、", "、\u{200b}"),
    ("，", "，\u{feff}"),
    ("、", "、\u{e004}"),
    ("。", "｡"),
    ("。", "。■"),
    ("；", "﹔"),
    ("“", "〝"),
    ("“", "＂"),
    ("”", "″"),
    ("—", "–"),
    ("—", "―"),
    ("—", "─"),
    ("%", "﹪"),
    ("平方米", "㎡"),
    ("公里", "㎞"),
    ("，", "，😀"),
];

#[test]
fn unusual_marks_are_not_taken_for_damage() {
    let mut repaired = Vec::new();
    for name in REPORTS {
        let report = Report::read(name);
        let text = report.written(
            |_, part| part.to_owned(),
            |heading, text| format!("{heading}{text}"),
            "",
        );
        for (usual, unusual) in SET_AS {
            let found = imported(&text.replace(usual, unusual), name);
            assert!(!found.text.contains(['\u{200b}', '\u{feff}']), "{name}");
            repaired.extend((found.mends.iter()).map(|mend| {
                let Mend { before, after, .. } = mend;
                format!("{name} {usual} as {unusual}: {before} → {after}")
            }));
        }
    }
    assert!(repaired.is_empty(), "{}", repaired.join("\n"));
}
