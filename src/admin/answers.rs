//! Answers of the office's own: entries put into and taken out of a list of questions and answers.

/// Of the file, below the folder of its place.
const NAME: &str = "office-answers.md";

/// Where the answers of a place stand: beside the file at `path`, one of its documents.
pub(super) fn path_beside(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{NAME}"),
        None => format!("corpus/{NAME}"),
    }
}

/// True for the path of such a list.
pub(super) fn is_one(path: &str) -> bool {
    path.rsplit('/').next() == Some(NAME)
}

/// `text` with the entry for `question`, in place of one it had; without a text a new list of `place`
/// and `year`.
pub(super) fn with(
    text: Option<&str>,
    (place, year): (&str, i32),
    question: &str,
    answer: &str,
) -> String {
    let head = || {
        format!(
            "---\ntitle: {place}办公室解答\nplace: {place}\nyear: {year}\nkind: faq\n---\n\n# {place}办公室解答\n"
        )
    };
    let kept = text.map(|text| without(text, question).unwrap_or_else(|| Some(text.to_owned())));
    let mut text = kept.flatten().unwrap_or_else(head);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let lines = answer.lines().map(plain).filter(|line| !line.is_empty());
    let answer: Vec<String> = lines.collect();
    text.push_str(&format!("\n## {question}\n\n{}\n", answer.join("\n\n")));
    text
}

/// The entries of a list: place, question, answer.
pub(super) fn entries(text: &str) -> Vec<(String, String, String)> {
    let place = text.lines().find_map(|line| line.strip_prefix("place: "));
    let place = place.unwrap_or_default().trim();
    let mut entries: Vec<(String, String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(question) = line.strip_prefix("## ") {
            entries.push((place.to_owned(), question.trim().to_owned(), String::new()));
        } else if let Some((.., answer)) = entries.last_mut()
            && !line.trim().is_empty()
        {
            if !answer.is_empty() {
                answer.push('\n');
            }
            answer.push_str(line.trim());
        }
    }
    entries
}

/// A line that Markdown takes for a line of text.
fn plain(line: &str) -> String {
    let line = line.trim();
    line.trim_start_matches(['#', '>', '-', '*', '|', '`'])
        .trim_start()
        .to_owned()
}

/// `text` without the entry for `question`: `Some(None)` when that was its last, `None` when it has
/// none.
#[expect(
    clippy::option_option,
    reason = "no list left differs from no such entry"
)]
pub(super) fn without(text: &str, question: &str) -> Option<Option<String>> {
    let heading = |line: &str| {
        line.strip_prefix("## ")
            .map(|title| title.trim() == question)
    };
    text.lines()
        .any(|line| heading(line) == Some(true))
        .then(|| {
            let (mut kept, mut inside, mut entries) = (String::new(), false, 0);
            for line in text.lines() {
                if let Some(own) = heading(line) {
                    inside = own;
                    entries += usize::from(!own);
                }
                if !inside {
                    kept.push_str(line);
                    kept.push('\n');
                }
            }
            (entries > 0).then_some(kept)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    const PLACE: (&str, i32) = ("通渭县", 2026);

    #[test]
    fn an_entry_is_added_replaced_and_taken_away() {
        let one = with(None, PLACE, "几点上班", "上午八点半。\n\n# 下午两点半。");
        let two = with(Some(&one), PLACE, "周六上班吗", "不上班。");
        let changed = with(Some(&two), PLACE, "几点上班", "上午九点。");
        let loaded = load_texts(&[("tongwei/office-answers.md", &changed)]).expect("it is served");
        let texts: Vec<&str> = loaded.corpus.documents[0]
            .passages
            .iter()
            .map(|passage| passage.text.as_str())
            .collect();
        assert_eq!(texts, ["不上班。", "上午九点。"]);
        let listed = entries(&changed);
        let questions: Vec<&str> = listed.iter().map(|(_, question, _)| &**question).collect();
        assert_eq!(questions, ["周六上班吗", "几点上班"]);
        assert_eq!(
            listed[1],
            ("通渭县".into(), "几点上班".into(), "上午九点。".into())
        );
        assert_eq!(without(&one, "几点上班"), Some(None));
        assert_eq!(without(&one, "几点"), None);
        let left = without(&changed, "周六上班吗")
            .flatten()
            .expect("one is left");
        assert!(left.contains("上午九点。") && !left.contains("不上班"));
    }
}
