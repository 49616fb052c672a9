//! The rendering contract: how every channel presents an [`Answer`], whatever its markup.
//!
//! 1. The answer sentence comes first, with its period label and its citation: document › path.
//!    Only a partial answer states first what is missing.
//! 2. Then what fits: further quotes, each with its own label and citation, notices, suggestions.
//! 3. If not everything fits, further quotes are left out whole, then the first quote is cut, at
//!    the end of a sentence and never inside a figure ([`super::cut`]); its label and citation are
//!    always kept. A channel that cuts offers the rest: by the permalink, if there is one, and by
//!    its own way of reading on.
//! 4. Everything is in the script of the question.
//!
//! [`Blocks`] implements 1, 2 and 4; [`lay_out`] implements 3 for channels with a limit. Channels
//! add markup, buttons and menus only.

use super::{
    cut::{cut, cut_some},
    deployment::Deployment,
    wording::{self, in_script},
};
use crate::{
    answer::{Answer, Citation, Script},
    corpus::Passage,
};

/// The parts of an answer in reading order, in the asker's script.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocks<'a> {
    /// Text before the first quote: what is missing, that nothing was found, small talk.
    pub opening: Option<String>,
    /// Best first.
    pub quotes: Vec<Quote<'a>>,
    /// Notices about the answer.
    pub notices: Vec<String>,
    /// Related questions.
    pub suggestions: Vec<String>,
}

/// A quote with its label and source.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote<'a> {
    /// The citation as stored.
    pub citation: &'a Citation,
    /// 【2024年计划】; `None` if there is no period or the opening already contains it.
    pub label: Option<String>,
    /// The quote in the asker's script.
    pub text: String,
    /// 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 加快健康通渭建设
    pub source: String,
    /// The permalink, if links are enabled.
    pub link: Option<String>,
}

impl<'a> Quote<'a> {
    /// Renders `citation` in `script`.
    #[must_use]
    pub fn new(citation: &'a Citation, script: Script, deployment: &Deployment) -> Self {
        let shown = |text: &str| in_script(text, script).into_owned();
        Self {
            citation,
            label: wording::bracketed(&wording::citation_label(citation))
                .map(|label| shown(&label)),
            text: shown(&citation.quote),
            source: shown(&wording::source_line(citation)),
            link: deployment.permalink(citation),
        }
    }
}

impl<'a> Blocks<'a> {
    /// The parts of `answer`.
    #[must_use]
    pub fn new(answer: &'a Answer, deployment: &Deployment) -> Self {
        let shown = |text: &str| in_script(text, answer.script).into_owned();
        let opening = wording::opening(answer, deployment).map(|opening| shown(&opening));
        let quote = |(n, citation): (usize, &'a Citation)| {
            let mut quote = Quote::new(citation, answer.script, deployment);
            if answer.kind.compares() {
                let label = quote.label.unwrap_or_default();
                quote.label = Some(format!("{}{label}", wording::number(n)));
            } else if n == 0 && opening.is_some() && answer.referral.is_none() {
                // The opening of a partial answer already contains the first quote's period.
                quote.label = None;
            }
            quote
        };
        // A check names its quotes line by line.
        let quoted = match answer.check {
            Some(_) => &[],
            None => answer.citations.as_slice(),
        };
        Self {
            quotes: quoted.iter().enumerate().map(quote).collect(),
            notices: wording::notices(answer)
                .map(|notice| shown(&wording::notice(notice)))
                .collect(),
            suggestions: answer.suggestions.iter().map(|text| shown(text)).collect(),
            opening,
        }
    }
}

/// The text of a passage below its heading, or all of it if there is nothing below.
#[must_use]
pub fn statement(passage: &Passage) -> &str {
    let stated = passage.text.get(passage.heading.end..).unwrap_or_default();
    match stated.trim() {
        "" => &passage.text,
        stated => stated,
    }
}

/// Markup and length of messages in a channel with a limit.
pub trait Medium {
    /// The cost of a character of plain text once written.
    fn cost(&self, c: char) -> usize;
    /// The cost of a written block.
    fn measure(&self, written: &str) -> usize;
    /// Writes a quote with label and source; `kept` is a prefix of its text if `cut`, else all of
    /// it.
    fn quote(&self, quote: &Quote<'_>, kept: &str, cut: bool) -> String;
    /// Writes a paragraph of a section, or a piece of one; `cited` for the passage that was cited.
    fn paragraph(&self, text: &str, cited: bool) -> String;
}

/// The quotes that fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Blocks as written by the channel.
    pub blocks: Vec<String>,
    /// Number of quotes shown whole.
    pub whole: usize,
    /// Number of bytes shown of the quote after them; 0 unless it was cut.
    pub kept: usize,
}

/// Cost of the blank line between blocks, in any unit.
pub const GAP: usize = 2;

