//! Web pages as saved from government sites: the report's paragraphs without what surrounds them.
//!
//! The page is read token by token (html5ever), never as a tree of owned nodes, so nesting a
//! million deep costs neither stack nor time. The report is the innermost element that still holds
//! most of the page's prose: text outside of links, in lines that end like sentences.

use std::cell::RefCell;

use encoding_rs::Encoding;
use html5ever::{
    LocalName,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

use super::decode::{self, Decoded};
use crate::{error::ImportError, paragraph::Mark, split::Split};

/// Elements whose text nobody reads.
const HIDDEN: [&str; 17] = [
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "select",
    "button", "form", "iframe", "textarea", "svg", "object", "audio", "video",
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
/// Elements without an end.
const VOID: [&str; 10] = [
    "br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base",
];
/// Elements open at a time; deeper ones are read as part of these.
const DEEPEST: usize = 512;
/// Attributes that one tag may have.
const ATTRIBUTES: usize = 1_000;
/// Share of the prose that the element of the report holds, in percent.
const MOST: usize = 75;

/// True when `bytes` begin like a web page.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|start| head.starts_with(start))
        || (head.starts_with('<') && head.contains("<html"))
}

/// The page's text in the encoding that it names, else in that which reads best.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match named {
        // Pages that say GB 2312 and hold UTF-8, or the other way round, are common.
        Some(encoding) if Encoding::for_bom(bytes).is_none() && !encoding.decode(bytes).2 => {
            Decoded {
                text: encoding.decode(bytes).0.into_owned(),
                encoding: encoding.name(),
            }
        }
        _ => decode::decode(bytes),
    }
}

/// The paragraphs of a page, with what stood around them as left out.
///
/// # Errors
/// [`ImportError::TooLarge`] when a tag has more attributes than [`ATTRIBUTES`]: the tokenizer
/// compares each with all others.
pub(crate) fn read(text: &str) -> Result<Split, ImportError> {
    if most_attributes(text) > ATTRIBUTES {
        return Err(ImportError::TooLarge);
    }
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    // Scripts do not run here; the tokenizer goes on until the input is used up.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    Ok(tokenizer.sink.0.into_inner().finish())
}

/// At most how many attributes a tag of the page has, as a quick look counts them.
fn most_attributes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut most, mut at) = (0, 0);
    while let Some(open) = text[at..].find('<') {
        let name = at + open + 1;
        at = name;
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (attributes, end) = attributes(bytes, name);
        most = most.max(attributes);
        at = end;
        // What a script compares is no tag.
        for raw in ["script", "style"] {
            let is_raw = bytes[name..end]
                .get(..raw.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(raw.as_bytes()));
            if is_raw && bytes[end - 1] != b'/' {
                at = end_of_raw(bytes, end, raw.as_bytes());
            }
        }
    }
    most
}

/// How many attributes the tag has whose name begins at `at`, and where its > stands.
fn attributes(bytes: &[u8], at: usize) -> (usize, usize) {
    let mut count = 0;
    let mut quote = None;
    let mut before = b'<';
    for (at, byte) in bytes.iter().copied().enumerate().skip(at) {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (count, at),
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {
                let parted = before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'');
                let names = !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'=');
                count += usize::from(parted && names);
            }
        }
        // White space after = does not part the value from it.
        if before != b'=' || !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (count, bytes.len())
}

/// Where `</script` or `</style` stands after `from`, else the end.
fn end_of_raw(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let rest = &bytes[from..];
    let ends = rest
        .windows(name.len() + 2)
        .position(|window| window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name));
    ends.map_or(bytes.len(), |at| from + at)
}

/// A line of text and the element it stands in.
struct Line {
    text: String,
    /// Bytes of `text` that are links.
    linked: usize,
    element: usize,
    mark: Mark,
    /// Line of the file.
    line: u64,
}

impl Line {
    /// Chars that count as prose.
    fn prose(&self) -> usize {
        let sentence = self
            .text
            .ends_with(['。', '！', '？', '：', '；', '”', '）', '.', ';']);
        if self.linked * 2 > self.text.len() {
            0
        } else if sentence {
            self.text.chars().count()
        } else {
            self.text.chars().count() / 4
        }
    }
}

/// Elements met, by parent; text lines in order.
#[derive(Default)]
struct State {
    /// Parent of each element; the page itself is element 0.
    parents: Vec<usize>,
    /// Names of the open elements and their indices.
    open: Vec<(LocalName, usize)>,
    /// Elements opened beyond [`DEEPEST`].
    overflow: usize,
    hidden: usize,
    links: usize,
    bold: usize,
    heading: u8,
    title: String,
    in_title: bool,
    text: String,
    linked: usize,
    bold_chars: usize,
    /// Nothing but bold text so far on this line.
    all_bold: bool,
    lines: Vec<Line>,
}

