//! Whether a question asks if somebody qualifies, and for what.

use std::sync::Arc;

use time::Date;
use wenzheng_rules::{Heard, hear, person};

use super::{benefit::Benefit, book::Book, named::named, subject::Subject, validity::holds};
use crate::{
    retrieval::{IntentList, Message, Retriever},
    text::{Pattern, Span, normalize::to_simplified},
};

/// 能领, 可以申请: what somebody who qualifies may do.
static MAY: Pattern = Pattern::new(
    "(?:能不能|能否|可不可以|可否|能够|能|可以|可)(?:再|也|都|还|直接|去)?(?:申请|申领|申报|享受|领取|领|拿|得|办|吃|评|有)(?:到|上|取|着)?",
);
/// 符合条件, 够资格: the same without the deed.
static FITS: Pattern = Pattern::new(
    "符不符合|符合|够不够|够(?:条件|资格|格)|有没有资格|有(?:没有)?份|有资格|轮(?:不|得)?(?:得)?上",
);
/// What makes it a question that is answered by yes or no.
static YES_OR_NO: Pattern = Pattern::new(
    "能不能|能否|可不可以|可否|是不是|是否|符不符合|够不够|有没有|(?:吗|不|么|没|嘛|没有|呢|不能|不可以)[啊呀哦了]?$",
);
/// What asks for something in particular.
static PARTICULAR: Pattern =
    Pattern::new("多少|几|什么|啥|哪|谁|怎么|怎样|咋|如何|多久|多大|何时|为何|时候");
/// 我能享受哪些政策
static ALL: Pattern = Pattern::new(
    "(?:能够|能|可以|可|符合)(?:申请|申领|享受|领取|领|拿|得|办|吃)?(?:到|上)?(?:的)?(?:哪些|哪几种|哪几项|哪种|什么|啥|些啥|些什么)(?:国家|政府|惠民|惠农|县里)?的?(?:政策|补贴|补助|津贴|待遇|福利|优惠|救助)|(?:哪些|什么|啥)(?:国家|政府|惠民|惠农|县里)?的?(?:政策|补贴|补助|津贴|待遇|福利|优惠|救助)(?:是)?(?:我|俺|咱)(?:们)?(?:家)?(?:人|里)?(?:能|可以|够|符合)",
);
/// A household that is judged.
static HOUSEHOLD: Pattern = Pattern::new("(?:我|俺|咱)(?:们)?(?:家|屋)|(?:我|俺|咱)们|自己|本人");
/// What a message may tell of besides that is more urgent.
const DANGER: [IntentList; 4] = [
    IntentList::Despair,
    IntentList::Medical,
    IntentList::Fire,
    IntentList::Crime,
];
/// Whoever asks.
const SPEAKER: [&str; 4] = ["我", "俺", "咱", "本人"];
/// Where one clause ends.
const ENDS: [char; 12] = [
    '，', ',', '。', '？', '?', '；', ';', '！', '!', ' ', '、', '\n',
];
/// What is left of a question besides what is understood of it has no more characters.
const LEFT: usize = 5;

/// What a question asks to be judged.
#[derive(Clone)]
pub struct Asked {
    /// What for.
    pub subject: Subject,
    /// Who is judged, in the asker's words (我妈).
    pub person: Option<String>,
    /// What the question already says.
    pub heard: Vec<Heard>,
    /// The question, in Simplified script.
    question: String,
}

impl Asked {
    /// The question without what it tells of the person, for whatever is kept of it.
    #[must_use]
    pub fn without_what_is_told(&self) -> String {
        let mut spans: Vec<Span> = self.heard.iter().map(|heard| heard.span).collect();
        spans.sort_by_key(|span| span.start);
        let (mut kept, mut at) = (String::new(), 0);
        for span in spans {
            kept.push_str(self.question.get(at..span.start).unwrap_or_default());
            kept.push('…');
            at = span.end.max(at);
        }
        kept.push_str(self.question.get(at..).unwrap_or_default());
        kept
    }
}

