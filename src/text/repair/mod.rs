//! Restores text that lost its step while it was read as GBK.
//!
//! GBK writes a Chinese character in two bytes. Some tool folded the pairs A3A1 ！, A3BF ？ and
//! A3BB ； to ASCII without looking where characters begin, so it also hit the second byte of one
//! character and the first of the next:
//!
//! ```text
//! 。   “   通   渭   黃   芪      A1[A3 A1]B0 CDA8 CEBC FC53 DCCE
//! ?  !  巴   ㄎ   键   S   芪      A1  21  B0CD A8CE BCFC 53 DCCE
//! ```
//!
//! Every byte but the first is still there. So the stretch is encoded again, the byte put back,
//! and decoded: what remains to be guessed is that first byte, where the stretch ends, and pairs
//! that GBK does not assign and that vanished. [`repair`] tries all of it and takes what reads
//! best; where two outcomes read about equally well it marks the character □ instead of choosing.
//!
//! The text is judged in Simplified script but repaired in its own, for the bytes are those of
//! the script it was damaged in: 黃 has an `S` in it, 黄 has not.

mod gbk;
mod likelihood;
mod search;

use self::{
    likelihood::{Likelihood, is_han, judge},
    search::{Candidate, Slips},
};
use super::Span;

/// Stands for a character that could not be restored.
pub const LOST: char = '□';

/// How sure a [`Repair`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The bytes left no choice.
    Certain,
    /// A byte was lost; the dictionary chose.
    Chosen,
    /// Beyond repair, or not safe to choose: `after` holds [`LOST`] marks.
    Lost,
}

/// One stretch that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Bytes of the text as it came.
    pub span: Span,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// How sure that is.
    pub certainty: Certainty,
}

/// A text after [`repair`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The whole text; the same as before when nothing was damaged.
    pub text: String,
    /// What was changed, in order.
    pub repairs: Vec<Repair>,
}

/// Chars over which the cost of a text is averaged to find damage.
const WINDOW: usize = 8;
/// Nats a char from which a window is looked into. Clean reports stay below but for rare names.
const SUSPECT: f32 = 8.3;
/// Nats a char from which a window is searched in depth. Clean reports reach this with a few
/// lists of proper names.
const ALARMING: f32 = 9.5;
/// A slip may begin this many chars before the window that shows it.
const REACH: usize = 4;
/// Nats that a repair must gain: about two words.
const LEAST_GAIN: f32 = 12.0;
/// Nats a char that a repaired stretch may cost at most.
const DEAREST: f32 = 8.5;
/// Chars of a slip that is taken for repaired as soon as it reads well; in a longer one pairs may
/// have vanished even so (誓五 for 十四五).
const SHORT: usize = 6;
/// Nats a char below which [`FLUENCY`] characters read well.
const FLUENT: f32 = 7.5;
/// Chars looked at to tell whether a restored stretch reads well.
const FLUENCY: usize = 4;
/// Nats by which the best outcome must beat the next to be chosen.
const fn margin(slips: Slips) -> f32 {
    match slips {
        Slips::Traced => 1.8,
        // Where the byte is missing is a guess of its own.
        Slips::Untraced => 2.5,
    }
}

/// `text` with slips undone where the bytes or the dictionary tell how, and [`LOST`] where not.
///
/// Clean text comes back as it is.
#[must_use]
pub fn repair(text: &str) -> Repaired {
    let mut out = Repaired {
        text: String::with_capacity(text.len()),
        repairs: Vec::new(),
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        repair_line(body, at, &mut out);
        out.text.push_str(&line[body.len()..]);
        at += line.len();
    }
    out
}

