//! The figures to take away: as a table for spreadsheets, and for programs.

use axum::{
    extract::{Query, State},
    http::{HeaderName, header},
    response::IntoResponse,
};

use super::figures::Filter;
use crate::{
    channels::{
        console::{
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
        },
        wording::admin::as_csv,
    },
    staff::Role,
    statistics::{Figures, as_json},
};

pub(in crate::channels::console) async fn csv(
    State(console): Shared,
    who: Who,
    Query(filter): Query<Filter>,
) -> Result<impl IntoResponse, Trouble> {
    let figures = taken(&console, &who, &filter).await?;
    let headers = headers(&figures, "csv", "text/csv; charset=utf-8");
    Ok((headers, as_csv(&figures)))
}

pub(in crate::channels::console) async fn json(
    State(console): Shared,
    who: Who,
    Query(filter): Query<Filter>,
) -> Result<impl IntoResponse, Trouble> {
    let figures = taken(&console, &who, &filter).await?;
    let headers = headers(&figures, "json", "application/json");
    Ok((headers, as_json(&figures).to_string()))
}

async fn taken(console: &Console, who: &Who, filter: &Filter) -> Result<Figures, Trouble> {
    who.needs(Role::Viewer)?;
    let (chosen, by) = (filter.chosen(who), who.actor().clone());
    let taken = console
        .service
        .with_office(move |office| office.export_figures(&chosen, &by));
    taken.await?.ok_or(Trouble::NoStore)
}

fn headers(
    figures: &Figures,
    extension: &str,
    content_type: &'static str,
) -> [(HeaderName, String); 2] {
    let period = figures.chosen.period;
    let (first, last) = (period.first(), period.last());
    let name = format!("attachment; filename=\"wenzheng-{first}-{last}.{extension}\"");
    [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ]
}
