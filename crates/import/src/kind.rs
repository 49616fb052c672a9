//! Tells a government work report from any other document.
//!
//! A report needs evidence: its title, the address to the deputies, or a review and a plan. What shows
//! none of these, or has articles or the title of something else, is a document like any other: it is
//! never given the title, the years and the periods of a report.

use std::path::Path;

use wenzheng_document::{
    DocumentKind,
    tense::{self, Tense},
};
use wenzheng_text::Pattern;

use crate::{
    layout::has_articles,
    paragraph::{Paragraph, chars},
    titles::is_title,
};

/// The last words of a title that say what a document is.
static OTHER_TITLE: Pattern = Pattern::new(
    "(?:办法|条例|规定|规则|细则|准则|守则|章程|制度|方案|预案|规划|计划|纲要|要点|公报|通报|通知|公告|通告|意见|建议|决定|决议|命令|批复|函|纪要|指南|须知|明白纸|清单|目录|名单|名录|标准表?|明细表|对照表|规程|规范|流程|问答|问与答|常见问题(?:解答)?|解读|总结|简介|概况|简报|汇报|讲话|致辞|措施|协议|合同|倡议书?|公约|说明书?|一览表|汇总表|情况表)(?:[（(][^（()）]{1,16}[）)])?[》”]?(?:[（(][^（()）]{1,16}[）)])?$",
);
/// A report on something else than the work of the government: 关于2023年预算执行情况的报告.
static OTHER_REPORT: Pattern = Pattern::new(
    "(?:预算|决算|计划|审计|人大常委会|常务委员会|法院|检察院|政协|党委|县委|市委|省委|纪委|代表大会|述职|调研|考察|自查|统计|法治|信息公开|年度|评估|监测|分析|可行性|研究|局|办公室|中心|委员会)[^。]{0,30}报告(?:[（(].{1,16}[）)])?$",
);
/// The address of a report, in its first paragraphs.
static ADDRESS: Pattern = Pattern::new(
    "政府工作报告|(?:报告|汇报)(?:政府)?(?:的)?工作|报告如下|(?:我|现在)?代表.{0,20}政府",
);
/// Who reports on the work of the government, whatever the title: 关于第八个五年计划纲要的报告. A budget is
/// reported on behalf of it (受…委托).
static GOVERNMENT: Pattern =
    Pattern::new("代表[^，。]{0,20}(?:政府|国务院)[，、]?[^。]{0,16}(?:报告|汇报)");
/// Paragraphs that a title or an address is looked for in.
const HEAD: usize = 24;

/// What the file is. `title` is that of its own front matter, `preamble` the number of paragraphs
/// before the address, and `file` its path.
pub(crate) fn of(
    paragraphs: &[Paragraph],
    title: Option<&str>,
    preamble: usize,
    file: Option<&Path>,
) -> DocumentKind {
    if has_articles(paragraphs) {
        return DocumentKind::Document;
    }
    let head = &paragraphs[..paragraphs.len().min(HEAD)];
    let titles = || {
        title
            .into_iter()
            .chain(head.iter().map(|p| p.text.as_str()))
    };
    if titles().any(|text| is_title(text) && !is_other_title(text)) {
        return DocumentKind::WorkReport;
    }
    let opening = head.iter().skip(preamble).take(4).map(|p| p.text.as_str());
    if opening.clone().any(|text| GOVERNMENT.is_match(text)) {
        return DocumentKind::WorkReport;
    }
    let first = head.iter().take(preamble.max(3)).map(|p| p.text.as_str());
    if title.into_iter().chain(first).any(is_other_title) {
        return DocumentKind::Document;
    }
    let addressed = opening.into_iter().any(|text| ADDRESS.is_match(text));
    let deputies = head.iter().any(|p| p.text.starts_with("各位代表"));
    if addressed || deputies || file.is_some_and(is_named) || has_both_parts(paragraphs) {
        DocumentKind::WorkReport
    } else {
        DocumentKind::Document
    }
}

/// True for a file whose name or folder says that it is a report.
fn is_named(file: &Path) -> bool {
    let path = file.with_extension("");
    let mut names = path.iter().map(|name| name.to_string_lossy());
    names.any(|name| name.contains("政府工作报告") && !is_other_title(&name))
}

/// True for a title of something else than a work report: 青禾市最低生活保障条例, and
/// 关于落实《政府工作报告》重点任务的通知 as well.
pub(crate) fn is_other_title(text: &str) -> bool {
    let text = text.trim();
    (4..=80).contains(&chars(text))
        && !text.contains(['。', '；', '！', '：', ':'])
        && (OTHER_TITLE.is_match(text) || (OTHER_REPORT.is_match(text) && !is_title(text)))
}

/// True if one heading tells of a review and another one of a plan.
fn has_both_parts(paragraphs: &[Paragraph]) -> bool {
    let short = paragraphs.iter().filter(|p| chars(&p.text) <= 36);
    let tenses: Vec<Tense> = short
        .filter_map(|paragraph| tense::of_heading(&paragraph.text))
        .collect();
    tenses.contains(&Tense::Mixed)
        || (tenses.contains(&Tense::Review) && tenses.contains(&Tense::Plan))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(lines: &[&str]) -> DocumentKind {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::plain(line)).collect();
        of(&paragraphs, None, 1, None)
    }

    #[test]
    fn a_title_an_address_or_two_parts_make_a_report() {
        for lines in [
            &["2024年青禾市政府工作报告", "2023年工作回顾"][..],
            &[
                "青禾市人民政府关于印发政府工作报告的通知",
                "政府工作报告",
                "各位代表：",
            ],
            &[
                "各位代表：",
                "现在，我代表市人民政府向大会报告工作，请予审议。",
            ],
            &[
                "2023年工作回顾",
                "一年来，完成了任务。",
                "2024年重点工作",
                "加快建设。",
            ],
        ] {
            assert_eq!(kind(lines), DocumentKind::WorkReport, "{lines:?}");
        }
    }

    #[test]
    fn what_is_something_else_by_its_title_articles_or_lack_of_evidence_is_no_report() {
        for lines in [
            &[
                "青禾市城乡居民最低生活保障条例",
                "第一条 为了保障居民基本生活，制定本条例。",
                "第二条 本市居民适用本条例。",
                "第三条 本条例自2016年5月1日起施行。",
            ][..],
            &["关于落实《政府工作报告》重点任务的通知", "各区县人民政府："],
            &[
                "关于2023年预算执行情况和2024年预算草案的报告",
                "各位代表：",
                "受市人民政府委托，现将2023年预算执行情况报告如下。",
            ],
            &[
                "2023年青禾市国民经济和社会发展统计公报",
                "初步核算，增长5.2%。",
            ],
            &["医保服务办事指南", "办理材料：身份证。"],
            &["通渭小曲是一种地方戏。", "流行于陇中一带。"],
        ] {
            assert_eq!(kind(lines), DocumentKind::Document, "{lines:?}");
        }
    }
}
