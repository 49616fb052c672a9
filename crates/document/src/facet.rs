//! What a field of a policy document tells: the labels of `config/lexicon/facets.txt`.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};
use wenzheng_text::Pattern;

/// The list that maps labels to facets, with the ways to ask for them, as it is in the program.
pub const FACETS: &str = include_str!("../../../config/lexicon/facets.txt");

/// Characters of a label at most.
const LONGEST: usize = 24;
/// A label that only ends like one that is known has to share so many characters with it …
const SUFFIX: usize = 4;
/// … or one of these words: 贷款对象, but not 注意事项.
const WORDS: [&str; 12] = [
    "对象", "条件", "标准", "材料", "流程", "程序", "地点", "地址", "时限", "依据", "金额", "额度",
];

/// What stands before a label: 一、（二）3. ①
static NUMBER: Pattern = Pattern::new(
    "^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳]|第[一二三四五六七八九十]+[、 ])+\\s*",
);

/// What a field of a policy document tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// 名称: which service it is
    Name,
    /// 对象
    Target,
    /// 条件
    Condition,
    /// 例外: who or what is left out
    Exception,
    /// 标准: what is paid
    Standard,
    /// 收费: what it costs
    Fee,
    /// 材料
    Materials,
    /// 流程
    Procedure,
    /// 办理方式: online, at a window, by somebody else, without applying
    Means,
    /// 跑几次
    Visits,
    /// 结果: what one gets in the end
    Result,
    /// 地点
    Location,
    /// 时间: when the window is open
    Hours,
    /// 咨询电话
    Phone,
    /// 投诉电话
    Complaints,
    /// 承诺时限
    PromisedTime,
    /// 法定时限
    LegalTime,
    /// 时限, of either kind
    Time,
    /// 截止
    Deadline,
    /// 依据
    Basis,
    /// 发放方式
    Payment,
    /// 部门
    Department,
}

/// All facets with the names that the list and the answers use.
const NAMES: [(Facet, &str); 22] = [
    (Facet::Name, "名称"),
    (Facet::Target, "对象"),
    (Facet::Condition, "条件"),
    (Facet::Exception, "例外"),
    (Facet::Standard, "标准"),
    (Facet::Fee, "收费"),
    (Facet::Materials, "材料"),
    (Facet::Procedure, "流程"),
    (Facet::Means, "办理方式"),
    (Facet::Visits, "跑几次"),
    (Facet::Result, "结果"),
    (Facet::Location, "地点"),
    (Facet::Hours, "时间"),
    (Facet::Phone, "咨询电话"),
    (Facet::Complaints, "投诉电话"),
    (Facet::PromisedTime, "承诺时限"),
    (Facet::LegalTime, "法定时限"),
    (Facet::Time, "时限"),
    (Facet::Deadline, "截止"),
    (Facet::Basis, "依据"),
    (Facet::Payment, "发放方式"),
    (Facet::Department, "部门"),
];

static LABELS: LazyLock<HashMap<String, Facet>> = LazyLock::new(|| {
    let lines = FACETS.lines().filter_map(|line| {
        let (name, labels) = line.split_once('=')?;
        Some((Facet::named(name.trim())?, labels))
    });
    lines
        .flat_map(|(facet, labels)| {
            let labels = labels.split('、').map(str::trim);
            labels.map(move |label| (label.to_owned(), facet))
        })
        .collect()
});

impl Facet {
    /// The facet that the list calls `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut names = NAMES.iter();
        names.find(|(_, own)| *own == name).map(|(facet, _)| *facet)
    }

    /// What the list calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        let mut names = NAMES.iter();
        names
            .find(|(facet, _)| *facet == self)
            .map_or("", |(_, name)| name)
    }

    /// What a field with this label tells; the label may be numbered and in brackets. `None` for what the
    /// list does not know.
    #[must_use]
    pub fn of_label(label: &str) -> Option<Self> {
        let label = bare_label(label);
        if let Some(facet) = LABELS.get(&label) {
            return Some(*facet);
        }
        let length = label.chars().count();
        if length > LONGEST {
            return None;
        }
        // 城镇居民办理材料, 高龄津贴发放标准: the longest label that it ends with.
        let ends = label.char_indices().map(|(at, _)| &label[at..]);
        let mut ends = ends.filter(|end| end.chars().count() >= SUFFIX || WORDS.contains(end));
        ends.find_map(|end| LABELS.get(end)).copied()
    }
}

/// A label without its number, brackets and what stands in brackets behind it: 材料 of （二）【材料】（原件）.
#[must_use]
pub fn bare_label(label: &str) -> String {
    let label = label.trim().trim_end_matches(['：', ':', '。']);
    let label = match NUMBER.find_iter(label).next() {
        Some(number) if number.end() < label.len() => &label[number.end()..],
        _ => label,
    };
    let label = label.trim_matches([
        '【', '】', '[', ']', '“', '”', '《', '》', ' ', '\u{3000}', '*',
    ]);
    let label = match label.find(['（', '(']) {
        Some(at) if at > 0 => &label[..at],
        _ => label,
    };
    label.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_numbered_in_brackets_and_with_more_before_them() {
        for (label, facet) in [
            ("办理地点", Facet::Location),
            ("（二）办理材料：", Facet::Materials),
            ("3.承诺办结时限", Facet::PromisedTime),
            ("【咨询电话】", Facet::Phone),
            ("监督投诉电话", Facet::Complaints),
            ("三、发放标准", Facet::Standard),
            ("材料（原件及复印件）", Facet::Materials),
            ("城镇居民办理材料", Facet::Materials),
            ("收 费", Facet::Fee),
            ("贷款对象", Facet::Target),
        ] {
            assert_eq!(Facet::of_label(label), Some(facet), "{label}");
        }
        for other in ["注意事项", "加快产业发展", "张三", "", "一、", "附则"] {
            assert_eq!(Facet::of_label(other), None, "{other}");
        }
    }

    #[test]
    fn every_line_of_the_list_names_a_facet_and_no_label_stands_twice() {
        let mut labels: Vec<&str> = Vec::new();
        for line in FACETS
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        {
            let (name, rest) = line
                .split_once(['=', '?'])
                .expect("a name and what it means");
            assert!(Facet::named(name.trim()).is_some(), "{line}");
            if line.contains(" = ") {
                labels.extend(rest.split('、').map(str::trim));
            }
        }
        let all = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), all);
    }
}
