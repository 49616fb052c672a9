//! What a question wants beside its topic: whose year, and which kind of fact.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{
    corpus::Period,
    text::figures::{self, FigureKind, NOUNS, UNITS},
};

/// The period a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeriodWish {
    /// None named.
    #[default]
    Any,
    /// A result, that year's.
    Done(i32),
    /// A plan, that year's.
    Planned(i32),
    /// Result and plan side by side.
    Both,
    /// Nothing named, but the wording leans towards a result (开了没).
    LeansDone,
    /// Nothing named, but the wording leans towards a plan (会建吗).
    LeansPlanned,
}

impl PeriodWish {
    /// How well a sentence of `period` fits: 1 as asked, −1 against what was asked, 0 otherwise;
    /// half of it when the wording only leans.
    #[must_use]
    pub fn fit(self, period: Period) -> f32 {
        match (self, period) {
            (Self::Done(a), Period::Done(b)) | (Self::Planned(a), Period::Planned(b)) => {
                if a == b {
                    1.0
                } else {
                    -0.5
                }
            }
            (Self::Done(_), Period::Planned(_)) | (Self::Planned(_), Period::Done(_)) => -1.0,
            (Self::LeansDone, Period::Done(_)) | (Self::LeansPlanned, Period::Planned(_)) => 0.5,
            (Self::LeansDone, Period::Planned(_)) | (Self::LeansPlanned, Period::Done(_)) => -0.5,
            _ => 0.0,
        }
    }

    /// The year asked for.
    #[must_use]
    pub const fn year(self) -> Option<i32> {
        match self {
            Self::Done(year) | Self::Planned(year) => Some(year),
            Self::Any | Self::Both | Self::LeansDone | Self::LeansPlanned => None,
        }
    }

    /// True when the asker named the period, rather than leaning towards one.
    #[must_use]
    pub const fn is_named(self) -> bool {
        matches!(self, Self::Done(_) | Self::Planned(_) | Self::Both)
    }
}

/// The years that 去年, 今年 and 明年 stand for: the report's, never the clock's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Years {
    /// 去年
    pub review: i32,
    /// 今年
    pub plan: i32,
}

impl Years {
    /// True for either of the two.
    #[must_use]
    pub const fn covers(self, year: i32) -> bool {
        year == self.review || year == self.plan
    }

    /// What a relative word stands for; `None` for anything else.
    fn of(self, word: &str) -> Option<i32> {
        match word {
            "前年" => Some(self.review - 1),
            "明年" => Some(self.plan + 1),
            word if word.starts_with(['去', '上', '前']) => Some(self.review),
            word if word.starts_with(['今', '本']) => Some(self.plan),
            _ => None,
        }
    }
}

/// What was found out about the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodFinding {
    /// The period asked for.
    pub wish: PeriodWish,
    /// The question without its year words; as many bytes, blanks in their place.
    pub rest: String,
    /// Relative words that were resolved, with the year they stand for.
    pub resolved: Vec<(String, i32)>,
    /// Years named that are neither reviewed nor planned.
    pub other_years: Vec<i32>,
}

static YEAR_WORD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"去年|上年度|上一年|上年|前一年|前年|今年|本年度|本年|明年|((?:19|20)[0-9]{2})(?:年度|年)?|([0-9]{2})年",
    )
});
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    regex("了没|了吗|了多少|完成了|完成情况|已经|成果|咋样了|怎么样了|得了|了啥|了几|了哪|是几a")
});
static PLANNED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "目标|计划|打算|准备|预期|将要|会建|会修|还会|要建|要修|要达到|要完成|啥时候|什么时候|今后|下一步|会.*吗|吗$.*建",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

/// The relative words of a folded question with the years they stand for.
pub(super) fn relative_years(folded: &str, base: Years) -> Vec<(String, i32)> {
    YEAR_WORD
        .find_iter(folded)
        .filter_map(|word| Some((word.as_str().to_owned(), base.of(word.as_str())?)))
        .collect()
}

