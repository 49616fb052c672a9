//! What a policy document says of itself: its number, its dates, and the documents that it repeals, extends
//! or amends.

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// The part of the front matter that only policy documents have. Numbers of documents are as printed
/// (安政办发〔2025〕15号); a document without one is referred to by its title.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Policy {
    /// 文号; empty if it has none.
    pub doc_number: String,
    /// 成文日期: the date below the text. The date of printing (印发) is none.
    pub issued_on: Option<Date>,
    /// 施行日期
    pub effective_on: Option<Date>,
    /// The last day on which it holds; of a document that extends others, their last day.
    pub expires_on: Option<Date>,
    /// 有效期: so many years from [`Self::effective_on`].
    pub valid_years: Option<u8>,
    /// The year that it is made for: 2025年度实施方案.
    pub for_year: Option<i32>,
    /// 同时废止: what no longer holds since this one does.
    pub repeals: Vec<String>,
    /// What this one takes the place of.
    pub replaces: Vec<String>,
    /// What holds longer, until [`Self::expires_on`].
    pub extends: Vec<String>,
    /// What is worded otherwise from now on.
    pub amends: Vec<Amendment>,
    /// What it carries out.
    pub based_on: Vec<String>,
    /// 主管部门
    pub department: String,
    /// Where the department can be asked.
    pub phone: String,
    /// What people call the document or the service it describes.
    pub also_called: Vec<String>,
}

/// A document that is amended, as a whole or in one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Number or title.
    pub document: String,
    /// 第五条; empty for the whole.
    pub article: String,
}

impl Amendment {
    /// Of `安政办发〔2025〕15号 第五条`; the article is left out for the whole.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        let written = written.trim();
        let (document, article) = match written.rsplit_once(char::is_whitespace) {
            Some((document, article)) if is_article(article) => (document.trim_end(), article),
            _ => (written, ""),
        };
        Self {
            document: document.to_owned(),
            article: article.to_owned(),
        }
    }

    /// As [`parse`](Self::parse) reads it.
    #[must_use]
    pub fn written(&self) -> String {
        match self.article.as_str() {
            "" => self.document.clone(),
            article => format!("{} {article}", self.document),
        }
    }
}

fn is_article(text: &str) -> bool {
    text.starts_with('第') && text.ends_with(['条', '款', '项', '章'])
}

impl Policy {
    /// The day from which it holds: that of its text, else the day below it.
    #[must_use]
    pub fn begins_on(&self) -> Option<Date> {
        self.effective_on.or(self.issued_on)
    }

    /// The last day on which it holds by itself; `None` when it does not say, and for a document that only
    /// extends others, whose day is theirs. Five years from 2025-04-01 end on 2030-03-31.
    #[must_use]
    pub fn ends_on(&self) -> Option<Date> {
        let own = self.expires_on.filter(|_| self.extends.is_empty());
        own.or_else(|| {
            let years = i32::from(self.valid_years?);
            years_later(self.begins_on()?, years)?.previous_day()
        })
    }
}

/// The same day `years` later; the first of March where there is no 29th of February.
fn years_later(day: Date, years: i32) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    let same = day.replace_year(year).ok();
    same.or_else(|| Date::from_calendar_date(year, Month::March, 1).ok())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn valid(effective_on: Date, valid_years: u8) -> Policy {
        Policy {
            effective_on: Some(effective_on),
            valid_years: Some(valid_years),
            ..Policy::default()
        }
    }

    #[test]
    fn years_of_validity_end_the_day_before_the_same_day() {
        for (from, years, last) in [
            (date!(2025 - 04 - 01), 5, date!(2030 - 03 - 31)),
            (date!(2025 - 01 - 01), 1, date!(2025 - 12 - 31)),
            (date!(2024 - 02 - 29), 1, date!(2025 - 02 - 28)),
            (date!(2024 - 02 - 29), 4, date!(2028 - 02 - 28)),
        ] {
            assert_eq!(valid(from, years).ends_on(), Some(last), "{from} {years}");
        }
        let issued = Policy {
            issued_on: Some(date!(2025 - 03 - 20)),
            valid_years: Some(2),
            ..Policy::default()
        };
        assert_eq!(issued.ends_on(), Some(date!(2027 - 03 - 19)));
    }

    #[test]
    fn a_written_last_day_counts_unless_it_is_that_of_other_documents() {
        let policy = Policy {
            expires_on: Some(date!(2027 - 12 - 31)),
            ..valid(date!(2025 - 04 - 01), 5)
        };
        assert_eq!(policy.ends_on(), policy.expires_on);
        let extending = Policy {
            extends: vec!["安政发〔2020〕8号".into()],
            valid_years: None,
            ..policy
        };
        assert_eq!(extending.ends_on(), None);
        assert_eq!(Policy::default().ends_on(), None);
    }

    #[test]
    fn an_amendment_is_written_with_its_article() {
        for written in ["安政办发〔2025〕15号 第五条", "关于高龄津贴的通知"] {
            assert_eq!(Amendment::parse(written).written(), written);
        }
        assert_eq!(
            Amendment::parse("安政办发〔2025〕15号 第五条").article,
            "第五条"
        );
        // A title may end like an article's number does not.
        assert_eq!(Amendment::parse("安和县 2025年方案").article, "");
    }
}
