//! What is searched for to answer a question.

use std::cell::OnceCell;

use crate::retrieval::{Hit, IndexError, Retrieved, Retriever, SearchRequest, Understanding};

/// Words for plan and result, which the periods of a comparison's cells stand for.
const SIDES: [&str; 12] = [
    "目标", "计划", "任务", "指标", "完成", "达到", "实现", "达成", "兑现", "对比", "比较", "变化",
];

/// Every part of a question and every cell of its comparisons, searched for together when the first
/// of them is wanted; what the glossary answers is not searched for, and needs no vector.
pub(super) struct Searches<'a> {
    pub(super) retriever: &'a Retriever,
    /// Each part, as it was asked.
    asked: Vec<Understanding>,
    /// The same, each with its vector.
    embedded: OnceCell<Vec<SearchRequest>>,
    /// Each part beside curated answers, followed by its cells.
    questions: Vec<Understanding>,
    /// Where the parts stand among them.
    parts: Vec<usize>,
    searched: OnceCell<Vec<(SearchRequest, Retrieved)>>,
    /// The best hits for each part.
    pub(super) hits: Vec<OnceCell<Vec<Hit>>>,
}

/// A request and what was retrieved for it.
pub(super) type Search = (SearchRequest, Retrieved);

/// A part of a question with what was found for it, for whoever goes on from its answer.
#[derive(Debug, Clone)]
pub(super) struct Searched {
    pub(super) question: Understanding,
    /// `None` when its answer took no search.
    pub(super) hits: Option<Vec<Hit>>,
}

impl<'a> Searches<'a> {
    pub(super) fn new(retriever: &'a Retriever, asked: Vec<Understanding>) -> Self {
        let mut searches = Self {
            retriever,
            embedded: OnceCell::new(),
            questions: Vec::with_capacity(asked.len()),
            parts: Vec::with_capacity(asked.len()),
            searched: OnceCell::new(),
            hits: vec![OnceCell::new(); asked.len()],
            asked,
        };
        for question in &searches.asked {
            searches.parts.push(searches.questions.len());
            let question = retriever.beside_curated(question);
            let compared = question.scope().compared.iter();
            let cells = compared.map(|cell| question.for_cell(cell, &SIDES));
            let cells: Vec<Understanding> = cells.collect();
            searches.questions.push(question);
            searches.questions.extend(cells);
        }
        searches
    }

    /// Every part, as it was asked.
    pub(super) fn parts(&self) -> &[Understanding] {
        &self.asked
    }

    /// The part number `part` with its vector, as it was asked: of curated answers as well.
    pub(super) fn asked(&self, part: usize) -> &SearchRequest {
        &self.embedded()[part]
    }

    fn embedded(&self) -> &[SearchRequest] {
        let embed = || self.retriever.requests(self.asked.clone());
        self.embedded.get_or_init(embed)
    }

    /// The part number `part`, as it is searched for.
    pub(super) fn question(&self, part: usize) -> &Understanding {
        &self.questions[self.parts[part]]
    }

    /// Every part with the best hits that were looked at; those beside curated answers are none of
    /// the question as it was asked.
    pub(super) fn into_searched(self) -> Vec<Searched> {
        let as_asked = self.retriever.curated().is_empty();
        let parts = self.asked.into_iter().zip(self.hits);
        parts
            .map(|(question, hits)| Searched {
                question,
                hits: hits.into_inner().filter(|_| as_asked),
            })
            .collect()
    }

    /// The part number `part` with what was retrieved for it.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be searched.
    pub(super) fn part(&self, part: usize) -> Result<&Search, IndexError> {
        Ok(&self.searched()?[self.parts[part]])
    }

    /// The cells of that part's comparison, in order; none unless one is asked for.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be searched.
    pub(super) fn cells(&self, part: usize) -> Result<&[Search], IndexError> {
        let start = self.parts[part] + 1;
        let end = self.parts.get(part + 1);
        let range = start..end.copied().unwrap_or(self.questions.len());
        if range.is_empty() {
            return Ok(&[]);
        }
        Ok(&self.searched()?[range])
    }

    fn searched(&self) -> Result<&[Search], IndexError> {
        if let Some(searched) = self.searched.get() {
            return Ok(searched);
        }
        let request = |(n, question): (usize, &Understanding)| {
            // The cells of a part share its vector.
            let part = self.parts.partition_point(|start| *start <= n) - 1;
            let embedding = self.embedded()[part].embedding();
            SearchRequest::new(question.clone(), embedding.clone())
        };
        let requests: Vec<_> = self.questions.iter().enumerate().map(request).collect();
        let retrieved = self.retriever.retrieve(&requests)?;
        let searched = || requests.into_iter().zip(retrieved).collect();
        Ok(self.searched.get_or_init(searched))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::{Report, Town};

    #[test]
    fn words_for_plan_and_result_are_no_part_of_what_a_cell_looks_for() {
        let report = |year: i32| {
            Report::new("石门县", year)
                .done("新建村道12公里。")
                .planned("计划新建村道30公里。")
        };
        let town = Town::of(&[report(2024), report(2023)]);
        let query = town.query("2023年新建村道目标完成了吗");
        let searches = Searches::new(&town.retriever, vec![query]);
        let asks = |question: &Understanding, word: &str| {
            let mut terms = question.words().iter().chain(question.bigrams());
            terms.any(|term| term.text == word)
        };
        let part = searches.question(0);
        assert!(asks(part, "目标") && asks(part, "村道"));
        let cells = searches.cells(0).expect("in memory");
        assert_eq!(cells.len(), 2);
        for (cell, _) in cells {
            let cell = cell.question();
            assert!(!asks(cell, "目标") && asks(cell, "村道"));
        }
    }

    #[test]
    fn each_part_has_its_own_cells() {
        let town = Town::of(&[
            Report::new("石门县", 2024).done("新建村道12公里。"),
            Report::new("安平县", 2024).done("改造水渠8公里。"),
        ]);
        let questions = ["去年村道", "石门和安平去年水渠", "去年幼儿园"];
        let questions = questions.map(|text| town.query(text));
        let searches = Searches::new(&town.retriever, questions.to_vec());
        let cells = |part: usize| searches.cells(part).expect("in memory").len();
        assert_eq!([cells(0), cells(1), cells(2)], [0, 2, 0]);
        for (n, question) in questions.iter().enumerate() {
            assert_eq!(searches.question(n), question);
            let (searched, _) = searches.part(n).expect("in memory");
            assert_eq!(searched.question(), question);
        }
    }
}
