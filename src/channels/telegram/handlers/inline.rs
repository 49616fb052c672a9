//! Inline mode: `@bot 一核三带` in any chat offers the definition, then passages that answer the query.

use std::collections::HashSet;

use teloxide::types::{ChatId, InlineQuery, Me};

use super::{sender::request_of, state::Handlers};
use crate::{
    answer::{Answer, Script},
    assistant::{Snapshot, TermHint},
    channels::{
        telegram::{
            callback::ScriptChoice,
            delivery::{self, InlineAnswer, TelegramBot},
            render::inline::{self as cards, Card, CardStyle},
            wording as words,
        },
        wording::in_script,
    },
    corpus::LibraryError,
    service::{Act, Outcome, Refusal, Reply, Suggested},
};

/// Number of cards per page; Telegram allows 50, people look at the first few.
const PAGE: usize = 20;
/// Maximum number of glossary entries, over all pages.
const TERMS: usize = 100;
/// Maximum number of passages.
const PASSAGES: usize = 8;
/// How long Telegram may cache an answer, in seconds. A reload takes this long to show.
const CACHE_S: u32 = 300;
/// The same for an empty answer, which may soon be outdated.
const CACHE_NOTHING_S: u32 = 30;

impl Handlers {
    /// Answers an inline query.
    ///
    /// # Errors
    /// A [`Refusal`] after which the query is still unanswered.
    pub(super) async fn inline(
        &self,
        bot: &TelegramBot,
        query: &InlineQuery,
        me: &Me,
    ) -> Result<(), Refusal> {
        let suggest = Act::Suggest {
            typed: query.query.trim().to_owned(),
            terms: TERMS,
            questions: 0,
            citations: PASSAGES,
        };
        let request = request_of(query.from.id, suggest);
        let answer = match self.request(request).await {
            Ok(reply) => self.offer(query, me, &reply)?,
            // Cached for this user only, and not for long.
            Err(Refusal::TooFast { .. }) => InlineAnswer {
                personal: true,
                cache_s: 5,
                ..InlineAnswer::default()
            },
            Err(refusal) => return Err(refusal),
        };
        tracing::debug!(hits.count = answer.cards.len(), "inline query answered");
        delivery::answer_inline(bot, &query.id, answer).await;
        Ok(())
    }

    fn offer(
        &self,
        query: &InlineQuery,
        me: &Me,
        reply: &Reply,
    ) -> Result<InlineAnswer, LibraryError> {
        let Outcome::Suggested(Suggested { terms, answer, .. }) = &reply.outcome else {
            return Ok(InlineAnswer::default());
        };
        // The id of a private chat is that of its user.
        let own_chat = i64::try_from(query.from.id.0).map(ChatId);
        let chosen = own_chat.map_or(ScriptChoice::Auto, |chat| self.chosen(chat));
        let asked_in = answer
            .as_ref()
            .map_or(Script::Simplified, |answer| answer.script);
        let script = match chosen {
            ScriptChoice::Always(script) => script,
            ScriptChoice::Auto => asked_in,
        };
        let style = CardStyle {
            script,
            username: me.user.username.as_deref().unwrap_or_default(),
            deployment: &self.deployment,
        };
        let snapshot = &reply.snapshot;
        let mut all = term_cards(snapshot, terms, &style)?;
        if let Some(answer) = answer {
            all.extend(passages(snapshot, answer, &style)?);
        }
        let mut ids = HashSet::new();
        all.retain(|card| ids.insert(card.id.clone()));
        let nothing = all.is_empty();
        let (cards, next_offset) = page(all, &query.offset);
        Ok(InlineAnswer {
            cards,
            cache_s: if nothing { CACHE_NOTHING_S } else { CACHE_S },
            personal: chosen != ScriptChoice::Auto,
            next_offset,
            button: nothing.then(|| in_script(words::INLINE_NOTHING, script).into_owned()),
        })
    }
}

/// Cards of the suggested glossary entries.
fn term_cards(
    snapshot: &Snapshot,
    terms: &[TermHint],
    style: &CardStyle<'_>,
) -> Result<Vec<Card>, LibraryError> {
    // All of them are served: the snapshot is the one that was looked through.
    let entries = snapshot.passages(terms.iter().map(|hint| &hint.passage), terms.len())?;
    let cards = terms
        .iter()
        .zip(&entries)
        .map(|(hint, (document, entry))| cards::term(&hint.name, document, entry, style));
    Ok(cards.collect())
}

/// Cards of the quotes that answer; for a definition, also of the passages that use the term.
fn passages(
    snapshot: &Snapshot,
    answer: &Answer,
    style: &CardStyle<'_>,
) -> Result<Vec<Card>, LibraryError> {
    let quotes = answer.citations.iter();
    let mut all: Vec<Card> = quotes.map(|quote| cards::passage(quote, style)).collect();
    if answer.kind.defines() {
        let further = snapshot.passages(&answer.related, answer.related.len())?;
        let further = further.iter();
        all.extend(further.map(|(document, found)| cards::whole_passage(document, found, style)));
    }
    Ok(all)
}

/// One page of cards and the offset of the next; an invalid offset stands for the first page.
fn page(mut cards: Vec<Card>, offset: &str) -> (Vec<Card>, String) {
    let start = offset.parse().unwrap_or(0).min(cards.len());
    let end = (start + PAGE).min(cards.len());
    let next = if end < cards.len() {
        end.to_string()
    } else {
        String::new()
    };
    cards.truncate(end);
    (cards.split_off(start), next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(count: usize) -> Vec<Card> {
        let card = |n: usize| Card {
            id: n.to_string(),
            title: "题".into(),
            description: String::new(),
            message: crate::channels::telegram::render::Rendered::default(),
        };
        (0..count).map(card).collect()
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        let mut seen = Vec::new();
        let mut offset = String::new();
        loop {
            let (shown, next) = page(cards(45), &offset);
            assert!(shown.len() <= PAGE);
            seen.extend(shown.into_iter().map(|card| card.id));
            if next.is_empty() {
                break;
            }
            offset = next;
        }
        let all: Vec<String> = (0..45).map(|n| n.to_string()).collect();
        assert_eq!(seen, all);
    }

    #[test]
    fn an_offset_from_elsewhere_is_no_panic() {
        for offset in ["x", "-1", "99999", "18446744073709551615"] {
            let _ = page(cards(3), offset);
        }
        assert_eq!(page(cards(3), "99").0, []);
    }
}
