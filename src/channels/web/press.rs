//! What can be pressed beside an answer: numbers to call, pages to open.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use utoipa::ToSchema;

use super::wording;
use crate::{
    answer::Script,
    channels::{
        deployment::Deployment,
        hotlines::Number,
        wording::{Link, in_script},
    },
};

/// A number or a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Press {
    /// 拨打 110（报警）, 《…》全文
    pub(super) text: String,
    /// `tel:110`, or the address of a page without scheme and host.
    pub(super) href: String,
}

impl Press {
    /// Calls `number`.
    pub(super) fn call(number: &Number, script: Script) -> Self {
        let text = wording::call(&number.to_string());
        Self {
            text: in_script(&text, script).into_owned(),
            href: format!("tel:{}", number.number),
        }
    }

    /// Opens the page on which `question` is left for a person.
    pub(super) fn ticket(question: &str, script: Script, deployment: &Deployment) -> Self {
        let question = utf8_percent_encode(question, NON_ALPHANUMERIC);
        Self {
            text: in_script(wording::TICKET_LINK, script).into_owned(),
            href: deployment.path(&format!("/ticket?q={question}")),
        }
    }

    /// Opens a page.
    pub(super) fn page(link: &Link, script: Script, deployment: &Deployment) -> Self {
        Self {
            text: in_script(&link.text, script).into_owned(),
            href: deployment.path(&link.path),
        }
    }
}
