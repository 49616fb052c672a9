//! Chooses the documents by the places and years that a question names.

use super::{
    catalog::{Catalog, Level, Place},
    comparison::Compared,
    years::named_years,
};
use crate::{
    retrieval::understand::{
        lexicon::Intents,
        longest,
        period::{self, Years},
    },
    text::{Pattern, Span, normalize::fold, segment::Segmenter},
};

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
    /// What an earlier report planned for the only year named, when its result is searched for.
    pub planned: Option<Compared>,
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
static LEVEL: Pattern = Pattern::new(
    "^(?:请问|问一下|想问问?|今年|去年|明年|[0-9]{4}年)*(?:(全国)|([全我]省)|([全我]市)|([全我]县))",
);

impl Catalog {
    /// The documents that a folded question is about. `earlier` is what the question before it was
    /// about: a follow-up keeps its place.
    #[must_use]
    pub(crate) fn scope(
        &self,
        folded: &str,
        intents: &Intents,
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
        let chosen = self.chosen(&scope.places);
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
        scope.compared = self.compared(&scope.places, scope.year_named, (intents, folded), &years);
        let plans = period::wants_plan(intents, folded);
        for place in &chosen {
            let at = place.chosen(&years, plans);
            if let Some(of) = place.by_year.get(at)
                && chosen.len() == 1
            {
                scope.covered = of.years;
                scope.planned = match years.as_slice() {
                    [year] if *year == of.years.review => place.planned(*year),
                    _ => None,
                };
            }
            scope.documents.extend(place.documents_of(at, &years));
        }
        scope
            .documents
            .extend(self.placeless(&scope.places, &years));
        scope.documents.extend(self.above_of(&scope.places));
        scope.documents.sort_unstable();
        scope.documents.dedup();
        if scope.documents.len() == self.documents {
            scope.documents.clear();
        }
        scope
    }

    /// The places at `places`; all of them when there are none.
    fn chosen(&self, places: &[usize]) -> Vec<&Place> {
        match places {
            [] => self.places.iter().collect(),
            places => places.iter().map(|at| &self.places[*at]).collect(),
        }
    }

    /// The places that `folded` names, in its order, each once.
    fn find_places(&self, folded: &str, segmenter: &Segmenter, scope: &mut Scope) {
        if self.places.len() < 2 {
            return;
        }
        let words = segmenter.words(folded);
        let bounds = longest::bounds(folded);
        let named = longest::runs(bounds.len() - 1, self.longest, |run| {
            let span = Span::new(bounds[run.start], bounds[run.end]);
            let places = self.names.get(span.of(folded)).filter(|_| run.len() > 1)?;
            Some((self.meant(folded, span, places, &words)?, span))
        });
        for (at, span) in named {
            scope.place_named = true;
            if !scope.places.contains(&at) {
                scope.places.push(at);
            }
            if Some(at) != self.default {
                scope.mentions.push(span);
            }
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
mod tests;
