//! Retrieval alone, on collections in the layout of BEIR (Thakur et al. 2021):
//!
//! ```text
//! corpus.jsonl   {"_id": "p1", "title": "", "text": "…"}
//! queries.jsonl  {"_id": "q1", "text": "…"}
//! qrels/*.tsv    query-id ⇥ corpus-id ⇥ score, one header line
//! ```
//!
//! Questions go through the same understanding, the same index and the same weights as in service;
//! what only reports have (periods, glossaries) is absent.

use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::{
    gain,
    question::{EvalError, read},
    summary::percentiles,
    tune::Example,
};
use crate::{
    corpus::{Corpus, Library, LibraryError, LoosePassage, collection},
    retrieval::{DenseIndex, EmbeddingError, IndexError, NoVector, Retriever, Setup, texts_of},
    semantic::{Embedder, EndpointError, VectorCache},
};

/// Passages ranked for each question.
const DEPTH: usize = 100;

/// Why a collection could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum BeirError {
    /// A file or a line of one.
    #[error(transparent)]
    File(#[from] EvalError),
    /// There is nothing to measure.
    #[error("{0}：没有一个问题标了相关段落，请检查 qrels/*.tsv，第一行应为表头")]
    NoJudgements(PathBuf),
    /// The search index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The vectors of the passages.
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),
    /// The vectors of the questions.
    #[error(transparent)]
    Endpoint(Arc<EndpointError>),
    /// A passage.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