/// Repairs one line that begins at byte `offset` of the whole text.
fn repair_line(line: &str, offset: usize, out: &mut Repaired) {
    if !may_be_damaged(line) {
        out.text.push_str(line);
        return;
    }
    let judge = judge();
    let mut text: Vec<char> = line.chars().collect();
    // Chars before `done` are settled; their originals took `read` bytes.
    let (mut done, mut read) = (0, 0);
    while let Some(damage) = find_damage(judge, &text, done) {
        let Some(fix) = decide(judge, &text, &damage) else {
            read += bytes(&text[done..damage.end]);
            done = damage.end;
            continue;
        };
        let start = offset + read + bytes(&text[done..fix.start]);
        let before: String = text[fix.start..fix.end].iter().collect();
        read = start - offset + before.len();
        done = fix.start + fix.text.len();
        out.repairs.push(Repair {
            span: Span::new(start, start + before.len()),
            before,
            after: fix.text.iter().collect(),
            certainty: fix.certainty,
        });
        text.splice(fix.start..fix.end, fix.text);
    }
    out.text.extend(text);
}

fn bytes(chars: &[char]) -> usize {
    chars.iter().map(|c| c.len_utf8()).sum()
}

/// Most lines need no judge: they hold neither a mark of damage nor a rare character.
fn may_be_damaged(line: &str) -> bool {
    line.chars().any(is_han)
}

/// Chars that read as if they were damaged.
#[derive(Debug)]
struct Damage {
    start: usize,
    end: usize,
    /// True when a clean text hardly ever looks like this.
    alarming: bool,
    /// True when a clean text never looks like this.
    sure: bool,
}

/// The first damage at or after `from`.
fn find_damage(judge: &Likelihood, text: &[char], from: usize) -> Option<Damage> {
    let context = from.saturating_sub(WINDOW);
    let costs = judge.costs(&text[context..]);
    let mean = |at: usize| {
        let end = (at + WINDOW).min(text.len());
        let length = (end - at).max(WINDOW / 2);
        (costs[end - context] - costs[at - context]) / length as f32
    };
    let shows = |at: usize| mean(at) > SUSPECT || is_widow(text, at);
    let start = (from..text.len()).find(|at| shows(*at))?;
    let mut damage = Damage {
        start,
        end: start + 1,
        alarming: false,
        sure: false,
    };
    let mut at = start;
    while at < text.len() && at <= damage.end {
        if shows(at) {
            let widow = is_widow(text, at);
            let reach = if widow { 2 } else { WINDOW };
            damage.end = damage.end.max(at + reach).min(text.len());
            damage.alarming |= widow || mean(at) > ALARMING;
            damage.sure |= widow;
        }
        at += 1;
    }
    let misread = text[damage.start..damage.end].iter();
    damage.sure |= damage.alarming && misread.filter(|c| is_alien(judge, **c)).count() >= 2;
    Some(damage)
}

/// A character that misreading brings about and people do not write: ㄒ, ┨, ⒀, 嵙.
fn is_alien(judge: &Likelihood, c: char) -> bool {
    !c.is_ascii() && c != LOST && judge.char_cost(judge.fold(c)) >= likelihood::IMPLAUSIBLE
}

/// `??`, `?!` or `?;`: the first stands for half a character.
fn is_widow(text: &[char], at: usize) -> bool {
    text[at] == '?' && matches!(text.get(at + 1), Some('?' | '!' | ';' | '？' | '！' | '；'))
}

/// A stretch to replace.
struct Fix {
    start: usize,
    end: usize,
    text: Vec<char>,
    certainty: Certainty,
}

fn decide(judge: &Likelihood, text: &[char], damage: &Damage) -> Option<Fix> {
    for slips in [Slips::Traced, Slips::Untraced] {
        let plain = convincing(judge, text, damage, slips, false);
        if let Some(best) = plain.first()
            && rivals(&plain).is_empty()
            && best.end - best.start <= SHORT
            && best.is_common(judge)
            && is_fluent(judge, text, best)
        {
            return Some(outcome(judge, text, &plain));
        }
        let all = if damage.alarming {
            convincing(judge, text, damage, slips, true)
        } else {
            plain
        };
        if !all.is_empty() {
            return Some(outcome(judge, text, &all));
        }
    }
    damage.sure.then(|| give_up(judge, text, damage)).flatten()
}

