//! Tells by wording whether headings (工作回顾, 重点工作) and sentences look back or ahead.
//!
//! Headings are classified ([`of_heading`]); all other text is only scored ([`lean`]). Reading a corpus
//! file uses the classification, the import uses both to record periods explicitly.

use wenzheng_text::{Pattern, normalize::narrow_digits, numerals};

/// Tense of the heading of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// 2023年工作回顾
    Review,
    /// 2024年重点工作
    Plan,
    /// 2020年工作回顾和2021年工作安排
    Mixed,
    /// 名词解释
    Glossary,
}

/// Headings of parts that look back.
static REVIEW: Pattern = Pattern::new(
    "回顾|(工作|全年)总结|主要(成绩|成就|成效)|(工作|任务|计划|规划)(的)?(完成|执行|落实)情况|过去.{0,3}年.*(工作|成绩|成就)|工作.{0,10}开局$|[一二三四五六七八九十]年来的?(工作|成绩|成就)|^[^，]{0,12}(过去|刚刚过去)的?[一三四五两]年$|存在(的)?(主要)?(困难|问题)|工作情况$",
);
/// Headings of parts that look ahead.
static PLAN: Pattern = Pattern::new(
    "重点工作|工作安排|工作打算|工作部署|工作建议|(主要|重点|工作|目标|发展)任务|目标|总体要求|总体思路|总体安排|总体部署|总体考虑|指导思想|发展思路|今后|未来|年.{0,6}工作$|年.{0,4}(安排|打算|计划|举措|展望)|自身建设|政府建设|(政府|行政)(治理|服务|履职)(能力|效能)|下一?步工作",
);
/// The conjunction between the two halves of a heading.
static AND: Pattern = Pattern::new("(回顾|总结|情况)[^，。]{0,4}(和|及|与|、|暨|以及|，)");
/// Headings of glossaries.
static GLOSSARY: Pattern =
    Pattern::new("用语|名词|术语|注释|词语解释|词汇|缩略语|概念解释|^(附注|注解|注)[：:]?$");
/// Wording of insight, which together with problems marks the paragraph on shortcomings.
static INSIGHT: Pattern = Pattern::new(
    "(清醒|深刻|充分|客观)(地)?(认识|看到|意识)|也要看到|也?应看到|还?必须看到|知忧|我们也认识到",
);
static TROUBLE: Pattern = Pattern::new("困难|问题|挑战|不足|短板|差距");

/// Wording of results.
static DONE: Pattern = Pattern::new(
    "同比|[比较]上?年|年均增长|(增长|提高|下降|增加)(到|至|了)?[0-9.]+|达到?[0-9]|完成[^，。；]{0,12}[0-9]|累计|荣获|获[批评得]|被评为|被列(为|入)|入选|率先|圆满|如期|历史性|年来|过去的?一年|去年|显著|明显|得到|取得|[^为]了|迈上|迈出|[全已]部(完成|办结)|成功|成效|顺利|首[次个家批]|连续|居全|预计|的结果|感谢|敬意|不易|清醒(地)?(看到|认识)",
);
/// Wording of intentions.
static INTENT: Pattern = Pattern::new(
    "将|力争|确保|今年|明年|新的一年|争取|争创|务必|必须|我们要|要[^素求点闻件道害]|抓好|做好|落实好|鼓励|引导|打造|推动|年内|尽快|[个家万元条所]以上|左右|目标是|更多|让|力度|继续",
);
/// Wording of action, which a report uses of both times, though more often of intentions.
static ACTION: Pattern =
    Pattern::new("加大|努力|进一步|大力|加快|加强|着力|坚决|完善|健全|强化|深化|培育|积极|探索");
/// What a word of action counts, in words of intention.
const ACTION_WEIGHT: f32 = 0.25;
/// A paragraph that opens the plan.
static OPENS_PLAN: Pattern = Pattern::new(
    "(今年|明年|(19|20)[0-9]{2}年|新的一年|今后[五三]年|今后一个时期)[^。；]{0,24}(总体要求|总体思路|指导思想|(主要|奋斗|预期|总体|发展)目标|工作思路)|做好(今年|明年|(19|20)[0-9]{2}年|今后)[^。；]{0,12}工作|(^| )(各位代表[！，、：])?(今年|(19|20)[0-9]{2}年)，?既?是[^。]{0,60}(之年|第一年|开局|关键|[之一]年)|(围绕|实现)(以上|上述)[^。]{0,12}目标",
);

