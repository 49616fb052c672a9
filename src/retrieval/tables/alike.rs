//! How much of a name a question says.

/// The share of `name` that `question` says, 0 to 1, both letters only: letters in the same order, those that follow one
/// another in both twice as much as single ones. 城里的低保 says most of 城市低保, and less of 农村低保.
pub(super) fn said(name: &str, question: &str) -> f32 {
    let (name, question): (Vec<char>, Vec<char>) =
        (name.chars().collect(), question.chars().collect());
    if name.is_empty() {
        return 0.0;
    }
    // Longest common subsequence; a letter after its neighbour counts 1, one alone counts ½.
    let width = question.len() + 1;
    let mut best = vec![0.0_f32; (name.len() + 1) * width];
    for i in 1..=name.len() {
        for j in 1..width {
            let mut here = best[(i - 1) * width + j].max(best[i * width + j - 1]);
            if name[i - 1] == question[j - 1] {
                let before = best[(i - 1) * width + j - 1];
                here = here.max(before + 0.5);
                if i > 1 && j > 1 && name[i - 2] == question[j - 2] {
                    // The neighbour was alone until now.
                    here = here.max(best[(i - 2) * width + j - 2] + 2.0);
                }
                let run = run(&name, &question, i, j);
                if run > 2 {
                    let length = u16::try_from(run).map_or(f32::MAX, f32::from);
                    here = here.max(best[(i - run) * width + j - run] + length);
                }
            }
            best[i * width + j] = here;
        }
    }
    let length = u16::try_from(name.len()).map_or(f32::MAX, f32::from);
    best[name.len() * width + width - 1] / length
}

/// How many letters before and at these are the same.
fn run(name: &[char], question: &[char], i: usize, j: usize) -> usize {
    let pairs = name[..i].iter().rev().zip(question[..j].iter().rev());
    pairs.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_side_by_side_say_more() {
        let question = "城里的低保一类一个月多少";
        assert!(said("城市低保", question) > said("农村低保", question));
        assert!((said("农村低保", "农村低保二类多少") - 1.0).abs() < 1e-6);
        assert!((said("农村低保", question) - 0.5).abs() < 1e-6);
        assert!(
            said("集中养育孤儿", "福利院集中养的孤儿") > said("散居孤儿", "福利院集中养的孤儿")
        );
        assert!(said("", "x") < 1e-6 && said("城市低保", "") < 1e-6);
    }
}
