//! From an [`Answer`] to pages of text within the platform's limit, and the choices that numbers
//! below them stand for.
//!
//! ```text
//! 【2024年计划】硬化自然村组道路150公里。
//! —— 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 十件民生实事
//!
//! 回复“更多”看全文
//! 网页原文：https://wz.example.gov.cn/p/5f0c…?at=12-80#quote
//!
//! 回复 1 看整节，回复 2 看相关内容
//! ```
//!
//! The first page follows [`blocks`](crate::channels::blocks); what does not fit follows on further
//! pages, complete and in order.

use super::{
    memory::{Choice, Reading},
    wording as words,
};
use crate::{
    answer::{Answer, AnswerKind, Script},
    assistant::Snapshot,
    channels::{
        blocks::{Blocks, GAP, Layout, Medium, Quote, lay_out, pages, statement},
        cut::{ELLIPSIS, cut_some, shortened},
        deployment::Deployment,
        wording::{self, in_script},
    },
    corpus::PassageId,
};

// Budgets of the text around the first quote, in bytes. Together they leave it at least 200;
// typical ones take a third.
const OPENING: usize = 450;
/// Budget of the opening of a comparison, which contains its cells. It has no suggestions.
const COMPARISON: usize = 750;
/// Budget of the opening if no quote follows.
const ALONE: usize = 1000;
const NOTICES: usize = 300;
const SUGGESTIONS: usize = 300;
const SOURCE: usize = 480;
const LINK: usize = 160;
/// Budget of page number and instructions.
const FOOT: usize = 110;
/// Maximum length of an excerpt under 相关内容, in bytes: about two sentences.
const EXCERPT: usize = 300;
/// Maximum number of passages under 相关内容.
const RELATED: usize = 5;
/// Length of a piece of a quote that has no place to cut, in bytes.
const FORCED: usize = 150;

/// Renders for one platform.
#[derive(Debug)]
pub(super) struct Renderer {
    bytes: usize,
    deployment: Deployment,
}

/// Plain text, counted in bytes of UTF-8.
struct Bytes;

impl Medium for Bytes {
    fn cost(&self, c: char) -> usize {
        c.len_utf8()
    }

    fn measure(&self, written: &str) -> usize {
        written.len()
    }

    fn quote(&self, quote: &Quote<'_>, kept: &str, cut: bool) -> String {
        let label = quote.label.as_deref().unwrap_or_default();
        let more = if cut { ELLIPSIS } else { "" };
        let source = short(&quote.source, SOURCE);
        let kept = kept.trim_end();
        format!("{label}{kept}{more}\n—— {source}")
    }

    fn paragraph(&self, text: &str, cited: bool) -> String {
        let mark = if cited { words::CITED } else { "" };
        format!("{mark}{text}")
    }
}

fn short(text: &str, bytes: usize) -> String {
    shortened(text, bytes, char::len_utf8)
}

impl Renderer {
    /// Creates a renderer for replies of at most `bytes`.
    pub(super) const fn new(bytes: usize, deployment: Deployment) -> Self {
        Self { bytes, deployment }
    }

    /// The pages for `answer`, in the asker's script.
    pub(super) fn answer(&self, answer: &Answer) -> Reading {
        let script = answer.script;
        let blocks = Blocks::new(answer, &self.deployment);
        let room = if blocks.quotes.is_empty() {
            ALONE
        } else if answer.kind == AnswerKind::Comparison {
            COMPARISON
        } else {
            OPENING
        };
        let opening = blocks.opening.as_deref();
        let opening = opening.map(|opening| short(opening, room));
        let mut page: Vec<String> = opening.into_iter().collect();
        let notices = short(&blocks.notices.join("\n"), NOTICES);
        let (menu, choices) = menu(answer, &blocks);
        let link = blocks
            .quotes
            .first()
            .and_then(|quote| quote.link.as_deref())
            .filter(|link| link.len() <= LINK)
            .map(|link| format!("{}{link}", in_script(words::LINK, script)));
        let after = [Some(notices), link, Some(menu)];
        let after: Vec<String> = after
            .into_iter()
            .flatten()
            .filter(|block| !block.is_empty())
            .collect();
        let around = page.iter().chain(&after).map(|block| block.len() + GAP);
        let room = self.bytes.saturating_sub(around.sum::<usize>() + FOOT);

        let quotes = merged(blocks.quotes);
        let layout = placed(&quotes, room);
        let mut rest = rest(quotes, &layout, script);
        page.extend(layout.blocks);
        if page.is_empty() && after.is_empty() {
            page.push(in_script(wording::FAILED, script).into_owned());
        }
        if !rest.is_empty() {
            page.push(in_script(words::MORE, script).into_owned());
        }
        page.extend(after);
        let mut pages = vec![page.join("\n\n")];
        while !rest.is_empty() {
            let layout = placed(&rest, self.bytes.saturating_sub(FOOT));
            rest = self::rest(rest, &layout, script);
            pages.push(layout.blocks.join("\n\n"));
        }
        number(&mut pages[1..], 2, script, words::MORE, "");
        Reading {
            pages,
            at: 0,
            choices,
            script,
        }
    }

