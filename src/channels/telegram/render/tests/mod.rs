//! Claims about rendered messages; what they look like stands in the snapshots.

mod answer;
mod properties;
mod reading;
mod suggested;

use std::fmt::Write as _;

use super::{ButtonKind, Rendered};

/// A message as a person sees it: the HTML, then a line for each row of buttons.
fn shown(message: &Rendered) -> String {
    let mut shown = message.html.clone();
    for row in &message.keyboard {
        shown.push('\n');
        for button in row {
            let data = match &button.kind {
                ButtonKind::Press(press) => press.encode(),
                ButtonKind::Choose(choice) => choice.encode().to_owned(),
                ButtonKind::Suggested(suggested) => suggested.encode(),
                ButtonKind::Pick(pick) | ButtonKind::InPrivate(pick) => pick.encode(),
                ButtonKind::Open(address) => address.clone(),
                ButtonKind::Perform(typed) => typed.clone(),
            };
            let _ = write!(shown, "[{} {data}]", button.label);
        }
    }
    shown
}