/// Candidates that read well enough, best first.
fn convincing(
    judge: &Likelihood,
    text: &[char],
    damage: &Damage,
    slips: Slips,
    vanishing: bool,
) -> Vec<Candidate> {
    let from = damage.start.saturating_sub(REACH);
    // What shows first is where the slip begins, or soon after.
    let to = damage.end.min(damage.start + WINDOW + REACH);
    let mut candidates = search::candidates(judge, text, from, to, slips, vanishing);
    candidates.retain(|candidate| is_convincing(judge, text, candidate));
    candidates
}

/// Candidates about as good as the first.
fn rivals(candidates: &[Candidate]) -> &[Candidate] {
    let Some((best, others)) = candidates.split_first() else {
        return &[];
    };
    let close = others.partition_point(|rival| rival.gain > best.gain - margin(best.slips));
    &others[..close]
}

/// The fix that the candidates, of which there must be one, amount to.
fn outcome(judge: &Likelihood, text: &[char], candidates: &[Candidate]) -> Fix {
    let best = &candidates[0];
    let rivals = rivals(candidates);
    let certainty = match (rivals.is_empty(), best.guessed) {
        (false, _) => Certainty::Lost,
        (true, true) => Certainty::Chosen,
        (true, false) => Certainty::Certain,
    };
    Fix {
        start: best.start,
        end: best.end,
        text: agreed(judge, text, best, rivals),
        certainty,
    }
}

fn is_convincing(judge: &Likelihood, text: &[char], candidate: &Candidate) -> bool {
    candidate.gain >= LEAST_GAIN && dearness(judge, text, candidate) < DEAREST
}

/// Nats a char that the restored stretch costs where it stands.
fn dearness(judge: &Likelihood, text: &[char], candidate: &Candidate) -> f32 {
    let before = &text[candidate.start.saturating_sub(2)..candidate.start];
    let after = &text[candidate.end..(candidate.end + 2).min(text.len())];
    let whole: Vec<char> = before
        .iter()
        .chain(&candidate.text)
        .chain(after)
        .copied()
        .collect();
    judge.costs(&whole)[whole.len()] / (whole.len() as f32)
}

/// True when every part of the stretch reads so well that nothing seems to be missing from it.
fn is_fluent(judge: &Likelihood, text: &[char], candidate: &Candidate) -> bool {
    let before = &text[candidate.start.saturating_sub(2)..candidate.start];
    let after = &text[candidate.end..(candidate.end + 2).min(text.len())];
    let whole: Vec<char> = before
        .iter()
        .chain(&candidate.text)
        .chain(after)
        .copied()
        .collect();
    let costs = judge.costs(&whole);
    let windows = costs.windows(FLUENCY + 1);
    windows
        .map(|costs| costs[FLUENCY] - costs[0])
        .all(|cost| cost < FLUENT * FLUENCY as f32)
}

/// What the best candidate and its rivals agree on, [`LOST`] where they do not.
fn agreed(judge: &Likelihood, text: &[char], best: &Candidate, rivals: &[Candidate]) -> Vec<char> {
    let from = rivals.iter().map(|c| c.start).fold(best.start, usize::min);
    let to = rivals.iter().map(|c| c.end).fold(best.end, usize::max);
    let mut outcome = best.text.clone();
    let lead = best.start - from;
    let whole = best.in_context(judge, text, from, to);
    for rival in rivals {
        let other = rival.in_context(judge, text, from, to);
        let (prefix, suffix) = common_ends(&whole, &other);
        for (n, c) in outcome.iter_mut().enumerate() {
            let at = lead + n;
            let differs = if whole.len() == other.len() {
                whole[at] != other[at]
            } else {
                at >= prefix && at < whole.len() - suffix
            };
            if differs {
                *c = LOST;
            }
        }
    }
    outcome
}

