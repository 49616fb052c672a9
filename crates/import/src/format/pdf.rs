//! PDF with a text layer: lines by their place on the page, joined to paragraphs again.
//!
//! lopdf reads the objects and the fonts' encodings; what is drawn where is followed here as far as
//! text needs it (ISO 32000-1, 9.4). Running heads, page numbers and line breaks are taken out. A
//! page without text is a picture of one: such a file is refused with advice, for guessing at
//! characters is not quoting.

use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::LazyLock,
};

use encoding_rs::GB18030;
use lopdf::{
    Dictionary, Document, Encoding, FilterFunc, LoadOptions, Object, ObjectId, content::Content,
};
use regex::Regex;

use crate::{
    error::ImportError,
    line_join::{self, Line},
    paragraph::Mark,
    split::Split,
};
use wenzheng_text::han::is_han;

/// Bytes that one stream of the file may have when unpacked.
const STREAM: usize = 16 * 1024 * 1024;
/// Bytes that all pages may have when unpacked.
const CONTENT: usize = 96 * 1024 * 1024;
/// Bytes that a stream of objects may have when unpacked: each object takes fifty times its length.
const OBJECT_STREAM: usize = 2 * 1024 * 1024;
/// Objects that the file may have; a report has a few thousand.
const OBJECTS: usize = 150_000;
/// Pages read; reports have thirty.
const PAGES: usize = 2_000;
/// Drawing operations followed.
const OPERATIONS: usize = 6_000_000;
/// Chinese characters a page must have on average to count as text.
const LEAST: usize = 20;
/// Saved graphics states at a time.
const STATES: usize = 256;

/// A page's number: 3, — 3 —, 第3页, 3/20.
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s—–\-－·•~第]*\d{1,4}[\s—–\-－·•~页共/]*(?:\d{1,4}[\s页]*)?$")
        .expect("the pattern is tested")
});

/// The paragraphs of a file.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::Locked`], [`ImportError::Scanned`] or
/// [`ImportError::TooLarge`].
pub(crate) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    // lopdf is careful with hostile files; should it panic all the same, the file is at fault.
    catch_unwind(AssertUnwindSafe(|| paragraphs(bytes))).unwrap_or(Err(ImportError::Damaged("PDF")))
}

fn paragraphs(bytes: &[u8]) -> Result<Split, ImportError> {
    let document = load(bytes)?;
    if document.is_encrypted() {
        return Err(ImportError::Locked);
    }
    let mut left = Budget {
        content: CONTENT,
        operations: OPERATIONS,
    };
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let mut unreadable = 0;
    for page in document.page_iter().take(PAGES) {
        let fonts = fonts(&document, page);
        let mut reader = Page::new(&document, &fonts)?;
        reader.read(&document, page, &mut left)?;
        unreadable += reader.unreadable;
        pages.push(reader.lines());
    }
    let han = |line: &Line| line.text.chars().filter(|c| is_han(*c)).count();
    let readable: usize = pages.iter().flatten().map(han).sum();
    if pages.is_empty() {
        return Err(ImportError::Damaged("PDF"));
    }
    if readable < LEAST * pages.len() || unreadable > readable * 2 {
        return Err(ImportError::Scanned);
    }
    Ok(assemble(pages))
}

thread_local! {
    /// Objects that the file being loaded may still have.
    static OBJECTS_LEFT: Cell<usize> = const { Cell::new(0) };
}

/// The file's objects, of which there may be [`OBJECTS`].
fn load(bytes: &[u8]) -> Result<Document, ImportError> {
    let document = load_filtered(bytes, Some(counted))?;
    if OBJECTS_LEFT.get() == 0 {
        return Err(ImportError::TooLarge);
    }
    // A lost page tree is put together again only when no object is filtered.
    if document.page_iter().next().is_none() && !document.is_encrypted() {
        return load_filtered(bytes, None);
    }
    Ok(document)
}

