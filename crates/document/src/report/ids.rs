//! Stable ids of passages.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use wenzheng_text::hex;

use crate::model::{DocumentId, PassageId};

/// Generates the ids of a document's passages: hashes of document, heading path, text and, to tell
/// repetitions apart, of how often these occurred before.
#[derive(Debug, Default)]
pub(super) struct PassageIds {
    seen: HashMap<String, usize>,
}

impl PassageIds {
    /// Returns the id of the next passage below `path`.
    pub(super) fn next(&mut self, document: &DocumentId, path: &[String], text: &str) -> PassageId {
        let content = format!("{document}\n{}\n{text}", path.join("\n"));
        let seen = self.seen.entry(content.clone()).or_insert(0);
        let hash = Sha256::digest(format!("{content}\n{seen}"));
        *seen += 1;
        PassageId(hex::encode(&hash[..8]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_document_path_and_text_and_tells_repetitions_apart() {
        let document = |id: &str| DocumentId(id.to_owned());
        let path = |heading: &str| [heading.to_owned()];
        let mut ids = PassageIds::default();
        let all = [
            ids.next(&document("a"), &path("一"), "修路。"),
            ids.next(&document("a"), &path("一"), "修路。"),
            ids.next(&document("a"), &path("二"), "修路。"),
            ids.next(&document("b"), &path("一"), "修路。"),
            ids.next(&document("a"), &path("一"), "供水。"),
        ];
        let distinct: std::collections::HashSet<&PassageId> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        let again = PassageIds::default().next(&document("a"), &path("一"), "修路。");
        assert_eq!(again, all[0]);
    }
}
