//! What ranking and deciding may be tuned by: `config/ranking.toml`.
//!
//! The file says what each number means; `wenzheng eval --tune` fits the weights, and
//! `wenzheng ask --explain` shows what each of them did to a hit.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::IgnoredAny};
use toml::de::{DeTable, DeValue};

use super::{
    confidence::ConfidenceFeatures,
    features::{Feature, Features},
    numbers::is_called,
    relevance::RelevanceFeatures,
};
use crate::retrieval::component::{Component, Components};

const EMBEDDED: &str = include_str!("../../../config/ranking.toml");

/// How much each field counts in BM25; 0 leaves a field out.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boosts {
    /// Words of the text.
    pub words: f32,
    /// Character pairs of the text.
    pub pairs: f32,
    /// Words of the headings.
    pub headings: f32,
}

/// How many passages are looked at closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidates {
    /// The best by BM25.
    pub words: usize,
    /// The nearest by their best sentence, and as many by the passage as a whole.
    pub meaning: usize,
}

/// When the report answers, when it only comes near, and when it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Confidence (0 to 1) that the best hit answers, below which nothing is found.
    pub not_found: f32,
    /// Confidence below which the best hit is shown as what comes nearest.
    pub unsure: f32,
    /// Confidence that it answers, from which an entry of the glossary that the question does not
    /// name is shown.
    pub sure: f32,
    /// Relevance (0 to 1) below which the best hit is not shown.
    pub stands: f32,
    /// The same for a hit that lacks something of what was asked for.
    pub nearest: f32,
    /// Relevance from which the best hit answers, however few words of the question it holds.
    pub relevant: f32,
    /// Relevance from which another hit is shown beside it.
    pub beside: f32,
    /// Whether the best hit speaks of the topic at all, with a model and by words alone.
    pub speaks: Coefficients,
    /// Whether it answers.
    pub answers: Coefficients,
    /// Whether a hit is worth reading.
    pub relevance: RelevanceCoefficients,
    /// Of the version before, without a meaning now.
    #[serde(default)]
    near_best: IgnoredAny,
    /// Of the version before, without a meaning now.
    #[serde(default)]
    near_best_unsure: IgnoredAny,
}

/// Coefficients of the logistic regressions that tell whether a hit is worth reading.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelevanceCoefficients {
    /// The best hit, with a model.
    pub first: RelevanceFeatures,
    /// The best hit, by words alone.
    pub first_by_words: RelevanceFeatures,
    /// Another one beside it, with a model.
    pub beside: RelevanceFeatures,
    /// Another one beside it, by words alone.
    pub beside_by_words: RelevanceFeatures,
}

/// Coefficients of a logistic regression.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coefficients {
    /// With a model.
    pub model: ConfidenceFeatures,
    /// By words alone, when there is none.
    pub words: ConfidenceFeatures,
}

/// Everything in the file.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// Fields.
    pub bm25: Boosts,
    /// Depth.
    pub candidates: Candidates,
    /// What each feature counts in the score.
    pub weights: Features,
    /// The same for the loose passages of documents that are no reports.
    pub loose_weights: Features,
    /// Thresholds.
    pub decision: Decision,
}

/// Why a file with weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RankingError {
    /// The file.
    #[error("{0} 打不开，请检查路径和权限（{1}）")]
    Unreadable(PathBuf, io::Error),
    /// A line of it, and what the parser says.
    #[error(
        "{0}:{1}：排序设置写得不对，请照随程序提供的 config/ranking.toml 改正这一行，或者删去（{2}）"
    )]
    Wrong(PathBuf, usize, String),
    /// A number of a section that makes no sense.
    #[error("{0}：[{1}] 里的 {2} = {3} 超出范围，请改成 {4} 到 {5} 之间的数，或者删去这一行")]
    OutOfRange(PathBuf, &'static str, &'static str, f32, f32, f32),
}

