//! Watches what owners should hear of at once, and tells them beside the console: in WeCom; Telegram has a
//! listener of its own.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use reqwest::Client;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use tokio::{sync::broadcast::error::RecvError, time::sleep};
use wenzheng_store::{Span, StoreError, day_of, now};

use crate::{
    admin::{AlertKind, Office},
    service::Service,
};

/// How often everything is looked at.
const PERIOD: Duration = Duration::from_mins(1);
/// How long files may be left out before owners hear of it.
const DEGRADED: Duration = Duration::from_mins(10);
/// Bytes that should be free on the disk.
const FREE: u64 = 500 * 1024 * 1024;
/// Days that tell what is usual, and how many unanswered questions are far more than that.
const USUAL_DAYS: i64 = 14;
const TIMES_USUAL: i64 = 3;
/// Fewer unanswered questions a day are never too many.
const FEW: i64 = 20;
/// By the clock of China, in milliseconds east of Greenwich.
const CHINA: i64 = 8 * 3_600_000;
const DAY: i64 = 86_400_000;

/// Looks at the service every minute, forever; `data_dir` is the folder whose disk should not fill up.
pub(super) async fn watch(service: Service, data_dir: PathBuf) {
    let mut watched = Watched::default();
    loop {
        sleep(PERIOD).await;
        for (kind, text) in watched.look(&service, &data_dir) {
            tell(&service, kind, text).await;
        }
        if let Ok(Some(Some(text))) = service.with_office(too_many_unanswered).await {
            tell(&service, AlertKind::Unanswered, text).await;
        }
    }
}

async fn tell(service: &Service, kind: AlertKind, text: String) {
    let told = service.with_office(move |office| {
        office.alert(kind, &text);
        Ok(())
    });
    if told.await.is_err() {
        tracing::warn!(kind = kind.name(), "owners could not be told");
    }
}

/// What was so when it was looked last.
#[derive(Debug, Default)]
struct Watched {
    degraded_since: Option<Instant>,
    lost: u64,
}

impl Watched {
    fn look(&mut self, service: &Service, data_dir: &PathBuf) -> Vec<(AlertKind, String)> {
        let state = service.state();
        let mut alerts = Vec::new();
        match &state.degraded {
            None => self.degraded_since = None,
            Some(degraded) => {
                let since = *self.degraded_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= DEGRADED {
                    let files = degraded.files.len();
                    let text = format!(
                        "文件夹里有 {files} 个文件有错误，已经 10 分钟没有采用最新的内容。请看后台或发送 /corpus。"
                    );
                    alerts.push((AlertKind::Degraded, text));
                }
            }
        }
        let lost = state
            .records
            .map_or(0, |records| records.questions.lost + records.votes.lost);
        if lost > self.lost {
            let new = lost - self.lost;
            let text = format!(
                "数据库来不及写入，有 {new} 条提问或评价没有记下来；回答问题不受影响。请检查数据库和硬盘。"
            );
            alerts.push((AlertKind::Dropped, text));
        }
        self.lost = lost;
        if let Some(free) = free(data_dir).filter(|free| *free < FREE) {
            let megabytes = free / 1024 / 1024;
            let text =
                format!("服务器的硬盘只剩 {megabytes} MB，请尽快清理，否则提问和改动都存不下来。");
            alerts.push((AlertKind::Disk, text));
        }
        alerts
    }
}

/// Bytes free for us on the disk of `folder`; `None` where the system does not say.
fn free(folder: &PathBuf) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// What owners are told when far more questions than usual were not answered today.
fn too_many_unanswered(office: &Office) -> Result<Option<String>, StoreError> {
    let now = now();
    let span = Span {
        from: day_of(now - USUAL_DAYS * DAY, CHINA),
        until: day_of(now, CHINA),
        ..Span::default()
    };
    let counts = office.day_counts(&span)?;
    let today = &span.until;
    let of = |is_today: bool| -> i64 {
        let counts = counts.iter().filter(|count| count.status == "not_found");
        let counts = counts.filter(|count| (count.day == *today) == is_today);
        counts.map(|count| count.number).sum()
    };
    let days = counts
        .iter()
        .map(|count| &count.day)
        .filter(|day| *day != today);
    let days = days.collect::<std::collections::BTreeSet<_>>().len();
    Ok(is_far_more(of(true), of(false), days).then(|| {
        let usual = of(false) / i64::try_from(days).unwrap_or(1).max(1);
        format!(
            "今天已有 {} 个问题没有找到答案，平常一天大约 {usual} 个。请看后台“没答好的问题”。",
            of(true)
        )
    }))
}

/// True when `today` is far more than usual, by what there was on `days` days before.
fn is_far_more(today: i64, before: i64, days: usize) -> bool {
    let days = i64::try_from(days).unwrap_or(i64::MAX);
    days > 0 && today >= FEW && today.saturating_mul(days) > before.saturating_mul(TIMES_USUAL)
}

/// Tells a WeCom group by its robot what owners hear, for as long as there is an office. The address is a
/// secret and stands in no error.
pub(super) async fn tell_wecom(service: Service, robot: SecretString) {
    let client = Client::builder().timeout(Duration::from_secs(10)).build();
    let Ok(client) = client else { return };
    let mut alerts = loop {
        let listening = service.with_office(|office| Ok(office.listen_to_alerts()));
        match listening.await {
            Ok(Some(alerts)) => break alerts,
            _ => sleep(PERIOD).await,
        }
    };
    loop {
        let text = match alerts.recv().await {
            Ok(told) => told.text,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let message = json!({"msgtype": "text", "text": {"content": format!("【问政】{text}")}});
        let sent = client
            .post(robot.expose_secret())
            .json(&message)
            .send()
            .await;
        if let Err(error) = sent.and_then(reqwest::Response::error_for_status) {
            tracing::warn!(error = %error.without_url(), "the WeCom robot did not take a message");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_times_the_usual_is_far_more_and_a_few_are_not() {
        assert!(is_far_more(61, 280, 14));
        assert!(!is_far_more(60, 280, 14), "exactly three times");
        assert!(!is_far_more(19, 0, 14));
        assert!(is_far_more(20, 0, 3));
        assert!(
            !is_far_more(500, 0, 0),
            "nobody knows what is usual on the first day"
        );
    }

    #[test]
    fn the_disk_of_a_folder_has_some_bytes_free() {
        assert!(free(&std::env::temp_dir()).is_some());
        assert!(free(&PathBuf::from("/nowhere/at/all")).is_none());
    }
}
