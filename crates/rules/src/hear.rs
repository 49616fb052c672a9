//! What a question already says: 我妈82岁农村户口能领高龄补贴不.

use wenzheng_text::{Pattern, Span};

use crate::{
    answer::Answer,
    bound::Bound,
    mention,
    number::{self, Number},
    quantity::{self, Quantity, Unit},
    reply::value_in,
    variable::{Kind, Variable, VariableId},
};

/// Something that a question says, to be read back before it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What it says something of.
    pub variable: VariableId,
    /// What it says.
    pub answer: Answer,
    /// The words that say it; bytes of the question.
    pub span: Span,
}

/// The person whom `question` speaks of (我妈), if it is one; bytes of the question.
#[must_use]
pub fn person(question: &str) -> Option<Span> {
    match mention::persons(question).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// What `question` says of `variables`, in their order.
///
/// A number counts by its unit: 岁, 亩 and the like; 年, 元 and 人 stand for too much, so they count only
/// beside a word of the variable's `hear`. Yes, no and values count by the phrases of the variable. Nothing is
/// guessed: two different answers to one variable are none, as is one that two variables could take, or any
/// in a question that speaks of two persons.
#[must_use]
pub fn hear<'v>(variables: impl IntoIterator<Item = &'v Variable>, question: &str) -> Vec<Heard> {
    if mention::persons(question).len() > 1 {
        return Vec::new();
    }
    let mut heard: Vec<(Heard, bool)> = Vec::new();
    for variable in variables {
        if let Some((answer, span)) = one(variable, question) {
            let heard_now = Heard {
                variable: variable.id.clone(),
                answer,
                span,
            };
            heard.push((heard_now, !variable.cues.hear.is_empty()));
        }
    }
    let claims: Vec<(Span, bool)> = heard
        .iter()
        .map(|(one, has_cue)| (one.span, *has_cue))
        .collect();
    let is_sure = |(one, has_cue): &(Heard, bool)| {
        // another variable claims the same words, and has as good a reason
        let rivals = claims.iter().filter(|(span, _)| overlap(*span, one.span));
        rivals
            .filter(|(_, rival_has_cue)| rival_has_cue >= has_cue)
            .count()
            == 1
    };
    heard.retain(is_sure);
    heard.into_iter().map(|(one, _)| one).collect()
}

const fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// The one answer that `question` gives to `variable`, with where it first does.
fn one(variable: &Variable, question: &str) -> Option<(Answer, Span)> {
    match &variable.kind {
        Kind::YesNo => yes_or_no(variable, question),
        Kind::OneOf(values) => {
            let (value, span) = value_in(values, &variable.cues, question)?;
            (!is_asked(question, span)).then(|| (Answer::Choice(value.to_owned()), span))
        }
        Kind::Years { .. } | Kind::Number { .. } => quantity_of(variable, question),
        Kind::Date => None,
    }
}

fn yes_or_no(variable: &Variable, question: &str) -> Option<(Answer, Span)> {
    let cues = &variable.cues;
    let phrases = cues.yes.iter().map(|phrase| (phrase, true));
    let phrases = phrases.chain(cues.no.iter().map(|phrase| (phrase, false)));
    let mut first: Option<(bool, Span)> = None;
    for (phrase, yes) in phrases {
        for (at, phrase) in question.match_indices(phrase.as_str()) {
            let span = Span::new(at, at + phrase.len());
            if is_asked(question, span) {
                return None;
            }
            let says = yes != is_denied(&question[..at]);
            match first {
                Some((said, _)) if said != says => return None,
                Some((_, earlier)) if earlier.start <= at => {}
                _ => first = Some((says, span)),
            }
        }
    }
    first.map(|(says, span)| (Answer::YesNo(says), span))
}

/// True if 不是, 没有 or the like stands just before.
fn is_denied(before: &str) -> bool {
    let before = before.trim_end();
    ["不是", "没有", "没", "不", "非"]
        .iter()
        .any(|not| before.ends_with(not))
}

