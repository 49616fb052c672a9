//! The file of the journal: JSON lines, only appended to, and rewritten when most of it is history.
//!
//! A line is an update as Telegram writes it, or says what became of updates: `{"handled":[1,2]}`, or
//! `{"left":[1,2]}` at each start for those that the run before has left. Lines that cannot be read (a crash cuts the last one short) are skipped.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use teloxide::types::Update;

use crate::storage::{self, Kept};

/// Handled updates that stay in a rewritten file: Telegram repeats what it was not told about, at
/// most one poll of 100 or the calls of the webhook in flight.
const REMEMBERED: usize = 512;
/// Starts after which an update is given up: it may be what ends the program each time.
const STARTS: usize = 100;
/// Bytes after which the file is rewritten even when there is no quiet.
const LARGE: u64 = 4 << 20;

/// The file, and what of it still counts.
#[derive(Debug)]
pub(super) struct JournalFile {
    path: PathBuf,
    /// `None` before the first write, and after one that failed.
    file: Option<File>,
    bytes: u64,
    /// Lines of updates that are not handled yet.
    in_hand: BTreeMap<u32, String>,
    /// Latest handled updates, oldest first.
    handled: VecDeque<u32>,
    /// How many runs have left an update in hand.
    left: HashMap<u32, usize>,
    /// True if the file holds lines that no longer count.
    stale: bool,
}

/// What became of updates, by their ids.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Became {
    Handled(Vec<u32>),
    Left(Vec<u32>),
}

impl JournalFile {
    /// Reads the file; returns it with the updates that are not handled yet, in the order in which
    /// they came.
    pub(super) fn open(path: PathBuf) -> (Self, Vec<Update>) {
        let mut journal = Self {
            path,
            file: None,
            bytes: 0,
            in_hand: BTreeMap::new(),
            handled: VecDeque::new(),
            left: HashMap::new(),
            stale: false,
        };
        let mut updates: Vec<Update> = Vec::new();
        let text = match fs::read(&journal.path) {
            Ok(text) => text,
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::error!(%error, "the telegram journal cannot be read");
                }
                return (journal, updates);
            }
        };
        journal.bytes = text.len() as u64;
        let mut unread = 0_u64;
        for line in text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            if let Ok(became) = serde_json::from_slice::<Became>(line) {
                journal.note(became);
            } else if let Ok(update) = serde_json::from_slice::<Update>(line) {
                let line = String::from_utf8_lossy(line).into_owned();
                journal.in_hand.insert(update.id.0, line);
                updates.push(update);
            } else {
                unread += 1;
                journal.stale = true;
            }
        }
        if unread > 0 {
            tracing::warn!(
                lines = unread,
                "lines of the telegram journal cannot be read"
            );
        }
        updates.retain(|update| journal.in_hand.contains_key(&update.id.0));
        journal.give_up(&mut updates);
        (journal, updates)
    }

    /// Notes for another start which updates were left, and gives up those that were left too often.
    fn give_up(&mut self, updates: &mut Vec<Update>) {
        let (left, hopeless): (Vec<u32>, Vec<u32>) = self
            .in_hand
            .keys()
            .partition(|id| self.left.get(id).copied().unwrap_or_default() < STARTS);
        if !hopeless.is_empty() {
            let count = hopeless.len();
            tracing::error!(
                count,
                "telegram updates are given up: {STARTS} runs ended before they were answered"
            );
        }
        updates.retain(|update| left.contains(&update.id.0));
        let noted =
            [Became::Left(left), Became::Handled(hopeless)].map(|became| self.append_ids(became));
        for error in noted.into_iter().filter_map(Result::err) {
            storage::refused(Kept::Updates, &error);
        }
    }

    /// Ids of updates that were handled lately.
    pub(super) fn handled(&self) -> impl Iterator<Item = u32> {
        self.handled.iter().copied()
    }

    /// Appends updates and ids of handled ones; with updates, waits for the disk.
    ///
    /// # Errors
    /// When the disk refuses. Ids of handled updates are remembered all the same.
    pub(super) fn append(
        &mut self,
        updates: Vec<(u32, String)>,
        handled: Vec<u32>,
    ) -> io::Result<()> {
        let mut lines = String::new();
        for (_, line) in &updates {
            lines.push_str(line);
            lines.push('\n');
        }
        let handled = Became::Handled(handled);
        lines.push_str(&handled.line()?);
        self.note(handled);
        self.write(&lines, !updates.is_empty())?;
        // Of an update that was handled before it was written, the file says so.
        let unhandled = updates
            .into_iter()
            .filter(|(id, _)| !self.handled.contains(id));
        self.in_hand.extend(unhandled.collect::<Vec<_>>());
        Ok(())
    }

    /// Appends what became of updates, without waiting for the disk.
    fn append_ids(&mut self, became: Became) -> io::Result<()> {
        let line = became.line()?;
        self.note(became);
        if line.is_empty() {
            Ok(())
        } else {
            self.write(&line, false)
        }
    }

    fn write(&mut self, lines: &str, sync: bool) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => self.open_for_writing()?,
        };
        file.write_all(lines.as_bytes())?;
        if sync {
            file.sync_data()?;
        }
        self.bytes += lines.len() as u64;
        self.file = Some(file);
        Ok(())
    }

    fn open_for_writing(&self) -> io::Result<File> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        storage::create_folder(folder)?;
        let mut file = storage::private()
            .append(true)
            .create(true)
            .open(&self.path)?;
        sync_folder(folder)?;
        // Ends a line that a crash or a full disk has cut short.
        if file.metadata()?.len() > 0 {
            file.write_all(b"\n")?;
        }
        Ok(file)
    }

    /// True if the file should be rewritten without waiting for a quiet moment.
    pub(super) const fn is_large(&self) -> bool {
        self.bytes > LARGE && self.stale
    }

    /// Rewrites the file without what no longer counts, if there is such.
    ///
    /// # Errors
    /// When the disk refuses; the old file stays.
    pub(super) fn compact(&mut self) -> io::Result<()> {
        if !self.stale {
            return Ok(());
        }
        let mut text = Became::Handled(self.handled.iter().copied().collect()).line()?;
        let left = self.left.iter();
        let left = left.flat_map(|(id, times)| std::iter::repeat_n(*id, *times));
        text.push_str(&Became::Left(left.collect()).line()?);
        for line in self.in_hand.values() {
            text.push_str(line);
            text.push('\n');
        }
        let folder = self.path.parent().unwrap_or(Path::new("."));
        storage::create_folder(folder)?;
        // Closed first: what is appended from now on belongs into the new file.
        self.file = None;
        storage::replace(&self.path, |file| file.write_all(text.as_bytes()))?;
        sync_folder(folder)?;
        self.bytes = text.len() as u64;
        self.stale = false;
        Ok(())
    }

    fn note(&mut self, became: Became) {
        match became {
            Became::Handled(ids) => {
                for id in ids {
                    self.in_hand.remove(&id);
                    self.left.remove(&id);
                    self.handled.push_back(id);
                    if self.handled.len() > REMEMBERED {
                        self.handled.pop_front();
                    }
                    self.stale = true;
                }
            }
            Became::Left(ids) => {
                for id in ids {
                    *self.left.entry(id).or_default() += 1;
                }
            }
        }
    }
}

impl Became {
    /// Its line; nothing for no updates.
    fn line(&self) -> io::Result<String> {
        let (Self::Handled(ids) | Self::Left(ids)) = self;
        if ids.is_empty() {
            return Ok(String::new());
        }
        Ok(serde_json::to_string(self)? + "\n")
    }
}

/// Makes a new or replaced file of `folder` outlast a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
