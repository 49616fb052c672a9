//! Rate limits per caller.

use std::{
    collections::{HashMap, VecDeque},
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;

use super::{
    reply::Refusal,
    request::{Account, Act, Caller, Channel, ChannelKind, Command},
};
use crate::admin;

const WINDOW: Duration = Duration::from_mins(1);
/// Callers remembered per channel and class; the least recently seen is evicted. Enough for 12,000
/// addresses a minute, of which none is forgotten before its minute is over.
const CALLERS: NonZeroUsize = NonZeroUsize::new(16_384).expect("not zero");

/// Commands and buttons per minute in a chat, each of which costs a message.
const ACTS: u32 = 60;
/// Inline queries per minute in a chat: clients send one at every pause in typing.
const CHAT_TYPING: u32 = 120;
/// Completions per question on a web page.
const HINTS_PER_QUESTION: u32 = 10;
/// Tool calls per question: a program initializes, lists the tools, then asks.
const CALLS_PER_QUESTION: u32 = 3;

/// A class of requests that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Questions, definitions, searches.
    Ask,
    /// Commands, buttons, passages and lists.
    Act,
    /// Completions while typing.
    TypeAhead,
    /// Votes, which do not use up questions.
    Vote,
    /// Seeing and erasing what is kept of whoever asks.
    MyData,
    /// Requests by programs, of any content.
    ToolCall,
}

impl Class {
    pub(super) const fn of(act: &Act) -> Self {
        match act {
            Act::Ask { .. } | Act::Judge { .. } | Act::Define { .. } | Act::Search { .. } => {
                Self::Ask
            }
            Act::Suggest { .. } => Self::TypeAhead,
            Act::Vote(_) => Self::Vote,
            Act::Command(Command::Admin(admin::Command::MyData | admin::Command::ForgetMe)) => {
                Self::MyData
            }
            Act::Pick(_) | Act::Read(_) | Act::List(_) | Act::Command(_) => Self::Act,
        }
    }

    /// Returns the limit per minute where `questions` may be asked; `None` for no limit.
    const fn per_minute(self, kind: ChannelKind, questions: u32) -> Option<u32> {
        match (kind, self) {
            (ChannelKind::Chat | ChannelKind::Web, Self::Ask) => Some(questions),
            (ChannelKind::Chat, Self::Act | Self::Vote | Self::MyData) => Some(ACTS),
            (ChannelKind::Chat, Self::TypeAhead) => Some(CHAT_TYPING),
            (ChannelKind::Web, Self::Vote | Self::MyData) => Some(questions),
            (ChannelKind::Web, Self::TypeAhead) => {
                Some(questions.saturating_mul(HINTS_PER_QUESTION))
            }
            (_, Self::ToolCall) => Some(questions.saturating_mul(CALLS_PER_QUESTION)),
            // Pages are free, and calls of tools were counted as such.
            (ChannelKind::Web, Self::Act)
            | (
                ChannelKind::Tools | ChannelKind::Local | ChannelKind::Operator,
                Self::Ask | Self::Act | Self::TypeAhead | Self::Vote | Self::MyData,
            ) => None,
        }
    }
}

/// Counts the requests of each caller over a sliding minute.
///
/// No 60 seconds contain more than the allowed number. (A token bucket would let twice as many through
/// in the first minute.)
///
/// A count looks at its caller only: it takes as long with one caller as with as many as are remembered.
#[derive(Debug)]
pub(super) struct Pace {
    questions_per_minute: u32,
    counted: Mutex<HashMap<(Channel, Class), LruCache<Account, Recent>>>,
}

#[derive(Debug, Default)]
struct Recent {
    /// The times of the requests within the last minute, oldest first.
    done: VecDeque<Instant>,
    /// True once the caller was notified.
    notified: bool,
}

