//! Tells a policy document, which says who gets or does what, from other documents.

use wenzheng_document::Facet;
use wenzheng_text::Pattern;

use crate::paragraph::{Paragraph, Row, chars};

/// The last words of the title of a policy document; a regulation, a plan for years, a communiqué, a speech is
/// none.
static TITLE: Pattern = Pattern::new(
    "(?:办法|细则|规定|方案|通知|公告|通告|意见|指南|须知|明白纸|清单|目录|标准表?|明细表|对照表|规程|流程|问答|问与答|常见问题(?:解答)?|一览表|汇总表|情况表|政策解读|措施|指引|手册|告知书|告知单|惠民政策|补贴政策|优惠政策)(?:[（(][^（()）]{1,16}[）)])?[》”]?(?:[（(][^（()）]{1,16}[）)])?$",
);
/// Ends alike and is none.
static OTHER: Pattern =
    Pattern::new("(?:五年|十年|中长期|发展|建设|总体|专项)规划|纲要|公报|工作要点|应急预案|统计");
/// Different labels of fields that make a guide, whatever its title.
const LABELS: usize = 4;
/// Longest label, in chars.
const LABEL: usize = 16;

/// True for a policy document with this title.
pub(crate) fn is_policy(title: &str, paragraphs: &[Paragraph]) -> bool {
    (TITLE.is_match(title) && !OTHER.is_match(title)) || labels(paragraphs) >= LABELS
}

/// How many facets the labels of lines and of rows name.
fn labels(paragraphs: &[Paragraph]) -> usize {
    let label = |paragraph: &Paragraph| {
        let text = paragraph.text.as_str();
        let (label, _) = match paragraph.mark.row {
            Row::None => text.split_once(['：', ':'])?,
            _ => text.split_once('\t')?,
        };
        (chars(label) <= LABEL).then(|| Facet::of_label(label))?
    };
    let mut facets: Vec<Facet> = paragraphs.iter().filter_map(label).collect();
    facets.sort_unstable();
    facets.dedup();
    facets.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_and_guides_are_policy_documents() {
        let lines = |lines: &[&str]| {
            lines
                .iter()
                .map(|line| Paragraph::plain(line))
                .collect::<Vec<_>>()
        };
        for title in [
            "安和县高龄津贴发放办法",
            "关于做好2025年耕地地力补贴的通知",
            "残疾人证办事指南（试行）",
            "安和县2025年临时救助标准表",
            "高龄津贴政策问与答",
        ] {
            assert!(is_policy(title, &[]), "{title}");
        }
        for title in [
            "安和县发展规划",
            "安和县2024年统计公报",
            "安和县城市管理条例",
            "在动员会上的讲话",
        ] {
            assert!(
                !is_policy(title, &lines(&["办理地点：政务大厅"])),
                "{title}"
            );
        }
        let guide = lines(&[
            "办理地点：政务大厅",
            "咨询电话：1",
            "申请材料：身份证",
            "承诺时限：5天",
        ]);
        assert!(is_policy("残疾人证办理", &guide));
    }
}
