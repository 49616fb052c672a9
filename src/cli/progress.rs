//! A progress bar on the terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that shows itself at the first step; nothing is drawn when the output is no terminal.
pub(super) struct Bar(ProgressBar);

/// A bar for `what`.
pub(super) fn bar(what: &'static str) -> Bar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} 还需 {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    Bar(ProgressBar::no_length()
        .with_style(style)
        .with_message(what))
}

impl Bar {
    /// `done` of `all` are done; callable from any thread.
    pub(super) fn show(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