    /// The section that contains a passage, opened where the passage begins; `None` if there is no
    /// such passage (any more).
    pub(super) fn section(
        &self,
        snapshot: &Snapshot,
        id: &PassageId,
        script: Script,
    ) -> Option<Reading> {
        let (document, section, passages) = snapshot.section(id)?;
        let head = wording::source(document, &section.path);
        let head = short(&in_script(&head, script), SOURCE);
        let room = self.bytes.saturating_sub(head.len() + GAP + FOOT);
        let texts = passages
            .iter()
            .map(|passage| (in_script(&passage.text, script), passage.id == *id));
        let (bodies, at) = pages(texts, room, &Bytes);
        let mut pages: Vec<String> = bodies
            .into_iter()
            .map(|body| format!("{head}\n\n{body}"))
            .collect();
        number(&mut pages, 1, script, words::MORE_OR_BACK, words::BACK);
        Some(Reading {
            pages,
            at,
            choices: Vec::new(),
            script,
        })
    }

    /// Excerpts of passages, each with its citation and a number that opens its section; `None` if
    /// none of them is served any more.
    pub(super) fn related(
        &self,
        snapshot: &Snapshot,
        passages: &[PassageId],
        script: Script,
    ) -> Option<Reading> {
        let mut entries = Vec::new();
        let mut choices = Vec::new();
        let found = passages.iter().filter_map(|id| snapshot.passage(id));
        for (n, (document, passage)) in found.take(RELATED).enumerate() {
            let label = wording::bracketed(passage.period).unwrap_or_default();
            let excerpt = short(&in_script(statement(&passage), script), EXCERPT);
            let source = wording::source(document, &passage.path);
            let source = short(&in_script(&source, script), SOURCE);
            let label = in_script(&label, script);
            entries.push(format!("{}. {label}{excerpt}\n—— {source}", n + 1));
            choices.push(Choice::Section(passage.id.clone()));
        }
        if entries.is_empty() {
            return None;
        }
        entries.push(in_script(words::CHOOSE_SECTION, script).into_owned());
        let mut pages = packed(&entries, "\n\n", self.bytes.saturating_sub(FOOT));
        number(&mut pages, 1, script, words::MORE, "");
        Some(Reading {
            pages,
            at: 0,
            choices,
            script,
        })
    }

    /// Text other than answers, in pages of whole lines.
    pub(super) fn text(&self, text: &str, script: Script) -> Reading {
        let text = in_script(text, script);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut pages = packed(&lines, "\n", self.bytes.saturating_sub(FOOT));
        number(&mut pages, 1, script, words::MORE, "");
        Reading {
            pages,
            at: 0,
            choices: Vec::new(),
            script,
        }
    }
}

