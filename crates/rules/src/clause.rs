//! Coverage: the clauses of the sections on whom a document is for and whom not, and which of them nobody
//! has written a rule for.

use wenzheng_text::{Pattern, Span};

/// （一）, 1. and the like before a clause.
static LIST_MARK: Pattern =
    Pattern::new(r"^(?:[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.．](?:[^0-9]|$)|- )\s*");

/// What follows 的， and only says what comes of a condition: 不发放高龄津贴.
static CONSEQUENCE: Pattern = Pattern::new(
    r"^(?:不予|不再享受|不得享受|不能享受|不享受|不发|可以申请|可申请|给予|予以|享受|发放|停止|暂停|终止|取消|均可|方可)[^0-9０-９]*$",
);

/// Words with which a new condition begins within a sentence.
const CONNECTIVES: [&str; 4] = ["或", "并且", "且", "以及"];
/// What stands before 且 and 或 as part of the same word.
const FIRST_HALVES: [&str; 3] = ["并", "而", "抑"];

/// A clause of a section.
struct Clause {
    /// Without list mark and closing punctuation; bytes of the section.
    span: Span,
    /// True if it only says what comes of the clause before.
    is_consequence: bool,
}

/// The clauses of `section` that none of `quotes` touches, in order, as they stand there.
///
/// A clause ends at a full stop, semicolon, colon, comma, 、, cell or line, and before 或, 且 and 以及; what stands in
/// brackets or quotation marks belongs to the clause around it. So 年满80周岁，并且具有安和县户籍 are two, and a
/// rule on age alone leaves the other uncovered. Of 已享受特困供养的，不发放高龄津贴 the second is covered with the
/// first, which is the condition.
pub(crate) fn uncovered<'s>(section: &'s str, quotes: &[&str]) -> Vec<&'s str> {
    let touched: Vec<Span> = quotes
        .iter()
        .filter(|quote| !quote.is_empty())
        .flat_map(|quote| section.match_indices(quote))
        .map(|(at, quote)| Span::new(at, at + quote.len()))
        .collect();
    let mut left = Vec::new();
    let mut is_last_covered = false;
    for clause in clauses(section) {
        let overlaps =
            |quote: &Span| quote.start < clause.span.end && clause.span.start < quote.end;
        let is_touched = touched.iter().any(overlaps);
        is_last_covered = is_touched || (clause.is_consequence && is_last_covered);
        if !is_last_covered {
            left.push(clause.span.of(section));
        }
    }
    left
}

fn clauses(section: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut add = |start: usize, end: usize| {
        let Some(span) = bare(section, start, end) else {
            return;
        };
        let before = clauses.last().map(|clause| clause.span);
        let after_condition = before.is_some_and(|before| {
            before.of(section).ends_with('的') && section[before.end..span.start].trim() == "，"
        });
        let text = span.of(section);
        let is_consequence = after_condition && !text.ends_with('的') && CONSEQUENCE.is_match(text);
        clauses.push(Clause {
            span,
            is_consequence,
        });
    };
    for (at, c) in section.char_indices() {
        match c {
            '（' | '(' | '“' | '《' | '「' | '『' | '〔' => depth += 1,
            '）' | ')' | '”' | '》' | '」' | '』' | '〕' => depth = depth.saturating_sub(1),
            '\n' => depth = 0, // a bracket that is never closed hides no other line
            _ => {}
        }
        let ends = matches!(
            c,
            '。' | '、' | '；' | ';' | '，' | ',' | '：' | ':' | '！' | '？' | '|' | '\n'
        );
        let begins = || {
            let mut words = CONNECTIVES.iter();
            words.any(|word| section[at..].starts_with(word))
                && !FIRST_HALVES.contains(&section[start..at].trim())
        };
        if depth == 0 && ends {
            add(start, at);
            start = at + c.len_utf8();
        } else if depth == 0 && begins() {
            add(start, at);
            start = at;
        }
    }
    add(start, section.len());
    clauses
}

