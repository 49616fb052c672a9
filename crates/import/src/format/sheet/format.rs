//! Number formats: what a sheet displays of a value.

use std::borrow::Cow;

use super::section::Section;

/// Longest code, in chars, as in Excel.
const LONGEST: usize = 255;

/// How the cells of a style are displayed.
#[derive(Debug)]
pub(super) struct Format {
    code: String,
    /// At most three: for positive and negative numbers and for zero.
    sections: Vec<Section>,
    /// The fourth, for text.
    text: Option<String>,
    /// True if the text is crossed out.
    pub(super) struck: bool,
}

impl Format {
    /// Reads a code such as `0.00;[红色]-0.00`.
    pub(super) fn new(code: &str, struck: bool) -> Self {
        // What is too long to be a format leaves no section, and displays nothing.
        let raw = if code.chars().nth(LONGEST).is_some() {
            Vec::new()
        } else {
            parts(code)
        };
        Self {
            sections: raw.iter().take(3).map(|raw| Section::read(raw)).collect(),
            text: raw.get(3).cloned(),
            code: code.chars().take(60).collect(),
            struck,
        }
    }

    /// Its code, to be told.
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// What is displayed of a number; `None` if that is not known.
    pub(super) fn number(&self, value: f64, since_1904: bool) -> Option<String> {
        if !value.is_finite() {
            return None;
        }
        let sections = &self.sections;
        if sections.iter().any(|section| section.condition.is_some()) {
            return by_condition(sections, value)?.show(value, since_1904);
        }
        let of_sign = match value {
            0.0 => 2,
            ..0.0 => 1,
            _ => 0,
        };
        match sections.get(of_sign).filter(|_| of_sign > 0) {
            // It displays the sign of negative numbers itself.
            Some(section) => section.show(value.abs(), since_1904),
            None => sections.first()?.show(value, since_1904),
        }
    }

    /// What is displayed of a text.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match &self.text {
            Some(raw) => Section::show_text(raw, text).into(),
            None => text.into(),
        }
    }
}

impl Default for Format {
    fn default() -> Self {
        Self::new("General", false)
    }
}

/// The first section whose condition holds; one without a condition is for all others.
fn by_condition(sections: &[Section], value: f64) -> Option<&Section> {
    let mut sections = sections.iter();
    sections.find(|section| {
        section
            .condition
            .is_none_or(|condition| condition.holds(value))
    })
}

/// The sections of a code: parted by semicolons outside of quotation marks and brackets.
fn parts(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in code.chars() {
        let part = parts.len() - 1;
        if c == ';' && !quoted && !bracketed && !escaped {
            parts.push(String::new());
            continue;
        }
        parts[part].push(c);
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '!' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(code: &str, value: f64) -> String {
        let shown = Format::new(code, false).number(value, false);
        shown.unwrap_or_else(|| "?".to_owned())
    }

    #[test]
    fn numbers_are_displayed_as_in_the_sheet() {
        for (code, value, expected) in [
            ("General", 0.1 + 0.2, "0.3"),
            ("G/通用格式", 730.0, "730"),
            ("G/通用格式\"元\"", 730.0, "730元"),
            ("General", 130_012_345_678_901.0, "130012345678901"),
            ("0%", 0.85, "85%"),
            ("0.0%", 0.075, "7.5%"),
            ("0.00%", 0.075, "7.50%"),
            ("0%", -0.05, "-5%"),
            ("0.00", 1.005, "1.01"),
            ("0.00", 12.0, "12.00"),
            ("#,##0.00", 1_234_567.891, "1,234,567.89"),
            ("\"¥\"#,##0.00;\\-\"¥\"#,##0.00", -1234.5, "-¥1,234.50"),
            ("[$¥-804]#,##0", 1234.0, "¥1,234"),
            ("0元", 730.0, "730元"),
            ("#,##0\"元/月\"", 1730.0, "1,730元/月"),
            ("00000", 123.0, "00123"),
            ("@", 12.0, "12"),
            (
                "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
                1234.5,
                "¥1,234.50",
            ),
            ("0!.0,\"万元\"", 36_526.0, "3.7万元"),
            ("[>=10000]0!.0,\"万元\";0\"元\"", 25_000.0, "2.5万元"),
            ("[>=10000]0!.0,\"万元\";0\"元\"", 730.0, "730元"),
            ("[=1]\"是\";[=0]\"否\";General", 1.0, "是"),
            ("0;-0;;@", 0.0, ""),
            (";;;", 5.0, ""),
            ("0.00;[红色]-0.00", -5.0, "-5.00"),
            ("0.00_);[Red]\\(0.00\\)", -5.0, "(5.00)"),
            ("# ?/?", 0.3, "0.3"),
            ("0,", 36_526.0, "37"),
            ("#,##0.0,,\"百万\"", 1_234_567_890.0, "1,234.6百万"),
            ("\"a,0\"0\",\"", 5.0, "a,05,"),
            ("0.00E+00", 99.995, "1.00E+02"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
        ] {
            assert_eq!(shown(code, value), expected, "{code} of {value}");
        }
    }

    #[test]
    fn dates_are_displayed_as_in_the_sheet() {
        for (code, value, expected) in [
            ("yyyy\"年\"m\"月\"d\"日\"", 45_292.0, "2024年1月1日"),
            ("[$-804]yyyy年m月;@", 45_292.0, "2024年1月"),
            ("m\"月\"d\"日\"", 45_646.0, "12月20日"),
            ("yyyy/m/d;@", 45_292.0, "2024/1/1"),
            ("yyyy-mm-dd", 45_292.0, "2024-01-01"),
            ("[$-F800]dddd, mmmm dd, yyyy", 45_292.0, "2024年1月1日"),
            (
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
                45_646.0,
                "二〇二四年十二月二十日",
            ),
            ("[$-804]aaaa;@", 45_292.0, "星期一"),
            ("yyyy年m月d日 dddd", 45_292.0, "2024年1月1日 Monday"),
            ("上午/下午h\"时\"mm\"分\"", 0.75, "下午6时00分"),
            ("h:mm", 0.354_166_666_666_667, "8:30"),
            ("[h]:mm", 1.5, "36:00"),
            ("yyyy/m/d", -5.0, "?"),
            ("aaaa", -5.0, "?"),
            ("yyyy/m/d", 1e9, "?"),
        ] {
            assert_eq!(shown(code, value), expected, "{code} of {value}");
        }
        let old = Format::new("yyyy/m/d", false).number(43_830.0, true);
        assert_eq!(old.as_deref(), Some("2024/1/1"));
    }

    #[test]
    fn texts_are_displayed_as_in_the_sheet() {
        let shown = |code| Format::new(code, false).text("甲").into_owned();
        assert_eq!(shown("0.0%"), "甲");
        assert_eq!(shown("0;0;0;\"项目：\"@"), "项目：甲");
        assert_eq!(shown(";;;"), "");
        assert_eq!(shown("@"), "甲");
    }

    #[test]
    fn what_cannot_be_displayed_is_not_guessed() {
        assert_eq!(shown("0", 1e300), "?");
        assert_eq!(shown("0", f64::NAN), "?");
        assert_eq!(shown(&"0".repeat(5000), 1.0), "?");
    }

    proptest! {
        #[test]
        fn any_code_is_read(code in "[0#?,.%;@\"\\\\!_*\\[\\]$ymdhsaegE+/G¥年元 -]{0,40}", value in prop_oneof![any::<f64>(), -1e6..1e6]) {
            let format = Format::new(&code, false);
            let _ = format.number(value, false);
            let _ = format.text("甲");
        }
    }
}
