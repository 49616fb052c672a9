//! The reports as data.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::responses::{Malformed, Unknown};
use crate::{
    assistant::{CitedSection, Snapshot},
    channels::{
        answer_json::PeriodRecord,
        client::Client,
        web::{problem::Problem, state::Shared, wording},
        wording as words,
    },
    corpus::{DocumentId, DocumentInfo, LibraryError, PassageId, PassageKind, Term},
    service::{Act, List, Read},
};

/// Entries of a list given at most.
const PAGE: usize = 1_000;
/// Entries left out at most.
const FAR: usize = 1_000_000;
/// Entries given unless asked for more or fewer.
const DEFAULT_PAGE: usize = 200;

/// A passage and the section it stands in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PassageRecord<'a> {
    passage_id: &'a str,
    document_id: &'a str,
    document_title: &'a str,
    /// Headings from the outside in, the lead sentence last.
    path: &'a [String],
    period: PeriodRecord,
    kind: PassageKind,
    /// Verbatim.
    text: &'a str,
    section: SectionRecord<'a>,
}

/// A run of passages below one heading.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SectionRecord<'a> {
    /// Headings from the outside in.
    path: &'a [String],
    passages: Vec<SectionPassage<'a>>,
}

/// A passage among its neighbours.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SectionPassage<'a> {
    passage_id: &'a str,
    text: &'a str,
    period: PeriodRecord,
}

/// Look up a passage
///
/// An id survives a reload of the corpus as long as the passage's text and place are the same.
#[utoipa::path(
    get,
    path = "/api/passages/{id}",
    tag = "corpus",
    operation_id = "passage",
    params(("id" = String, Path, description = "As given in a citation")),
    responses((status = 200, description = "The passage", body = PassageRecord), Unknown),
)]
pub(super) async fn passage(
    State(web): Shared,
    client: Client,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_passage())?;
    let id = PassageId(id);
    let snapshot = web
        .show(client, Act::Read(Read::Passage(id.clone())))
        .await?;
    let CitedSection {
        document,
        section,
        passages,
        passage,
    } = snapshot
        .section(&id)?
        .ok_or_else(Problem::unknown_passage)?;
    let record = PassageRecord {
        passage_id: &passage.id.0,
        document_id: &document.id.0,
        document_title: &document.meta.title,
        path: &passage.path,
        period: passage.period.into(),
        kind: passage.kind,
        text: &passage.text,
        section: SectionRecord {
            path: &section.path,
            passages: passages
                .iter()
                .map(|passage| SectionPassage {
                    passage_id: &passage.id.0,
                    text: &passage.text,
                    period: passage.period.into(),
                })
                .collect(),
        },
    };
    Ok(Json(record).into_response())
}

/// Which part of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TermsQuery {
    /// Only the glossary of this document.
    document: Option<String>,
    /// Entries left out at the start; 0 unless given.
    #[param(minimum = 0, maximum = 1_000_000)]
    offset: Option<u32>,
    /// Entries at most; 200 unless given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// A glossary entry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TermRecord<'a> {
    /// As printed, with quotation marks.
    name: &'a str,
    /// Other names, without quotation marks; the bare name first.
    aliases: &'a [String],
    /// Verbatim.
    definition: &'a str,
    /// Parts of the slogan that the definition explains one by one.
    parts: Vec<PartRecord<'a>>,
    passage_id: String,
    document_id: &'a str,
    document_title: &'a str,
    /// Ids of the passages that use the slogan, in document order.
    used_in: Vec<String>,
}

/// One part of a slogan.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PartRecord<'a> {
    name: &'a str,
    text: String,
}

/// List the slogans that the reports explain
#[utoipa::path(
    get,
    path = "/api/terms",
    tag = "corpus",
    operation_id = "terms",
    params(TermsQuery),
    responses(
        (status = 200, description = "In document order", body = [TermRecord]),
        Malformed,
        Unknown,
    ),
)]
pub(super) async fn terms(
    State(web): Shared,
    client: Client,
    query: Result<Query<TermsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|_| Problem::bad_request(wording::BAD_PAGE))?;
    let (offset, limit) = page(query.offset, query.limit)?;
    let document = query.document.map(DocumentId);
    let list = Act::List(List::Terms(document.clone()));
    let snapshot = web.show(client, list).await?;
    let wanted = |of: &DocumentInfo| document.as_ref().is_none_or(|id| of.id == *id);
    let terms: Vec<TermRecord<'_>> = snapshot
        .library()
        .terms()
        .filter(|(document, _)| wanted(document))
        .skip(offset)
        .take(limit)
        .map(|(document, term)| term_record(&snapshot, document, term))
        .collect::<Result<_, _>>()?;
    Ok(Json(terms).into_response())
}

