//! The buttons of a dialogue on who qualifies.

use super::message::{Button, ButtonKind};
use crate::{
    answer::{Check, Script},
    channels::{
        telegram::{callback::Pick, wording as words},
        wording::{self, in_script},
    },
};

/// Labels no longer than this, in characters, share a row.
const SHORT: usize = 8;
/// Short labels in a row.
const IN_A_ROW: usize = 3;

/// Answers to choose from, and below them what else can be done.
pub(super) fn check_keyboard(check: &Check, script: Script) -> Vec<Vec<Button>> {
    let buttons = wording::buttons(check);
    let button = |(label, pick): &(String, String)| Button {
        label: in_script(label, script).into_owned(),
        kind: ButtonKind::Pick(Pick(pick.clone())),
    };
    let choices: Vec<Button> = buttons.choices.iter().map(button).collect();
    let is_short = |button: &Button| button.label.chars().count() <= SHORT;
    let in_a_row = match choices.iter().all(is_short) {
        true => IN_A_ROW,
        false => 1,
    };
    let mut rows: Vec<Vec<Button>> = choices.chunks(in_a_row).map(<[Button]>::to_vec).collect();
    rows.extend(buttons.in_private.map(|pick| {
        vec![Button {
            label: in_script(words::ON_IN_PRIVATE, script).into_owned(),
            kind: ButtonKind::InPrivate(Pick(pick)),
        }]
    }));
    rows.push(buttons.controls.iter().map(button).collect());
    rows.retain(|row| !row.is_empty());
    rows
}
