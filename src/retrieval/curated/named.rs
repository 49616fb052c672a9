//! What is told apart by a number alone: years, bus lines.

use std::collections::BTreeSet;

use crate::text::Pattern;

static YEAR: Pattern = Pattern::new(r"(?:20)?(\d{2})年");
static LINE: Pattern = Pattern::new("([0-9]{1,3}|[一二三四五六七八九十])(路|号线|中|小)");

/// The numbers that a text names things by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Without the century.
    years: BTreeSet<String>,
    /// 2路, 3号线
    lines: BTreeSet<String>,
}

impl Named {
    /// Of a folded text.
    pub(super) fn of(folded: &str) -> Self {
        let years = YEAR.captures_iter(folded).filter_map(|found| {
            let long = found[0].len() > "24年".len();
            // 5年以内 counts years, and so does 10年.
            (long || ("15"..="49").contains(&&found[1])).then(|| found[1].to_owned())
        });
        let lines = LINE.captures_iter(folded).map(|found| {
            let digit = "零一二三四五六七八九十"
                .chars()
                .position(|c| found[1].starts_with(c));
            let number = digit.map_or_else(|| found[1].to_owned(), |digit| digit.to_string());
            format!("{number}{}", &found[2])
        });
        Self {
            years: years.collect(),
            lines: lines.filter(|line| line.ends_with(['路', '线'])).collect(),
        }
    }

    /// True when something asked for is named by other numbers in an entry's question and `answer`.
    pub(super) fn differ(&self, entry: &Self, answer: &str) -> bool {
        let other = |asked: &BTreeSet<String>, own: &BTreeSet<String>| {
            !asked.is_empty() && !own.is_empty() && asked.is_disjoint(own)
        };
        let told = Self::of(answer);
        other(&self.years, &entry.years)
            || (entry.years.is_empty() && other(&self.years, &told.years))
            || (!self.lines.is_empty()
                && self.lines.is_disjoint(&entry.lines)
                && self.lines.is_disjoint(&told.lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_year_or_line_is_another_thing() {
        let differ = |asked: &str, entry: &str| Named::of(asked).differ(&Named::of(entry), "");
        assert!(differ("24年种地补贴", "2025年种地补贴标准"));
        assert!(!differ("25年种地补贴", "2025年种地补贴标准"));
        assert!(differ("三路车几点收班", "2路车末班车几点"));
        assert!(!differ("二路车几点收班", "2路车末班车几点"));
        assert!(differ("8路车几点收班", "公交卡在哪充值"));
        assert!(!differ("残疾证有效期10年吗", "残疾证有效期多少年"));
    }
}