/// Merges adjacent quotes with the same label and source, one per line: the ten livelihood items
/// fit into one reply if their source is named once.
fn merged(quotes: Vec<Quote<'_>>) -> Vec<Quote<'_>> {
    let mut merged: Vec<Quote<'_>> = Vec::new();
    for quote in quotes {
        match merged.last_mut() {
            Some(last) if last.label == quote.label && last.source == quote.source => {
                last.text.push('\n');
                last.text.push_str(&quote.text);
            }
            _ => merged.push(quote),
        }
    }
    merged
}

/// [`lay_out`], but always showing something, so that paging terminates.
fn placed(quotes: &[Quote<'_>], room: usize) -> Layout {
    let mut layout = lay_out(quotes, room, &Bytes);
    if layout.whole == 0
        && layout.kept == 0
        && let Some(quote) = quotes.first()
    {
        let piece = cut_some(&quote.text, FORCED, char::len_utf8);
        layout.blocks = vec![Bytes.quote(quote, piece, piece.len() < quote.text.len())];
        layout.kept = piece.len();
    }
    layout
}

/// The part of `quotes` that `layout` did not show.
fn rest<'a>(mut quotes: Vec<Quote<'a>>, layout: &Layout, script: Script) -> Vec<Quote<'a>> {
    quotes.drain(..layout.whole.min(quotes.len()));
    if layout.kept > 0
        && let Some(quote) = quotes.first_mut()
    {
        quote.text = quote.text[layout.kept..].trim_start().to_owned();
        let mark = in_script(words::CONTINUED, script);
        let label = quote.label.take().unwrap_or_default();
        quote.label = Some(match label.strip_suffix(&*mark) {
            Some(_) => label,
            None => format!("{label}{mark}"),
        });
        if quote.text.is_empty() {
            quotes.remove(0);
        }
    }
    quotes
}

/// The menu below an answer, and the choices that its numbers stand for.
fn menu(answer: &Answer, blocks: &Blocks<'_>) -> (String, Vec<Choice>) {
    let script = answer.script;
    let mut choices = Vec::new();
    let mut reading = Vec::new();
    if let Some(first) = answer.citations.first() {
        choices.push(Choice::Section(first.passage_id.clone()));
        reading.push(words::choice(choices.len(), words::SECTION));
        if !answer.related.is_empty() {
            choices.push(Choice::Related(answer.related.clone()));
            reading.push(words::choice(choices.len(), words::RELATED));
        }
    }
    let mut lines = vec![in_script(&reading.join("，"), script).into_owned()];
    if !blocks.suggestions.is_empty() {
        lines.push(in_script(words::SUGGESTIONS, script).into_owned());
        let mut room = SUGGESTIONS;
        for suggestion in &blocks.suggestions {
            let line = format!("{} {suggestion}", choices.len() + 1);
            if line.len() > room {
                break;
            }
            room -= line.len();
            lines.push(line);
            choices.push(Choice::Ask(suggestion.clone()));
        }
    }
    lines.retain(|line| !line.is_empty());
    (lines.join("\n"), choices)
}

/// Packs `parts` into pages of at most `room` bytes; a part larger than a page is split.
fn packed(parts: &[String], between: &str, room: usize) -> Vec<String> {
    let mut pages = vec![String::new()];
    for part in parts {
        let mut rest = part.as_str();
        loop {
            let page = pages.last_mut().expect("there is always one");
            let gap = if page.is_empty() { "" } else { between };
            if page.len() + gap.len() + rest.len() <= room {
                page.push_str(gap);
                page.push_str(rest);
                break;
            }
            if page.is_empty() {
                let piece = cut_some(rest, room, char::len_utf8);
                page.push_str(piece);
                rest = &rest[piece.len()..];
            }
            pages.push(String::new());
        }
    }
    pages.retain(|page| !page.trim().is_empty());
    pages
}

/// Appends page numbers and paging instructions to `pages`, the first of which has the number
/// `first`; `last` is appended to the last one. A single page gets neither.
fn number(pages: &mut [String], first: usize, script: Script, more: &str, last: &str) {
    let all = pages.len() + first - 1;
    if all < 2 {
        return;
    }
    for (n, page) in pages.iter_mut().enumerate() {
        let n = n + first;
        let turn = if n == all {
            last
        } else if n == 1 {
            words::MORE
        } else {
            more
        };
        let foot = format!("（{n}/{all}）{turn}");
        page.push_str("\n\n");
        page.push_str(&in_script(&foot, script));
    }
}

#[cfg(test)]
mod tests;
