//! Turns a page into paragraphs.

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tokenizer, TokenizerOpts},
};

use super::{
    attributes,
    page::{Lines, Page},
};
use crate::{error::ImportError, split::Split};

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
fn paragraphs(lines: &Lines) -> Split {
    let mut split = Split {
        title: Some(page_title(&lines.title)).filter(|title| !title.is_empty()),
        ..Split::default()
    };
    let main = lines.elements.main(&lines.lines);
    for line in &lines.lines {
        let number = usize::try_from(line.line).unwrap_or(usize::MAX);
        let inside = lines.elements.is_within(line.element, main);
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
