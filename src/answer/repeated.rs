//! The same sentence from two files, or twice from one: it is quoted once.
//!
//! A report may be loaded twice, as `2025.md` and `2025 (1).md`, or under a short and a long name of its
//! place. `wenzheng check` tells so; until that is mended, two cards would say the same.

use std::sync::Arc;

use super::Citation;
use crate::{
    corpus::{DocumentInfo, Library, LibraryError, Passage},
    retrieval::Hit,
    text::normalize::fold,
};

/// `hits` without those whose sentence an earlier one tells of the same place, year and period, or from
/// another file with the same text.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub(super) fn each_once(library: &Library, hits: Vec<Hit>) -> Result<Vec<Hit>, LibraryError> {
    let mut told: Vec<(Sentence<'_>, Hit)> = Vec::with_capacity(hits.len());
    for hit in hits {
        let sentence = Sentence::of(library, &hit)?;
        let repeats = |(earlier, known): &(Sentence<'_>, Hit)| {
            let same_report = earlier.is_of_place_and_year_of(&sentence);
            earlier.words == sentence.words
                && (same_report && known.period == hit.period || earlier.is_of_text_of(&sentence))
        };
        if !told.iter().any(repeats) {
            told.push((sentence, hit));
        }
    }
    Ok(told.into_iter().map(|(_, hit)| hit).collect())
}

/// The sentence that a hit points at.
struct Sentence<'a> {
    document: &'a DocumentInfo,
    passage: Arc<Passage>,
    /// Letters and figures, folded.
    words: String,
}

impl<'a> Sentence<'a> {
    fn of(library: &'a Library, hit: &Hit) -> Result<Self, LibraryError> {
        let (document, passage) = library.cited(hit.at)?;
        let sentence = passage.sentences.get(hit.sentence);
        let text = sentence.map_or(&*passage.text, |sentence| sentence.span.of(&passage.text));
        let words = words(text);
        Ok(Self {
            document,
            passage,
            words,
        })
    }

    fn is_of_place_and_year_of(&self, other: &Self) -> bool {
        let (meta, others) = (&self.document.meta, &other.document.meta);
        meta.place == others.place && meta.year == others.year
    }

    /// True when both stand in the same paragraph of documents with the same headings above as many
    /// passages, whatever place and year the files name.
    fn is_of_text_of(&self, other: &Self) -> bool {
        self.document.passages == other.document.passages
            && self.document.sections == other.document.sections
            && self.passage.text == other.passage.text
    }
}

/// True when `citation` quotes what `earlier` quotes: from the same passage, or of the same place, year
/// and period.
pub(super) fn repeats(citation: &Citation, earlier: &Citation) -> bool {
    let same_report = citation.place == earlier.place && citation.year == earlier.year;
    let same = same_report && citation.period == earlier.period;
    (same || citation.passage_id == earlier.passage_id)
        && words(&citation.quote) == words(&earlier.quote)
}

fn words(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use crate::town::{Quotes as _, Report, Town};

    const ROADS: &str = "新建农村公路30公里。";

    #[test]
    fn a_report_in_two_files_is_quoted_once() {
        let report = Report::new("石门县", 2024)
            .planned(ROADS)
            .planned("改造农村公路桥梁3座。");
        let town = Town::of(&[report.clone(), report]);
        let quotes = town.part("今年修多少公里农村公路");
        let quotes = quotes.quotes();
        assert_eq!(quotes[0], ROADS);
        let again = quotes.iter().filter(|quote| **quote == ROADS);
        assert_eq!(again.count(), 1, "{quotes:?}");
    }

    #[test]
    fn a_report_under_two_names_of_its_place_is_quoted_once() {
        let report = |place: &str| {
            Report::new(place, 2024)
                .planned(ROADS)
                .done("新建水渠8公里。")
        };
        let town = Town::of(&[report("甘南藏族自治州"), report("甘南州")]);
        for question in ["农村公路修多少公里", "甘南今年修多少公里农村公路"] {
            assert_eq!(town.part(question).quotes(), [ROADS], "{question}");
        }
    }

    #[test]
    fn the_same_sentence_of_another_place_or_time_is_no_repetition() {
        let report =
            |place: &str, other: &str| Report::new(place, 2024).done(ROADS).done(other).done(other);
        let town = Town::of(&[
            report("石门县", "修渠。").planned(ROADS),
            report("安平县", "植树。").planned("种草。"),
        ]);
        let part = town.part("石门农村公路去年和今年新建多少公里");
        assert_eq!(part.quotes(), [ROADS, ROADS]);
        let part = town.part("安平和石门去年新建农村公路多少公里");
        assert_eq!(part.quotes().len(), 2);
    }
}
