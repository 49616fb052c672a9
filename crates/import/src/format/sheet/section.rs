//! One section of a number format: `#,##0.00"元"` of `#,##0.00"元";[红色]-0`.
//!
//! ssfmt displays numbers and dates; what is peculiar to Chinese Excel is translated for it: names of
//! colours and of General, the escape `!`, 上午/下午, days of the week, Chinese numerals. It cuts off what
//! commas scale, and its fractions are not always the nearest, so that thousands are divided here, and
//! fractions displayed as General.

use ssfmt::{DateSystem, FormatOptions, NumberFormat, ast::FormatPart};
use wenzheng_text::numerals;

/// Stand for the day of the week in a code: 星期一, 一 and 周一.
const DAYS: [(char, &str); 3] = [('\u{e000}', "星期"), ('\u{e001}', ""), ('\u{e002}', "周")];
/// Largest figure that is displayed digit by digit.
const LARGEST: f64 = 1e15;

/// How a section is chosen, and what it displays.
#[derive(Debug)]
pub(super) struct Section {
    /// `[>=100]`.
    pub(super) condition: Option<Condition>,
    /// `None` if it cannot be read.
    body: Option<Body>,
    /// Thousands that a number is counted in, and thousands of thousands.
    scale: i32,
    /// A day of the week stands in it.
    days: bool,
    /// 上午/下午 instead of AM/PM.
    half_days: bool,
    /// `[DBNum1]`: 二〇二四年一月.
    numerals: bool,
}

/// A comparison with a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    /// `<`, `<=`, `=`, `<>`, `>=` or `>`.
    sign: &'static str,
    number: f64,
}

#[derive(Debug)]
enum Body {
    /// Nothing is displayed.
    Empty,
    General,
    Code(NumberFormat),
}

impl Body {
    fn of(code: NumberFormat) -> Self {
        let mut parts = code.sections().iter().flat_map(|section| &section.parts);
        if parts.any(|part| matches!(part, FormatPart::Fraction { .. })) {
            Self::General
        } else {
            Self::Code(code)
        }
    }
}

/// What is collected while a section is read.
#[derive(Default)]
struct Reader {
    code: String,
    condition: Option<Condition>,
    half_days: bool,
    numerals: bool,
    chinese: bool,
}

impl Condition {
    /// Reads `>=100`.
    fn read(text: &str) -> Option<Self> {
        let signs = ["<=", ">=", "<>", "<", ">", "="];
        let sign = signs.into_iter().find(|sign| text.starts_with(sign))?;
        let number = text[sign.len()..].trim().parse().ok()?;
        Some(Self { sign, number })
    }

    /// True if `value` meets it.
    pub(super) fn holds(self, value: f64) -> bool {
        match self.sign {
            "<=" => value <= self.number,
            ">=" => value >= self.number,
            "<>" => value != self.number,
            "<" => value < self.number,
            ">" => value > self.number,
            _ => value == self.number,
        }
    }
}

impl Section {
    /// Reads a section.
    pub(super) fn read(raw: &str) -> Self {
        let mut reader = Reader::default();
        reader.read(raw);
        let code = reader.code.trim().trim_end_matches(';');
        let (code, scale) = without_scale(code);
        let body = match code.as_str() {
            "" => Some(Body::Empty),
            "General" | "@" => Some(Body::General),
            code => NumberFormat::parse(code).ok().map(Body::of),
        };
        Self {
            condition: reader.condition,
            body,
            scale,
            days: DAYS.iter().any(|(sign, _)| code.contains(*sign)),
            half_days: reader.half_days,
            numerals: reader.numerals,
        }
    }

    /// True if numbers are dates or times in it.
    fn is_date(&self) -> bool {
        self.days || matches!(&self.body, Some(Body::Code(code)) if code.is_date_format())
    }

