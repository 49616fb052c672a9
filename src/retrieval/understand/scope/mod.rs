//! Which documents a question is about: place and year choose among those loaded.
//!
//! A question that names neither is about the newest report of the default place; without one,
//! about the newest report of every place. 去年 and 今年 stand for the years of the newest report
//! of the place, never for the clock's.

mod catalog;
mod comparison;
mod years;

use std::sync::LazyLock;

use regex::Regex;

use super::period::{self, Years};
use crate::text::{Span, normalize::fold, segment::Segmenter};

use self::{catalog::Place, years::named_years};

pub use catalog::{Catalog, Level};
pub use comparison::Compared;

/// The documents that a question is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Indices of the documents to search, ascending; empty for all.
    pub documents: Vec<usize>,
    /// What 去年 and 今年 stand for.
    pub base: Years,
    /// The years of the documents chosen.
    pub covered: Years,
    /// True when the question said which place.
    pub place_named: bool,
    /// True when the question said which year, in figures.
    pub year_named: bool,
    /// What stands side by side, in the order of time; empty unless a comparison is asked for.
    pub compared: Vec<Compared>,
    /// Where the folded question names places other than the default one, in bytes.
    mentions: Vec<Span>,
    /// Indices into [`Catalog::places`].
    places: Vec<usize>,
}

impl Scope {
    /// True when `document` is among those to search.
    #[must_use]
    pub fn holds(&self, document: usize) -> bool {
        self.documents.is_empty() || self.documents.binary_search(&document).is_ok()
    }

    /// `folded` with blanks for the places that chose documents; as many bytes.
    #[must_use]
    pub(crate) fn without_places(&self, folded: &str) -> String {
        let mut text = folded.to_owned();
        for span in &self.mentions {
            text.replace_range(span.start..span.end, &" ".repeat(span.len()));
        }
        text
    }
}

/// At the start of a question; elsewhere 全省第一 is a boast and no place.
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(?:请问|问一下|想问问?|今年|去年|明年|[0-9]{4}年)*(?:(全国)|([全我]省)|([全我]市)|([全我]县))",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this module are tested")
}

impl Catalog {
    /// The documents that a folded question is about. `earlier` is what the question before it was
    /// about: a follow-up keeps its place.
    #[must_use]
    pub(crate) fn scope(
        &self,
        folded: &str,
        segmenter: &Segmenter,
        earlier: Option<&Scope>,
    ) -> Scope {
        let mut scope = Scope::default();
        self.find_places(folded, segmenter, &mut scope);
        if !scope.place_named
            && let Some(earlier) = earlier
        {
            scope.places.clone_from(&earlier.places);
        }
        if scope.places.is_empty() {
            scope.places.extend(self.by_level(folded));
            scope.place_named = !scope.places.is_empty();
        }
        if scope.places.is_empty() {
            scope.places.extend(self.default);
        }
        let mut years = named_years(folded, |year| {
            let mut all = self.places.iter().flat_map(|place| &place.by_year);
            all.any(|of| of.years.covers(year))
        });
        scope.year_named = !years.is_empty();
        let chosen: Vec<&Place> = match scope.places.as_slice() {
            [] => self.places.iter().collect(),
            places => places.iter().map(|at| &self.places[*at]).collect(),
        };
        let newest = chosen.iter().filter_map(|place| place.by_year.first());
        scope.base = newest
            .map(|of| of.years)
            .max_by_key(|years| years.plan)
            .unwrap_or_default();
        scope.covered = scope.base;
        for (_, year) in period::relative_years(folded, scope.base) {
            if !years.contains(&year) {
                years.push(year);
            }
        }
        years.sort_unstable();
        scope.compared = self.compared(&scope, folded, &years);
        let plans = period::wants_plan(folded);
        for place in &chosen {
            let at = place.chosen(&years, plans);
            if let Some(of) = place.by_year.get(at)
                && chosen.len() == 1
            {
                scope.covered = of.years;
            }
            scope.documents.extend(place.documents_of(at));
        }
        scope.documents.sort_unstable();
        scope.documents.dedup();
        if scope.documents.len() == self.documents {
            scope.documents.clear();
        }
        scope
    }

