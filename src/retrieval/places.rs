//! Which places a question names, and whose report is meant when it names none.

use super::{retriever::Retriever, understand::Language};
use crate::{
    corpus::{DocumentInfo, DocumentKind},
    text::Span,
};

/// What may stand before the place that a question is about: how near it lies, what it is compared with.
const BEFORE: [&str; 8] = ["请问", "隔壁", "邻近", "旁边", "和", "跟", "与", "比"];

/// Who somebody from elsewhere is, or what is done there.
const PEOPLE: [&str; 12] = [
    "朋友", "亲戚", "同学", "老乡", "客人", "游客", "打工", "务工", "上班", "工作", "上学", "读书",
];

/// `folded` from the place on that it begins with: 静宁修路吗 of 隔壁静宁修路吗.
#[must_use]
pub fn without_approach(folded: &str) -> &str {
    let mut rest = folded;
    while let Some(after) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest
}

impl Retriever {
    /// The place names in a folded text: provinces, cities and countries by the list, others by what
    /// they end with; one that a question begins with (陇西今年修路吗) when no passage speaks of it.
    #[must_use]
    pub fn places(&self, folded: &str) -> Vec<String> {
        const KINDS: [&str; 15] = [
            "省", "市", "州", "县", "区", "盟", "旗", "镇", "乡", "村", "街道", "社区", "街", "路",
            "地区",
        ];
        let Language {
            lexicon, segmenter, ..
        } = self.language();
        // Every town has an old quarter.
        const ANYWHERE: [&str; 4] = ["城区", "山区", "片区", "库区"];
        let tagged = segmenter.places(folded);
        let opening = without_approach(folded);
        let is_named = |word: &&str| {
            let long = word.chars().nth(2).is_some();
            let of_a_kind = long
                && KINDS.iter().any(|kind| word.ends_with(kind))
                && !ANYWHERE.iter().any(|kind| word.ends_with(kind));
            // The dictionary has 陇西县, and takes 滑坡 for a place.
            let whole = |kind| segmenter.knows(&format!("{word}{kind}"));
            let is_short = || !long && ["县", "市", "区"].into_iter().any(whole);
            let opens = || opening.starts_with(*word) && !self.speaks_of(word);
            let by_tag = of_a_kind || (is_short() && opens());
            lexicon.is_place(word) || (by_tag && tagged.iter().any(|place| place == word))
        };
        // 广东的朋友 and 在西安打工 tell of people, not of places.
        let of_people = |span: &Span| {
            let after = folded[span.end..].trim_start_matches('的');
            PEOPLE.iter().any(|who| after.starts_with(who))
        };
        let words = segmenter.words(folded).into_iter();
        let words = words.filter(|span| !of_people(span));
        let words = words.map(|word| word.of(folded));
        words.filter(is_named).map(str::to_owned).collect()
    }

    /// The newest report of the place that leads, of all places without one: what 今年 is said of. A
    /// list of curated answers only where there is no report.
    #[must_use]
    pub fn leading(&self) -> Option<&DocumentInfo> {
        let catalog = self.catalog();
        let documents = self.library().documents().iter();
        documents
            .filter(|document| catalog.leads(document.index))
            .max_by_key(|DocumentInfo { meta, .. }| {
                let report = meta.kind == DocumentKind::WorkReport;
                (report, meta.year, meta.delivered_on)
            })
    }
}
