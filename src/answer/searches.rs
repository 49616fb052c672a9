//! What is searched for to answer a question.

use std::cell::OnceCell;

use crate::retrieval::{IndexError, Retrieved, Retriever, SearchRequest, Understanding};

/// Words for plan and result, which the periods of a comparison's cells stand for.
const SIDES: [&str; 12] = [
    "目标", "计划", "任务", "指标", "完成", "达到", "实现", "达成", "兑现", "对比", "比较", "变化",
];

/// Every part of a question and every cell of its comparisons, searched for together when the first
/// of them is wanted; what the glossary answers is not searched for.
pub(super) struct Searches<'a> {
    pub(super) retriever: &'a Retriever,
    /// Each part, as it was asked.
    asked: Vec<SearchRequest>,
    /// Each part beside curated answers, followed by its cells.
    requests: Vec<SearchRequest>,
    /// Where the parts stand among them.
    parts: Vec<usize>,
    retrieved: OnceCell<Vec<Retrieved>>,
}

/// A request and what was retrieved for it.
pub(super) type Search<'a> = (&'a SearchRequest, &'a Retrieved);

impl<'a> Searches<'a> {
    pub(super) fn new(retriever: &'a Retriever, questions: &[SearchRequest]) -> Self {
        let mut searches = Self {
            retriever,
            asked: questions.to_vec(),
            requests: Vec::with_capacity(questions.len()),
            parts: Vec::with_capacity(questions.len()),
            retrieved: OnceCell::new(),
        };
        for question in questions {
            searches.parts.push(searches.requests.len());
            let question = retriever.beside_curated(question);
            let cells: Vec<SearchRequest> = cells(&question).collect();
            searches.requests.push(question);
            searches.requests.extend(cells);
        }
        searches
    }

    /// The part number `part`, as it was asked: of curated answers as well.
    pub(super) fn asked(&self, part: usize) -> &SearchRequest {
        &self.asked[part]
    }

    /// The part number `part`, as it is searched for.
    pub(super) fn request(&self, part: usize) -> &SearchRequest {
        &self.requests[self.parts[part]]
    }

    /// The part number `part` with what was retrieved for it.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be searched.
    pub(super) fn part(&self, part: usize) -> Result<Search<'_>, IndexError> {
        let at = self.parts[part];
        Ok((&self.requests[at], &self.retrieved()?[at]))
    }

    /// The cells of that part's comparison, in order; none unless one is asked for.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be searched.
    pub(super) fn cells(&self, part: usize) -> Result<Vec<Search<'_>>, IndexError> {
        let start = self.parts[part] + 1;
        let end = self.parts.get(part + 1);
        let range = start..end.copied().unwrap_or(self.requests.len());
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let requests = self.requests[range.clone()].iter();
        Ok(requests.zip(&self.retrieved()?[range]).collect())
    }

    fn retrieved(&self) -> Result<&[Retrieved], IndexError> {
        if let Some(retrieved) = self.retrieved.get() {
            return Ok(retrieved);
        }
        let retrieved = self.retriever.retrieve(&self.requests)?;
        Ok(self.retrieved.get_or_init(|| retrieved))
    }
}

/// The cells of the comparison that a question asks for, which share its vector.
fn cells(question: &SearchRequest) -> impl Iterator<Item = SearchRequest> {
    let understood: &Understanding = question.question();
    let compared = understood.scope().compared.iter();
    compared.map(|cell| {
        let cell = understood.for_cell(cell, &SIDES);
        SearchRequest::new(cell, question.embedding().clone())
    })
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
        let questions = [town.retriever.request(query)];
        let searches = Searches::new(&town.retriever, &questions);
        let asks = |request: &SearchRequest, word: &str| {
            let question = request.question();
            let mut terms = question.words().iter().chain(question.bigrams());
            terms.any(|term| term.text == word)
        };
        let part = searches.request(0);
        assert!(asks(part, "目标") && asks(part, "村道"));
        let cells = searches.cells(0).expect("in memory");
        assert_eq!(cells.len(), 2);
        for (cell, _) in cells {
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
        let requests = questions.map(|text| town.retriever.request(town.query(text)));
        let searches = Searches::new(&town.retriever, &requests);
        let cells = |part: usize| searches.cells(part).expect("in memory").len();
        assert_eq!([cells(0), cells(1), cells(2)], [0, 2, 0]);
        for (n, request) in requests.iter().enumerate() {
            assert_eq!(searches.request(n).question(), request.question());
            let (searched, _) = searches.part(n).expect("in memory");
            assert_eq!(searched.question(), request.question());
        }
    }
}