    /// The places that `folded` names, in its order, each once.
    fn find_places(&self, folded: &str, segmenter: &Segmenter, scope: &mut Scope) {
        if self.places.len() < 2 {
            return;
        }
        let words = segmenter.words(folded);
        let bounds: Vec<usize> = folded
            .char_indices()
            .map(|(at, _)| at)
            .chain([folded.len()])
            .collect();
        let mut start = 0;
        while start + 1 < bounds.len() {
            let longest = self.longest.min(bounds.len() - 1 - start);
            let found = (2..=longest).rev().find_map(|length| {
                let span = Span::new(bounds[start], bounds[start + length]);
                let places = self.names.get(span.of(folded))?;
                self.meant(folded, span, places, &words)
                    .map(|at| (at, span, length))
            });
            let Some((at, span, length)) = found else {
                start += 1;
                continue;
            };
            scope.place_named = true;
            if !scope.places.contains(&at) {
                scope.places.push(at);
            }
            if Some(at) != self.default {
                scope.mentions.push(span);
            }
            start += length;
        }
    }

    /// The place that `span` names, unless it is only the way somewhere (到定西的路) or half of
    /// another word.
    fn meant(&self, folded: &str, span: Span, places: &[usize], words: &[Span]) -> Option<usize> {
        const BEFORE: [char; 9] = ['到', '去', '往', '从', '离', '至', '经', '通', '靠'];
        const AFTER: [char; 9] = ['到', '至', '段', '站', '路', '线', '-', '—', '籍'];
        let before = folded[..span.start].chars().next_back();
        let after = folded[span.end..].chars().next();
        if before.is_some_and(|c| BEFORE.contains(&c)) || after.is_some_and(|c| AFTER.contains(&c))
        {
            return None;
        }
        // 甘肃 may also be half of 甘肃省, 和平 a peace: a short name must be a word of its own.
        let whole = places
            .iter()
            .find(|at| fold(&self.places[**at].name) == span.of(folded));
        let starts = words.iter().any(|word| word.start == span.start);
        let ends = words.iter().any(|word| word.end == span.end);
        if whole.is_none() && !(starts && ends) {
            return None;
        }
        // Of those that share a short name, the default one, else the one that reaches farthest.
        whole.copied().or_else(|| {
            places.iter().copied().max_by_key(|at| {
                let place = &self.places[*at];
                (
                    Some(*at) == self.default,
                    place.level,
                    std::cmp::Reverse(*at),
                )
            })
        })
    }

    /// 全市 at the start of a question, when one place of that level is loaded.
    fn by_level(&self, folded: &str) -> Option<usize> {
        let found = LEVEL.captures(folded)?;
        let level = [Level::Nation, Level::Province, Level::City, Level::County]
            .into_iter()
            .enumerate()
            .find(|(n, _)| found.get(n + 1).is_some())?
            .1;
        if self
            .default
            .is_some_and(|at| self.places[at].level == level)
        {
            return None;
        }
        let mut at_level = (0..self.places.len()).filter(|at| self.places[*at].level == level);
        let only = at_level.next()?;
        at_level.next().is_none().then_some(only)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Library, Period, load_texts};

    /// 通渭县 2024; 定西市 2022 and 2023; 甘肃省 2024; 甘南藏族自治州 2021; 和平区 2024.
    fn library() -> Library {
        let report = |path: &str, place: &str, year: i32| {
            let text = format!(
                "---\ntitle: {place}政府工作报告\nplace: {place}\nyear: {year}\nreview_year: {}\n\
                 issuer: {place}人民政府\n---\n\n## {}年工作回顾\n\n修路150公里。\n\n## {year}年重点工作\n\n再修20公里。\n",
                year - 1,
                year - 1,
            );
            (format!("{path}.md"), text)
        };
        let texts = [
            report("a", "通渭县", 2024),
            report("b", "定西市", 2022),
            report("c", "定西市", 2023),
            report("d", "甘肃省", 2024),
            report("e", "甘南藏族自治州", 2021),
            report("f", "和平区", 2024),
        ];
        let texts: Vec<(&str, &str)> = texts
            .iter()
            .map(|(p, t)| (p.as_str(), t.as_str()))
            .collect();
        Library::new(load_texts(&texts).expect("the texts are reports").corpus)
    }

    struct Loaded {
        library: Library,
        catalog: Catalog,
        segmenter: Segmenter,
    }

    impl Loaded {
        fn new() -> Self {
            let library = library();
            let catalog = Catalog::new(library.documents(), "通渭县");
            let words: Vec<String> = catalog.words().map(str::to_owned).collect();
            Self {
                segmenter: Segmenter::with_words(words.iter().map(String::as_str)),
                library,
                catalog,
            }
        }

        fn scope(&self, question: &str) -> Scope {
            self.catalog.scope(&fold(question), &self.segmenter, None)
        }