/// Writes as many of `quotes` as fit into `room`, each followed by a gap. The first one is always
/// included, cut if necessary; later ones are shown whole or not at all.
#[must_use]
pub fn lay_out<M: Medium>(quotes: &[Quote<'_>], mut room: usize, medium: &M) -> Layout {
    let mut layout = Layout::default();
    for (n, quote) in quotes.iter().enumerate() {
        let whole = medium.quote(quote, &quote.text, false);
        let cost = medium.measure(&whole);
        if cost <= room {
            layout.blocks.push(whole);
            layout.whole += 1;
            room = room.saturating_sub(cost + GAP);
        } else {
            if n == 0 {
                let (block, kept) = fitted(quote, room, medium);
                layout.blocks.push(block);
                layout.kept = kept;
            }
            break;
        }
    }
    layout
}

/// Cuts a quote to `room`; also returns the number of bytes kept.
fn fitted<M: Medium>(quote: &Quote<'_>, room: usize, medium: &M) -> (String, usize) {
    let frame = medium.measure(&medium.quote(quote, "", true));
    let mut budget = room.saturating_sub(frame);
    loop {
        let kept = cut(&quote.text, budget, |c| medium.cost(c));
        let block = medium.quote(quote, kept, true);
        let over = medium.measure(&block).saturating_sub(room);
        if over == 0 || kept.is_empty() {
            return (block, kept.len());
        }
        // Markup inside the quote takes room too.
        let spent: usize = kept.chars().map(|c| medium.cost(c)).sum();
        budget = spent.saturating_sub(over);
    }
}

/// Packs the paragraphs of a section into one or more pages of at most `room`; the cited one is
/// marked `true`. A paragraph that fits on a page is not split. Also returns the index of the page
/// on which the cited one begins.
pub fn pages<M: Medium, T: AsRef<str>>(
    paragraphs: impl Iterator<Item = (T, bool)>,
    room: usize,
    medium: &M,
) -> (Vec<String>, usize) {
    let cost = |text: &str| text.chars().map(|c| medium.cost(c)).sum::<usize>();
    let mut pages = vec![String::new()];
    let mut first = 0;
    for (text, cited) in paragraphs {
        let frame = medium.measure(&medium.paragraph("", cited));
        let mut rest = text.as_ref().trim();
        let mut begins = true;
        while !rest.is_empty() {
            let page = pages.last_mut().expect("there is always one");
            let gap = if page.is_empty() { "" } else { "\n\n" };
            let left = room.saturating_sub(medium.measure(page) + gap.len() + frame);
            let fits = cost(rest) <= left;
            let whole_elsewhere = cost(rest) <= room.saturating_sub(frame);
            if !fits && !page.is_empty() && (whole_elsewhere || left < room / 4) {
                pages.push(String::new());
                continue;
            }
            let piece = cut_some(rest, left, |c| medium.cost(c));
            if cited && begins {
                first = pages.len() - 1;
            }
            begins = false;
            let written = medium.paragraph(piece, cited);
            let page = pages.last_mut().expect("there is always one");
            page.push_str(gap);
            page.push_str(&written);
            rest = rest[piece.len()..].trim_start();
            if !rest.is_empty() {
                pages.push(String::new());
            }
        }
    }
    if pages.len() > 1 && pages.last().is_some_and(String::is_empty) {
        pages.pop();
    }
    (pages, first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{answer::Status, channels::fixtures, corpus::Period};

    /// Counts characters; writes a quote in brackets, followed by its source.
    struct Chars;

    impl Medium for Chars {
        fn cost(&self, _: char) -> usize {
            1
        }

        fn measure(&self, written: &str) -> usize {
            written.chars().count()
        }

        fn quote(&self, quote: &Quote<'_>, kept: &str, cut: bool) -> String {
            let more = if cut { "…" } else { "" };
            format!("[{kept}{more}]{}", quote.source)
        }

        fn paragraph(&self, text: &str, cited: bool) -> String {
            if cited {
                format!("*{text}*")
            } else {
                text.to_owned()
            }
        }
    }

    fn answer(quotes: &[&str]) -> Answer {
        let citation = |quote: &&str| Citation {
            document_title: "报告".into(),
            path: vec!["一".into()],
            ..fixtures::citation(Period::Planned(2024), quote)
        };
        fixtures::answered(quotes.iter().map(citation).collect())
    }

    fn laid_out(quotes: &[&str], room: usize) -> Layout {
        let answer = answer(quotes);
        let blocks = Blocks::new(&answer, &Deployment::default());
        lay_out(&blocks.quotes, room, &Chars)
    }

    #[test]
    fn a_later_quote_is_shown_whole_or_not_at_all() {
        let quotes = ["去年修路。", "今年架桥。"];
        let both = ["[去年修路。]《报告》一", "[今年架桥。]《报告》一"];
        assert_eq!(laid_out(&quotes, 26).blocks, both);
        let first = laid_out(&quotes, 25);
        assert_eq!(first.blocks, both[..1]);
        assert_eq!((first.whole, first.kept), (1, 0));
    }

    #[test]
    fn the_first_quote_is_cut_after_a_sentence_and_keeps_its_source() {
        let layout = laid_out(&["去年修路。今年架桥。"], 16);
        assert_eq!(layout.blocks, ["[去年修路。…]《报告》一"]);
        assert_eq!((layout.whole, layout.kept), (0, "去年修路。".len()));
    }

    #[test]
    fn only_a_quote_whose_period_was_not_named_yet_has_a_label() {
        let mut answer = answer(&["甲。", "乙。"]);
        answer.status = Status::NotFound;
        let blocks = Blocks::new(&answer, &Deployment::default());
        let labels: Vec<Option<&str>> = blocks.quotes.iter().map(|q| q.label.as_deref()).collect();
        assert_eq!(labels, [None, Some("【2024年计划】")]);
    }

    #[test]
    fn paragraphs_are_packed_into_pages_and_the_cited_one_is_found() {
        let texts = [("甲乙。", false), ("丙丁。", true), ("戊己庚。辛。", false)];
        let (pages, first) = pages(texts.into_iter(), 8, &Chars);
        assert_eq!(pages, ["甲乙。", "*丙丁。*", "戊己庚。辛。"]);
        assert_eq!(first, 1);
    }
}
