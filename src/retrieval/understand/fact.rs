//! The kind of fact that a question asks for, and whether a text holds one of that kind.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use crate::text::figures::{self, FigureKind, NOUNS, UNITS};

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
    /// True when the date on which something is finished is asked for (啥时候通车).
    pub completion: bool,
}

static ELIGIBILITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(我|我家|俺|咱家|我妈|我爸|我娃|自己|农民|老人).{0,12}(能不能|能否|可不可以|够不够|符合|算不算|有没有资格|能).{0,8}(领|享受|办|申请|拿|报|补|贷|住|评)|(什么|啥|哪些)条件|资格|(谁|哪些人|啥人|什么人).{0,4}(能|可以|符合|享受)|符合.{0,6}条件",
    )
});
static PROCEDURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(怎么|咋|如何|在哪|去哪|到哪|哪里|找谁).{0,4}(申请|办理|报名|申报|领取|登记|交费|缴费|投诉|举报)|电话|联系方式|什么材料|啥材料|哪些材料|手续|流程",
    )
});
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern("几月|几号|哪天|哪一天|几点|具体时间|什么日期|日期|哪个月|多会儿"));
static WHEN: LazyLock<Regex> =
    LazyLock::new(|| pattern("什么时候|啥时候|何时|几时|啥时间|什么时间|哪年|哪一年|多久能"));
/// Words for being finished, in questions and in reports.
static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "建成|投用|通车|完工|竣工|开放|运营|招生|开业|开通|开馆|投产|并网|完成|全面|进去|修好|修通|盖好|建好|能(用|住|走|开)|通上|用上|住上",
    )
});
static WHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(^|[^存])在哪([^些]|$)|哪里|哪儿|哪(几)?条(街|路)|什么地方|啥地方|哪(几)?个(村|镇|乡|地方|位置)|位置|地址",
    )
});
/// Where something stands.
static PLACE_GIVEN: LazyLock<Regex> =
    LazyLock::new(|| pattern("位于|坐落|(路|街|镇|乡|村|巷|社区|片区|园区)"));
static WHO: LazyLock<Regex> = LazyLock::new(|| {
    pattern("谁|(县长|市长|省长|书记|局长|镇长)(叫|是|姓)|哪个(领导|单位|部门|公司|老板)|负责人")
});
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "多少钱|多少元|多少资金|多少投资|几块|几万块|收费|价格|票价|门票|房价|工资|(收购|单|房|地|粮|油|气|电|水|肉|奶|菜)价|(补|给|补贴|补助|奖|奖励|罚|发|贷|投资|花|赔|领|发放|资金|贷款|收入|税收|经费)了?(是|达|有|给|能|达到)?多少|贷多少|费用|多少钱|(贵|便宜)(不|吗|么|嘛|没)",
    )
});
static PERCENTAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "百分之几|百分点|(比例|比重|占比|增速|率|增幅)(目标)?(是|达|有|要|为|达到|要达到|各|去年|今年|和)*(多少|几|$)|(增长|提高|降低|下降|压减|增加值增长)了?多少$",
    )
});
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(?:多少|几|哪几|多[大高长宽深重远])(?:万|亿|千|百)?(?:{NOUNS}|({UNITS}))?"
    ))
});
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "每(人|月|年|亩|户|头|个|学|次|天|吨|平)|一个(人|月|学生|孩子|娃|老人)|一人|一亩|一户|一头|一斤|一吨|一方|一平|一度|人均|户均|最多|最高|上限|一次性",
    )
});
/// Where an amount per piece is given.
static EACH_GIVEN: LazyLock<Regex> =
    LazyLock::new(|| pattern("每|人均|户均|村均|亩均|最高|不超过|上限|一次性"));

/// Finds the kind of fact a folded question asks for; `None` when it asks for no particular one.
#[must_use]
pub(crate) fn answer_type(folded: &str) -> Option<AnswerType> {
    // 好几样 counts nothing.
    let folded = &folded.replace("好几", "许多");
    let each = EACH.is_match(folded);
    let of = |kind| AnswerType {
        kind,
        unit: String::new(),
        each,
        completion: false,
    };
    if PROCEDURE.is_match(folded) {
        return Some(of(FactKind::Procedure));
    }
    // 能多报多少 asks for a figure, not for a judgement on a person.
    if ELIGIBILITY.is_match(folded) && !COUNT.is_match(folded) {
        return Some(of(FactKind::Eligibility));
    }
    if DATE.is_match(folded) {
        return Some(of(FactKind::Date));
    }
    if WHEN.is_match(folded) && FINISHED.is_match(folded) {
        return Some(AnswerType {
            completion: true,
            ..of(FactKind::Date)
        });
    }
    if WHERE.is_match(folded) && !folded.contains("多少") {
        return Some(of(FactKind::Where));
    }
    let unit = COUNT
        .captures_iter(folded)
        .filter_map(|found| found.get(1))
        .map(|unit| unit.as_str().to_owned())
        .find(|unit| !unit.is_empty() && unit != "亿" && unit != "万")
        .unwrap_or_default();
    if MONEY.is_match(folded) && (unit.is_empty() || unit == "元") {
        return Some(of(FactKind::Money));
    }
    if PERCENTAGE.is_match(folded) && unit.is_empty() {
        return Some(of(FactKind::Percentage));
    }
    if COUNT.is_match(folded) {
        return Some(AnswerType {
            unit,
            ..of(FactKind::Number)
        });
    }
    if WHO.is_match(folded) {
        return Some(of(FactKind::Who));
    }
    None
}

impl AnswerType {
    /// True when `text` (folded) holds a fact of the kind asked for.
    #[must_use]
    pub fn is_met_by(&self, text: &str) -> bool {
        let figures = figures::find(text);
        let has = |kinds: &[FigureKind]| figures.iter().any(|f| kinds.contains(&f.kind));
        let kind_is_there = match self.kind {
            FactKind::Money => has(&[FigureKind::Money]),
            FactKind::Percentage => has(&[FigureKind::Percentage]),
            FactKind::Date if self.completion => FINISHED.is_match(text),
            FactKind::Date => figures.iter().any(|f| f.kind == FigureKind::Date),
            FactKind::Number => figures.iter().any(|figure| {
                let unit = figure.unit.of(text);
                if self.unit.is_empty() {
                    figure.kind != FigureKind::Date && !ORDINAL.contains(&unit)
                } else {
                    unit == self.unit || same_family(unit, &self.unit)
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

/// What follows a number in a row, not a number of things: 引洮一期, 第十二届, 5A级.
const ORDINAL: [&str; 3] = ["期", "届", "级"];

/// Units people use for one another.
fn same_family(a: &str, b: &str) -> bool {
    const FAMILIES: [&[&str]; 8] = [
        &["人", "名", "个", "位", "人次"],
        &["场", "场次", "次"],
        &["家", "个", "户"],
        &["条", "段", "个"],
        &["座", "个", "处", "所"],
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
