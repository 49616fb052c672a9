//! Yes or no.

use wenzheng_text::normalize;

use super::unclear::Unclear;
use crate::variable::{Cues, Variable};

const YES: &[&str] = &[
    "是",
    "对",
    "有",
    "嗯",
    "嗯嗯",
    "恩",
    "在",
    "会",
    "能",
    "享受",
    "没错",
    "当然",
    "当然是",
    "确实",
    "确实是",
    "就是",
    "正是",
    "已经是",
    "都是",
    "yes",
    "y",
    "是是是",
    "嗯呐",
    "嗯是",
    "嗯对",
    "对对",
];
const NO: &[&str] = &[
    "不是",
    "不",
    "没",
    "没有",
    "否",
    "不对",
    "无",
    "不在",
    "不会",
    "不能",
    "未",
    "不享受",
    "没享受",
    "没有享受",
    "没享受过",
    "没有享受过",
    "不算",
    "并没有",
    "并不是",
    "还没",
    "还没有",
    "从来没有",
    "都不是",
    "no",
    "n",
];
/// What may close an answer without changing it. 吧 and 吗 do.
const PARTICLES: [char; 9] = ['的', '了', '呀', '啊', '哦', '哈', '呢', '嘛', '啦'];

/// Reads yes or no from a folded text, from words that mean it for every question or for this one.
pub(super) fn read(variable: &Variable, said: &str) -> Result<bool, Unclear> {
    by_word(said)
        .or_else(|| by_cues(&variable.cues, said))
        .or_else(|| by_beginning(&normalize::fold(&variable.ask), without_particles(said)))
        .or_else(|| by_first_clause(said))
        .ok_or(Unclear::NeitherYesNorNo)
}

fn without_particles(said: &str) -> &str {
    said.trim_end_matches(|c: char| PARTICLES.contains(&c) || c.is_whitespace())
}

fn by_word(said: &str) -> Option<bool> {
    let bare = without_particles(said);
    let yes = YES.contains(&bare);
    (yes || NO.contains(&bare)).then_some(yes)
}

/// 不是，在外地: the rest explains, unless it takes back what was said.
fn by_first_clause(said: &str) -> Option<bool> {
    const TAKES_BACK: [&str; 12] = [
        "不", "没", "但", "可", "过", "以前", "现在", "后来", "迁", "或", "?", "才",
    ];
    let (first, rest) = said.split_once(['，', ',', '。', ' '])?;
    let is_plain = !TAKES_BACK.iter().any(|word| rest.contains(word));
    by_word(first).filter(|_| is_plain)
}

/// By phrases of the variable; `None` if there are none, or of both kinds.
fn by_cues(cues: &Cues, said: &str) -> Option<bool> {
    let says = |phrases: &[String], yes: bool| {
        let found = phrases
            .iter()
            .filter_map(|phrase| said.find(phrase.as_str()));
        let said: Vec<bool> = found.map(|at| yes != is_negated(&said[..at])).collect();
        said
    };
    let mut all = says(&cues.yes, true);
    all.extend(says(&cues.no, false));
    let first = *all.first()?;
    all.iter().all(|one| *one == first).then_some(first)
}

fn is_negated(before: &str) -> bool {
    ["不是", "没有", "非"]
        .iter()
        .any(|not| before.ends_with(not))
}

/// 在安和县 is yes and 不是五保 no, if the rest are words of the question: 在外地 is neither.
fn by_beginning(ask: &str, bare: &str) -> Option<bool> {
    const NOT: [&str; 7] = ["不是", "没有", "不在", "没在", "不享受", "没享受", "未享受"];
    const SO: [&str; 5] = ["是", "有", "在", "享受", "已享受"];
    let begins = |words: &[&str]| words.iter().find_map(|word| bare.strip_prefix(word));
    let (yes, rest) = match begins(&NOT) {
        Some(rest) => (false, rest),
        None => (true, begins(&SO)?),
    };
    let doubts = ['吗', '吧', '?'];
    (ask.contains(rest) && !rest.contains(doubts)).then_some(yes)
}
