//! A message as data: HTML and buttons.

use crate::channels::telegram::callback::{Press, ScriptChoice};

/// A message, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::channels::telegram) struct Rendered {
    /// For `parse_mode=HTML`; never empty, at most [`LIMIT`](crate::channels::telegram::text::LIMIT)
    /// UTF-16 units.
    pub(in crate::channels::telegram) html: String,
    /// Rows of buttons; may be empty.
    pub(in crate::channels::telegram) keyboard: Vec<Vec<Button>>,
}

/// A button below a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) struct Button {
    /// Its label.
    pub(in crate::channels::telegram) label: String,
    /// Its action.
    pub(in crate::channels::telegram) kind: ButtonKind,
}

/// The action of a [`Button`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channels::telegram) enum ButtonKind {
    /// Sends a callback query.
    Press(Press),
    /// Sends a callback query that sets the script of the chat.
    Choose(ScriptChoice),
    /// Opens a URL.
    Open(String),
}