/// True when a folded question asks for what is planned (目标, 打算), whatever the year.
pub(super) fn wants_plan(folded: &str) -> bool {
    PLANNED.is_match(folded) && !DONE.is_match(folded)
}

/// Finds the period a folded question asks for: relative words stand for the years of `base`, and
/// what is looked for is of the years `covered`.
#[must_use]
pub fn period(folded: &str, base: Years, covered: Years) -> PeriodFinding {
    let mut named: Vec<i32> = Vec::new();
    let mut finding = PeriodFinding {
        rest: folded.to_owned(),
        ..PeriodFinding::default()
    };
    for found in YEAR_WORD.captures_iter(folded) {
        let Some(whole) = found.get(0) else { continue };
        let relative = base.of(whole.as_str());
        let year = relative.or_else(|| {
            let digits = found.get(1).or(found.get(2))?;
            let year: i32 = digits.as_str().parse().ok()?;
            let short = found.get(2).is_some();
            let year = if short { 2000 + year } else { year };
            // 24年 is a year only when it can be one of the report's, and so is 2085 of 2085人.
            let certain = !short && whole.as_str().ends_with(['年', '度']);
            (certain || covered.covers(year)).then_some(year)
        });
        let Some(year) = year else { continue };
        if relative.is_some() {
            finding.resolved.push((whole.as_str().to_owned(), year));
        }
        if covered.covers(year) {
            finding
                .rest
                .replace_range(whole.range(), &" ".repeat(whole.len()));
            named.push(year);
        } else {
            finding.other_years.push(year);
        }
    }
    let years = covered;
    let review = named.contains(&years.review);
    let plan = named.contains(&years.plan);
    finding.wish = match (review, plan) {
        (true, true) => PeriodWish::Both,
        (true, false) => PeriodWish::Done(years.review),
        (false, true) => PeriodWish::Planned(years.plan),
        (false, false) if DONE.is_match(folded) => PeriodWish::LeansDone,
        (false, false) if PLANNED.is_match(folded) => PeriodWish::LeansPlanned,
        (false, false) => PeriodWish::Any,
    };
    finding
}

/// The kind of fact that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
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
    /// What a slogan means that the report uses but does not define.
    Definition,
    /// Another place or year than those loaded.
    Elsewhere,
    /// A direct answer: the quotes only come near.
    Direct,
    /// The year asked for: the quotes are of another.
    Year,
}

/// The kind of fact a question asks for, in detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Money, number, date …
    pub asked: Asked,
    /// The unit asked for (户, 万平方米 → 平方米); empty when none was named.
    pub unit: String,
    /// True when an amount per person, month or piece, or a ceiling, is asked for.
    pub each: bool,
    /// True when the date on which something is finished is asked for (啥时候通车).
    pub completion: bool,
}

static ELIGIBILITY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(我|我家|俺|咱家|我妈|我爸|我娃|自己|农民|老人).{0,12}(能不能|能否|可不可以|够不够|符合|算不算|有没有资格|能).{0,8}(领|享受|办|申请|拿|报|补|贷|住|评)|(什么|啥|哪些)条件|资格|(谁|哪些人|啥人|什么人).{0,4}(能|可以|符合|享受)|符合.{0,6}条件",
    )
});
static PROCEDURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(怎么|咋|如何|在哪|去哪|到哪|哪里|找谁).{0,4}(申请|办理|报名|申报|领取|登记|交费|缴费|投诉|举报)|电话|联系方式|什么材料|啥材料|哪些材料|手续|流程",
    )
});
static DATE: LazyLock<Regex> =
    LazyLock::new(|| regex("几月|几号|哪天|哪一天|几点|具体时间|什么日期|日期|哪个月|多会儿"));
static WHEN: LazyLock<Regex> =
    LazyLock::new(|| regex("什么时候|啥时候|何时|几时|啥时间|什么时间|哪年|哪一年|多久能"));
