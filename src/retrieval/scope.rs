//! Which documents a question is about: place and year choose among those loaded.
//!
//! A question that names neither is about the newest report of the default place; without one,
//! about the newest report of every place. 去年 and 今年 stand for the years of the newest report
//! of the place, never for the clock's.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

use super::wish::{self, PeriodWish, Years};
use crate::{
    corpus::{Document, DocumentKind, Period},
    text::{Span, normalize::fold, segment::Segmenter},
};

/// How far a place reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 县, 区, 旗, and cities of that rank
    County,
    /// 市, 自治州, 地区, 盟
    City,
    /// 省, 自治区, 直辖市
    Province,
    /// 全国
    Nation,
}

/// Cities of the rank of a province.
const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];

impl Level {
    /// Told by the end of a full name: 甘南藏族自治州. County-level cities count as cities.
    #[must_use]
    pub fn of(place: &str) -> Self {
        let ends = |endings: &[&str]| endings.iter().any(|ending| place.ends_with(ending));
        if ends(&["全国", "中国"]) {
            Self::Nation
        } else if ends(&["省", "自治区"]) || MUNICIPALITIES.contains(&place) {
            Self::Province
        } else if ends(&["市", "州", "地区", "盟"]) {
            Self::City
        } else {
            Self::County
        }
    }
}

/// The documents of one place that plan for one year.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edition {
    years: Years,
    documents: Vec<usize>,
}

/// A place with what is loaded of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// As in the front matter.
    name: String,
    level: Level,
    /// Newest first.
    editions: Vec<Edition>,
    /// Questions with curated answers: of every year.
    undated: Vec<usize>,
}

impl Place {
    fn edition(&self, at: usize) -> Vec<usize> {
        let mut documents = self.undated.clone();
        if let Some(edition) = self.editions.get(at) {
            documents.extend(&edition.documents);
        }
        documents
    }
}

/// One column of a comparison: what is looked up in which documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Indices of documents.
    pub documents: Vec<usize>,
    /// A result or a plan.
    pub period: Period,
}

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
    pub(super) fn without_places(&self, folded: &str) -> String {
        let mut text = folded.to_owned();
        for span in &self.mentions {
            text.replace_range(span.start..span.end, &" ".repeat(span.len()));
        }
        text
    }
}

/// What is loaded, by place and year.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    places: Vec<Place>,
    /// Full and short names, folded, with the places they may mean.
    names: HashMap<String, Vec<usize>>,
    longest: usize,
    default: Option<usize>,
    documents: usize,
}

/// A list of years is being asked for.
static TREND: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "历年|逐年|各年|每年都?是?多少|这[几两三四五]年|近[几两三四五]年|[几两三四五]年来|前后几年",
    )
});
/// A plan is held against its result.
static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(目标|计划|任务|指标).{0,8}(完成|达到|实现|达成|兑现)|(完成|达到|实现|达成|兑现).{0,6}(目标|计划|任务|指标)",
    )
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| regex("((?:19|20)[0-9]{2})(年?)|([0-9]{2})年"));
/// 2021到2024年
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| regex("((?:19|20)[0-9]{2})年?(?:到|至|-|—|~)((?:19|20)[0-9]{2})年"));
/// At the start of a question; elsewhere 全省第一 is a boast and no place.
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(?:请问|问一下|想问问?|今年|去年|明年|[0-9]{4}年)*(?:(全国)|([全我]省)|([全我]市)|([全我]县))",
    )
});

/// Years that a range may name at most.
const RANGE_YEARS: i32 = 10;
/// Cells of a comparison at most.
const CELLS: usize = 8;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

