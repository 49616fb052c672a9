//! An answer of any kind.

use wenzheng_text::normalize;

use super::{date, pick, range, unclear::Unclear, yes_no};
use crate::{answer::Answer, question::Question, variable::Kind};

const DONT_KNOW: [&str; 10] = [
    "不知道",
    "不清楚",
    "不晓得",
    "说不清",
    "不确定",
    "忘了",
    "记不清",
    "不记得",
    "不好说",
    "搞不清",
];

/// Reads what somebody replies to `question`.
///
/// A choice is picked by its label, its mark, or as 第2个. Where a number is asked for, a bare number is the
/// number and never the mark of a choice, so that 2 means two years and not the second range.
///
/// # Errors
/// If it is not certain what is meant. Nothing is guessed.
pub fn read(question: &Question, reply: &str) -> Result<Answer, Unclear> {
    let said = normalize::fold(reply);
    let said = said.trim_matches(|c: char| c.is_whitespace() || "。.!！,，、\"“”".contains(c));
    if said.is_empty() {
        return Err(Unclear::Blank);
    }
    let circled = pick::circled(&question.choices, reply);
    if let Some(choice) = circled.or_else(|| pick::choice(&question.choices, said)) {
        return Ok(choice.answer.clone());
    }
    if DONT_KNOW.iter().any(|word| said.contains(word)) {
        return Ok(Answer::DontKnow);
    }
    let variable = &question.variable;
    match &variable.kind {
        Kind::YesNo => yes_no::read(variable, said).map(Answer::YesNo),
        Kind::OneOf(values) => pick::none_of(values, said)
            .or_else(|| Some(pick::value_in(values, &variable.cues, said)?.0))
            .map(|value| Answer::Choice(value.to_owned()))
            .ok_or(Unclear::NoChoice),
        Kind::Date => date::read(said).map(Answer::Range),
        Kind::Years { .. } | Kind::Number { .. } => {
            range::read(&variable.kind, said).map(Answer::Range)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{answer::Answers, choice::in_words, question::question, source::Vocabulary};

    const VARIABLES: &str = r#"
        format = 1
        [variables]
        age = { type = "years", ask = "{person}今年满多少周岁？" }
        lived = { type = "years", ask = "在安和县连续住了几年？" }
        hukou = { type = "yes_no", ask = "户口在安和县吗？", yes = ["农村户口"], no = ["城镇户口"] }
        land = { type = "number", unit = "亩", ask = "种了几亩地？" }
        people = { type = "number", unit = "口人", whole = true, ask = "家里几口人？" }
        born = { type = "date", ask = "哪天出生的？" }
        level = { type = "one_of", values = ["低保", "低保边缘", "其他"], ask = "哪一类？", also = { "低保边缘" = ["边缘户"] } }
    "#;

    /// What is understood, in words, or why nothing.
    fn understood(name: &str, reply: &str) -> Result<String, Unclear> {
        let vocabulary = Vocabulary::read("variables.toml", VARIABLES).expect("well written");
        let variable = vocabulary.get(name).expect("defined");
        let eighty = crate::interval::Cut::before(80.into());
        let tests = [crate::test::Accepts::Within(vec![
            crate::interval::Interval::above(eighty),
        ])];
        let question = question(variable, &tests, &Answers::new(), "老人");
        let answer = read(&question, reply)?;
        Ok(in_words(&variable.kind, &answer))
    }

    fn expect(name: &str, cases: &[(&str, &str)]) {
        for (reply, words) in cases {
            assert_eq!(understood(name, reply).as_deref(), Ok(*words), "{reply}");
        }
    }

    fn unclear(name: &str, cases: &[(&str, Unclear)]) {
        for (reply, why) in cases {
            assert_eq!(understood(name, reply).as_ref(), Err(why), "{reply}");
        }
    }

    #[test]
    fn ages_are_read_as_numbers_ranges_and_choices() {
        expect(
            "age",
            &[
                ("82", "82岁"),
                ("８２。", "82岁"),
                ("八十二", "82岁"),
                ("我妈今年82岁了", "82岁"),
                ("满80不到90", "80–89岁"),
                ("满八十岁，不满九十", "80–89岁"),
                ("80到89", "80–89岁"),
                ("80-89岁", "80–89岁"),
                ("80~89", "80–89岁"),
                ("八十多", "80–89岁"),
                ("不满80", "不满80岁"),
                ("80岁以上", "80岁以上"),
                ("B", "80岁以上"),
                ("选b", "80岁以上"),
                ("选2", "80岁以上"),
                ("②", "80岁以上"),
                ("第2个", "80岁以上"),
                ("第一个", "不满80岁"),
                ("2", "2岁"),
                ("不知道", "不知道"),
                ("记不清了", "不知道"),
            ],
        );
        unclear(
            "age",
            &[
                (" ", Unclear::Blank),
                ("大概80吧", Unclear::Approximate),
                ("快80了", Unclear::Approximate),
                ("80斤", Unclear::OtherUnit),
                ("82还是83", Unclear::SeveralNumbers),
                ("满90不到80", Unclear::SeveralNumbers),
                ("不是82", Unclear::Negated),
                ("老了", Unclear::NoNumber),
                ("1942年的", Unclear::OtherUnit),
                ("8O", Unclear::NoNumber),
                ("-5", Unclear::NoNumber),
                ("马上80", Unclear::Approximate),
                ("虚岁81", Unclear::Approximate),
                ("82吧", Unclear::Approximate),
                ("差一个月80", Unclear::Approximate),
                ("80楼", Unclear::OtherUnit),
            ],
        );
    }

    #[test]
    fn times_and_measures_are_read_in_their_units() {
        expect(
            "lived",
            &[
                ("3年", "3年"),
                ("三年零两个月", "3年"),
                ("3年零6个月", "3年"),
                ("一年半", "1年"),
                ("半年", "0年"),
                ("住了十几年", "10–19年"),
            ],
        );
        expect(
            "land",
            &[("12.5", "12.5亩"), ("没有", "0亩"), ("5到10亩", "5–10亩")],
        );
        expect("people", &[("五口人", "5口人"), ("4", "4口人")]);
        unclear("people", &[("2.5", Unclear::NotWhole)]);
        unclear(
            "lived",
            &[
                ("一辈子", Unclear::OtherUnit),
                ("五六年", Unclear::NoNumber),
                ("2019年来的", Unclear::OtherUnit),
            ],
        );
        unclear(
            "land",
            &[
                ("一分地", Unclear::OtherUnit),
                ("3亩5分", Unclear::OtherUnit),
            ],
        );
    }

    #[test]
    fn yes_and_no_have_many_words() {
        for yes in [
            "是",
            "是的",
            "对",
            "有",
            "嗯",
            "在",
            "1",
            "是！",
            "当然是",
            "农村户口",
            "在的",
            "在安和县",
        ] {
            assert_eq!(understood("hukou", yes).as_deref(), Ok("是"), "{yes}");
        }
        for no in [
            "不是",
            "不",
            "没有",
            "否",
            "不对",
            "2",
            "不在",
            "不是的",
            "城镇户口",
            "不在安和县",
            "没有呢",
            "不是农村户口",
        ] {
            assert_eq!(understood("hukou", no).as_deref(), Ok("不是"), "{no}");
        }
        for unclear in [
            "是不是",
            "可能是",
            "老家在那边",
            "在外地",
            "不在本地",
            "有时候",
            "以前是现在不是",
            "应该是吧",
            "是吗",
        ] {
            let understood = understood("hukou", unclear);
            assert_eq!(understood, Err(Unclear::NeitherYesNorNo), "{unclear}");
        }
    }

    #[test]
    fn values_are_picked_by_their_longest_name() {
        expect(
            "level",
            &[
                ("低保", "低保"),
                ("低保边缘", "低保边缘"),
                ("是边缘户", "低保边缘"),
                ("3", "其他"),
                ("①", "低保"),
            ],
        );
        unclear(
            "level",
            &[
                ("不是低保", Unclear::NoChoice),
                ("低保或其他", Unclear::NoChoice),
                ("9", Unclear::NoChoice),
            ],
        );
    }

    #[test]
    fn days_months_and_years_are_read() {
        expect(
            "born",
            &[
                ("1945年3月1日", "1945年3月1日"),
                ("1945-03-01", "1945年3月1日"),
                ("1945.3.1", "1945年3月1日"),
                ("一九四五年三月一日", "1945年3月1日"),
                ("1945年2月", "1945年2月1日至1945年2月28日"),
                ("1945年", "1945年1月1日至1945年12月31日"),
            ],
        );
        unclear(
            "born",
            &[
                ("1945年2月30日", Unclear::NoDate),
                ("45年", Unclear::NoDate),
                ("昨天", Unclear::NoDate),
            ],
        );
    }

    proptest! {
        #[test]
        fn what_is_read_back_is_understood_as_it_was_meant(
            name in prop::sample::select(vec!["age", "lived", "land", "people"]),
            ends in (0_i64..140, 0_i64..140, 0_u8..4),
            sides in any::<(bool, bool)>(),
        ) {
            use crate::interval::{Cut, Interval};
            let cut = |n: i64, before: bool| {
                if before { Cut::before(n.into()) } else { Cut::after(n.into()) }
            };
            let (from, to) = (cut(ends.0, sides.0), cut(ends.1, sides.1));
            let range = match ends.2 {
                0 => Some(Interval::above(from)),
                1 => Some(Interval::below(to)),
                2 => Some(Interval::point(ends.0.into())),
                _ => Interval::between(Some(from), Some(to)),
            };
            let vocabulary = Vocabulary::read("variables.toml", VARIABLES).expect("well written");
            let kind = &vocabulary.get(name).expect("defined").kind;
            let range = range.and_then(|range| if kind.is_whole() { range.whole() } else { Some(range) });
            if let Some(range) = range {
                let words = in_words(kind, &Answer::Range(range));
                prop_assert_eq!(understood(name, &words), Ok(words));
            }
        }

        #[test]
        fn any_reply_is_read_or_refused(reply in any::<String>()) {
            for name in ["age", "hukou", "land", "born", "level"] {
                let _ = understood(name, &reply);
            }
        }

        #[test]
        fn made_up_replies_are_read_or_refused(reply in "(满|不到|8|十|多|到|年|月|日|岁|亩|是|不|没|第|个|B|[.,-]){0,8}") {
            for name in ["age", "hukou", "land", "born", "level"] {
                let _ = understood(name, &reply);
            }
        }
    }
}
