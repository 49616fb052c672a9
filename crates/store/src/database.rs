//! What both databases can do: one statement at a time within a transaction.
//!
//! Statements are static text with `$1`, `$2` …, which SQLite and PostgreSQL read alike, over integers, texts
//! and bytes alone. So everything above is written once; what differs between the two stands in their
//! files and in the migrations.

use std::fmt;

use futures::future::BoxFuture;

use crate::StoreError;

/// A value of a row or of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A whole number; `None` is NULL.
    Int(Option<i64>),
    /// A text; `None` is NULL.
    Text(Option<String>),
    /// Bytes; `None` is NULL.
    Bytes(Option<Vec<u8>>),
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Reading alone, all of one moment.
    Read,
    /// Writing; others may write meanwhile where the database lets them.
    Write,
    /// Writing, after every other act and before the next.
    Act,
}

/// A database.
pub(crate) trait Database: fmt::Debug + Send + Sync {
    /// Begins a transaction; dropped, it leaves no trace.
    fn begin(&self, mode: Mode) -> BoxFuture<'_, Result<Box<dyn Transaction>, StoreError>>;
    /// Its name on pages and in the log.
    fn name(&self) -> &'static str;
    /// Ends all connections.
    fn close(&self) -> BoxFuture<'_, ()>;
}

/// Statements that take effect together.
pub(crate) trait Transaction: Send {
    /// Runs a statement; gives the number of rows that it changed.
    fn execute<'a>(
        &'a mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<u64, StoreError>>;
    /// Runs a query.
    fn query<'a>(
        &'a mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>>;
    /// Makes it all so, on disk.
    fn commit(self: Box<Self>) -> BoxFuture<'static, Result<(), StoreError>>;
}

/// A row of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    /// Column `index`, counted from 0.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not such a value.
    pub(crate) fn get<T: FromValue>(&self, index: usize) -> Result<T, StoreError> {
        let value = self.0.get(index).cloned();
        let read = value.and_then(T::from_value);
        read.ok_or_else(|| StoreError::Damaged(format!("第 {} 列", index + 1)))
    }
}

/// What a column can be read as.
pub(crate) trait FromValue: Sized {
    /// The value, if it is one.
    fn from_value(value: Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Int(number) => number,
            Value::Text(_) | Value::Bytes(_) => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => text,
            Value::Int(_) | Value::Bytes(_) => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => bytes,
            Value::Int(_) | Value::Text(_) => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Int(None) | Value::Text(None) | Value::Bytes(None) => Some(None),
            some => T::from_value(some).map(Some),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Some(bytes.to_owned()))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Some(bytes))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Values of a statement: `values![at, name, hash]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::database::Value::from($value)),*] };
}
pub(crate) use values;