impl Catalog {
    /// Sorts `documents` by place and year. `default_place` leads when nothing is named; when it is
    /// empty or not loaded, the only place there is.
    #[must_use]
    pub fn new(documents: &[Document], default_place: &str) -> Self {
        let mut catalog = Self {
            documents: documents.len(),
            ..Self::default()
        };
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (d, document) in documents.iter().enumerate() {
            let meta = &document.meta;
            let at = *by_name.entry(meta.place.as_str()).or_insert_with(|| {
                catalog.places.push(Place {
                    name: meta.place.clone(),
                    level: Level::of(&meta.place),
                    editions: Vec::new(),
                    undated: Vec::new(),
                });
                catalog.places.len() - 1
            });
            let place = &mut catalog.places[at];
            if meta.kind == DocumentKind::Faq {
                place.undated.push(d);
                continue;
            }
            let years = Years {
                review: meta.review_year,
                plan: meta.year,
            };
            match place.editions.iter_mut().find(|e| e.years == years) {
                Some(edition) => edition.documents.push(d),
                None => place.editions.push(Edition {
                    years,
                    documents: vec![d],
                }),
            }
        }
        for (at, place) in catalog.places.iter_mut().enumerate() {
            place
                .editions
                .sort_by_key(|edition| std::cmp::Reverse(edition.years.plan));
            let full = fold(&place.name);
            for name in names(&full) {
                catalog.longest = catalog.longest.max(name.chars().count());
                catalog.names.entry(name).or_default().push(at);
            }
        }
        catalog.default = match catalog.places.len() {
            1 => Some(0),
            _ => catalog
                .names
                .get(&fold(default_place))
                .and_then(|places| places.first().copied()),
        };
        catalog
    }

    /// Names of the places for the segmenter, folded, full and short.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// True when another place or year than the default one is loaded.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.places.len() > 1 || self.places.iter().any(|place| place.editions.len() > 1)
    }

    /// The place that leads, when there is one.
    #[must_use]
    pub fn default_place(&self) -> Option<&str> {
        Some(self.places[self.default?].name.as_str())
    }

    /// Names of the places other than the default one, as in the front matter.
    pub fn other_places(&self) -> impl Iterator<Item = &str> {
        let others = self.places.iter().enumerate();
        others
            .filter(|(at, _)| Some(*at) != self.default)
            .map(|(_, place)| place.name.as_str())
    }

    /// The years that older reports of the default place plan for, newest first.
    pub fn older_years(&self) -> impl Iterator<Item = i32> {
        let place = self.default.map(|at| &self.places[at]);
        let editions = place.into_iter().flat_map(|place| &place.editions);
        editions.skip(1).map(|edition| edition.years.plan)
    }

    /// The years of the newest report of the default place; of the newest of all without one.
    #[must_use]
    pub fn years(&self) -> Years {
        let places = match self.default {
            Some(at) => &self.places[at..=at],
            None => &self.places[..],
        };
        places
            .iter()
            .filter_map(|place| place.editions.first())
            .map(|edition| edition.years)
            .max_by_key(|years| years.plan)
            .unwrap_or_default()
    }

    /// The documents that a folded question is about. `earlier` is what the question before it was
    /// about: a follow-up keeps its place.
    #[must_use]
    pub(super) fn scope(
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
            let mut editions = self.places.iter().flat_map(|place| &place.editions);
            editions.any(|edition| edition.years.covers(year))
        });
        scope.year_named = !years.is_empty();
        let chosen: Vec<&Place> = match scope.places.as_slice() {
            [] => self.places.iter().collect(),
            places => places.iter().map(|at| &self.places[*at]).collect(),
        };
        let newest = chosen.iter().filter_map(|place| place.editions.first());
        scope.base = newest
            .map(|edition| edition.years)
            .max_by_key(|years| years.plan)
            .unwrap_or_default();
        scope.covered = scope.base;
        for (_, year) in wish::relative_years(folded, scope.base) {
            if !years.contains(&year) {
                years.push(year);
            }
        }
        years.sort_unstable();
        scope.compared = self.compared(&scope, folded, &years);
        let plans = wish::wants_plan(folded);
        for place in &chosen {
            let edition = place.chosen(&years, plans);
            if let Some(edition) = place.editions.get(edition)
                && chosen.len() == 1
            {
                scope.covered = edition.years;
            }
            scope.documents.extend(place.edition(edition));
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

    /// What a comparison sets side by side: years of one place, or places.
    fn compared(&self, scope: &Scope, folded: &str, years: &[i32]) -> Vec<Compared> {
        let mut cells: Vec<Compared> = Vec::new();
        match scope.places.as_slice() {
            [only] => {
                let place = &self.places[*only];
                if place.editions.len() < 2 {
                    return Vec::new();
                }
                let wanted: Vec<i32> = if TREND.is_match(folded) {
                    let years = place.editions.iter().map(|e| e.years);
                    years.flat_map(|years| [years.review, years.plan]).collect()
                } else if years.len() > 1 {
                    years.to_vec()
                } else if AGAINST.is_match(folded) {
                    vec![years.first().copied().unwrap_or(scope.base.review)]
                } else {
                    return Vec::new();
                };
                // Oldest first, what was planned for a year before what became of it.
                let plans_only = wish::wants_plan(folded) && !AGAINST.is_match(folded);
                let mut wanted = wanted;
                wanted.sort_unstable();
                wanted.dedup();
                for year in wanted {
                    cells.extend(place.planned(year));
                    if !plans_only {
                        cells.extend(place.done(year));
                    }
                }
            }
            [_, _, ..] => {
                for at in &scope.places {
                    let place = &self.places[*at];
                    let newest = place.editions.first().map(|edition| edition.years);
                    let Some(newest) = newest else { continue };
                    // 去年 is each place's own.
                    let relative: Vec<i32>;
                    let years = if scope.year_named {
                        years
                    } else {
                        let words = wish::relative_years(folded, newest);
                        relative = words.into_iter().map(|(_, year)| year).collect();
                        &relative
                    };
                    match years {
                        [] => {
                            cells.extend(place.done(newest.review));
                            cells.extend(place.planned(newest.plan));
                        }
                        years => {
                            for year in years {
                                let done = place.done(*year);
                                let planned = place.planned(*year);
                                let plan = wish::wants_plan(folded);
                                cells.extend(if plan {
                                    planned.or(done)
                                } else {
                                    done.or(planned)
                                });
                            }
                        }
                    }
                }
            }
            [] => {}
        }
        // The newest say most.
        let over = cells.len().saturating_sub(CELLS);
        cells.drain(..over);
        if cells.len() < 2 { Vec::new() } else { cells }
    }
}

