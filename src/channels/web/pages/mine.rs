//! What the chat page says of what is kept, and where it is seen and erased; `mine.js` fills it.

use maud::{Markup, html};

use crate::channels::web::wording;

/// Below the question field: what is kept, for how many days, and the way to it.
pub(super) fn notice(days: u32) -> Markup {
    html! {
        p.privacy {
            (wording::kept(days))
            span.scripted {
                (wording::KEPT_BY)
                button #mine .quiet type="button" aria-haspopup="dialog" { (wording::MINE) }
            }
        }
    }
}

/// The sheet with what is kept.
pub(super) fn dialog() -> Markup {
    html! {
        dialog #mine-dialog .mine aria-labelledby="mine-title" {
            div.panel-head {
                h2 #mine-title tabindex="-1" { (wording::MINE) }
                button #mine-close .quiet type="button" { (wording::CLOSE) }
            }
            div.mine-body {
                p #mine-said {}
                ul #mine-list {}
                p #mine-votes hidden {}
                button #mine-forget .button type="button" hidden { (wording::FORGET) }
                div #mine-sure hidden {
                    p { (wording::FORGET_SURE) }
                    button #mine-no .quiet type="button" { (wording::FORGET_NO) }
                    button #mine-yes .button type="button" { (wording::FORGET_YES) }
                }
            }
        }
    }
}
