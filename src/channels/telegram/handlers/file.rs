//! Files that editors send.

use futures::TryStreamExt as _;
use teloxide::{net::Download as _, requests::Requester as _, types::Document};

use super::{response::Response, sender::Sender, state::Handlers};
use crate::{
    admin,
    channels::{telegram::delivery::TelegramBot, wording},
    service::Refusal,
    upload::{self, Spool, SpoolError, Waiting},
};

/// Bytes of a file that a bot may fetch, see `getFile` in the Bot API.
const MOST: u32 = 20 * 1024 * 1024;

impl Handlers {
    /// The response to a file of somebody who may put files in; `None` for everybody else, whose files are
    /// not fetched.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn file(
        &self,
        bot: &TelegramBot,
        sender: &Sender,
        document: &Document,
    ) -> Result<Option<Response>, Refusal> {
        let Some(spool) = self.spool_for(sender.caller()) else {
            let lacks = self.lacks_store(sender.caller());
            let no_store = || wording::admin::outcome(&admin::Outcome::NoStore);
            return Ok(lacks.then(|| self.note(sender.target.chat, &no_store()).into()));
        };
        let text = match fetch(bot, sender, document, &spool).await {
            Ok(file) => {
                let outcome = self.take(sender.caller(), vec![file]).await?;
                wording::admin::outcome(&outcome)
            }
            Err(error) => upload::wording::not_kept(&error),
        };
        Ok(Some(self.note(sender.target.chat, &text).into()))
    }
}

/// Fetches a file into the spool.
async fn fetch(
    bot: &TelegramBot,
    sender: &Sender,
    document: &Document,
    spool: &Spool,
) -> Result<Waiting, SpoolError> {
    if document.file.size > MOST {
        return Err(SpoolError::FileTooLarge { most: MOST.into() });
    }
    let file = bot.get_file(document.file.id.clone()).await;
    let file = file.map_err(|_| SpoolError::Broken)?;
    let pieces = bot.download_file_stream(&file.path);
    let pieces = pieces.map_err(|_| SpoolError::Broken);
    let name = document.file_name.as_deref().unwrap_or("文件");
    let editor = sender.target.chat.to_string();
    spool.keep(&editor, name, pieces).await
}
