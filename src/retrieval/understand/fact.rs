//! The kind of fact that a question asks for, and whether a text holds one of that kind.

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{IntentList, Intents};
use crate::text::{
    Pattern,
    figures::{self, FigureKind, NOUNS, UNITS},
    han::is_han,
};

/// The kind of fact that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// 多少钱
    Money,
    /// 多少，几
    Number,
    /// 比例，百分之几
    Percentage,
    /// 什么时候，几月几号
    Date,
    /// 在哪
    Where,
    /// 谁
    Who,
    /// 我能不能领，符合什么条件
    Eligibility,
    /// 电话，怎么申请
    Procedure,
    /// 有没有补贴，要不要钱
    Benefit,
}

/// The kind of fact a question asks for, in detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerType {
    /// Money, number, date …
    pub kind: FactKind,
    /// The unit asked for (户, 万平方米 → 平方米); empty when none was named.
    pub unit: String,
    /// True when an amount per person, month or piece, or a ceiling, is asked for.
    pub each: bool,
    /// True when a growth is asked for: 提高10% tells nothing of how much there is.
    pub growth: bool,
    /// True when the date on which something is finished is asked for (啥时候通车).
    pub completion: bool,
}

/// Words for being finished, in questions and in reports.
static FINISHED: Pattern = Pattern::new(
    "建成|投用|通车|完工|竣工|开放|运营|招生|开业|开通|开馆|投产|并网|完成|全面|进去|修好|修通|通到|盖好|建好|能(用|住|走|开)|通上|用上|住上",
);
/// Where something stands.
static PLACE_GIVEN: Pattern = Pattern::new("位于|坐落|(路|街|镇|乡|村|巷|社区|片区|园区)");
/// 好多 at the end of what is said.
static HOW_MUCH: Pattern = Pattern::new("好多(?P<end>$|[^a-z0-9\\p{Han}])");
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        "(?:多少|几|哪几|多[大高长宽深重远])(?:万|亿|千|百)?(?:{NOUNS}|({UNITS}))?"
    ))
    .expect("a test uses it")
});
/// Where something is given to people, or is free of charge.
static BENEFIT_GIVEN: Pattern =
    Pattern::new("补贴|补助|补偿|奖励|奖补|救助|津贴|慰问|免费|报销|减免|资助|助学|贷款|优惠");
/// A growth, in questions and right before a figure of it.
static GROWTH: Pattern = Pattern::new(
    "增长|增速|增幅|增加|提高|提升|上升|下降|降低|压减|减少|涨|降|变化|多报|多领|多了|少了|高了",
);
/// Where an amount per piece is given.
static EACH_GIVEN: Pattern = Pattern::new("每|人均|户均|村均|亩均|最高|不超过|上限|一次性");

/// What 好多 asks to be counted.
const HOW_MANY: [&str; 26] = [
    "钱", "个", "元", "块", "亩", "公里", "户", "所", "座", "张", "家", "万", "分", "岁", "天",
    "次", "级", "吨", "斤", "平", "米", "部", "套", "台", "根", "辆",
];

/// Finds the kind of fact a folded question asks for; `None` when it asks for no particular one.
#[must_use]
pub(crate) fn answer_type(intents: &Intents, folded: &str) -> Option<AnswerType> {
    // 好几样 counts nothing.
    let mut folded = folded.replace("好几", "许多");
    // In Sichuan 好多 asks how many; 好多人 does not.
    for counted in HOW_MANY {
        folded = folded.replace(&format!("好多{counted}"), &format!("多少{counted}"));
    }
    folded = HOW_MUCH.replace_all(&folded, "多少$end").into_owned();
    let folded = &folded;
    // 哪几家 asks which.
    let counting = &folded.replace("哪几", "哪些");
    let asks = |list| intents.matches(list, folded);
    let each = asks(IntentList::Each);
    let of = |kind| AnswerType {
        kind,
        unit: String::new(),
        each,
        // 目标定的几个点 asks how much something grows.
        growth: GROWTH.is_match(folded) || folded.contains("几个点"),
        completion: false,
    };
    if asks(IntentList::Procedure) {
        return Some(of(FactKind::Procedure));
    }
    // 能多报多少 asks for a figure, not for a judgement on a person.
    if asks(IntentList::Eligibility) && !COUNT.is_match(counting) {
        return Some(of(FactKind::Eligibility));
    }
    if asks(IntentList::Date) {
        return Some(of(FactKind::Date));
    }
    if asks(IntentList::When) {
        return Some(AnswerType {
            completion: FINISHED.is_match(folded),
            ..of(FactKind::Date)
        });
    }
    if asks(IntentList::Where) && !folded.contains("多少") {
        return Some(of(FactKind::Where));
    }
    let unit = COUNT
        .captures_iter(counting)
        .filter_map(|found| found.get(1))
        .map(|unit| unit.as_str().to_owned())
        .find(|unit| !unit.is_empty() && unit != "亿" && unit != "万")
        .unwrap_or_default();
    if asks(IntentList::Money) && (unit.is_empty() || unit == "元") {
        return Some(of(FactKind::Money));
    }
    // 涨了几个点 counts no things.
    if asks(IntentList::Percentage) && (unit.is_empty() || folded.contains("几个点")) {
        return Some(of(FactKind::Percentage));
    }
    if COUNT.is_match(counting) {
        return Some(AnswerType {
            unit,
            ..of(FactKind::Number)
        });
    }
    if asks(IntentList::Who) {
        return Some(of(FactKind::Who));
    }
    if asks(IntentList::Benefit) {
        return Some(of(FactKind::Benefit));
    }
    None
}

