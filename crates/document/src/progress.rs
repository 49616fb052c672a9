//! How far a thing has come, read from the clause that tells of it.
//!
//! The part of a report says what year it speaks of ([`Period`]); its clauses say how far each thing
//! is: of one sentence of a review, one road may be open, another begun, a third only signed.

mod clause;
mod review;

use wenzheng_text::{Pattern, Span, sentence::clauses};

use self::clause::bare;
use crate::model::{Period, Progress};

/// What in a plan is told as a fact: 2024年是…关键之年.
static BACKGROUND: Pattern = Pattern::new(
    "(今年|明年|年|时期|阶段|也|，|^)(正)?是[^，。]{0,60}(之年|第[一二三四五六]年|关键期|窗口期|攻坚期|机遇期|起步期|重要时期|(的|之|关键|重要|攻坚|收官)一年|周年)$|^(去年|上年|过去|一年来|当前|目前|眼下)|正处于|仍处于|面临着?",
);
/// What a plan tells as finished (已建成), …
static ALREADY: Pattern = Pattern::new(
    "已经?(全[部面]|基本|成功|如期|顺利|正式|提前)*(建成|完成|投用|投产|通车|运行|运营|竣工|实现|形成|达到?|具备|完工|开通|落地|到位|成为|建立)",
);
/// … or as begun (已开工).
static ALREADY_BEGUN: Pattern =
    Pattern::new("已经?(全[部面]|成功|如期|顺利|正式)*(开工|启动|动工|签约|进场|列入|纳入|入库)");
/// A plan for what exists: 支持已建成牧场加大引进力度.
static INTENDS: Pattern =
    Pattern::new("^(支持|推动|确保|加强|对|依托|发挥|用好|围绕|巩固|鼓励|引导)|加大|继续|力争");
/// What begins a statement of its own after 、: 建成县医院传染楼、开工建设中医院.
static BEGINS: Pattern =
    Pattern::new("^(建成|开工|新开工|动工|启动|完成|加快|推进|竣工|签约|投用|续建)");
/// Nothing but a time or an address: 一年来, 各位代表.
static EMPTY: Pattern = Pattern::new(
    "^(过去[一五]年|[一两三四五]年来|这一年|今年|去年|同时|此外|目前|其中|特别是|各位代表|“?十[三四]五”?时期|[0-9]{4}年)?[，：；。！]?$",
);

/// The progress of what `clause` tells, bytes of `sentence`, in a part of that period.
#[must_use]
pub fn of(period: Period, sentence: &str, clause: Span) -> Progress {
    let text = bare(clause.of(sentence));
    if EMPTY.is_match(&text) {
        return Progress::None;
    }
    match period {
        Period::Done(_) => review::of(sentence, clause, &text),
        Period::Planned(_) => planned(&text),
        Period::Assessment => Progress::Assessment,
        Period::Undated => Progress::None,
    }
}

/// The progress that all statements of a text share, of a plan that of its intentions; `None` when
/// they differ.
#[must_use]
pub fn of_whole(period: Period, text: &str) -> Option<Progress> {
    let mut shared = None;
    for span in wenzheng_text::sentence::split(text) {
        let sentence = span.of(text);
        for statement in statements(sentence) {
            match (of(period, sentence, statement), shared) {
                (Progress::None, _) => {}
                (found, None) => shared = Some(found),
                (found, Some(before)) if found != before => {
                    return matches!(period, Period::Planned(_)).then_some(Progress::Planned);
                }
                _ => {}
            }
        }
    }
    Some(shared.unwrap_or(Progress::None))
}

/// The statements of a sentence: its clauses, cut at 、 where a new verb begins.
#[must_use]
pub fn statements(sentence: &str) -> Vec<Span> {
    let mut statements = Vec::new();
    for clause in clauses(sentence, Span::new(0, sentence.len()), true) {
        let mut start = clause.start;
        let mut quoted = false;
        for (at, c) in clause.of(sentence).char_indices() {
            let at = clause.start + at;
            match c {
                '“' | '《' | '（' => quoted = true,
                '”' | '》' | '）' => quoted = false,
                '、' if !quoted && BEGINS.is_match(&sentence[at + c.len_utf8()..clause.end]) => {
                    statements.push(Span::new(start, at + c.len_utf8()));
                    start = at + c.len_utf8();
                }
                _ => {}
            }
        }
        statements.push(Span::new(start, clause.end));
    }
    statements
}

fn planned(text: &str) -> Progress {
    let told = |verb: &Pattern| {
        // 已建成的 only says which one.
        let after = verb.find(text).map(|verb| &text[verb.end()..]);
        !INTENDS.is_match(text)
            && after.is_some_and(|after| !after.chars().take(5).any(|c| c == '的'))
    };
    if told(&ALREADY_BEGUN) {
        Progress::Ongoing
    } else if told(&ALREADY) {
        Progress::Done
    } else if BACKGROUND.is_match(text) {
        Progress::None
    } else {
        Progress::Planned
    }
}

#[cfg(test)]
mod tests;
