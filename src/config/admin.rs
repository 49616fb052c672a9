//! `[admin]`: who may administer, and from where.

use std::net::SocketAddr;

use ipnet::IpNet;
use secrecy::SecretString;

use super::{
    grants::GrantLine,
    http::{NETWORK, network},
    reader::Reader,
};

/// `[admin]`
#[derive(Debug, Clone)]
pub struct Admin {
    /// Telegram user ids that may use the commands of administrators.
    pub telegram_users: Vec<u64>,
    /// OpenIDs of the official account that may.
    pub wechat_openids: Vec<String>,
    /// WeCom user ids that may.
    pub wecom_users: Vec<String>,
    /// Others, with what they may do.
    pub grants: Vec<GrantLine>,
    /// What an editor changes goes live only when somebody else confirms it.
    pub second_person: bool,
    /// The questions of the program are asked before a change goes live.
    pub replay_shipped: bool,
    /// Networks from which the console can be opened.
    pub allow: Vec<IpNet>,
    /// Where the console alone is served; `None` where all else is.
    pub listen: Option<SocketAddr>,
    /// Signing in without encryption is let through.
    pub plain_http: bool,
    /// People may leave questions for a person: set, or there is somewhere to post them.
    pub takes_tickets: bool,
    /// The Telegram group to which questions for a person are posted.
    pub staff_group: Option<i64>,
    /// The address of a WeCom group robot that tells owners and staff; a secret, since whoever knows it can
    /// write there.
    pub wecom_robot: Option<SecretString>,
}

impl Reader<'_> {
    pub(super) fn admin(&mut self) -> Option<Admin> {
        let user_id = |text: &str| text.parse().ok();
        let expected = "用户编号，应写一个数字";
        let telegram_users = self.list("admin.telegram_users", expected, user_id);
        let wechat_openids = self.texts("admin.wechat_openids");
        let wecom_users = self.texts("admin.wecom_users");
        let grants = self.list("admin.grants", GrantLine::EXPECTED, GrantLine::read);
        let second_person = self.get("admin.second_person");
        let replay_shipped = self.get("admin.replay_shipped");
        let allow = self.list("admin.allow", NETWORK, network);
        let listen = self.console_address();
        let plain_http = self.get("admin.plain_http");
        let staff_group = self.parsed::<i64>("admin.staff_group", "群的编号，0 表示没有");
        let tickets: Option<bool> = self.get("admin.tickets");
        let staff_group = staff_group.map(|id| Some(id).filter(|id| *id != 0));
        let wecom_robot = self.secret("admin.wecom_robot");
        let is_told = staff_group.flatten().is_some() || wecom_robot.is_some();
        Some(Admin {
            telegram_users: telegram_users?,
            wechat_openids: wechat_openids?,
            wecom_users: wecom_users?,
            grants: grants?,
            second_person: second_person?,
            replay_shipped: replay_shipped?,
            allow: allow?,
            listen: listen?,
            plain_http: plain_http?,
            takes_tickets: tickets? || is_told,
            staff_group: staff_group?,
            wecom_robot,
        })
    }

    #[expect(clippy::option_option, reason = "a mistake differs from not set")]
    fn console_address(&mut self) -> Option<Option<SocketAddr>> {
        let text: String = self.get("admin.listen")?;
        if text.trim().is_empty() {
            return Some(None);
        }
        let expected = "地址和端口，应写成 10.1.2.3:8081 这样";
        self.parsed("admin.listen", expected).map(Some)
    }
}
