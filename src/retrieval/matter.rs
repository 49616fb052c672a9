//! What a question or a quote is about, in words that may be said to people.

use super::{
    phrase::{NounPhrase, asks, noun_phrases},
    retriever::Retriever,
    understand::{Understanding, rarity},
};
use crate::text::Span;

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
        is_noun && !self.is_served(word) && rarity(word) >= COMMON
    }

    /// True when `question` names a matter: 还要恢复多少 does not.
    #[must_use]
    pub fn has_matter(&self, question: &Understanding) -> bool {
        let mut words = question.words().iter();
        words.any(|word| word.weight >= WHOLE && self.names_a_matter(&word.text))
    }

    /// The words of `question` that tell best what it asks for and no passage tells: the noun phrase
    /// with its rarest noun, one that no passage speaks of before any other; where passages speak of
    /// each noun (公务员, 工资), the phrase with the next when they do not speak of both; without a noun
    /// that names a matter, any noun or verb of reports, or else the longest stretch of its content.
    #[must_use]
    pub fn matter(&self, question: &Understanding) -> Option<String> {
        let content = question.content();
        let mut phrases = noun_phrases(&self.language().segmenter, content);
        // What is only told beside (我在西安打工) is not what is asked for.
        let asked = |phrase: &NounPhrase<'_>| question.asking().contains(phrase.text);
        if phrases.iter().any(asked) {
            phrases.retain(asked);
        }
        let untold = |text: &str| !self.speaks_of(text);
        let by_use = |a: &str, b: &str| {
            let untold = untold(a).cmp(&untold(b));
            untold.then_with(|| rarity(a).total_cmp(&rarity(b)))
        };
        let names = |word: &&str| word.chars().nth(1).is_some() && self.names_a_matter(word);
        let nouns = phrases.iter().enumerate().flat_map(|(n, phrase)| {
            let nouns = phrase.nouns.iter().copied().filter(names);
            nouns.map(move |noun| (n, noun))
        });
        let readable = |text: &&str| (2..=READABLE).contains(&text.chars().count());
        if let Some((n, noun)) = nouns.max_by(|a, b| by_use(a.1, b.1)) {
            let phrase = self.without_place(&phrases[n]);
            let told = !untold(phrase) && !untold(noun);
            let pairs = [n.checked_sub(1).zip(Some(n)), Some((n, n + 1))];
            let mut pairs = pairs
                .into_iter()
                .flatten()
                .filter(|_| told)
                .filter_map(|(a, b)| between(content, phrases.get(a)?.text, phrases.get(b)?.text));
            let both = pairs.find(|text| readable(text) && untold(text));
            let phrase = Some(phrase).filter(readable);
            return Some(both.or(phrase).unwrap_or(noun).to_owned());
        }
        let any = phrases.iter().map(|phrase| phrase.text);
        let any = any.filter(|text| readable(text) && !self.is_served(text));
        let any = any.max_by(|a, b| by_use(a, b));
        let longest = || {
            let stretches = content.split_whitespace().filter(readable);
            let stretches = stretches.filter(|stretch| !asks(stretch));
            stretches.max_by_key(|stretch| stretch.len())
        };
        any.or_else(longest).map(str::to_owned)
    }

    /// The noun phrase of `question` that holds `word`, to be said to people; `None` when `word` is no
    /// part of one (想开, 冬天).
    #[must_use]
    pub fn phrase_with<'a>(&self, question: &'a Understanding, word: &str) -> Option<&'a str> {
        let phrases = noun_phrases(&self.language().segmenter, question.content());
        let phrase = phrases
            .into_iter()
            .find(|phrase| phrase.text.contains(word))?;
        let readable = (2..=READABLE).contains(&phrase.text.chars().count());
        readable.then(|| self.without_place(&phrase))
    }

    /// The words of a folded text that the dictionary knows, single characters for what it does not;
    /// spans in bytes.
    #[must_use]
    pub fn known_words(&self, folded: &str) -> Vec<Span> {
        let tagged = self.language().segmenter.tagged(folded);
        tagged.into_iter().map(|(span, _)| span).collect()
    }

    /// The text of `phrase` without the place served that it begins with: 天气 of 石门县天气.
    fn without_place<'a>(&self, phrase: &NounPhrase<'a>) -> &'a str {
        match phrase.nouns.first() {
            Some(place) if phrase.nouns.len() > 1 && self.is_served(place) => {
                phrase.text.strip_prefix(place).unwrap_or(phrase.text)
            }
            _ => phrase.text,
        }
    }

    /// True for the name of a place that documents are of, or part of it.
    fn is_served(&self, word: &str) -> bool {
        let mut documents = self.library().documents().iter();
        documents.any(|document| document.meta.place.contains(word))
    }
}

/// What stands in `content` from `first` to the end of `last`, when no blank stands between.
fn between<'a>(content: &'a str, first: &str, last: &str) -> Option<&'a str> {
    let start = content.find(first)?;
    let end = start + content[start..].find(last)? + last.len();
    Some(&content[start..end]).filter(|text| !text.contains(char::is_whitespace))
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
