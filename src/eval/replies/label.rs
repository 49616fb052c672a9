//! What a card says of its time.

use super::{
    patterns::LABEL,
    reply::Card,
    text::{bare, plain},
};

/// Names that progress and periods have in records, and the label that each stands for.
const CLAIMS: [(&str, &str); 13] = [
    ("done", "done"),
    ("finished", "done"),
    ("planned", "planned"),
    ("ongoing", "ongoing"),
    ("started", "ongoing"),
    ("unfinished", "ongoing"),
    ("neutral", "ongoing"),
    ("mixed", "ongoing"),
    ("review", "ongoing"),
    ("expected", "expected"),
    ("assessment", "assessment"),
    ("undated", "none"),
    ("none", "none"),
];

/// Words of the label in front of a quote; a neutral “2023年工作” claims nothing that is done.
const WORDS: [(&[&str], &str); 4] = [
    (&["已完成", "已完工", "已建成"], "done"),
    (&["计划", "目标"], "planned"),
    (&["预计"], "expected"),
    (
        &["推进", "进行", "在建", "开工", "未完", "工作", "回顾"],
        "ongoing",
    ),
];

/// Characters by which the quote behind a label is known.
const KNOWN_BY: usize = 8;

/// `done`, `planned`, `ongoing`, `expected`, `assessment` or `none`: what the card's record says of its
/// progress; else its period, where that is neither done nor planned; else the words of the label
/// before its quote in `text`; else its period.
pub(super) fn label_of<'c>(card: &'c Card, text: &str) -> &'c str {
    let progress = [&card.progress, &card.period.progress];
    if let Some(label) = progress.into_iter().flatten().find_map(|word| claim(word)) {
        return label;
    }
    let kind = match card.period.kind.as_str() {
        "" => "none",
        kind => claim(kind).unwrap_or(kind),
    };
    if !matches!(kind, "done" | "planned") {
        return kind;
    }
    let text = plain(text);
    let known_by: String = bare(&card.quote).chars().take(KNOWN_BY).collect();
    let mut labels = LABEL.groups(&text);
    let before = labels.find(|(label, _)| bare(&text[label.end()..]).starts_with(&known_by));
    let claimed = before.and_then(|(_, words)| {
        let is_in = |(any, _): &&(&[&str], &str)| any.iter().any(|word| words.contains(word));
        WORDS.iter().find(is_in)
    });
    claimed.map_or(kind, |(_, label)| label)
}

fn claim(word: &str) -> Option<&'static str> {
    let named = CLAIMS.iter().find(|(name, _)| *name == word);
    named.map(|(_, label)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(card: &str, text: &str) -> String {
        label_of(&serde_json::from_str(card).unwrap(), text).to_owned()
    }

    #[test]
    fn the_record_comes_before_the_words_and_the_words_before_the_period() {
        let done = r#"{"quote":"开工建设高速公路。","period":{"kind":"done"}}"#;
        assert_eq!(label(done, "【2023年推进】开工建设高速公路。"), "ongoing");
        assert_eq!(
            label(done, "【2024年计划】别的。【2023年】开工建设高速公路。"),
            "done"
        );
        let started = r#"{"quote":"开工","progress":"started","period":{"kind":"done"}}"#;
        assert_eq!(label(started, "【2023年已完成】开工"), "ongoing");
        assert_eq!(
            label(
                r#"{"quote":"开工","period":{"kind":"undated"}}"#,
                "【计划】开工"
            ),
            "none"
        );
    }
}
