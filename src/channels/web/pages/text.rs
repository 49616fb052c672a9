//! The text of a section: paragraphs, lists, the cited sentence marked.

use std::sync::Arc;

use maud::{Markup, html};

use super::layout::badge;
use crate::{
    channels::{
        web::{card::copy_text, display::progress_of, wording},
        wording::{passage_label, source},
    },
    corpus::{DocumentInfo, Passage, PassageKind, Section},
    text::Span,
};

/// The cited passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited<'a> {
    pub(super) passage: &'a Passage,
    /// The quoted bytes of its text; `None` for all of it.
    pub(super) quote: Option<Span>,
    /// The address of its page.
    pub(super) href: &'a str,
}

/// Renders `passages` of `section` in display order, without its heading.
pub(super) fn section(
    document: &DocumentInfo,
    section: &Section,
    passages: &[Arc<Passage>],
    cited: Option<Cited<'_>>,
) -> Markup {
    let heading = section.path.last().map_or("", String::as_str);
    html! {
        @for piece in pieces(passages) { (show(&piece, document, heading, cited)) }
    }
}

/// A piece of a passage that is rendered contiguously.
struct Piece<'a> {
    passage: &'a Passage,
    /// Bytes of the passage's text.
    span: Span,
    /// False for the piece after a list in the middle of a passage.
    first: bool,
}

/// The pieces in display order. A passage with a list (民生实事) in its middle, whose items are
/// passages themselves, is shown in two pieces around it.
fn pieces(passages: &[Arc<Passage>]) -> Vec<Piece<'_>> {
    let mut ordered: Vec<&Passage> = passages.iter().map(Arc::as_ref).collect();
    ordered.sort_by_key(|passage| passage.line);
    let mut pieces = Vec::new();
    let mut rest: Option<Piece<'_>> = None;
    for passage in ordered {
        if passage.kind != PassageKind::LivelihoodItem {
            pieces.extend(rest.take());
        }
        let all = passage.text.len();
        let end = passage.text.find('\n').unwrap_or(all);
        pieces.push(Piece {
            passage,
            span: Span::new(0, end),
            first: true,
        });
        if end < all {
            rest = Some(Piece {
                passage,
                span: Span::new(end + 1, all),
                first: false,
            });
        }
    }
    pieces.extend(rest);
    pieces
}

fn show(
    piece: &Piece<'_>,
    document: &DocumentInfo,
    above: &str,
    cited: Option<Cited<'_>>,
) -> Markup {
    let passage = piece.passage;
    let cited = cited.filter(|cited| cited.passage.id == passage.id);
    let kind = match passage.kind {
        PassageKind::Paragraph => "",
        PassageKind::LivelihoodItem => " item",
        PassageKind::Entry => " entry",
    };
    let class = format!(
        "passage{kind}{}",
        if cited.is_some() { " cited" } else { "" }
    );
    let anchor = piece.first.then(|| format!("p-{}", passage.id));
    let focusable = (cited.is_some() && piece.first).then_some("-1");
    html! {
        div class=(class) id=[anchor] tabindex=[focusable] {
            @if let Some(cited) = cited.filter(|_| piece.first) {
                (cited_head(document, passage, cited.href))
            }
            @for line in lines(passage, printed(piece, above)) {
                p { (styled(passage, line, cited.and_then(|cited| cited.quote))) }
            }
        }
    }
}

/// The rendered part of a piece: all but a run-in heading that is already shown above it.
fn printed(piece: &Piece<'_>, above: &str) -> Span {
    let lead = passage_lead(piece.passage);
    let repeats = piece.first
        && !above.is_empty()
        && lead.of(&piece.passage.text).trim_end_matches(['。', '：']) == above
        && lead.end < piece.span.end;
    Span::new(
        if repeats { lead.end } else { piece.span.start },
        piece.span.end,
    )
}

/// The lead sentence or run-in heading; of a glossary entry its name.
fn passage_lead(passage: &Passage) -> Span {
    match passage.kind {
        PassageKind::Entry => Span::new(0, passage.text.find('：').unwrap_or(0)),
        PassageKind::Paragraph | PassageKind::LivelihoodItem => Span::new(0, passage.heading.end),
    }
}

