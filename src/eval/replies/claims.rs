//! Does the report say what the opening says it does?

use super::{
    gold::GoldReply,
    opening::said,
    patterns::{DENIAL, DENIED_BEFORE, ENDED, MEANS, MENTIONS, NAMES, OFFER, QUOTED, REPAIR},
    reply::{Card, Reply},
    text::bare,
};

const STOPS: [char; 6] = ['。', '!', '?', '！', '？', '\n'];
const YEARS: [&str; 7] = ["今年", "去年", "明年", "前年", "本年", "上年", "当年"];

/// Characters in a row by which words of the question are known again.
const RUN: usize = 4;

/// What the opening puts between quotation marks, or after 报告提到了, and what stands neither in the
/// quote nor in the headings of the first card, or of any where the gold line has `all`. The asker's
/// words may be quoted where they are denied or their typing is mended, and questions to ask always.
pub(super) fn false_claims(opening: &str, gold: &GoldReply, reply: &Reply) -> Vec<String> {
    if is_talk(reply) {
        return Vec::new();
    }
    let cards = &reply.citations;
    let of = if gold.all.is_empty() {
        cards.len().min(1)
    } else {
        cards.len()
    };
    let stands: Vec<String> = cards[..of].iter().map(held).collect();
    let is_written = |words: &str| stands.iter().any(|text| text.contains(words));
    let mut asked = vec![gold.q.as_str()];
    asked.extend(gold.history.iter().map(String::as_str));
    let asked = bare(&asked.join(" "));

    let quoted = QUOTED.groups(opening).filter(|(mark, words)| {
        let words = bare(words);
        let Context { left, right } = Context::of(opening, mark.start(), mark.end());
        let sentence = [left, mark.as_str(), right].concat();
        let explained = YEARS.contains(&words.as_str()) && MEANS.is_in(right);
        let harmless = words.is_empty()
            || is_written(&words)
            || REPAIR.is_in(&sentence)
            || OFFER.is_in(&sentence)
            || explained
            || asked.contains(&words) && denied(left, right);
        !harmless
    });
    let mentioned = MENTIONS.groups(opening).filter(|(_, words)| {
        let words: Vec<char> = bare(words).chars().collect();
        words.windows(RUN).any(|run| {
            let run: String = run.iter().collect();
            asked.contains(&run) && !is_written(&run)
        })
    });
    quoted
        .chain(mentioned)
        .map(|(_, words)| words.to_owned())
        .collect()
}

/// Small talk and help make no claims about the report.
pub(super) fn is_talk(reply: &Reply) -> bool {
    matches!(reply.status.as_str(), "smalltalk" | "help")
}

fn held(card: &Card) -> String {
    format!("{}\n{}", bare(&card.quote), bare(&card.path.join(" ")))
}

/// The asker's words are said not to be written.
fn denied(left: &str, right: &str) -> bool {
    let names = NAMES.is_in(&QUOTED.removed(left));
    DENIED_BEFORE.is_in(left) || (!names && DENIAL.is_in(&said(right)))
}

/// The rest of the sentence in which a match stands.
struct Context<'t> {
    left: &'t str,
    right: &'t str,
}

impl<'t> Context<'t> {
    fn of(opening: &'t str, start: usize, end: usize) -> Self {
        let (before, after) = (&opening[..start], &opening[end..]);
        let left = if ENDED.is_in(before) {
            ""
        } else {
            before.rsplit(STOPS).next().unwrap_or("")
        };
        Self {
            left,
            right: after.split(STOPS).next().unwrap_or(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(opening: &str) -> Vec<String> {
        let gold =
            r#"{"id":"a","q":"养牛给不给补贴","role":"resident","kind":"farm","holds":"part"}"#;
        let reply = r#"{"status":"partial","citations":[{"quote":"落实产业奖补资金9667万元。","path":["二、稳增长"]}]}"#;
        let gold = serde_json::from_str(gold).unwrap();
        false_claims(opening, &gold, &serde_json::from_str(reply).unwrap())
    }

    #[test]
    fn what_the_first_card_or_its_headings_hold_may_be_quoted() {
        assert_eq!(wrong("报告提到“产业奖补”，见“稳增长”。"), [""; 0]);
        assert_eq!(wrong("报告提到“养牛补贴”。"), ["养牛补贴"]);
    }

    #[test]
    fn words_of_the_question_may_be_denied_mended_or_offered() {
        for opening in [
            "报告没有写“养牛”。",
            "“养牛”一事，报告里没有写。",
            "按“养牛”查找：",
            "您可以问“猪肉多少钱”。",
            "“今年”指2024年。",
        ] {
            assert_eq!(wrong(opening), [""; 0], "{opening}");
        }
        assert_eq!(wrong("报告没有写“养鱼”。"), ["养鱼"]);
    }

    #[test]
    fn a_claim_needs_no_quotation_marks() {
        assert_eq!(
            wrong("报告提到了养牛给不给补贴的事。"),
            ["养牛给不给补贴的事"]
        );
        assert_eq!(wrong("报告没提到养牛给不给补贴。"), [""; 0]);
    }
}
