//! The pages of an answer.

use super::{
    medium::{Bytes, short},
    paging::{FOOT, Renderer, number},
};
use crate::{
    answer::{Answer, Script},
    channels::{
        blocks::{Blocks, GAP, Layout, Medium as _, Quote, lay_out},
        cut::cut_some,
        wechat::{
            memory::{Choice, Reading},
            wording as words,
        },
        wording::{self, in_script},
    },
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
const LINK: usize = 160;
/// Length of a piece of a quote that has no place to cut, in bytes.
const FORCED: usize = 150;

impl Renderer {
    /// The pages for `answer`, in the asker's script.
    pub(in crate::channels::wechat) fn answer(&self, answer: &Answer) -> Reading {
        let blocks = Blocks::new(answer, &self.deployment);
        match &answer.check {
            Some(check) => self.check(answer, check, &blocks),
            None => self.quoting(answer, blocks),
        }
    }

    fn quoting(&self, answer: &Answer, blocks: Blocks<'_>) -> Reading {
        let script = answer.script;
        if let Some(long) = blocks.opening.as_deref()
            && blocks.quotes.is_empty()
            && long.len() > ALONE
        {
            return self.text(long, script);
        }
        let room = if blocks.quotes.is_empty() {
            ALONE
        } else if answer.kind.compares() {
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
            choices,
            ..Reading::new(pages, script)
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
    if answer.citations.is_empty() && !answer.related.is_empty() {
        // More was asked for, and nothing is cited.
        choices.push(Choice::Related(answer.related.clone()));
        reading.push(words::choice(choices.len(), words::RELATED));
    }
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
        let lead = format!("{}{}", wording::suggested(answer.status), words::BY_NUMBER);
        lines.push(in_script(&lead, script).into_owned());
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
