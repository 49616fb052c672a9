//! What a question or a quote is about, in words that may be said to people.

use super::{
    retriever::Retriever,
    understand::{Understanding, rarity},
};

/// A word that stands in every report (项目, 地方) is less rare.
const COMMON: f32 = 0.4;
/// A longer stretch is not repeated to people.
const READABLE: usize = 10;
/// A word of the question that counts less than this is none of its matter.
const WHOLE: f32 = 1.0;

impl Retriever {
    /// True for a noun that is no place served and does not stand in every report: what an answer may
    /// say that the report speaks of.
    #[must_use]
    pub fn names_a_matter(&self, word: &str) -> bool {
        let segmenter = &self.language().segmenter;
        // A word of the corpus' own (高龄补贴) has no tag; its last two characters do.
        let is_noun = segmenter.is_noun(word) || segmenter.is_noun(last_two(word));
        let mut documents = self.library().documents().iter();
        let is_place = documents.any(|document| document.meta.place.contains(word));
        is_noun && !is_place && rarity(word) >= COMMON
    }

    /// True when `question` names a matter: 还要恢复多少 does not.
    #[must_use]
    pub fn has_matter(&self, question: &Understanding) -> bool {
        let mut words = question.words().iter();
        words.any(|word| word.weight >= WHOLE && self.names_a_matter(&word.text))
    }

    /// The words of `question` that tell best what it asks for and no passage tells: the noun stretch
    /// around its rarest noun, one that no passage speaks of before any other; where passages speak of
    /// each noun (公务员, 工资), a stretch that they do not; without a noun that names a matter, the
    /// first stretch of its content that holds a noun, or else the longest.
    #[must_use]
    pub fn matter(&self, question: &Understanding) -> Option<String> {
        let segmenter = &self.language().segmenter;
        let words = question.words().iter().map(|word| word.text.as_str());
        // Two characters that are no word (人能办 cut into 人能, 办) name nothing.
        let is_word = |word: &&str| segmenter.knows(word) || word.chars().nth(2).is_some();
        let names = words.filter(is_word);
        let names = names.filter(|word| word.chars().nth(1).is_some() && self.names_a_matter(word));
        let untold = |text: &str| !self.speaks_of(text);
        let name = names.max_by(|a, b| {
            let untold = untold(a).cmp(&untold(b));
            untold.then_with(|| rarity(a).total_cmp(&rarity(b)))
        });
        let readable = |stretch: &&str| (2..=READABLE).contains(&stretch.chars().count());
        let stretches = question.content().split_whitespace().filter(readable);
        let stretch = match name {
            Some(name) => {
                let is_noun = |stretch: &str| {
                    let mut words = segmenter.words(stretch).into_iter();
                    words.all(|word| segmenter.is_noun(word.of(stretch)))
                };
                let around: Vec<&str> =
                    stretches.filter(|stretch| stretch.contains(name)).collect();
                let noun = around.first().copied().filter(|stretch| is_noun(stretch));
                let told = noun.is_none_or(|noun| !untold(noun)) && !untold(name);
                let beyond = around.into_iter().find(|stretch| told && untold(stretch));
                beyond.or(noun).or(Some(name))
            }
            None => {
                let named = |stretch: &&str| {
                    let words = segmenter.words(stretch);
                    let mut words = words.iter().map(|word| word.of(stretch));
                    words.any(|word| word.chars().nth(1).is_some() && segmenter.is_noun(word))
                };
                let all: Vec<&str> = stretches.collect();
                let first = all.iter().copied().find(named);
                first.or_else(|| all.into_iter().max_by_key(|stretch| stretch.len()))
            }
        };
        stretch.map(str::to_owned)
    }
}

/// The last two characters of `word`, all of it when it has no more.
pub(super) fn last_two(word: &str) -> &str {
    let start = word.char_indices().nth_back(1).map_or(0, |(at, _)| at);
    &word[start..]
}

#[cfg(test)]
mod tests {
    use crate::town::Town;

    #[test]
    fn a_question_names_the_noun_that_few_reports_hold() {
        let town = Town::with("去年给老人发放高龄补贴。今年新建敬老院3所。");
        let matter = |question: &str| town.retriever.matter(&town.query(question));
        assert_eq!(matter("退休金什么时候发").as_deref(), Some("退休金"));
        assert_eq!(matter("石门县的敬老院在哪里").as_deref(), Some("敬老院"));
        assert!(town.retriever.names_a_matter("高龄补贴"));
        assert!(!town.retriever.names_a_matter("石门县"), "it is the place");
        assert!(
            !town.retriever.names_a_matter("项目"),
            "every report has it"
        );
    }

    #[test]
    fn words_that_passages_hold_are_not_said_to_be_missing() {
        let town = Town::with("去年给公务员办培训班。去年保障农民工工资。");
        let matter = |question: &str| town.retriever.matter(&town.query(question));
        assert_eq!(matter("公务员涨工资吗").as_deref(), Some("公务员涨工资"));
        assert_eq!(matter("公务员的退休金").as_deref(), Some("退休金"));
    }

    #[test]
    fn what_is_only_asked_about_again_names_no_matter() {
        let town = Town::with("去年恢复耕地300亩。");
        let has = |question: &str| town.retriever.has_matter(&town.query(question));
        assert!(has("耕地恢复多少亩"));
        assert!(!has("今年还要恢复多少"));
    }
}
