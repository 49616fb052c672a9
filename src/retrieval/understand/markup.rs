//! Takes markup off what was typed.

use regex::Captures;

use crate::text::Pattern;

static LINK: Pattern = Pattern::new(r"\[([^\]]*)\]\([^)\s]*(?:\([^)]*\))?\)");
static TAG: Pattern = Pattern::new(r"</?[a-zA-Z][^>]{0,200}>");
static URL: Pattern = Pattern::new(r"(?i)\b(?:https?|javascript|data):\S*");
static MARKUP: Pattern = Pattern::new(r"[*_`~#>|<\\{}\[\]]+");
/// A link text that only says “click here”.
static CLICK: Pattern = Pattern::new("^(点|请点|点击|戳)?(这里|此处|我)$");

/// What was typed without markup, links and tags; the words of a link stay unless they only say
/// “click here”.
#[must_use]
pub(super) fn without_markup(text: &str) -> String {
    let text = LINK.replace_all(text, |found: &Captures<'_>| {
        let words = found.get(1).map_or("", |words| words.as_str());
        if CLICK.is_match(words.trim()) {
            " ".to_owned()
        } else {
            format!(" {words} ")
        }
    });
    let text = TAG.replace_all(&text, " ");
    let text = URL.replace_all(&text, " ");
    MARKUP.replace_all(&text, " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_the_words_of_a_link_stay() {
        assert_eq!(without_markup("**今年**修`路`"), "今年 修 路");
        assert_eq!(without_markup("<b>修路</b>"), "修路");
        assert_eq!(without_markup("[供水](https://a.cn/b)管网"), "供水 管网");
        assert_eq!(without_markup("[点击这里](https://a.cn) 修路"), "修路");
        assert_eq!(without_markup("javascript:alert(1) 修路"), "修路");
    }
}
