//! Judges whole replies as a person reads them, against a gold file of one JSON object a line:
//!
//! ```text
//! {"id","q","history"?,"document"?,"role","kind","holds","lead":[…],"relevant":[…],"several"?,"all":[[…]],
//!  "answer":[…],"status":[…],"must":[…],"first"?,"never":[…],"denial"?,"absent"?,"numbers"?,"label"?}
//! ```
//!
//! [`GoldReply`] says what each field means, `rules` what is asked of a reply: that its first quote is
//! right (`lead`), that none is beside the point (`noise`), that what it says in its own words is
//! true (`claims`) and owns what the report lacks (`must`), and so on; [`Verdict`] holds one answer to
//! each. A reply is judged by what `ask --batch` prints ([`Reply`]).
//!
//! The own words are mostly judged in the *opening*: what a reply says before its first quote, or the
//! whole of it where it shows none. Sentences that stand in most openings, whatever is asked, do not
//! count there (`stock`).
//!
//! The judge also exists outside this program, in Python, and both give the same verdicts:
//! `tests/it/replies.rs`. Its patterns therefore stand here letter by letter.

mod claims;
mod figures;
mod gold;
mod judge;
mod label;
mod opening;
mod patterns;
mod reply;
mod rules;
mod stock;
mod text;

pub use figures::Figures;
pub use gold::{GoldReply, Holds, read};
pub use judge::{Replied, Verdict, judge, matched};
pub use reply::{Card, CardPeriod, Reply};
