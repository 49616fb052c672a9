//! Counts the attributes of tags before tokenizing: the tokenizer's cost is quadratic in them.

/// Maximum number of attributes of a tag.
const ATTRIBUTES: usize = 1_000;

/// True if a tag has more than [`ATTRIBUTES`].
pub(super) fn are_too_many(text: &str) -> bool {
    most_attributes(text) > ATTRIBUTES
}

/// Estimates the largest number of attributes of any tag.
fn most_attributes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut most, mut at) = (0, 0);
    while let Some(open) = text[at..].find('<') {
        let name = at + open + 1;
        at = name;
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (attributes, end) = attributes(bytes, name);
        most = most.max(attributes);
        at = end;
        // A `<` within a script or style is not a tag.
        for raw in ["script", "style"] {
            let is_raw = bytes[name..end]
                .get(..raw.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(raw.as_bytes()));
            if is_raw && bytes[end - 1] != b'/' {
                at = end_of_raw(bytes, end, raw.as_bytes());
            }
        }
    }
    most
}

/// Counts the attributes of the tag whose name begins at `at`; also returns the position of its `>`.
fn attributes(bytes: &[u8], at: usize) -> (usize, usize) {
    let mut count = 0;
    let mut quote = None;
    let mut before = b'<';
    for (at, byte) in bytes.iter().copied().enumerate().skip(at) {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (count, at),
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {
                let parted = before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'');
                let names = !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'=');
                count += usize::from(parted && names);
            }
        }
        // White space after = does not separate it from its value.
        if before != b'=' || !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (count, bytes.len())
}

/// Position of the next `</script` or `</style`, else the end.
fn end_of_raw(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let rest = &bytes[from..];
    let ends = rest
        .windows(name.len() + 2)
        .position(|window| window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name));
    ends.map_or(bytes.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_the_tokenizer_tells_them_apart() {
        for (page, most) in [
            ("<p>各位代表</p>", 0),
            ("<p class=a id = b>", 2),
            ("<p class='a b'hidden>", 2),
            ("<p title=\"1 > 0\" id=a>", 2),
            ("<br/><a href=x><b a b c>", 3),
            ("1 < 2 a b c", 0),
            ("<script>if (a<b c d e) {}</script><p a>", 1),
        ] {
            assert_eq!(most_attributes(page), most, "{page}");
        }
    }
}
