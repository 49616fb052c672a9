//! What a corpus file is called.

use super::folders::in_letters;
use crate::corpus::{DocumentKind, Meta};

/// `2024-work-report.md`; of a document that is no report its title in letters, `linshijiuzhubanfa.md`, and
/// `document.md` where the title has none.
#[must_use]
pub fn file_name(meta: &Meta) -> String {
    match (meta.kind, meta.year) {
        (DocumentKind::WorkReport | DocumentKind::Faq, Some(year)) => {
            format!("{year}-{}.md", meta.kind.name())
        }
        _ => match in_letters(&meta.title) {
            // Without a name it would be hidden and never served.
            none if none.is_empty() => "document.md".to_owned(),
            letters => format!("{letters}.md"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Policy;

    #[test]
    fn a_file_is_named_for_its_year_or_its_title() {
        let name = |kind, year, title: &str| {
            file_name(&Meta {
                title: title.to_owned(),
                place: String::new(),
                year,
                review_year: None,
                issuer: String::new(),
                speaker: String::new(),
                delivered_on: None,
                source: String::new(),
                kind,
                policy: Policy::default(),
            })
        };
        let report = DocumentKind::WorkReport;
        assert_eq!(name(report, Some(2024), "甲"), "2024-work-report.md");
        let document = DocumentKind::Document;
        assert_eq!(name(document, None, "低保办法"), "dibaobanfa.md");
        assert_eq!(name(document, None, "../《》"), "document.md");
    }
}
