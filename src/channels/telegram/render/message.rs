//! A message as data: HTML and buttons.

use crate::channels::telegram::callback::{Press, ScriptChoice};

/// One message, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::channels::telegram) struct Rendered {
    /// For `parse_mode=HTML`; at most [`LIMIT`] UTF-16 units, never empty.
    pub(in crate::channels::telegram) html: String,
    /// Rows of buttons; may be empty.
    pub(in crate::channels::telegram) keyboard: Vec<Vec<Button>>,
}

/// A button below a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) struct Button {
    /// What it says.
    pub(in crate::channels::telegram) label: String,
    /// What it does.
    pub(in crate::channels::telegram) does: Does,
}

/// What a [`Button`] does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) enum Does {
    /// Comes back to the bot.
    Press(Press),
    /// Comes back to the bot and sets the script of the chat.
    Choose(ScriptChoice),
    /// Opens an address.
    Open(String),
}
