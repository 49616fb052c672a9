//! Settings of a deployment that appear in rendered messages.

use super::{
    hotlines::{self, Hotlines, Number},
    permalink,
};
use crate::{
    answer::{Citation, Concern},
    staff::{OfficeTexts, TextName},
};

/// Settings of a deployment that appear in rendered messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployment {
    /// Texts that the office may change: telephone number, hours, greeting.
    pub texts: OfficeTexts,
    /// Telephone number for people in despair, listed before all others; empty if the place has none
    /// of its own.
    pub crisis_line: String,
    /// The numbers to call for each concern.
    pub hotlines: Hotlines,
    /// Public URL without a trailing `/`, with a path when other services share the host; links are
    /// given only if it is set.
    pub public_url: Option<String>,
    /// People may leave questions for a person.
    pub takes_tickets: bool,
    /// For how many days the text of questions is kept; `None` where it is not.
    pub kept_days: Option<u32>,
    /// For how many minutes the last questions of a conversation are remembered; 0 where they are not.
    pub conversation_minutes: u32,
}

impl Deployment {
    /// The numbers to call for `concern`, the most important first; at least one if there is a hotline.
    #[must_use]
    pub fn numbers(&self, concern: Concern) -> Vec<Number> {
        let listed = self.hotlines.of(concern).iter().cloned();
        let hotline = Some(self.hotline_number()).filter(|hotline| !hotline.number.is_empty());
        let mut numbers: Vec<Number> = match concern {
            Concern::Despair => self.own_crisis_line().into_iter().chain(listed).collect(),
            Concern::Wages => listed.chain(hotline).collect(),
            concern if concern.is_fault() => hotline.into_iter().chain(listed).collect(),
            _ => listed.collect(),
        };
        let mut told: Vec<String> = Vec::new();
        numbers.retain(|number| {
            let new = !told.contains(&number.number);
            told.push(number.number.clone());
            new
        });
        numbers
    }

    /// Telephone number for questions that the reports do not answer.
    #[must_use]
    pub fn hotline(&self) -> String {
        self.texts.get(TextName::Hotline)
    }

    /// The hotline for everything, as a number to call.
    #[must_use]
    pub fn hotline_number(&self) -> Number {
        Number {
            number: self.hotline(),
            name: String::new(),
        }
    }

    /// The line for people in despair; `None` if the place has none of its own.
    fn own_crisis_line(&self) -> Option<Number> {
        let line = self.crisis_line.trim();
        let unread = |_| Number {
            number: line.to_owned(),
            name: String::new(),
        };
        (!line.is_empty()).then(|| hotlines::number(line).unwrap_or_else(unread))
    }

    /// The URL of a citation with its quote marked, if links are enabled.
    #[must_use]
    pub fn permalink(&self, citation: &Citation) -> Option<String> {
        self.link(&permalink::of_citation(citation))
    }

    /// The URL of a page of this server, if links are enabled. For messages, which are read elsewhere.
    #[must_use]
    pub fn link(&self, page: &str) -> Option<String> {
        let base = self.public_url.as_ref()?;
        Some(format!("{base}{page}"))
    }

    /// The address of a page of this server (`/terms`) without scheme and host, as this server's own
    /// pages give it: `/zhengce/terms` where the public URL is `https://wz.example.cn/zhengce`.
    #[must_use]
    pub fn path(&self, page: &str) -> String {
        format!("{}{page}", self.prefix())
    }

    /// The path of the public URL, which precedes that of every page: `/zhengce`; empty if it has none.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let after_scheme = self.public_url.as_deref().and_then(|url| {
            let (_, host_and_path) = url.split_once("://")?;
            host_and_path.find('/').map(|at| &host_and_path[at..])
        });
        after_scheme.map_or("", |path| path.trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(public_url: &str) -> Deployment {
        Deployment {
            public_url: Some(public_url.to_owned()).filter(|url| !url.is_empty()),
            ..Deployment::default()
        }
    }

    #[test]
    fn addresses_begin_with_the_path_of_the_public_url() {
        for (public_url, path, link) in [
            ("", "/terms", None),
            ("https://a.cn", "/terms", Some("https://a.cn/terms")),
            (
                "https://a.cn/zc",
                "/zc/terms",
                Some("https://a.cn/zc/terms"),
            ),
            (
                "http://[::1]:80/a/b",
                "/a/b/terms",
                Some("http://[::1]:80/a/b/terms"),
            ),
        ] {
            assert_eq!(at(public_url).path("/terms"), path);
            assert_eq!(at(public_url).link("/terms").as_deref(), link);
        }
    }
}
