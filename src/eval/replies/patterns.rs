//! What to look for in the words of a reply, letter by letter as in the judge outside this program.
//! Looking at what stands around a match needs `fancy-regex`.

use std::sync::LazyLock;

use fancy_regex::{Match, Regex, RegexBuilder};

/// A compiled pattern. Matching never fails: only a limit of steps could stop it, and there is none.
pub(super) struct Pattern(Regex);

const NO_LIMIT: &str = "matching has no limit of steps";

impl Pattern {
    fn new(text: &str) -> Self {
        let mut builder = RegexBuilder::new(text);
        let built = builder.backtrack_limit(usize::MAX).build();
        Self(built.expect("the patterns of this module are tested"))
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.0.find(text).expect(NO_LIMIT)
    }

    pub(super) fn find_all<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.0.find_iter(text).map(|found| found.expect(NO_LIMIT))
    }

    /// Every match with what stands in the pattern's brackets.
    pub(super) fn groups<'t>(&self, text: &'t str) -> impl Iterator<Item = (Match<'t>, &'t str)> {
        let all = self
            .0
            .captures_iter(text)
            .map(|found| found.expect(NO_LIMIT));
        all.filter_map(|found| Some((found.get(0)?, found.get(1)?.as_str())))
    }

    pub(super) fn replaced(&self, text: &str, by: &str) -> String {
        self.0.replace_all(text, by).into_owned()
    }

    /// `text` without what matches.
    pub(super) fn removed(&self, text: &str) -> String {
        self.replaced(text, "")
    }
}

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(super) static $name: LazyLock<Pattern> = LazyLock::new(|| Pattern::new($text));)*

        #[cfg(test)]
        const ALL: &[(&str, &LazyLock<Pattern>)] = &[$((stringify!($name), &$name)),*];
    };
}

patterns! {
    /// 著 where it is only another way of writing 着.
    ZHE = "(?<!显)著";
    /// What comparing skips: markup, spaces, quotation marks.
    SKIP = r#"<[^>]{1,40}>|[\s"'“”‘’「」『』*_`·]"#;
    /// What stands between quotation marks.
    QUOTED = r#"[“「『"]([^“”「」『』"\n]{1,80})[”」』"]"#;

    /// What a denial sounds like, in any honest wording. “有没有写” is a question, not a denial.
    DENIAL = r"(?x)
        (?<!有)没有?(?:再|也|能|具体|明确|单独|专门|直接|进一步|逐[项条一]|详细|另外|另行|地|把){0,3}
        (?:写|提[到及出]|说[到明起]?|讲|找到|找着|列|给出|公布|公开|解释|说明|展开|涉及|交代|点名|点明|规定|收录|查到|包含|回答
          |注明|载明|明确|介绍|相关|具体|这[一项个方类条]|关于|对应|单列|答案|现成|记载|区分|细说|细分)
        |(?<!有)没有?[^,，。;；\n]{1,16}?(?:内容|资料|数字|数据|标准|规定|信息|金额|价格|名单|时间|地点|办法|解释|说法|答案
          |报告|安排|字样|记载)
        |报告(?:里|中|上|原文)?(?:也|都|并|还|暂|确实|目前)?(?:没有?|未)(?!问题)
        |(?:尚|并|均|暂|也|都|中|里|告)?未(?:能|直接|具体|明确|单独){0,2}(?:写|提[到及]|说明|列|给出|公布|解释|涉及|收录|找到
          |载明|注明|明确|包含|查到|展开|交代|规定)
        |[查找]不到|答不了|答不上|不(?:包含|包括|涉及|含有?这|在报告|能从报告)|无(?:相关|此项|该项|对应)|比较不了|不能比较
        |无法比较";
    /// “报告只写了总额” is honest too where the fact is missing, and no denial where it is not.
    ONLY = "[只仅](?:写|提|说|讲|列|给|收录|有)";
    /// “没有直接回答”, “没有找到” deny the whole.
    WHOLE = "没有?直接|没有?找到|未找到|找不到|报告(?:里|中|上)?没有?(?:提到|相关|这)";
    /// Of talk only an apology for the report is wrong: 没有这个命令, 没有保存 are answers.
    APOLOGY = r"(?x)
        没有?找到(?!这[个条]?命令|该命令|上一)|没有?直接(?:回答|相关)|未找到|没有?查到
        |报告(?:里|中|上)?(?:也|都|并|还)?(?:没有?|未)(?:相关|这方面|(?:写|提|说|讲|列|涉及|包含)(?!的))";
    /// A telephone number: neither part of a longer one nor an amount.
    PHONE = r"(?x)
        (?<![\d.\-—年第])
        (?:1(?:10|19|20|22)|12\d{3}|95\d{3}|96\d{3}|400-?\d{3}-?\d{4}|0\d{2,3}-?\d{7,8}|1[3-9]\d{9})
        (?![\d%]|\.\d|[个人户亩件公万亿千元米座张条项名吨头只年月日号天家])";

    /// What leads over from the opening to a quote: a label, a mark, a number.
    LEAD_OVER = r#"(?:【[^】]{1,24}】|[\s“「『"*_·>\-—✓✔•]|\d{1,2}[.、])+$"#;
    /// A line that names a source.
    SOURCE = r"\n\s*——\s*《";
    /// A label in front of a quote.
    LABEL = "【([^】]{1,20})】";

    /// The asker's words are quoted to mend their typing.
    REPAIR = r#"按[“「『"]|查找|检索|搜索|来查|当作|看作|理解为|想问|改为|更正|纠正|错字|打成|写成"#;
    /// What is quoted is a question to ask.
    OFFER = r#"(?x)可以问|可以这样问|试试|例如|比如|换成|再问|还可以|接着问|也能问|点一?下?[“「『"]|回复|输入|发送|我叫"#;
    /// The sentence before ended within quotation marks.
    ENDED = r"[!?！？][”」』]\n?$";
    /// “今年”指2024年.
    MEANS = r"^\s*[指是]";
    /// What follows is said to stand in the report.
    NAMES = "提到|写到|用到|说到|讲到|谈到|写了|写有|包括";
    /// What follows, within the clause, is said not to stand there.
    DENIED_BEFORE = "(?:没有?|未|不含|不涉及|不到)(?:(?!提到了|写到了|用到了)[^,，。;；]){0,14}$";
    /// 报告提到了 and what it is said to speak of, without quotation marks.
    MENTIONS = r"(?<!没有)(?<!没)(?<!未)(?:提到|写到|用到|说到|讲到|谈到)了?([^,，。;；:：(（\n“「『]{4,40})";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for (name, pattern) in ALL {
            assert!(!pattern.is_in(""), "{name}");
        }
    }

    #[test]
    fn a_question_with_a_negation_is_no_denial() {
        for denial in [
            "报告没有写金额",
            "没有具体时间",
            "原文未提及",
            "查不到",
            "没有单独的办法",
        ] {
            assert!(DENIAL.is_in(denial), "{denial}");
        }
        for other in ["您问有没有写", "没有停过水", "无论如何", "未来三年"] {
            assert!(!DENIAL.is_in(other), "{other}");
        }
    }

    #[test]
    fn a_number_with_a_unit_is_no_telephone_number() {
        let numbers = |text: &str| {
            PHONE
                .find_all(text)
                .map(|m| m.as_str().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            numbers("拨打12345，或0932-1234567"),
            ["12345", "0932-1234567"]
        );
        assert_eq!(numbers("新建110座、120公里，2.110，96110人"), [""; 0]);
    }
}
