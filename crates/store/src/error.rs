//! Why something was not kept or read.

use std::path::PathBuf;

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

impl From<sqlx::Error> for StoreError {
    /// The database's own words without what may stand behind them (values, addresses).
    fn from(error: sqlx::Error) -> Self {
        Self::Database(match error {
            sqlx::Error::Database(error) => match error.code() {
                Some(code) => format!("{} ({code})", error.message()),
                None => error.message().to_owned(),
            },
            sqlx::Error::Io(error) => error.kind().to_string(),
            sqlx::Error::PoolTimedOut => "没有空闲的连接".to_owned(),
            sqlx::Error::PoolClosed => "连接已关闭".to_owned(),
            sqlx::Error::Tls(_) => "TLS".to_owned(),
            sqlx::Error::Configuration(_) => "设置".to_owned(),
            _ => "请求没有完成".to_owned(),
        })
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error.kind().to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    /// Of text that was written by this program, so that it is damaged.
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
