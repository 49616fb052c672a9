//! What a sentence states: a definition, the kind of fact asked for.

use super::coverage::Coverage;
use crate::{
    corpus::{Passage, PassageKind},
    retrieval::understand::{FactKind, Understanding},
    text::{Span, sentence},
};

/// A figure of the kind asked for that stands in a sentence of the topic, but in none of its
/// clauses, still counts so much.
const SAME_SENTENCE: f32 = 0.4;
/// A clause speaks of the topic when it covers this share of what the best clause does.
const OF_TOPIC: f32 = 0.5;

/// 1 when the sentence opens with what is to be explained, numbering aside, and a word that
/// explains follows.
pub(crate) fn defines(question: &Understanding, text: &str) -> f32 {
    let topic = question.topic();
    if !question.is_definitional() || topic.chars().count() < 2 {
        return 0.0;
    }
    let opening = text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || ".、()[]①②③④⑤⑥⑦⑧⑨⑩*".contains(c)
    });
    let explains = opening.strip_prefix(topic.as_str()).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
        [":", "是指", "指", "即", "是", "-", "—", "就是"]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    f32::from(u8::from(explains))
}

/// Sentences that state something; the heading's own when there is no other.
pub(crate) fn statements(passage: &Passage) -> Vec<usize> {
    let heading = passage.heading;
    let stated: Vec<usize> = (0..passage.sentences.len())
        .filter(|n| {
            passage.kind == PassageKind::Entry || passage.sentences[*n].span.end > heading.end
        })
        .collect();
    if stated.is_empty() {
        (0..passage.sentences.len()).collect()
    } else {
        stated
    }
}

/// 1 when a clause holds both the whole topic and the fact asked for, less the less of the topic
/// that clause holds; 0 without the fact, or when it is of something else.
pub(crate) fn fact_with_topic(
    question: &Understanding,
    coverage: &Coverage<'_>,
    text: &str,
) -> f32 {
    let Some(wanted) = question.answer_type() else {
        return 0.0;
    };
    if !wanted.is_met_by(text) {
        return 0.0;
    }
    let clauses: Vec<(bool, f32)> = clauses(text, Span::new(0, text.len()))
        .iter()
        .map(|clause| {
            let clause = clause.of(text);
            (wanted.is_met_by(clause), coverage.of_pairs(clause))
        })
        .collect();
    let best = |only_met: bool| {
        let counted = clauses.iter().filter(|(met, _)| *met || !only_met);
        counted.map(|(_, covered)| *covered).fold(0.0_f32, f32::max)
    };
    // 四条高速开工 is not dated by another road's 全线通车 in the same sentence, nor placed by it; and
    // 人均可支配收入 is not 2.92亿元 because the revenue is. A figure may follow its topic in the next
    // clause (固定资产投资56.1亿元、增长7.4%).
    let clauses_before = match wanted.kind {
        FactKind::Money | FactKind::Number | FactKind::Percentage => Some(1),
        FactKind::Where => Some(0),
        _ if wanted.completion => Some(0),
        _ => None,
    };
    if let Some(before) = clauses_before {
        let enough = OF_TOPIC * best(false);
        let of_topic = |n: usize| {
            let mut near = clauses[n.saturating_sub(before)..=n].iter();
            near.any(|(_, covered)| *covered >= enough)
        };
        if !(0..clauses.len()).any(|n| clauses[n].0 && of_topic(n)) {
            return 0.0;
        }
    }
    let all = coverage.of_pairs(text);
    if all > 0.0 {
        SAME_SENTENCE + 0.6 * (best(true) / all)
    } else {
        SAME_SENTENCE
    }
}

/// Clauses of a folded sentence, where ，；、 have become their half-width forms.
fn clauses(text: &str, whole: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    for coarse in sentence::clauses(text, whole, true) {
        let mut start = coarse.start;
        for (at, c) in coarse.of(text).char_indices() {
            if matches!(c, ',' | '、') {
                spans.push(Span::new(start, coarse.start + at));
                start = coarse.start + at + c.len_utf8();
            }
        }
        spans.push(Span::new(start, coarse.end));
    }
    spans
}

#[cfg(test)]
mod tests;
