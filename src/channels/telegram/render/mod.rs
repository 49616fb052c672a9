//! From an [`Answer`] to one message: HTML and buttons, as data. Nothing here talks to Telegram.
//!
//! ```text
//! 【2024年计划】
//! > 硬化自然村组道路150公里。
//! —— 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 十件民生实事
//!
//! [查看整节] [更多相关]
//! [有用] [没用]
//! ```
//!
//! A message must not exceed [`LIMIT`]. What gives way first: suggestions and notices are bounded,
//! then the second and third quote are left out (更多相关 still has them), and only then is the
//! first quote cut, at the end of a sentence; its label and its source always stay.

pub(super) mod inline;
mod lists;
mod section;

pub(super) use self::{
    lists::{has_terms, related, terms},
    section::section,
};

use super::{
    callback::{Action, Press, Reason, ScriptChoice, Vote},
    text::{ELLIPSIS, LIMIT, bold, cost, cost_of, cut, escape, shortened, units},
    wording as words,
};
use crate::{
    answer::{Answer, Citation, Script},
    channels::{
        blocks::{Blocks, GAP, Medium, Quote, lay_out},
        deployment::Deployment,
        wording::{self, in_script},
    },
    corpus::PassageId,
    text::Span,
};

/// UTF-16 units for what stands above the first quote.
const OPENING: usize = 600;
/// UTF-16 units for the line that names the source; real ones take about 100.
const SOURCE: usize = 400;
/// UTF-16 units for notices and suggestions together.
const TAIL: usize = 800;

/// One message, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rendered {
    /// For `parse_mode=HTML`; at most [`LIMIT`] UTF-16 units, never empty.
    pub(super) html: String,
    /// Rows of buttons; may be empty.
    pub(super) keyboard: Vec<Vec<Button>>,
}

/// A button below a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Button {
    /// What it says.
    pub(super) label: String,
    /// What it does.
    pub(super) does: Does,
}

/// What a [`Button`] does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Does {
    /// Comes back to the bot.
    Press(Press),
    /// Comes back to the bot and sets the script of the chat.
    Choose(ScriptChoice),
    /// Opens an address.
    Open(String),
}

/// Words of our own, without markup; cut when they are too long.
pub(super) fn note(text: &str) -> Rendered {
    let html = if cost(text) <= LIMIT {
        escape(text)
    } else {
        let room = LIMIT - cost(words::LIST_CUT) - 1;
        format!("{}\n{}", escape(cut_lines(text, room)), words::LIST_CUT)
    };
    Rendered {
        html,
        keyboard: Vec::new(),
    }
}

/// The longest beginning of whole lines that costs at most `budget`.
fn cut_lines(text: &str, budget: usize) -> &str {
    let mut kept = 0;
    for (at, _) in text.match_indices('\n') {
        if cost(&text[..at]) > budget {
            break;
        }
        kept = at;
    }
    if kept == 0 {
        cut(text, budget)
    } else {
        &text[..kept]
    }
}

/// The message for `answer`, in the asker's script.
///
/// The first line carries 计划 or 已完成 with the year when the first quote has a period.
pub(super) fn answer(answer: &Answer, deployment: &Deployment) -> Rendered {
    let contents = Blocks::new(answer, deployment);
    let opening = contents.opening.as_deref();
    let opening = opening.map(|opening| escape(&shortened(opening, OPENING)));
    let tail = tail(&contents, answer.script);
    let mut blocks: Vec<String> = opening.into_iter().collect();
    let around = blocks.iter().chain(&tail).map(|block| units(block) + GAP);
    let room = LIMIT - around.sum::<usize>();
    let html = Html {
        script: answer.script,
    };
    blocks.extend(lay_out(&contents.quotes, room, &html).blocks);
    if blocks.is_empty() {
        blocks.push(escape(&in_script(wording::FAILED, answer.script)));
    }
    blocks.extend(tail);
    Rendered {
        html: blocks.join("\n\n"),
        keyboard: keyboard(answer, deployment),
    }
}

/// One quote with its label and its source, within [`LIMIT`].
fn alone(citation: &Citation, script: Script, deployment: &Deployment) -> String {
    let quote = Quote::new(citation, script, deployment);
    lay_out(&[quote], LIMIT, &Html { script }).blocks.concat()
}

/// Telegram's HTML, counted in UTF-16 units.
struct Html {
    script: Script,
}

/// More highlights than this in one quote would leave no room for the quote: rather none.
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
    // Conversion goes character by character but for a few words; with those, no highlights.
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

/// Escaped `text` with `marks` in bold; `text` may be a beginning of what the marks were made for.
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

/// Notices and suggestions, escaped.
fn tail(contents: &Blocks<'_>, script: Script) -> Option<String> {
    let mut blocks = Vec::new();
    if !contents.notices.is_empty() {
        blocks.push(contents.notices.join("\n"));
    }
    if !contents.suggestions.is_empty() {
        let lead = in_script(wording::SUGGESTIONS, script);
        blocks.push(format!("{lead}{}", contents.suggestions.join("；")));
    }
    (!blocks.is_empty()).then(|| escape(&shortened(&blocks.join("\n\n"), TAIL)))
}

fn keyboard(answer: &Answer, deployment: &Deployment) -> Vec<Vec<Button>> {
    let Some(first) = answer.citations.first() else {
        return Vec::new();
    };
    let script = answer.script;
    let press = |label, action| button(label, action, &first.passage_id, script);
    let mut reading = vec![press(words::SECTION, Action::Section)];
    if !answer.related.is_empty() {
        reading.push(press(words::RELATED, Action::Related));
    }
    let votes = vec![
        press(words::USEFUL, Action::Vote(Vote::Useful)),
        press(words::USELESS, Action::Vote(Vote::Useless)),
    ];
    // A button rather than a link in the text: Telegram would show a preview of the link.
    let web = deployment.permalink(first).map(|address| Button {
        label: in_script(words::WEB, script).into_owned(),
        does: Does::Open(address),
    });
    let further: Vec<Button> = web.into_iter().collect();
    let rows = [reading, further, votes];
    rows.into_iter().filter(|row| !row.is_empty()).collect()
}

impl Rendered {
    /// Adds the button 相关用语, below the first row.
    pub(super) fn offer_terms(&mut self, passage: &PassageId, script: Script) {
        let terms = button(words::TERMS, Action::Terms, passage, script);
        match &mut self.keyboard[..] {
            // What is read, the link, the votes.
            [_, link, _] => link.insert(0, terms),
            rows => {
                let below_the_first = rows.len().min(1);
                self.keyboard.insert(below_the_first, vec![terms]);
            }
        }
    }
}

/// The buttons that ask why an answer did not help, two a row.
pub(super) fn reasons(passage: &PassageId, script: Script) -> Vec<Vec<Button>> {
    let buttons = Reason::ALL.map(|reason| {
        button(
            words::reason(reason),
            Action::Reason(reason),
            passage,
            script,
        )
    });
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

/// The reply to `/lang`.
pub(super) fn lang(choice: ScriptChoice, script: Script) -> Rendered {
    let buttons = ScriptChoice::ALL.map(|choice| Button {
        label: words::script(choice).to_owned(),
        does: Does::Choose(choice),
    });
    Rendered {
        html: escape(&in_script(&words::lang(choice), script)),
        keyboard: vec![buttons.to_vec()],
    }
}

fn button(label: &str, action: Action, passage: &PassageId, script: Script) -> Button {
    Button {
        label: in_script(label, script).into_owned(),
        does: Does::Press(Press {
            action,
            passage: passage.clone(),
            script,
        }),
    }
}

#[cfg(test)]
mod tests;
