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
    /// Words that tell of something they don't name (补贴).
    LeaningWords,
    /// Places that a report may be of.
    Places,
    /// English phrases with their Chinese words.
    English,
    /// Examples of questions that a report may answer.
    OnTopic,
    /// Examples of questions that no report answers.
    OffTopic,
}

/// A list with its file.
pub(super) struct ListFile {
    pub(super) list: List,
    /// In `config/lexicon`.
    pub(super) name: &'static str,
    /// What is in it inside the program.
    pub(super) built_in: &'static str,
}

macro_rules! file {
    ($list:ident, $name:literal) => {
        ListFile {
            list: List::$list,
            name: $name,
            built_in: include_str!(concat!("../../../../config/lexicon/", $name)),
        }
    };
}

/// All of them, in the order in which they are read.
pub(super) const FILES: [ListFile; 11] = [
    file!(Courtesy, "courtesy.txt"),
    file!(QuestionWords, "question-words.txt"),
    file!(Synonyms, "synonyms.txt"),
    file!(Abbreviations, "abbreviations.txt"),
    file!(UserWords, "user-words.txt"),
    file!(WeakWords, "weak-words.txt"),
    file!(LeaningWords, "leaning-words.txt"),
    file!(Places, "places.txt"),
    file!(English, "english.txt"),
    file!(OnTopic, "on-topic.txt"),
    file!(OffTopic, "off-topic.txt"),
];

/// Lists of what an office adds, each beside the list of its kind.
pub(super) const OFFICE: [(List, &str); 2] = [
    (List::Synonyms, "office/synonyms.txt"),
    (List::UserWords, "office/user-words.txt"),
];
