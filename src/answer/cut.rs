//! Which sentences a quote was cut out of.

use crate::{corpus::Passage, text::Span};

/// The whole sentences of `passage` that `quote`, a span of its text, begins and ends in; `None` when the
/// quote holds all of them, but for punctuation.
pub(super) fn cut_from(passage: &Passage, quote: Span) -> Option<Span> {
    let sentences = passage.sentences.iter().map(|sentence| sentence.span);
    let touched = sentences.filter(|span| span.start < quote.end && quote.start < span.end);
    let whole = touched.fold(quote, |whole, span| {
        Span::new(whole.start.min(span.start), whole.end.max(span.end))
    });
    let before = Span::new(whole.start, quote.start);
    let after = Span::new(quote.end, whole.end);
    let left_out = |span: Span| span.of(&passage.text).contains(char::is_alphanumeric);
    (left_out(before) || left_out(after)).then_some(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        corpus::{PassageId, PassageKind, Period, Sentence},
        text::sentence,
    };

    fn passage(text: &str) -> Passage {
        let sentences = sentence::split(text).into_iter().map(|span| Sentence {
            span,
            period: Period::Undated,
        });
        Passage {
            id: PassageId("p1".into()),
            kind: PassageKind::Paragraph,
            path: Vec::new(),
            section: 0,
            text: text.to_owned(),
            heading: Span::new(0, 0),
            period: Period::Undated,
            sentences: sentences.collect(),
            line: 1,
            cells: Vec::new(),
        }
    }

    /// What `quote`, at the last place where it stands in `text`, was cut out of.
    fn whole<'t>(text: &'t str, quote: &str) -> Option<&'t str> {
        let start = text.rfind(quote).expect("part of the text");
        let quote = Span::new(start, start + quote.len());
        cut_from(&passage(text), quote).map(|span| span.of(text))
    }

    #[test]
    fn clauses_were_cut_out_of_their_sentence() {
        let text = "办好教育。新建学校3所，改造食堂12处，新增学位450个。关爱老人。";
        for cut in ["新建学校3所，", "改造食堂12处，", "新增学位450个。"] {
            let sentence = "新建学校3所，改造食堂12处，新增学位450个。";
            assert_eq!(whole(text, cut), Some(sentence), "{cut}");
        }
    }

    #[test]
    fn whole_sentences_were_cut_out_of_nothing() {
        let text = "办好教育。新建学校3所，新增学位450个。关爱老人。";
        for whole_one in ["新建学校3所，新增学位450个。", "办好教育。", text] {
            assert_eq!(whole(text, whole_one), None, "{whole_one}");
        }
        // What is left out says nothing.
        assert_eq!(whole(text, "新建学校3所，新增学位450个"), None);
    }

    #[test]
    fn a_quote_that_ends_in_another_sentence_than_it_begins_in_was_cut_out_of_both() {
        let text = "办好教育。新建学校3所，新增学位450个。关爱老人，建敬老院2所。";
        assert_eq!(
            whole(text, "新增学位450个。关爱老人，"),
            Some("新建学校3所，新增学位450个。关爱老人，建敬老院2所。")
        );
    }

    #[test]
    fn of_two_that_read_the_same_the_place_decides() {
        let text = "新建学校3所，改造食堂12处。改造食堂12处。";
        assert_eq!(whole(text, "改造食堂12处。"), None);
    }

    proptest! {
        #[test]
        fn the_sentences_hold_the_quote_and_begin_and_end_where_sentences_do(
            text in "[县路。！；，” \n3]{1,40}", from in 0_usize..40, to in 0_usize..40,
        ) {
            let place = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
            let quote = Span::new(place(from.min(to)), place(from.max(to)));
            let passage = passage(&text);
            if let Some(whole) = cut_from(&passage, quote) {
                prop_assert!(whole.start <= quote.start && quote.end <= whole.end);
                prop_assert!(text.get(whole.start..whole.end).is_some());
                prop_assert!(whole.of(&text).contains(quote.of(&text)));
                let spans = || passage.sentences.iter().map(|sentence| sentence.span);
                prop_assert!(whole.start == quote.start || spans().any(|s| s.start == whole.start));
                prop_assert!(whole.end == quote.end || spans().any(|s| s.end == whole.end));
            }
        }
    }
}
