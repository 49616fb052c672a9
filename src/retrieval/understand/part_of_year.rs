//! Parts of a year that a question names: 上半年, 一季度, 10月份.

use crate::text::Pattern;

static PART: Pattern = Pattern::new(
    "(?:今年|去年|年|^|[^0-9一二三四五六七八九十前后近这那每])(?P<part>[上下]半年|(?:第|前)?[一二三四1234]个?季度|(?:前|头)[一二三四五六七八九十0-9]{1,2}个月|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])(?:到|至|-|—)?(?:1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])?月(?:份|底|初|末|中旬|上旬|下旬)?)(?P<day>[0-9一二三四五六七八九十]{1,3}[日号])?",
);

/// What follows 一月 where it means every month: 高龄补贴一月多少.
static EACH_MONTH: Pattern = Pattern::new("^(多少|好多|几|给|发|能|可以|领|拿|挣|补|要|交|缴|收)");

/// The part of a year in a folded question; a day (10月1日) is none, nor is every month (一月多少).
#[must_use]
pub fn part_of_year(folded: &str) -> Option<&str> {
    let found = PART.captures(folded)?;
    let part = found.name("part")?;
    let each_month = part.as_str() == "一月" && EACH_MONTH.is_match(&folded[part.end()..]);
    (found.name("day").is_none() && !each_month).then_some(part.as_str())
}

/// True when a folded text names that part: 10月份 is told by 10月.
#[must_use]
pub fn tells_part(folded: &str, part: &str) -> bool {
    let stem = part.trim_end_matches(['份', '底', '初', '末']);
    folded.contains(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_quarters_and_months_are_parts_of_a_year() {
        for (question, part) in [
            ("上半年gdp多少", "上半年"),
            ("去年一季度招商多少", "一季度"),
            ("前三季度财政收入", "前三季度"),
            ("2023年10月份新增就业", "10月份"),
            ("去年1-9月固定资产投资", "1-9月"),
            ("前6个月招商", "前6个月"),
        ] {
            assert_eq!(part_of_year(question), Some(part), "{question}");
        }
    }

    #[test]
    fn a_day_a_span_and_a_question_for_the_month_are_none() {
        for question in [
            "10月1日开始吗",
            "几月份通车",
            "三个月能办好吗",
            "每月发多少钱",
            "半年",
            "高龄补贴一月多少",
            "保安一月能挣几个钱",
        ] {
            assert_eq!(part_of_year(question), None, "{question}");
        }
    }

    #[test]
    fn a_month_is_told_with_or_without_its_ending() {
        assert!(tells_part("10月建成通车", "10月份"));
        assert!(!tells_part("全年增长7%", "上半年"));
    }
}
