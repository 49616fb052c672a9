//! Splits lines in which only spaces are left between paragraphs.
//!
//! Spaces prove nothing by themselves: some files have one on either side of every figure
//! (`投资 252 个`), others one wherever a printed line ended. So a line is split only if nearly all of
//! its spaces stand where a paragraph can end, and never beside a figure within a sentence.

use wenzheng_text::Pattern;

/// Lines longer than this many chars may hold several paragraphs.
const LONG: usize = 300;
/// Lines longer than this many chars hold a whole report, whatever their spaces are.
const REPORT: usize = 3_000;
/// Longest heading or name between two spaces, in chars.
const HEADING: usize = 40;

/// Chars after which a paragraph can end.
const ENDS: [char; 12] = [
    '。', '！', '？', '：', '”', '；', '!', '?', ':', ';', ')', '）',
];
/// Marks that no heading contains.
const MARKS: [char; 5] = ['，', '。', '；', ',', ';'];
/// Closing marks, which belong to what precedes them.
const CLOSING: &str = "。，、；：！？）》”’】〕％‰,.;:!?)%";
/// Opening marks and bullets, which belong to what follows them.
const OPENING: &str = "（“‘《【(—●•·◆■★";
/// A year or a number, with which a paragraph can begin.
static OPENS: Pattern =
    Pattern::new("^(?:(?:19|20)[0-9]{2}年|[0-9]{1,2}(?:[、．]|[.](?:[^0-9]|$))|[0-9]{1,2}[）)])");

/// True for a long line whose spaces are the ends of paragraphs.
pub(crate) fn runs_together(line: &str) -> bool {
    let pieces: Vec<&str> = words(line).collect();
    let ends = pieces.iter().filter(|piece| piece.ends_with(ENDS)).count();
    ends >= 3
        && line.chars().nth(LONG).is_some()
        && (is_orderly(&pieces) || line.chars().nth(REPORT).is_some())
}

/// The pieces of `line` between spaces.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\u{3000}', '\t'])
        .filter(|word| !word.is_empty())
}

/// True if few pieces end within a sentence; headings of several clauses look as if they did.
fn is_orderly(pieces: &[&str]) -> bool {
    let (_, before) = pieces.split_last().unwrap_or((&"", &[]));
    let torn = before.iter().filter(|piece| is_torn(piece)).count();
    torn * 4 <= before.len()
}

/// True for a piece that ends within a sentence: neither a heading nor whole sentences.
fn is_torn(piece: &str) -> bool {
    // The length first: a piece grows to megabytes, and is looked at for every word.
    !piece.ends_with(ENDS)
        && (is_long(piece) || piece.ends_with(is_figure) || piece.contains(MARKS))
}

fn is_long(piece: &str) -> bool {
    piece.chars().nth(HEADING).is_some()
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '%' | '％' | '‰' | '０'..='９')
}

/// Splits a line at the spaces where a paragraph can end, but not within a foreign phrase or between
/// the two characters of a short name (`王 伟`). All other characters stay.
pub(crate) fn split(line: &str) -> Vec<String> {
    let words: Vec<&str> = words(line).collect();
    let orderly = is_orderly(&words);
    let mut pieces: Vec<String> = Vec::new();
    for word in words {
        match pieces.last_mut() {
            Some(last) if !parts(last, word, orderly) => {
                if is_spaced(last, word) {
                    last.push(' ');
                }
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// True if a paragraph ends after `last` and `word` begins the next.
fn parts(last: &str, word: &str, orderly: bool) -> bool {
    let closes = word.starts_with(|c| CLOSING.contains(c));
    let foreign = last.ends_with(|c: char| c.is_ascii_alphabetic())
        && word.starts_with(|c: char| c.is_ascii_alphabetic());
    let opened = last.chars().all(|c| OPENING.contains(c));
    if closes || foreign || is_name(last, word) || opened {
        return false;
    }
    let figure = word.starts_with(is_figure);
    if last.ends_with(ENDS) {
        return orderly || !figure;
    }
    orderly && (!is_torn(last) || is_heading(last)) && (!figure || OPENS.is_match(word))
}

/// True for a piece that may be a heading of several clauses.
fn is_heading(piece: &str) -> bool {
    !is_long(piece)
        && !piece.contains(['。', '；', ';'])
        && !piece.ends_with([',', '，', '、'])
        && !piece.ends_with(is_figure)
}

/// True for the two characters of a short name.
fn is_name(last: &str, word: &str) -> bool {
    let single =
        |text: &str| text.chars().nth(1).is_none() && text.chars().all(char::is_alphabetic);
    single(last) && single(word)
}

/// True if a space remains between the parts of one paragraph.
fn is_spaced(last: &str, word: &str) -> bool {
    !is_name(last, word) && !word.starts_with(|c| CLOSING.contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_cut_at_spaces_but_not_inside_of_names_and_foreign_phrases() {
        assert_eq!(
            split("报告 县长 王 伟 现在。　Belt and Road 建设"),
            ["报告", "县长", "王伟", "现在。", "Belt and Road", "建设"]
        );
    }

    #[test]
    fn only_a_long_line_with_several_ends_runs_together() {
        let sentence = "深入贯彻落实党的二十大精神。".repeat(10);
        let three = format!("{sentence} {sentence} {sentence}");
        assert!(runs_together(&three));
        assert!(!runs_together("各位代表： 现在。 好。"));
        assert!(!runs_together(&three.replace(' ', "")));
    }

    #[test]
    fn a_line_with_spaces_beside_figures_is_one_paragraph() {
        let line = "园区实现主营业务收入 2165.54 亿元 ，增长 24.14 % ； 财政收入 155 亿元 。 建成 3 个园区。 "
            .repeat(8);
        assert!(!runs_together(&line));
        let wrapped =
            "村容村貌发生可喜变化。 推进区域经济协调发展，提 出构想。 以沧州 为南，建设 隆起带。 "
                .repeat(12);
        assert!(!runs_together(&wrapped));
    }

    #[test]
    fn a_report_with_spaces_beside_figures_is_cut_between_sentences_only() {
        let line =
            "生产总值达到 500 亿元，增长 6 % 。 2013年新建公路 120 公里。 各位代表： ".repeat(80);
        assert!(runs_together(&line));
        let pieces = split(&line);
        assert_eq!(
            pieces[0],
            "生产总值达到 500 亿元，增长 6%。 2013年新建公路 120 公里。"
        );
        assert_eq!(pieces[1], "各位代表：");
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_is_lost(line in "[通渭县。，；：%1-9a （）|\u{3000}]{0,60}") {
            let bare = |text: &str| text.replace([' ', '\u{3000}', '\t'], "");
            prop_assert_eq!(bare(&split(&line).concat()), bare(&line));
        }
    }
}
