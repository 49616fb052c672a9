//! Sorts the log into topics: what was not answered, only in part, or voted useless.

use std::{collections::BTreeMap, sync::Arc};

use tokio::runtime::Handle;
use wenzheng_store::{Logged, NewTopic, Placed, Sorted, Store, StoreError, now};

use super::grouping::{
    Features, GroupId, Grouper, KeptGroup, KeptGrouper, KeptQuestion, QuestionKey, read,
};
use crate::assistant::{Assistant, Snapshot};

/// Rows of the log looked at in one go.
const ROWS: i64 = 2_000;
/// What was asked so short a time ago is left for later: batches of other programs may still come in.
const SETTLED: i64 = 2_000;
/// Topics that questions can join.
const TOPICS: i64 = 5_000;
/// Questions that stand for a topic.
const REPRESENTATIVES: i64 = 5;
/// By the clock of China, in milliseconds east of Greenwich: a month begins there.
pub const CHINA: i64 = 8 * 3_600_000;

/// Where the log is, and what understands it: for one round, so that a thread that rests holds no store
/// open.
#[derive(Debug, Clone, Copy)]
pub struct Log<'a> {
    /// The log and its topics.
    pub store: &'a Store,
    /// What its futures run on.
    pub runtime: &'a Handle,
    /// What understands questions.
    pub assistant: &'a Assistant,
}

/// Sorts the log; one thread has it.
#[derive(Debug, Default)]
pub struct Sorter {
    grouper: Option<OfEdition>,
}

/// The topics of a place, as the lists of an edition read their questions.
#[derive(Debug)]
struct OfEdition {
    snapshot: Arc<Snapshot>,
    /// Topics of one place are never those of another.
    places: BTreeMap<String, Grouper>,
    next: u32,
}

impl Sorter {
    /// Forgets what it knows of topics: they were merged, split or pruned.
    pub fn forget(&mut self) {
        self.grouper = None;
    }

    /// Sorts what has come since; true when there is more. Blocks, with pauses left to the caller.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn round(&mut self, log: Log<'_>) -> Result<bool, StoreError> {
        let until = now() - SETTLED;
        let (from, rows, last, votes) = log.runtime.block_on(async {
            let from = log.store.sorted().await?;
            let (rows, last) = log.store.unsorted(from.row, until, ROWS).await?;
            let votes = log.store.voted_useless(from.votes, until).await?;
            Ok::<_, StoreError>((from, rows, last, votes))
        })?;
        let to = Sorted {
            row: last.unwrap_or(from.row),
            votes: until.max(from.votes),
        };
        if rows.is_empty() && votes.is_empty() && to.row == from.row {
            return Ok(false);
        }
        let (placed, new) = self.place(log, rows.into_iter().chain(votes))?;
        let sorted = log.store.sort(&placed, &new, from, to, CHINA);
        let sorted = log.runtime.block_on(sorted)?;
        let expected = self.grouper.as_ref().map(|grouper| grouper.next);
        let given = sorted.as_ref().and_then(|numbers| numbers.last().copied());
        // Another program made topics meanwhile: their numbers are not those that were given here.
        if sorted.is_none() || given.is_some_and(|last| expected != u32::try_from(last + 1).ok()) {
            self.forget();
        }
        Ok(last.is_some_and(|_| to.row > from.row))
    }

    /// The topic of each question; what asks nothing has none.
    fn place(
        &mut self,
        log: Log<'_>,
        rows: impl Iterator<Item = Logged>,
    ) -> Result<(Vec<Placed>, Vec<NewTopic>), StoreError> {
        let (mut placed, mut new) = (Vec::new(), Vec::new());
        let snapshot = log.assistant.snapshot();
        let mut grouper = match self.grouper.take() {
            Some(known) if Arc::ptr_eq(&known.snapshot, &snapshot) => known,
            _ => restored(log, snapshot)?,
        };
        let first_new = grouper.next;
        for logged in rows {
            let read = read(log.assistant, &grouper.snapshot, &logged.question);
            let Ok(Some(features)) = read else { continue };
            let missing = logged.missing.as_str();
            let features = match missing {
                "" => features,
                words => Features::lacking(&grouper.snapshot, &logged.question, Some(words)),
            };
            let of_place = grouper.places.entry(logged.place.clone()).or_default();
            of_place.begin_at(grouper.next);
            let Some(id) = of_place.assign(&features) else {
                continue;
            };
            if id.0 == grouper.next {
                grouper.next = grouper.next.saturating_add(1);
                new.push(NewTopic {
                    place: logged.place.clone(),
                    label: of_place.label(id).unwrap_or_default().to_owned(),
                    missing: missing.to_owned(),
                });
            }
            let topic = match id.0.checked_sub(first_new) {
                Some(index) => Err(usize::try_from(index).unwrap_or(usize::MAX)),
                None => Ok(i64::from(id.0)),
            };
            placed.push(Placed { logged, topic });
        }
        self.grouper = Some(grouper);
        Ok((placed, new))
    }
}

