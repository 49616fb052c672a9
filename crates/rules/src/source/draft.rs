//! A whole rule file.

use super::{
    amount,
    claim::Claim,
    fields::{DAY, Fields, TEXT, TEXTS},
    known::Known,
    scenario, test,
    vocabulary::{Vocabulary, format, parse},
};
use crate::{
    model::{Requirement, Role, Row, Scenario, Signature},
    problem::{Fault, Faults},
    variable::Variable,
};

/// What a rule file says, before anybody has looked into the document.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The number of the document, with its line.
    pub(crate) document: Option<(String, usize)>,
    /// The digest that was signed, with its line.
    pub(crate) digest: Option<(String, usize)>,
    pub(crate) signature: Option<Signature>,
    pub(crate) benefit: Option<String>,
    pub(crate) person: Option<String>,
    /// Those that are used, in the order of their first use.
    pub(crate) variables: Vec<Variable>,
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) rows: Vec<Row>,
    pub(crate) judged: Vec<String>,
    pub(crate) plain: Vec<String>,
    pub(crate) scenarios: Vec<Scenario>,
    /// What has to stand in the document.
    pub(crate) claims: Vec<Claim>,
}

/// Reads a rule file; what could not be read is left out, with a fault.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary, faults: &mut Faults) -> Draft {
    let table = parse(text, faults);
    let mut fields = Fields::new(&table, 0);
    format(&mut fields, faults);
    let document = fields.required("document", TEXT, faults);
    let digest = fields.optional("digest", TEXT, faults);
    let line_of = |key, fields: &Fields<'_>, faults: &Faults| faults.line(fields.place_of(key));
    let signature = fields.table("signed", faults);
    let signature = signature.and_then(|fields| read_signature(fields, faults));
    let benefit = fields.required("benefit", TEXT, faults);
    let person = fields.required("person", TEXT, faults);
    let own = fields.table("variables", faults);
    let [number, gets] = [&document, &benefit].map(|one| one.as_deref().unwrap_or_default());
    let scope = format!("{number} {gets}"); // one document may have several rule files
    let mut known = Known::read(own.as_ref(), &scope, vocabulary, faults);
    if fields.take("rules").is_none() {
        faults.at(0, Fault::Missing("[rules]"));
    }
    let mut draft = Draft {
        document: document.map(|document| (document, line_of("document", &fields, faults))),
        digest: digest.map(|digest| (digest, line_of("digest", &fields, faults))),
        signature,
        benefit,
        person,
        variables: Vec::new(),
        requirements: Vec::new(),
        rows: Vec::new(),
        judged: Vec::new(),
        plain: Vec::new(),
        scenarios: Vec::new(),
        claims: Vec::new(),
    };
    if let Some(rules) = fields.table("rules", faults) {
        draft.read_rules(rules, &mut known, faults);
    }
    draft.variables = known.finish(faults);
    fields.finish(faults);
    draft
}

fn read_signature(mut fields: Fields<'_>, faults: &mut Faults) -> Option<Signature> {
    let by = fields.required("by", TEXT, faults);
    let on = fields.required("on", DAY, faults);
    fields.finish(faults);
    Some(Signature { by: by?, on: on? })
}

impl Draft {
    fn read_rules(&mut self, mut rules: Fields<'_>, known: &mut Known<'_>, faults: &mut Faults) {
        let place = rules.at();
        for (key, role) in [
            ("condition", Role::Condition),
            ("exclusion", Role::Exclusion),
        ] {
            for value in rules.list(key, faults) {
                if let Some(fields) = Fields::of(value, key, faults) {
                    self.read_requirement(role, fields, known, faults);
                }
            }
        }
        if rules.take("condition").is_none() && rules.take("exclusion").is_none() {
            faults.at(place, Fault::NoRequirement);
        }
        self.judged = self.clauses("judged", &mut rules, faults);
        self.plain = self.clauses("plain", &mut rules, faults);
        for value in rules.list("amount", faults) {
            let fields = Fields::of(value, "amount", faults);
            let row = fields.and_then(|row| amount::read(row, known, &mut self.claims, faults));
            self.rows.extend(row);
        }
        let ids: Vec<&str> = self
            .requirements
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        for value in rules.list("scenario", faults) {
            let fields = Fields::of(value, "scenario", faults);
            let scenario = fields.and_then(|one| scenario::read(one, known, &ids, faults));
            self.scenarios.extend(scenario);
        }
        rules.finish(faults);
    }

    fn read_requirement(
        &mut self,
        role: Role,
        mut fields: Fields<'_>,
        known: &mut Known<'_>,
        faults: &mut Faults,
    ) {
        let id = fields.required("id", TEXT, faults);
        let mut any = Vec::new();
        if fields.take("any").is_some() {
            let place = fields.place_of("any");
            for value in fields.list("any", faults) {
                if let Some(mut fields) = Fields::of(value, "any", faults) {
                    any.extend(self.read_test(&mut fields, known, faults));
                    fields.finish(faults);
                }
            }
            if any.is_empty() {
                faults.at(place, Fault::Missing("any 里的条件"));
            }
        } else {
            any.extend(self.read_test(&mut fields, known, faults));
        }
        let same = |id: &String| self.requirements.iter().any(|one| one.id == *id);
        if let Some(id) = id.as_ref().filter(|id| same(id)) {
            faults.at(fields.place_of("id"), Fault::SameId(id.clone()));
        }
        fields.finish(faults);
        if let Some(id) = id.filter(|_| !any.is_empty()) {
            self.requirements.push(Requirement { id, role, any });
        }
    }

    fn read_test(
        &mut self,
        fields: &mut Fields<'_>,
        known: &mut Known<'_>,
        faults: &mut Faults,
    ) -> Option<crate::test::Test> {
        let line = faults.line(fields.at());
        let (test, numbers) = test::read(fields, None, known, faults)?;
        self.claims.push(Claim {
            line,
            quote: test.quote.clone(),
            numbers,
            periods: Vec::new(),
        });
        Some(test)
    }

    /// The clauses of `judged` or `plain`, which have to stand in the document as well.
    fn clauses(
        &mut self,
        key: &'static str,
        rules: &mut Fields<'_>,
        faults: &mut Faults,
    ) -> Vec<String> {
        let clauses = rules.optional(key, TEXTS, faults).unwrap_or_default();
        let line = faults.line(rules.place_of(key));
        self.claims.extend(clauses.iter().map(|quote| Claim {
            line,
            quote: quote.clone(),
            numbers: Vec::new(),
            periods: Vec::new(),
        }));
        clauses
    }
}
