//! The digest that binds rules to a document.

use sha2::{Digest, Sha256};
use wenzheng_text::hex;

/// The digest of a document: `sha256:` and the SHA-256 of its text after the front matter, trimmed, with one
/// line feed at the end.
///
/// `document` may begin with its front matter (lines between two `---`) or without. A byte order mark and
/// the line ends of Windows count as if they were not there, since editors change them unasked.
///
/// ```
/// use wenzheng_rules::digest;
/// assert_eq!(digest("---\ntitle: 甲\n---\n\n正文。\n"), digest("正文。\r\n"));
/// ```
#[must_use]
pub fn digest(document: &str) -> String {
    let text = document
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n");
    let bytes = format!("{}\n", after_front_matter(&text).trim());
    format!("sha256:{}", hex::encode(&Sha256::digest(bytes)))
}

fn after_front_matter(text: &str) -> &str {
    let Some(front) = text.strip_prefix("---\n") else {
        return text;
    };
    let mut at = 0;
    for line in front.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return &front[at..];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = include_str!("../tests/fixtures/anhe-gaoling.md");

    #[test]
    fn the_digest_of_the_example_is_the_one_it_was_signed_with() {
        assert_eq!(
            digest(DOCUMENT),
            "sha256:299dc0b8a5d34e41498f3110fbc04960e5a0418574a6a191ef0be62d3e517292"
        );
        assert_eq!(digest(&DOCUMENT.replace('\n', "\r\n")), digest(DOCUMENT));
    }

    #[test]
    fn one_digit_changes_it_and_the_front_matter_does_not() {
        let digits: Vec<_> = DOCUMENT
            .match_indices(|c: char| c.is_ascii_digit())
            .filter(|(at, _)| *at > DOCUMENT.find("## ").expect("a heading"))
            .collect();
        for (at, digit) in digits {
            let other = if digit == "9" { "8" } else { "9" };
            let mut changed = DOCUMENT.to_owned();
            changed.replace_range(at..at + 1, other);
            assert_ne!(digest(&changed), digest(DOCUMENT));
        }
        let renamed = DOCUMENT.replace("valid_years: 5", "valid_years: 6");
        assert_eq!(digest(&renamed), digest(DOCUMENT));
    }
}
