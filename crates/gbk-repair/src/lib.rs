//! Restores Chinese text that slipped by a byte while it was decoded as GBK.
//!
//! GBK writes a Chinese character in two bytes. Some tool replaced the pairs A3A1 ！, A3BF ？ and
//! A3BB ； by ASCII marks without looking where characters begin, so it also hit the second byte of
//! one character and the first of the next:
//!
//! ```text
//! 。   “   通   渭   黃   芪      A1[A3 A1]B0 CDA8 CEBC FC53 DCCE
//! ?  !  巴   ㄎ   键   S   芪      A1  21  B0CD A8CE BCFC 53 DCCE
//! ```
//!
//! Every byte but the first is still there. So the stretch is encoded again, the byte put back,
//! and decoded: what remains to be guessed is that first byte, where the stretch ends, and pairs
//! that GBK does not assign and that vanished. [`repair`] tries all of it and takes what reads
//! best; where two outcomes read about equally well it marks the character □ ([`LOST`]) instead of
//! choosing.
//!
//! ```
//! let repaired = gbk_repair::repair("構筑了縣域經濟大框架?!巴ㄎ键S芪”“通渭粉條”獲得");
//! assert_eq!(repaired.text, "構筑了縣域經濟大框架。“通渭黃芪”“通渭粉條”獲得");
//! assert_eq!(repaired.repairs[0].before, "?!巴ㄎ键S");
//! ```
//!
//! [`Repairer`] does the same for texts of another kind, given an [`Idiom`] counted in samples of
//! them; [`Surroundings`] are the sound paragraphs of the same text; a [`Budget`] bounds the work.
//!
//! The text is judged in Simplified script but repaired in its own, for the bytes are those of
//! the script it was damaged in: 黃 has an `S` in it, 黄 has not.

mod agree;
mod bridges;
mod candidate;
mod damage;
mod decide;
mod gbk;
mod grams;
mod idiom;
mod language;
mod likelihood;
mod phrases;
mod reading;
mod repairer;
mod repairs;
mod search;
mod surroundings;

pub use self::{
    idiom::Idiom,
    repairer::{Repairer, is_suspect, repair, repair_within},
    repairs::{Budget, Certainty, LOST, Repair, Repaired},
    surroundings::Surroundings,
};

#[cfg(test)]
mod tests;
