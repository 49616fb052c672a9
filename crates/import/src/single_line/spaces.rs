//! Splits lines in which only spaces are left between paragraphs.

/// Lines longer than this many chars may hold several paragraphs.
const LONG: usize = 300;

/// Chars after which a paragraph can end.
const ENDS: [char; 12] = [
    '。', '！', '？', '：', '”', '；', '!', '?', ':', ';', ')', '）',
];

/// True for a long line in which several space-separated pieces end like paragraphs.
pub(crate) fn runs_together(line: &str) -> bool {
    let ends = line
        .split([' ', '\u{3000}'])
        .filter(|piece| piece.ends_with(ENDS))
        .count();
    ends >= 3 && line.chars().count() > LONG
}

/// Splits a line at spaces, except within a foreign phrase or between the two characters of a short
/// name (`王 伟`).
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in line
        .split([' ', '\u{3000}', '\t'])
        .filter(|w| !w.is_empty())
    {
        let single =
            |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
        let joins = pieces.last().is_some_and(|last| {
            let foreign = last.ends_with(|c: char| c.is_ascii_alphabetic())
                && word.starts_with(|c: char| c.is_ascii_alphabetic());
            foreign || (single(last) && single(word))
        });
        match pieces.last_mut() {
            Some(last) if joins => {
                if word.is_ascii() {
                    last.push(' ');
                }
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_spaces_but_not_inside_of_names_and_foreign_phrases() {
        assert_eq!(
            split("报告 县长 王 伟 现在。　Belt and Road 建设"),
            ["报告", "县长", "王伟", "现在。", "Belt and Road", "建设"]
        );
    }

    #[test]
    fn only_a_long_line_with_several_ends_runs_together() {
        let sentence = "深入贯彻落实党的二十大精神。".repeat(10);
        let three = format!("{sentence} {sentence} {sentence}");
        assert!(runs_together(&three));
        assert!(!runs_together("各位代表： 现在。 好。"));
        assert!(!runs_together(&three.replace(' ', "")));
    }
}
