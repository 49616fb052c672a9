//! Which fields a question asks for, by the ways to ask of `config/lexicon/facets.txt`.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    corpus::{FACETS, Facet},
    text::Pattern,
};

/// The ways to ask, in the order of the list.
static ASKS: LazyLock<Vec<(Facet, Regex)>> = LazyLock::new(|| {
    let lines = FACETS.lines().filter(|line| !line.starts_with('#'));
    let asks = lines.filter_map(|line| {
        let (name, pattern) = line.split_once(" ? ")?;
        let facet = Facet::named(name.trim())?;
        // The list is part of the program, and a test compiles each of its lines.
        Some((facet, Regex::new(&pattern.trim().to_lowercase()).ok()?))
    });
    asks.collect()
});

/// What is told beside a question and asks for nothing: 材料都交齐了.
static TOLD: Pattern = Pattern::new(
    "(?:材料|资料|手续|东西|证件)(?:都|全|已经|也)*(?:交|准备|备|弄|递|凑)*(?:齐|好|全|够|上去|上|完)(?:了|以后|之后|的话)*",
);

/// What a question that asks for the first does not ask for, though its words may look so: 投诉电话 is no
/// 咨询电话.
const RATHER: [(Facet, &[Facet]); 9] = [
    (
        Facet::Payment,
        &[Facet::Deadline, Facet::Time, Facet::Hours],
    ),
    (
        Facet::Complaints,
        &[
            Facet::Phone,
            Facet::Location,
            Facet::Department,
            Facet::Condition,
        ],
    ),
    (Facet::Fee, &[Facet::Standard, Facet::Materials]),
    (Facet::Exception, &[Facet::Target, Facet::Condition]),
    (
        Facet::Deadline,
        &[Facet::Time, Facet::Hours, Facet::Procedure],
    ),
    (Facet::PromisedTime, &[Facet::Time]),
    (Facet::LegalTime, &[Facet::Time, Facet::Basis]),
    (Facet::Hours, &[Facet::Time, Facet::Location]),
    (Facet::Basis, &[Facet::Standard]),
];

/// The fields that a folded question, without the name of the service, asks for, in the order of the list.
#[must_use]
pub fn asked(folded: &str) -> Vec<Facet> {
    let question = TOLD.replace_all(folded, "");
    let mut facets: Vec<Facet> = Vec::new();
    for (facet, pattern) in ASKS.iter() {
        if !facets.contains(facet) && pattern.is_match(&question) {
            facets.push(*facet);
        }
    }
    let all = facets.clone();
    facets.retain(|facet| {
        let mut rather = RATHER.iter();
        !rather.any(|(first, others)| all.contains(first) && others.contains(facet))
    });
    facets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_ask_in_the_list_is_a_pattern() {
        let lines = FACETS
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains(" ? "));
        assert_eq!(lines.count(), ASKS.len());
    }

    #[test]
    fn a_question_asks_for_its_field_and_no_other() {
        for (question, facet) in [
            ("要带啥", Facet::Materials),
            ("去哪办", Facet::Location),
            ("几天能办好", Facet::Time),
            ("材料都交齐了的话大概几天能办好", Facet::Time),
            ("法定时限是多少天", Facet::LegalTime),
            ("咨询电话是多少", Facet::Phone),
            ("我要投诉打哪个电话", Facet::Complaints),
            ("能补多少钱", Facet::Standard),
            ("要交钱不", Facet::Fee),
            ("收费标准是多少", Facet::Fee),
            ("截止到哪天", Facet::Deadline),
            ("谁能领", Facet::Target),
            ("谁不能领", Facet::Exception),
            ("啥条件才能申请", Facet::Condition),
            ("怎么申请", Facet::Procedure),
            ("周六上班不", Facet::Hours),
            ("依据的哪个文件", Facet::Basis),
            ("能网上办吗", Facet::Means),
            ("要跑几趟", Facet::Visits),
            ("归哪个部门管", Facet::Department),
        ] {
            assert_eq!(asked(question), [facet], "{question}");
        }
        assert_eq!(asked("是什么"), []);
    }
}