#[derive(Default)]
struct Page(RefCell<State>);

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
        if self.hidden > 0 || self.in_title {
            return;
        }
        let start = self.text.len();
        for c in text.chars() {
            let c = if matches!(c, '\u{a0}' | '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            };
            // White space collapses, as on the screen; the ideographic space does not.
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
            // Cells of a row stay on one line.
            if matches!(name, "td" | "th") {
                if self.hidden == 0 && !self.text.trim().is_empty() && !self.text.ends_with('\t') {
                    self.text.push('\t');
                }
            } else {
                self.end_line(line);
            }
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
        match name {
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
            if self.parents.is_empty() {
                self.parents.push(0);
            }
            let element = self.parents.len();
            self.parents.push(parent);
            self.open.push((tag.name.clone(), element));
            if HIDDEN.contains(&name) || self.hidden > 0 || is_hidden(tag) {
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
        // An end without a start ends nothing.
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
            },
            line,
        });
    }

    fn finish(mut self) -> Split {
        let last = self.lines.last().map_or(1, |line| line.line);
        self.end_line(last);
        let mut split = Split {
            title: Some(page_title(&self.title)).filter(|title| !title.is_empty()),
            ..Split::default()
        };
        let main = self.main_element();
        let inside: Vec<bool> = self
            .lines
            .iter()
            .map(|line| self.is_within(line.element, main))
            .collect();
        // A title above the report's element is the report's.
        for (line, inside) in self.lines.iter().zip(inside) {
            let number = usize::try_from(line.line).unwrap_or(usize::MAX);
            let heading = line.text.contains("政府工作报告") && line.mark.heading > 0;
            let menu = line.linked * 2 > line.text.len() && line.text.chars().count() < 60;
            if (inside || heading) && !menu {
                split.add_line(number, &line.text, line.mark);
            } else {
                split.leave_out(number, &line.text);
            }
        }
        split
    }

    /// The innermost element that holds most of the prose.
    fn main_element(&self) -> usize {
        let mut prose = vec![0; self.parents.len().max(1)];
        for line in &self.lines {
            prose[line.element] += line.prose();
        }
        // Children come after their parents.
        for element in (1..self.parents.len()).rev() {
            prose[self.parents[element]] += prose[element];
        }
        let total = prose[0];
        let holds = |element: &usize| total > 0 && prose[*element] * 100 >= total * MOST;
        (1..self.parents.len())
            .rev()
            .filter(holds)
            .max_by_key(|element| self.depth(*element))
            .unwrap_or(0)
    }

    fn depth(&self, mut element: usize) -> usize {
        let mut depth = 0;
        while element > 0 {
            element = self.parents[element];
            depth += 1;
        }
        depth
    }

    fn is_within(&self, mut element: usize, main: usize) -> bool {
        while element > main {
            element = self.parents[element];
        }
        element == main
    }
}

/// True for elements that the page does not show.
fn is_hidden(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attr| {
        let value = attr.value.as_ref();
        match attr.name.local.as_ref() {
            "hidden" => true,
            "style" => value.replace(' ', "").contains("display:none"),
            _ => false,
        }
    })
}

/// The page's title without the site's name.
fn page_title(title: &str) -> String {
    let title = title.trim();
    let pieces = title.split(['_', '-', '|', '—', '–']).map(str::trim);
    let named = pieces.clone().find(|piece| piece.contains("政府工作报告"));
    named
        .or_else(|| pieces.clone().next())
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8">
<title>2024年某县政府工作报告_某县人民政府</title><style>p{color:red}</style></head><body>
<div class="top"><a href="/">首页</a> | <a href="/x">政务公开</a></div>
<div class="nav"><ul><li><a href="/1">机构职能</a></li><li><a href="/2">政策文件</a></li></ul></div>
<div class="wrap"><h1>2024年某县政府工作报告</h1>
<div class="info">来源：某县人民政府 发布时间：2024-01-25 <a href="javascript:">【打印】</a></div>
<div class="TRS_Editor"><p>　　各位代表：</p><p>&nbsp;&nbsp;现在，我代表县人民政府，向大会报告工作，请予审议。</p>
<p><strong>一、2023年工作回顾</strong></p><p><b>（一）经济稳中有进。</b>生产总值增长7%，迈上新台阶。</p>
<p style="display: none">看不见的文字。</p><script>var a = "<p>脚本。</p>";</script>
<p>坚持不懈，久久为功。<br>再接再厉，乘势而上。</p></div></div>
<div class="foot">主办：某县人民政府办公室　网站标识码：6211210001</div></body></html>"#;

    #[test]
    fn the_report_is_found_and_the_page_around_it_dropped() {
        let split = read(PAGE).expect("few attributes");
        let shown: Vec<String> = split
            .paragraphs
            .iter()
            .map(|p| format!("{} {} {}", p.mark.heading, p.mark.bold, p.text))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        1 0 2024年某县政府工作报告
        0 0 各位代表：
        0 0 现在，我代表县人民政府，向大会报告工作，请予审议。
        0 11 一、2023年工作回顾
        0 10 （一）经济稳中有进。生产总值增长7%，迈上新台阶。
        0 0 坚持不懈，久久为功。
        0 0 再接再厉，乘势而上。
        ");
        assert_eq!(split.title.as_deref(), Some("2024年某县政府工作报告"));
    }

    #[test]
    fn the_page_may_lie_about_its_encoding() {
        let page = PAGE.replace("utf-8", "gb2312");
        assert_eq!(decode(page.as_bytes()).encoding, "UTF-8");
        let (gbk, _, _) = encoding_rs::GBK.encode(&page);
        assert_eq!(decode(&gbk).encoding, "GBK");
        assert!(is_html(PAGE.as_bytes()));
        assert!(!is_html("各位代表".as_bytes()));
    }

    #[test]
    fn deep_nesting_is_flattened() {
        let deep = format!(
            "<html>{}各位代表。{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let split = read(&deep).expect("few attributes");
        assert_eq!(split.paragraphs.len(), 1);
    }

    #[test]
    fn a_tag_of_endless_attributes_is_refused() {
        let many = (0..2_000).map(|n| format!("a{n}=1 ")).collect::<String>();
        assert!(read(&format!("<html><p {many}>")).is_err());
        let script = format!("<html><script>for (i=0;i<n {many}</script>各位代表。");
        assert!(read(&script).is_ok());
        assert!(read(&format!("<html><script/><p {many}>")).is_err());
        assert!(read(&format!("<html><p title=\"{many}\">")).is_ok());
    }
}