impl Place {
    /// Index of the edition that tells of `years`: of a result before a plan unless a plan is
    /// wanted; the newest when there is none.
    fn chosen(&self, years: &[i32], plans: bool) -> usize {
        let find = |year: i32| {
            let done = self.editions.iter().position(|e| e.years.review == year);
            let planned = self.editions.iter().position(|e| e.years.plan == year);
            if plans {
                planned.or(done)
            } else {
                done.or(planned)
            }
        };
        // Both years of the newest report: it tells of both. What was planned for the first of them
        // stands in the report before it.
        let newest = self.editions.first().map(|edition| edition.years);
        let tells = |newest: Years| {
            let past_plan = plans && !years.is_empty() && !years.contains(&newest.plan);
            !past_plan && years.iter().all(|year| newest.covers(*year))
        };
        if newest.is_some_and(tells) {
            return 0;
        }
        years.iter().rev().find_map(|year| find(*year)).unwrap_or(0)
    }

    fn planned(&self, year: i32) -> Option<Compared> {
        let edition = self.editions.iter().find(|e| e.years.plan == year)?;
        Some(Compared {
            documents: edition.documents.clone(),
            period: Period::Planned(year),
        })
    }

    fn done(&self, year: i32) -> Option<Compared> {
        let edition = self.editions.iter().find(|e| e.years.review == year)?;
        Some(Compared {
            documents: edition.documents.clone(),
            period: Period::Done(year),
        })
    }
}