impl Pace {
    /// Allows each caller `questions_per_minute` questions per minute, at least one.
    pub(super) fn new(questions_per_minute: u32) -> Self {
        Self {
            questions_per_minute,
            counted: Mutex::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Refusal::TooFast`] if it exceeds the limit; it is then not counted.
    pub(super) fn count(&self, caller: &Caller, class: Class, now: Instant) -> Result<(), Refusal> {
        let Some(allowed) = class.per_minute(caller.channel.kind, self.questions_per_minute) else {
            return Ok(());
        };
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let callers = counted
            .entry((caller.channel, class))
            .or_insert_with(|| LruCache::new(CALLERS));
        let recent = callers.get_or_insert_mut_ref(&caller.account, Recent::default);
        let fresh = |at: &Instant| now.duration_since(*at) < WINDOW;
        while recent.done.front().is_some_and(|at| !fresh(at)) {
            recent.done.pop_front();
        }
        let allowed = usize::try_from(allowed).unwrap_or(usize::MAX).max(1);
        if recent.done.len() < allowed {
            recent.done.push_back(now);
            recent.notified = false;
            return Ok(());
        }
        Err(Refusal::TooFast {
            wait: WINDOW,
            first: !std::mem::replace(&mut recent.notified, true),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(account: &str) -> Caller {
        Caller::new(Channel::TELEGRAM, account)
    }

    fn too_fast(first: bool) -> Result<(), Refusal> {
        Err(Refusal::TooFast {
            wait: WINDOW,
            first,
        })
    }

    #[test]
    fn who_asks_too_fast_is_told_once_and_others_are_served() {
        let (pace, now) = (Pace::new(2), Instant::now());
        let ask = |account| pace.count(&person(account), Class::Ask, now);
        assert_eq!(ask("a"), Ok(()));
        assert_eq!(ask("a"), Ok(()));
        assert_eq!(ask("a"), too_fast(true));
        assert_eq!(ask("a"), too_fast(false));
        assert_eq!(ask("b"), Ok(()));
    }

    #[test]
    fn no_minute_holds_more_than_the_allowed_number() {
        let (pace, start) = (Pace::new(20), Instant::now());
        let ask = |second| {
            let now = start + Duration::from_secs(second);
            pace.count(&person("a"), Class::Ask, now)
        };
        for second in 0..20 {
            assert_eq!(ask(second), Ok(()));
        }
        assert_eq!(ask(59), too_fast(true));
        assert_eq!(ask(60), Ok(()));
        assert_eq!(ask(60), too_fast(true));
    }

    #[test]
    fn classes_and_channels_are_counted_apart() {
        let (pace, now) = (Pace::new(1), Instant::now());
        for channel in [Channel::TELEGRAM, Channel::WECOM, Channel::WEB] {
            for class in [Class::Ask, Class::Vote, Class::TypeAhead] {
                let caller = Caller::new(channel, "7");
                assert_eq!(pace.count(&caller, class, now), Ok(()));
            }
        }
    }

    #[test]
    fn limits_follow_from_the_channel_and_the_questions_allowed() {
        use ChannelKind::{Chat, Local, Tools, Web};
        let limit = |class: Class, kind| class.per_minute(kind, 20);
        let kinds = [Chat, Web, Tools, Local];
        let row = |class| kinds.map(|kind| limit(class, kind));
        assert_eq!(row(Class::Ask), [Some(20), Some(20), None, None]);
        assert_eq!(row(Class::Act), [Some(60), None, None, None]);
        assert_eq!(row(Class::TypeAhead), [Some(120), Some(200), None, None]);
        assert_eq!(row(Class::Vote), [Some(60), Some(20), None, None]);
        assert_eq!(row(Class::ToolCall), [Some(60); 4]);
    }

    #[test]
    fn with_12_000_addresses_a_minute_each_is_counted() {
        let (pace, start) = (Pace::new(1), Instant::now());
        let ask = |address: u32, millis: u64| {
            let now = start + Duration::from_millis(millis);
            pace.count(&person(&address.to_string()), Class::Ask, now)
        };
        for address in 0..12_000 {
            assert_eq!(ask(address, u64::from(address) * 5), Ok(()));
        }
        for address in [0, 6_000, 11_999] {
            assert_eq!(ask(address, 59_999), too_fast(true));
        }
        assert_eq!(ask(0, 60_000), Ok(()));
    }

    #[test]
    fn memory_is_bounded_however_many_ask() {
        let (pace, now) = (Pace::new(1), Instant::now());
        for address in 0..50_000 {
            let _ = pace.count(&person(&address.to_string()), Class::Ask, now);
        }
        let counted = pace.counted.lock().expect("no panic");
        let remembered = counted.values().map(LruCache::len);
        assert_eq!(remembered.collect::<Vec<_>>(), [CALLERS.get()]);
    }

    #[test]
    fn a_full_table_forgets_the_caller_who_was_quiet_for_longest() {
        let (pace, now) = (Pace::new(1), Instant::now());
        let ask = |account: &str| pace.count(&person(account), Class::Ask, now);
        let _ = (ask("quiet"), ask("busy"));
        for n in 0..CALLERS.get() - 1 {
            let _ = ask(&n.to_string());
            assert!(ask("busy").is_err());
        }
        assert_eq!(ask("quiet"), Ok(()));
    }
}
