//! Who a caller is: their role, and how the office knows them.

use wenzheng_store::Person;

use super::{
    acts::By,
    handler::Handler,
    request::{Account, Caller, Channel, ChannelKind, Request},
};
use crate::{
    admin::{Office, Wait},
    staff::{Actor, Role},
};

impl Handler {
    /// Returns the role of a caller; the only place that compares callers with administrators.
    pub(super) fn role(&self, caller: &Caller) -> Role {
        match self.acts.office.get() {
            _ if caller.channel.kind == ChannelKind::Operator => Role::Owner,
            Some(office) => {
                let person = person(office, caller.channel, &caller.account);
                office.grant_of(person).role
            }
            None if self.administrators.contains(caller) => Role::Owner,
            None => Role::Resident,
        }
    }

    /// The caller, or the person who is known by another id, as the office knows them, and how long they
    /// wait for what takes a while.
    pub(super) fn actor(&self, caller: &Caller, known: Option<Person>) -> Option<By> {
        let office = self.acts.office.get()?;
        let channel = caller.channel;
        let actor = match channel.kind {
            ChannelKind::Operator => Actor::at_the_machine(operator(channel), channel.name),
            _ => {
                let person = known.unwrap_or_else(|| person(office, channel, &caller.account));
                office.actor(person, channel.name)
            }
        };
        let wait = match channel.kind {
            ChannelKind::Operator | ChannelKind::Local => Wait::Whole,
            ChannelKind::Chat | ChannelKind::Web | ChannelKind::Tools => Wait::Moment,
        };
        Some(By {
            actor,
            wait,
            message: None,
        })
    }

    /// Who asks as the store knows them; `None` without one, and where an account is only a network
    /// address and nobody says who they are.
    pub(super) fn known_person(&self, request: &Request) -> Option<Person> {
        let office = self.acts.office.get()?;
        let caller = &request.caller;
        let account = match caller.channel.kind {
            ChannelKind::Chat => Some(&caller.account),
            ChannelKind::Web => request.person.as_ref(),
            ChannelKind::Tools | ChannelKind::Local | ChannelKind::Operator => None,
        };
        account.map(|account| person(office, caller.channel, account))
    }
}

/// Who acts at the machine itself.
fn operator(channel: Channel) -> &'static str {
    match channel {
        Channel::SOCKET => "控制台",
        Channel::WATCH => "文件夹检查",
        _ => "系统信号",
    }
}

/// An account as a store knows it.
fn person(office: &Office, channel: Channel, account: &Account) -> Person {
    let key = office.publisher().store().key();
    key.person(channel.name, account.for_digest())
}