/// The full name, and the short ones: 甘南藏族自治州, 甘南州, 甘南.
fn names(full: &str) -> Vec<String> {
    const KINDS: [&str; 13] = [
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "林区",
        "新区",
        "省",
        "市",
        "县",
        "旗",
        "盟",
    ];
    const PEOPLES: [&str; 20] = [
        "蒙古族",
        "回族",
        "藏族",
        "维吾尔",
        "苗族",
        "彝族",
        "壮族",
        "布依族",
        "朝鲜族",
        "满族",
        "侗族",
        "瑶族",
        "白族",
        "土家族",
        "哈尼族",
        "哈萨克",
        "傣族",
        "保安族",
        "东乡族",
        "裕固族",
    ];
    let mut all = vec![full.to_owned()];
    let kind = KINDS.iter().find(|kind| full.ends_with(**kind));
    let kind = kind
        .copied()
        .or_else(|| full.ends_with('区').then_some("区"));
    let Some(mut short) = kind.and_then(|kind| full.strip_suffix(kind)) else {
        return all;
    };
    // 积石山保安族东乡族撒拉族自治县: from the first people on it is no name.
    if let Some(at) = PEOPLES.iter().filter_map(|people| short.find(people)).min()
        && at > 0
    {
        short = &short[..at];
    }
    if short.chars().count() < 2 {
        return all;
    }
    if kind == Some("自治州") {
        all.push(format!("{short}州"));
    } else if kind == Some("自治县") {
        all.push(format!("{short}县"));
    }
    all.push(short.to_owned());
    all
}

/// Years named in figures, ascending, each once; 2021到2024年 names four. Two digits name a year only
/// when it is `loaded`: nobody means 2010 by 10年.
fn named_years(folded: &str, loaded: impl Fn(i32) -> bool) -> Vec<i32> {
    let year = |digits: &str| digits.parse::<i32>().unwrap_or(0);
    let mut years: Vec<i32> = Vec::new();
    for found in RANGE.captures_iter(folded) {
        let (from, to) = (year(&found[1]), year(&found[2]));
        if from < to && to - from < RANGE_YEARS {
            years.extend(from..=to);
        }
    }
    for found in YEAR.captures_iter(folded) {
        match (found.get(1), found.get(3)) {
            // 2085 of 2085人 is no year.
            (Some(digits), _) if !found[2].is_empty() => years.push(year(digits.as_str())),
            (_, Some(digits)) => {
                years.extend(Some(2000 + year(digits.as_str())).filter(|year| loaded(*year)));
            }
            _ => {}
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}

impl Compared {
    /// What is asked for in these documents.
    #[must_use]
    pub const fn wish(&self) -> PeriodWish {
        match self.period {
            Period::Done(year) => PeriodWish::Done(year),
            Period::Planned(year) => PeriodWish::Planned(year),
            Period::Assessment | Period::Undated => PeriodWish::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    /// 通渭县 2024; 定西市 2022 and 2023; 甘肃省 2024; 甘南藏族自治州 2021; 和平区 2024.
    fn documents() -> Vec<Document> {
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
        load_texts(&texts)
            .expect("the texts are reports")
            .corpus
            .documents
    }

    struct Loaded {
        documents: Vec<Document>,
        catalog: Catalog,
        segmenter: Segmenter,
    }

    impl Loaded {
        fn new() -> Self {
            let documents = documents();
            let catalog = Catalog::new(&documents, "通渭县");
            let words: Vec<String> = catalog.words().map(str::to_owned).collect();
            Self {
                segmenter: Segmenter::with_words(words.iter().map(String::as_str)),
                documents,
                catalog,
            }
        }

        fn scope(&self, question: &str) -> Scope {
            self.catalog.scope(&fold(question), &self.segmenter, None)
        }

        /// 定西市2023
        fn asked(&self, question: &str) -> Vec<String> {
            let scope = self.scope(question);
            let meta = scope.documents.iter().map(|n| &self.documents[*n].meta);
            meta.map(|meta| format!("{}{}", meta.place, meta.year))
                .collect()
        }

        /// 定西市 done 2022
        fn compared(&self, question: &str) -> Vec<String> {
            let scope = self.scope(question);
            let shown = scope.compared.iter().map(|cell| {
                let place = &self.documents[cell.documents[0]].meta.place;
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
        let documents = documents();
        let catalog = Catalog::new(&documents[..1], "");
        assert!(!catalog.has_others());
        let scope = catalog.scope("定西去年修路", &Segmenter::with_words([]), None);
        assert!(scope.documents.is_empty() && !scope.place_named);
    }
}
