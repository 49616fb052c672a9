//! Reading an answer: 82, 八十二, 满80不到90, 是, 没有, B, 第2个, 不知道.

mod date;
mod pick;
mod range;
mod read;
mod unclear;
mod yes_no;

pub(crate) use self::pick::value_in;
pub use self::{read::read, unclear::Unclear};