        /// 定西市2023
        fn asked(&self, question: &str) -> Vec<String> {
            let scope = self.scope(question);
            let documents = self.library.documents();
            let meta = scope.documents.iter().map(|n| &documents[*n].meta);
            meta.map(|meta| format!("{}{}", meta.place, meta.year))
                .collect()
        }

        /// 定西市 done 2022
        fn compared(&self, question: &str) -> Vec<String> {
            let scope = self.scope(question);
            let shown = scope.compared.iter().map(|cell| {
                let place = &self.library.documents()[cell.documents[0]].meta.place;
                match cell.period {
                    Period::Done(year) => format!("{place} done {year}"),
                    Period::Planned(year) => format!("{place} plan {year}"),
                    other => format!("{place} {other:?}"),
                }
            });
            shown.collect()
        }
    }

    #[test]
    fn the_default_place_leads_until_another_is_named() {
        let loaded = Loaded::new();
        assert_eq!(loaded.asked("今年修多少路"), ["通渭县2024"]);
        assert_eq!(loaded.asked("定西今年修多少路"), ["定西市2023"]);
        assert_eq!(loaded.asked("定西市修路"), ["定西市2023"]);
        assert_eq!(loaded.asked("甘南州旅游"), ["甘南藏族自治州2021"]);
        assert_eq!(loaded.asked("甘南的旅游"), ["甘南藏族自治州2021"]);
        assert_eq!(loaded.asked("全省粮食产量多少"), ["甘肃省2024"]);
    }

    #[test]
    fn a_name_on_the_way_or_inside_a_word_names_no_place() {
        let loaded = Loaded::new();
        assert_eq!(loaded.asked("到定西的高速通了没"), ["通渭县2024"]);
        assert_eq!(loaded.asked("通渭到定西的路修好没"), ["通渭县2024"]);
        assert_eq!(loaded.asked("全省第一的是啥"), ["甘肃省2024"]);
        assert_eq!(loaded.asked("荣誉有哪些是全省第一"), ["通渭县2024"]);
        assert_eq!(loaded.asked("维护和平稳定"), ["通渭县2024"]);
        assert_eq!(loaded.asked("和平区修路"), ["和平区2024"]);
    }

    #[test]
    fn a_year_chooses_the_report_that_tells_its_result_or_its_plan() {
        let loaded = Loaded::new();
        assert_eq!(loaded.asked("定西2021年修了多少路"), ["定西市2022"]);
        assert_eq!(loaded.asked("定西2022年修了多少路"), ["定西市2023"]);
        assert_eq!(loaded.asked("定西2022年计划修多少路"), ["定西市2022"]);
        assert_eq!(loaded.asked("定西22年计划修多少路"), ["定西市2022"]);
        assert_eq!(loaded.asked("定西10年来修路"), ["定西市2023"]);
        let past = loaded.scope("定西去年修了多少路");
        assert_eq!((past.base.review, past.base.plan), (2022, 2023));
    }

    #[test]
    fn years_and_places_are_set_side_by_side() {
        let loaded = Loaded::new();
        assert_eq!(
            loaded.compared("定西历年修路"),
            [
                "定西市 done 2021",
                "定西市 plan 2022",
                "定西市 done 2022",
                "定西市 plan 2023"
            ]
        );
        assert_eq!(
            loaded.compared("定西2022年修路目标完成了吗"),
            ["定西市 plan 2022", "定西市 done 2022"]
        );
        assert_eq!(
            loaded.compared("定西和甘肃去年修了多少路"),
            ["定西市 done 2022", "甘肃省 done 2023"]
        );
        assert_eq!(loaded.compared("去年修了多少路"), [""; 0]);
        assert_eq!(loaded.compared("去年修了多少路，今年修多少"), [""; 0]);
    }

    #[test]
    fn a_follow_up_keeps_the_place() {
        let loaded = Loaded::new();
        let earlier = loaded.scope("定西今年修多少路");
        let next = loaded
            .catalog
            .scope("去年呢", &loaded.segmenter, Some(&earlier));
        assert_eq!(next.documents, earlier.documents);
        assert_eq!(next.base.review, 2022);
    }

    #[test]
    fn one_report_alone_is_always_meant() {
        let library = library();
        let catalog = Catalog::new(&library.documents()[..1], "");
        assert!(!catalog.has_others());
        let scope = catalog.scope("定西去年修路", &Segmenter::with_words([]), None);
        assert!(scope.documents.is_empty() && !scope.place_named);
    }
}
