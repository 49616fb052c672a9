//! Pinned questions and notices.

use std::sync::Arc;

use wenzheng_store::{Notice, StoreError, now};

use super::{listed::ListedPin, office::Office, outcome::Outcome};
use crate::{
    answer::{Question, Status},
    replay::{Expected, ReplayQuestion},
    staff::Actor,
};

/// Characters of a quote that a pinned question asks for.
const QUOTE: usize = 40;

impl Office {
    /// Pins a question: from now on its answer must quote what it quotes now.
    pub(super) fn pin(&self, typed: &str, by: &Actor) -> Result<Outcome, StoreError> {
        let assistant = self.publisher.assistant();
        let Ok(answer) = assistant.answer(&Question::new(typed)) else {
            return Ok(Outcome::NotAnswered);
        };
        let Some(first) = answer
            .citations
            .first()
            .filter(|_| answer.status == Status::Answered)
        else {
            return Ok(Outcome::NotAnswered);
        };
        let quote: String = first.quote.chars().take(QUOTE).collect();
        let from = format!("《{}》", first.document_title);
        let number = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let id = now().to_string();
            let question = ReplayQuestion {
                gold: vec![quote.clone()],
                expected: Some(Expected::Answered),
                ..ReplayQuestion::pinned(id, typed)
            };
            let detail = serde_json::to_string(&question)?;
            let number = act.add_pin(typed, &detail, &by.signed()).await?;
            let after = format!("{number}：{typed} → {quote}");
            let entry = by.entry("pin", "done", String::new(), after);
            act.commit(&entry).await?;
            Ok(number)
        })?;
        Ok(Outcome::Pinned(number, from))
    }

    pub(super) fn unpin(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let removed = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let removed = act.remove_pin(number).await?;
            if removed {
                let entry = by.entry("unpin", "done", number.to_string(), String::new());
                act.commit(&entry).await?;
            }
            Ok(removed)
        })?;
        Ok(removed_or_nothing(removed))
    }

    pub(super) fn pins(&self) -> Result<Outcome, StoreError> {
        let pins = self.publisher.block_on(self.store().pins())?;
        let listed = pins.into_iter().map(|pin| ListedPin {
            fared: serde_json::from_str(&pin.replay).ok(),
            pin,
        });
        Ok(Outcome::Pins(listed.collect()))
    }

    pub(super) fn notice(
        &self,
        text: &str,
        from: Option<i64>,
        until: Option<i64>,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        let notice = Notice {
            number: 0,
            text: text.to_owned(),
            places: by.grant.places.clone(),
            from: from.unwrap_or_else(now),
            until,
            made_by: by.signed(),
            made_at: 0,
        };
        let number = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let number = act.add_notice(&notice).await?;
            let entry = by.entry("notice", "done", String::new(), format!("{number}：{text}"));
            act.commit(&entry).await?;
            Ok(number)
        })?;
        self.refresh_notices();
        Ok(Outcome::Noticed(number))
    }

    pub(super) fn end_notice(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let notices = self.publisher.block_on(self.store().notices())?;
        let notice = notices.iter().find(|notice| notice.number == number);
        let theirs = |notice: &Notice| {
            by.grant.places.is_empty()
                || (!notice.places.is_empty()
                    && notice.places.iter().all(|place| by.grant.covers(place)))
        };
        match notice {
            None => return Ok(Outcome::Nothing),
            Some(notice) if !theirs(notice) => {
                return Ok(Outcome::NotTheirs(notice.places.join("、")));
            }
            Some(_) => {}
        }
        let ended = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let ended = act.end_notice(number).await?;
            let entry = by.entry("notice", "done", number.to_string(), String::new());
            act.commit(&entry).await?;
            Ok(ended)
        })?;
        self.refresh_notices();
        Ok(removed_or_nothing(ended))
    }

    /// Reads the notices again that pages and chats show.
    pub(super) fn refresh_notices(&self) {
        match self.publisher.block_on(self.store().notices()) {
            Ok(notices) => self.notices.store(Arc::new(notices)),
            Err(error) => tracing::error!(%error, "notices not read"),
        }
    }

    /// The notices that are up at this moment.
    #[must_use]
    pub fn notices_up(&self) -> Vec<Notice> {
        let (now, all) = (now(), self.notices.load());
        let up =
            |notice: &&Notice| notice.from <= now && notice.until.is_none_or(|until| now < until);
        all.iter().filter(up).cloned().collect()
    }

    pub(super) fn notices(&self) -> Result<Outcome, StoreError> {
        let notices = self.publisher.block_on(self.store().notices())?;
        Ok(Outcome::Notices(notices))
    }
}

const fn removed_or_nothing(removed: bool) -> Outcome {
    match removed {
        true => Outcome::Removed,
        false => Outcome::Nothing,
    }
}
