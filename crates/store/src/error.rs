//! Why something was not kept or read.

use std::{io::ErrorKind, path::PathBuf};

/// Why the store did not do what was asked. Messages are for administrators; none repeats a secret, an
/// address with its password, or what somebody typed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program has the file open.
    #[error(
        "数据文件 {} 正被另一个 wenzheng 使用。一个数据文件夹只能由一个服务使用：请先停止另一个，或用 data.dir 指定别的文件夹。",
        .0.display()
    )]
    InUse(PathBuf),
    /// The file lies on a network drive, where locks do not hold.
    #[error(
        "数据文件夹 {} 在网络盘上，数据库放在那里会损坏。请用 data.dir 指定本机硬盘上的文件夹；几台机器要共用数据时，请用 store.url 指定 PostgreSQL。",
        .0.display()
    )]
    NetworkDrive(PathBuf),
    /// A newer program wrote it.
    #[error(
        "数据库的版本（{found}）比这个程序认识的（{known}）新。请换用较新的 wenzheng；旧程序不会改动它。"
    )]
    Newer {
        /// The newest migration that was applied.
        found: i64,
        /// The newest migration of this program.
        known: i64,
    },
    /// The address is not that of a PostgreSQL.
    #[error("store.url 应写成 postgres://用户@主机/数据库 这样")]
    Address,
    /// The database refuses or cannot be reached.
    #[error("数据库出错：{0}")]
    Database(String),
    /// The disk refuses.
    #[error("数据文件夹不能读写：{0}")]
    Disk(String),
    /// There is no room left where the database lies.
    #[error("数据库所在的硬盘满了，请清理出空间")]
    Full,
    /// Where the database lies, it can be read only.
    #[error("数据库所在的硬盘现在只能读，不能写")]
    ReadOnly,
    /// The database does not answer.
    #[error("现在连不上数据库（或者它太忙），恢复后会自动连接")]
    Away,
    /// What is stored is not what was written.
    #[error("数据库里的内容有损坏：{0}")]
    Damaged(String),
    /// Somebody else was faster: what an act was prepared against is not what is live.
    #[error("已被{by}修改，请重新查看")]
    Outrun {
        /// Who made the live edition.
        by: String,
    },
}

impl StoreError {
    /// True when it may pass by itself: the disk or the server refuses, and nobody has to decide anything.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Database(_) | Self::Disk(_) | Self::Full | Self::ReadOnly | Self::Away
        )
    }

    /// What an error code says that people can do something about: five characters of PostgreSQL, or an
    /// extended number of SQLite, whose last byte is the kind.
    fn of_code(code: &str) -> Option<Self> {
        /// SQLite has no room for its index of the log.
        const NO_ROOM_FOR_SHM: u32 = 4874;
        match code {
            "53100" => return Some(Self::Full),
            "25006" => return Some(Self::ReadOnly),
            "57P01" | "57P02" | "57P03" => return Some(Self::Away),
            other if other.len() == 5 => return None,
            _ => {}
        }
        let number: u32 = code.parse().ok()?;
        match (number, number & 0xff) {
            (NO_ROOM_FOR_SHM, _) | (_, 13) => Some(Self::Full),
            (_, 8) => Some(Self::ReadOnly),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    /// The database's own words without what may stand behind them (values, addresses).
    fn from(error: sqlx::Error) -> Self {
        Self::Database(match error {
            sqlx::Error::Database(error) => match error.code() {
                Some(code) => match Self::of_code(&code) {
                    Some(known) => return known,
                    None => format!("{} ({code})", error.message()),
                },
                None => error.message().to_owned(),
            },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => return Self::Away,
            sqlx::Error::PoolClosed => "连接已关闭".to_owned(),
            sqlx::Error::Tls(_) => "TLS".to_owned(),
            sqlx::Error::Configuration(_) => "设置".to_owned(),
            _ => "请求没有完成".to_owned(),
        })
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            other => Self::Disk(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    /// Of text that was written by this program, so that it is damaged.
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
