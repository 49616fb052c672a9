//! What a service is called: its title, and the title without what only says what kind of document it is.

use crate::text::{
    Pattern,
    normalize::{fold, strip_quotes},
};

/// Fewer characters are no name of their own, unless people are said to use it.
const SHORTEST: usize = 3;
/// The same for what people are said to use.
const SHORTEST_USED: usize = 2;

/// What a title may begin with.
static OPENING: Pattern = Pattern::new(
    "^(?:(?:19|20)[0-9]{2}年度?|关于|印发|做好|开展|进一步|加强|落实|实施|调整|公布|发布|下达|组织|申报|全面)+",
);
/// What a title may end with and still be of the same matter.
static ENDING: Pattern = Pattern::new(
    "(?:\\([^()]{1,8}\\)|的?(?:通知|公告|通告|意见)|(?:办事|服务|办理|申报|申请|操作)?指南|办事流程|须知|明白纸|政策解读|问答|工作|(?:发放|管理|实施|暂行|申领|申报|认定|工作|试行)*(?:办法|细则|方案|规定|标准))$",
);

/// A folded text as names are compared: letters and figures alone, each with the byte at which it begins.
pub(super) fn letters(folded: &str) -> impl Iterator<Item = (usize, char)> {
    folded.char_indices().filter(|(_, c)| c.is_alphanumeric())
}

/// What one does with what a service is of.
static DONE_WITH: Pattern = Pattern::new("(?:办理|申领|申办|申请)$");
/// What is left has at least so many characters.
const THING: usize = 4;

/// The letters and figures of a folded text.
pub(in crate::retrieval) fn bare(folded: &str) -> String {
    letters(folded).map(|(_, c)| c).collect()
}

/// The names of a service with this title, of a document of this place, folded and without punctuation; `others`
/// are names that people use for it.
pub(super) fn all(title: &str, place: &str, others: &[String]) -> Vec<String> {
    let whole = strip_quotes(&fold(title));
    let matter = bare(&matter(&whole, place));
    let thing = DONE_WITH.replace(&matter, "").into_owned();
    // 办 is what one does with all of them; what is left names it when it is long enough to.
    let thing = if thing.chars().count() < THING {
        matter.clone()
    } else {
        thing
    };
    let own = [bare(&whole), matter, thing];
    let own = own.into_iter().map(|name| (name, SHORTEST));
    let used = others.iter().map(|name| (bare(&fold(name)), SHORTEST_USED));
    let mut names: Vec<String> = own
        .chain(used)
        .filter(|(name, shortest)| name.chars().count() >= *shortest)
        .map(|(name, _)| name)
        .collect();
    names.dedup();
    names
}

/// A folded title without its place, its year and the kind of document: 高龄津贴 of 安和县高龄津贴发放办法.
pub(in crate::retrieval) fn matter(title: &str, place: &str) -> String {
    let title = strip_quotes(title);
    let title = title.as_str();
    let place = fold(place);
    let mut core = title.to_owned();
    loop {
        let mut shorter = core.as_str();
        for issuer in ["人民政府办公室", "人民政府", ""] {
            if !place.is_empty()
                && let Some(rest) = shorter.strip_prefix(&format!("{place}{issuer}"))
            {
                shorter = rest;
                break;
            }
        }
        let cut = OPENING.replace(shorter, "");
        let cut = ENDING.replace(&cut, "").into_owned();
        if cut.chars().count() < SHORTEST || cut == core {
            return core;
        }
        core = cut;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_also_called_by_its_matter() {
        for (title, matter) in [
            ("安和县高龄津贴发放办法", "高龄津贴"),
            (
                "安和县人民政府办公室关于印发2025年农机购置补贴实施方案的通知",
                "农机购置补贴",
            ),
            ("残疾人证办事指南（试行）", "残疾人证"),
            ("办理“12316”热线 《服务》", "办理12316热线服务"),
            ("残疾人证办理", "残疾人证"),
            ("低保申请", "低保申请"),
            ("安和县2025年度耕地地力保护补贴工作方案", "耕地地力保护补贴"),
        ] {
            let names = all(title, "安和县", &[]);
            assert_eq!(names.last().map(String::as_str), Some(matter), "{title}");
        }
        let used = ["“低保”金".to_owned(), "低保".to_owned()];
        assert_eq!(all("低保", "安和县", &used), ["低保金", "低保"]);
    }
}