/// What `question` asks to be judged on `today`, after the questions of `history`, oldest first; `None` when it asks for
/// something else.
#[must_use]
pub fn asked(
    (retriever, book): (&Retriever, &Book),
    question: &str,
    history: &[String],
    today: Date,
) -> Option<Asked> {
    if book.is_empty() {
        return None;
    }
    let question = to_simplified(question);
    let message = Message::new(question.as_str());
    let folded = message.folded();
    let who = somebody(&question);
    if asks_for_all(folded) {
        let benefits = book.benefits().iter();
        let benefits = benefits.filter(|benefit| holds(retriever, benefit, today));
        let subject = Subject::All(benefits.cloned().collect());
        let heard = hear(subject.variables(), &question);
        return (!subject.is_empty()).then_some(Asked {
            subject,
            person: who,
            heard,
            question,
        });
    }
    let asking = clause(folded)?;
    // Whom to call comes before everything else.
    if DANGER
        .iter()
        .any(|list| retriever.intents().matches(*list, folded))
    {
        return None;
    }
    let (benefit, name) = match named((retriever, book), folded, today) {
        Some(found) => found,
        None => (before((retriever, book), folded, history, today)?, None),
    };
    let heard = hear(benefit.rules.variables(), &question);
    let concerns = person(&question).is_some() || HOUSEHOLD.is_match(folded) || !heard.is_empty();
    let understood = [name.as_deref(), Some(asking)];
    if !concerns && left(folded, understood.into_iter().flatten()) > LEFT {
        return None;
    }
    Some(Asked {
        subject: Subject::One(benefit),
        person: who,
        heard,
        question,
    })
}

/// What a text that only names a benefit is taken to ask.
#[must_use]
pub fn asked_by_name(
    (retriever, book): (&Retriever, &Book),
    about: &str,
    today: Date,
) -> Option<Asked> {
    let question = to_simplified(about);
    let message = Message::new(question.as_str());
    let (benefit, _) = named((retriever, book), message.folded(), today)?;
    Some(Asked {
        heard: hear(benefit.rules.variables(), &question),
        person: somebody(&question),
        subject: Subject::One(benefit),
        question,
    })
}

/// Who is judged, in the asker's words; `None` for whoever asks.
fn somebody(question: &str) -> Option<String> {
    let words = person(question)?.of(question);
    (!SPEAKER.contains(&words)).then(|| words.to_owned())
}

/// True for 我能享受哪些政策.
fn asks_for_all(folded: &str) -> bool {
    ALL.is_match(folded) && (HOUSEHOLD.is_match(folded) || person(folded).is_some())
}

/// The words of a clause that ask whether somebody qualifies.
fn clause(folded: &str) -> Option<&str> {
    let mut clauses = folded.split(ENDS).map(str::trim);
    let asking = clauses.find(|clause| {
        let deed = MAY.is_match(clause) || FITS.is_match(clause);
        deed && YES_OR_NO.is_match(clause) && !PARTICULAR.is_match(clause)
    })?;
    let found = MAY.find(asking).or_else(|| FITS.find(asking))?;
    Some(found.as_str())
}

/// What the last question that named a benefit was about, unless this one names something else.
fn before(
    (retriever, book): (&Retriever, &Book),
    folded: &str,
    history: &[String],
    today: Date,
) -> Option<Arc<Benefit>> {
    if !retriever.services().named(folded).is_empty() {
        return None;
    }
    let earlier = history.iter().rev().map(|text| Message::new(text.as_str()));
    let names = |earlier: &Message| {
        let found = named((retriever, book), earlier.folded(), today);
        let other = !retriever.services().named(earlier.folded()).is_empty();
        (found.is_some() || other).then_some(found)
    };
    let found = earlier.into_iter().find_map(|earlier| names(&earlier))?;
    found.map(|(benefit, _)| benefit)
}

/// How many characters a question has besides what is understood of it.
fn left<'a>(folded: &str, understood: impl Iterator<Item = &'a str>) -> usize {
    let mut rest = folded.to_owned();
    for words in understood {
        rest = rest.replacen(words, "", 1);
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_for_yes_or_no_about_a_deed_asks_whether_somebody_qualifies() {
        for question in [
            "我能领吗",
            "我家符合不",
            "我妈82岁农村户口能领高龄补贴不",
            "我能享受高龄津贴吗",
            "种了12亩地，能不能申请补贴",
            "我妈有没有资格",
            "像我这样的够条件吗",
            "公租房我可以申请吗？",
        ] {
            assert!(clause(question).is_some(), "{question}");
        }
        for question in [
            "高龄津贴多少钱",
            "多少岁能领高龄津贴",
            "怎么申请公租房",
            "谁能领",
            "在哪领",
            "公租房能转租吗",
            "今年能通高速吗",
        ] {
            assert_eq!(clause(question), None, "{question}");
        }
    }

    #[test]
    fn what_all_somebody_qualifies_for_is_told_from_what_there_is() {
        for question in [
            "我能享受哪些政策",
            "我家能领什么补贴",
            "我妈能享受啥待遇",
            "有哪些补贴我能领",
        ] {
            assert!(asks_for_all(question), "{question}");
        }
        for question in [
            "农民能享受哪些政策",
            "今年出台了哪些政策",
            "我能领高龄津贴吗",
        ] {
            assert!(!asks_for_all(question), "{question}");
        }
    }
}