#[derive(Debug, Deserialize)]
struct CorpusLine {
    _id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

#[derive(Debug, Deserialize)]
struct QueryLine {
    _id: String,
    text: String,
}

/// Judged passages of a question with their grade.
type Judgements = HashMap<String, f64>;

/// A collection, read.
#[derive(Debug)]
pub struct Collection {
    library: Arc<Library>,
    /// Only those with judgements, in the order of the file.
    queries: Vec<(String, String, Judgements)>,
}

impl Collection {
    /// Reads a folder; several `qrels/*.tsv` are taken together.
    ///
    /// # Errors
    /// [`BeirError`] with file and line.
    pub fn read(dir: &Path) -> Result<Self, BeirError> {
        let passages = read::<CorpusLine>(&dir.join("corpus.jsonl"))?;
        let passages = passages.into_iter().map(|line| LoosePassage {
            id: line._id,
            title: line.title,
            text: line.text,
        });
        let passages = passages.collect();
        let mut judgements = judgements(&dir.join("qrels"))?;
        let queries = read::<QueryLine>(&dir.join("queries.jsonl"))?.into_iter();
        let queries = queries.filter_map(|line| {
            let judged = judgements.remove(&line._id)?;
            Some((line._id, line.text, judged))
        });
        let queries: Vec<_> = queries.collect();
        if queries.is_empty() {
            return Err(BeirError::NoJudgements(dir.to_owned()));
        }
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            library: Arc::new(Library::new(Corpus {
                documents: vec![collection(&name, passages)],
                version: String::new(),
            })),
            queries,
        })
    }

    /// Texts that search by meaning would embed.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn texts(&self) -> Result<usize, LibraryError> {
        let mut texts = 0;
        for document in self.library.documents() {
            let passages = self.library.passages_of(document)?;
            let counts = passages.iter().map(|it| texts_of(document, it).count());
            texts += counts.sum::<usize>();
        }
        Ok(texts)
    }

    /// Indexes the collection, by meaning as well when there is an embedder, and asks every
    /// question; `progress` is told how many texts are embedded and how many there are.
    ///
    /// # Errors
    /// [`BeirError`] when the index or the embeddings service fails.
    pub fn measure(
        &self,
        setup: Setup,
        embedder: Option<(Embedder, &Mutex<VectorCache>)>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Run, BeirError> {
        let (retriever, indexed) = self.retriever(setup, embedder, progress)?;
        let mut rankings = Vec::with_capacity(self.queries.len());
        for (id, text, judged) in &self.queries {
            let start = Instant::now();
            let request = retriever.request(retriever.understand(text, None));
            if let Err(NoVector::Failed(error)) = request.embedding() {
                return Err(BeirError::Endpoint(Arc::clone(error)));
            }
            let retrieved = retriever.retrieve_one(&request)?;
            let hits = retriever.rank(&request, &retrieved, DEPTH)?;
            let took = start.elapsed();
            let ranked = hits.iter().map(|hit| {
                let passage = self.library.passage(hit.at)?;
                Ok((passage.id.0.clone(), hit.score))
            });
            rankings.push(Ranking {
                query: id.clone(),
                ranked: ranked.collect::<Result<_, LibraryError>>()?,
                judged: judged.clone(),
                took,
            });
        }
        Ok(Run { indexed, rankings })
    }

    /// Every question with what its candidates are judged by, for fitting weights.
    ///
    /// # Errors
    /// [`BeirError`] when the index or the embeddings service fails.
    pub fn examples(
        &self,
        setup: Setup,
        embedder: Option<(Embedder, &Mutex<VectorCache>)>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<Example>, BeirError> {
        let (retriever, _) = self.retriever(setup, embedder, progress)?;
        let example = |(_, text, judged): &(String, String, Judgements)| {
            let request = retriever.request(retriever.understand(text, None));
            let retrieved = retriever.retrieve_one(&request)?;
            let candidates = retriever.candidate_features(&request, &retrieved)?;
            let candidates = candidates.into_iter().map(|candidate| {
                let passage = self.library.passage(candidate.at)?;
                let grade = judged.get(&passage.id.0).copied().unwrap_or(0.0);
                let sentences = candidate.sentences.iter();
                let values = sentences.map(|(_, features)| features.values());
                Ok((grade > 0.0, values.collect()))
            });
            Ok(Example {
                candidates: candidates.collect::<Result<_, LibraryError>>()?,
            })
        };
        self.queries.iter().map(example).collect()
    }

    /// What searches the collection, and how long its index took.
    fn retriever(
        &self,
        setup: Setup,
        embedder: Option<(Embedder, &Mutex<VectorCache>)>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(Retriever, Duration), BeirError> {
        let start = Instant::now();
        let mut retriever = Retriever::build(Arc::clone(&self.library), setup)?;
        let indexed = start.elapsed();
        if let Some((embedder, cache)) = embedder {
            let meaning = DenseIndex::build(
                &embedder,
                cache,
                &self.library,
                |_| true,
                retriever.examples(),
                progress,
            )?;
            retriever = retriever.with_dense_index(meaning);
        }
        Ok((retriever, indexed))
    }
}

/// The passages found for one question.
#[derive(Debug)]
struct Ranking {
    query: String,
    /// Best first.
    ranked: Vec<(String, f32)>,
    judged: Judgements,
    took: Duration,
}

impl Ranking {
    fn gains(&self) -> Vec<f64> {
        let gain = |id: &String| self.judged.get(id).copied().unwrap_or(0.0);
        self.ranked.iter().map(|(id, _)| gain(id)).collect()
    }

    fn ndcg(&self) -> f64 {
        let ideal: Vec<f64> = self.judged.values().copied().collect();
        gain::ndcg(&self.gains(), &ideal)
    }
}

/// What a collection gave.
#[derive(Debug)]
pub struct Run {
    indexed: Duration,
    rankings: Vec<Ranking>,
}

impl Run {
    /// nDCG@10, recall@1, MRR@10 and recall@100, means over the questions.
    #[must_use]
    pub fn figures(&self) -> [(&'static str, f64); 4] {
        #[expect(clippy::cast_precision_loss, reason = "counts of questions")]
        let mean = |value: &dyn Fn(&Ranking) -> f64| {
            self.rankings.iter().map(value).sum::<f64>() / self.rankings.len().max(1) as f64
        };
        let recall = |ranking: &Ranking, depth: usize| {
            let found = ranking.gains().into_iter().take(depth).filter(|g| *g > 0.0);
            let all = ranking.judged.values().filter(|g| **g > 0.0).count();
            #[expect(clippy::cast_precision_loss, reason = "counts of passages")]
            let share = found.count() as f64 / all.max(1) as f64;
            share
        };
        let reciprocal = |ranking: &Ranking| {
            let first = ranking.gains().iter().take(10).position(|g| *g > 0.0);
            #[expect(clippy::cast_precision_loss, reason = "a rank up to ten")]
            first.map_or(0.0, |n| 1.0 / (n + 1) as f64)
        };
        [
            ("nDCG@10", mean(&Ranking::ndcg)),
            ("R@1", mean(&|ranking| recall(ranking, 1))),
            ("MRR@10", mean(&reciprocal)),
            ("R@100", mean(&|ranking| recall(ranking, 100))),
        ]
    }

    /// Number of questions, time to index, and the median and 99th percentile of a search.
    #[must_use]
    pub fn timing(&self) -> (usize, Duration, Duration, Duration) {
        let mut times: Vec<Duration> = self.rankings.iter().map(|r| r.took).collect();
        let [p50, p99] = percentiles(&mut times, [0.5, 0.99]);
        (self.rankings.len(), self.indexed, p50, p99)
    }

    /// The run as trec_eval reads it: `query Q0 passage rank score tag`.
    #[must_use]
    pub fn trec(&self) -> String {
        let mut text = String::new();
        for ranking in &self.rankings {
            for (n, (id, score)) in ranking.ranked.iter().enumerate() {
                let query = &ranking.query;
                let _ = writeln!(text, "{query} Q0 {id} {} {score:.6} wenzheng", n + 1);
            }
        }
        text
    }
}

/// By question; every `.tsv` of the folder, header lines skipped.
fn judgements(dir: &Path) -> Result<HashMap<String, Judgements>, EvalError> {
    let unreadable = |error| EvalError::Unreadable(dir.to_owned(), error);
    let mut judged: HashMap<String, Judgements> = HashMap::new();
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_none_or(|extension| extension != "tsv") {
            continue;
        }
        let text = fs::read_to_string(&file)
            .map_err(|error| EvalError::Unreadable(file.clone(), error))?;
        for (n, line) in text.lines().enumerate() {
            let mut cells = line.split('\t').map(str::trim);
            let (Some(query), Some(passage), Some(grade)) =
                (cells.next(), cells.next(), cells.next())
            else {
                if line.trim().is_empty() {
                    continue;
                }
                let what = "每行应有 query-id、corpus-id 和 score，用制表符隔开".to_owned();
                return Err(EvalError::BadLine(file, n + 1, what));
            };
            match grade.parse() {
                Ok(grade) => {
                    let of_query = judged.entry(query.to_owned()).or_default();
                    of_query.insert(passage.to_owned(), grade);
                }
                Err(_) if n == 0 => {}
                Err(_) => {
                    let what = format!("“{grade}”不是数字");
                    return Err(EvalError::BadLine(file, n + 1, what));
                }
            }
        }
    }
    Ok(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(qrels: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        write(
            "corpus.jsonl",
            "{\"_id\":\"p1\",\"title\":\"\",\"text\":\"硬化自然村组道路150公里。\"}\n\
             {\"_id\":\"p2\",\"text\":\"全面建成县城天然气管网。\"}\n",
        );
        write(
            "queries.jsonl",
            "{\"_id\":\"q1\",\"text\":\"天然气管网什么时候建成\"}\n{\"_id\":\"q2\",\"text\":\"没人判断\"}\n",
        );
        fs::create_dir(dir.path().join("qrels")).unwrap();
        fs::write(dir.path().join("qrels/test.tsv"), qrels).unwrap();
        dir
    }

    #[test]
    fn a_collection_is_ranked_and_written_as_a_trec_run() {
        let dir = folder("query-id\tcorpus-id\tscore\nq1\tp2\t1\n");
        let collection = Collection::read(dir.path()).unwrap();
        let run = collection
            .measure(Setup::default(), None, &|_, _| {})
            .unwrap();
        assert_eq!(run.figures().map(|(_, value)| value), [1.0; 4]);
        let first = run.trec().lines().next().unwrap().to_owned();
        assert!(first.starts_with("q1 Q0 p2 1 "), "{first}");
        assert!(first.ends_with(" wenzheng"), "{first}");
    }

    #[test]
    fn a_wrong_line_is_named() {
        let told = |qrels: &str| {
            let dir = folder(qrels);
            Collection::read(dir.path()).unwrap_err().to_string()
        };
        assert!(told("q\tp\ts\nq1\tp2\tviel\n").contains("test.tsv:2：“viel”"));
        assert!(told("q1 p2 1\n").contains("test.tsv:1：每行应有"));
        assert!(told("").contains("没有一个问题标了相关段落"));
    }
}
