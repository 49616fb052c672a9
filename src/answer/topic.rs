//! What question and quote have in common, in words that may be said to people.

use super::mention::folded;
use crate::retrieval::Retriever;

/// The longest run of whole words, or else a word within them, of at least two characters, that
/// question and quote share: 贷款 of 大学贷款, 天然气 of 通天然气.
pub(super) fn shared(retriever: &Retriever, content: &str, quote: &str) -> Option<String> {
    let quote = folded(quote);
    let words = retriever.known_words(content);
    let starts: Vec<usize> = words.iter().map(|word| word.start).collect();
    let ends: Vec<usize> = words.iter().map(|word| word.end).collect();
    let mut best = "";
    for (start, _) in content.char_indices() {
        for (last, c) in content[start..].char_indices() {
            let end = start + last + c.len_utf8();
            let piece = &content[start..end];
            if !quote.contains(piece) {
                break;
            }
            let whole = starts.contains(&start) && ends.contains(&end);
            if piece.len() > best.len() && (whole || retriever.knows(piece)) {
                best = piece;
            }
        }
    }
    best.chars().nth(1).is_some().then(|| best.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::Town;

    #[test]
    fn the_topic_is_the_longest_stretch_that_question_and_quote_share() {
        let town = Town::with("去年新建村道12公里。去年给老人发放高龄补贴。");
        let topic = |content: &str, quote: &str| shared(&town.retriever, content, quote);
        assert_eq!(
            topic("高龄补贴 发放", "给老人发放“高龄补贴”。").as_deref(),
            Some("高龄补贴")
        );
        assert_eq!(topic("新建村道", "村道与水渠").as_deref(), Some("村道"));
        // The first of two equally long ones.
        assert_eq!(topic("村道 水渠", "水渠与村道").as_deref(), Some("村道"));
        assert_eq!(topic("村 道", "村道"), None);
        assert_eq!(topic("", "村道"), None);
    }
}