fn common_ends(a: &[char], b: &[char]) -> (usize, usize) {
    let shorter = a.len().min(b.len());
    let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let suffix = a.iter().rev().zip(b.iter().rev());
    let suffix = suffix.take_while(|(a, b)| a == b).count();
    (prefix, suffix.min(shorter - prefix))
}

/// Marks what is surely damaged and cannot be restored: one [`LOST`] a character.
fn give_up(judge: &Likelihood, text: &[char], damage: &Damage) -> Option<Fix> {
    let alien = |at: usize| {
        let c = judge.fold(text[at]);
        let rare = is_han(c) && judge.char_cost(c) > 11.0 && !judge.is_common(c);
        text[at] == '?' || rare || is_alien(judge, c)
    };
    let start = (damage.start..damage.end).find(|at| alien(*at))?;
    let last = (start..damage.end).rev().find(|at| alien(*at))?;
    let end = last + 1;
    // `??` is one character of which both bytes were refused.
    let widows = text[start..end].iter().filter(|c| **c == '?').count();
    let lost = (end - start - widows) + widows.div_ceil(2);
    Some(Fix {
        start,
        end,
        text: vec![LOST; lost],
        certainty: Certainty::Lost,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        repair(text).text
    }

    #[test]
    fn a_folded_pair_is_unfolded() {
        let text = "構筑了縣域經濟大框架?!巴ㄎ键S芪”“通渭粉條”獲得";
        let outcome = repair(text);
        assert_eq!(
            outcome.text,
            "構筑了縣域經濟大框架。“通渭黃芪”“通渭粉條”獲得"
        );
        assert_eq!(outcome.repairs.len(), 1);
        let repair = &outcome.repairs[0];
        assert_eq!(repair.span.of(text), "?!巴ㄎ键S");
        assert_eq!(repair.before, "?!巴ㄎ键S");
        assert_eq!(repair.after, "。“通渭黃");
        assert_eq!(repair.certainty, Certainty::Chosen);
    }

    #[test]
    fn a_stray_byte_leaves_no_choice() {
        let outcome = repair("。ㄎ澹└母锟攀头哦芑盍Α?581户省属企业");
        assert!(outcome.text.starts_with("（五）改革开放释放动能活力。"));
    }

    #[test]
    fn a_character_refused_altogether_is_marked() {
        let outcome = repair("最需警惕的苗頭是社會焦慮心態加??;普遍存在思想認識上有偏差");
        assert_eq!(
            outcome.text,
            "最需警惕的苗頭是社會焦慮心態加□;普遍存在思想認識上有偏差"
        );
        assert_eq!(outcome.repairs[0].certainty, Certainty::Lost);
    }

    #[test]
    fn clean_text_is_left_alone() {
        for text in [
            "",
            "。",
            "各位代表!奮斗擦亮時代底色,實干書寫精彩答卷。",
            "牛谷河西河—孛家河段水生态环境",
            "三次产业结构调整为19.2:12.4:68.4",
            "怎么办?我们有办法!",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}

#[cfg(test)]
mod measure {
    use super::*;
    #[test]
    fn seed() {
        let raw = include_str!("../../../tests/fixtures/seed/raw.txt");
        let Ok(pat) = std::env::var("PAT") else {
            return;
        };
        let at = raw.find(&pat).unwrap();
        let a = raw[..at].char_indices().rev().nth(40).unwrap().0;
        let piece: String = raw[a..].chars().take(100).collect();
        let text: Vec<char> = piece.chars().collect();
        println!("{piece}");
        for r in repair(&piece).repairs {
            println!("{r:?}");
        }
        let d = find_damage(judge(), &text, 0).unwrap();
        println!("{d:?}");
        for v in [false, true] {
            for c in search::candidates(
                judge(),
                &text,
                d.start.saturating_sub(4),
                d.end,
                Slips::Traced,
                v,
            )
            .iter()
            .take(8)
            {
                println!(
                    "  {v} {:.1} {:.2} {}..{} {} {}",
                    c.gain,
                    dearness(judge(), &text, c),
                    c.start,
                    c.end,
                    c.text.iter().collect::<String>(),
                    is_convincing(judge(), &text, c)
                );
            }
        }
    }
    #[test]
    fn dev() {
        let tr = |s: &str| {
            s.chars()
                .map(|c| match c {
                    ',' => '，',
                    ':' => '：',
                    ';' => '；',
                    '!' => '！',
                    '?' => '？',
                    '(' => '（',
                    ')' => '）',
                    c => judge().fold(c),
                })
                .collect::<String>()
        };
        let only = std::env::var("ONLY").ok();
        for (n, line) in include_str!("../../../tests/fixtures/mojibake.jsonl")
            .lines()
            .enumerate()
        {
            let v: serde_json::Value = serde_json::from_str(line).unwrap();
            let s = |k: &str| v[k].as_str().unwrap().to_owned();
            if only.as_ref().is_some_and(|o| *o != s("src")) {
                continue;
            }
            let raw = s("raw");
            let t = std::time::Instant::now();
            let out = repair(&raw);
            let el = t.elapsed();
            let (a, b) = (tr(&out.text), tr(&s("clean")));
            let verdict = if a == b {
                "OK"
            } else if a.contains(LOST) {
                "LOST"
            } else {
                "WRONG"
            };
            println!("{n} {verdict} {} {:?}", s("kind"), el);
            for r in &out.repairs {
                println!("     {:?} {} -> {}", r.certainty, r.before, r.after);
            }
            let text: Vec<char> = raw.chars().collect();
            {
                if let Some(d) = find_damage(judge(), &text, 0) {
                    println!("     {d:?}");
                    for c in search::candidates(judge(), &text, 0, 1, Slips::Traced, true) {
                        let t: String = c.text.iter().collect();
                        if t.contains("政") {
                            println!("   !! {} {t} {}", c.gain, c.end);
                        }
                    }
                    let mut cs = convincing(judge(), &text, &d, Slips::Traced, true);
                    cs.extend(convincing(judge(), &text, &d, Slips::Untraced, false));
                    for c in cs.iter().take(if a == b { 2 } else { 5 }) {
                        println!(
                            "       {:.1} {:.2} {}..{} {} {}",
                            c.gain,
                            dearness(judge(), &text, c),
                            c.start,
                            c.end,
                            c.text.iter().collect::<String>(),
                            is_convincing(judge(), &text, c)
                        );
                    }
                }
            }
        }
    }
    #[test]
    fn clean() {
        let Ok(dir) = std::env::var("CLEAN") else {
            return;
        };
        let mut worst = Vec::new();
        for f in std::fs::read_dir(dir).unwrap() {
            let text = std::fs::read_to_string(f.unwrap().path()).unwrap();
            let t = std::time::Instant::now();
            for line in text.lines().filter(|l| l.chars().any(is_han)) {
                let chars: Vec<char> = line.chars().collect();
                let costs = judge().costs(&chars);
                for at in 0..chars.len() {
                    let e = (at + WINDOW).min(chars.len());
                    let m = (costs[e] - costs[at]) / ((e - at).max(WINDOW / 2)) as f32;
                    if m > SUSPECT {
                        worst.push((m, chars[at..e].iter().collect::<String>()));
                    }
                }
            }
            println!("{:?} {}", t.elapsed(), text.len());
            if std::env::var("REPAIR").is_ok() {
                let t = std::time::Instant::now();
                let r = repair(&text);
                println!("   repair {:?}", t.elapsed());
                for r in &r.repairs {
                    println!(
                        "CHANGED {r:?} {}",
                        &text[text.floor_char_boundary(r.span.start.saturating_sub(30))
                            ..text.floor_char_boundary(r.span.end + 30)]
                    );
                }
            }
        }
        worst.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("{} windows", worst.len());
        for w in worst.iter().take(60) {
            println!("{:.1} {}", w.0, w.1);
        }
    }
}
