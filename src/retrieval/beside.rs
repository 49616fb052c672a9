//! Which documents are searched together: curated answers by themselves, and no policy documents that do not
//! hold beside those that do.

use time::Date;

use super::{
    curated::{CuratedMatch, DocumentNumber},
    retriever::Retriever,
    search::SearchRequest,
    understand::Understanding,
};
use crate::text::Pattern;

/// Asks for what no longer holds.
static ASKS_FOR_OLD: Pattern = Pattern::new(
    "废止|作废|过期|失效|原来的|以前的|旧的|老(办法|政策|规定|文件|标准)|旧(办法|政策|规定|文件|标准)|以前.{0,6}(是|怎么|咋)",
);

impl Retriever {
    /// The curated answers that `request` may ask for, the surest first.
    #[must_use]
    pub fn find_curated(&self, request: &SearchRequest) -> Vec<CuratedMatch> {
        if self.curated().is_empty() {
            return Vec::new();
        }
        let dense = self.dense_index().zip(request.vector());
        let cosines = dense.map(|(dense, vector)| dense.curated(vector));
        self.curated()
            .find(request.question(), &cosines.unwrap_or_default())
    }

    /// `question` to the documents that are no lists of curated answers, which have a search of their
    /// own; as it is when there are no others.
    #[must_use]
    pub fn beside_curated(&self, question: &Understanding) -> Understanding {
        if self.curated().is_empty() {
            return question.clone();
        }
        let others = self
            .library()
            .documents()
            .iter()
            .map(|document| document.index);
        let others = others.filter(|n| question.scope().holds(*n) && !self.curated().holds(*n));
        let others: Vec<usize> = others.collect();
        if others.is_empty() {
            return question.clone();
        }
        question.within(others)
    }

    /// `question` without policy documents that do not hold on `today`; `None` when none of those asked is
    /// one, or it asks for such a document itself (原来的, 已废止的, by its number).
    #[must_use]
    pub fn in_force(&self, question: &Understanding, today: Date) -> Option<Understanding> {
        if ASKS_FOR_OLD.is_match(question.folded())
            || !DocumentNumber::all(question.folded()).is_empty()
        {
            return None;
        }
        let documents = self.library().documents().iter();
        let asked = documents.filter(|document| question.scope().holds(document.index));
        let (mut holding, mut others) = (Vec::new(), 0);
        for document in asked {
            let validity = self.validities().on(document, today);
            if validity.is_none_or(|validity| validity.holds(today)) {
                holding.push(document.index);
            } else {
                others += 1;
            }
        }
        (others > 0 && !holding.is_empty()).then(|| question.within(holding))
    }
}
