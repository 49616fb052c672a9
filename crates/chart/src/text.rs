//! Texts of a chart: what may stand in XML, how wide they are, where they are cut.

/// Puts text on one line: runs of white space become one space, and characters that XML forbids, that are
/// invisible, or that turn the direction of writing are left out.
pub(crate) fn clean(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(
            c,
            '\u{AD}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFFE}'
                | '\u{FFFF}'
        )
}

/// Escapes text for XML, as content and as a value in double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// How wide a text is when its letters are `size` high, in the unit of `size`; rather too wide than too
/// narrow, since a page chooses its own font.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| em(c) * size).sum()
}

fn em(c: char) -> f64 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'l' | 'j' | '·' => 0.35,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' | '&' => 0.72,
        '\0'..='~' => 0.6,
        '\u{A0}'..='\u{10FF}' => 0.75,
        _ => 1.0,
    }
}

/// The text, or as much of its beginning as fits into `room` together with ….
pub(crate) fn fit(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let beginning = &text[..text.len() - rest_of(text, room - width("…", size), size).len()];
    format!("{}…", beginning.trim_end())
}

/// Breaks a text into at most `lines` lines that fit into `room`; the last ends with … when something is
/// left over.
pub(crate) fn wrap(text: &str, room: f64, size: f64, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && wrapped.len() < lines {
        if wrapped.len() + 1 == lines {
            wrapped.push(fit(rest, room, size));
            break;
        }
        let after = rest_of(rest, room, size);
        let line = &rest[..rest.len() - after.len()];
        if line.is_empty() {
            break; // not even one character fits
        }
        wrapped.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    wrapped
}

/// What is left of a text when as much as fits into `room` is taken off its beginning.
fn rest_of(text: &str, room: f64, size: f64) -> &str {
    let mut taken = 0.0;
    for (at, c) in text.char_indices() {
        taken += em(c) * size;
        if taken > room {
            return &text[at..];
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_label_becomes_one_line_of_visible_characters() {
        assert_eq!(clean(" 危房\n\u{0}改\u{202E}造\t 补助 "), "危房 改造 补助");
    }

    #[test]
    fn what_is_too_long_ends_with_an_ellipsis() {
        assert_eq!(fit("农村危房改造", 60.0, 10.0), "农村危房改造");
        assert_eq!(fit("农村危房改造补助", 60.0, 10.0), "农村危房改…");
        assert_eq!(
            wrap("农村危房改造补助", 40.0, 10.0, 2),
            ["农村危房", "改造补助"]
        );
        assert_eq!(
            wrap("农村危房改造补助标准", 40.0, 10.0, 2),
            ["农村危房", "改造补…"]
        );
    }

    proptest! {
        #[test]
        fn a_fitted_text_fits(text in ".{0,40}", room in 20.0..200.0) {
            prop_assert!(width(&fit(&text, room, 12.0), 12.0) <= room + 1e-9);
        }

        #[test]
        fn wrapped_lines_fit_and_lose_only_spaces(text in ".{0,40}") {
            let text = clean(&text);
            let lines = wrap(&text, 50.0, 12.0, usize::MAX);
            prop_assert!(lines.iter().all(|line| width(line, 12.0) <= 50.0 + 1e-9));
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }

        #[test]
        fn nothing_of_an_escaped_text_is_markup(text in any::<String>()) {
            prop_assert!(!escape(&text).contains(['<', '>', '"', '\'']));
        }
    }
}
