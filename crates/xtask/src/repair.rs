//! How well repair does on sentences that it has not learned from.
//!
//! Sentences of each report are damaged at random, in both scripts, and repaired by the idiom of
//! the other reports.

use std::io;

use encoding_rs::GBK;
use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use gbk_repair::{Idiom, LOST, Repairer};
use wenzheng_import::punctuation::widen;
use wenzheng_text::{han::is_han, script::simplify};

/// Slips of each kind in each script a report.
const SLIPS: usize = 6;
/// Sentences tried to find them.
const TRIES: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// A3A1, A3BF or A3BB across two characters became an ASCII mark.
    Folded,
    /// One byte is missing.
    Dropped,
    /// Half a space is left before the text.
    Stray,
}

/// Pseudo-random numbers, the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Prints how many of the damaged sentences of `reports` are restored.
#[expect(clippy::print_stdout, reason = "it is a command")]
pub(crate) fn measure(reports: &[String]) -> io::Result<()> {
    let traditional = OpenCC::from_config(BuiltinConfig::S2t).map_err(io::Error::other)?;
    let mut outcomes = [0; 4];
    for (n, report) in reports.iter().enumerate() {
        let others = reports.iter().enumerate().filter(|(other, _)| *other != n);
        let idiom = Idiom::of(others.map(|(_, report)| report.as_str()));
        let repairer = Repairer::new(&idiom);
        for slip in [Slip::Folded, Slip::Dropped, Slip::Stray] {
            let same = |text: &str| text.to_owned();
            let to_traditional = |text: &str| traditional.convert(text);
            let written: [&dyn Fn(&str) -> String; 2] = [&same, &to_traditional];
            for write in written {
                for (raw, clean) in damaged(report, slip, write, &mut Chance(n as u64 * 77 + 5)) {
                    let outcome = repairer.repair(&raw);
                    let text = widen(&simplify(&outcome.text));
                    let kind = match () {
                        () if text == clean => 0,
                        () if text.contains(LOST) => 1,
                        () if outcome.repairs.is_empty() => 2,
                        () => 3,
                    };
                    outcomes[kind] += 1;
                }
            }
        }
    }
    let [restored, marked, unseen, wrong] = outcomes;
    println!("{restored} restored, {marked} marked, {unseen} left as they are, {wrong} wrong");
    Ok(())
}

/// Damaged sentences of a report, and what they said.
fn damaged(
    report: &str,
    slip: Slip,
    write: &dyn Fn(&str) -> String,
    chance: &mut Chance,
) -> Vec<(String, String)> {
    let paragraphs: Vec<Vec<&str>> = report
        .lines()
        .filter(|line| line.chars().count() > 40 && !line.starts_with("source"))
        .map(|line| line.split_inclusive(['。', '；']).collect())
        .collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for _ in 0..TRIES {
        let sentences = &paragraphs[chance.below(paragraphs.len())];
        let from = match slip {
            Slip::Stray => 0,
            Slip::Folded | Slip::Dropped => chance.below(sentences.len()),
        };
        let clean = sentences[from..(from + 2).min(sentences.len())].concat();
        let clean = widen(&clean.replace(['*', ' '], ""));
        let text = write(&clean);
        let fits = (20..140).contains(&clean.chars().count())
            && clean.starts_with(|c| c == '（' || is_han(c))
            && widen(&simplify(&text)) == clean;
        if let Some(raw) = fits.then(|| damage(&text, slip, chance)).flatten()
            && !found.iter().any(|(known, _)| *known == raw)
        {
            found.push((raw, clean));
        }
        if found.len() == SLIPS {
            break;
        }
    }
    found
}

/// `text` as it comes out of a tool that slips once; `None` where it cannot, or hardly changes, or
/// changes too much.
fn damage(text: &str, slip: Slip, chance: &mut Chance) -> Option<String> {
    let mut chars: Vec<Vec<u8>> = text.chars().map(encode).collect::<Option<_>>()?;
    match slip {
        Slip::Folded => {
            let spots: Vec<usize> = (1..chars.len())
                .filter(|at| {
                    let (first, second) = (&chars[at - 1], &chars[*at]);
                    let across = second.len() == 2 && matches!(second[0], 0xa1 | 0xbb | 0xbf);
                    first.len() == 2 && first[1] == 0xa3 && across
                })
                .collect();
            let at = *spots.get(chance.below(spots.len().max(1)))?;
            chars[at - 1].truncate(1);
            chars[at][0] -= 0x80;
        }
        Slip::Dropped => {
            let at = chance.below(chars.len());
            if chars[at].len() == 1 {
                return None;
            }
            chars[at].remove(chance.below(2));
        }
        Slip::Stray => chars.insert(0, vec![0xa1]),
    }
    let raw = decode(&chars.concat());
    let same =
        |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut raw.chars().zip(text.chars()));
    let after = same(&mut raw.chars().rev().zip(text.chars().rev()));
    let length = chars.len().saturating_sub(before + after);
    ((1..=30).contains(&length) && after > 1).then(|| narrow(&raw))
}

fn encode(c: char) -> Option<Vec<u8>> {
    let text = c.to_string();
    let (bytes, _, unknown) = GBK.encode(&text);
    (!unknown).then(|| bytes.into_owned())
}

/// What tools make of bytes: a lead without a trail is `?`, a pair that is not assigned vanishes.
fn decode(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (ascii @ ..0x80, _) => out.push(char::from(ascii)),
            (_, None) => {}
            (_, Some(..0x40 | 0x7f)) => out.push('?'),
            (_, Some(_)) => {
                let (text, _) = GBK.decode_without_bom_handling(&bytes[at..at + 2]);
                let is_assigned =
                    |c: &char| *c != '\u{fffd}' && !('\u{e000}'..='\u{f8ff}').contains(c);
                out.extend(text.chars().filter(is_assigned));
                at += 1;
            }
        }
        at += 1;
    }
    out
}

/// Marks as most pages that were damaged have them.
fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '，' | '：' | '；' | '！' | '？' | '（' | '）' => char::from_u32(c as u32 - 0xfee0),
        _ => Some(c),
    };
    text.chars().filter_map(narrow).collect()
}
