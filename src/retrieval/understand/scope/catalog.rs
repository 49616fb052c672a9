//! What is loaded, by place and year.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::{
    corpus::{DocumentInfo, DocumentKind, Meta, import::place::in_one_name, place_names},
    retrieval::understand::period::Years,
    text::normalize::fold,
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
pub(crate) struct PlaceYear {
    pub(crate) years: Years,
    pub(crate) documents: Vec<usize>,
}

/// A place with what is loaded of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// As in the front matter.
    pub(crate) name: String,
    pub(crate) level: Level,
    /// Newest first.
    pub(crate) by_year: Vec<PlaceYear>,
    /// Questions with curated answers, and documents without a year: of every year.
    undated: Vec<usize>,
    /// Documents that are no reports, each with its year.
    dated: Vec<(usize, i32)>,
}

impl Place {
    /// The reports of one year, and what is no report: of `years`, those asked for, if there are any.
    pub(crate) fn documents_of(&self, at: usize, years: &[i32]) -> Vec<usize> {
        let mut documents = self.undated.clone();
        let asked = |year: i32| years.is_empty() || years.contains(&year);
        let dated = self.dated.iter().filter(|(_, year)| asked(*year));
        documents.extend(dated.map(|(document, _)| *document));
        if let Some(of) = self.by_year.get(at) {
            documents.extend(&of.documents);
        }
        documents
    }
}

/// What is loaded, by place and year.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    pub(crate) places: Vec<Place>,
    /// Full and short names, folded, with the places they may mean.
    pub(crate) names: HashMap<String, Vec<usize>>,
    /// Characters of the longest of them.
    pub(crate) longest: usize,
    /// Index of the place that leads.
    pub(crate) default: Option<usize>,
    /// How many there are.
    pub(crate) documents: usize,
    /// Documents without a place: they belong to the one that leads.
    placeless: Option<Place>,
    /// The place of each document, `None` for those without one.
    place_of: Vec<Option<usize>>,
    /// Policy documents of city, province and nation, which apply in the place that leads as well.
    above: Vec<usize>,
    /// How many documents are no reports.
    others: usize,
}

