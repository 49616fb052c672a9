//! The tools, independent of the transport.
//!
//! A result has two forms, text for models and data for programs: the text contains every citation,
//! the data is the [`AnswerRecord`] of the JSON API.

use std::{collections::BTreeMap, time::Instant};

use rmcp::{
    ErrorData, ServerHandler,
    handler::server::{router::tool::ToolRouter, wrapper::Parameters},
    model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig},
    schemars, tool, tool_handler, tool_router,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::eligibility;
use crate::{
    assistant::{Found, Snapshot},
    channels::{
        answer_json::{AnswerRecord, PeriodRecord},
        deployment::Deployment,
        permalink, plain, wording,
    },
    corpus::{DocumentId, LibraryError},
    service::{Act, Caller, Channel, Conversation, List, Refusal, Reply, Request, Service},
};

/// Maximum length of a query or term, in characters; the service limits questions.
const QUERY_CHARS: usize = 500;
/// Default and maximum number of passages found.
const PASSAGES: (usize, usize) = (5, 20);

/// Instructions for the calling assistant.
const INSTRUCTIONS: &str = "查询县级政府工作报告。回答一律逐字引用工具返回的 quote，并照录其出处（document_title 与 path）\
和进展（progress：done 为已完成，ongoing 为正在推进，expected 为预计，planned 为当年计划，assessment 为报告指出的问题，\
none 为不涉及进展；period 为所在部分的时间）；工具说没有的，就如实说报告没有写，不要推断数字、对象或办理条件。\
有具体问题用 ask_policy，问自己或家人能不能领用 check_eligibility（结论照录，不要改写成“能领”），想自己通读相关段落用 search_passages，问“某某是什么意思”用 define_term。";

