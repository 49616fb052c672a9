//! The variables that a rule file may use: its own, and those of the shared vocabulary.

use std::collections::BTreeMap;

use super::{fields::Fields, variable, vocabulary::Vocabulary};
use crate::{
    problem::{Fault, Faults},
    variable::{Variable, VariableId},
};

/// The variables of one file, and which of them its rules have used so far.
pub(super) struct Known<'v> {
    /// The file's own, with where they stand; `None` for one that could not be read.
    own: BTreeMap<String, (usize, Option<Variable>)>,
    vocabulary: &'v Vocabulary,
    used: Vec<Variable>,
}

impl<'v> Known<'v> {
    /// Reads `[variables]`; what is not shared is named within `scope`.
    pub(super) fn read(
        fields: Option<&Fields<'_>>,
        scope: &str,
        vocabulary: &'v Vocabulary,
        faults: &mut Faults,
    ) -> Self {
        let mut own = BTreeMap::new();
        for (name, at, value) in fields.into_iter().flat_map(Fields::entries) {
            let mut variable = variable::read(name, at, value, faults);
            match (&mut variable, vocabulary.get(name)) {
                (Some(variable), Some(shared)) if variable.kind != shared.kind => {
                    faults.at(at, Fault::ClashesWithVocabulary(name.to_owned()));
                }
                (Some(variable), None) => variable.id = VariableId(format!("{scope}#{name}")),
                (Some(_), Some(_)) | (None, _) => {}
            }
            own.insert(name.to_owned(), (at, variable));
        }
        Self {
            own,
            vocabulary,
            used: Vec::new(),
        }
    }

    /// The variable with this name, which counts as used from now on; a fault at byte `at` if there is none.
    pub(super) fn using(
        &mut self,
        name: &str,
        at: usize,
        faults: &mut Faults,
    ) -> Option<&Variable> {
        if let Some(found) = self.used.iter().position(|used| used.name == name) {
            return self.used.get(found);
        }
        let variable = match (self.own.get(name), self.vocabulary.get(name)) {
            (Some((_, own)), _) => own.clone()?,
            (None, Some(shared)) => shared.clone(),
            (None, None) => {
                faults.at(at, Fault::UnknownVariable(name.to_owned()));
                return None;
            }
        };
        self.used.push(variable);
        self.used.last()
    }

    /// The variable with this name, if the rules use it.
    pub(super) fn used(&self, name: &str) -> Option<&Variable> {
        self.used.iter().find(|used| used.name == name)
    }

    /// All that were used, in the order of their first use, with faults for the file's own that were not.
    pub(super) fn finish(self, faults: &mut Faults) -> Vec<Variable> {
        for (name, (at, variable)) in self.own {
            if variable.is_some() && !self.used.iter().any(|used| used.name == name) {
                faults.at(at, Fault::UnusedVariable(name));
            }
        }
        self.used
    }
}
