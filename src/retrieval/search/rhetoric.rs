//! What a report says that tells nothing: who is spoken to, thanks, what a year is, what is announced,
//! calls. Told by its form, in a report of any place.

use crate::{retrieval::understand::Understanding, text::Pattern};

/// Folded sentences that are no evidence of anything.
static FORMS: Pattern = Pattern::new(concat!(
    // Who is spoken to.
    "^(各位(代表|委员)|同志们|朋友们)[,!。]*$",
    // The report as an act.
    "|代表.{0,16}人民政府,?.{0,8}(向大会|作).{0,8}(报告|工作)|请予?审议|提出意见",
    // Thanks.
    "|(表示|致以|道一声).{0,10}(感谢|敬意|问候|祝愿|谢意)|^在此,.{0,12}代表",
    // What a year is.
    "|^(各位代表[,!])?(今年|20[0-9]{2}年|这一年|过去一年)?,?(也)?是.{0,90}(之年|开局年|关键年|第一年|不平凡的一年)[。,;]?$",
    // What comes next.
    "|^[^0-9]{0,40}(着力|重点|集中|全力|切实|继续|突出)?(抓好|做好|办好|实施|落实好|推进|开展|做了).{0,6}(以下|下列|如下)[^0-9]{0,16}[:。]$",
    "|^(各位代表[,!])?((今年|20[0-9]{2}年|新的一年),?)?(我们|政府)(将|要)?[^0-9]{0,30}(办好|抓好|做好)[^0-9]{0,20}(实事|工作)[^0-9]{0,6}[:。]$",
    // Calls.
    "|让我们.{0,60}(奋斗|奋进|前进|携手|拼搏|努力|团结|贡献|篇章)",
    "|^(回顾|展望)(过去|未来|一年).{0,40}[。!;]$",
));

/// What one of the forms holds; looked for first, since nearly no sentence does.
static HINTS: Pattern = Pattern::new(
    "各位|同志们|朋友们|代表|审议|意见|感谢|敬意|问候|祝愿|谢意|之年|开局年|关键年|第一年|一年|[抓做办]好|落实好|以下|下列|如下|让我们|回顾|展望",
);

/// Questions for what stands in such sentences.
static ASKED: Pattern =
    Pattern::new("要求|主题|主线|思路|思想|感谢|定位|什么年|目标|口号|之年|总体");

/// True for a folded sentence that is no evidence for `question`.
pub(super) fn is_rhetoric(question: &Understanding, sentence: &str) -> bool {
    HINTS.is_match(sentence)
        && FORMS.is_match(sentence)
        && !question.is_definitional()
        && !ASKED.is_match(question.folded())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_nothing_is_told_by_its_form() {
        for sentence in [
            "各位代表!",
            "现在,我代表县人民政府,向大会报告工作,请予审议。",
            "在此,我代表市人民政府,向全市各行各业的建设者致以崇高的敬意!",
            "2023年是全面贯彻党的二十大精神的开局之年。",
            "今年,我们将继续办好“十件民生实事”。",
            "今年要重点抓好以下八个方面的工作:",
            "让我们更加紧密地团结起来,为建设美好家园而努力奋斗!",
        ] {
            assert!(
                HINTS.is_match(sentence) && FORMS.is_match(sentence),
                "{sentence}"
            );
        }
    }

    #[test]
    fn what_was_done_or_will_be_is_evidence() {
        for sentence in [
            "新建农村公路586公里。",
            "向在外务工人员发放稳岗补贴300万元。",
            "我们将新建敬老院3所。",
            "地区生产总值增长7%,是近五年最好的一年。",
            "做好低保、特困供养工作。",
        ] {
            assert!(!FORMS.is_match(sentence), "{sentence}");
        }
    }
}
