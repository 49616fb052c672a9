//! Who a question speaks of.

use wenzheng_text::{Pattern, Span};

/// What only introduces the question or names a household; couples; relatives, with the speaker before them;
/// the speaker.
static PERSON: Pattern = Pattern::new(concat!(
    "(?P<nobody>(?:我|俺)(?:就|来)?(?:想|要|问|帮|替|给|听|看)|(?:我|俺|咱)们?(?:家里?|屋里?)|(?:我|俺|咱)们)",
    "|(?P<couple>父母|爹娘|双亲|二老|老两口|两口子|夫妻|夫妇|全家)",
    "|(?:我|俺|咱|你|他|她)?的?(?:爸爸?|妈妈?|爹|娘|父亲|母亲|爷爷?|奶奶?|姥姥|姥爷|外公|外婆|公公|婆婆|岳父|岳母",
    "|老伴|老头|老太|爱人|媳妇|丈夫|妻子|老公|老婆|儿子|女儿|孩子|娃|哥哥?|姐姐?|弟弟?|妹妹?|叔叔?|舅舅?|姑姑?|姨",
    "|伯伯?|侄|孙子|孙女|邻居)",
    "|我|俺|本人|咱",
));

/// The persons that `question` speaks of, in order, the same one once and a couple twice: 我妈, 邻居, 我. A
/// household (我家) is no person.
pub(crate) fn persons(question: &str) -> Vec<Span> {
    let mut persons: Vec<Span> = Vec::new();
    for found in PERSON.captures_iter(question) {
        let Some(whole) = found.get(0).filter(|_| found.name("nobody").is_none()) else {
            continue;
        };
        let span = Span::new(whole.start(), whole.end());
        let is_same = |other: &Span| bare(other.of(question)) == bare(span.of(question));
        if !persons.iter().any(is_same) {
            persons.push(span);
        }
        if found.name("couple").is_some() {
            persons.push(span);
        }
    }
    persons
}

/// 我妈 and 妈妈 are the same.
fn bare(person: &str) -> String {
    let kin = person.trim_start_matches(['我', '俺', '咱', '的']);
    if kin.is_empty() {
        return "我".to_owned();
    }
    let mut chars: Vec<char> = kin.chars().collect();
    chars.dedup();
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_are_persons_and_households_are_not() {
        for (question, expected) in [
            ("我妈82岁能领高龄补贴不", &["我妈"][..]),
            ("我想问一下我妈82岁，妈妈能领吗", &["我妈"]),
            ("我40岁，我妈82岁", &["我", "我妈"]),
            ("我家12亩地", &[]),
            ("我家老头子81了", &["老头"]),
            ("我爸妈都80", &["我爸", "妈"]),
            ("父母都80", &["父母", "父母"]),
            ("我们村80岁的", &[]),
            ("邻居和我爷爷", &["邻居", "我爷爷"]),
            ("高龄补贴怎么领", &[]),
        ] {
            let found: Vec<&str> = persons(question)
                .iter()
                .map(|span| span.of(question))
                .collect();
            assert_eq!(found, expected, "{question}");
        }
    }
}
