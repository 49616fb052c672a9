//! Recognises web pages and their encoding, and turns them into paragraphs.

use encoding_rs::Encoding;
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tokenizer, TokenizerOpts},
};

use super::{
    super::decode::{self, Decoded},
    attributes,
    page::{Page, State},
};
use crate::{error::ImportError, split::Split};

/// True if `bytes` begin like a web page.
pub(in super::super) fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|start| head.starts_with(start))
        || (head.starts_with('<') && head.contains("<html"))
}

/// Decodes a page by its declared encoding if that is valid, else by guessing.
pub(in super::super) fn decode(bytes: &[u8]) -> Decoded {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    // Pages that say GB 2312 and hold UTF-8, or the other way round, are common.
    if let Some(named) = named.filter(|_| Encoding::for_bom(bytes).is_none())
        && let (text, encoding, false) = named.decode(bytes)
    {
        return Decoded {
            text: text.into_owned(),
            encoding: encoding.name(),
        };
    }
    decode::decode(bytes)
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
    for line in &page.lines {
        let number = usize::try_from(line.line).unwrap_or(usize::MAX);
        let inside = page.elements.is_within(line.element, main);
        // The title may precede the main element.
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