/// Returns the tense of a heading, or `None` if its wording does not say.
#[must_use]
pub fn of_heading(text: &str) -> Option<Tense> {
    let text = &narrow_digits(text);
    if GLOSSARY.is_match(text) {
        return Some(Tense::Glossary);
    }
    let (review, plan) = (REVIEW.is_match(text), PLAN.is_match(text));
    match (review, plan) {
        (true, true) if is_mixed(text) => Some(Tense::Mixed),
        (true, _) => Some(Tense::Review),
        (false, true) => Some(Tense::Plan),
        (false, false) => None,
    }
}

/// Returns the tense of a heading in the report that plans for `year`, or `None` if neither its
/// wording nor the time it names says.
///
/// The time counts more: 2023年的主要工作 looks back in a report of 2024, whatever the words stand for
/// elsewhere, and so does “十三五”目标任务胜利完成.
#[must_use]
pub fn of_heading_in(text: &str, year: i32) -> Option<Tense> {
    let narrow = narrow_digits(text);
    let text: &str = &narrow.replace([' ', '\u{3000}'], "");
    let worded = of_heading(text);
    let time = Time::named_in(text, year);
    match worded {
        Some(Tense::Glossary) => worded,
        // 2022年工作回顾和2023年重点工作, in a report of 2024.
        Some(Tense::Mixed) => {
            let rest = AND.find(text).map_or("", |and| &text[and.end()..]);
            let both_past = time.past && !time.ahead && Time::named_in(rest, year).past;
            Some(if both_past {
                Tense::Review
            } else {
                Tense::Mixed
            })
        }
        Some(Tense::Review) if time.ahead && !time.past && !LOOKS_BACK.is_match(text) => {
            Some(Tense::Plan)
        }
        Some(Tense::Review) => worded,
        Some(Tense::Plan) if time.past && time.ahead => {
            // 2020年工作和2021年安排, but 在2020年的基础上做好2021年工作.
            let joined = JOINED.is_match(text) && !text.contains("基础");
            Some(if joined { Tense::Mixed } else { Tense::Plan })
        }
        Some(Tense::Plan) if time.past || tells_results(text) && !time.ahead => Some(Tense::Review),
        Some(Tense::Plan) => worded,
        None if !time.ahead && (time.past || tells_results(text)) => Some(Tense::Review),
        None if time.ahead && !time.past => Some(Tense::Plan),
        None => None,
    }
}

/// True if a heading names a time that is past or lies ahead in the report of `year`: 2023年, 今年,
/// “十三五”.
#[must_use]
pub fn names_time(text: &str, year: i32) -> bool {
    let time = Time::named_in(&narrow_digits(text).replace(' ', ""), year);
    time.past || time.ahead
}

/// Which times a heading names, seen from the year planned for.
#[derive(Debug, Clone, Copy)]
struct Time {
    past: bool,
    ahead: bool,
}

impl Time {
    fn named_in(text: &str, year: i32) -> Self {
        let mut time = Self {
            past: PAST.is_match(text),
            ahead: AHEAD.is_match(text) && !SO_FAR.is_match(text),
        };
        // Years also stand without 年: 奋斗2018.
        let figures = text.split(|c: char| !c.is_ascii_digit());
        let years = figures.filter(|figures| figures.len() == 4);
        for named in years.filter_map(|figures| figures.parse::<i32>().ok()) {
            time.past |= (1949..year).contains(&named);
            time.ahead |= (year..2100).contains(&named);
        }
        for named in FIVE_YEARS.captures_iter(text) {
            let order = named
                .get(1)
                .or(named.get(2))
                .map_or("", |order| order.as_str());
            let order = numerals::parse(order).unwrap_or_default();
            // 十五 is the tenth: 2001 to 2005.
            let last = 1955 + 5 * i32::try_from(order).unwrap_or_default();
            time.past |= last < year;
            time.ahead |= last - 4 >= year;
        }
        time
    }
}

