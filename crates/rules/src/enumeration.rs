//! All combinations of answers with what comes out, for an official to look through and sign.

use crate::{
    answer::Answers,
    choice::{Choice, choices_of},
    outcome::{Amount, Met, Outcome, Validity, Verdict},
    rules::Rules,
    truth::Truth,
    variable::Variable,
};

/// The most combinations that are enumerated.
pub const MOST_COMBINATIONS: usize = 20_000;

/// All combinations of answers to the variables of one rule file.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// The variables in the order of asking, each with its choices.
    pub variables: Vec<(Variable, Vec<Choice>)>,
    /// A row for each combination; the last variable changes fastest, and for each the unknown comes last.
    pub rows: Vec<Combination>,
}

/// One combination of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// For each variable the place of its choice; `None` where the answer is unknown.
    pub chosen: Vec<Option<usize>>,
    /// What comes out while the document is in force.
    pub verdict: Verdict,
}

impl Combination {
    /// True if every variable is answered.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.chosen.iter().all(Option::is_some)
    }
}

/// How many combinations come to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Met, as far as could be checked.
    pub met: usize,
    /// Not met.
    pub not_met: usize,
    /// Undecided.
    pub undecided: usize,
}

/// Combinations that come to the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What comes out; what an undecided one asks for next is left out.
    pub outcome: Outcome,
    /// The amount.
    pub amount: Amount,
    /// The places of the combinations among the rows.
    pub rows: Vec<usize>,
}

/// Why combinations were not enumerated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnumerationError {
    /// There are too many.
    #[error(
        "共{combinations}种组合，超过{MOST_COMBINATIONS}种，核对不过来。变量“{variable}”有{choices}种回答，请先减少它的取值，或去掉用它的条件改列入 judged"
    )]
    TooMany {
        /// How many there are; [`usize::MAX`] for more than can be counted.
        combinations: usize,
        /// The name of the variable with the most choices.
        variable: String,
        /// Its choices, without the unknown.
        choices: usize,
    },
    /// A combination comes out as met although something that matters is unknown, or what is left to the
    /// office was dropped. This is a mistake in the program, not in the file.
    #[error("第{row}种组合的结论不可靠。这是程序的错误，请不要签字，并告诉维护人员")]
    Unsound {
        /// The place of the combination, counted from 1.
        row: usize,
    },
}

/// Judges every combination of the choices of every variable, the unknown among them.
///
/// Beside judging, it holds every [`Met`] against the requirements one by one: each has to be passed by
/// known answers, and everything left to the office has to be carried along.
///
/// # Errors
/// If there are more than [`MOST_COMBINATIONS`], or one is not sound.
pub fn enumerate(rules: &Rules) -> Result<Enumeration, EnumerationError> {
    let variables = rules.variables().iter();
    let variables: Vec<(Variable, Vec<Choice>)> = variables
        .map(|variable| (variable.clone(), choices_of(rules, &variable.id)))
        .collect();
    let sizes = variables.iter().map(|(_, choices)| choices.len() + 1);
    let combinations = sizes.fold(1_usize, usize::saturating_mul);
    if combinations > MOST_COMBINATIONS {
        let most = variables
            .iter()
            .rev()
            .max_by_key(|(_, choices)| choices.len());
        let (variable, choices) = most.map_or((String::new(), 0), |(variable, choices)| {
            (variable.name.clone(), choices.len())
        });
        return Err(EnumerationError::TooMany {
            combinations,
            variable,
            choices,
        });
    }
    let mut rows = Vec::with_capacity(combinations);
    for row in 0..combinations {
        let chosen = chosen(&variables, row);
        let answers = answers(&variables, &chosen);
        let verdict = rules.judge(&answers, Validity::InForce);
        if let Outcome::Met(met) = &verdict.outcome
            && !is_sound(rules, &answers, met)
        {
            return Err(EnumerationError::Unsound { row: row + 1 });
        }
        rows.push(Combination { chosen, verdict });
    }
    Ok(Enumeration { variables, rows })
}

/// The choices of combination number `row`, as the digits of a number of mixed base.
fn chosen(variables: &[(Variable, Vec<Choice>)], mut row: usize) -> Vec<Option<usize>> {
    let mut chosen: Vec<Option<usize>> = Vec::with_capacity(variables.len());
    for (_, choices) in variables.iter().rev() {
        let digit = row % (choices.len() + 1);
        row /= choices.len() + 1;
        chosen.push((digit < choices.len()).then_some(digit));
    }
    chosen.reverse();
    chosen
}

fn answers(variables: &[(Variable, Vec<Choice>)], chosen: &[Option<usize>]) -> Answers {
    let given = variables.iter().zip(chosen);
    let given = given.filter_map(|((variable, choices), at)| {
        Some((variable.id.clone(), choices.get((*at)?)?.answer.clone()))
    });
    given.collect()
}

/// True if each requirement is passed by known answers, and what is left to the office is all there.
fn is_sound(rules: &Rules, answers: &Answers, met: &Met) -> bool {
    let passed = rules.requirements().iter();
    let mut passed = passed.map(|requirement| {
        let mut known = requirement
            .any
            .iter()
            .filter(|test| answers.get(&test.variable).is_some())
            .map(|test| test.truth(answers));
        if requirement.is_condition() {
            known.any(|truth| truth == Truth::True)
        } else {
            known.filter(|truth| *truth == Truth::False).count() == requirement.any.len()
        }
    });
    let left = met
        .left_to_office()
        .iter()
        .map(|clause| clause.text.as_str());
    passed.all(|passed| passed)
        && met.checked() == rules.requirements().len()
        && left.eq(rules.left_to_office())
}

impl Enumeration {
    /// How many combinations come to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match row.verdict.outcome {
                Outcome::Met(_) => counts.met += 1,
                Outcome::NotMet { .. } => counts.not_met += 1,
                Outcome::Undecided { .. }
                | Outcome::Expired
                | Outcome::NotYetEffective
                | Outcome::Replaced => counts.undecided += 1,
            }
        }
        counts
    }

    /// The combinations by outcome and amount, in the order of their first.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let outcome = match &row.verdict.outcome {
                Outcome::Undecided { .. } => Outcome::Undecided { asks: None },
                decided => decided.clone(),
            };
            let amount = &row.verdict.amount;
            let same = |group: &&mut Group| group.outcome == outcome && group.amount == *amount;
            match groups.iter_mut().find(same) {
                Some(group) => group.rows.push(at),
                None => groups.push(Group {
                    outcome,
                    amount: amount.clone(),
                    rows: vec![at],
                }),
            }
        }
        groups
    }
}
