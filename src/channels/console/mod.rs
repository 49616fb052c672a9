//! The console: pages under `/admin` on which the office runs the bot.
//!
//! | part | what it owns |
//! |---|---|
//! | `guard` | from where the console can be opened, headers of every page |
//! | `who`, `session` | who is signed in; cookie and session |
//! | `trouble`, `respond` | why a page is not shown, and how that is told |
//! | `sent` | forms: that they come from a page of ours, and what they say |
//! | `sign_in` | links, name and password |
//! | `layout`, `outcome` | the frame of a page; what became of a command |
//! | `pages` | one file a page |
//!
//! A page reads through [`Service::with_office`](crate::service::Service::with_office) and changes something by a command of the office, the same
//! that is typed in a chat, so that roles, audit and jobs are the same. Nothing is kept here: sessions are
//! in the store. No page is cached, shown in a frame or readable by scripts of other sites; there is no
//! inline script or style.

mod assets;
mod guard;
mod layout;
mod outcome;
mod pages;
mod respond;
mod sent;
mod session;
mod sign_in;
mod state;
mod trouble;
mod who;
mod wording;

use std::sync::Arc;

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{get, post},
};

use self::state::Console;
use crate::service::Service;

pub use self::state::{ConsoleSettings, Message, Rendering, ShownSetting};

/// The routes of the console.
pub fn router(service: Service, settings: ConsoleSettings) -> Router {
    let console = Arc::new(Console::new(service, settings));
    let signed_in = Router::new()
        .route("/admin", get(pages::overview::page))
        .route("/admin/export.csv", get(pages::export::csv))
        .route("/admin/export.json", get(pages::export::json))
        .route("/admin/do", post(pages::act::perform))
        .route("/admin/jobs/{number}", get(pages::job::page))
        .route("/admin/editions", get(pages::editions::page))
        .route("/admin/editions/{number}", get(pages::editions::one))
        .route("/admin/drafts/{number}", get(pages::editions::draft))
        .route("/admin/documents", get(pages::documents::page))
        .route("/admin/documents/{id}", get(pages::documents::one))
        .route("/admin/import", get(pages::import::page))
        .route("/admin/import/upload/", post(pages::import::upload))
        .route(
            "/admin/words",
            get(pages::words::page).post(pages::words::change),
        )
        .route("/admin/pins", get(pages::pins::page).post(pages::pins::pin))
        .route(
            "/admin/notices",
            get(pages::notices::page).post(pages::notices::put_up),
        )
        .route(
            "/admin/texts",
            get(pages::texts::page).post(pages::texts::change),
        )
        .route(
            "/admin/questions",
            get(pages::questions::page).post(pages::questions::change),
        )
        .route("/admin/questions/{number}", get(pages::questions::one))
        .route("/admin/tickets", get(pages::tickets::page))
        .route(
            "/admin/tickets/{number}",
            get(pages::tickets::one).post(pages::tickets::reply),
        )
        .route("/admin/try", get(pages::tryout::page))
        .route("/admin/audit", get(pages::audit::page))
        .route(
            "/admin/people",
            get(pages::people::page).post(pages::people::change),
        )
        .route("/admin/settings", get(pages::settings::page))
        .route("/admin/me", get(pages::me::page).post(pages::me::change))
        .route("/admin/out", post(sign_in::out));
    Router::new()
        .merge(signed_in)
        .route(
            "/admin/sign-in",
            get(sign_in::form).post(sign_in::by_password),
        )
        .route(
            "/admin/in/{secret}",
            get(sign_in::link).post(sign_in::by_link),
        )
        .route("/admin/assets/{name}", get(assets::serve))
        .layer(from_fn_with_state(Arc::clone(&console), guard::guard))
        .with_state(console)
}
