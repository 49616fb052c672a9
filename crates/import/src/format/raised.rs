//! Raised figures: squares, cubes, powers of ten.

/// Raised figures as characters of their own, so that 10 km² is not read as 10 km2; other raised text
/// is left as it is.
pub(super) fn superscript(text: &str) -> String {
    if !text.chars().all(|c| c.is_ascii_digit() || c == '-') {
        return text.to_owned();
    }
    let raised = |c: char| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '-' => '⁻',
        digit => {
            let digit = digit.to_digit(10).unwrap_or(0);
            char::from_u32(0x2070 + digit).unwrap_or(c)
        }
    };
    text.chars().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_figures_stay_raised() {
        assert_eq!(superscript("2"), "²");
        assert_eq!(superscript("-40"), "⁻⁴⁰");
        assert_eq!(superscript("[1]"), "[1]");
    }
}
