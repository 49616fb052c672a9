//! Characters that nobody can search for: radicals, and damage in the front matter.

use super::finding::Doubt;
use crate::corpus::import::radicals::folded;

/// Radicals shown in a message at most.
const SHOWN: usize = 5;
/// Characters shown around a damaged spot.
const AROUND: usize = 6;

/// All radicals of a file as one doubt, with the line of the first.
pub(super) fn radicals(text: &str) -> Option<(usize, Doubt)> {
    let mut first = None;
    let mut count = 0;
    let mut kinds: Vec<char> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for c in line.chars().filter(|c| folded(*c) != *c) {
            first.get_or_insert(n + 1);
            count += 1;
            if !kinds.contains(&c) {
                kinds.push(c);
            }
        }
    }
    let shown = kinds.iter().take(SHOWN);
    let shown: Vec<String> = shown
        .map(|c| format!("“{c}”应为“{}”", folded(*c)))
        .collect();
    let more = if kinds.len() > SHOWN { "等" } else { "" };
    let shown = format!("{}{more}", shown.join("、"));
    first.map(|line| (line, Doubt::Radicals { count, shown }))
}

/// Damaged spots in the front matter, which is not read as text: the first of each line.
pub(super) fn damaged(front: &[&str]) -> Vec<(usize, Doubt)> {
    let spots = front.iter().enumerate().filter_map(|(n, line)| {
        let value = line
            .split_once(':')
            .map_or(*line, |(_, value)| value.trim());
        let at = value.find(['□', '\u{fffd}'])?;
        let before: Vec<char> = value[..at].chars().rev().take(AROUND).collect();
        let before = before.into_iter().rev();
        let around = before.chain(value[at..].chars().take(AROUND));
        Some((n + 1, Doubt::Damaged(around.collect())))
    });
    spots.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_told_once_with_what_they_stand_for() {
        let (line, doubt) = radicals("政府工作报告\n⼆、⼈⺠政府⼯作，⼆〇⼆四年").expect("six");
        assert_eq!(line, 2);
        assert_eq!(
            doubt.to_string(),
            "有 6 个部首符号（“⼆”应为“二”、“⼈”应为“人”、“⺠”应为“民”、“⼯”应为“工”），看着像汉字，却搜不到。\
             请改成汉字，或用 wenzheng import 重新导入原文"
        );
        let (_, doubt) = radicals("⼆⼈⺠⼯⻔⻋").expect("six");
        assert!(doubt.to_string().contains("“⻔”应为“门”等）"));
        assert_eq!(radicals("二、人民政府工作"), None);
    }

    #[test]
    fn damage_in_the_front_matter_is_told() {
        let front = [
            "---",
            "title: 2024年通□县政府工作报告",
            "place: 通渭县",
            "---",
        ];
        let damage = Doubt::Damaged("2024年通□县政府工作".to_owned());
        assert_eq!(damaged(&front), [(2, damage)]);
    }
}
