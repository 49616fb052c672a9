//! Which places a question names.

use super::{retriever::Retriever, understand::Language};

impl Retriever {
    /// The place names in a folded text: provinces, cities and countries by the list, others by what
    /// they end with.
    #[must_use]
    pub fn places(&self, folded: &str) -> Vec<String> {
        const KINDS: [&str; 15] = [
            "省", "市", "州", "县", "区", "盟", "旗", "镇", "乡", "村", "街道", "社区", "街", "路",
            "地区",
        ];
        let Language {
            lexicon, segmenter, ..
        } = self.language();
        let tagged = segmenter.places(folded);
        let is_named = |word: &&str| {
            let long = word.chars().nth(2).is_some();
            let of_a_kind = long && KINDS.iter().any(|kind| word.ends_with(kind));
            lexicon.is_place(word) || (of_a_kind && tagged.iter().any(|place| place == word))
        };
        let words = segmenter.words(folded).into_iter();
        let words = words.map(|word| word.of(folded));
        words.filter(is_named).map(str::to_owned).collect()
    }
}
