//! What administrators read of a verdict, in plain, polite Simplified Chinese.

use super::{
    fared::How,
    outcome::{Cited, Outcome},
    question::{Expected, ReplayQuestion},
    verdict::{Reason, Verdict},
};

/// Questions listed; of others only the number is told.
const LISTED: usize = 10;
/// Characters shown of a question, and of a quote.
const SHOWN: usize = 40;

/// The questions whose answers are worse, a line each; `None` when there is none.
#[must_use]
pub fn worse(verdict: &Verdict) -> Option<String> {
    let lines = verdict.worse.iter();
    let lines = lines.map(|it| line(&it.question, it.reason, &it.before, &it.after));
    let count = verdict.worse.len();
    listed(
        format!("这样改以后，下面 {count} 个问题的回答变差了："),
        count,
        lines,
    )
}

/// The questions whose answers are other ones, a line each; `None` when there is none.
#[must_use]
pub fn changed(verdict: &Verdict) -> Option<String> {
    let lines = verdict.changed.iter();
    let lines = lines.map(|it| line(&it.question, it.reason, &it.before, &it.after));
    let count = verdict.changed.len();
    listed(
        format!("这样改以后，下面 {count} 个问题的回答和原来不一样，请看看是不是您要的："),
        count,
        lines,
    )
}

/// How many questions were asked and how they fared, in one sentence.
#[must_use]
pub fn summary(verdict: &Verdict) -> String {
    let asked = verdict.asked();
    if asked == 0 {
        return "没有可以用来检验的问题。".to_owned();
    }
    let counts = [
        ("变差", verdict.worse.len()),
        ("有变化", verdict.changed.len()),
        ("变好", verdict.better),
        ("没有变", verdict.same),
    ];
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(name, count)| format!("{name} {count} 个"))
        .collect();
    format!("用 {asked} 个问题检验过：{}。", counts.join("，"))
}

/// How a pinned question fared, in one sentence.
#[must_use]
pub fn how(how: &How) -> String {
    match how {
        How::Good => "回答正常。".to_owned(),
        How::Wrong => "答得不对，改动以前也是这样。".to_owned(),
        How::Changed(it) => {
            let differs = differs(&it.question, it.reason, &it.before, &it.after);
            format!("回答和原来不一样：{differs}。")
        }
        How::Worse(it) => {
            let differs = differs(&it.question, it.reason, &it.before, &it.after);
            format!("回答变差了：{differs}。")
        }
    }
}

fn listed(head: String, count: usize, lines: impl Iterator<Item = String>) -> Option<String> {
    if count == 0 {
        return None;
    }
    let mut text = head;
    for (n, line) in lines.take(LISTED).enumerate() {
        text.push_str(&format!("\n{}. {line}", n + 1));
    }
    if let Some(more @ 1..) = count.checked_sub(LISTED) {
        text.push_str(&format!("\n还有 {more} 个。"));
    }
    Some(text)
}

fn line(question: &ReplayQuestion, reason: Reason, before: &Outcome, after: &Outcome) -> String {
    let differs = differs(question, reason, before, after);
    format!("{}：{differs}", asked(question))
}

fn differs(question: &ReplayQuestion, reason: Reason, before: &Outcome, after: &Outcome) -> String {
    let was = was(question, before);
    let now = now(before, after);
    match reason {
        Reason::DocumentRemoved => format!("{was}，这份资料已经不在了，{now}"),
        Reason::TextGone => format!("{was}，现在的原文里没有这句话了，{now}"),
        Reason::NewText => format!("{was}，{now}，这是新加的内容"),
        Reason::NotTold => {
            let wanted = question.wanted_strings();
            let wanted: Vec<String> = wanted.iter().map(|text| quoted(text)).collect();
            let wanted = wanted.join("、");
            format!("{was}，回答里有{wanted}，{now}，回答里不全有了")
        }
        Reason::Refused
        | Reason::PassageLost
        | Reason::Partial
        | Reason::Answered
        | Reason::Reads => format!("{was}，{now}"),
    }
}

/// “低保今年涨了多少”, 问“养老院”之后问“多少张床”
fn asked(question: &ReplayQuestion) -> String {
    let q = quoted(&question.q);
    match question.history.last() {
        Some(earlier) => format!("问{}之后问{q}", quoted(earlier)),
        None => q,
    }
}

/// What the live edition says.
fn was(question: &ReplayQuestion, before: &Outcome) -> String {
    match (Expected::of(before.status), before.shown()) {
        (Expected::Refused, _) if question.expected == Some(Expected::Refused) => {
            "原来不作答".to_owned()
        }
        (Expected::Refused, _) => "原来答不出".to_owned(),
        (Expected::Answered, Some(cited)) => format!("原来引用{}", source(cited)),
        (Expected::Partial, Some(cited)) => {
            format!("原来说没有直接写明，只引用相近的{}", source(cited))
        }
        (Expected::Answered | Expected::Partial, None) => "原来答得出".to_owned(),
    }
}

/// What the candidate says.
fn now(before: &Outcome, after: &Outcome) -> String {
    let seen = before.shown();
    let is_same = |cited: &Cited| seen.is_some_and(|seen| seen.quote == cited.quote);
    let other_status = before.status != after.status;
    match (Expected::of(after.status), after.cited.first()) {
        (Expected::Refused, _) => "现在答不出".to_owned(),
        (Expected::Answered, Some(cited)) if is_same(cited) && other_status => {
            "现在当作正式的回答引用它".to_owned()
        }
        (Expected::Answered | Expected::Partial, Some(cited))
            if is_same(cited) && !other_status =>
        {
            "现在这一句没有变，其余的引文变了".to_owned()
        }
        (Expected::Answered, Some(cited)) => format!("现在引用{}", source(cited)),
        (Expected::Partial, Some(cited)) if is_same(cited) => {
            "现在说没有直接写明，只当作相近的引用它".to_owned()
        }
        (Expected::Partial, Some(cited)) => {
            format!("现在说没有直接写明，只引用相近的{}", source(cited))
        }
        (Expected::Answered | Expected::Partial, None) => "现在没有引用原文".to_owned(),
    }
}

/// 《2024年通渭县政府工作报告》“……”
fn source(cited: &Cited) -> String {
    let title = cited.title.trim_matches(['《', '》']);
    format!("《{title}》{}", quoted(&cited.quote))
}

/// In quotation marks, on one line, cut; marks within become single ones.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace('“', "‘").replace('”', "’");
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() && !shown.ends_with('…') {
        shown.push('…');
    }
    format!("“{shown}”")
}
