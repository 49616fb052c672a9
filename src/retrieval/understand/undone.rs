//! Questions for what has not been done: 没完成的目标, 哪些项目没开工.

use std::sync::LazyLock;

use regex::Regex;

/// What a question asks for that has not been done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// As asked: 没开工.
    pub words: String,
    /// True when not even its beginning was (没开工), so that what goes on is no answer either.
    pub unbegun: bool,
}

/// What can be left undone, and what can be left unbegun.
const FINISHED: &str = "建成|建好|建完|修成|修好|修完|修通|盖好|盖完|完成|办成|办完|办好|做完|做到|做成|干完|弄完|弄好|搞完|实现|达标|达到|落实|兑现|通车|通水|通电|通气|通上|通路|通网|投用|投产|竣工|完工|并网|验收|交付|交房|解决|整改|开放|开业|招生|硬化|改造|覆盖|通";
const BEGUN: &str = "开工|动工|开建|启动|签约|落地|开始|动土|立项|修|建|盖|动";
static UNDONE: LazyLock<Regex> = LazyLock::new(|| {
    let not = "(?:还没有?|还未|没有|没能?|尚未|未能?|不)(?:得到|有)?(?:按时|如期|全部|全面)?";
    let verb = format!("(?:(?P<begun>{BEGUN})|(?:{FINISHED}))");
    Regex::new(&format!(
        // The thing after it: 没通车的路; or before it: 哪些项目还没开工, 啥没完成.
        "(?:^|[^有了])(?P<a>{not}{verb}(?:上|过|起来)?的)|(?:哪些|哪几|哪个|哪条|啥|什么|多少|几个)[^了没未不]{{0,8}}(?P<b>{not}{}(?:上|过|起来)?(?:$|[呢啊的?]))",
        verb.replace("begun", "began"),
    ))
    .expect("a test uses it")
});

/// What a folded question asks for that was not done; 修好没有, 有没有完成的 ask whether it was.
#[must_use]
pub fn undone(folded: &str) -> Option<Undone> {
    let found = UNDONE.captures(folded)?;
    let words = found.name("a").or_else(|| found.name("b"))?;
    let begun = found.name("begun").or_else(|| found.name("began"));
    Some(Undone {
        words: words
            .as_str()
            .trim_end_matches(['的', '呢', '啊', '?'])
            .to_owned(),
        unbegun: begun.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(question: &str) -> Option<(String, bool)> {
        undone(question).map(|undone| (undone.words, undone.unbegun))
    }

    #[test]
    fn what_was_not_done_is_asked_for_before_the_thing_or_after_it() {
        for (question, words, unbegun) in [
            ("没通车的高速是哪条", "没通车", false),
            ("去年没有完成的目标", "没有完成", false),
            ("还没硬化的村道", "还没硬化", false),
            ("不开工的项目有几个", "不开工", true),
            ("哪些项目还没开工", "没开工", true),
            ("去年啥没做到呢", "没做到", false),
        ] {
            assert_eq!(
                asked(question),
                Some((words.to_owned(), unbegun)),
                "{question}"
            );
        }
    }

    #[test]
    fn whether_it_was_done_is_another_question() {
        for question in [
            "高速通车了没有",
            "学校修好没",
            "有没有完成的项目",
            "目标完成了没",
            "没爹没妈的孤儿政府管不管",
            "没钱的人看病咋办",
            "哪些路修好了没有",
            "不动产登记在哪办",
        ] {
            assert_eq!(asked(question), None, "{question}");
        }
    }
}
