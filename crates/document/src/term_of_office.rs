//! Passages that tell of a term of office: in the year of an election a report reviews the past five
//! years and plans for the next five, beside the single years.

/// What headings and openings call such a term.
const CALLED: [&str; 9] = [
    "今后五年",
    "未来五年",
    "过去五年",
    "过去的五年",
    "这五年",
    "五年来",
    "五年工作",
    "五年回顾",
    "五年目标",
];
/// What a programme of five years is called, which is none.
const PROGRAMMES: [&str; 3] = ["五年行动", "五年规划", "五年计划"];

/// True for a passage below the headings `path` that tells of a term of office, not of a single year:
/// 今后五年目标任务; not 过去五年及2021年工作回顾, which tells of both.
///
/// ```
/// use wenzheng_document::spans_a_term;
/// let path = |heading: &str| vec![heading.to_owned()];
/// assert!(spans_a_term(&path("二、今后五年目标任务"), "建成高速公路。"));
/// assert!(spans_a_term(&path("回顾"), "五年来，建成高速公路。"));
/// assert!(!spans_a_term(&path("一、过去五年及2021年工作回顾"), "建成高速公路。"));
/// assert!(!spans_a_term(&path("实施五年行动"), "建成高速公路。"));
/// ```
#[must_use]
pub fn spans_a_term(path: &[String], text: &str) -> bool {
    let programme = |text: &str| PROGRAMMES.iter().any(|name| text.starts_with(name));
    let opens = |text: &str| text.starts_with("五年") && !programme(text);
    let calls = |heading: &String| {
        let called = opens(heading) || CALLED.iter().any(|name| heading.contains(name));
        called && !heading.contains(|c: char| c.is_ascii_digit())
    };
    let said = |name: &&str| text.starts_with(*name);
    path.iter().any(calls) || opens(text) || CALLED.iter().any(said)
}
