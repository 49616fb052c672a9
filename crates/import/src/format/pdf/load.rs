//! The objects of a file, read within limits.

use std::cell::Cell;

use lopdf::{Document, FilterFunc, LoadOptions, Object, ObjectId};

use crate::error::ImportError;

/// Bytes that a stream of objects may have when unpacked: each object takes fifty times its length.
const OBJECT_STREAM: usize = 2 * 1024 * 1024;
/// Objects that the file may have; a report has a few thousand.
const OBJECTS: usize = 150_000;

thread_local! {
    /// Objects that the file being loaded may still have.
    static OBJECTS_LEFT: Cell<usize> = const { Cell::new(0) };
}

/// The file's objects, of which there may be [`OBJECTS`].
pub(super) fn load(bytes: &[u8]) -> Result<Document, ImportError> {
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