impl Ranking {
    /// The weights inside the program.
    ///
    /// # Panics
    /// Never: the file is tested.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(Path::new("ranking.toml"), EMBEDDED).expect("the file is tested")
    }

    /// Reads `file`; the weights inside the program when there is no such file.
    ///
    /// # Errors
    /// [`RankingError`] with the line, when something in the file is wrong.
    pub fn read(file: &Path) -> Result<Self, RankingError> {
        match fs::read_to_string(file) {
            Ok(text) => Self::parse(file, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::embedded()),
            Err(error) => Err(RankingError::Unreadable(file.to_owned(), error)),
        }
    }

    /// Reads the text of such a file; what it lacks is as inside the program, and errors name it `file`.
    ///
    /// # Errors
    /// [`RankingError`] with the line, when something in the text is wrong.
    pub fn parse(file: &Path, text: &str) -> Result<Self, RankingError> {
        let wrong = |error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = 1 + before.unwrap_or_default().matches('\n').count();
            RankingError::Wrong(file.to_owned(), line, error.message().to_owned())
        };
        let mut table = DeTable::parse(text).map_err(wrong)?;
        let embedded = DeTable::parse(EMBEDDED).map_err(wrong)?;
        complete(table.get_mut(), embedded.into_inner());
        let ranking = Self::deserialize(toml::Deserializer::from(table)).map_err(wrong)?;
        let Decision {
            not_found,
            unsure,
            sure,
            stands,
            nearest,
            relevant,
            beside,
            ..
        } = ranking.decision;
        let shares = [
            ("not_found", not_found),
            ("unsure", unsure),
            ("sure", sure),
            ("stands", stands),
            ("nearest", nearest),
            ("relevant", relevant),
            ("beside", beside),
        ];
        let boosts = [
            ("words", ranking.bm25.words),
            ("pairs", ranking.bm25.pairs),
            ("headings", ranking.bm25.headings),
        ];
        let weights = ranking.weights.rows();
        let loose = ranking.loose_weights.rows();
        let ranges = shares.map(|(name, value)| ("decision", name, value, 0.0, 1.0));
        let ranges = ranges
            .into_iter()
            .chain(boosts.map(|(name, value)| ("bm25", name, value, 0.0, 100.0)))
            .chain(weights.map(|(name, value)| ("weights", name, value, -100.0, 100.0)))
            .chain(loose.map(|(name, value)| ("loose_weights", name, value, -100.0, 100.0)));
        for (section, name, value, least, most) in ranges {
            if !(least..=most).contains(&value) {
                let file = file.to_owned();
                return Err(RankingError::OutOfRange(
                    file, section, name, value, least, most,
                ));
            }
        }
        Ok(ranking)
    }

    /// The same without what the components that are off contribute.
    #[must_use]
    pub fn with(mut self, components: Components) -> Self {
        let off = |component| !components.has(component);
        if off(Component::Words) {
            self.bm25.words = 0.0;
        }
        if off(Component::Pairs) {
            self.bm25.pairs = 0.0;
        }
        if off(Component::Headings) {
            self.bm25.headings = 0.0;
        }
        for weights in [&mut self.weights, &mut self.loose_weights] {
            let mut leave_out = |component, features: &[Feature]| {
                for feature in features.iter().filter(|_| off(component)) {
                    weights[*feature] = 0.0;
                }
            };
            leave_out(Component::Words, &[Feature::WordCoverage]);
            leave_out(Component::Headings, &[Feature::HeadingCoverage]);
            let covered = [
                Feature::Coverage,
                Feature::WordCoverage,
                Feature::PassageCoverage,
                Feature::LongestMatch,
            ];
            leave_out(Component::Coverage, &covered);
            leave_out(Component::PassageSimilarity, &[Feature::PassageSimilarity]);
            leave_out(
                Component::SemanticWhenUncovered,
                &[Feature::SemanticWhenUncovered],
            );
            leave_out(Component::AnswerType, &[Feature::FactType]);
            leave_out(Component::Period, &[Feature::Period]);
        }
        self
    }
}

