//! Tells owners once a week how the week before went.

use std::time::Duration;

use tokio::time::sleep;
use wenzheng_store::now;

use crate::{channels::wording, service::Service};

/// How often it is looked whether it is time.
const PERIOD: Duration = Duration::from_mins(2);

/// Looks every few minutes, forever; whoever listens to alerts hears it.
pub(super) async fn watch(service: Service) {
    loop {
        sleep(PERIOD).await;
        let told = service.with_office(|office| {
            if let Some(digest) = office.weekly(now())? {
                tracing::info!("owners are told of the week before");
                office.tell_listeners(&wording::admin::digest(&digest));
            }
            Ok(())
        });
        // Why it was not told is in the log, and it stays due.
        let _ = told.await;
    }
}
