//! Links to passages: the web page of the section, with the quote marked.

use crate::{answer::Citation, corpus::PassageId};

/// The page of a section, opened at a passage, with all of the passage marked.
#[must_use]
pub fn of_passage(id: &PassageId) -> String {
    format!("/p/{id}#p-{id}")
}

/// The page of a passage with `quote` marked in it. `at` is a half-open range of characters, which
/// is readable in a URL and stays valid since a passage keeps its id only while its text is the
/// same.
#[must_use]
pub fn of_quote(id: &PassageId, passage: &str, quote: &str) -> String {
    match passage.find(quote) {
        Some(start) if !quote.is_empty() && quote.len() < passage.len() => {
            let from = passage[..start].chars().count();
            let to = from + quote.chars().count();
            format!("/p/{id}?at={from}-{to}#quote")
        }
        _ => of_passage(id),
    }
}

/// Like [`of_quote`], for a citation.
#[must_use]
pub fn of_citation(citation: &Citation) -> String {
    of_quote(&citation.passage_id, &citation.passage, &citation.quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_characters_of_its_quote() {
        let id = PassageId("p1".into());
        assert_eq!(
            of_quote(&id, "修路。架桥。", "架桥。"),
            "/p/p1?at=3-6#quote"
        );
        assert_eq!(of_quote(&id, "修路。", "修路。"), "/p/p1#p-p1");
    }
}
