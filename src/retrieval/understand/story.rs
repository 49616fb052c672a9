//! What a message tells before it asks: 才来石门做工，租的房子太贵，公租房咋申请.

use super::{
    lexicon::{IntentList, Lexicon},
    rarity,
};
use crate::text::{Pattern, han::is_han, segment::Segmenter};

/// What a word counts that stands only in what is told.
pub(super) const TOLD: f32 = 0.5;
/// Asks which of two is so.
static EITHER: Pattern =
    Pattern::new("[能会给要让可](不[能会给要让可]|否)|可不可以|有没有|是不是|了没有$");
/// What tells something has at least so many characters: 停车位 加在哪些街道 tells nothing beside.
const STORY: usize = 5;
/// And behind the question: 写材料用.
const PURPOSE: usize = 3;
/// A noun at least so rare says what is asked about.
const MATTER: f32 = 0.4;

/// True for a folded text that asks which of two is so: 能不能, 有没有, 修了没有.
#[must_use]
pub fn asks_either(folded: &str) -> bool {
    EITHER.is_match(folded)
}

/// The part of a folded message that asks, with what stands before it when it names nothing that may
/// be found; `None` when all of the message asks, or nothing of it. `is_told` is true for what
/// passages speak of.
pub(super) fn asking_part(
    folded: &str,
    lexicon: &Lexicon,
    segmenter: &Segmenter,
    is_told: impl Fn(&str) -> bool,
) -> Option<String> {
    let pieces = pieces(folded);
    let asks =
        |piece: &&str| lexicon.intents().matches(IntentList::Asking, piece) || asks_either(piece);
    let mut asking = pieces.iter().enumerate().filter(|(_, piece)| asks(piece));
    let (at, piece) = asking.next()?;
    if asking.next().is_some() {
        return None;
    }
    let names = |word: &str| {
        word.chars().nth(1).is_some()
            && !lexicon.is_question_word(word)
            && !lexicon.is_leaning(word)
            && segmenter.is_noun(word)
            && segmenter.knows(word)
            && rarity(word) >= MATTER
            && is_told(word)
    };
    let mut everyday = lexicon.everyday_words(piece).into_iter();
    let everyday = everyday.any(|word| !lexicon.is_leaning(word.span.of(piece)));
    let mut words = segmenter.words(piece).into_iter();
    let first = if everyday || words.any(|word| names(word.of(piece))) {
        at
    } else {
        at.saturating_sub(1)
    };
    let length = |pieces: &[&str]| {
        pieces
            .iter()
            .map(|piece| piece.chars().count())
            .sum::<usize>()
    };
    let tells = length(&pieces[..first]) >= STORY || length(&pieces[at + 1..]) >= PURPOSE;
    tells.then(|| pieces[first..=at].join(" "))
}

/// `folded` cut at its punctuation, and at blanks between Han characters.
fn pieces(folded: &str) -> Vec<&str> {
    let is_mark = |c: char| ",、;?!。:\n".contains(c);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let han = |c: Option<char>| c.is_some_and(is_han);
        if is_mark(c) || (c == ' ' && han(before) && han(next)) {
            pieces.push(folded[start..at].trim());
            start = at + c.len_utf8();
        }
        before = Some(c);
    }
    pieces.push(folded[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(folded: &str) -> Option<String> {
        let segmenter = Segmenter::with_words([]);
        asking_part(folded, &Lexicon::embedded(), &segmenter, |_| true)
    }

    #[test]
    fn what_is_told_before_the_question_is_no_part_of_it() {
        assert_eq!(
            asking("我在石门打工,租的房子贵,公租房咋申请").as_deref(),
            Some("公租房咋申请")
        );
        assert_eq!(
            asking("家里养了三十头牛 饲料涨价了 养牛贷款找谁").as_deref(),
            Some("养牛贷款找谁")
        );
    }

    #[test]
    fn a_question_that_names_nothing_needs_what_stands_before_it() {
        assert_eq!(
            asking("我在外地打工,想把低保办了,都要啥材料").as_deref(),
            Some("想把低保办了 都要啥材料")
        );
    }

    #[test]
    fn a_purpose_behind_the_question_is_no_part_of_it() {
        assert_eq!(
            asking("森林覆盖率要到多少,写材料用").as_deref(),
            Some("森林覆盖率要到多少")
        );
    }

    #[test]
    fn a_question_without_a_story_is_whole() {
        assert_eq!(asking("今年修几条路"), None);
        assert_eq!(
            asking("停车位 加在哪些街道"),
            None,
            "a follow-up, completed"
        );
        assert_eq!(asking("修几条路,花多少钱"), None, "two questions");
        assert_eq!(asking("庄里的路烂得很"), None);
    }
}
