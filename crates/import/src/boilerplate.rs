//! Recognises what web pages and editors add around a report: print buttons, counters, metadata.

use wenzheng_text::Pattern;

/// Lines that never occur in a report.
static NOISE: Pattern = Pattern::new(
    "^[【\\[（(〖]?(?:打印|关闭(?:窗口|本页)?|字[号体](?:大小)?[：:]|分享(?:到|至|：)|收藏|返回(?:顶部|首页|列表)|上一[篇页条][：:]?|下一[篇页条][：:]?|扫一扫|手机扫|微信扫|责任编辑|责编|编辑[：:]|审核[：:]|校对[：:]|作者[：:]|记者[：:]|(?:信息|文章|稿件)?来源[：:]|(?:发布|发文|更新|成文|生成|公开|时间|印发)(?:时间|日期|机构|机关|单位|方式|形式|范围)?[：:]|索\\s*引\\s*号|(?:浏览|访问|阅读|点击)(?:次数|量|数)?[：:]|主\\s*题\\s*(?:词|分类)|组配分类|公文种类|文\\s*号[：:]|有\\s*效\\s*性|信息(?:名称|分类)[：:]|当前位置|(?:您)?(?:现在|当前)?(?:的)?(?:所在)?位置[：:]|首页\\s*[>＞»/]|版权所有|主办[：:单]|承办[：:单]|技术支持|网站(?:标识码|地图|声明)|.{0,2}ICP备|.{0,6}公网安备|无障碍|适老|相关(?:链接|附件|文档|阅读|新闻|解读)[：:]?$|附件下载|视力保护|保护视力|繁體|简体\\s*[|｜]|语音播报|【?字体)",
);
/// Lines made of button labels only.
static BUTTONS: Pattern = Pattern::new(
    "^(?:[\\s|｜/\\[\\]【】（）·]*(?:大|中|小|打印|关闭|收藏|分享|微信|微博|QQ空间|QQ|首页|无|A\\+|A-))+[\\s|｜/\\[\\]【】（）·]*$",
);
static SOURCE: Pattern = Pattern::new("(?:来源|发布机构|发布单位)[：:]\\s*([^\\s：:|｜]{2,30})");

/// Lines longer than this many chars are never boilerplate.
const LONGEST: usize = 80;

/// True for a line that belongs to the page rather than to the report.
pub(crate) fn is_boilerplate(text: &str) -> bool {
    text.chars().count() <= LONGEST
        && !text.ends_with('。')
        && (NOISE.is_match(text) || BUTTONS.is_match(text))
}

/// The publisher named in such a line.
pub(crate) fn source(text: &str) -> Option<String> {
    Some(SOURCE.captures(text)?[1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_and_index_cards_are_noise() {
        for text in [
            "【打印】",
            "打印 关闭",
            "字号：大 中 小",
            "大 中 小",
            "来源：白银市人民政府 发布时间：2021-02-08",
            "索 引 号：6204000/2021-1",
            "扫一扫在手机打开当前页",
            "当前位置：首页 > 政务公开",
            "上一篇：无",
            "责任编辑：张三",
        ] {
            assert!(is_boilerplate(text), "{text}");
        }
        for text in [
            "各位代表：",
            "2023年工作回顾",
            "时间紧、任务重。",
            "中小企业",
            "名词解释：",
            "来源于群众、服务群众。",
        ] {
            assert!(!is_boilerplate(text), "{text}");
        }
        assert_eq!(
            source("来源：白银市人民政府 点击：3"),
            Some("白银市人民政府".to_owned())
        );
    }
}
