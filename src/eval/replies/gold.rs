//! What a whole reply should be like.

use std::path::Path;

use serde::{Deserialize, de::IgnoredAny};

use crate::eval::question::{self, EvalError};

/// What the report has to say on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// It answers.
    Full,
    /// It speaks of the matter; the fact asked for is missing.
    Part,
    /// It does not speak of it.
    No,
    /// None of its business: a greeting, a command, an emergency, the bot itself.
    Talk,
}

impl Holds {
    /// As gold files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Part => "part",
            Self::No => "no",
            Self::Talk => "talk",
        }
    }
}

/// One question and what a reply to it must and must not have. In a single string of `answer`,
/// `must`, `first`, `never` and `label` alternatives are separated by `|`.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldReply {
    /// Names it.
    pub id: String,
    /// The report asked about, by the stem of its file, when several are measured at once; `None`
    /// asks whatever is loaded.
    #[serde(default)]
    pub document: Option<String>,
    /// As typed.
    pub q: String,
    /// Earlier questions of the conversation.
    #[serde(default)]
    pub history: Vec<String>,
    /// `resident`, `cadre` or `admin`.
    pub role: String,
    /// A free word.
    pub kind: String,
    /// What the report has to say.
    pub holds: Holds,
    /// The first card holds one of these substrings of the report.
    #[serde(default)]
    pub lead: Vec<String>,
    /// A card that holds none of these, nor of `lead`, is noise.
    #[serde(default)]
    pub relevant: Vec<String>,
    /// `lead` and `relevant` stand in two or more sentences.
    #[serde(default)]
    pub several: bool,
    /// Each list is met among the cards.
    #[serde(default)]
    pub all: Vec<Vec<String>>,
    /// Each stands in the reply's text, quoted or not.
    #[serde(default)]
    pub answer: Vec<String>,
    /// Those allowed.
    #[serde(default)]
    pub status: Vec<String>,
    /// The opening says each of these; `{denial}` stands for any honest “not written”.
    #[serde(default)]
    pub must: Vec<String>,
    /// A number or office that comes within the first 60 characters, before any denial.
    #[serde(default)]
    pub first: Option<String>,
    /// None of these stands in the text.
    #[serde(default)]
    pub never: Vec<String>,
    /// Of a full line, that a missing detail may be denied; of talk, that an apology is right.
    #[serde(default)]
    pub denial: bool,
    /// Of a part line, that a reply without a card is right too.
    #[serde(default)]
    pub absent: bool,
    /// More than two telephone numbers are right.
    #[serde(default)]
    pub numbers: bool,
    /// What the first card says of its time: `done`, `ongoing`, `expected`, `planned`, `assessment`
    /// or `none`.
    #[serde(default)]
    pub label: Option<String>,
}

/// Reads a gold file of whole replies, blank lines skipped; `None` when its first line says nothing of
/// what the report holds: a file of another kind.
///
/// # Errors
/// [`EvalError`] with file and line.
pub fn read(file: &Path) -> Result<Option<Vec<GoldReply>>, EvalError> {
    #[derive(Deserialize)]
    struct Kind {
        holds: Option<IgnoredAny>,
    }
    let kinds: Vec<Kind> = question::read(file)?;
    match kinds.first() {
        Some(Kind { holds: Some(_) }) => question::read(file).map(Some),
        _ => Ok(None),
    }
}
