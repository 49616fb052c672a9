//! Recognises lines that name the report, its glossary or an annex.

use wenzheng_text::Pattern;

use crate::paragraph::chars;

/// Headings of glossaries.
static GLOSSARY: Pattern = Pattern::new(
    "^(?:附件?|附录|资料)?[0-9一二三四]{0,2}[：:]?[^。；，]{0,26}(?:(?:用语|名词|术语|词语|词汇|缩略语)[^。；，：]{0,10}|(?:概念|新词|关键词|提法|表述)[^。；，：]{0,4}(?:说明|解释|注释|释义|解读|注解))[）》：:]{0,2}(?:（[^（）。；]{2,24}）[：:]?)?$|^(?:附件?[：:]?)?[《（]?[^。；，]{0,14}[》）]?(?:名词|注释|注解|词解|释义)[）：:]?$|^(?:附注|备注|注)[：:]?$",
);
/// 附件, 附件2：…
static ANNEX: Pattern = Pattern::new("^附(?:件|录|表)?[0-9一二三四]{0,2}[：:]?.{0,30}$");
/// An annex heading that does not say what follows.
static BARE_ANNEX: Pattern = Pattern::new("^(?:附件|附|附录)[0-9一二三四]{0,2}[：:]?$");
/// 政府工作报告 2004年2月24日在海南省第二届人民代表大会第2次会议上
static SESSION: Pattern =
    Pattern::new("^(.*政府工作的?报告)[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日在.*$");
/// Longest title, in chars.
const TITLE: usize = 40;
/// True for the title of a report: …政府工作报告.
pub(crate) fn is_title(text: &str) -> bool {
    (text.contains("政府工作报告") || text.contains("政府工作的报告"))
        && chars(text) <= TITLE
        && !text.contains(['。', '“', '；'])
        // 任振鹤作《政府工作报告》 is a picture caption.
        && !["作《", "作政府", "作了"].iter().any(|verb| text.contains(verb))
        && !is_glossary(text)
}

/// The title of a report without the date, session and speaker that follow it, without quotes, and
/// once where it is written twice; empty if it is none.
pub(crate) fn clean(title: &str) -> String {
    let title = title.split(['（', '(']).next().unwrap_or_default();
    let title = title.split("——").find(|part| !part.trim().is_empty());
    let title = title.unwrap_or_default().trim();
    let quotes = ['《', '》', '“', '”', '"', '—', ' '];
    let title: String = title.chars().filter(|c| !quotes.contains(c)).collect();
    let title = SESSION.replace(&title, "$1");
    let half = title.len() / 2;
    let doubled = title.is_char_boundary(half) && title[..half] == title[half..];
    let title = if doubled { &title[..half] } else { &title };
    if is_title(title) {
        title.to_owned()
    } else {
        String::new()
    }
}

/// True for the heading of a glossary.
pub(crate) fn is_glossary(text: &str) -> bool {
    chars(text) <= 36 && GLOSSARY.is_match(text)
}

/// True for 附件 alone, which may be the heading of a glossary.
pub(crate) fn is_bare_annex(text: &str) -> bool {
    BARE_ANNEX.is_match(text)
}

/// True for the heading of an annex of any other kind.
pub(crate) fn is_annex(text: &str) -> bool {
    ANNEX.is_match(text) && !is_glossary(text) && !text.contains('。')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_sentences_captions_and_glossaries() {
        for text in [
            "2024年通渭县政府工作报告",
            "关于政府工作的报告：政府工作报告",
        ] {
            assert!(is_title(text), "{text}");
        }
        for text in [
            "任振鹤作《政府工作报告》",
            "《政府工作报告》名词解释",
            "请审议政府工作报告。",
            "各位代表",
        ] {
            assert!(!is_title(text), "{text}");
        }
        assert!(!is_title(&format!("{}政府工作报告", "县".repeat(TITLE))));
    }

    #[test]
    fn titles_stand_once_and_without_halves_of_quotes() {
        for (title, clean_title) in [
            (
                "2013年青禾市政府工作报告2013年青禾市政府工作报告",
                "2013年青禾市政府工作报告",
            ),
            ("青禾市2005年《政府工作报告》", "青禾市2005年政府工作报告"),
            ("青禾市2005年《政府工作报告", "青禾市2005年政府工作报告"),
            (
                "青禾市政府工作报告（2021年2月2日 王小明）",
                "青禾市政府工作报告",
            ),
            (
                "政府工作报告——2013年1月30日在青禾市第三届人民代表大会上",
                "政府工作报告",
            ),
            (
                "政府工作报告  2004年2月24日在青禾省第二届人民代表大会第2次会议上",
                "政府工作报告",
            ),
            ("青禾市概况", ""),
        ] {
            assert_eq!(clean(title), clean_title, "{title}");
        }
    }

    #[test]
    fn a_bare_annex_may_be_a_glossary() {
        for text in [
            "资料：《政府工作报告》名词解释（按报告中出现顺序排列）",
            "附：名词解释（以在报告中出现的先后排序）",
        ] {
            assert!(is_glossary(text), "{text}");
        }
        for text in ["附件", "附件2：", "附"] {
            assert!(is_bare_annex(text) && !is_glossary(text), "{text}");
        }
        assert!(!is_bare_annex("附件2：民生实事"));
        assert!(!is_annex("附件：名词解释") && !is_annex("附上说明。"));
    }
}
