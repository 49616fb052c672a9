//! What a message is: a question, a greeting, thanks, abuse, an order to the bot, a request that the
//! report has no part in.

use super::{Smalltalk, parts, report_head::ReportTopic};
use crate::{
    retrieval::{IntentList, Intents},
    text::han::is_han,
};

/// What a message wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// An answer from the report.
    Ask,
    /// A fitting short reply.
    Smalltalk(Smalltalk),
    /// To know how the bot is used.
    Help,
    /// Something no government report speaks of (weather, jokes).
    OutOfScope,
    /// Something of the reports themselves.
    Report(ReportTopic),
}

impl Intent {
    /// True for what may be asked of a thing in the report as well as of the bot: what a word means, the
    /// number to call.
    pub(super) const fn may_ask_of_the_report(self) -> bool {
        matches!(
            self,
            Self::Smalltalk(Smalltalk::Rephrase | Smalltalk::Labels | Smalltalk::Phone)
                | Self::Report(ReportTopic::Outline)
        )
    }
}

/// Characters that add nothing to a courtesy.
const FILLING: &str = "你您我啊呀了呢吧哦哟的好嘞啦都很真太挺说讲得答就先那行嗯哈";
/// A courtesy may leave this much unexplained.
const UNEXPLAINED: usize = 2;

/// Thanks or a farewell in whatever words, when nothing is asked beside it.
fn courtesy(intents: &Intents, folded: &str) -> Option<Smalltalk> {
    if !intents.matches(IntentList::Polite, folded) || parts::asks(intents, folded) {
        return None;
    }
    let rest = intents.pattern(IntentList::Polite).replace_all(folded, "");
    let rest = rest
        .chars()
        .filter(|c| c.is_alphanumeric() && !FILLING.contains(*c));
    let kind = if intents.matches(IntentList::Leaving, folded) {
        Smalltalk::Farewell
    } else {
        Smalltalk::Thanks
    };
    (rest.count() <= UNEXPLAINED).then_some(kind)
}

/// A question inside a folded message has at least so many characters.
const QUESTION_CHARS: usize = 4;

/// The question that is left of a folded message without the sentences that order the bot about.
pub(super) fn question_inside(intents: &Intents, folded: &str) -> Option<String> {
    let rest = without_instructions(intents, folded);
    let asks = rest.chars().count() >= QUESTION_CHARS
        && parts::asks(intents, &rest)
        && classify(intents, &rest) == Intent::Ask;
    asks.then_some(rest)
}

/// The question between what no people write ('; DROP TABLE x;-- 今年新招引多少个): the longest stretch
/// without Latin letters.
pub(super) fn question_in_noise(intents: &Intents, folded: &str) -> Option<String> {
    let stretches = folded.split(|c: char| c.is_ascii() && !c.is_ascii_digit());
    let longest = stretches.max_by_key(|stretch| stretch.len())?.trim();
    let asks = longest.chars().filter(|c| is_han(*c)).count() >= QUESTION_CHARS
        && classify(intents, longest) == Intent::Ask;
    asks.then(|| longest.to_owned())
}

