//! Sentences of a passage and their periods.

use wenzheng_text::{Pattern, Span, normalize::narrow_digits, sentence};

use crate::model::{Period, Sentence};

static YEAR: Pattern = Pattern::new("(19|20)[0-9]{2}年");
static RESULT: Pattern = Pattern::new("完成|达到|实现|取得|增长|建成|了");
static INTENT: Pattern = Pattern::new("将|力争|确保|计划|要");

/// Splits a passage of the given period into sentences.
pub(super) fn of(text: &str, passage: Period) -> Vec<Sentence> {
    sentence::split(text)
        .into_iter()
        .map(|span| Sentence {
            span,
            period: period(span.of(text), passage),
        })
        .collect()
}

/// Splits a passage of a document that is no report. What ends in ： or ； goes on in the next line: the
/// conditions of an article are one sentence with what introduces them.
pub(super) fn across_lines(text: &str, passage: Period) -> Vec<Sentence> {
    let mut spans: Vec<Span> = Vec::new();
    for span in sentence::split(text) {
        match spans.last_mut() {
            Some(last) if last.of(text).ends_with(['：', ':', '；', ';', '，', '、']) => {
                last.end = span.end;
            }
            _ => spans.push(span),
        }
    }
    let sentence = |span| Sentence {
        span,
        period: passage,
    };
    spans.into_iter().map(sentence).collect()
}

/// Within a plan, a sentence that states a result of an earlier year takes that year.
fn period(text: &str, passage: Period) -> Period {
    let Period::Planned(year) = passage else {
        return passage;
    };
    let named: Vec<i32> = YEAR
        .find_iter(&narrow_digits(text))
        .filter_map(|found| found.as_str().trim_end_matches('年').parse().ok())
        .collect();
    match named.as_slice() {
        [first, ..]
            if named.iter().all(|named| *named < year)
                && RESULT.is_match(text)
                && !INTENT.is_match(text) =>
        {
            Period::Done(*first)
        }
        _ => passage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_one_sentence_with_their_introduction() {
        let text = "第二条 可以申请：\n（一）重度残疾的；\n（二）收入低的。\n不重复享受。";
        let sentences = across_lines(text, Period::Undated);
        let sentences: Vec<&str> = sentences.iter().map(|s| s.span.of(text)).collect();
        assert_eq!(
            sentences,
            [
                "第二条 可以申请：\n（一）重度残疾的；\n（二）收入低的。",
                "不重复享受。"
            ]
        );
    }

    #[test]
    fn a_result_of_another_year_inside_a_plan_takes_that_year() {
        let plan = Period::Planned(2024);
        for (sentence, expected) in [
            ("2023年，全面完成目标。", Period::Done(2023)),
            ("２０２３年建成12公里。", Period::Done(2023)),
            ("2021年至2023年实现翻番。", Period::Done(2021)),
            // An intention; the planned year; no year; no result.
            ("2023年确定的目标要完成。", plan),
            ("到2024年建成12公里。", plan),
            ("全面完成目标。", plan),
            ("2023年是开局之年。", plan),
        ] {
            assert_eq!(period(sentence, plan), expected, "{sentence}");
        }
        let review = Period::Done(2023);
        assert_eq!(period("2022年建成12公里。", review), review);
    }
}