/// The clause between two bytes without white space, list mark, emphasis and closing punctuation; `None` if
/// nothing is left.
fn bare(section: &str, start: usize, end: usize) -> Option<Span> {
    let is_rim = |c: char| c.is_whitespace() || matches!(c, '*' | '”' | '“' | '、');
    let text = section[start..end].trim_end_matches(is_rim);
    let mut rest = text.trim_start_matches(is_rim);
    if let Some(mark) = LIST_MARK.find(rest) {
        // the mark 1. takes a character of the clause along to see that it is no decimal
        let length = mark
            .as_str()
            .trim_end_matches(|c: char| !ends_mark(c))
            .len();
        rest = rest[length..].trim_start_matches(is_rim);
    }
    let is_mark = |c: char| c.is_ascii_digit() || "一二三四五六七八九十-".contains(c);
    if rest.chars().all(is_mark) || CONNECTIVES.contains(&rest) {
        return None; // 1、 before an item, a line of a table, or nothing at all
    }
    let start = start + text.len() - rest.len();
    Some(Span::new(start, start + rest.len()))
}

const fn ends_mark(c: char) -> bool {
    matches!(c, '）' | ')' | '.' | '．' | ' ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(section: &str) -> Vec<&str> {
        let clauses = clauses(section);
        clauses
            .into_iter()
            .map(|clause| clause.span.of(section))
            .collect()
    }

    #[test]
    fn a_sentence_with_two_conditions_is_two_clauses() {
        assert_eq!(
            split("年满80周岁，并且具有安和县户籍或者在安和县连续居住满3年的老年人。"),
            [
                "年满80周岁",
                "并且具有安和县户籍",
                "或者在安和县连续居住满3年的老年人"
            ]
        );
    }

    #[test]
    fn the_items_of_a_list_are_clauses_without_their_marks() {
        assert_eq!(
            split(
                "有下列情形之一的：\n（一）重度残疾的；\n（二）家庭人均收入低于1.5万元的。\n3.服刑的"
            ),
            [
                "有下列情形之一的",
                "重度残疾的",
                "家庭人均收入低于1.5万元的",
                "服刑的"
            ]
        );
    }

    #[test]
    fn everybody_of_an_enumeration_is_a_clause() {
        let section = "1、低保对象、特困人员以及孤儿，且未参保的";
        assert_eq!(
            split(section),
            ["低保对象", "特困人员", "以及孤儿", "且未参保的"]
        );
        assert_eq!(
            uncovered(section, &["低保对象"]),
            ["特困人员", "以及孤儿", "且未参保的"]
        );
    }

    #[test]
    fn the_cells_of_a_table_are_clauses() {
        assert_eq!(
            split("| 对象 | 年龄 |\n|---|:---|\n| 农村老人 | 满60周岁 |"),
            ["对象", "年龄", "农村老人", "满60周岁"]
        );
    }

    #[test]
    fn what_stands_in_brackets_belongs_to_the_clause_around_it() {
        assert_eq!(
            split("年满80周岁（含80周岁，下同），在“一老一小，两头兼顾”范围内"),
            [
                "年满80周岁（含80周岁，下同）",
                "在“一老一小，两头兼顾”范围内"
            ]
        );
        assert_eq!(
            split("未写完（的括号\n第二条"),
            ["未写完（的括号", "第二条"]
        );
    }

    #[test]
    fn a_consequence_is_covered_with_its_condition_and_not_the_other_way_round() {
        let section = "已享受特困供养的，不发放高龄津贴。";
        assert_eq!(uncovered(section, &["已享受特困供养的"]), [""; 0]);
        assert_eq!(
            uncovered(section, &["不发放高龄津贴"]),
            ["已享受特困供养的"]
        );
        let two = "具有本县户籍的，享受低保的，可以申请。";
        assert_eq!(
            uncovered(two, &["具有本县户籍的"]),
            ["享受低保的", "可以申请"]
        );
    }

    #[test]
    fn a_condition_without_a_rule_is_uncovered() {
        let section = "年满80周岁，并且具有安和县户籍的老年人。";
        assert_eq!(
            uncovered(section, &["年满80周岁"]),
            ["并且具有安和县户籍的老年人"]
        );
        assert_eq!(uncovered(section, &[]).len(), 2);
    }

    proptest! {
        #[test]
        fn only_punctuation_marks_and_blanks_are_left_out(
            section in "[年满岁的。；，：（）“”一二、或并且 \n]{0,24}"
        ) {
            let mut rest = section.as_str();
            let is_rim = |c: char| "。；，：、（）“”一二或并且 \n".contains(c);
            for clause in split(&section) {
                let (before, after) = rest.split_once(clause).expect("in order");
                prop_assert!(before.chars().all(is_rim), "{before}");
                rest = after;
            }
            prop_assert!(rest.chars().all(is_rim), "{rest}");
        }
    }
}
