//! Finds the characters of a text that read as if they were damaged.

use std::ops::Range;

use crate::{
    gbk,
    language::{is_han, language},
    likelihood::{IMPLAUSIBLE, Likelihood, Tail},
    repairs::LOST,
};

/// Chars over which the cost of a text is averaged to find damage.
pub(crate) const WINDOW: usize = 8;
/// Nats per char from which a window is looked into. Clean reports stay below except for rare
/// names.
const SUSPECT: f32 = 7.9;
/// Nats per char from which a window is searched in depth. Clean reports reach this with a few
/// lists of proper names.
const ALARMING: f32 = 9.1;

/// A stretch of chars that reads as if it were damaged.
#[derive(Debug)]
pub(crate) struct Damage {
    /// Everything before this char is settled.
    pub(crate) settled: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where a clean text hardly ever looks like this, if anywhere.
    pub(crate) alarm: Option<usize>,
    /// True when a clean text never looks like this.
    pub(crate) certain: bool,
}

/// All damages of a text.
pub(crate) fn damages<'a>(
    judge: &'a Likelihood<'_>,
    text: &'a [char],
) -> impl Iterator<Item = Damage> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let damage = find_damage(judge, text, from)?;
        from = damage.end;
        Some(damage)
    })
}

/// The first damage at or after `from`.
pub(crate) fn find_damage(judge: &Likelihood<'_>, text: &[char], from: usize) -> Option<Damage> {
    let context = from.saturating_sub(WINDOW);
    let mut costs = Costs::new(judge, &text[context..]);
    let mut mean = |at: usize| {
        let end = (at + WINDOW).min(text.len());
        let length = (end - at).max(WINDOW / 2);
        (costs.before(end - context) - costs.before(at - context)) / length as f32
    };
    let start = (from..text.len()).find(|at| mean(*at) > SUSPECT || is_orphan_byte(text, *at))?;
    let mut damage = Damage {
        settled: from,
        start,
        end: start + 1,
        alarm: None,
        certain: false,
    };
    let mut at = start;
    while at < text.len() && at <= damage.end {
        let orphan = is_orphan_byte(text, at);
        if orphan || mean(at) > SUSPECT {
            let reach = if orphan { 2 } else { WINDOW };
            damage.end = damage.end.max(at + reach).min(text.len());
            if damage.alarm.is_none() && (orphan || mean(at) > ALARMING) {
                damage.alarm = Some(at);
            }
            damage.certain |= orphan;
        }
        at += 1;
    }
    damage.certain |=
        damage.alarm.is_some() && is_beyond_names(judge, &text[damage.start..damage.end]);
    Some(damage)
}

/// True for characters that misreading brings about and no list of rare names does (郏县、鄄城、莒县;
/// 钽铌铍): signs that nobody writes between them. Rare Chinese characters alone prove nothing.
fn is_beyond_names(judge: &Likelihood<'_>, text: &[char]) -> bool {
    let implausible = |c: &&char| is_implausible(judge, **c);
    let signs = text.iter().filter(|c| !is_han(**c)).filter(implausible);
    text.iter().filter(implausible).count() >= 2 && signs.count() > 0
}

/// True if `text[range]` bears the trace of a slip: an ASCII mark that stands for half a character, in
/// it or beside it, a sign that only misreading brings about, or a letter inside of a Chinese word.
/// Whatever else looks odd may be a name.
pub(crate) fn bears_trace(judge: &Likelihood<'_>, text: &[char], range: Range<usize>) -> bool {
    let is_han_at = |at: usize| text.get(at).copied().is_some_and(is_han);
    let within = |reach: usize| {
        let from = range.start.saturating_sub(reach);
        &text[from..(range.end + reach).min(text.len())]
    };
    let mark = |c: &char| matches!(c, '?' | '!' | ';');
    // The other marks that are half a character in GBK are seldom written in Chinese.
    let half = |c: &char| matches!(c, '~' | '^' | '`' | '|' | '{' | '}' | '\\');
    let sign = |c: &char| half(c) || (!is_han(*c) && is_implausible(judge, *c));
    // These come with characters that look right by chance: 丝谛☆~.
    let marked = within(1).iter().any(mark) || within(3).iter().any(sign);
    marked
        || range.into_iter().any(|at| {
            text[at].is_ascii_alphabetic()
                && at.checked_sub(1).is_some_and(is_han_at)
                && is_han_at(at + 1)
        })
}

/// What a text costs up to each of its characters, computed no further than asked for.
struct Costs<'a> {
    judge: &'a Likelihood<'a>,
    text: &'a [char],
    tail: Tail,
    known: Vec<f32>,
}

