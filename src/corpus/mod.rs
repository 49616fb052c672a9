//! The corpus: reports as documents, loaded from a folder of Markdown files.
//!
//! A corpus is a folder with one folder per place, `corpus/tongwei/2024-work-report.md`. What such a
//! file looks like and what is made of it is told in [`wenzheng_document`].
//!
//! Nothing here knows of search or scores.

pub mod check;
mod collection;
mod content;
mod degraded;
mod document_cache;
mod files;
mod hashed;
mod inventory;
mod kept;
mod library;
mod listing;
mod loader;
mod model;
mod rule_files;
mod rule_name;
mod validity;
mod watch;

pub use collection::{LoosePassage, collection};
pub use content::{ContentHash, content_hash};
pub use degraded::{Degraded, Serves};
pub use document_cache::program;
pub use files::{CorpusFile, CorpusFiles, ReadFile, embedded_texts, read_below};
pub use hashed::{HashedFile, hash_folder};
pub use inventory::Inventory;
pub use kept::{keep_documents, open_dir, open_dir_at_start, open_files, open_sound_files};
pub use library::{DocumentInfo, FoldedPassage, Library, LibraryError};
pub use listing::Listing;
pub use loader::{Loaded, embedded, load_dir, load_texts};
pub use model::{Corpus, CorpusError, PassageAt};
pub use rule_files::{RuleFile, read_rule_files, rule_files_below};
pub use rule_name::{RULES_ENDING, document_beside, is_rule_file};
pub use validity::{Reference, Relation, Validities, Validity};
pub use watch::FolderWatch;
pub use wenzheng_document::{
    Amendment, Block, BlockKind, Cell, Document, DocumentId, DocumentKind, FACETS, Facet, Fault,
    Meta, Passage, PassageId, PassageKind, Period, Policy, Problem, Progress, Section, Sentence,
    Term, TermPart, Years, bare_label, markdown, place_names, progress, spans_a_term, tense,
};
pub use wenzheng_import as import;
