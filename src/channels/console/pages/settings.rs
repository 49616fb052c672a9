//! All settings in force, and where they come from.

use axum::extract::State;
use maud::{Markup, html};

use crate::{
    channels::console::{
        layout::{self, Page},
        state::Shared,
        trouble::Trouble,
        who::Who,
        wording,
    },
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    who.needs(Role::Owner)?;
    let content = html! {
        p { "这里只能看。要修改，请在服务器上改设置文件或环境变量，再重启服务；密码和密钥只显示有没有设置。" }
        table {
            thead { tr { th { "设置" } th { "值" } th { "从哪里来" } } }
            tbody {
                @for setting in &console.settings.shown {
                    tr { td { code { (setting.key) } } td { code { (setting.value) } } td { (setting.origin) } }
                }
            }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Settings,
        wording::SETTINGS,
        &content,
    ))
}
