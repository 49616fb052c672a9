//! A citation as shown on the page.
//!
//! A quote consists of parts rather than having byte offsets, which are useless to a script that counts
//! UTF-16 units.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{Citation, Script},
    channels::{
        answer_json::PeriodRecord,
        deployment::Deployment,
        permalink,
        wording::{citation_label, in_script, source_line},
    },
    text::Span,
};

/// A citation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Card {
    pub(super) passage_id: String,
    /// `done`, `planned`, `assessment`, `undated`
    pub(super) period: &'static str,
    /// `done`, `planned`, `ongoing`, `expected`, `assessment`, `none`
    pub(super) progress: &'static str,
    /// 2024年计划, 2023年已完成, 2023年推进中; empty for what stands outside of time.
    pub(super) label: String,
    /// The quote, cut where a highlight begins or ends; joined they are the whole quote.
    pub(super) quote: Vec<QuotePart>,
    /// The quote as a row of a table, column by column; empty for any other.
    pub(super) row: Vec<RowCell>,
    /// What the row is read with (（单位：元/月）); empty for nothing.
    pub(super) unit: String,
    /// The whole sentences, when the quote holds only some of their clauses; null when it holds all.
    pub(super) sentence: Option<String>,
    /// 《…》 and headings.
    pub(super) source: String,
    /// What is copied: quote and source, both as stored.
    pub(super) copy: String,
    /// Address of the page where it stands, without scheme and host.
    pub(super) href: String,
}

/// A cell of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct RowCell {
    /// What its column is called.
    pub(super) name: String,
    /// What it says.
    pub(super) value: String,
}

/// A stretch of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct QuotePart {
    /// Never empty.
    pub(super) text: String,
    /// True when it matches the question's words.
    pub(super) mark: bool,
}

impl Card {
    /// Lays out `citation`.
    pub(super) fn new(citation: &Citation, script: Script, deployment: &Deployment) -> Self {
        let label = citation_label(citation);
        let source = source_line(citation);
        Self {
            passage_id: citation.passage_id.to_string(),
            period: PeriodRecord::from(citation.period).kind,
            progress: citation.progress.name(),
            copy: copy_text(&citation.quote, &source, &label),
            href: deployment.path(&permalink::of_citation(citation)),
            label: in_script(&label, script).into_owned(),
            quote: quote_parts(&citation.quote, &citation.highlights, script),
            row: row_cells(citation, script),
            unit: in_script(beyond_row(citation), script).into_owned(),
            sentence: citation.cut_from.map(|whole| {
                let sentence = whole.of(&citation.passage);
                in_script(sentence, script).into_owned()
            }),
            source: in_script(&source, script).into_owned(),
        }
    }

    /// A card with a place for everything, without text.
    pub(super) fn blank() -> Self {
        Self {
            sentence: Some(String::new()),
            row: vec![RowCell::default()],
            ..Self::default()
        }
    }
}

/// “硬化自然村组道路150公里。”——《2024年通渭县政府工作报告》…（2024年计划）
pub(super) fn copy_text(quote: &str, source: &str, label: &str) -> String {
    let label = if label.is_empty() {
        String::new()
    } else {
        format!("（{label}）")
    };
    format!("“{quote}”\n——{source}{label}")
}

/// What stands behind the last cell of a row.
fn beyond_row(citation: &Citation) -> &str {
    let last = citation.row.last().map(|(_, value)| value.end);
    last.and_then(|end| citation.quote.get(end..))
        .unwrap_or_default()
}

fn row_cells(citation: &Citation, script: Script) -> Vec<RowCell> {
    let shown = |span: Span| in_script(span.of(&citation.quote), script).into_owned();
    let cells = citation.row.iter();
    let cells = cells.map(|(name, value)| RowCell {
        name: shown(*name),
        value: shown(*value),
    });
    cells.collect()
}