/// True if the words at `span` are themselves what is asked for: 是不是要农村户口, 农村户口才能领.
fn is_asked(question: &str, span: Span) -> bool {
    static BEFORE: Pattern =
        Pattern::new("(?:是不是|是否|要不要|有没有|有无|需要|必须|要求|只有|要|限)$");
    static AFTER: Pattern = Pattern::new("^(?:才|吗|么|还是|或者|和|跟|与|有什么|有啥)");
    BEFORE.is_match(question[..span.start].trim_end())
        || AFTER.is_match(question[span.end..].trim_start())
}

/// A number with the variable's unit; `None` if there are two that differ, or one that is not certain.
fn quantity_of(variable: &Variable, question: &str) -> Option<(Answer, Span)> {
    let numbers = number::find(question);
    let mut first: Option<(Answer, Span)> = None;
    for (at, number) in numbers.iter().enumerate() {
        let Some(quantity) = quantity::read(&variable.kind, question, number) else {
            continue;
        };
        if quantity.unit != Unit::Own || !is_meant(variable, question, quantity.span) {
            continue;
        }
        let before = at.checked_sub(1).map(|before| numbers[before]);
        let is_part = before.is_some_and(|before| is_series(question, before, *number))
            || has_smaller_unit(question, &quantity, numbers.get(at + 1));
        if is_part || speaks_of_the_rule(question, &quantity) {
            return None;
        }
        let answer = Answer::Range(quantity.range?);
        match &first {
            Some((said, _)) if *said != answer => return None,
            Some(_) => {}
            None => first = Some((answer, quantity.span)),
        }
    }
    first
}

/// True if a number may be the document's rather than the person's: 80岁以上能领多少, or 满80岁能领吗 where nobody
/// is named.
fn speaks_of_the_rule(question: &str, quantity: &Quantity) -> bool {
    static AFTER: Pattern = Pattern::new("^(?:及|或)?(?:以上|以下|以内|之内|往上)");
    match quantity.bound {
        Bound::Exact | Bound::Some | Bound::Vague => false,
        Bound::AtMost => true,
        Bound::Below | Bound::Above | Bound::AtLeast => {
            AFTER.is_match(&question[quantity.span.end..]) || person(question).is_none()
        }
    }
}

/// 3亩5分: the number is more than it says.
fn has_smaller_unit(question: &str, quantity: &Quantity, next: Option<&Number>) -> bool {
    next.is_some_and(|next| {
        next.span.start == quantity.end
            && question[next.span.end..].starts_with(['分', '厘', '毛', '角'])
    })
}

/// 80到89岁, 82、83岁: neither number is the person's.
fn is_series(question: &str, before: Number, number: Number) -> bool {
    let between = question[before.span.end..number.span.start].trim();
    matches!(
        between,
        "到" | "至" | "-" | "~" | "–" | "—" | "、" | "或" | "和" | "岁到" | "岁至" | "岁-"
    )
}

