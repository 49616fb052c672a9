//! Tells by wording whether headings (工作回顾, 重点工作) and sentences look back or ahead.
//!
//! Headings are classified ([`of_heading`]); all other text is only scored ([`lean`]). Reading a corpus
//! file uses the classification, the import uses both to record periods explicitly.

use wenzheng_text::{Pattern, normalize::narrow_digits};

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
    "同比|[比较]上?年|年均增长|(增长|提高|下降|增加)(到|至)?[0-9.]+|达到?[0-9]|完成[^，。；]{0,12}[0-9]|累计|荣获|获批|获评|被评为|被列(为|入)|率先|圆满|如期|历史性|一年来|[五三]年来|显著|持续(提升|增强|向好|改善)|明显|得到|取得|实现了|完成了|[建办]成了|迈上|[全已]部(完成|办结)|扎实推进|有力|有效|成功",
);
/// Wording of intentions.
static INTENT: Pattern = Pattern::new(
    "将|力争|确保|计划|预期|左右|以上|今年|新的一年|争取|加大|努力|务必|必须|我们要|要[^素求点闻件道害]|继续|进一步|大力|加快|加强|着力|坚决",
);
/// A paragraph that opens the plan.
static OPENS_PLAN: Pattern = Pattern::new(
    "(今年|明年|(19|20)[0-9]{2}年|新的一年|今后[五三]年|今后一个时期)[^。；]{0,24}(总体要求|总体思路|指导思想|(主要|奋斗|预期|总体|发展)目标|工作思路)|做好(今年|明年|(19|20)[0-9]{2}年|今后)[^。；]{0,12}工作|^(各位代表[！，、：])?(今年|(19|20)[0-9]{2}年)是[^。]{0,60}(之年|第一年|开局|关键|[之一]年)|(围绕|实现)(以上|上述)[^。]{0,12}目标",
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
    let intent = INTENT.find_iter(text).count() as f32;
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
    fn results_and_intentions_lean_apart() {
        assert!(lean("地区生产总值增长7.1%，荣获全国文明城市称号。") > 0.5);
        assert!(lean("我们将加快建设步伐，力争全年新增就业3万人以上。") < -0.5);
        assert!(opens_plan(
            "今年经济社会发展的主要预期目标是：生产总值增长6%。"
        ));
        assert!(!opens_plan("全面完成年度目标任务。"));
    }
}
