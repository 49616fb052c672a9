//! wenzheng (问政) answers questions about county policy from the government's own work report:
//! verbatim, cited, offline.
pub mod admin;
pub mod answer;
pub mod assistant;
pub mod channels;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod dialogue;
pub mod editions;
pub mod eligibility;
pub mod eval;
pub mod gold;
pub mod intake;
pub mod learning;
pub mod records;
pub mod replay;
pub mod retrieval;
pub mod semantic;
pub mod service;
pub mod staff;
pub mod statistics;
pub mod storage;
pub mod telemetry;
pub mod upload;

mod line_queue;
#[cfg(test)]
mod town;

pub use wenzheng_text as text;