/// True if a number stands beside one of the variable's `hear`, or its unit needs none.
fn is_meant(variable: &Variable, question: &str, span: Span) -> bool {
    let hear = &variable.cues.hear;
    if hear.is_empty() {
        let stands_for_much = |unit: &str| matches!(unit, "年" | "人") || unit.ends_with('元');
        let is_people = variable.kind.unit() == Some("口人");
        let names_people = span.of(question).contains('口'); // 村里有20人 is no household
        return !variable.kind.unit().is_none_or(stands_for_much) && (!is_people || names_people);
    }
    let is_end = |c: char| "，。；？！,;?! ".contains(c);
    let start = question[..span.start].rfind(is_end).unwrap_or(0);
    let end = question[span.end..]
        .find(is_end)
        .map_or(question.len(), |end| span.end + end);
    let clause = &question[start..end];
    hear.iter().any(|word| clause.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{choice::in_words, source::Vocabulary};

    const VARIABLES: &str = r#"
        format = 1
        [variables]
        age = { type = "years", ask = "今年满多少周岁？" }
        spouse = { type = "years", ask = "老伴多少周岁？", hear = ["老伴", "配偶"] }
        lived = { type = "years", ask = "住了几年？", hear = ["住"] }
        hukou = { type = "yes_no", ask = "是农村户口吗？", yes = ["农村户口"], no = ["城镇户口"] }
        land = { type = "number", unit = "亩", ask = "种了几亩地？" }
        income = { type = "number", unit = "元", ask = "一个月收入多少？", hear = ["收入", "挣"] }
        people = { type = "number", unit = "口人", whole = true, ask = "家里几口人？" }
        level = { type = "one_of", values = ["低保", "低保边缘"], ask = "哪一类？" }
    "#;
    const NAMES: [&str; 8] = [
        "age", "spouse", "lived", "hukou", "land", "income", "people", "level",
    ];

    fn heard(question: &str) -> Vec<String> {
        let vocabulary = Vocabulary::read("variables.toml", VARIABLES).expect("well written");
        let variables = NAMES.map(|name| vocabulary.get(name).expect("defined"));
        let heard = hear(variables, question).into_iter();
        heard
            .map(|one| {
                let variable = vocabulary
                    .get(&one.variable.to_string())
                    .expect("one of them");
                let words = in_words(&variable.kind, &one.answer);
                format!("{} {words} “{}”", variable.name, one.span.of(question))
            })
            .collect()
    }

    #[test]
    fn age_and_registration_are_heard_with_their_words() {
        assert_eq!(
            heard("我妈82岁农村户口能领高龄补贴不"),
            ["age 82岁 “82岁”", "hukou 是 “农村户口”"]
        );
        assert_eq!(heard("我妈八十二了能领不"), [""; 0]);
        assert_eq!(
            heard("我妈八十多岁，不是农村户口"),
            ["age 80–89岁 “八十多岁”", "hukou 不是 “农村户口”"]
        );
        assert_eq!(heard("老人90岁一个月多少钱"), ["age 90岁 “90岁”"]);
        assert_eq!(heard("俺爹虚岁不算，８２周岁了"), ["age 82岁 “８２周岁”"]);
    }

    #[test]
    fn measures_are_heard_by_their_units() {
        assert_eq!(
            heard("我家12亩地五口人"),
            ["land 12亩 “12亩”", "people 5口人 “五口人”"]
        );
        assert_eq!(heard("一年800元的补贴我能领吗"), [""; 0]);
        assert_eq!(heard("我一个月收入800元"), ["income 800元 “800元”"]);
        assert_eq!(
            heard("住了5年，低保边缘"),
            ["lived 5年 “5年”", "level 低保边缘 “低保边缘”"]
        );
        assert_eq!(heard("交了5年社保，2025年能领吗"), [""; 0]);
    }

    #[test]
    fn what_is_not_certain_is_not_taken() {
        for question in [
            "82岁和79岁的都能领吗",
            "80到89岁领多少",
            "80岁以上的老人领多少",
            "满80岁能领吗",
            "村里有20人",
            "我家3亩5分地",
            "种了五六亩",
            "我爸妈都80岁",
            "父母都80岁了",
            "我妈快80岁了",
            "我40岁，我妈82岁，能领吗",
            "农村户口和城镇户口有什么区别",
            "是不是要农村户口",
            "农村户口才能领吗",
            "不是低保",
        ] {
            assert_eq!(heard(question), [""; 0], "{question}");
        }
    }

    #[test]
    fn a_number_goes_to_the_variable_that_has_a_word_for_it() {
        assert_eq!(heard("老伴82岁"), ["spouse 82岁 “82岁”"]);
    }

    proptest! {
        #[test]
        fn what_is_heard_stands_in_the_question(
            question in "(我|妈|老伴|8|十|多|岁|亩|元|收入|，|不是|农村户口|城镇户口|低保|到){0,10}"
        ) {
            let vocabulary = Vocabulary::read("variables.toml", VARIABLES).expect("well written");
            let variables = NAMES.map(|name| vocabulary.get(name).expect("defined"));
            for one in hear(variables, &question) {
                prop_assert!(!one.span.of(&question).is_empty());
            }
        }
    }
}