impl AnswerType {
    /// Any figure that is no date.
    pub const FIGURE: Self = Self {
        kind: FactKind::Number,
        unit: String::new(),
        each: false,
        growth: false,
        completion: false,
    };

    /// True when `text` (folded) holds a fact of the kind asked for.
    #[must_use]
    pub fn is_met_by(&self, text: &str) -> bool {
        let figures = figures::find(text);
        let has = |kinds: &[FigureKind]| figures.iter().any(|f| kinds.contains(&f.kind));
        let kind_is_there = match self.kind {
            FactKind::Money => has(&[FigureKind::Money]),
            FactKind::Percentage => figures.iter().any(|figure| {
                // 低于省1.98个百分点 tells a distance.
                let apart = grows(&text[..figure.span.start]) || figure.unit.of(text) == "个百分点";
                figure.kind == FigureKind::Percentage && (self.growth || !apart)
            }),
            FactKind::Benefit => BENEFIT_GIVEN.is_match(text),
            FactKind::Date if self.completion => FINISHED.is_match(text),
            FactKind::Date => figures.iter().any(|f| f.kind == FigureKind::Date),
            FactKind::Number => figures.iter().any(|figure| {
                let unit = figure.unit.of(text);
                if self.unit.is_empty() {
                    figure.kind != FigureKind::Date && !ORDINAL.contains(&unit)
                } else {
                    unit == self.unit
                        || same_family(unit, &self.unit)
                        || self.any_count(figure, unit)
                        || self.counts_at_once(figure, text)
                }
            }),
            FactKind::Eligibility | FactKind::Procedure => false,
            FactKind::Where => PLACE_GIVEN.is_match(text),
            // A name and nothing else, under its office.
            FactKind::Who => (2..=4).contains(&text.chars().count()),
        };
        kind_is_there && (!self.each || EACH_GIVEN.is_match(text))
    }
}

impl AnswerType {
    /// True when people or things were asked for and a figure stands right before what it counts, with
    /// no unit between: 5万移民.
    fn counts_at_once(&self, figure: &figures::Figure, text: &str) -> bool {
        const COUNTED: [&str; 5] = ["个", "人", "名", "户", "家"];
        let follows = text[figure.span.end..].chars().next();
        COUNTED.contains(&self.unit.as_str())
            && figure.kind == FigureKind::Quantity
            && figure.unit.is_empty()
            && follows.is_some_and(is_han)
    }

    /// True when 多少个 was asked and a figure counts things by some word of its own (320枪, 12座).
    fn any_count(&self, figure: &figures::Figure, unit: &str) -> bool {
        const MEASURES: [&str; 14] = [
            "亩",
            "公顷",
            "公里",
            "千米",
            "米",
            "里",
            "吨",
            "斤",
            "度",
            "天",
            "平方米",
            "平方公里",
            "千瓦",
            "立方米",
        ];
        self.unit == "个"
            && figure.kind == FigureKind::Quantity
            && !MEASURES.contains(&unit)
            && !ORDINAL.contains(&unit)
    }
}

/// True for a text that ends with a growth (提高 of 提高10%), which the figure after it is of.
fn grows(before: &str) -> bool {
    // 提高到15% and 提高，达15% tell how much there is.
    let before = before.trim_end_matches(['了', '约', ' ']);
    GROWTH
        .find_iter(before)
        .last()
        .is_some_and(|found| found.end() == before.len())
}

/// What follows a number in a row, not a number of things: 引洮一期, 第十二届, 5A级.
const ORDINAL: [&str; 3] = ["期", "届", "级"];

/// Units people use for one another.
fn same_family(a: &str, b: &str) -> bool {
    const FAMILIES: [&[&str]; 9] = [
        // Vehicles, and the spaces that they are parked in.
        &["辆", "台", "个"],
        &["人", "名", "个", "位", "人次"],
        &["场", "场次", "次"],
        &["家", "个", "户"],
        &["条", "段", "个"],
        &["座", "个", "处", "所", "间", "栋", "件"],
        &["件", "个", "项"],
        &["棵", "株"],
        &["里", "公里", "千米"],
    ];
    FAMILIES
        .iter()
        .any(|family| family.contains(&a) && family.contains(&b))
}

#[cfg(test)]
mod tests;