impl Catalog {
    /// Sorts `documents` by place and year. `default_place` leads when nothing is named; when it is
    /// empty or not loaded, the only place there is.
    #[must_use]
    pub fn new(documents: &[DocumentInfo], default_place: &str) -> Self {
        let mut catalog = Self {
            documents: documents.len(),
            others: documents
                .iter()
                .filter(|document| document.meta.kind.is_titled())
                .count(),
            ..Self::default()
        };
        let same = Synonymous::of(documents);
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (d, document) in documents.iter().enumerate() {
            let meta = &document.meta;
            let name = same.whole(&meta.place);
            if name.is_empty() && meta.kind.is_titled() {
                let placeless = catalog.placeless.get_or_insert_with(|| Place::new(name));
                placeless.add(d, meta);
                catalog.place_of.push(None);
                continue;
            }
            let at = *by_name.entry(name).or_insert_with(|| {
                catalog.places.push(Place::new(name));
                catalog.places.len() - 1
            });
            catalog.places[at].add(d, meta);
            catalog.place_of.push(Some(at));
        }
        for (at, place) in catalog.places.iter_mut().enumerate() {
            place
                .by_year
                .sort_by_key(|of| std::cmp::Reverse(of.years.plan));
            for name in all_names(&place.name) {
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
        catalog.above = catalog.above(documents);
        catalog
    }

    /// The policy documents of places above the one that leads. Of two cities one would be another's.
    fn above(&self, documents: &[DocumentInfo]) -> Vec<usize> {
        let Some(own) = self.default else {
            return Vec::new();
        };
        let higher = |at: usize| self.places[at].level > self.places[own].level;
        let policies = documents.iter().enumerate();
        let policies = policies.filter(|(_, document)| document.meta.kind == DocumentKind::Policy);
        let of_place = policies.filter_map(|(d, _)| Some((d, self.place_of[d]?)));
        let above: Vec<(usize, usize)> = of_place.filter(|(_, at)| higher(*at)).collect();
        let cities = above.iter().map(|(_, at)| *at);
        let cities: BTreeSet<usize> = cities
            .filter(|at| self.places[*at].level == Level::City)
            .collect();
        let all = above.into_iter();
        all.filter(|(_, at)| cities.len() < 2 || !cities.contains(at))
            .map(|(document, _)| document)
            .collect()
    }

    /// Policy documents of places above, when `places` hold the one that leads.
    pub(super) fn above_of(&self, places: &[usize]) -> &[usize] {
        let leads = places.iter().any(|place| Some(*place) == self.default);
        if leads { &self.above } else { &[] }
    }

    /// Names of the places for the segmenter, folded, full and short.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// True when another place or year than the default one is loaded.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.places.len() > 1 || self.places.iter().any(|place| place.by_year.len() > 1)
    }

    /// How many documents are no reports, and how many are.
    #[must_use]
    pub const fn others(&self) -> (usize, usize) {
        (self.others, self.documents - self.others)
    }

    /// True for a document of the place that leads, of any place when none does.
    #[must_use]
    pub fn leads(&self, document: usize) -> bool {
        let place = self.place_of.get(document).copied().flatten();
        self.default.is_none() || place.is_none() || place == self.default
    }

    /// Documents without a place, of `years` if there are any: when `places` are none or hold the one
    /// that leads.
    pub(super) fn placeless(&self, places: &[usize], years: &[i32]) -> Vec<usize> {
        let leads = places.is_empty() || places.iter().any(|place| Some(*place) == self.default);
        let placeless = self.placeless.iter().filter(|_| leads);
        placeless
            .flat_map(|place| place.documents_of(0, years))
            .collect()
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
        let all = place.into_iter().flat_map(|place| &place.by_year);
        all.skip(1).map(|of| of.years.plan)
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
            .filter_map(|place| place.by_year.first())
            .map(|of| of.years)
            .max_by_key(|years| years.plan)
            .unwrap_or_default()
    }

    /// Names of the place that leads, folded, full and short: there they say nothing in particular.
    pub(crate) fn default_names(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter();
        names
            .filter(|(_, places)| self.default.is_some_and(|place| places.contains(&place)))
            .map(|(name, _)| name.as_str())
    }
}

impl Place {
    /// Index of the year that tells of `years`: of a result before a plan unless a plan is
    /// wanted; the newest when there is none.
    pub(crate) fn chosen(&self, years: &[i32], plans: bool) -> usize {
        let find = |year: i32| {
            let done = self.by_year.iter().position(|of| of.years.review == year);
            let planned = self.by_year.iter().position(|of| of.years.plan == year);
            if plans {
                planned.or(done)
            } else {
                done.or(planned)
            }
        };
        // Both years of the newest report: it tells of both. What was planned for the first of them
        // stands in the report before it.
        let newest = self.by_year.first().map(|of| of.years);
        let tells = |newest: Years| {
            let past_plan = plans && !years.is_empty() && !years.contains(&newest.plan);
            !past_plan && years.iter().all(|year| newest.covers(*year))
        };
        if newest.is_some_and(tells) {
            return 0;
        }
        years.iter().rev().find_map(|year| find(*year)).unwrap_or(0)
    }
}

impl Place {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            level: Level::of(name),
            by_year: Vec::new(),
            undated: Vec::new(),
            dated: Vec::new(),
        }
    }

    fn add(&mut self, document: usize, meta: &Meta) {
        let years = match (meta.kind, meta.years(), meta.year) {
            (DocumentKind::WorkReport, Some(years), _) => years,
            (DocumentKind::Document, _, Some(year)) => {
                self.dated.push((document, year));
                return;
            }
            _ => {
                self.undated.push(document);
                return;
            }
        };
        match self.by_year.iter_mut().find(|of| of.years == years) {
            Some(of) => of.documents.push(document),
            None => self.by_year.push(PlaceYear {
                years,
                documents: vec![document],
            }),
        }
    }
}

/// What people call a place, folded, each once: of 黔东南州 also 黔东南苗族侗族自治州.
fn all_names(place: &str) -> BTreeSet<String> {
    let whole = in_one_name(place);
    let names = [place, &whole].map(|name| place_names(&fold(name)));
    names.into_iter().flatten().collect()
}

/// Places that are written in two ways: 黔东南州 and 黔东南苗族侗族自治州 are one.
struct Synonymous<'a> {
    /// Short names with the whole one that a document has as well.
    whole: HashMap<&'a str, &'a str>,
}

impl<'a> Synonymous<'a> {
    fn of(documents: &'a [DocumentInfo]) -> Self {
        let places: HashSet<&str> = documents.iter().map(|d| d.meta.place.as_str()).collect();
        let mut whole: HashMap<&str, &str> = HashMap::new();
        // 吉林 may be the province or the city: what is short for two places is neither.
        let mut ambiguous: Vec<&str> = Vec::new();
        for place in &places {
            for short in place_names(place).iter().skip(1) {
                if let Some(short) = places.get(short.as_str())
                    && whole.insert(short, place).is_some()
                {
                    ambiguous.push(short);
                }
            }
        }
        for short in ambiguous {
            whole.remove(short);
        }
        Self { whole }
    }

    fn whole(&self, place: &'a str) -> &'a str {
        self.whole.get(place).copied().unwrap_or(place)
    }
}
