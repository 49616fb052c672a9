//! What a message that has no known form is likely to be, by examples of what people write.

use std::sync::LazyLock;

use super::{Smalltalk, intent::Intent, parts, referral::Concern, report_head::ReportTopic};
use crate::{
    retrieval::{IntentList, Intents, asks_either},
    text::{classifier::Classifier, han::is_han},
};

/// Made of `config/lexicon/messages/*.txt`.
static MESSAGES: LazyLock<Option<Classifier>> =
    LazyLock::new(|| Classifier::read(include_str!("../../config/lexicon/messages.model")));

/// A class less likely is not believed: a question that is taken for talk gets no answer.
const SURE: f32 = 0.6;
/// Trouble that is told sooner: a number too many harms less than one that is missing.
const SURE_OF_TROUBLE: f32 = 0.45;
/// And later where the message asks: 公款吃喝还往下压不 wants to know.
const SURE_OF_ASKING: f32 = 0.9;

/// What is believed of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likely {
    /// It wants something of the bot, or of the reports themselves.
    Wants(Intent),
    /// It tells of something that somebody else has to deal with.
    Tells(Concern),
}

/// What a folded message is likely to be; `None` for a question, for a message with Latin letters and
/// where nothing is likely enough.
pub(super) fn likely(intents: &Intents, folded: &str) -> Option<Likely> {
    let latin = folded.contains(|c: char| c.is_ascii_alphabetic());
    if latin || !folded.contains(is_han) {
        return None;
    }
    let (class, likely) = MESSAGES.as_ref()?.classify(folded);
    let asks = parts::asks(intents, folded)
        || folded.trim_end_matches('?').ends_with('呢')
        || asks_either(folded);
    let known = meaning(class, asks)?;
    let on_policy = [IntentList::Prevention, IntentList::PolicyQuestion];
    let on_policy = on_policy.iter().any(|list| intents.matches(*list, folded));
    let believed = match known {
        Likely::Tells(_) if on_policy => false,
        Likely::Tells(concern) if asks => !concern.is_fault() && likely >= SURE_OF_ASKING,
        Likely::Tells(_) => likely >= SURE_OF_TROUBLE,
        Likely::Wants(Intent::Smalltalk(Smalltalk::Complaint)) if on_policy => false,
        Likely::Wants(Intent::Smalltalk(Smalltalk::Complaint)) if asks => likely >= SURE_OF_ASKING,
        Likely::Wants(_) => likely >= SURE,
    };
    believed.then_some(known)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn likely_of(text: &str) -> Option<Likely> {
        likely(&Intents::default(), text)
    }

    #[test]
    fn the_model_is_in_form() {
        assert!(MESSAGES.is_some());
    }

    #[test]
    fn talk_in_words_of_its_own_is_heard() {
        let talk = |kind| Some(Likely::Wants(Intent::Smalltalk(kind)));
        for (text, kind) in [
            ("你到底是人还是机器啊", Smalltalk::Identity),
            ("你这说的能信不,不会是瞎编的吧", Smalltalk::Reliability),
            ("那个蓝色的已完成标签是啥意思", Smalltalk::Labels),
            ("我问的这些别人能看见吗", Smalltalk::Privacy),
        ] {
            assert_eq!(likely_of(text), talk(kind), "{text}");
        }
    }

    #[test]
    fn trouble_told_in_other_words_is_heard() {
        for (text, concern) in [
            ("隔壁两口子又打起来了,拿着菜刀", Concern::Crime),
            ("干了三个月活老板跑了一分钱没给", Concern::Wages),
            ("楼道里的灯黑了半个月没人换", Concern::Fault),
        ] {
            assert_eq!(likely_of(text), Some(Likely::Tells(concern)), "{text}");
        }
    }

    #[test]
    fn questions_to_the_report_stay_questions() {
        for text in [
            "今年打击电信诈骗抓了多少人",
            "农民工工资拖欠今年怎么治理",
            "路灯今年装多少盏",
            "县里的学校今年修几所",
            "公款吃喝今年还往下压不",
            "how many roads were built",
        ] {
            assert_eq!(likely_of(text), None, "{text}");
        }
    }
}
