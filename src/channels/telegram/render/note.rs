//! Messages other than answers.

use super::message::{Button, ButtonKind, Rendered};
use crate::{
    answer::Script,
    channels::{
        telegram::{
            callback::ScriptChoice,
            text::{LIMIT, cost, cut, escape},
            wording as words,
        },
        wording::in_script,
    },
};

/// Plain text without markup, cut if it is too long.
pub(in crate::channels::telegram) fn note(text: &str) -> Rendered {
    let html = if cost(text) <= LIMIT {
        escape(text)
    } else {
        let room = LIMIT - cost(words::LIST_CUT) - 1;
        format!("{}\n{}", escape(cut_lines(text, room)), words::LIST_CUT)
    };
    Rendered {
        html,
        keyboard: Vec::new(),
    }
}

/// The longest prefix of whole lines that costs at most `budget`.
fn cut_lines(text: &str, budget: usize) -> &str {
    let mut kept = 0;
    for (at, _) in text.match_indices('\n') {
        if cost(&text[..at]) > budget {
            break;
        }
        kept = at;
    }
    if kept == 0 {
        cut(text, budget)
    } else {
        &text[..kept]
    }
}

/// The reply to `/lang`.
pub(in crate::channels::telegram) fn lang(choice: ScriptChoice, script: Script) -> Rendered {
    let buttons = ScriptChoice::ALL.map(|choice| Button {
        label: words::script(choice).to_owned(),
        kind: ButtonKind::Choose(choice),
    });
    Rendered {
        html: escape(&in_script(&words::lang(choice), script)),
        keyboard: vec![buttons.to_vec()],
    }
}
