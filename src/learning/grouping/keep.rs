//! Which questions are worth learning from.

use super::features::Features;
use crate::{
    answer::{Answer, AnswerError, Question, Status},
    assistant::{Assistant, Snapshot},
};

/// True for a question; false for small talk, abuse, orders to the bot, and for what somebody has to be
/// called for at once, which is nobody's lack of knowledge.
#[must_use]
pub fn is_kept(answer: &Answer) -> bool {
    let asks = match answer.status {
        Status::Answered | Status::Partial | Status::NotFound => true,
        Status::Smalltalk | Status::Help => false,
    };
    let urgent = answer.referral.as_ref();
    let urgent = urgent.is_some_and(|referral| referral.concern.is_urgent());
    asks && answer.smalltalk.is_none() && !urgent
}

/// The features of a question as logged, which `snapshot` is asked once more; `None` for what is not
/// kept ([`is_kept`]), and for what says nothing without the question before it.
///
/// # Errors
/// [`AnswerError`] when the corpus cannot be searched or read.
pub fn read(
    assistant: &Assistant,
    snapshot: &Snapshot,
    text: &str,
) -> Result<Option<Features>, AnswerError> {
    let answer = assistant.answer_alone(snapshot, &Question::new(text))?;
    if !is_kept(&answer) {
        return Ok(None);
    }
    let features = Features::of(snapshot, text, answer.missing.as_ref());
    Ok(Some(features).filter(|features| !features.is_bare()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::Town;

    #[test]
    fn a_question_is_kept_and_talk_is_not() {
        let town = Town::with("今年计划新建敬老院3所。");
        for asked in ["今年新建几所敬老院", "医保报销比例", "口袋公园在哪"] {
            assert!(is_kept(&town.ask(asked)), "{asked}");
        }
        for said in ["你好", "谢谢", "滚蛋", "怎么用", "我妈喝农药了"] {
            assert!(!is_kept(&town.ask(said)), "{said}");
        }
    }
}