/// Cuts `quote` at the ends of `highlights`, which are sorted and do not overlap.
fn quote_parts(quote: &str, highlights: &[Span], script: Script) -> Vec<QuotePart> {
    let shown = in_script(quote, script);
    // Conversion changes bytes but hardly ever the number of characters, so highlights are mapped
    // by character. Converting each part separately would lose the context that decides between 发 →
    // 發 and 发 → 髮.
    let same_length = shown.chars().count() == quote.chars().count();
    let starts: Vec<usize> = shown.char_indices().map(|(at, _)| at).collect();
    let byte_shown = |byte: usize| {
        let char = quote.get(..byte)?.chars().count();
        Some(starts.get(char).copied().unwrap_or(shown.len()))
    };
    let mut parts = Vec::new();
    let mut push = |from: usize, to: usize, mark: bool| {
        if let Some(text) = shown.get(from..to).filter(|text| !text.is_empty()) {
            parts.push(QuotePart {
                text: text.to_owned(),
                mark,
            });
        }
    };
    let mut done = 0;
    for highlight in highlights.iter().filter(|_| same_length) {
        let (Some(start), Some(end)) = (byte_shown(highlight.start), byte_shown(highlight.end))
        else {
            continue;
        };
        if start < done {
            continue;
        }
        push(done, start, false);
        push(start, end, true);
        done = end;
    }
    push(done, shown.len(), false);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{channels::fixtures::citation, corpus::Period};

    fn span_of(text: &str, part: &str) -> Span {
        let start = text.find(part).expect("part of the text");
        Span::new(start, start + part.len())
    }

    fn shown(parts: &[QuotePart]) -> String {
        parts
            .iter()
            .map(|part| match part.mark {
                true => format!("[{}]", part.text),
                false => part.text.clone(),
            })
            .collect()
    }

    #[test]
    fn a_quote_is_cut_where_highlights_begin_and_end() {
        let quote = "硬化自然村组道路150公里。";
        let marks = [span_of(quote, "道路"), span_of(quote, "150公里")];
        let parts = quote_parts(quote, &marks, Script::Simplified);
        assert_eq!(shown(&parts), "硬化自然村组[道路][150公里]。");
    }

    #[test]
    fn highlights_keep_their_place_in_the_other_script() {
        let quote = "发展经济，修建道路。";
        let marks = [span_of(quote, "经济"), span_of(quote, "道路。")];
        let parts = quote_parts(quote, &marks, Script::Traditional);
        assert_eq!(shown(&parts), "發展[經濟]，修建[道路。]");
    }

    #[test]
    fn a_highlight_that_does_not_fit_is_left_out_and_no_text_is_lost() {
        let marks = [Span::new(1, 3), Span::new(90, 99)];
        assert_eq!(
            shown(&quote_parts("道路", &marks, Script::Simplified)),
            "道路"
        );
    }

    #[test]
    fn what_is_shown_follows_the_askers_script_and_what_is_copied_is_the_original() {
        let citation = citation(Period::Planned(2024), "实施农网改造。");
        let card = Card::new(&citation, Script::Traditional, &Deployment::default());
        assert_eq!(card.href, "/p/p1#p-p1");
        assert_eq!(card.label, "2024年計劃");
        assert_eq!(shown(&card.quote), "實施農網改造。");
        assert_eq!(
            card.copy,
            "“实施农网改造。”\n——《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设（2024年计划）"
        );
    }

    #[test]
    fn a_quote_that_was_cut_brings_its_whole_sentence_along() {
        let whole = citation(Period::Planned(2024), "实施农网改造，修建道路。");
        assert_eq!(
            Card::new(&whole, Script::Simplified, &Deployment::default()).sentence,
            None
        );
        let cut = Citation {
            passage: "抓项目。实施农网改造，修建道路。".into(),
            cut_from: Some(span_of(
                "抓项目。实施农网改造，修建道路。",
                "实施农网改造，修建道路。",
            )),
            ..citation(Period::Planned(2024), "修建道路。")
        };
        let sentence = Card::new(&cut, Script::Traditional, &Deployment::default()).sentence;
        assert_eq!(sentence.as_deref(), Some("實施農網改造，修建道路。"));
    }
}
