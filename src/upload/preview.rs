//! A few passages of a converted file, for its sender to see what became of it.

use super::converted::Shown;
use crate::corpus::{Document, Passage};

/// Passages shown at most.
const PASSAGES: usize = 10;
/// Characters of a passage after which no further sentence is begun.
const ENOUGH: usize = 60;
/// Characters of one text at most.
const CHARS: usize = 160;

/// Up to ten passages, the first and the last among them and the others evenly between.
pub(super) fn of(document: &Document) -> Vec<Shown> {
    let passages = &document.passages;
    let shown = passages.len().min(PASSAGES);
    let at = |n: usize| n * (passages.len() - 1) / (shown - 1).max(1);
    (0..shown).map(|n| show(&passages[at(n)])).collect()
}

fn show(passage: &Passage) -> Shown {
    // The heading is in the path.
    let body = passage
        .sentences
        .iter()
        .filter(|sentence| !passage.heading.contains(sentence.span));
    let mut text = String::new();
    for sentence in body {
        text.push_str(sentence.span.of(&passage.text));
        if text.chars().count() >= ENOUGH {
            break;
        }
    }
    if text.is_empty() {
        text.clone_from(&passage.text);
    }
    Shown {
        path: passage.path.iter().map(|part| cut(part, CHARS)).collect(),
        text: cut(&text, CHARS),
    }
}

/// `text` in at most `chars` characters, the last one … where something is left out.
pub(super) fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        None => text.to_owned(),
        Some(_) => {
            let kept = text.chars().take(chars - 1);
            kept.chain(['…']).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;

    #[test]
    fn ten_passages_from_the_first_to_the_last_are_shown() {
        let loaded = corpus::embedded().expect("it is sound");
        let document = &loaded.corpus.documents[0];
        let shown = of(document);
        assert_eq!(shown.len(), 10);
        assert!(document.passages[0].text.starts_with(&shown[0].text));
        let last = document.passages.last().expect("it has some");
        assert_eq!(shown[9].path, last.path);
        assert!(shown.iter().all(|shown| !shown.text.is_empty()));
        assert!(shown.iter().all(|s| s.text.chars().count() <= CHARS));
    }

    #[test]
    fn a_short_document_is_shown_whole() {
        let text =
            "---\ntitle: 甲办法\nkind: document\n---\n\n# 甲办法\n\n第一条 每人每月发放100元。\n";
        let loaded = corpus::load_texts(&[("a.md", text)]).expect("it is sound");
        let shown = of(&loaded.corpus.documents[0]);
        assert_eq!(shown.len(), 1);
        assert!(shown[0].text.contains("每人每月发放100元。"));
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(cut("一二三", 3), "一二三");
        assert_eq!(cut("一二三四", 3), "一二…");
    }
}