fn term_record<'a>(
    snapshot: &Snapshot,
    document: &'a DocumentInfo,
    term: &'a Term,
) -> Result<TermRecord<'a>, LibraryError> {
    let passage = snapshot.passage_of(document, term.passage)?;
    let uses = term.used_in.iter();
    let uses = uses.map(|at| Ok(snapshot.passage_of(document, *at)?.id.to_string()));
    Ok(TermRecord {
        name: &term.name,
        aliases: &term.aliases,
        definition: &term.definition,
        parts: term
            .parts
            .iter()
            .map(|part| PartRecord {
                name: &part.name,
                text: part.span.of(&passage.text).to_owned(),
            })
            .collect(),
        passage_id: passage.id.to_string(),
        document_id: &document.id.0,
        document_title: &document.meta.title,
        used_in: uses.collect::<Result<_, LibraryError>>()?,
    })
}

/// Which part of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DocumentsQuery {
    /// Entries left out at the start; 0 unless given.
    #[param(minimum = 0, maximum = 1_000_000)]
    offset: Option<u32>,
    /// Entries at most; 200 unless given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// A report or another document.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DocumentRecord<'a> {
    id: &'a str,
    title: &'a str,
    /// Empty when a document that is no report names none.
    place: &'a str,
    /// `work-report`, `policy`, `faq` or `document`
    kind: &'static str,
    /// The year planned for: 今年; of a document that is no report its own, null when it names none.
    year: Option<i32>,
    /// The year reviewed: 去年; null for what is no report.
    review_year: Option<i32>,
    issuer: &'a str,
    /// 文号 of a policy document; empty when it has none.
    doc_number: &'a str,
    /// How a policy document stands today, in Chinese: 有效至2030年3月31日. Null for what is none.
    validity: Option<String>,
    /// `YYYY-MM-DD`, when known.
    delivered_on: Option<String>,
    source: &'a str,
    passages: usize,
}

/// List the reports that are served
#[utoipa::path(
    get,
    path = "/api/documents",
    tag = "corpus",
    operation_id = "documents",
    params(DocumentsQuery),
    responses((status = 200, description = "Sorted by id", body = [DocumentRecord]), Malformed),
)]
pub(super) async fn documents(
    State(web): Shared,
    client: Client,
    query: Result<Query<DocumentsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|_| Problem::bad_request(wording::BAD_PAGE))?;
    let (offset, limit) = page(query.offset, query.limit)?;
    let snapshot = web.show(client, Act::List(List::Documents)).await?;
    let documents = snapshot.library().documents().iter();
    let today = web.service.today();
    let record = |document| {
        let standing = snapshot.standing(document, today);
        document_record(document, standing.map(|it| words::standing(&it)))
    };
    let documents = documents.skip(offset).take(limit).map(record);
    Ok(Json(documents.collect::<Vec<_>>()).into_response())
}

fn document_record(document: &DocumentInfo, validity: Option<String>) -> DocumentRecord<'_> {
    let meta = &document.meta;
    DocumentRecord {
        id: &document.id.0,
        title: &meta.title,
        place: &meta.place,
        kind: meta.kind.name(),
        year: meta.year,
        review_year: meta.review_year,
        issuer: &meta.issuer,
        doc_number: &meta.policy.doc_number,
        validity,
        delivered_on: meta.delivered_on.map(|date| date.to_string()),
        source: &meta.source,
        passages: document.passages,
    }
}

fn page(offset: Option<u32>, limit: Option<u32>) -> Result<(usize, usize), Problem> {
    let number = |given: Option<u32>, default| {
        given.map_or(default, |n| usize::try_from(n).unwrap_or(usize::MAX))
    };
    let (offset, limit) = (number(offset, 0), number(limit, DEFAULT_PAGE));
    if offset > FAR || !(1..=PAGE).contains(&limit) {
        return Err(Problem::bad_request(wording::BAD_PAGE));
    }
    Ok((offset, limit))
}