/// The server of one client.
#[derive(Debug, Clone)]
pub(super) struct Tools {
    service: Service,
    deployment: Deployment,
    tool_router: ToolRouter<Self>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Ask {
    /// 用自己的话提的问题，例如“今年修哪几条高速”
    question: String,
    /// 此前问过的问题，由早到晚；追问（那今年呢）要靠它理解
    #[serde(default)]
    history: Vec<String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Search {
    /// 主题或关键词，例如“农村公路”
    query: String,
    /// 最多返回几段，1 至 20，默认 5
    limit: Option<u32>,
    /// 只在这份报告里找：list_documents 给出的 id
    document_id: Option<String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Eligible {
    /// 哪项待遇：名称（高龄津贴），或者一句问话（我妈82岁能领高龄津贴吗）；“我能享受哪些政策”逐份核对全部
    about: String,
    /// 已知的情况：键是上次返回的 next.variable，值是对方的原话，例如 {"age": "82岁"}
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Define {
    /// 用语，例如“三抓三促”；写成拼音或只记得一部分也行
    term: String,
}

/// A passage that a search found.
#[derive(Debug, Serialize)]
struct FoundRecord {
    passage_id: String,
    document_id: String,
    document_title: String,
    path: Vec<String>,
    /// Both for people.
    #[serde(skip)]
    source: String,
    period: PeriodRecord,
    /// The sentence that fits best, verbatim.
    quote: String,
    /// All of the passage, verbatim.
    passage: String,
    score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[tool_router]
impl Tools {
    pub(super) fn new(service: Service, deployment: Deployment) -> Self {
        Self {
            service,
            deployment,
            tool_router: Self::tool_router(),
        }
    }

    #[tool(
        description = "回答关于政府工作报告的问题：返回报告原文、出处和时间；报告没有写的会明说",
        annotations(title = "问政策", read_only_hint = true, open_world_hint = false)
    )]
    async fn ask_policy(
        &self,
        Parameters(ask): Parameters<Ask>,
    ) -> Result<CallToolResult, ErrorData> {
        if ask.question.trim().is_empty() {
            return Ok(complaint("question 是空的：请写出要问的事"));
        }
        let told = Conversation::Given(ask.history);
        self.answer(Act::ask(ask.question), told).await
    }

    #[tool(
        description = "解释报告里的用语和提法：返回报告附的解释；没有解释的，返回用到它的原文",
        annotations(title = "查用语", read_only_hint = true, open_world_hint = false)
    )]
    async fn define_term(
        &self,
        Parameters(define): Parameters<Define>,
    ) -> Result<CallToolResult, ErrorData> {
        if define.term.trim().is_empty() {
            return Ok(complaint("term 是空的：请写出要查的用语"));
        }
        let term = cut(&define.term);
        self.answer(Act::Define { term }, Conversation::None).await
    }

    #[tool(
        description = "按政策文件的规则逐条核对能不能领：返回每一条的结论（✓ ✗ ？）、原文和出处，以及还要问的下一个问题；不保存任何回答",
        annotations(title = "核对条件", read_only_hint = true, open_world_hint = false)
    )]
    async fn check_eligibility(
        &self,
        Parameters(eligible): Parameters<Eligible>,
    ) -> Result<CallToolResult, ErrorData> {
        if eligible.about.trim().is_empty() {
            return Ok(complaint("about 是空的：请写出待遇的名称"));
        }
        let judge = Act::Judge {
            about: cut(&eligible.about),
            answers: eligible.answers.into_iter().collect(),
        };
        let start = Instant::now();
        let reply = self.does(judge, Conversation::None).await;
        let (judged, snapshot) = reply.and_then(Reply::judged).map_err(failure)?;
        let Some((answer, misread)) = judged else {
            return Ok(complaint(&eligibility::unknown(&snapshot)));
        };
        let record = AnswerRecord::new(&answer, &self.deployment, start.elapsed())
            .of_edition(snapshot.number());
        let mut data = serde_json::to_value(&record)
            .map_err(|_| ErrorData::internal_error(wording::FAILED, None))?;
        data["misread"] = misread.into();
        Ok(result(plain::render(&answer, &self.deployment), data))
    }

    #[tool(
        description = "按主题查找报告段落，最相关的在前；只找不判断，适合自己通读后再归纳",
        annotations(title = "找段落", read_only_hint = true, open_world_hint = false)
    )]
    async fn search_passages(
        &self,
        Parameters(search): Parameters<Search>,
    ) -> Result<CallToolResult, ErrorData> {
        let query = cut(&search.query);
        if query.is_empty() {
            return Ok(complaint("query 是空的：请写出主题或关键词"));
        }
        let (usual, most) = PASSAGES;
        let limit = search.limit.map_or(usual, |limit| {
            usize::try_from(limit).map_or(most, |limit| limit.clamp(1, most))
        });
        let act = Act::Search {
            query,
            document: search.document_id.map(DocumentId),
            limit,
        };
        let (found, snapshot) = match self.does(act, Conversation::None).await {
            Ok(reply) => reply.found().map_err(failure)?,
            Err(Refusal::UnknownDocument) => {
                let hint = "没有这份报告：document_id 请用 list_documents 给出的 id";
                return Ok(complaint(hint));
            }
            Err(refusal) => return Err(failure(refusal)),
        };
        let found = records(&found, &snapshot, &self.deployment);
        let found = found.map_err(|error| failure(error.into()))?;
        let blocks: Vec<String> = found.iter().map(FoundRecord::text).collect();
        let text = if blocks.is_empty() {
            "没有找到相关段落。".to_owned()
        } else {
            blocks.join("\n\n")
        };
        Ok(result(text, json!({ "passages": found })))
    }

    #[tool(
        description = "列出收录的报告和政策文件：种类、标题、地方、年份、发布机关、文号、有效期、段落数",
        annotations(title = "收录的文件", read_only_hint = true, open_world_hint = false)
    )]
    async fn list_documents(&self) -> Result<CallToolResult, ErrorData> {
        let list = Act::List(List::Documents);
        let reply = self.does(list, Conversation::None).await;
        let snapshot = reply.map_err(failure)?.snapshot;
        let documents = snapshot.library().documents();
        let today = self.service.today();
        let validity = |document| {
            let standing = snapshot.standing(document, today);
            standing.map(|standing| wording::standing(&standing))
        };
        let records: Vec<Value> = documents
            .iter()
            .map(|document| {
                let meta = &document.meta;
                json!({
                    "document_id": document.id,
                    "title": meta.title,
                    "place": meta.place,
                    "kind": meta.kind.name(),
                    "year": meta.year,
                    "review_year": meta.review_year,
                    "issuer": meta.issuer,
                    "doc_number": meta.policy.doc_number,
                    "validity": validity(document),
                    "delivered_on": meta.delivered_on.map(|date| date.to_string()),
                    "passages": document.passages,
                    "terms": document.terms.len(),
                })
            })
            .collect();
        let data = json!({
            "documents": records,
            "corpus_version": snapshot.library().version(),
        });
        Ok(result(wording::sources(&snapshot, today), data))
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let server = Implementation::new("wenzheng", env!("CARGO_PKG_VERSION")).with_title("问政");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(server)
            .with_instructions(INSTRUCTIONS)
    }
}