    /// What is displayed of `value`; `None` if that is not known.
    pub(super) fn show(&self, value: f64, since_1904: bool) -> Option<String> {
        let code = match self.body.as_ref()? {
            Body::Empty => return Some(String::new()),
            Body::General => return Some(general(value)),
            Body::Code(code) => code,
        };
        let is_date = self.is_date();
        let number = value / 1000_f64.powi(self.scale);
        if is_date && value < 0.0 || !is_date && value.abs() >= LARGEST {
            return None;
        }
        let mut options = FormatOptions::default();
        if since_1904 {
            options.date_system = DateSystem::Date1904;
        }
        // Excel rounds what it displays in decimal: 1.005 is 1.01, though its nearest double is less.
        let nudged = if is_date || number.fract() == 0.0 {
            number
        } else {
            number + number * f64::EPSILON * 2.0
        };
        let mut text = code.try_format(nudged, &options).ok()?;
        if text.trim_start_matches('-').starts_with("10") && text.contains('E') {
            // What was rounded up to 10.00E+01 is 1.00E+02.
            let rounded = text.parse().unwrap_or(nudged);
            text = code.try_format(rounded, &options).ok()?;
        }
        if is_date && text.is_empty() {
            return None;
        }
        for (sign, name) in DAYS {
            if text.contains(sign) {
                text = text.replace(sign, &format!("{name}{}", day(value, since_1904)));
            }
        }
        if self.half_days {
            text = text.replace("AM", "上午").replace("PM", "下午");
        }
        if self.numerals && is_date {
            text = chinese(&text);
        }
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The section as one for text: what stands around `@`.
    pub(super) fn show_text(raw: &str, text: &str) -> String {
        let mut reader = Reader::default();
        reader.read(raw);
        let mut shown = String::new();
        let mut chars = reader.code.chars();
        while let Some(c) = chars.next() {
            match c {
                '@' => shown.push_str(text),
                '\\' => shown.extend(chars.next()),
                '"' => shown.extend(chars.by_ref().take_while(|c| *c != '"')),
                c => shown.push(c),
            }
        }
        shown
    }
}

impl Reader {
    fn read(&mut self, raw: &str) {
        let mut rest = raw.trim();
        while let Some(c) = rest.chars().next() {
            let next = rest[c.len_utf8()..].chars().next();
            let pair = c.len_utf8() + next.map_or(0, char::len_utf8);
            let length = match c {
                '"' => {
                    let inside = &rest[1..];
                    let inside = inside.split('"').next().unwrap_or_default();
                    self.literal(inside);
                    (inside.len() + 2).min(rest.len())
                }
                '\\' | '!' => {
                    self.literal(&rest[1..pair]);
                    pair
                }
                // Room as wide as a character, and a character that fills the cell.
                '_' | '*' => pair,
                '[' => {
                    let inside = &rest[1..];
                    let inside = inside.split(']').next().unwrap_or_default();
                    self.bracket(inside);
                    (inside.len() + 2).min(rest.len())
                }
                _ => self.word(rest),
            };
            rest = &rest[length..];
        }
    }

    fn literal(&mut self, text: &str) {
        // A quotation mark cannot stand within quotation marks.
        match text {
            "" => {}
            "\"" => self.code.push_str("\\\""),
            text => {
                self.code.push('"');
                self.code.push_str(text);
                self.code.push('"');
            }
        }
    }

    /// Reads what stands within `[]`: a condition, a currency with a language, or how to count.
    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_ascii_lowercase();
        if let Some(condition) = Condition::read(inside) {
            self.condition = Some(condition);
        } else if let Some(currency) = lower.strip_prefix('$') {
            let (_, language) = currency.rsplit_once('-').unwrap_or((currency, ""));
            let sign = inside[1..].split('-').next().unwrap_or_default();
            self.literal(sign);
            self.chinese |= language.ends_with("804") || language.starts_with("zh");
            match language {
                "f800" => self.code.push_str(r#"yyyy"年"m"月"d"日";"#),
                "f400" => self.code.push_str("h:mm:ss;"),
                _ => {}
            }
        } else if lower == "dbnum1" {
            self.numerals = true;
        } else if !lower.is_empty() && lower.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
            self.code.push('[');
            self.code.push_str(&lower);
            self.code.push(']');
        }
    }

