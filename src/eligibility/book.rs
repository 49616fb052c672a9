//! The rules of a whole corpus.

use std::{path::Path, sync::Arc};

use wenzheng_rules::{Use, Vocabulary};

use super::{
    benefit::Benefit,
    bind::{bind, refusals},
};
use crate::corpus::{DocumentId, Library, LibraryError, Problem, RuleFile};

/// What the list of variables that all rule files share is called among the word lists.
pub const VARIABLES: &str = "variables.toml";

/// That list as it ships inside the program.
const SHIPPED: &str = include_str!("../../config/lexicon/variables.toml");

/// The rules of a corpus, with the vocabulary that they share; immutable.
#[derive(Debug, Default)]
pub struct Book {
    /// In the order of the documents.
    benefits: Vec<Arc<Benefit>>,
}

impl Book {
    /// The rules that `files` hold for the documents of `library`, and what is wrong in the others: each refuses
    /// itself alone.
    ///
    /// # Errors
    /// [`LibraryError`] when a document cannot be read.
    pub fn load(
        library: &Library,
        files: &[RuleFile],
        vocabulary: &Vocabulary,
    ) -> Result<(Self, Vec<Problem>), LibraryError> {
        let (mut benefits, mut problems) = (Vec::new(), Vec::new());
        for file in files {
            match bind(library, file, vocabulary, Use::Answering)? {
                Ok(benefit) => benefits.push(Arc::new(benefit)),
                Err(refused) => problems.extend(refused),
            }
        }
        benefits.sort_by_key(|benefit| benefit.index);
        Ok((Self { benefits }, problems))
    }

    /// All benefits, in the order of their documents.
    #[must_use]
    pub fn benefits(&self) -> &[Arc<Benefit>] {
        &self.benefits
    }

    /// The benefit that the document with this id grants.
    #[must_use]
    pub fn of(&self, document: &DocumentId) -> Option<&Arc<Benefit>> {
        let mut benefits = self.benefits.iter();
        benefits.find(|benefit| benefit.document == *document)
    }

    /// The benefit that the document at this index grants.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Arc<Benefit>> {
        let mut benefits = self.benefits.iter();
        benefits.find(|benefit| benefit.index == index)
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.benefits.is_empty()
    }
}

/// The list of shared variables inside the program.
#[must_use]
pub const fn shipped_variables() -> &'static str {
    SHIPPED
}

/// The shared variables that `text` defines, or those inside the program where there is none, or it has mistakes,
/// which are told.
#[must_use]
pub fn vocabulary(file: &Path, text: Option<&str>) -> (Vocabulary, Vec<Problem>) {
    let shipped = || {
        let read = Vocabulary::read(VARIABLES, SHIPPED);
        read.expect("a test reads the list that is part of the program")
    };
    let Some(text) = text else {
        return (shipped(), Vec::new());
    };
    match Vocabulary::read(&file.display().to_string(), text) {
        Ok(vocabulary) => (vocabulary, Vec::new()),
        Err(problems) => (shipped(), refusals(file, &problems)),
    }
}
