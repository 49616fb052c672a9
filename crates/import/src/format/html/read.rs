//! Recognises web pages and their encoding, and turns them into paragraphs.

use encoding_rs::Encoding;
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tokenizer, TokenizerOpts},
};

use super::{
    super::decode::{self, Decoded},
    attributes,
    lines::Line,
    page::{Page, State},
};
use crate::{error::ImportError, format::grid::Piece, split::Split};

/// True if `bytes` begin like a web page.
pub(in super::super) fn is_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    let head = match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0,
        None => String::from_utf8_lossy(head),
    };
    let head = head.to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|start| head.starts_with(start))
        || (head.starts_with('<') && head.contains("<html"))
}

/// Decodes a page by its declared encoding, or by that of the mail it came in; by guessing where the
/// declared one gives less Chinese.
pub(in super::super) fn decode(bytes: &[u8], told: Option<&str>) -> Decoded {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let label = told.map(str::to_owned).or(label);
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let guessed = decode::decode(bytes);
    // Pages that say GB 2312 and hold UTF-8, or the other way round, are common; and in ISO 8859-1
    // everything is valid.
    if let Some(named) = named.filter(|_| Encoding::for_bom(bytes).is_none())
        && let (text, encoding, false) = named.decode(bytes)
        && decode::likeness(&text) + 0.01 >= decode::likeness(&guessed.text)
    {
        return Decoded {
            text: text.into_owned(),
            encoding: encoding.name(),
        };
    }
    guessed
}

/// Reads the paragraphs of a page; everything around them is left out.
///
/// # Errors
/// [`ImportError::TooLarge`] if a tag has an absurd number of attributes.
pub(in super::super) fn read(text: &str) -> Result<Split, ImportError> {
    if attributes::are_too_many(text) {
        return Err(ImportError::TooLarge);
    }
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    // Scripts are not run, so the tokenizer simply continues after each.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    Ok(paragraphs(&tokenizer.sink.finish()))
}

/// Takes the lines of the report as paragraphs and leaves out the others.
fn paragraphs(page: &State) -> Split {
    let mut split = Split {
        title: Some(page_title(&page.title)).filter(|title| !title.is_empty()),
        ..Split::default()
    };
    let main = page.elements.main(&page.lines);
    let mut at = 0;
    while at < page.lines.len() {
        let line = &page.lines[at];
        let table = line.cell.map(|cell| cell.table);
        let mut cells = Vec::new();
        while let Some(line) = page.lines.get(at)
            && (cells.is_empty() || table.is_some() && line.cell.map(|cell| cell.table) == table)
        {
            if is_content(page, line, main) {
                cells.push(line);
            } else {
                leave_out(&mut split, page, line, main);
            }
            at += 1;
            if table.is_none() {
                break;
            }
        }
        let pieces = match table {
            Some(table) => page.tables.pieces(table, &cells),
            None => cells
                .iter()
                .map(|line| Piece {
                    text: line.text.clone(),
                    mark: line.mark,
                })
                .collect(),
        };
        for piece in pieces {
            split.add_line(number(line), &piece.text, piece.mark);
        }
    }
    split
}

fn number(line: &Line) -> usize {
    usize::try_from(line.line).unwrap_or(usize::MAX)
}

/// True for a line of the report.
fn is_content(page: &State, line: &Line, main: usize) -> bool {
    let inside = page.elements.is_within(line.element, main);
    // The title may precede the main element.
    let heading = line.text.contains("政府工作报告") && line.mark.heading > 0;
    let menu = line.linked * 2 > line.text.len() && line.text.chars().count() < 60;
    (inside || heading) && !menu && line.unseen.is_none()
}

/// Lists a line that is no part of the report; what is hidden around it is nobody's concern.
fn leave_out(split: &mut Split, page: &State, line: &Line, main: usize) {
    match line.unseen {
        None => split.leave_out(number(line), &line.text),
        Some(what) if page.elements.is_within(line.element, main) => {
            split.leave_out(number(line), &format!("（{what}文字）{}", line.text));
        }
        Some(_) => {}
    }
}

/// The title of the page without the name of the site.
fn page_title(title: &str) -> String {
    let title = title.trim();
    let pieces = title.split(['_', '-', '|', '—', '–']).map(str::trim);
    let named = pieces.clone().find(|piece| piece.contains("政府工作报告"));
    named
        .or_else(|| pieces.clone().next())
        .unwrap_or_default()
        .to_owned()
}