/// A five-year plan: “十三五” is the thirteenth.
static FIVE_YEARS: Pattern = Pattern::new("[“\"‘]([六七八九十])五[”\"’]|(十[一二三四五六])五");
static PAST: Pattern = Pattern::new("去年|上年|过去|一年来|五年来");
static AHEAD: Pattern = Pattern::new("今年|明年|今后|未来|下一?步|下一年|新的一年|远景");
/// The part of this year that is over: 去年和今年前4个月工作.
static SO_FAR: Pattern = Pattern::new("今年(前|以来|上半年|[一1]至)");
static LOOKS_BACK: Pattern = Pattern::new("回顾|总结|(完成|执行|落实)情况|成绩|成就");
static JOINED: Pattern = Pattern::new("[和与及暨、，]");
/// Wording of results in headings that name what was aimed at: 全面完成了…目标和任务.
static RESULTS: Pattern = Pattern::new(
    "(完成|实现)了|(全面|胜利|圆满|顺利|超额|如期)(完成|实现|收官)$|的[三四五两]年$|不平凡的一年$",
);
/// Wording that turns a result into an intention: 确保目标任务全面完成.
static AIMS: Pattern = Pattern::new("确保|保证|努力|力争|推动|奋力|坚决|争取|为|关键|开局");

fn tells_results(text: &str) -> bool {
    RESULTS.is_match(text) && !AIMS.is_match(text)
}

/// True for the heading of a part about shortcomings, wherever it stands: 存在的困难和问题.
#[must_use]
pub fn names_shortcomings(text: &str) -> bool {
    static SHORTCOMINGS: Pattern = Pattern::new(
        "^[^，。]{0,12}(存在的?(主要|突出)?|面临的?(主要|突出)?|工作中的)(困难|问题|不足|差距)(和|与|及|、|$)[^，。]{0,8}$",
    );
    SHORTCOMINGS.is_match(text) && !text.contains("回顾")
}

/// True if a plan follows the 和 after the review: 2020年工作回顾和2021年工作安排, but not
/// 2020年工作回顾和“十三五”规划执行情况.
fn is_mixed(text: &str) -> bool {
    AND.find(text).is_some_and(|and| {
        let rest = &text[and.end()..];
        PLAN.is_match(rest) && !REVIEW.is_match(rest)
    })
}

/// True for the heading of a glossary.
#[must_use]
pub fn is_glossary(text: &str) -> bool {
    GLOSSARY.is_match(text)
}

/// True for the paragraph of a review about shortcomings.
#[must_use]
pub fn tells_shortcomings(text: &str) -> bool {
    INSIGHT.is_match(text) && TROUBLE.find_iter(text).count() >= 2
}

/// True for a paragraph that opens a plan: 今年经济社会发展的主要预期目标是….
#[must_use]
pub fn opens_plan(text: &str) -> bool {
    OPENS_PLAN.is_match(&narrow_digits(text))
}

