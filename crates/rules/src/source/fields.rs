//! A table of a TOML file while it is read: which keys it has, and which nobody asked for.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use time::{Date, Month};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::problem::{Fault, Faults};

/// A value with its place in the file.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// A table while it is read.
pub(crate) struct Fields<'t> {
    table: &'t DeTable<'t>,
    /// Where the table stands, in bytes.
    at: usize,
    asked_for: BTreeSet<&'static str>,
}

impl<'t> Fields<'t> {
    /// The table at byte `at`.
    pub(crate) const fn new(table: &'t DeTable<'t>, at: usize) -> Self {
        Self {
            table,
            at,
            asked_for: BTreeSet::new(),
        }
    }

    /// The table that is the element `value` of the list `key`; a fault for anything else.
    pub(crate) fn of(value: &'t Value<'t>, key: &str, faults: &mut Faults) -> Option<Self> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(table) => Some(Self::new(table, at)),
            _ => {
                faults.at(at, wrong(key, "一组 { 名称 = 内容 }"));
                None
            }
        }
    }

    /// Where the table stands, in bytes.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// Where `key` stands, or else the table.
    pub(crate) fn place_of(&self, key: &'static str) -> usize {
        self.table
            .get(key)
            .map_or(self.at, |value| value.span().start)
    }

    /// The value of `key`, if it is there.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'t Value<'t>> {
        self.asked_for.insert(key);
        self.table.get(key)
    }

    /// What `read` makes of the value of `key`, if it is there; a fault if nothing.
    pub(crate) fn optional<T>(
        &mut self,
        key: &'static str,
        (read, expected): Reading<T>,
        faults: &mut Faults,
    ) -> Option<T> {
        let value = self.take(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            faults.at(value.span().start, wrong(key, expected));
        }
        read
    }

    /// As [`Self::optional`], with a fault if the key is missing.
    pub(crate) fn required<T>(
        &mut self,
        key: &'static str,
        reading: Reading<T>,
        faults: &mut Faults,
    ) -> Option<T> {
        if self.take(key).is_none() {
            faults.at(self.at, Fault::Missing(key));
        }
        self.optional(key, reading, faults)
    }

    /// The elements of the list `key`; none if it is not there.
    pub(crate) fn list(&mut self, key: &'static str, faults: &mut Faults) -> Vec<&'t Value<'t>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        match value.get_ref().as_array() {
            Some(list) => list.iter().collect(),
            None => {
                faults.at(value.span().start, wrong(key, "一个列表 [ … ]"));
                Vec::new()
            }
        }
    }

    /// The table `key`; `None` if it is not there.
    pub(crate) fn table(&mut self, key: &'static str, faults: &mut Faults) -> Option<Self> {
        let value = self.take(key)?;
        Self::of(value, key, faults)
    }

    /// All keys with their values and places, for tables whose keys are names.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'t str, usize, &'t Value<'t>)> {
        let entries = self.table.iter();
        entries.map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
    }

    /// Names the keys that nobody asked for.
    pub(crate) fn finish(self, faults: &mut Faults) {
        for (key, at, _) in self.entries() {
            if !self.asked_for.contains(key) {
                let known: Vec<&str> = self.asked_for.iter().copied().collect();
                let fault = Fault::UnknownKey {
                    key: key.to_owned(),
                    known: known.join("、"),
                };
                faults.at(at, fault);
            }
        }
    }
}

/// How a value is read, and in Chinese what it should be.
pub(crate) type Reading<T> = (fn(&DeValue<'_>) -> Option<T>, &'static str);

/// A fault of a value.
pub(crate) fn wrong(key: &str, expected: &str) -> Fault {
    Fault::WrongValue {
        key: key.to_owned(),
        expected: expected.to_owned(),
    }
}

/// A text that is not blank.
pub(crate) const TEXT: Reading<String> = (text, "一段文字");
/// A list of texts.
pub(crate) const TEXTS: Reading<Vec<String>> = (texts, "一列文字 [\"…\", \"…\"]");
/// True or false.
pub(crate) const FLAG: Reading<bool> = (flag, "true 或 false");
/// A day.
pub(crate) const DAY: Reading<Date> = (day, "一个日期，如 2025-03-28");

pub(crate) fn text(value: &DeValue<'_>) -> Option<String> {
    let text = value.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    let elements = value.as_array()?.iter();
    elements.map(|element| text(element.get_ref())).collect()
}

pub(crate) fn flag(value: &DeValue<'_>) -> Option<bool> {
    value.as_bool()
}

/// An integer or decimal, exactly as written.
pub(crate) fn number(value: &DeValue<'_>) -> Option<Decimal> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}

pub(crate) fn day(value: &DeValue<'_>) -> Option<Date> {
    let written = value.as_datetime()?;
    let date = written.date.filter(|_| written.time.is_none())?;
    let month = Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}
