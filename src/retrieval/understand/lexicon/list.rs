//! Which lists there are.

/// A word list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Phrases that are removed wherever they occur (请问).
    Courtesy,
    /// Words that say how something is asked, not what (多少).
    QuestionWords,
    /// Everyday words for official ones.
    Synonyms,
    /// Short names for long ones.
    Abbreviations,
    /// Words that the segmenter learns.
    UserWords,
    /// Words that stand everywhere (工作).
    WeakWords,
    /// English phrases with their Chinese words.
    English,
    /// Examples of questions that a report may answer.
    OnTopic,
    /// Examples of questions that no report answers.
    OffTopic,
}

impl List {
    /// All of them, in the order in which they are read.
    pub(super) const ALL: [Self; 9] = [
        Self::Courtesy,
        Self::QuestionWords,
        Self::Synonyms,
        Self::Abbreviations,
        Self::UserWords,
        Self::WeakWords,
        Self::English,
        Self::OnTopic,
        Self::OffTopic,
    ];

    /// Its file in `config/lexicon`.
    #[must_use]
    pub(super) const fn file_name(self) -> &'static str {
        self.file().0
    }

    /// The list inside the program.
    pub(super) const fn built_in(self) -> &'static str {
        self.file().1
    }

    const fn file(self) -> (&'static str, &'static str) {
        macro_rules! file {
            ($name:literal) => {
                (
                    $name,
                    include_str!(concat!("../../../../config/lexicon/", $name)),
                )
            };
        }
        match self {
            Self::Courtesy => file!("courtesy.txt"),
            Self::QuestionWords => file!("question-words.txt"),
            Self::Synonyms => file!("synonyms.txt"),
            Self::Abbreviations => file!("abbreviations.txt"),
            Self::UserWords => file!("user-words.txt"),
            Self::WeakWords => file!("weak-words.txt"),
            Self::English => file!("english.txt"),
            Self::OnTopic => file!("on-topic.txt"),
            Self::OffTopic => file!("off-topic.txt"),
        }
    }
}
