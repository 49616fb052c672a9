//! Simplified and Traditional script.

use std::borrow::Cow;

use crate::{answer::Script, text::normalize::to_traditional};

/// `text` in the asker's script.
#[must_use]
pub fn in_script(text: &str, script: Script) -> Cow<'_, str> {
    match script {
        Script::Simplified => Cow::Borrowed(text),
        Script::Traditional => Cow::Owned(to_traditional(text)),
    }
}
