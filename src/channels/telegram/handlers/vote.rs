//! The buttons that ask whether an answer helped.

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
    service::{Act, Reason, Refusal, Vote},
};

impl Handlers {
    /// 有用 is thanked for; 没用 is asked why, with buttons below those that stand there.
    ///
    /// # Errors
    /// When votes come too fast.
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
        // Who changes their mind from 没用 to 有用 is asked for no reason.
        if wanted != *buttons {
            pressed.edit_buttons(&wanted).await;
        }
        Ok(())
    }

    /// The reason is thanked for, and the question for it goes.
    ///
    /// # Errors
    /// When votes come too fast.
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
        let vote = Act::Vote {
            passage: press.passage.clone(),
            vote,
            reason,
        };
        match self.handle_press(pressed, vote).await {
            // Whoever voted is thanked, even for a vote on what is not served any more.
            Ok(_) | Err(Refusal::UnknownPassage) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }
}

/// The rows that ask for no reason.
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