/// Adds what `table` lacks of `embedded`; a name of the version before counts as its present one.
fn complete<'a>(table: &mut DeTable<'a>, embedded: DeTable<'a>) {
    for (name, value) in embedded {
        let mut written = table.iter_mut();
        let written = written.find(|(key, _)| is_called(name.get_ref(), key.get_ref()));
        match (
            written.map(|(_, written)| written.get_mut()),
            value.get_ref(),
        ) {
            (None, _) => {
                table.insert(name, value);
            }
            (Some(DeValue::Table(table)), DeValue::Table(_)) => {
                if let DeValue::Table(embedded) = value.into_inner() {
                    complete(table, embedded);
                }
            }
            (Some(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_reported_with_file_and_line() {
        let file = Path::new("config/ranking.toml");
        let wrong = |text: &str| Ranking::parse(file, text).unwrap_err().to_string();
        let misspelt = EMBEDDED.replacen("\nbm25 =", "\nbm52 =", 1);
        let told = wrong(&misspelt);
        let line = misspelt
            .lines()
            .position(|l| l.starts_with("bm52"))
            .unwrap()
            + 1;
        assert!(
            told.starts_with(&format!("config/ranking.toml:{line}：")),
            "{told}"
        );
        let negative = EMBEDDED.replace("\nbeside = ", "\nbeside = -");
        let told = wrong(&negative);
        assert!(told.contains("[decision] 里的 beside = -"), "{told}");
    }

    #[test]
    fn a_missing_file_stands_for_the_weights_inside() {
        let ranking = Ranking::read(Path::new("no/such/file.toml")).unwrap();
        assert_eq!(ranking, Ranking::embedded());
    }

    #[test]
    fn a_component_that_is_off_counts_nothing() {
        let all = Ranking::embedded();
        let without = |component| all.with(Components::without(component));
        assert_eq!(all.with(Components::default()), all);
        let zero = |component, weights: &[Feature]| {
            let with = without(component);
            for feature in Feature::ALL {
                let kept = f32::from(!weights.contains(&feature));
                let of_report = (with.weights[feature], all.weights[feature]);
                let loose = (with.loose_weights[feature], all.loose_weights[feature]);
                for (with, before) in [of_report, loose] {
                    assert_eq!(with, kept * before, "{feature:?} without {component:?}");
                }
            }
        };
        zero(Component::Words, &[Feature::WordCoverage]);
        zero(Component::Pairs, &[]);
        zero(Component::Headings, &[Feature::HeadingCoverage]);
        let coverage = [
            Feature::Coverage,
            Feature::WordCoverage,
            Feature::PassageCoverage,
            Feature::LongestMatch,
        ];
        zero(Component::Coverage, &coverage);
        zero(Component::PassageSimilarity, &[Feature::PassageSimilarity]);
        zero(
            Component::SemanticWhenUncovered,
            &[Feature::SemanticWhenUncovered],
        );
        zero(Component::AnswerType, &[Feature::FactType]);
        zero(Component::Period, &[Feature::Period]);
        assert_eq!(without(Component::Words).bm25.words, 0.0);
        assert_eq!(without(Component::Pairs).bm25.pairs, 0.0);
        assert_eq!(without(Component::Headings).bm25.headings, 0.0);
    }

    #[test]
    fn the_names_of_the_version_before_are_read() {
        let file = Path::new("config/ranking.toml");
        let old = EMBEDDED
            .replace("\nhubness =", "\nhub =")
            .replace("\nfact_type =", "\nneed =")
            .replace("\nabsent_word =", "\nabsent =")
            .replace("\nsure =", "\nnear_best = 0.55\nsure =");
        assert_ne!(old, EMBEDDED);
        assert_eq!(Ranking::parse(file, &old).unwrap(), Ranking::embedded());
    }

    #[test]
    fn a_weight_is_wanted_once_and_by_a_name_of_the_list() {
        let file = Path::new("config/ranking.toml");
        let wrong = |text: &str| Ranking::parse(file, text).unwrap_err().to_string();
        let misspelt = EMBEDDED.replacen("\nhubness =", "\nhubnes =", 1);
        let line = misspelt.lines().position(|l| l.starts_with("hubnes ="));
        let told = wrong(&misspelt);
        assert!(
            told.contains(&format!(".toml:{}：", line.unwrap() + 1)),
            "{told}"
        );
        assert!(told.contains("unknown field `hubnes`"), "{told}");
        let twice = EMBEDDED.replacen("\nhubness =", "\nhub = 1.0\nhubness =", 1);
        assert!(wrong(&twice).contains("duplicate field `hubness`"));
    }

    #[test]
    fn what_a_file_lacks_is_as_inside_the_program() {
        let read = |text: &str| Ranking::parse(Path::new("config/ranking.toml"), text).unwrap();
        assert_eq!(read(""), Ranking::embedded());
        let few = read("[weights]\nhub = 7.0\n[decision]\nsure = 0.99\n");
        let mut expected = Ranking::embedded();
        expected.weights[Feature::Hubness] = 7.0;
        expected.decision.sure = 0.99;
        assert_eq!(few, expected);
    }
}
