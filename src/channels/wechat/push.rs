//! Pushes of WeChat: messages and events.

use super::xml::Fields;

/// A message or an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Push {
    /// The account, which is the sender of the reply.
    pub(super) account: String,
    /// OpenID or WeCom user id; never logged.
    pub(super) person: String,
    /// Identifies the push: the same for all its deliveries.
    pub(super) key: String,
    /// What it is.
    pub(super) kind: Kind,
}

/// The kind of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Wrote.
    Text(String),
    /// A voice message, with its transcript if WeChat provides one.
    Voice(Option<String>),
    /// An event: followed, unfollowed, pressed a menu button …
    Event {
        /// In lower case: official accounts write CLICK, WeCom click.
        name: String,
        /// The key of the menu button or QR code.
        key: String,
    },
    /// A picture, location, link, video or an unknown kind.
    Other,
}

/// Maximum length of an id; real ones have 28 (OpenID) to 64 (WeCom) bytes.
const ID: usize = 128;

impl Push {
    /// Parses a push; `None` if `fields` are not one.
    pub(super) fn new(fields: &Fields) -> Option<Self> {
        let id = |name| fields.filled(name).filter(|id| id.len() <= ID);
        let account = id("ToUserName")?.to_owned();
        let person = id("FromUserName")?.to_owned();
        let created = fields.filled("CreateTime").unwrap_or_default();
        let name = fields.filled("Event").unwrap_or_default().to_lowercase();
        let event_key = fields.filled("EventKey").unwrap_or_default();
        // Events have no MsgId: WeChat's documentation recommends sender and time instead.
        let key = match id("MsgId") {
            Some(id) => format!("{person} {id}"),
            None => format!("{person} {created} {name} {event_key}"),
        };
        let kind = match fields.filled("MsgType")? {
            "text" => Kind::Text(fields.get("Content").unwrap_or_default().to_owned()),
            "voice" => Kind::Voice(fields.filled("Recognition").map(str::to_owned)),
            "event" => Kind::Event {
                name,
                key: event_key.to_owned(),
            },
            _ => Kind::Other,
        };
        Some(Self {
            account,
            person,
            key,
            kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::xml, *};

    fn push(fields: &str) -> Option<Push> {
        let xml = format!(
            "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName>\
             <CreateTime>7</CreateTime>{fields}</xml>"
        );
        Push::new(&xml::read(xml.as_bytes()).expect("well formed"))
    }

    fn kind(fields: &str) -> Kind {
        push(fields).expect("a push").kind
    }

    #[test]
    fn kinds_are_told_apart() {
        assert_eq!(
            kind("<MsgType>text</MsgType><Content><![CDATA[ 低保 ]]></Content>"),
            Kind::Text(" 低保 ".into())
        );
        assert_eq!(kind("<MsgType>text</MsgType>"), Kind::Text(String::new()));
        assert_eq!(
            kind("<MsgType>voice</MsgType><Recognition>低保。</Recognition>"),
            Kind::Voice(Some("低保。".into()))
        );
        assert_eq!(
            kind("<MsgType>voice</MsgType><Recognition/>"),
            Kind::Voice(None)
        );
        assert_eq!(
            kind("<MsgType>event</MsgType><Event>CLICK</Event><EventKey>/help</EventKey>"),
            Kind::Event {
                name: "click".into(),
                key: "/help".into()
            }
        );
        assert_eq!(kind("<MsgType>image</MsgType>"), Kind::Other);
    }

    #[test]
    fn what_names_no_sender_or_kind_is_no_push() {
        assert_eq!(push(""), None);
        let fields = xml::read(b"<xml><MsgType>text</MsgType></xml>").expect("well formed");
        assert_eq!(Push::new(&fields), None);
        let long = format!(
            "<xml><ToUserName>gh</ToUserName><FromUserName>{}</FromUserName><MsgType>text</MsgType></xml>",
            "o".repeat(200)
        );
        assert_eq!(
            Push::new(&xml::read(long.as_bytes()).expect("well formed")),
            None
        );
    }

    #[test]
    fn deliveries_of_one_push_share_a_key_and_others_do_not() {
        let key = |fields: &str| push(fields).expect("a push").key;
        let one = "<MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId>";
        assert_eq!(key(one), key(one));
        assert_ne!(
            key(one),
            key("<MsgType>text</MsgType><Content>a</Content><MsgId>2</MsgId>")
        );
        let click = |name| key(&format!("<MsgType>event</MsgType><Event>{name}</Event>"));
        assert_eq!(click("subscribe"), click("subscribe"));
        assert_ne!(click("subscribe"), click("unsubscribe"));
    }
}
