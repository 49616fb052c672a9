//! Footnotes and endnotes, in the order in which the text refers to them.
//!
//! Word numbers notes by their references; their ids, and their order in the file, are those in which
//! they were written.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use super::xml::{attribute, walk};
use crate::error::ImportError;

/// Footnotes and endnotes, which have ids of their own each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Footnote,
    Endnote,
}

/// A note.
#[derive(Debug)]
pub(super) struct Note {
    kind: Kind,
    id: String,
    text: String,
}

/// The references to notes, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct References {
    orders: HashMap<(Kind, String), usize>,
    /// Those in text that a revision deletes.
    deleted: HashSet<(Kind, String)>,
}

/// Texts of notes.
#[derive(Debug, Default)]
pub(super) struct Ordered {
    /// In the order of their references, those without one last.
    pub(super) kept: Vec<String>,
    /// Those to which only deleted text refers.
    pub(super) deleted: Vec<String>,
}

impl References {
    /// Adds the reference `tag`; `deleted` if a revision deletes the text around it.
    pub(super) fn add(&mut self, name: &str, tag: &BytesStart<'_>, deleted: bool) {
        let kind = if name == "endnoteReference" {
            Kind::Endnote
        } else {
            Kind::Footnote
        };
        let reference = (kind, attribute(tag, "id").unwrap_or_default());
        if deleted {
            self.deleted.insert(reference);
        } else {
            let next = self.orders.len();
            self.orders.entry(reference).or_insert(next);
        }
    }

    /// Puts notes in the order of their references.
    pub(super) fn order(&self, notes: Vec<Note>) -> Ordered {
        let mut ordered = Ordered::default();
        let mut kept = Vec::new();
        for note in notes {
            let reference = (note.kind, note.id);
            match self.orders.get(&reference) {
                None if self.deleted.contains(&reference) => ordered.deleted.push(note.text),
                order => kept.push((order.copied().unwrap_or(usize::MAX), note.text)),
            }
        }
        // The sort is stable: notes without a reference keep the order of the file.
        kept.sort_by_key(|(order, _)| *order);
        ordered.kept = kept.into_iter().map(|(_, text)| text).collect();
        ordered
    }
}

/// Reads footnotes.xml or endnotes.xml; the lines that part notes from text are none.
pub(super) fn read(xml: &str) -> Result<Vec<Note>, ImportError> {
    let mut notes = Vec::new();
    let mut note: Option<Note> = None;
    let mut in_text = false;
    // Depth of the open elements, and that of the one whose text is passed over.
    let (mut depth, mut skipped) = (0_usize, None);
    walk(xml, |tag, text| match tag {
        None => {
            if let Some(note) = note.as_mut().filter(|_| in_text && skipped.is_none()) {
                note.text.push_str(text);
            }
        }
        Some((name, tag, true)) => {
            depth += 1;
            match name {
                "t" => in_text = true,
                "del" | "moveFrom" | "rt" | "Fallback" => skipped = skipped.or(Some(depth)),
                "noBreakHyphen" => {
                    if let Some(note) = &mut note {
                        note.text.push('-');
                    }
                }
                "footnote" => note = begun(Kind::Footnote, tag),
                "endnote" => note = begun(Kind::Endnote, tag),
                _ => {}
            }
        }
        Some((name, _, false)) => {
            if skipped == Some(depth) {
                skipped = None;
            }
            depth = depth.saturating_sub(1);
            match name {
                "t" => in_text = false,
                "footnote" | "endnote" => notes.extend(note.take()),
                _ => {}
            }
        }
    })?;
    for note in &mut notes {
        note.text = note.text.trim().to_owned();
    }
    notes.retain(|note| !note.text.is_empty());
    Ok(notes)
}

/// The note that `tag` begins; separators have a type.
fn begun(kind: Kind, tag: &BytesStart<'_>) -> Option<Note> {
    attribute(tag, "type")
        .is_none_or(|of| of == "normal")
        .then(|| Note {
            kind,
            id: attribute(tag, "id").unwrap_or_default(),
            text: String::new(),
        })
}