/// Scores a text from −1 (all intentions) to 1 (all results); 0 if it has neither.
#[must_use]
pub fn lean(text: &str) -> f32 {
    let text = &narrow_digits(text);
    let done = DONE.find_iter(text).count() as f32;
    let action = ACTION.find_iter(text).count() as f32;
    let intent = INTENT.find_iter(text).count() as f32 + ACTION_WEIGHT * action;
    if done + intent == 0.0 {
        return 0.0;
    }
    (done - intent) / (done + intent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_their_time() {
        for (heading, tense) in [
            ("2023年工作回顾", Some(Tense::Review)),
            ("“十三五”时期工作回顾", Some(Tense::Review)),
            ("四届政府工作及“十四五”开局", Some(Tense::Review)),
            (
                "一、2020年工作回顾及“十三五”规划执行情况",
                Some(Tense::Review),
            ),
            ("二、2021年目标任务完成情况", Some(Tense::Review)),
            ("今后五年追赶发展的目标任务", Some(Tense::Plan)),
            ("“十四五”时期总体部署和奋斗目标", Some(Tense::Plan)),
            ("二、今后五年政府工作总体考虑", Some(Tense::Plan)),
            ("四、全面提升政府治理能力", Some(Tense::Plan)),
            ("2020年工作回顾和2021年工作安排", Some(Tense::Mixed)),
            ("附件：名词解释", Some(Tense::Glossary)),
            ("三、努力实现“十四五”规划精彩开局", None),
            ("二、奋力开启全面建设社会主义现代化新征程", None),
        ] {
            assert_eq!(of_heading(heading), tense, "{heading}");
        }
    }

    #[test]
    fn the_time_that_a_heading_names_counts_more_than_its_wording() {
        for (year, heading, tense) in [
            (2024, "一、2023年的主要工作", Some(Tense::Review)),
            (2024, "一、 2023 年所做的工作", Some(Tense::Review)),
            (2010, "2009年政府主要工作", Some(Tense::Review)),
            (2005, "一、全面完成了2004年的工作任务", Some(Tense::Review)),
            (
                2019,
                "一、奋斗2018，夯基筑路、稳健起航",
                Some(Tense::Review),
            ),
            (2021, "一、“十三五”目标任务胜利完成", Some(Tense::Review)),
            (
                2006,
                "一、“十五”计划确定的目标和任务全面完成",
                Some(Tense::Review),
            ),
            (
                2021,
                "“十三五”时期发展成就和2020年主要工作",
                Some(Tense::Review),
            ),
            (
                2024,
                "一、“十三五”时期回顾和2023年重点工作",
                Some(Tense::Review),
            ),
            (
                2022,
                "一、2021年重点工作和过去五年工作回顾",
                Some(Tense::Review),
            ),
            (
                2009,
                "一、全面完成了省十一届人大一次会议确定的各项目标和任务",
                Some(Tense::Review),
            ),
            (2020, "一、关于去年和今年前4个月工作", Some(Tense::Review)),
            (2003, "一、奋发前进的五年", Some(Tense::Review)),
            (
                2005,
                "二、明确任务，再创佳绩，全面实现“十五”计划的各项目标",
                Some(Tense::Plan),
            ),
            (
                2016,
                "三、着力抓好今年工作，实现“十三五”良好开局",
                Some(Tense::Plan),
            ),
            (
                2005,
                "二、以科学发展观为统领，全面推进2005年经济和社会发展",
                Some(Tense::Plan),
            ),
            (2024, "二、“十四五”规划和2035年远景目标", Some(Tense::Plan)),
            (
                1980,
                "三、采取有力措施，保证1980、1981年计划的完成",
                Some(Tense::Plan),
            ),
            (2021, "2020年工作回顾和2021年工作安排", Some(Tense::Mixed)),
            (2021, "2020年工作总结和下一步工作安排", Some(Tense::Mixed)),
            (2023, "一、凝心聚力，经济社会发展取得新成绩", None),
            (2022, "四届政府工作及“十四五”开局", Some(Tense::Review)),
        ] {
            assert_eq!(of_heading_in(heading, year), tense, "{heading}");
        }
    }

    #[test]
    fn headings_name_shortcomings() {
        for heading in [
            "存在的困难和问题",
            "三、面临的主要问题",
            "当前工作中的问题与不足",
        ] {
            assert!(names_shortcomings(heading), "{heading}");
        }
        assert!(!names_shortcomings("2009年面临的形势及总体要求"));
        assert!(!names_shortcomings("工作回顾及存在的问题"));
    }

    #[test]
    fn results_and_intentions_lean_apart() {
        assert!(lean("地区生产总值增长7.1%，荣获全国文明城市称号。") > 0.5);
        assert!(lean("我们将加快建设步伐，力争全年新增就业3万人以上。") < -0.5);
        assert!(opens_plan(
            "今年经济社会发展的主要预期目标是：生产总值增长6%。"
        ));
        assert!(!opens_plan("全面完成年度目标任务。"));
    }
}