    /// Reads a word of the code, and returns its length.
    fn word(&mut self, rest: &str) -> usize {
        // What the system's own formats replace stands behind a semicolon.
        if self.code.ends_with(';') {
            return rest.len();
        }
        let starts = |word: &str| {
            rest.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        for word in ["G/通用格式", "General", "G/標準"] {
            if starts(word) {
                self.code.push_str("General");
                return word.len();
            }
        }
        if starts("上午/下午") {
            self.half_days = true;
            self.code.push_str("AM/PM");
            return "上午/下午".len();
        }
        for word in ["AM/PM", "A/P"] {
            if starts(word) {
                self.code.push_str(word);
                return word.len();
            }
        }
        let names = [("aaaa", 0), ("aaa", 1)].into_iter();
        let chinese = [("dddd", 0), ("ddd", 2)];
        let chinese = chinese.into_iter().filter(|_| self.chinese);
        for (word, n) in names.chain(chinese).collect::<Vec<_>>() {
            if starts(word) {
                self.code.extend(['"', DAYS[n].0, '"']);
                return word.len();
            }
        }
        for word in ["mmmm", "mmm"] {
            if self.chinese && starts(word) {
                self.code.push_str("m\"月\"");
                return word.len();
            }
        }
        let c = rest.chars().next().unwrap_or(' ');
        if c.is_ascii() {
            self.code.push(c);
        } else {
            self.literal(&rest[..c.len_utf8()]);
        }
        c.len_utf8()
    }
}

/// A code without the commas behind its digits, and their number: each divides by a thousand.
fn without_scale(code: &str) -> (String, i32) {
    let mut left = String::new();
    let (mut quoted, mut escaped, mut digits) = (false, false, false);
    let (mut commas, mut scale) = (0, 0);
    for c in code.chars() {
        if escaped || quoted || matches!(c, '"' | '\\') {
            left.push(c);
            match c {
                _ if escaped => escaped = false,
                '"' => quoted = !quoted,
                '\\' => escaped = !quoted,
                _ => {}
            }
            continue;
        }
        match c {
            ',' if digits => {
                commas += 1;
                continue;
            }
            // Commas between digits group them.
            '0' | '#' | '?' => {
                left.extend(std::iter::repeat_n(',', std::mem::take(&mut commas)));
                digits = true;
            }
            '.' => scale += std::mem::take(&mut commas),
            _ => {}
        }
        left.push(c);
    }
    let scale = i32::try_from(scale + commas).unwrap_or(i32::MAX);
    (left, scale)
}

/// A number in the format General, in a cell that is wide enough. Numbers of more than eleven digits are
/// displayed as 1.23E+12, which nobody can quote; they stay whole here.
pub(super) fn general(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < LARGEST {
        // The sum makes 0 of -0.
        return format!("{:.0}", value + 0.0);
    }
    let parsed = NumberFormat::parse("General").ok();
    let shown = parsed.map(|code| code.format(value, &FormatOptions::default()));
    shown.unwrap_or_else(|| value.to_string())
}

/// The day of the week: 日 to 六. 1 January 1900 counts as a Sunday, as in Excel.
fn day(value: f64, since_1904: bool) -> char {
    let days = ['日', '一', '二', '三', '四', '五', '六'];
    let first = if since_1904 { 5.0 } else { 6.0 };
    // In the range of 0 to 6, so that nothing is cut off.
    days[(value.floor() + first).rem_euclid(7.0) as usize]
}

/// A date in numerals: 二〇二四年十二月五日.
fn chinese(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match rest[..digits].parse::<usize>() {
            Ok(n) if digits <= 2 && n > 0 => written.push_str(&numerals::write(n)),
            Ok(_) => {
                let numeral = |c| {
                    if c == '0' {
                        '〇'
                    } else {
                        numerals::to_chinese(c)
                    }
                };
                written.extend(rest[..digits].chars().map(numeral));
            }
            Err(_) => written.push(c),
        }
        rest = &rest[if digits == 0 { c.len_utf8() } else { digits }..];
    }
    written
}