impl Tools {
    /// Passes an act to the service. Rate limits by program have been applied before.
    async fn does(&self, act: Act, conversation: Conversation) -> Result<Reply, Refusal> {
        let caller = Caller::new(Channel::MCP, "program");
        let request = Request::new(caller, act).within(conversation);
        self.service.handle(request).await
    }

    async fn answer(
        &self,
        act: Act,
        conversation: Conversation,
    ) -> Result<CallToolResult, ErrorData> {
        let start = Instant::now();
        let reply = self.does(act, conversation).await;
        let (answer, snapshot) = reply.and_then(Reply::answer).map_err(failure)?;
        let record = AnswerRecord::new(&answer, &self.deployment, start.elapsed())
            .of_edition(snapshot.number());
        let text = plain::render(&answer, &self.deployment);
        let mut data = serde_json::to_value(&record)
            .map_err(|_| ErrorData::internal_error(wording::FAILED, None))?;
        for (n, citation) in answer.citations.iter().enumerate() {
            if let Some(url) = self.deployment.permalink(citation) {
                data["citations"][n]["url"] = url.into();
            }
        }
        Ok(result(text, data))
    }
}

/// Contains no internal details.
fn failure(refusal: Refusal) -> ErrorData {
    let words = wording::refusal(refusal).unwrap_or(wording::FAILED);
    ErrorData::internal_error(words, None)
}

fn result(text: String, data: Value) -> CallToolResult {
    let mut result = CallToolResult::structured(data);
    result.content = vec![ContentBlock::text(text)];
    result
}

/// What is wrong with the arguments, in terms that the calling assistant can act on.
fn complaint(text: &str) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}

fn cut(text: &str) -> String {
    text.trim().chars().take(QUERY_CHARS).collect()
}

fn records(
    found: &[Found],
    snapshot: &Snapshot,
    deployment: &Deployment,
) -> Result<Vec<FoundRecord>, LibraryError> {
    // All of them are served: the snapshot is the one that was searched.
    let cited = snapshot.passages(found.iter().map(|found| &found.passage), found.len())?;
    let records = found.iter().zip(cited).map(|(found, (document, passage))| {
        let quote = found.sentence.of(&passage.text);
        let page = permalink::of_quote(&passage.id, &passage.text, quote);
        FoundRecord {
            passage_id: passage.id.to_string(),
            document_id: document.id.to_string(),
            document_title: document.meta.title.clone(),
            path: passage.path.clone(),
            source: wording::source(document, &passage.path),
            period: found.period.into(),
            quote: quote.to_owned(),
            passage: passage.text.clone(),
            score: found.score,
            url: deployment.link(&page),
        }
    });
    Ok(records.collect())
}

impl FoundRecord {
    fn text(&self) -> String {
        let link = self.url.as_deref().map(|url| format!("\n{url}"));
        let link = link.unwrap_or_default();
        format!("{}\n—— {}{link}", self.passage, self.source)
    }
}