/// Words for being finished, in questions and in reports.
static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "建成|投用|通车|完工|竣工|开放|运营|招生|开业|开通|开馆|投产|并网|完成|全面|进去|修好|修通|盖好|建好|能(用|住|走|开)|通上|用上|住上",
    )
});
static WHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(^|[^存])在哪([^些]|$)|哪里|哪儿|哪(几)?条(街|路)|什么地方|啥地方|哪(几)?个(村|镇|乡|地方|位置)|位置|地址",
    )
});
/// Where something stands.
static PLACE_GIVEN: LazyLock<Regex> =
    LazyLock::new(|| regex("位于|坐落|(路|街|镇|乡|村|巷|社区|片区|园区)"));
static WHO: LazyLock<Regex> = LazyLock::new(|| {
    regex("谁|(县长|市长|省长|书记|局长|镇长)(叫|是|姓)|哪个(领导|单位|部门|公司|老板)|负责人")
});
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "多少钱|多少元|多少资金|多少投资|几块|几万块|收费|价格|票价|门票|房价|工资|(收购|单|房|地|粮|油|气|电|水|肉|奶|菜)价|(补|给|补贴|补助|奖|奖励|罚|发|贷|投资|花|赔|领|发放|资金|贷款|收入|税收|经费)了?(是|达|有|给|能|达到)?多少|贷多少|费用|多少钱|(贵|便宜)(不|吗|么|嘛|没)",
    )
});
static PERCENTAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "百分之几|百分点|(比例|比重|占比|增速|率|增幅)(目标)?(是|达|有|要|为|达到|要达到|各|去年|今年|和)*(多少|几|$)|(增长|提高|降低|下降|压减|增加值增长)了?多少$",
    )
});
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        "(?:多少|几|哪几|多[大高长宽深重远])(?:万|亿|千|百)?(?:{NOUNS}|({UNITS}))?"
    ))
});
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "每(人|月|年|亩|户|头|个|学|次|天|吨|平)|一个(人|月|学生|孩子|娃|老人)|一人|一亩|一户|一头|一斤|一吨|一方|一平|一度|人均|户均|最多|最高|上限|一次性",
    )
});
/// Where an amount per piece is given.
static EACH_GIVEN: LazyLock<Regex> =
    LazyLock::new(|| regex("每|人均|户均|村均|亩均|最高|不超过|上限|一次性"));

/// Finds the kind of fact a folded question asks for; `None` when it asks for no particular one.
#[must_use]
pub fn need(folded: &str) -> Option<Need> {
    // 好几样 counts nothing.
    let folded = &folded.replace("好几", "许多");
    let each = EACH.is_match(folded);
    let need = |asked| Need {
        asked,
        unit: String::new(),
        each,
        completion: false,
    };
    if PROCEDURE.is_match(folded) {
        return Some(need(Asked::Procedure));
    }
    // 能多报多少 asks for a figure, not for a judgement on a person.
    if ELIGIBILITY.is_match(folded) && !COUNT.is_match(folded) {
        return Some(need(Asked::Eligibility));
    }
    if DATE.is_match(folded) {
        return Some(need(Asked::Date));
    }
    if WHEN.is_match(folded) && FINISHED.is_match(folded) {
        return Some(Need {
            completion: true,
            ..need(Asked::Date)
        });
    }
    if WHERE.is_match(folded) && !folded.contains("多少") {
        return Some(need(Asked::Where));
    }
    let unit = COUNT
        .captures_iter(folded)
        .filter_map(|found| found.get(1))
        .map(|unit| unit.as_str().to_owned())
        .find(|unit| !unit.is_empty() && unit != "亿" && unit != "万")
        .unwrap_or_default();
    if MONEY.is_match(folded) && (unit.is_empty() || unit == "元") {
        return Some(need(Asked::Money));
    }
    if PERCENTAGE.is_match(folded) && unit.is_empty() {
        return Some(need(Asked::Percentage));
    }
    if COUNT.is_match(folded) {
        return Some(Need {
            unit,
            ..need(Asked::Number)
        });
    }
    if WHO.is_match(folded) {
        return Some(need(Asked::Who));
    }
    None
}

