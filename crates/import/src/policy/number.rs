//! Numbers of documents: 安政办发〔2025〕15号, in all spellings.

use wenzheng_text::{Pattern, normalize::narrow_digits};

static NUMBER: Pattern = Pattern::new(
    "([\\p{Han}]{1,10}?(?:发|函|字|办|规|令|告|通|政|委|局|厅|人社|教|民|农|财|卫|医保)[\\p{Han}]{0,4}?)\\s*(?:[〔\\[［（(【﹝]\\s*((?:19|20)[0-9]{2})\\s*[〕\\]］）)】﹞]|((?:19|20)[0-9]{2})年)\\s*(?:第\\s*)?([0-9]{1,5})\\s*号",
);

/// A number within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// As it is written most: 安政办发〔2025〕15号.
    pub(super) number: String,
    /// Bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All numbers in `text`, in order.
pub(super) fn all(text: &str) -> Vec<Found> {
    let narrow = narrow_digits(text);
    // Narrow digits are shorter: positions are of the same text only without wide ones.
    let text = narrow.as_ref();
    let found = NUMBER.captures_iter(text).map(|found| {
        let year = found
            .get(2)
            .or(found.get(3))
            .map_or("", |year| year.as_str());
        let whole = found.get(0).map_or(0..0, |whole| whole.range());
        Found {
            number: format!("{}〔{year}〕{}号", issuer(&found[1]), &found[4]),
            start: whole.start,
            end: whole.end,
        }
    });
    found.collect()
}

/// The number that is all of a line: that of the document itself.
pub(super) fn whole(line: &str) -> Option<String> {
    let line = line
        .trim()
        .trim_start_matches(['（', '('])
        .trim_end_matches(['）', ')']);
    let line = line.strip_prefix("文号").unwrap_or(line);
    let line = line.strip_prefix("发文字号").unwrap_or(line);
    let line = line.trim_start_matches(['：', ':', ' ', '\u{3000}']);
    let narrow = narrow_digits(line);
    let found = all(line).into_iter().next()?;
    (found.start == 0 && found.end >= narrow.trim_end().len()).then_some(found.number)
}

/// The letters before the year, without what runs into them: 根据 of 根据安政发.
fn issuer(letters: &str) -> &str {
    let before = [
        "根据", "按照", "依据", "关于", "印发", "通知", "以及", "对", "和", "及", "与", "原", "的",
    ];
    let mut letters = letters;
    while let Some(rest) = before.iter().find_map(|word| letters.strip_prefix(word)) {
        letters = rest;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_the_same_number() {
        for line in [
            "安政办发〔2025〕15号",
            "安政办发[2025]15号",
            "安政办发（2025）15号",
            "安政办发【2025】第15号",
            "安政办发2025年15号",
            "安政办发〔２０２５〕１５号",
            "（安政办发〔2025〕15号）",
            "文号：安政办发﹝2025﹞15号",
        ] {
            assert_eq!(
                whole(line).as_deref(),
                Some("安政办发〔2025〕15号"),
                "{line}"
            );
        }
        for line in [
            "2025年1月15日",
            "安和县人民政府",
            "根据安政发〔2025〕1号，制定本办法。",
        ] {
            assert_eq!(whole(line), None, "{line}");
        }
    }

    #[test]
    fn numbers_within_a_sentence_are_found_in_order() {
        let text = "根据《甘肃省办法》（甘政发〔2024〕6号）和安民发[2023]2号，制定本办法。";
        let numbers: Vec<String> = all(text).into_iter().map(|found| found.number).collect();
        assert_eq!(numbers, ["甘政发〔2024〕6号", "安民发〔2023〕2号"]);
    }
}
