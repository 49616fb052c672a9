//! Numbers of official documents (文号): 安政办发〔2025〕15号.

use crate::text::Pattern;

/// In whatever brackets, or with 年; of the office only what stands right before it.
static NUMBER: Pattern = Pattern::new(
    r"(\p{Han}*)\s*(?:[〔\[(（【〈<]\s*((?:19|20)\d{2})\s*年?[〕\])）】〉>]|((?:19|20)\d{2})年?)\s*第?\s*0*(\d{1,4})\s*号",
);

/// Characters that no office is abbreviated with, but that stand before one in questions.
const NO_OFFICE: &str = "问查找看下个的是有没文件号于和与及按照据请这那";

/// A number of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    /// 安政办发; empty when none is named.
    office: String,
    year: String,
    number: String,
}

impl DocumentNumber {
    /// Those of a folded text, in order.
    #[must_use]
    pub fn all(folded: &str) -> Vec<Self> {
        let found = NUMBER.captures_iter(folded).filter_map(|found| {
            let year = found.get(2).or(found.get(3))?.as_str().to_owned();
            let before = &found[1];
            let office = before.rsplit(|c| NO_OFFICE.contains(c)).next();
            let office = office.unwrap_or_default().to_owned();
            // 2025年15号 is a day unless an office stands before it or brackets around the year.
            let plain = found.get(2).is_none() && !office.ends_with(['发', '规', '函', '字', '办']);
            (!plain).then(|| Self {
                office,
                year,
                number: found[4].to_owned(),
            })
        });
        found.collect()
    }

    /// True for the same document: an office may be left out, or named by its end.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.year == other.year
            && self.number == other.number
            && (self.office.ends_with(&other.office) || other.office.ends_with(&self.office))
    }

    /// True when a folded text names the document.
    #[must_use]
    pub fn stands_in(&self, folded: &str) -> bool {
        Self::all(folded).iter().any(|other| self.is_same(other))
    }
}

impl std::fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            office,
            year,
            number,
        } = self;
        write!(f, "{office}〔{year}〕{number}号")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize::fold;

    fn same(asked: &str, written: &str) -> bool {
        let asked = DocumentNumber::all(&fold(asked));
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].stands_in(&fold(written))
    }

    #[test]
    fn a_number_is_the_same_in_whatever_brackets() {
        let written = "《办法》（文号：石政办发〔2025〕15号）自3月1日起执行";
        for asked in [
            "石政办发〔2025〕15号",
            "石政办发[2025]15号是什么",
            "请问石政办发（2025）15号",
            "石政办发2025年15号",
            "石政办发【2025】第15号",
            "有没有政办发〔2025〕15号",
            "〔2025〕15号文件讲什么",
        ] {
            assert!(same(asked, written), "{asked}");
        }
    }

    #[test]
    fn another_number_year_or_office_is_another_document() {
        let written = "石政办发〔2025〕15号";
        for asked in [
            "石政办发〔2025〕16号",
            "石政办发〔2025〕51号",
            "石政办发〔2025〕5号",
            "石政办发〔2025〕115号",
            "石政办发〔2024〕15号",
            "石政发〔2025〕15号",
            "石府办发〔2025〕15号",
        ] {
            assert!(!same(asked, written), "{asked}");
        }
    }

    #[test]
    fn a_day_is_no_document() {
        assert!(DocumentNumber::all("2025年15号放假吗").is_empty());
    }
}
