//! What a message that has no known form is likely to be, by examples of what people write.

use std::sync::LazyLock;

use super::{Intent, parts};
use crate::{
    answer::{Smalltalk, referral::Concern, report_head::ReportTopic},
    retrieval::{IntentList, Intents},
    text::{classifier::Classifier, han::is_han},
};

/// Made of `config/lexicon/messages/*.txt`.
static MESSAGES: LazyLock<Option<Classifier>> =
    LazyLock::new(|| Classifier::read(include_str!("../../../config/lexicon/messages.model")));

/// A class less likely is not believed: a question that is taken for talk gets no answer.
const SURE: f32 = 0.6;
/// Likewise of what somebody else has to deal with, where the message asks: 公款吃喝还往下压不 wants to
/// know.
const SURE_OF_ASKING: f32 = 0.9;

/// Words that ask which of two is so.
const EITHER: [&str; 6] = ["能不能", "能否", "可不可以", "有没有", "是不是", "让不让"];

/// What is believed of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::answer) enum Likely {
    /// It wants something of the bot, or of the reports themselves.
    Wants(Intent),
    /// It tells of something that somebody else has to deal with.
    Tells(Concern),
}

/// What a folded message is likely to be; `None` for a question, for a message with Latin letters and
/// where nothing is likely enough.
pub(in crate::answer) fn likely(intents: &Intents, folded: &str) -> Option<Likely> {
    let latin = folded.contains(|c: char| c.is_ascii_alphabetic());
    if latin || !folded.contains(is_han) {
        return None;
    }
    let (class, likely) = MESSAGES.as_ref()?.classify(folded);
    let asks = parts::asks(intents, folded)
        || folded.trim_end_matches('?').ends_with('呢')
        || EITHER.iter().any(|either| folded.contains(either));
    let known = meaning(class, asks).filter(|_| likely >= SURE)?;
    let elsewhere = match known {
        Likely::Tells(_) => true,
        Likely::Wants(intent) => intent == Intent::Smalltalk(Smalltalk::Complaint),
    };
    let on_policy = [IntentList::Prevention, IntentList::PolicyQuestion];
    let on_policy = on_policy.iter().any(|list| intents.matches(*list, folded));
    let is_fault = matches!(known, Likely::Tells(concern) if concern.is_fault());
    let doubted = elsewhere && (on_policy || (asks && (is_fault || likely < SURE_OF_ASKING)));
    (!doubted).then_some(known)
}

/// What a class of messages means, of one that asks something or does not; `None` for questions, and
/// for classes that only their forms tell.
fn meaning(class: &str, asks: bool) -> Option<Likely> {
    use Intent::{Help, OutOfScope, Report, Smalltalk as Talk};
    let wants = |intent| Some(Likely::Wants(intent));
    let tells = |concern| Some(Likely::Tells(concern));
    match class {
        "greeting" => wants(Talk(Smalltalk::Greeting)),
        "identity" => wants(Talk(Smalltalk::Identity)),
        "help" => wants(Help),
        "thanks" if !asks => wants(Talk(Smalltalk::Thanks)),
        "farewell" if !asks => wants(Talk(Smalltalk::Farewell)),
        "abuse" => wants(Talk(Smalltalk::Abuse)),
        "mistaken" => wants(Talk(Smalltalk::Mistaken)),
        "reliability" => wants(Talk(Smalltalk::Reliability)),
        "labels" => wants(Talk(Smalltalk::Labels)),
        "privacy" => wants(Talk(Smalltalk::Privacy)),
        "human" => wants(Talk(Smalltalk::Human)),
        "complaint" => wants(Talk(Smalltalk::Complaint)),
        "phone" => wants(Talk(Smalltalk::Phone)),
        "rephrase" => wants(Talk(Smalltalk::Rephrase)),
        "writing" => wants(Talk(Smalltalk::Writing)),
        "chat" if asks => wants(OutOfScope),
        "chat" => wants(Talk(Smalltalk::Chat)),
        "versions" => wants(Report(ReportTopic::Versions)),
        "reload" => wants(Report(ReportTopic::Reload)),
        "full-text" => wants(Report(ReportTopic::FullText)),
        "outline" => wants(Report(ReportTopic::Outline)),
        "crime" => tells(Concern::Crime),
        "fire" => tells(Concern::Fire),
        "medical" => tells(Concern::Medical),
        "despair" => tells(Concern::Despair),
        "fraud" => tells(Concern::Fraud),
        "corruption" => tells(Concern::Corruption),
        "wages" => tells(Concern::Wages),
        "power-cut" => tells(Concern::PowerCut),
        "traffic-light" => tells(Concern::TrafficLight),
        "hazard" => tells(Concern::Hazard),
        "fault" => tells(Concern::Fault),
        _ => None,
    }
}