/// A folded message without the sentences that order the bot about.
fn without_instructions(intents: &Intents, folded: &str) -> String {
    let orders = |sentence: &str| {
        intents.matches(IntentList::Instruction, sentence)
            || intents.matches(IntentList::Order, sentence)
    };
    folded
        .split_inclusive(['。', '.', '!', '?', ';', ',', '\n'])
        .filter(|sentence| !orders(sentence))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// What a message is for, when it has the form that a list describes; in the order in which they are
/// tried.
const TALK: [(IntentList, Intent); 20] = {
    use Intent::{Help, Report, Smalltalk as Talk};
    [
        (IntentList::Writing, Talk(Smalltalk::Writing)),
        (IntentList::Instruction, Talk(Smalltalk::Instruction)),
        (IntentList::Greeting, Talk(Smalltalk::Greeting)),
        (IntentList::Thanks, Talk(Smalltalk::Thanks)),
        (IntentList::Farewell, Talk(Smalltalk::Farewell)),
        (IntentList::Help, Help),
        (IntentList::Human, Talk(Smalltalk::Human)),
        (IntentList::Complaint, Talk(Smalltalk::Complaint)),
        (IntentList::Phone, Talk(Smalltalk::Phone)),
        (IntentList::Privacy, Talk(Smalltalk::Privacy)),
        (IntentList::Mistaken, Talk(Smalltalk::Mistaken)),
        (IntentList::More, Talk(Smalltalk::More)),
        (IntentList::Rephrase, Talk(Smalltalk::Rephrase)),
        (IntentList::Versions, Report(ReportTopic::Versions)),
        (IntentList::Reload, Report(ReportTopic::Reload)),
        (IntentList::FullText, Report(ReportTopic::FullText)),
        (IntentList::Outline, Report(ReportTopic::Outline)),
        (IntentList::Identity, Talk(Smalltalk::Identity)),
        (IntentList::Speaker, Report(ReportTopic::Speaker)),
        (IntentList::DeliveredOn, Report(ReportTopic::DeliveredOn)),
    ]
};

/// Pictures that say thanks.
const THANKFUL: [char; 14] = [
    '👍', '👏', '🙏', '🌹', '💐', '❤', '♥', '🤝', '👌', '💪', '🌷', '🌺', '🫶', '💯',
];

/// What a message without letters and digits wants: a thumb or a flower is a thank-you; question marks
/// alone want to know how to go on.
fn wordless(folded: &str) -> Intent {
    let picture = folded.chars().any(|c| !c.is_ascii() && !c.is_whitespace());
    if !picture || folded.contains(['?', '。', '…', '!']) {
        Intent::Help
    } else if folded.contains(THANKFUL) {
        Intent::Smalltalk(Smalltalk::Thanks)
    } else {
        Intent::Smalltalk(Smalltalk::Picture)
    }
}

/// What a command means that is typed where there are none; `None` for other messages.
fn command(folded: &str) -> Option<Intent> {
    let name = folded.strip_prefix('/')?;
    let end = name.find(|c: char| !c.is_ascii_alphabetic());
    let name = &name[..end.unwrap_or(name.len())];
    Some(match name {
        "help" | "start" | "menu" | "ask" | "term" => Intent::Help,
        "status" | "corpus" | "sources" | "version" | "info" => {
            Intent::Report(ReportTopic::Versions)
        }
        "reload" | "update" | "refresh" => Intent::Report(ReportTopic::Reload),
        "more" | "next" => Intent::Smalltalk(Smalltalk::More),
        _ => Intent::Smalltalk(Smalltalk::Command),
    })
}

/// True for a folded message that no person meant, keys hit at random and probes; one in which Chinese
/// stands beside them may ask something.
fn is_noise(intents: &Intents, folded: &str) -> bool {
    let mixed = folded.contains(is_han) && folded.contains(|c: char| c.is_ascii_alphabetic());
    intents.matches(IntentList::Noise, folded) && !mixed
}

/// True for a folded message of one run of letters that no word of the report stands for.
pub(super) fn is_babble(folded: &str) -> bool {
    !folded.contains(is_han) && !folded.contains(char::is_whitespace)
}

/// What a folded message wants that [tells of nothing to be referred](super::concern).
pub(super) fn classify(intents: &Intents, folded: &str) -> Intent {
    let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if bare.is_empty() {
        return wordless(folded);
    }
    if let Some(intent) = command(folded) {
        return intent;
    }
    let has_form = |(list, _): &&(IntentList, Intent)| {
        let text = if list.is_bare() { &bare } else { folded };
        intents.matches(*list, text)
    };
    if let Some((_, intent)) = TALK.iter().find(has_form) {
        *intent
    } else if intents.matches(IntentList::Abuse, folded) {
        Intent::Smalltalk(Smalltalk::Abuse)
    } else if let Some(kind) = courtesy(intents, folded) {
        Intent::Smalltalk(kind)
    } else if is_noise(intents, folded) {
        Intent::Smalltalk(Smalltalk::Noise)
    } else if intents.matches(IntentList::OutOfScope, folded) {
        Intent::OutOfScope
    } else {
        Intent::Ask
    }
}

#[cfg(test)]
mod tests;
