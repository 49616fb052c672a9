//! Collects the lines of a page, token by token, with their formatting.

use std::cell::RefCell;

use html5ever::{
    LocalName,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, states::RawKind},
};

use super::{
    lines::{Elements, Line},
    tables::Tables,
};
use crate::{format::raised::superscript, paragraph::Mark};

/// Elements whose text is not part of the content.
const HIDDEN: [&str; 19] = [
    "rt", "rp", "script", "style", "noscript", "template", "nav", "header", "footer", "aside",
    "select", "button", "form", "iframe", "textarea", "svg", "object", "audio", "video",
];
/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 26] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "body",
    "html",
    "table",
    "tbody",
    "tr",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "center",
    "td",
    "th",
];
/// Void elements: no end tag.
const VOID: [&str; 10] = [
    "br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base",
];
/// Maximum nesting; deeper elements are treated as part of their ancestor.
const DEEPEST: usize = 512;

/// State of the reader.
#[derive(Default)]
pub(super) struct State {
    pub(super) elements: Elements,
    /// Names of the open elements and their indices.
    open: Vec<(LocalName, usize)>,
    /// Elements opened beyond [`DEEPEST`].
    overflow: usize,
    hidden: usize,
    /// Why the text is hidden, if it is text that somebody took out.
    reason: Option<&'static str>,
    /// Such text, to be told.
    unseen: String,
    raised: usize,
    pub(super) tables: Tables,
    links: usize,
    bold: usize,
    heading: u8,
    pub(super) title: String,
    in_title: bool,
    text: String,
    linked: usize,
    bold_chars: usize,
    /// True while all text on this line is bold.
    all_bold: bool,
    pub(super) lines: Vec<Line>,
}

/// Token sink that collects lines.
#[derive(Default)]
pub(super) struct Page(RefCell<State>);

impl Page {
    /// The page as read, with its lines.
    pub(super) fn finish(self) -> State {
        let mut state = self.0.into_inner();
        let last = state.lines.last().map_or(1, |line| line.line);
        state.end_line(last);
        state
    }
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.characters(&text),
            Token::TagToken(tag) => return state.tag(&tag, line),
            Token::EOFToken => state.end_line(line),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn element(&self) -> usize {
        self.open.last().map_or(0, |(_, element)| *element)
    }

    fn characters(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        }
        if self.hidden > 0 && self.reason.is_some() {
            self.unseen.push_str(text);
        }
        if self.hidden > 0 || self.in_title {
            return;
        }
        let raised = (self.raised > 0).then(|| superscript(text));
        let text = raised.as_deref().unwrap_or(text);
        let start = self.text.len();
        for c in text.chars() {
            let c = if matches!(c, '\u{a0}' | '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            };
            // White space collapses as in a browser, except for the ideographic space.
            if c == ' ' && (self.text.is_empty() || self.text.ends_with([' ', '\u{3000}'])) {
                continue;
            }
            if self.text.trim().is_empty() {
                self.all_bold = true;
            }
            self.text.push(c);
            if !c.is_whitespace() {
                self.all_bold &= self.bold > 0;
            }
            self.bold_chars += usize::from(self.all_bold);
        }
        if self.links > 0 {
            self.linked += self.text.len() - start;
        }
    }

    fn tag(&mut self, tag: &Tag, line: u64) -> TokenSinkResult<()> {
        let name = tag.name.as_ref();
        let start = tag.kind == TagKind::StartTag;
        if BLOCKS.contains(&name) || name == "br" || name == "hr" {
            self.end_line(line);
        }
        if self.hidden == 0 {
            self.tables.tag(tag);
        }
        if start {
            self.start(tag)
        } else {
            self.end(&tag.name);
            TokenSinkResult::Continue
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.as_ref();
        if VOID.contains(&name) || tag.self_closing {
            return TokenSinkResult::Continue;
        }
        // A paragraph ends where the next one begins.
        if BLOCKS.contains(&name) && self.open.last().is_some_and(|(open, _)| &**open == "p") {
            self.end(&LocalName::from("p"));
        }
        match name {
            "sup" => self.raised += 1,
            "a" => self.links = 1,
            "b" | "strong" => self.bold += 1,
            "title" => self.in_title = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name.as_bytes()[1] - b'0';
            }
            _ => {}
        }
        if self.open.len() < DEEPEST {
            let parent = self.element();
            let element = self.elements.add(parent);
            self.open.push((tag.name.clone(), element));
            let reason = reason(tag);
            if self.hidden == 0 {
                self.reason = reason;
            }
            if HIDDEN.contains(&name) || self.hidden > 0 || reason.is_some() {
                self.hidden += 1;
            }
        } else {
            self.overflow += 1;
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, name: &LocalName) {
        match name.as_ref() {
            "sup" => self.raised = self.raised.saturating_sub(1),
            "a" => self.links = 0,
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "title" => self.in_title = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = 0,
            _ => {}
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        // An end tag without a start tag is ignored.
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else {
            return;
        };
        let closed = self.open.len() - at;
        self.open.truncate(at);
        self.hidden = self.hidden.saturating_sub(closed);
    }

    fn end_line(&mut self, line: u64) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let bold = std::mem::take(&mut self.bold_chars);
        self.end_unseen(line);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        let leading = text.chars().take_while(|c| c.is_whitespace()).count();
        let bold = bold.saturating_sub(leading).min(trimmed.chars().count());
        self.lines.push(Line {
            text: trimmed.to_owned(),
            linked,
            element: self.element(),
            mark: Mark {
                heading: self.heading,
                bold,
                ..Mark::default()
            },
            line,
            cell: self.tables.place(),
            unseen: None,
        });
    }

    /// Keeps text that somebody took out as a line of its own.
    fn end_unseen(&mut self, line: u64) {
        let text = std::mem::take(&mut self.unseen);
        if text.chars().any(char::is_alphanumeric) {
            self.lines.push(Line {
                text: text.split_whitespace().collect(),
                linked: 0,
                element: self.element(),
                mark: Mark::default(),
                line,
                cell: None,
                unseen: self.reason.or(Some("隐藏的")),
            });
        }
    }
}

/// Why a reader of the page does not see an element, or sees that it no longer holds.
fn reason(tag: &Tag) -> Option<&'static str> {
    if matches!(tag.name.as_ref(), "del" | "s" | "strike") {
        return Some("划掉的");
    }
    tag.attrs.iter().find_map(|attr| {
        let value = attr.value.as_ref();
        match attr.name.local.as_ref() {
            "hidden" => Some("隐藏的"),
            "style" => {
                let style = value.replace(' ', "").to_lowercase();
                let hidden = ["display:none", "visibility:hidden", "mso-hide:all"];
                if style.contains("line-through") {
                    Some("划掉的")
                } else {
                    let hides = hidden.iter().any(|rule| style.contains(rule));
                    hides.then_some("隐藏的")
                }
            }
            _ => None,
        }
    })
}