impl<'a> Costs<'a> {
    fn new(judge: &'a Likelihood<'a>, text: &'a [char]) -> Self {
        Self {
            judge,
            text,
            tail: Tail::default(),
            known: vec![0.0],
        }
    }

    /// The cost of the first `chars` characters.
    fn before(&mut self, chars: usize) -> f32 {
        while self.known.len() <= chars {
            self.tail.push(self.judge, self.text[self.known.len() - 1]);
            self.known.push(self.tail.cost());
        }
        self.known[chars]
    }
}

/// How many characters of a damage are of the kind that misreading brings about: rare, of no use
/// in Chinese, or a letter between two Chinese characters. Misread text has one in two or three; a
/// clean one has single ones in names.
pub(crate) fn suspicious_count(judge: &Likelihood<'_>, text: &[char], damage: &Damage) -> usize {
    let is_han_at = |at: usize| text.get(at).copied().is_some_and(is_han);
    let is_suspicious = |at: &usize| match text[*at] {
        c if is_han(c) => !language().is_everyday(c),
        c if c.is_ascii_alphabetic() => *at > 0 && is_han_at(at - 1) && is_han_at(at + 1),
        c => is_implausible(judge, c),
    };
    (damage.start..damage.end).filter(is_suspicious).count()
}

/// True for a character that misreading brings about and people do not write: ㄒ, ┨, ⒀, 嵙. A
/// character that GBK does not have (•, 😀) cannot come from misreading.
pub(crate) fn is_implausible(judge: &Likelihood<'_>, c: char) -> bool {
    let misread = c == char::REPLACEMENT_CHARACTER || gbk::table().pair(c).is_some();
    !c.is_ascii()
        && c != LOST
        && misread
        && !is_sign(c)
        && judge.idiom.char_cost(language().fold(c)) >= IMPLAUSIBLE
}

/// A sign that is rare but that people do write: ① Ⅲ ㎡ → ● ５Ｇ ﹐ –.
fn is_sign(c: char) -> bool {
    matches!(c,
        '①'..='⑳' | 'Ⅰ'..='Ⅻ' | '←'..='↓' | '\u{ff01}'..='\u{ff5e}' | '\u{fe50}'..='\u{fe6b}' | '\u{3008}'..='\u{3017}'
        | '\u{3000}' | '\u{a0}' | '㎡' | '㎞' | '㎏' | '■' | '□' | '▲' | '△' | '●' | '◎' | '◆' | '◇'
        | '★' | '☆' | '※' | '≥' | '≤' | '±' | '÷' | '°' | '№' | '§' | '–' | '―' | '‥' | '′' | '″' | '〝' | '〞' | '─' | '━' | '│' | '┃' | 'α' | 'β' | 'γ' | 'μ' | 'µ')
}

/// A `?` that stands for half a character: before another mark (`??`, `?!`, `?;`), or where no
/// question ends (`植?1571万株`).
fn is_orphan_byte(text: &[char], at: usize) -> bool {
    let next = text.get(at + 1).copied().unwrap_or(' ');
    let inside = at > 0 && is_han(text[at - 1]) && next.is_ascii_alphanumeric();
    text[at] == '?' && (inside || matches!(next, '?' | '!' | ';' | '？' | '！' | '；'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idiom::Idiom;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_question_mark_is_half_a_character_where_no_question_ends() {
        for (text, at, orphan) in [
            ("加??;普遍", 1, true),
            ("框架?!巴", 2, true),
            ("植?1571万株", 1, true),
            ("怎么办?我们有办法!", 3, false),
            ("对吗? 对", 2, false),
        ] {
            assert_eq!(is_orphan_byte(&chars(text), at), orphan, "{text}");
        }
    }

    #[test]
    fn signs_that_people_write_are_plausible() {
        let judge = Likelihood::alone(Idiom::shipped());
        for c in "①Ⅲ㎡→●５﹐–，□•😀的渭".chars() {
            assert!(!is_implausible(&judge, c), "{c}");
        }
        for c in "ㄒ┨⒀ㄎ\u{fffd}".chars() {
            assert!(is_implausible(&judge, c), "{c}");
        }
    }

    #[test]
    fn a_list_of_rare_names_is_no_certain_damage() {
        let judge = Likelihood::alone(Idiom::shipped());
        let certain = |text: &str| damages(&judge, &chars(text)).any(|damage| damage.certain);
        assert!(!certain(
            "亳州、儋州、歙县、黟县、盱眙、柘城、郏县、鄄城、鄌郚、莒县、茌平"
        ));
        assert!(certain("特色?!巴ㄎ键S芪”品牌"));
        assert!(!certain("持续改善高中办学条件"));
    }
}
