//! What narrows a list: days, channel, place. It stands in the address, so that a page can be sent and reloaded.

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    admin::day_at,
    channels::{
        console::{state::Console, wording},
        wording::admin::channel,
    },
};

/// The channels that can be chosen.
const CHANNELS: [&str; 5] = ["telegram", "wechat_oa", "wecom", "web", "mcp"];
/// Milliseconds.
const DAY: i64 = 86_400_000;

/// What is wrong with a filter, for whoever typed it.
pub(super) type Unclear = &'static str;

/// The time from the beginning of one day until the end of another, in milliseconds since 1970; either may be left
/// open. Days are those of China.
pub(super) fn days(from: &str, until: &str) -> Result<(Option<i64>, Option<i64>), Unclear> {
    let day = |typed: &str| match typed.trim() {
        "" => Ok(None),
        typed => day_at(typed).map(Some).ok_or(wording::NO_DAY),
    };
    let (from, until) = (day(from)?, day(until)?.map(|day| day + DAY));
    match (from, until) {
        (Some(from), Some(until)) if until <= from => Err(wording::DAYS_TURNED),
        both => Ok(both),
    }
}

/// A number in an address; `None` for an empty text.
pub(super) fn number(typed: &str) -> Result<Option<i64>, Unclear> {
    match typed {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| wording::NO_PAGE),
    }
}

/// The channel of this name; empty for an empty text.
pub(super) fn known_channel(typed: &str) -> Result<&'static str, Unclear> {
    let mut known = CHANNELS.into_iter().chain([""]);
    let known = known.find(|name| *name == typed.trim());
    known.ok_or(wording::NO_CHANNEL)
}

/// The address of a page with what was chosen; what is empty is left out.
pub(super) fn address(console: &Console, page: &str, chosen: &[(&str, &str)]) -> String {
    let chosen = chosen.iter().filter(|(_, value)| !value.is_empty());
    let chosen: Vec<String> = chosen
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    match chosen.is_empty() {
        true => console.path(page),
        false => console.path(&format!("{page}?{}", chosen.join("&"))),
    }
}

/// The channels to choose from.
pub(super) fn channels(chosen: &str) -> Markup {
    html! {
        label { "渠道 "
            select name="channel" {
                option value="" selected[chosen.is_empty()] { "所有渠道" }
                @for name in CHANNELS {
                    option value=(name) selected[name == chosen] { (channel(name)) }
                }
            }
        }
    }
}

/// Two days to choose.
pub(super) fn from_until(from: &str, until: &str) -> Markup {
    html! {
        label { "从 " input type="date" name="from" value=(from); }
        label { "到 " input type="date" name="until" value=(until); }
    }
}

/// Names to choose one of, with the chosen one even where it is none of them.
pub(super) fn names(name: &str, label: &str, all: &str, names: &[String], chosen: &str) -> Markup {
    let is_other = !chosen.is_empty() && !names.iter().any(|name| name == chosen);
    html! {
        label { (label) " "
            select name=(name) {
                option value="" selected[chosen.is_empty()] { (all) }
                @if is_other { option value=(chosen) selected { (chosen) } }
                @for name in names {
                    option value=(name) selected[name == chosen] { (name) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_days_of_china() {
        // 30 November 2026 begins in China at 16:00 of the day before in Greenwich.
        let begins = 1_795_968_000_000;
        let day = days("2026-11-30", " 2026-11-30 ");
        assert_eq!(day, Ok((Some(begins), Some(begins + DAY))));
        assert_eq!(days("", "2026-11-29"), Ok((None, Some(begins))));
        assert_eq!(days("", ""), Ok((None, None)));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for bad in [
            "2026-02-30",
            "30.11.2026",
            "'; DROP TABLE audit; --",
            "二月",
        ] {
            assert_eq!(days(bad, ""), Err(wording::NO_DAY), "{bad}");
            assert_eq!(days("", bad), Err(wording::NO_DAY), "{bad}");
        }
        assert_eq!(days("2026-11-30", "2026-11-29"), Err(wording::DAYS_TURNED));
        assert_eq!(number("12"), Ok(Some(12)));
        assert_eq!(number("99999999999999999999"), Err(wording::NO_PAGE));
        assert_eq!(known_channel("web"), Ok("web"));
        assert_eq!(known_channel("fax"), Err(wording::NO_CHANNEL));
    }
}