/// The lines of a piece that are not blank.
fn lines(passage: &Passage, span: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = span.start;
    for line in span.of(&passage.text).split('\n') {
        if !line.trim().is_empty() {
            lines.push(Span::new(start, start + line.len()));
        }
        start += line.len() + 1;
    }
    lines
}

/// Renders a line with its lead in bold and the quoted part marked.
fn styled(passage: &Passage, line: Span, quote: Option<Span>) -> Markup {
    let lead = passage_lead(passage);
    let quote = quote.unwrap_or(Span::new(0, 0));
    let mut cuts = vec![line.start, line.end];
    let edges = [lead.end, quote.start, quote.end];
    cuts.extend(
        edges
            .into_iter()
            .filter(|at| line.start < *at && *at < line.end),
    );
    cuts.sort_unstable();
    cuts.dedup();
    let stretches = cuts.windows(2).map(|pair| Span::new(pair[0], pair[1]));
    html! {
        @for stretch in stretches {
            @let text = stretch.of(&passage.text);
            @let anchor = (stretch.start == quote.start).then_some("quote");
            @match (lead.contains(stretch), quote.contains(stretch)) {
                (true, true) => { mark id=[anchor] { strong { (text) } } }
                (true, false) => strong { (text) },
                (false, true) => { mark id=[anchor] { (text) } }
                (false, false) => (text),
            }
        }
    }
}

fn cited_head(document: &DocumentInfo, passage: &Passage, href: &str) -> Markup {
    let source = source(document, &passage.path);
    let label = passage_label(passage);
    html! {
        div.cited-head {
            span.cited-label { (wording::CITED) }
            (badge(progress_of(passage), &label))
            span.cited-actions.scripted {
                button.quiet type="button"
                    data-copy=(copy_text(&passage.text, &source, &label))
                    data-href=(href) data-done=(wording::COPIED)
                    data-failed=(wording::NOT_COPIED) { (wording::COPY) }
                button.quiet type="button" data-share hidden { (wording::SHARE) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{PassageId, Period};

    fn passage(text: &str, lead: &str) -> Passage {
        Passage {
            id: PassageId("p1".into()),
            kind: PassageKind::Paragraph,
            path: Vec::new(),
            section: 0,
            text: text.into(),
            heading: Span::new(0, lead.len()),
            period: Period::Undated,
            sentences: Vec::new(),
            line: 1,
            cells: Vec::new(),
        }
    }

    #[test]
    fn the_lead_is_bold_and_the_quote_is_marked_wherever_they_meet() {
        let passage = passage("修路。今年修<三条>。明年再修。", "修路。");
        let line = Span::new(0, passage.text.len());
        let quote = Span::new("修路。".len(), "修路。今年修<三条>。".len());
        assert_eq!(
            styled(&passage, line, Some(quote)).into_string(),
            "<strong>修路。</strong><mark id=\"quote\">今年修&lt;三条&gt;。</mark>明年再修。"
        );
        assert_eq!(
            styled(&passage, line, Some(Span::new(0, "修路。".len()))).into_string(),
            "<mark id=\"quote\"><strong>修路。</strong></mark>今年修&lt;三条&gt;。明年再修。"
        );
    }

    #[test]
    fn a_run_in_heading_is_not_printed_below_itself() {
        let passage = passage("一、修路。今年修三条。", "一、修路。");
        let piece = Piece {
            passage: &passage,
            span: Span::new(0, passage.text.len()),
            first: true,
        };
        assert_eq!(
            printed(&piece, "一、修路").of(&passage.text),
            "今年修三条。"
        );
        assert_eq!(printed(&piece, "二、架桥").of(&passage.text), passage.text);
    }

    #[test]
    fn a_list_in_the_middle_of_its_passage_stands_between_its_two_pieces() {
        let mut around = passage("办十件实事：\n我们将办好。", "");
        around.line = 1;
        let mut item = passage("一是修路。", "");
        item.kind = PassageKind::LivelihoodItem;
        item.line = 2;
        let passages = [around, item].map(Arc::new);
        let printed: Vec<&str> = pieces(&passages)
            .iter()
            .map(|piece| piece.span.of(&piece.passage.text))
            .collect();
        assert_eq!(printed, ["办十件实事：", "一是修路。", "我们将办好。"]);
    }
}
