//! The vocabulary that rule files share.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::{fields::Fields, variable};
use crate::{
    problem::{Fault, Faults, Problems},
    variable::Variable,
};

/// Variables that rule files share: a file that uses one of these names asks for the same thing as the
/// others.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    variables: BTreeMap<String, Variable>,
}

impl Vocabulary {
    /// Reads `config/lexicon/variables.toml` or its like: `format = 1` and `[variables]`. `file` is the name
    /// that problems carry.
    ///
    /// # Errors
    /// Everything that is wrong in it.
    pub fn read(file: &str, text: &str) -> Result<Self, Problems> {
        let mut faults = Faults::of(file, text);
        let table = parse(text, &mut faults);
        let mut fields = Fields::new(&table, 0);
        format(&mut fields, &mut faults);
        let mut variables = BTreeMap::new();
        let defined = fields.table("variables", &mut faults);
        for (name, at, value) in defined.iter().flat_map(Fields::entries) {
            if let Some(mut variable) = variable::read(name, at, value, &mut faults) {
                variable.is_shared_wording = true;
                variables.insert(name.to_owned(), variable);
            }
        }
        fields.finish(&mut faults);
        faults.result()?;
        Ok(Self { variables })
    }

    /// The variable with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }
}

/// As much of `text` as is TOML, with faults for the rest.
pub(super) fn parse<'t>(text: &'t str, faults: &mut Faults) -> DeTable<'t> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().trim().replace('\n', "；");
        faults.at(at, Fault::Syntax(message));
    }
    table.into_inner()
}

/// Checks `format = 1`.
pub(super) fn format(fields: &mut Fields<'_>, faults: &mut Faults) {
    let is_one = fields
        .take("format")
        .and_then(|value| value.get_ref().as_integer())
        .is_some_and(|format| format.as_str() == "1");
    if !is_one {
        faults.at(fields.place_of("format"), Fault::Format);
    }
}