fn load_filtered(bytes: &[u8], filter: Option<FilterFunc>) -> Result<Document, ImportError> {
    OBJECTS_LEFT.set(OBJECTS);
    let options = LoadOptions {
        max_decompressed_size: Some(OBJECT_STREAM),
        filter,
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decompress(_) => ImportError::TooLarge,
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => ImportError::Locked,
        _ => ImportError::Damaged("PDF"),
    })
}

/// Lets an object pass as long as there may be more.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = OBJECTS_LEFT.get();
    OBJECTS_LEFT.set(left.saturating_sub(1));
    (left > 0).then(|| (id, std::mem::replace(object, Object::Null)))
}

/// What a file may still cost.
struct Budget {
    content: usize,
    operations: usize,
}

/// A run of text as it was drawn.
struct Run {
    x: f32,
    y: f32,
    size: f32,
    end: f32,
    bold: bool,
    text: String,
}

/// How bytes of a font become text.
enum Font<'a> {
    Encoding(Encoding<'a>),
    /// GBK-EUC-H and the like.
    Gbk,
    Unreadable,
}

/// Where text is drawn, as far as horizontal text needs it.
#[derive(Clone, Copy)]
struct State {
    /// Scale and shift of the page: x = a·x + e, y = d·y + f.
    page: [f32; 4],
    size: f32,
    leading: f32,
    font: usize,
}