/// What the store has of topics, read by the lists of `snapshot`.
fn restored(log: Log<'_>, snapshot: Arc<Snapshot>) -> Result<OfEdition, StoreError> {
    let kept = log.runtime.block_on(async {
        let mut kept: BTreeMap<String, Vec<KeptGroup>> = BTreeMap::new();
        let topics = log.store.all_topics(TOPICS).await?;
        for topic in topics {
            let questions = log
                .store
                .topic_questions(topic.number, REPRESENTATIVES)
                .await?;
            let mut representatives: Vec<KeptQuestion> = Vec::new();
            for question in questions {
                if representatives
                    .iter()
                    .all(|kept| kept.text != question.question)
                {
                    representatives.push(KeptQuestion {
                        text: question.question,
                        missing: Some(question.missing).filter(|words| !words.is_empty()),
                    });
                }
            }
            let Ok(id) = u32::try_from(topic.number) else {
                continue;
            };
            kept.entry(topic.place).or_default().push(KeptGroup {
                id: GroupId(id),
                representatives,
                missing: BTreeMap::new(),
            });
        }
        Ok::<_, StoreError>(kept)
    })?;
    let next = log.runtime.block_on(log.store.next_topic())?;
    let features = |question: &KeptQuestion| {
        Features::lacking(&snapshot, &question.text, question.missing.as_deref())
    };
    let places = kept.into_iter().map(|(place, groups)| {
        let keys = groups.iter().flat_map(|group| {
            let texts = group.representatives.iter();
            texts.map(|question| (QuestionKey::of(&question.text), group.id))
        });
        let kept = KeptGrouper {
            keys: keys.collect(),
            groups,
            ..KeptGrouper::default()
        };
        (place, Grouper::restore(kept, features))
    });
    Ok(OfEdition {
        places: places.collect(),
        next: u32::try_from(next).unwrap_or(u32::MAX),
        snapshot,
    })
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Runtime;
    use wenzheng_store::{Asked, SecretKey, Topic, TopicFilter};

    use super::*;
    use crate::assistant::Options;

    const REPORT: &str = "---\ntitle: 2024年某县政府工作报告\nplace: 某县\nyear: 2024\nreview_year: 2023\n\
        issuer: 某县人民政府\nsource: 虚构\nkind: work-report\n---\n\n# 2024年某县政府工作报告\n\n\
        ## 一、2023年工作回顾\n\n去年新建村道12公里。\n\n## 二、2024年重点工作\n\n今年新建村道30公里。\n";

    struct Office {
        _folder: tempfile::TempDir,
        runtime: Runtime,
        store: Store,
        assistant: Assistant,
        sorter: Sorter,
    }

    fn office() -> Office {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        std::fs::create_dir(&corpus).expect("made");
        std::fs::write(corpus.join("report.md"), REPORT).expect("written");
        let options = Options {
            corpus_dir: Some(corpus),
            ..Options::default()
        };
        let assistant = Assistant::open(options).expect("a sound corpus");
        let runtime = Runtime::new().expect("a runtime");
        let file = folder.path().join("store.db");
        let store = runtime.block_on(Store::open_file(&file, SecretKey::passing()));
        let store = store.expect("it opens");
        let sorter = Sorter::default();
        Office {
            _folder: folder,
            runtime,
            store,
            assistant,
            sorter,
        }
    }

    impl Office {
        fn ask(&self, status: &str, place: &str, questions: &[&str]) {
            let asked: Vec<Asked> = questions
                .iter()
                .map(|question| Asked {
                    at: now() - 2 * SETTLED,
                    channel: "web".into(),
                    kind: "ask".into(),
                    status: status.into(),
                    question: (*question).into(),
                    place: place.into(),
                    ..Asked::default()
                })
                .collect();
            let written = self.store.add_asked(&asked, &[], CHINA);
            self.runtime.block_on(written).expect("written");
        }

        fn topics(&self) -> Vec<Topic> {
            let filter = TopicFilter::default();
            let topics = self.store.topics(&filter, 99, 0);
            self.runtime.block_on(topics).expect("listed")
        }

        fn round(&mut self) -> bool {
            let log = Log {
                store: &self.store,
                runtime: self.runtime.handle(),
                assistant: &self.assistant,
            };
            self.sorter.round(log).expect("sorted")
        }

        fn sort(&mut self) {
            while self.round() {}
        }
    }

    #[test]
    fn what_asks_the_same_is_one_topic_and_talk_is_none() {
        let mut office = office();
        office.ask(
            "not_found",
            "某县",
            &["哪里能修手表", "请问哪里能修手表呢？", "口袋公园在哪"],
        );
        office.ask("not_found", "某县", &["滚蛋", "你好"]);
        office.ask("answered", "某县", &["今年新建村道多少公里"]);
        office.sort();
        let asked = |topics: &[Topic]| topics.iter().map(|topic| topic.asked).collect::<Vec<_>>();
        assert_eq!(asked(&office.topics()), [2, 1]);
        // Later ones join, also for a sorter that begins anew.
        office.sorter.forget();
        office.ask("partial", "某县", &["哪里能修手表"]);
        office.sort();
        assert_eq!(asked(&office.topics()), [3, 1]);
        // Those of another place are others.
        office.ask("not_found", "某市", &["哪里能修手表"]);
        office.sort();
        assert_eq!(asked(&office.topics()), [3, 1, 1]);
        assert!(!office.round(), "there is nothing new");
    }
}