impl Need {
    /// True when `text` (folded) holds a fact of the kind asked for.
    #[must_use]
    pub fn is_met_by(&self, text: &str) -> bool {
        let figures = figures::find(text);
        let has = |kinds: &[FigureKind]| figures.iter().any(|f| kinds.contains(&f.kind));
        let kind_is_there = match self.asked {
            Asked::Money => has(&[FigureKind::Money]),
            Asked::Percentage => has(&[FigureKind::Percentage]),
            Asked::Date if self.completion => FINISHED.is_match(text),
            Asked::Date => figures.iter().any(|f| f.kind == FigureKind::Date),
            Asked::Number => figures.iter().any(|figure| {
                let unit = figure.unit.of(text);
                if self.unit.is_empty() {
                    figure.kind != FigureKind::Date && !ORDINAL.contains(&unit)
                } else {
                    unit == self.unit || same_family(unit, &self.unit)
                }
            }),
            Asked::Eligibility | Asked::Procedure => false,
            Asked::Where => PLACE_GIVEN.is_match(text),
            // A name and nothing else, under its office.
            Asked::Who => (2..=4).contains(&text.chars().count()),
            Asked::Definition | Asked::Elsewhere | Asked::Direct | Asked::Year => true,
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
mod tests {
    use super::*;

    const YEARS: Years = Years {
        review: 2023,
        plan: 2024,
    };

    #[test]
    fn relative_years_are_the_reports() {
        let period = |folded: &str| super::period(folded, YEARS, YEARS);
        assert_eq!(period("去年修了多少路").wish, PeriodWish::Done(2023));
        assert_eq!(period("今年修多少路").wish, PeriodWish::Planned(2024));
        assert_eq!(period("2023年和2024年各多少").wish, PeriodWish::Both);
        assert_eq!(period("修2024公里").rest, "修    公里");
        assert_eq!(period("明年呢").other_years, [2025]);
        assert_eq!(period("2085人就业").other_years, [0; 0]);
    }

    #[test]
    fn the_kind_of_fact_is_recognised() {
        let asked = |q: &str| need(q).map(|need| (need.asked, need.unit, need.each));
        assert_eq!(
            asked("特困供养一个人一年给多少"),
            Some((Asked::Money, String::new(), true))
        );
        assert_eq!(
            asked("新建多少座淤地坝"),
            Some((Asked::Number, "座".into(), false))
        );
        assert_eq!(
            asked("森林覆盖率要达到多少"),
            Some((Asked::Percentage, String::new(), false))
        );
        assert_eq!(
            asked("艺术节几月几号开幕"),
            Some((Asked::Date, String::new(), false))
        );
        assert_eq!(
            asked("我家能不能领低保").map(|a| a.0),
            Some(Asked::Eligibility)
        );
        assert_eq!(
            asked("全县有多少人口"),
            Some((Asked::Number, String::new(), false))
        );
        assert_eq!(asked("食堂饭菜贵不贵").map(|a| a.0), Some(Asked::Money));
        assert_eq!(asked("垃圾分类怎么推进"), None);
        assert_eq!(asked("我爸好几样慢性病有人管没"), None);
        assert_eq!(asked("驿站建在哪几条街上").map(|a| a.0), Some(Asked::Where));
        assert_eq!(asked("存在哪些困难"), None);
    }

    #[test]
    fn a_figure_must_be_of_the_kind_asked_for() {
        let met = |q: &str, text: &str| need(q).is_some_and(|need| need.is_met_by(text));
        assert!(met("温泉门票多少钱", "门票50元"));
        assert!(!met("温泉门票多少钱", "温泉康养项目3个"));
        assert!(!met("助学贷款一个学生最多能贷多少", "助学贷款5000万元以上"));
        assert!(met("新建多少座淤地坝", "新建淤地坝6座"));
        assert!(!met("水库能蓄多少水", "实施引洮一期供水改造"));
    }
}
