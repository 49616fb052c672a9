//! How a question was understood and what each hit's score is made of: `wenzheng ask --explain`, and the
//! console.

use std::fmt::Write as _;

use super::trace::{Trace, TracedHit, TracedSearch};
use crate::retrieval::{QueryTerm, Understanding};

/// What was traced as a page of text.
#[must_use]
pub fn explain(trace: &Trace) -> String {
    let mut page = String::new();
    for part in &trace.parts {
        let search = part.last();
        understood(&mut page, &search.query);
        hits(&mut page, search);
    }
    page
}

fn understood(page: &mut String, query: &Understanding) {
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(page, "{name:<12}{value}");
        }
    };
    row("问题", query.folded().to_owned());
    row("要查的内容", query.topic());
    row("词", terms(query.words()));
    row("字对", terms(query.bigrams()));
    let substitutes = query.expansions().iter().map(|substitute| {
        let words = substitute.synonyms.iter();
        let words: Vec<String> = words.map(|a| format!("{}×{}", a.word, a.weight)).collect();
        format!("{} → {}", substitute.typed, words.join("、"))
    });
    row("口语词", substitutes.collect::<Vec<_>>().join("；"));
    let mended = query
        .corrections()
        .iter()
        .map(|m| format!("{} → {}", m.typed, m.searched));
    row("改正", mended.collect::<Vec<_>>().join("；"));
    let slogans = query
        .terms()
        .iter()
        .map(|s| format!("{}（{:?}）", s.name, s.likeness));
    row("用语", slogans.collect::<Vec<_>>().join("；"));
    row("时间", format!("{:?}", query.period()));
    row(
        "要的事实",
        query
            .answer_type()
            .map_or_else(String::new, |need| format!("{need:?}")),
    );
    row("承接", query.context().to_owned());
}

fn terms(terms: &[QueryTerm]) -> String {
    let shown = terms.iter().map(|term| {
        if (term.weight - 1.0).abs() < f32::EPSILON {
            term.text.clone()
        } else {
            format!("{}×{}", term.text, term.weight)
        }
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn hits(page: &mut String, search: &TracedSearch) {
    if let (Some(confidence), Some(features)) = (search.confidence, search.confidence_features) {
        let terms = features
            .rows()
            .map(|(name, value)| format!("{name} {value:.2}"));
        let _ = writeln!(
            page,
            "{:<12}说到这件事 {:.2}，回答了问题 {:.2}（{}）",
            "把握",
            confidence.speaks,
            confidence.answers,
            terms.join("，")
        );
    }
    for (n, traced) in search.hits.iter().enumerate() {
        let TracedHit {
            hit,
            weights,
            sentence,
        } = traced;
        let _ = writeln!(page, "\n{}. {:.3}  {sentence}", n + 1, hit.score);
        let values = hit.features.rows();
        for ((name, value), (_, weight)) in values.iter().zip(weights.rows()) {
            let share = value * weight;
            if share.abs() >= 0.0005 {
                let _ = writeln!(
                    page,
                    "   {name:<12}{value:>7.3} × {weight:>6.3} = {share:>7.3}"
                );
            }
        }
    }
    page.push('\n');
}
