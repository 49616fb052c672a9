//! Introduces the bot to Telegram: checks the token, selects polling or webhook, sets the command
//! menus.

use secrecy::ExposeSecret;
use teloxide::{
    ApiError, Bot, RequestError,
    payloads::SetMyCommandsSetters as _,
    requests::Requester,
    types::{BotCommandScope, ChatId, Me, Recipient},
};
use tokio::time::sleep;

use super::{
    commands::Menu,
    delivery::{
        TelegramBot,
        failure::{kind, pause},
    },
    settings::{TelegramError, TelegramSettings, Updates},
};

/// Builds the bot, without connecting.
///
/// # Errors
/// [`TelegramError::ApiUrl`].
pub(super) fn bot(settings: &TelegramSettings) -> Result<TelegramBot, TelegramError> {
    let bad_address = || TelegramError::ApiUrl(settings.api_url.clone());
    // teloxide panics on addresses without a host (mailto:…).
    if !settings.api_url.starts_with("http") {
        return Err(bad_address());
    }
    let address = settings.api_url.parse().map_err(|_| bad_address())?;
    Ok(Bot::new(settings.token.expose_secret()).set_api_url(address))
}

/// Connects to Telegram, retrying until it succeeds; returns who the bot is.
pub(super) async fn connect(bot: &TelegramBot, updates: &Updates, admin_menus: &[u64]) -> Me {
    let mut failures = 0;
    loop {
        let error = match introduce(bot, updates, admin_menus).await {
            Ok(me) => return me,
            Err(error) => error,
        };
        let delay = pause(failures);
        let reason = kind(&error);
        let retry_s = delay.as_secs();
        if matches!(error, RequestError::Api(ApiError::InvalidToken)) {
            tracing::error!(
                retry_s,
                "telegram does not know this token; please check TELOXIDE_TOKEN"
            );
        } else {
            tracing::warn!(reason, retry_s, "telegram cannot be reached");
        }
        sleep(delay).await;
        failures += 1;
    }
}

async fn introduce(
    bot: &TelegramBot,
    updates: &Updates,
    admin_menus: &[u64],
) -> Result<Me, RequestError> {
    let me = bot.get_me().await?;
    match updates {
        Updates::Webhook(webhook) => webhook.set(bot).await?,
        // Polling is refused while a webhook is set.
        Updates::Polling => {
            if bot.get_webhook_info().await?.url.is_some() {
                bot.delete_webhook().await?;
                tracing::warn!("the telegram webhook of this bot was removed: polling needs that");
            }
        }
    }
    show_menus(bot, admin_menus).await;
    let name = me.user.username.as_deref().unwrap_or_default();
    tracing::info!(bot = name, "telegram is connected");
    if !me.supports_inline_queries {
        tracing::info!("inline mode is off for this bot; @BotFather turns it on (/setinline)");
    }
    Ok(me)
}

/// Sets the command menus. The bot works without them.
async fn show_menus(bot: &TelegramBot, admin_menus: &[u64]) {
    let private = bot.set_my_commands(Menu::Private.commands());
    complain(private.await);
    let groups = bot
        .set_my_commands(Menu::Group.commands())
        .scope(BotCommandScope::AllGroupChats);
    complain(groups.await);
    for user in admin_menus {
        let Ok(chat) = i64::try_from(*user) else {
            continue;
        };
        let chat_id = Recipient::Id(ChatId(chat));
        let menu = bot
            .set_my_commands(Menu::Admin.commands())
            .scope(BotCommandScope::Chat { chat_id });
        match menu.await {
            // An administrator who has not written to the bot yet.
            Err(RequestError::Api(ApiError::ChatNotFound)) => {}
            other => complain(other),
        }
    }
}

fn complain<T>(outcome: Result<T, RequestError>) {
    if let Err(error) = outcome {
        let reason = kind(&error);
        tracing::warn!(reason, "telegram did not take the list of commands");
    }
}
