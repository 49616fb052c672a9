//! Loads the objects of a file within limits.

use std::cell::Cell;

use lopdf::{Document, FilterFunc, LoadOptions, Object, ObjectId};

use crate::error::ImportError;

/// Maximum unpacked size of an object stream, in bytes: objects take fifty times their length.
const OBJECT_STREAM: usize = 2 * 1024 * 1024;
/// Maximum number of objects; a report has a few thousand.
const OBJECTS: usize = 150_000;

thread_local! {
    /// Remaining objects of the file being loaded.
    static OBJECTS_LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Loads a file of at most [`OBJECTS`] objects.
pub(super) fn load(bytes: &[u8]) -> Result<Document, ImportError> {
    let document = load_filtered(bytes, Some(counted))?;
    if OBJECTS_LEFT.get() == 0 {
        return Err(ImportError::TooLarge);
    }
    // lopdf rebuilds a lost page tree only if no filter is set.
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

/// Filter that passes objects until the budget is used up.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = OBJECTS_LEFT.get();
    OBJECTS_LEFT.set(left.saturating_sub(1));
    (left > 0).then(|| (id, std::mem::replace(object, Object::Null)))
}
