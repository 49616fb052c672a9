//! Quotes and paragraphs as Telegram's HTML.

use crate::{
    answer::{Citation, Script},
    channels::{
        blocks::{Medium, Quote, lay_out},
        deployment::Deployment,
        telegram::{
            text::{ELLIPSIS, LIMIT, bold, cost_of, escape, shortened, units},
            wording as words,
        },
        wording::in_script,
    },
    text::Span,
};

/// Budget of the source line, in UTF-16 units; typical ones take about 100.
pub(super) const SOURCE: usize = 400;

/// Telegram's HTML, counted in UTF-16 units.
pub(super) struct Html {
    /// The script of the text around the quotes.
    pub(super) script: Script,
}

/// A quote with more highlights than this is shown without any: tags would use up its room.
const MARKS: usize = 60;

impl Medium for Html {
    fn cost(&self, c: char) -> usize {
        cost_of(c)
    }

    fn measure(&self, written: &str) -> usize {
        units(written)
    }

    fn quote(&self, quote: &Quote<'_>, kept: &str, cut: bool) -> String {
        let label = quote.label.as_deref();
        let label = label.map_or_else(String::new, |label| format!("{}\n", bold(label)));
        let mut marks = highlights(quote.citation, &quote.text);
        if marks.len() > MARKS {
            marks.clear();
        }
        let text = marked(kept, &marks);
        let (more, notice) = if cut {
            let notice = in_script(words::CUT, self.script);
            (ELLIPSIS, format!("{notice}\n"))
        } else {
            ("", String::new())
        };
        let source = escape(&shortened(&quote.source, SOURCE));
        format!("{label}<blockquote>{text}{more}</blockquote>\n{notice}—— {source}")
    }

    fn paragraph(&self, text: &str, cited: bool) -> String {
        if cited { bold(text) } else { escape(text) }
    }
}

/// The highlights as spans of `text`, which is the quote or its conversion to the other script.
fn highlights(citation: &Citation, text: &str) -> Vec<Span> {
    let quote = &citation.quote;
    let mut end = 0;
    let sound = citation.highlights.iter().filter(|span| {
        let follows = span.start >= end && span.start < span.end;
        let fits = follows && quote.get(span.start..span.end).is_some();
        if fits {
            end = span.end;
        }
        fits
    });
    if text == quote {
        return sound.copied().collect();
    }
    // Conversion usually preserves the number of characters; if not, highlights are dropped.
    if text.chars().count() != quote.chars().count() {
        return Vec::new();
    }
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let byte = |at: usize| {
        let chars = quote[..at].chars().count();
        bytes.get(chars).copied().unwrap_or(text.len())
    };
    sound
        .map(|span| Span::new(byte(span.start), byte(span.end)))
        .collect()
}

/// Escapes `text`, with `marks` in bold; `text` may be a prefix of the text that the marks refer
/// to.
fn marked(text: &str, marks: &[Span]) -> String {
    let mut html = String::new();
    let mut rest = 0;
    for mark in marks {
        let end = mark.end.min(text.len());
        if mark.start >= end {
            break;
        }
        html.push_str(&escape(&text[rest..mark.start]));
        html.push_str(&bold(&text[mark.start..end]));
        rest = end;
    }
    html.push_str(&escape(&text[rest..]));
    html
}

/// One quote with its label and source, within [`LIMIT`].
pub(super) fn alone(citation: &Citation, script: Script, deployment: &Deployment) -> String {
    let quote = Quote::new(citation, script, deployment);
    lay_out(&[quote], LIMIT, &Html { script }).blocks.concat()
}
