//! Feedback buttons.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::{press::Pressed, state::Handlers};
use crate::{
    channels::{
        telegram::{
            callback::{Action, Press},
            delivery, render, wording as words,
        },
        wording::in_script,
    },
    service::{Act, Reason, Refusal, Vote, VoteCast},
};

impl Handlers {
    /// Counts a vote. 没用 adds buttons that ask for the reason.
    ///
    /// # Errors
    /// If votes are rate-limited.
    pub(super) async fn vote(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
        vote: Vote,
    ) -> Result<(), Refusal> {
        self.count_vote(pressed, press, vote, None).await?;
        let (line, reasons) = match vote {
            Vote::Useful => (words::THANKS, Vec::new()),
            Vote::Useless => (words::WHY, render::reasons(&press.passage, press.script)),
        };
        pressed
            .acknowledge(Some(&in_script(line, press.script)))
            .await;
        let Some(buttons) = pressed.buttons() else {
            return Ok(());
        };
        let mut wanted = without_reasons(buttons);
        let rows = reasons.iter().map(|row| {
            row.iter()
                .filter_map(delivery::inline_button)
                .collect::<Vec<InlineKeyboardButton>>()
        });
        wanted.inline_keyboard.extend(rows);
        // A change from 没用 to 有用 removes the question for a reason.
        if wanted != *buttons {
            pressed.edit_buttons(&wanted).await;
        }
        Ok(())
    }

    /// Counts the reason for a vote and removes the question for it.
    ///
    /// # Errors
    /// If votes are rate-limited.
    pub(super) async fn reason(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
        reason: Reason,
    ) -> Result<(), Refusal> {
        self.count_vote(pressed, press, Vote::Useless, Some(reason))
            .await?;
        let thanks = in_script(words::THANKS, press.script);
        pressed.acknowledge(Some(&thanks)).await;
        if let Some(buttons) = pressed.buttons() {
            pressed.edit_buttons(&without_reasons(buttons)).await;
        }
        Ok(())
    }

    async fn count_vote(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
        vote: Vote,
        reason: Option<Reason>,
    ) -> Result<(), Refusal> {
        let vote = Act::Vote(VoteCast {
            passage: press.passage.clone(),
            vote,
            reason,
        });
        match self.handle_press(pressed, vote).await {
            // A vote on a passage that is no longer served is acknowledged all the same.
            Ok(_) | Err(Refusal::UnknownPassage) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }
}

/// The keyboard without the rows that ask for a reason.
fn without_reasons(buttons: &InlineKeyboardMarkup) -> InlineKeyboardMarkup {
    use teloxide::types::InlineKeyboardButtonKind::CallbackData;
    let asks_why = |button: &InlineKeyboardButton| match &button.kind {
        CallbackData(data) => {
            Press::decode(data).is_some_and(|press| matches!(press.action, Action::Reason(_)))
        }
        _ => false,
    };
    let rows = buttons.inline_keyboard.iter();
    InlineKeyboardMarkup::new(rows.filter(|row| !row.iter().any(asks_why)).cloned())
}
