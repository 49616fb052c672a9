//! What a document does to others: repeals, extends, amends them, or carries them out.

use wenzheng_document::{Amendment, Policy};
use wenzheng_text::Pattern;

use super::{dates, number};

static REPEALS: Pattern = Pattern::new("(?:同时|即行|予以|自行)?废止|停止执行|不再执行");
static EXTENDS: Pattern = Pattern::new("(?:延长|延续|延期|继续(?:执行|有效|实施))");
static AMENDS: Pattern =
    Pattern::new("(?:作(?:如下|以下)?修改|修改为|修订为|调整为|作出?(?:如下|以下)调整|予以修改)");
static BASED: Pattern =
    Pattern::new("^(?:为[^。]{2,80}，)?(?:现)?(?:根据|按照|依据|遵照|为(?:贯彻)?落实)");
static ARTICLE: Pattern = Pattern::new("第[一二三四五六七八九十百0-9]{1,4}条");
static TITLE: Pattern = Pattern::new("《([^《》]{4,60})》");

/// A document that a sentence refers to: its number, else its title.
struct Named {
    name: String,
    /// Where it stands, in bytes.
    at: usize,
}

/// The documents that `sentence` names, in order; one with a title and a number is named by the number.
fn named(sentence: &str) -> Vec<Named> {
    let numbers = number::all(sentence);
    let mut named: Vec<Named> = Vec::new();
    for title in TITLE.captures_iter(sentence) {
        let Some(whole) = title.get(0) else { continue };
        let behind = numbers.iter().find(|number| {
            let between = number.start.checked_sub(whole.end());
            between.is_some_and(|between| between <= "（".len())
        });
        named.push(Named {
            name: behind.map_or_else(|| title[1].to_owned(), |number| number.number.clone()),
            at: whole.start(),
        });
    }
    for number in &numbers {
        if named.iter().all(|known| known.name != number.number) {
            named.push(Named {
                name: number.number.clone(),
                at: number.start,
            });
        }
    }
    named.sort_by_key(|known| known.at);
    named
}

/// Adds to `policy` what the sentences of a document say that it does to others; true when a sentence
/// speaks of one that it does not name.
pub(super) fn read<'a>(policy: &mut Policy, sentences: impl Iterator<Item = &'a str>) -> bool {
    let mut unnamed = false;
    for sentence in sentences {
        let others = named(sentence);
        let names = || others.iter().map(|other| other.name.clone());
        let repeals = REPEALS.find_iter(sentence).last();
        if let Some(repeals) = repeals {
            let repealed = others.iter().filter(|other| other.at < repeals.start());
            let before = policy.repeals.len();
            policy
                .repeals
                .extend(repealed.map(|other| other.name.clone()));
            unnamed |= policy.repeals.len() == before && sentence.contains("同时废止");
        } else if EXTENDS.is_match(sentence) && sentence.contains("有效期")
            || sentence.contains("继续执行")
        {
            policy.extends.extend(names());
            if policy.expires_on.is_none() && !others.is_empty() {
                policy.expires_on = dates::until(sentence);
            }
        } else if AMENDS.is_match(sentence) && !others.is_empty() {
            let articles: Vec<&str> = ARTICLE.find_iter(sentence).map(|it| it.as_str()).collect();
            let articles = if articles.is_empty() {
                vec![""]
            } else {
                articles
            };
            policy
                .amends
                .extend(articles.iter().map(|article| Amendment {
                    document: others[0].name.clone(),
                    article: (*article).to_owned(),
                }));
        } else if BASED.is_match(sentence) && policy.based_on.is_empty() {
            policy.based_on.extend(names());
        }
    }
    for list in [
        &mut policy.repeals,
        &mut policy.extends,
        &mut policy.based_on,
    ] {
        let mut seen = Vec::new();
        list.retain(|name| {
            let new = !seen.contains(name);
            seen.push(name.clone());
            new
        });
    }
    unnamed
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn of(sentences: &[&str]) -> Policy {
        let mut policy = Policy::default();
        read(&mut policy, sentences.iter().copied());
        policy
    }

    #[test]
    fn what_is_repealed_is_named_by_number_or_title() {
        let policy = of(&[
            "《安和县高龄老人补贴办法》（安政办发〔2020〕8号）和《安和县老人优待规定》同时废止。",
        ]);
        assert_eq!(
            policy.repeals,
            ["安政办发〔2020〕8号", "安和县老人优待规定"]
        );
        assert!(policy.extends.is_empty() && policy.based_on.is_empty());
        assert!(read(
            &mut Policy::default(),
            ["原办法同时废止。"].into_iter()
        ));
    }

    #[test]
    fn an_extension_tells_until_when() {
        let policy =
            of(&["《安和县高龄津贴发放办法》（安政办发〔2020〕15号）有效期延长至2028年6月30日。"]);
        assert_eq!(policy.extends, ["安政办发〔2020〕15号"]);
        assert_eq!(policy.expires_on, Some(date!(2028 - 06 - 30)));
    }

    #[test]
    fn an_amendment_names_its_articles_and_a_basis_comes_first() {
        let policy = of(&[
            "根据《甘肃省高龄津贴办法》（甘政发〔2024〕6号），制定本办法。",
            "将《安和县高龄津贴发放办法》（安政办发〔2025〕15号）第五条修改为：每人每月60元。",
        ]);
        assert_eq!(policy.based_on, ["甘政发〔2024〕6号"]);
        let amended: Vec<String> = policy.amends.iter().map(Amendment::written).collect();
        assert_eq!(amended, ["安政办发〔2025〕15号 第五条"]);
    }
}
