//! What it means: every section, validated.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};

use super::{Admin, Http, Semantic, Telegram, WechatOa, Wecom, reader::Reader};
use crate::staff::{OfficeTexts, TextName};

/// `[corpus]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFolder {
    /// Folder with the reports.
    pub dir: PathBuf,
    /// The place that leads when a question names none; may be empty.
    pub default_place: String,
    /// How often the folder is looked at for changes; `None` for never.
    pub watch: Option<Duration>,
}

/// `[privacy]`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Privacy {
    /// Days for which the text of questions is kept; 0 for not at all.
    pub question_days: u32,
    /// Minutes for which the questions of a conversation are remembered; 0 for not at all.
    pub conversation_minutes: u32,
    /// Days for which the audit is kept.
    pub audit_days: u32,
}

impl Privacy {
    /// How long the questions of a conversation are remembered.
    #[must_use]
    pub fn conversation(self) -> Duration {
        Duration::from_secs(60 * u64::from(self.conversation_minutes))
    }
}

/// `[store]` and `WENZHENG_STORE__KEY`
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// Address of a PostgreSQL; `None` for a file in the data folder.
    pub url: Option<SecretString>,
    /// What makes ids unreadable; `None` for the one in the data folder.
    pub key: Option<SecretString>,
}

/// `[answer]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLimits {
    /// Texts of the office, such as the telephone number for what the report does not say.
    pub texts: OfficeTexts,
    /// For people in despair; empty when there is no line of the place's own.
    pub crisis_line: String,
    /// File with the numbers to call for each concern; need not exist.
    pub hotlines: PathBuf,
    /// Questions are cut off after this many characters.
    pub question_chars: usize,
    /// Questions a person may ask within a minute.
    pub questions_per_minute: u32,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people on a terminal, for collectors otherwise.
    Auto,
    /// For people.
    Text,
    /// For collectors.
    Json,
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// In the syntax of tracing's `EnvFilter`.
    pub filter: String,
    /// Text or JSON.
    pub format: LogFormat,
}

/// Everything that can be set, validated.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `[http]`
    pub http: Http,
    /// `data.dir`: the folder for what the bot writes.
    pub data_dir: PathBuf,
    /// `[store]`
    pub store: StoreSettings,
    /// `[privacy]`
    pub privacy: Privacy,
    /// `[corpus]`
    pub corpus: CorpusFolder,
    /// `lexicon.dir`: the folder with the word lists.
    pub lexicon_dir: PathBuf,
    /// `ranking.file`: weights and thresholds; need not exist.
    pub ranking_file: PathBuf,
    /// `[telegram]`
    pub telegram: Telegram,
    /// `[wechat_oa]`; `None` without a token.
    pub wechat_oa: Option<WechatOa>,
    /// `[wecom]`; `None` without a token.
    pub wecom: Option<Wecom>,
    /// `[admin]`
    pub admin: Admin,
    /// `[answer]`
    pub answer: AnswerLimits,
    /// `[semantic]`
    pub semantic: Semantic,
    /// `[log]`
    pub log: Log,
}

impl Reader<'_> {
    pub(super) fn settings(&mut self, token: Option<SecretString>) -> Option<Settings> {
        let http = self.http();
        let data_dir = self.get("data.dir");
        let corpus_dir = self.get("corpus.dir");
        let default_place = self.get("corpus.default_place");
        let watch = self.parsed::<u32>("corpus.watch_seconds", "整数（秒），0 表示不检查");
        let lexicon_dir = self.get("lexicon.dir");
        let ranking_file = self.get("ranking.file");
        let public = http.as_ref().and_then(|http| http.public_url.as_deref());
        let telegram = self.telegram(token, public);
        let admin = self.admin();
        let store = self.store();
        let question_days = self.parsed("privacy.question_days", "整数（天）");
        let conversation_minutes = self.parsed("privacy.conversation_minutes", "整数（分钟）");
        let audit_days = self.parsed("privacy.audit_days", "整数（天）");
        let wechat_oa = self.wechat_oa();
        let wecom = self.wecom();
        let texts = self.office_texts();
        let crisis_line = self.get("answer.crisis_line");
        let hotlines = self.get("answer.hotlines");
        let question_chars = self.positive("answer.question_chars");
        let questions_per_minute = self.positive("answer.questions_per_minute");
        let semantic = self.semantic();
        let filter = self.get("log.filter");
        let format = self.one_of("log.format", &["auto", "text", "json"]);
        Some(Settings {
            http: http?,
            data_dir: data_dir?,
            corpus: CorpusFolder {
                dir: corpus_dir?,
                default_place: default_place?,
                watch: watch
                    .map(|seconds| Duration::from_secs(seconds.into()))
                    .map(|period| Some(period).filter(|period| !period.is_zero()))?,
            },
            lexicon_dir: lexicon_dir?,
            ranking_file: ranking_file?,
            wechat_oa: wechat_oa?,
            wecom: wecom?,
            telegram: telegram?,
            admin: admin?,
            store: store?,
            privacy: Privacy {
                question_days: question_days?,
                conversation_minutes: conversation_minutes?,
                audit_days: audit_days?,
            },
            answer: AnswerLimits {
                texts: texts?,
                crisis_line: crisis_line?,
                hotlines: hotlines?,
                question_chars: question_chars?,
                questions_per_minute: u32::try_from(questions_per_minute?).unwrap_or(u32::MAX),
            },
            semantic: semantic?,
            log: Log {
                filter: filter?,
                format: match format?.as_str() {
                    "text" => LogFormat::Text,
                    "json" => LogFormat::Json,
                    _ => LogFormat::Auto,
                },
            },
        })
    }
}

impl Reader<'_> {
    /// What somebody has written holds; what nobody has written can be changed while the program runs.
    fn office_texts(&mut self) -> Option<OfficeTexts> {
        let mut settings = BTreeMap::new();
        let mut fixed = BTreeSet::new();
        for name in TextName::ALL {
            let text: String = self.get(name.setting())?;
            settings.insert(name, text.trim().to_owned());
            if self.is_written(name.setting()) {
                fixed.insert(name);
            }
        }
        Some(OfficeTexts::new(settings, fixed))
    }

    fn store(&mut self) -> Option<StoreSettings> {
        let key = self.secret("store.key");
        let long = |key: &SecretString| key.expose_secret().chars().count() >= 32;
        if key.as_ref().is_some_and(|key| !long(key)) {
            self.complain(
                "store.key",
                "应至少有 32 个字符，例如用 openssl rand -hex 32 生成".into(),
            );
            return None;
        }
        let url: String = self.get("store.url")?;
        let url = url.trim();
        if !url.is_empty() && !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            // Not repeated: it may hold a password.
            let what = "应写成 postgres://用户@主机/数据库 这样；留空则用数据文件夹里的文件";
            self.complain("store.url", what.into());
            return None;
        }
        Some(StoreSettings {
            url: (!url.is_empty()).then(|| SecretString::from(url)),
            key,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{config::Sources, staff::TextName};

    #[test]
    fn the_shipped_file_is_valid_and_complete() {
        let settings = Sources::default().settings().expect("defaults are valid");
        assert_eq!(settings.http.listen.port(), 8080);
        assert_eq!(settings.http.public_url, None);
        assert!(settings.http.widget_origins.is_empty() && settings.http.cors_origins.is_empty());
        assert_eq!(settings.answer.texts.get(TextName::Hotline), "12345");
        assert!(settings.admin.telegram_users.is_empty());
        assert!(settings.telegram.token.is_none());
    }
}
