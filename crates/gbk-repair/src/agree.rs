//! Where two versions of a text agree.

/// For each character of `one`, whether `other` has it in the same place, by their longest common
/// subsequence. Where `other` has further characters between two of `one`'s, the second of the two
/// counts as disputed: something may be missing before it.
pub(crate) fn agreement(one: &[char], other: &[char]) -> Vec<bool> {
    let lengths = common_lengths(one, other);
    let mut agreed = vec![false; one.len()];
    let (mut a, mut b) = (0, 0);
    let mut inserted = false;
    while a < one.len() {
        if b < other.len() && one[a] == other[b] {
            agreed[a] = !inserted;
            inserted = false;
            (a, b) = (a + 1, b + 1);
        } else if b < other.len() && lengths[a][b + 1] > lengths[a + 1][b] {
            b += 1;
            inserted = true;
        } else {
            a += 1;
            // A replacement is disputed already; the character after it is not.
            b += usize::from(b < other.len() && lengths[a][b] == lengths[a][b + 1]);
            inserted = false;
        }
    }
    if b < other.len()
        && let Some(last) = agreed.last_mut()
    {
        *last = false;
    }
    agreed
}

/// Length of the longest common subsequence of `one[a..]` and `other[b..]`.
fn common_lengths(one: &[char], other: &[char]) -> Vec<Vec<u16>> {
    let mut lengths = vec![vec![0; other.len() + 2]; one.len() + 1];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            lengths[a][b] = if one[a] == other[b] {
                lengths[a + 1][b + 1] + 1
            } else {
                lengths[a + 1][b].max(lengths[a][b + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn disputed(one: &str, other: &str) -> String {
        let one: Vec<char> = one.chars().collect();
        let other: Vec<char> = other.chars().collect();
        let agreed = agreement(&one, &other);
        one.iter()
            .zip(agreed)
            .map(|(c, agreed)| if agreed { *c } else { '□' })
            .collect()
    }

    #[test]
    fn what_differs_is_disputed() {
        for (one, other, shown) in [
            (
                "提升政治能力，解決",
                "提升支撐能力，这決",
                "提升□□能力，□決",
            ),
            ("“三供一業", "“三三供一業", "“三□一業"),
            ("释放动能活力。", "释放盾活力、", "释放□□活力□"),
            ("能力", "能力。", "能□"),
            ("能力", "能力", "能力"),
        ] {
            assert_eq!(disputed(one, other), shown, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn different_texts_always_dispute_something(
            one in "[甲乙丙]{1,6}", other in "[甲乙丙]{1,6}"
        ) {
            let shown = disputed(&one, &other);
            prop_assert_eq!(one == other, !shown.contains('□'));
        }
    }
}
