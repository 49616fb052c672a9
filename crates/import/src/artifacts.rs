//! Removes what copying and conversion put *into* a text: readings, stray commas, marks for spaces.
//!
//! `報(bào)告` `，，` `??各位代表` `政 府 工 作 报 告`: nothing is missing here, so all of it can
//! be removed again. Every removal is reported as a [`Repair`].

use gbk_repair::{Certainty, Repair, Repaired};
use wenzheng_text::{Pattern, Span, pinyin::syllables};

/// A reading in brackets after its character.
static READING: Pattern =
    Pattern::new("(\\p{Han})([(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,6}[)）])");
/// Repeated punctuation, indents turned into question marks, commas between single characters.
static STRAY: Pattern = Pattern::new(
    "(?m)^[ \\t]*[?？]{2,}[ \\t?？]*|^[，,、]+|[，,]{2,}|、{2,}|[，,]+[。；]|(?:\\p{Han},){4,}\\p{Han}",
);
/// A line with spaces between all characters: 政 府 工 作 报 告.
static SPACED: Pattern =
    Pattern::new("(?m)^[ \\t\u{3000}]*\\p{Han}(?:[ \\t\u{3000}]+\\p{Han}){3,}[ \\t\u{3000}]*$");

/// Returns `text` without artifacts; clean text is returned unchanged.
///
/// ```
/// use wenzheng_import::artifacts::remove;
/// assert_eq!(remove("政府工作報(bào)告").text, "政府工作報告");
/// assert_eq!(remove("??各位代表：，，现在").text, "各位代表：，现在");
/// assert_eq!(remove("地区生产总值（GDP）增长7%，质量（效益）提升").repairs, []);
/// ```
#[must_use]
pub fn remove(text: &str) -> Repaired {
    let mut changes: Vec<(Span, String)> = Vec::new();
    for found in READING.captures_iter(text) {
        if let (Some(han), Some(reading)) = (found.get(1), found.get(2))
            && is_reading(han.as_str(), reading.as_str())
        {
            changes.push((Span::new(reading.start(), reading.end()), String::new()));
        }
    }
    for found in STRAY.find_iter(text) {
        changes.push((
            Span::new(found.start(), found.end()),
            settled(found.as_str()),
        ));
    }
    for found in SPACED.find_iter(text) {
        let bare = found.as_str().chars().filter(|c| !c.is_whitespace());
        changes.push((Span::new(found.start(), found.end()), bare.collect()));
    }
    changes.sort_by_key(|(span, _)| (span.start, span.end));
    apply(text, changes)
}

/// True for letters with a tone mark, or for the pinyin of the character.
fn is_reading(han: &str, bracketed: &str) -> bool {
    let letters = bracketed.trim_matches(['(', '（', ')', '）']);
    !letters.is_ascii() || syllables(han).concat() == letters
}

/// What remains of a run of contradictory marks.
fn settled(marks: &str) -> String {
    let marks = marks.trim();
    if marks
        .chars()
        .any(|c| !matches!(c, '?' | '？' | '，' | ',' | '、' | '。' | '；' | ' ' | '\t'))
    {
        return marks.replace(',', "");
    }
    match marks.chars().last() {
        Some(mark @ ('。' | '；')) => mark.to_string(),
        // One mark remains between words, none at the start of a line.
        Some(mark @ ('，' | ',' | '、')) if marks.chars().count() > 1 => mark.to_string(),
        _ => String::new(),
    }
}

fn apply(text: &str, changes: Vec<(Span, String)>) -> Repaired {
    let mut out = Repaired {
        text: String::with_capacity(text.len()),
        repairs: Vec::new(),
    };
    let mut at = 0;
    for (span, after) in changes {
        if span.start < at {
            continue;
        }
        out.text.push_str(&text[at..span.start]);
        out.text.push_str(&after);
        at = span.end;
        out.repairs.push(Repair {
            span: span.start..span.end,
            before: span.of(text).to_owned(),
            after,
            certainty: Certainty::Certain,
        });
    }
    out.text.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn noise_is_taken_out() {
        for (noisy, clean) in [
            ("報(bào)告（gào）工作", "報告工作"),
            ("报(bao)告（gao）工作", "报告工作"),
            ("，增长7%，，其中", "增长7%，其中"),
            ("增长7%，。", "增长7%。"),
            ("各,位,代,表,好", "各位代表好"),
            ("政 府 工 作 报 告", "政府工作报告"),
            ("? ?", "? ?"),
            ("??? 各位代表：", "各位代表："),
        ] {
            assert_eq!(remove(noisy).text, clean, "{noisy}");
        }
    }

    #[test]
    fn clean_text_is_left_alone() {
        for clean in [
            "质量（QHSE）体系(iso)",
            "为什么？？",
            "甲、乙，丙。",
            "牛,羊,猪",
            "市长 张 三",
        ] {
            assert_eq!(remove(clean).repairs, [], "{clean}");
        }
    }

    proptest! {
        #[test]
        fn repairs_are_what_changed(text in "[通渭(bàog)（），,。；?、 \n]{0,24}") {
            let outcome = remove(&text);
            let mut out = String::new();
            let mut at = 0;
            for repair in &outcome.repairs {
                prop_assert_eq!(&text[repair.span.clone()], &repair.before);
                out.push_str(&text[at..repair.span.start]);
                out.push_str(&repair.after);
                at = repair.span.end;
            }
            prop_assert_eq!(out + &text[at..], outcome.text);
        }
    }
}