struct Page<'a> {
    fonts: HashMap<Vec<u8>, usize>,
    readers: Vec<(Font<'a>, bool)>,
    runs: Vec<Run>,
    unreadable: usize,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, files: &'a [FontFile]) -> Result<Self, ImportError> {
        let mut fonts = HashMap::new();
        let mut readers = vec![(Font::Unreadable, false)];
        for file in files {
            fonts.insert(file.name.clone(), readers.len());
            readers.push((font_reader(document, file)?, file.bold));
        }
        Ok(Self {
            fonts,
            readers,
            runs: Vec::new(),
            unreadable: 0,
        })
    }

    fn read(
        &mut self,
        document: &Document,
        page: lopdf::ObjectId,
        left: &mut Budget,
    ) -> Result<(), ImportError> {
        let content = document
            .get_page_content_with_limit(page, left.content)
            .map_err(|_| ImportError::TooLarge)?;
        left.content -= content.len().min(left.content);
        let mut state = State {
            page: [1.0, 1.0, 0.0, 0.0],
            size: 10.0,
            leading: 0.0,
            font: 0,
        };
        let mut saved = Vec::new();
        // Line start and text scale: x = a·x + e within the text matrix.
        let mut text = Text::default();
        for operation in Content::decode_iter(&content) {
            // What cannot be read further ends the page, not the file.
            let Ok(operation) = operation else { break };
            if left.operations == 0 {
                return Err(ImportError::TooLarge);
            }
            left.operations -= 1;
            let operands = &operation.operands;
            let number = |n: usize| operands.get(n).map_or(0.0, as_number);
            match operation.operator.as_str() {
                "q" if saved.len() < STATES => saved.push(state),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => {
                    let [a, d, e, f] = state.page;
                    state.page = [
                        number(0) * a,
                        number(3) * d,
                        number(4) * a + e,
                        number(5) * d + f,
                    ];
                }
                "BT" => text = Text::default(),
                "Tf" => {
                    let name = operands
                        .first()
                        .and_then(|o| o.as_name().ok())
                        .unwrap_or_default();
                    state.font = self.fonts.get(name).copied().unwrap_or(0);
                    state.size = number(1).abs();
                }
                "TL" => state.leading = number(0),
                "Tm" => text.set([number(0), number(3), number(4), number(5)]),
                "Td" => text.shift(number(0), number(1)),
                "TD" => {
                    state.leading = -number(1);
                    text.shift(number(0), number(1));
                }
                "T*" => text.shift(0.0, -state.leading),
                "Tj" => self.show(operands.first(), &state, &mut text),
                "'" => {
                    text.shift(0.0, -state.leading);
                    self.show(operands.first(), &state, &mut text);
                }
                "\"" => {
                    text.shift(0.0, -state.leading);
                    self.show(operands.get(2), &state, &mut text);
                }
                "TJ" => {
                    let pieces = operands.first().and_then(|o| o.as_array().ok());
                    for piece in pieces.into_iter().flatten() {
                        match piece {
                            Object::String(..) => self.show(Some(piece), &state, &mut text),
                            other => {
                                text.x -= as_number(other) / 1000.0 * state.size * text.scale[0]
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, string: Option<&Object>, state: &State, text: &mut Text) {
        let Some(Object::String(bytes, _)) = string else {
            return;
        };
        let (font, bold) = &self.readers[state.font];
        let shown = match font {
            Font::Encoding(encoding) => encoding.bytes_to_string(bytes).ok(),
            Font::Gbk => Some(GB18030.decode_without_bom_handling(bytes).0.into_owned()),
            Font::Unreadable => None,
        };
        let Some(shown) = shown else {
            self.unreadable += bytes.len() / 2;
            return;
        };
        let shown: String = shown.chars().filter(|c| !c.is_control()).collect();
        self.unreadable += shown.chars().filter(|c| *c == '\u{fffd}').count();
        let ems: f32 = shown
            .chars()
            .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
            .sum();
        let width = ems * state.size * text.scale[0].abs();
        let [a, d, e, f] = state.page;
        if !shown.is_empty() {
            self.runs.push(Run {
                x: text.x * a + e,
                y: text.y * d + f,
                size: (state.size * text.scale[1] * d).abs().max(1.0),
                end: (text.x + width) * a + e,
                bold: *bold,
                text: shown,
            });
        }
        text.x += width;
    }

    /// The runs as lines from top to bottom.
    fn lines(mut self) -> Vec<Line> {
        self.runs
            .retain(|run| run.x.is_finite() && run.y.is_finite() && run.end.is_finite());
        // A stable sort keeps the drawing order of what stands in one place.
        self.runs.sort_by(|a, b| b.y.total_cmp(&a.y));
        let mut rows: Vec<Vec<Run>> = Vec::new();
        for run in self.runs {
            match rows.last_mut() {
                Some(row) if (row[0].y - run.y).abs() < row[0].size * 0.5 => row.push(run),
                _ => rows.push(vec![run]),
            }
        }
        rows.into_iter()
            .map(line)
            .filter(|line| !line.text.trim().is_empty())
            .collect()
    }
}

fn line(mut row: Vec<Run>) -> Line {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = row.iter().map(|run| run.size).fold(0.0, f32::max);
    let mut text = String::new();
    let mut end = row[0].x;
    for run in &row {
        if run.x - end > size * 1.5 && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = end.max(run.end);
    }
    Line {
        x: row[0].x,
        end,
        size,
        bold: row.iter().all(|run| run.bold || run.text.trim().is_empty()),
        text: text.trim().to_owned(),
    }
}

/// The text matrix, without rotation.
struct Text {
    scale: [f32; 2],
    /// Where the line began.
    start: [f32; 2],
    x: f32,
    y: f32,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            scale: [1.0, 1.0],
            start: [0.0, 0.0],
            x: 0.0,
            y: 0.0,
        }
    }
}

impl Text {
    fn set(&mut self, [a, d, e, f]: [f32; 4]) {
        self.scale = [a, d];
        self.start = [e, f];
        (self.x, self.y) = (e, f);
    }

    fn shift(&mut self, x: f32, y: f32) {
        self.start = [
            self.start[0] + x * self.scale[0],
            self.start[1] + y * self.scale[1],
        ];
        [self.x, self.y] = self.start;
    }
}

/// A font of a page.
struct FontFile {
    name: Vec<u8>,
    /// Without `Encoding` where `ToUnicode` tells better.
    dictionary: Dictionary,
    bold: bool,
    /// Names glyphs and nothing else.
    unreadable: bool,
}

/// The fonts of a page. What a font maps to Unicode goes before how it names its glyphs: fonts that
/// a printer made up (Type 3) name them g1, g2, ….
fn fonts(document: &Document, page: lopdf::ObjectId) -> Vec<FontFile> {
    let found: BTreeMap<Vec<u8>, &Dictionary> = document.get_page_fonts(page).unwrap_or_default();
    let font = |(name, font): (Vec<u8>, &Dictionary)| {
        let value = |key: &[u8]| {
            font.get_deref(key, document)
                .and_then(Object::as_name)
                .unwrap_or_default()
        };
        let base = String::from_utf8_lossy(value(b"BaseFont")).to_lowercase();
        let mapped = font
            .get_deref(b"ToUnicode", document)
            .is_ok_and(|map| map.as_stream().is_ok());
        let glyphs = value(b"Encoding").starts_with(b"Identity") || value(b"Subtype") == b"Type3";
        let mut dictionary = font.clone();
        if mapped {
            dictionary.remove(b"Encoding");
            dictionary.set("Type", Object::Name(b"Font".to_vec()));
        }
        FontFile {
            name,
            dictionary,
            bold: ["bold", "hei", "黑", "xiaobiaosong"]
                .iter()
                .any(|word| base.contains(word)),
            unreadable: glyphs && !mapped,
        }
    };
    found.into_iter().map(font).collect()
}

/// How to read a font's bytes.
fn font_reader<'a>(document: &'a Document, font: &'a FontFile) -> Result<Font<'a>, ImportError> {
    if font.unreadable {
        return Ok(Font::Unreadable);
    }
    match font
        .dictionary
        .get_font_encoding_with_limit(document, STREAM)
    {
        Ok(Encoding::SimpleEncoding(name)) if is_gbk(name) => Ok(Font::Gbk),
        Ok(encoding) => Ok(Font::Encoding(encoding)),
        Err(lopdf::Error::Decompress(_)) => Err(ImportError::TooLarge),
        Err(_) => Ok(Font::Unreadable),
    }
}

fn is_gbk(name: &[u8]) -> bool {
    name.starts_with(b"GB") || name.starts_with(b"gb")
}

fn as_number(object: &Object) -> f32 {
    match object {
        Object::Integer(n) => *n as f32,
        Object::Real(n) => *n,
        _ => 0.0,
    }
}

/// Pages to paragraphs: running heads and page numbers out, lines joined.
fn assemble(pages: Vec<Vec<Line>>) -> Split {
    let mut split = Split::default();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        for line in edges(page) {
            *repeated.entry(without_figures(&line.text)).or_default() += 1;
        }
    }
    let many = (pages.len() / 3).max(3);
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for (n, page) in pages.into_iter().enumerate() {
        let last = page.len();
        for (at, line) in page.into_iter().enumerate() {
            let edge = at < 2 || at + 2 >= last;
            let running = repeated
                .get(&without_figures(&line.text))
                .is_some_and(|times| *times >= many);
            if edge
                && (PAGE_NUMBER.is_match(&line.text) || (running && line.text.chars().count() < 40))
            {
                split.leave_out(n + 1, &line.text);
            } else {
                lines.push((n + 1, line));
            }
        }
    }
    for paragraph in line_join::join(&lines) {
        split.add_line(
            paragraph.line,
            &paragraph.text,
            Mark {
                heading: 0,
                bold: paragraph.bold,
            },
        );
    }
    split
}

/// The first and last two lines of a page.
fn edges(page: &[Line]) -> impl Iterator<Item = &Line> {
    let last = page.len();
    page.iter()
        .enumerate()
        .filter(move |(n, _)| *n < 2 || n + 2 >= last)
        .map(|(_, line)| line)
}

fn without_figures(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for text in ["3", "— 3 —", "-12-", "第3页", "第 3 页 共 20 页", "3/20"] {
            assert!(PAGE_NUMBER.is_match(text), "{text}");
        }
        for text in ["2024年", "一、3", "增长3", "3.5%"] {
            assert!(!PAGE_NUMBER.is_match(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert_eq!(read(b"%PDF-1.7\n").err(), Some(ImportError::Damaged("PDF")));
    }
}
