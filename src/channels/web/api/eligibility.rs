//! Whether somebody qualifies, without a dialogue: nothing is remembered.

use std::{collections::BTreeMap, time::Instant};

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::responses::{BodyRefused, Malformed, TooFast, Unknown};
use crate::{
    channels::{
        answer_json::AnswerRecord,
        client::Client,
        web::{body::JsonBody, problem::Problem, state::Shared, wording},
    },
    service::{Act, Channel, Request},
};

/// Answers looked at.
const ANSWERS: usize = 100;

/// What is to be judged.
#[derive(Deserialize, ToSchema)]
pub(super) struct EligibilityBody {
    /// The name of a benefit or document, or a question (我妈82岁能领高龄津贴吗, 我能享受哪些政策).
    #[schema(pattern = r"\S", example = "高龄津贴")]
    about: String,
    /// What is known: for each `eligibility.next.variable` of an earlier reply what was said to it.
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

/// Whether somebody qualifies.
#[derive(Serialize, ToSchema)]
pub(super) struct EligibilityReply {
    #[serde(flatten)]
    answer: AnswerRecord,
    /// Names of those answers that were not understood, or that nothing is called by.
    misread: Vec<String>,
}

/// Judge whether somebody qualifies, condition by condition
///
/// `eligibility.next` is what would have to be known next; send it along with the answers so far. No outcome says
/// that somebody qualifies: the office decides. Nothing of it is kept.
#[utoipa::path(
    post,
    path = "/api/eligibility",
    tag = "ask",
    operation_id = "eligibility",
    request_body = EligibilityBody,
    responses((status = 200, description = "What came out", body = EligibilityReply), Malformed, BodyRefused, TooFast, Unknown),
)]
pub(super) async fn eligibility(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<EligibilityBody>,
) -> Result<Json<EligibilityReply>, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_ELIGIBILITY))?;
    if body.about.trim().is_empty() {
        return Err(Problem::bad_request(wording::BAD_ELIGIBILITY));
    }
    let judge = Act::Judge {
        about: body.about,
        answers: body.answers.into_iter().take(ANSWERS).collect(),
    };
    let start = Instant::now();
    let request = Request::new(client.caller(Channel::WEB), judge);
    let (judged, snapshot) = web.service.handle(request).await?.judged()?;
    let (answer, misread) = judged.ok_or_else(Problem::unknown_benefit)?;
    let deployment = &web.settings.deployment;
    let answer = AnswerRecord::new(&answer, deployment, start.elapsed());
    Ok(Json(EligibilityReply {
        answer: answer.of_edition(snapshot.number()),
        misread,
    }))
}
