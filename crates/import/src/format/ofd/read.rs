//! Finds the pages of a file, and turns them into paragraphs.

use std::collections::HashMap;

use wenzheng_text::han::is_han;

use super::page::Page;
use crate::{
    error::ImportError,
    format::{
        archive::Archive,
        placed::{PageText, assemble},
        xml::{attribute, walk},
    },
    split::Split,
};

/// Maximum number of pages and templates.
const PAGES: usize = 2_000;

/// Pages and templates of a document, each with its id and its name in the archive.
#[derive(Debug, Default)]
struct Document {
    pages: Vec<String>,
    templates: HashMap<String, String>,
}

/// Reads the paragraphs of a file.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::Locked`], [`ImportError::Scanned`], [`ImportError::Empty`]
/// or [`ImportError::TooLarge`].
pub(in super::super) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    let mut archive = Archive::open(bytes, "OFD")?;
    let encrypted = archive
        .names()
        .any(|name| name.to_lowercase().contains("encrypt"));
    paragraphs(&mut archive).map_err(|error| match error {
        ImportError::Damaged(_) if encrypted => ImportError::Locked,
        error => error,
    })
}

fn paragraphs(archive: &mut Archive<'_>) -> Result<Split, ImportError> {
    let root = archive.entry("OFD.xml")?;
    let mut pages = Vec::new();
    let (mut readable, mut unreadable, mut pictures) = (0, 0, false);
    for document in roots(&root.ok_or(ImportError::Damaged("OFD"))?)? {
        let (name, xml) = part(archive, "", &document)?.ok_or(ImportError::Damaged("OFD"))?;
        let document = Document::read(&xml)?;
        // A template is read with the first page that it belongs to.
        let mut templates = document.templates;
        for page in &document.pages {
            // A page that is missing costs no other page.
            let Some((_, xml)) = part(archive, &name, page)? else {
                continue;
            };
            let mut reader = Page::default();
            reader.read(&xml)?;
            for template in std::mem::take(&mut reader.templates) {
                if let Some(template) = templates.remove(&template)
                    && let Some((_, xml)) = part(archive, &name, &template)?
                {
                    reader.read(&xml)?;
                }
            }
            let (han, other) = reader.legible(is_han);
            readable += han;
            unreadable += other;
            pictures |= reader.pictures;
            let scanned = han == 0 && reader.pictures;
            let (items, across) = reader.items();
            pages.push(PageText {
                items,
                across,
                scanned,
            });
            if pages.len() > PAGES {
                return Err(ImportError::TooLarge);
            }
        }
    }
    if readable == 0 && pictures || unreadable > readable * 2 {
        return Err(ImportError::Scanned);
    }
    Ok(assemble(pages))
}

/// The documents that OFD.xml names.
fn roots(xml: &str) -> Result<Vec<String>, ImportError> {
    let mut roots = Vec::new();
    let mut root: Option<String> = None;
    walk("OFD", xml, |tag, text| match tag {
        None => {
            if let Some(root) = &mut root {
                root.push_str(text);
            }
        }
        Some(("DocRoot", _, true)) => root = Some(String::new()),
        Some(("DocRoot", _, false)) => roots.extend(root.take()),
        Some(_) => {}
    })?;
    if roots.is_empty() {
        return Err(ImportError::Damaged("OFD"));
    }
    Ok(roots)
}

impl Document {
    fn read(xml: &str) -> Result<Self, ImportError> {
        let mut document = Self::default();
        walk("OFD", xml, |tag, _| {
            let Some((name @ ("Page" | "TemplatePage"), tag, true)) = tag else {
                return;
            };
            let Some(part) = attribute(tag, "BaseLoc") else {
                return;
            };
            if name == "Page" {
                document.pages.push(part);
            } else {
                let id = attribute(tag, "ID").unwrap_or_default();
                document.templates.insert(id, part);
            }
        })?;
        if document.pages.len() > PAGES || document.templates.len() > PAGES {
            return Err(ImportError::TooLarge);
        }
        Ok(document)
    }
}

/// Name and text of a part that the part `from` names; some programs forget the folder.
fn part(
    archive: &mut Archive<'_>,
    from: &str,
    named: &str,
) -> Result<Option<(String, String)>, ImportError> {
    for from in [from, ""] {
        let name = resolve(from, named);
        if let Some(text) = archive.entry(&name)? {
            return Ok(Some((name, text)));
        }
    }
    Ok(None)
}

/// The name in the archive of what the part `from` calls `named`.
fn resolve(from: &str, named: &str) -> String {
    let named = named.trim().replace('\\', "/");
    let folder = match from.rsplit_once('/') {
        Some((folder, _)) if !named.starts_with('/') => folder,
        _ => "",
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(named.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_the_folder_or_the_root() {
        for (from, named, name) in [
            ("", "Doc_0/Document.xml", "Doc_0/Document.xml"),
            (
                "Doc_0/Document.xml",
                "Pages/Page_0/Content.xml",
                "Doc_0/Pages/Page_0/Content.xml",
            ),
            ("Doc_0/Document.xml", "/Doc_0/a.xml", "Doc_0/a.xml"),
            ("Doc_0/Document.xml", ".\\..\\..\\..\\etc", "etc"),
        ] {
            assert_eq!(resolve(from, named), name);
        }
    }
}
