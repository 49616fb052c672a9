//! Counts in how many sentences of many reports a word stands, for `config/lexicon/frequencies.txt`.

use std::collections::{BTreeSet, HashMap};

use wenzheng_text::{
    normalize::{fold, strip_quotes},
    segment::Segmenter,
    sentence,
};

/// A word in fewer sentences of `REFERENCE` is rare, and left out.
const AT_LEAST: f64 = 2.0;
/// What counts are scaled to, so that lists of different collections compare.
const REFERENCE: f64 = 10_000.0;

const HEAD: &str = "\
# 在许多份报告里，每一万句话中有几句含有这个词（少于两句的不列）。到处都有的词（补贴、项目、建设）说明不了
# 一句话讲的是不是这件事。由 `cargo xtask frequencies 报告.md …` 生成，不用手改。
";

/// Prints the list of `reports`, the most frequent word first.
#[expect(clippy::print_stdout, reason = "it is a command")]
pub(crate) fn print(reports: &[String]) {
    let segmenter = Segmenter::with_words([]);
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut sentences = 0_u32;
    for report in reports {
        let text = body(report);
        for span in sentence::split(text) {
            let sentence = fold(&strip_quotes(span.of(text)));
            sentences += 1;
            let words = segmenter.words(&sentence).into_iter();
            let words: BTreeSet<&str> = words.map(|word| word.of(&sentence)).collect();
            let words = words.into_iter();
            for word in words.filter(|word| !word.contains(|c: char| c.is_ascii_digit())) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    let per_reference = |count: u32| f64::from(count) * REFERENCE / f64::from(sentences.max(1));
    let mut rows: Vec<(String, f64)> = counts
        .into_iter()
        .map(|(word, count)| (word, per_reference(count)))
        .filter(|(_, count)| *count >= AT_LEAST)
        .collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    print!("{HEAD}");
    for (word, count) in rows {
        println!("{word} {count:.0}");
    }
}

/// A report without its front matter.
fn body(report: &str) -> &str {
    let rest = report.strip_prefix("---\n");
    let end = rest.and_then(|rest| rest.find("\n---\n").map(|at| &rest[at + 5..]));
    end.unwrap_or(report)
}
