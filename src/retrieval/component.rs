//! The parts of understanding and ranking that can be left out, to measure what each is worth
//! (`wenzheng eval --ablate`). In service all are on.

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// Words, in BM25 and as a share of the question.
    Words,
    /// Character pairs, in BM25.
    Pairs,
    /// How much of the question one sentence, and the passage, cover.
    Coverage,
    /// Headings and lead sentences.
    Headings,
    /// Search by meaning.
    Meaning,
    /// Similarity of the passage as a whole, beside its sentences.
    PassageSimilarity,
    /// More weight on meaning where words are of little help.
    SemanticWhenUncovered,
    /// Everyday words for official ones, abbreviations.
    Lexicon,
    /// Question words leave the query.
    QuestionWords,
    /// Glossary terms by name, sound and likeness.
    Terms,
    /// Misspelt words are replaced.
    Corrections,
    /// Whole-pinyin and English questions are read.
    Latin,
    /// The year or the state of things asked for.
    Period,
    /// The kind of fact asked for.
    AnswerType,
    /// Questions of several parts are answered part by part.
    Parts,
    /// A follow-up takes its topic from the questions before it.
    FollowUps,
}

impl Component {
    /// All of them, each with its name in tables.
    pub const ALL: [(Self, &'static str); 16] = [
        (Self::Words, "words"),
        (Self::Pairs, "character pairs"),
        (Self::Coverage, "coverage by sentence"),
        (Self::Headings, "headings"),
        (Self::Meaning, "meaning"),
        (Self::PassageSimilarity, "meaning of the whole passage"),
        (Self::SemanticWhenUncovered, "meaning by doubt"),
        (Self::Lexicon, "lexicon"),
        (Self::QuestionWords, "question words removed"),
        (Self::Terms, "slogans"),
        (Self::Corrections, "typing mistakes"),
        (Self::Latin, "pinyin and English"),
        (Self::Period, "period asked for"),
        (Self::AnswerType, "kind of fact asked for"),
        (Self::Parts, "several parts"),
        (Self::FollowUps, "follow-ups"),
    ];
}

/// Which components are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Components(u32);

impl Default for Components {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Components {
    /// All but one.
    #[must_use]
    pub const fn without(component: Component) -> Self {
        Self(!(1 << component as u32))
    }

    /// True when `component` is on.
    #[must_use]
    pub const fn has(self, component: Component) -> bool {
        self.0 & (1 << component as u32) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_off_and_the_others_are_on() {
        for (off, _) in Component::ALL {
            let components = Components::without(off);
            for (component, _) in Component::ALL {
                assert_eq!(components.has(component), component != off);
                assert!(Components::default().has(component));
            }
        }
    }
}
