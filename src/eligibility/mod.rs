//! Who qualifies: the rules beside policy documents, asked about in a dialogue and judged clause by clause.
//!
//! A [`Book`] is loaded with every edition: each rule file is held against its document's text, and one that does not
//! fit refuses itself alone. [`asked()`] tells whether a question asks to be judged, for what and for whom, and what it
//! already says. A [`Dialogue`] is a plain value that asks only for what can still change the outcome; whoever keeps
//! it keeps it for minutes and logs nothing of it. [`present()`] makes an [`Answer`](crate::answer::Answer) of what it says: every
//! line with its words and their citation.
//!
//! Rules of a document that has expired, was replaced or is not yet in force do not run ([`runs()`]).
//!
//! | part | what it owns |
//! |---|---|
//! | `benefit`, `book`, `bind` | rules bound to the documents of a library |
//! | `validity` | whether they run on a day |
//! | `named`, `asked` | what a question asks to be judged |
//! | `subject`, `dialogue`, `word` | what is asked next, and what a reply makes of it |
//! | `cited`, `present`, `once` | what is said, as an answer |

mod asked;
mod benefit;
mod bind;
mod book;
mod cited;
mod dialogue;
mod named;
mod once;
mod present;
mod subject;
mod validity;
mod word;

pub use asked::{Asked, asked, asked_by_name};
pub use benefit::Benefit;
pub use bind::bind;
pub use book::{Book, VARIABLES, shipped_variables, vocabulary};
pub use dialogue::{Dialogue, Said, Step};
pub use once::{judged, judged_once, runs_on};
pub use present::{over, present};
pub use subject::Subject;
pub use validity::runs;
pub use word::Word;
