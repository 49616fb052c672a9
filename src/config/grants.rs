//! `admin.grants`: who has which role, a line each.

use crate::staff::{Grant, Role};

/// A role by the settings: `telegram:12345678 editor 小李 通渭县`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantLine {
    /// `telegram`, `wechat_oa` or `wecom`.
    pub channel: &'static str,
    /// The id on that platform.
    pub account: String,
    /// What the office calls them.
    pub name: String,
    /// What they may do.
    pub grant: Grant,
}

impl GrantLine {
    pub(super) const EXPECTED: &'static str = "一个人的权限，应写成“telegram:编号 editor 姓名 地方”这样，角色是 owner、editor 或 viewer，地方可以不写";

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (channel, account) = words.next()?.split_once(':')?;
        let channel = ["telegram", "wechat_oa", "wecom"]
            .into_iter()
            .find(|it| *it == channel)?;
        let role = Role::parse(words.next()?)?;
        let name = words.next()?.to_owned();
        (!account.is_empty()).then(|| Self {
            channel,
            account: account.to_owned(),
            name,
            grant: Grant {
                role,
                places: words.map(str::to_owned).collect(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_platform_role_name_and_places() {
        let line = GrantLine::read("wecom:zhangsan 编辑 张三 通渭县 陇西县").expect("a grant");
        assert_eq!((line.channel, line.account.as_str()), ("wecom", "zhangsan"));
        assert_eq!(line.grant.role, Role::Editor);
        assert_eq!(line.grant.places, ["通渭县", "陇西县"]);
        for wrong in [
            "",
            "zhangsan editor 张三",
            "qq:1 editor 张三",
            "wecom:1 boss 张三",
            "wecom: editor x",
        ] {
            assert_eq!(GrantLine::read(wrong), None, "{wrong}");
        }
    }
}
