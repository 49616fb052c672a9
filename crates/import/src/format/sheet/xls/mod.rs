//! Workbooks as records in a compound file ([MS-XLS], BIFF8).

mod globals;
mod read;
mod records;
mod strings;
mod worksheet;

pub(in super::super) use self::read::read;
